//! A configuration with the tap put before some servers, or taken out again. Every result is read again before it is
//! given, and refused where anything but the words of those commands means something else than before.

use super::edit::{Page, name_token, quoted, splice};
use crate::clients::{Config, Refusal, Section, Server, Site, Wrapped, wrapped};
use std::path::Path;

/// What is put before a command: `PROGRAM tap --name NAME OPTIONS… --`.
#[derive(Debug, Clone)]
pub struct Front {
    /// The absolute path of our program: what a window starts finds little on its search path.
    pub program: String,
    /// Further options of the tap.
    pub options: Vec<String>,
}

impl Front {
    fn words(&self, text: &str, site: &Site) -> Vec<String> {
        let mut words = vec![
            quoted(&self.program),
            quoted("tap"),
            quoted("--name"),
            name_token(text, site),
        ];
        words.extend(self.options.iter().map(|option| quoted(option)));
        words.push(quoted("--"));
        words
    }
}

impl Config {
    fn page(&self) -> Page<'_> {
        Page {
            text: &self.text,
            syntax: self.syntax,
        }
    }

    /// The server at the same place as one of another reading.
    pub fn same_server(&self, other: &Server) -> Option<&Server> {
        self.servers.iter().find(|server| server.path == other.path)
    }

    /// Whether a command is written in one text, program and arguments: some clients take it apart, the tap does not.
    pub fn is_command_line(server: &Server) -> bool {
        let argv = server.argv();
        let [only] = argv.as_slice() else {
            return false;
        };
        let text = std::io::read_to_string(only.bytes()).unwrap_or_default();
        let Some((program, _)) = text.split_once(' ') else {
            return false;
        };
        // A path may have blanks in it.
        let is_path = program.contains(['/', '\\']);
        !Path::new(&text).exists() && (!is_path || Path::new(program).is_file())
    }

    /// The text with the tap put before these servers.
    ///
    /// # Errors
    /// Where an entry is laid out in a way that is not changed.
    pub fn wrap(
        &self,
        chosen: &[&Server],
        front: &Front,
        sections: &[Section],
    ) -> Result<String, Refusal> {
        let mut splices = Vec::new();
        for server in chosen {
            let site = server.site.clone()?;
            let words = front.words(&self.text, &site);
            splices.extend(self.page().put(&site, &words)?);
        }
        let text = splice(&self.text, splices)?;
        self.check(&text, chosen, sections, |old, new| {
            let command = match wrapped(new) {
                Some(Wrapped::Plainsight { command }) => command,
                _ => return false,
            };
            new.argv()[command..] == old.argv()
        })?;
        Ok(text)
    }

    /// The text with the tap taken out before these servers. `before` is the file as it was before the first of them:
    /// if nothing else was changed since, the result is byte for byte what it was.
    ///
    /// # Errors
    /// Where an entry is laid out in a way that is not changed.
    pub fn unwrap(
        &self,
        chosen: &[&Server],
        before: Option<&Config>,
        sections: &[Section],
    ) -> Result<String, Refusal> {
        let text = match before.and_then(|before| self.restored(before, chosen)) {
            Some(text) => text,
            None => {
                let mut splices = Vec::new();
                for server in chosen {
                    let Some(Wrapped::Plainsight { command }) = wrapped(server) else {
                        continue;
                    };
                    let site = server.site.clone()?;
                    let former = before.and_then(|before| before.same_server(server));
                    let had_none = former.is_some_and(|former| {
                        former.site.as_ref().is_ok_and(|site| site.args.is_none())
                    });
                    splices.extend(self.page().take(&site, command, had_none)?);
                }
                splice(&self.text, splices)?
            }
        };
        self.check(&text, chosen, sections, |old, new| {
            let Some(Wrapped::Plainsight { command }) = wrapped(old) else {
                return false;
            };
            old.argv()[command..] == new.argv()
        })?;
        Ok(text)
    }

    /// The former text with the tap only before those that keep it, where this text is the former one with the tap.
    fn restored(&self, before: &Config, chosen: &[&Server]) -> Option<String> {
        let (mut all, mut kept) = (Vec::new(), Vec::new());
        for server in &self.servers {
            let Some(Wrapped::Plainsight { command }) = wrapped(server) else {
                continue;
            };
            let words = self.front_words(server.site.as_ref().ok()?, command)?;
            let former = before.same_server(server)?;
            if matches!(wrapped(former), Some(Wrapped::Plainsight { .. })) {
                continue;
            }
            let splices = before.page().put(former.site.as_ref().ok()?, &words).ok()?;
            if !chosen.iter().any(|chosen| chosen.path == server.path) {
                kept.extend(splices.clone());
            }
            all.extend(splices);
        }
        let then = splice(&before.text, all).ok()?;
        match then == self.text {
            true => splice(&before.text, kept).ok(),
            false => None,
        }
    }

    /// The words before the command's as they are written here.
    fn front_words(&self, site: &Site, command: usize) -> Option<Vec<String>> {
        let items = &site.args.as_ref()?.items;
        let token =
            |range: &std::ops::Range<usize>| self.text.get(range.clone()).map(str::to_owned);
        if site.joined {
            return items.get(..command)?.iter().map(token).collect();
        }
        let rest = items.get(..command.checked_sub(1)?)?;
        [&site.command].into_iter().chain(rest).map(token).collect()
    }

    fn check(
        &self,
        text: &str,
        chosen: &[&Server],
        sections: &[Section],
        is_right: impl Fn(&Server, &Server) -> bool,
    ) -> Result<(), Refusal> {
        let wrong = |server: Option<&&Server>| {
            Refusal::at(
                server.map_or(0, |server| server.line),
                "the entry is laid out in a way that is not changed",
            )
        };
        let new = Config::read(text.as_bytes(), self.syntax, sections)
            .map_err(|_| wrong(chosen.first()))?;
        for old in chosen {
            if !new.same_server(old).is_some_and(|new| is_right(old, new)) {
                return Err(wrong(Some(old)));
            }
        }
        match self.same_but(&new, chosen) {
            true => Ok(()),
            false => Err(wrong(chosen.first())),
        }
    }
}
