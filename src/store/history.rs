//! What was filtered by and searched for, one line each, in the state folder: so that it need not be typed again.

use super::lock::Lock;
use super::{paths, private};
use std::io;
use std::path::{Path, PathBuf};

/// Longest file that is read; beyond, it is begun anew.
const LONGEST: u64 = 1 << 20;
/// Lines of each kind that are kept.
const MOST: usize = 200;
/// Longest line that is kept, in bytes.
const LINE: usize = 500;

/// What a line was typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Filter,
    Search,
}

impl Kind {
    fn sign(self) -> char {
        match self {
            Kind::Filter => 'f',
            Kind::Search => '/',
        }
    }
}

/// What was typed, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    filters: Vec<String>,
    searches: Vec<String>,
}

/// Where it is kept; `None` where there is no home.
pub fn file() -> Option<PathBuf> {
    Some(paths::state()?.join("history"))
}

impl History {
    /// What the file holds; nothing where it cannot be read.
    pub fn read(file: &Path) -> History {
        let mut history = History::default();
        let bytes = private::read(file, LONGEST).unwrap_or_default();
        // A spoilt line is no reason to forget the others.
        let lines = bytes.split(|byte| *byte == b'\n');
        for line in lines.filter_map(whole) {
            if let Some(filter) = line.strip_prefix("f ") {
                history.push(Kind::Filter, filter);
            } else if let Some(search) = line.strip_prefix("/ ") {
                history.push(Kind::Search, search);
            }
        }
        history
    }

    pub fn of(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Filter => &self.filters,
            Kind::Search => &self.searches,
        }
    }

    /// Puts a line at the end, once. What is empty or long is not kept. What looks like a secret is not to come here.
    pub fn push(&mut self, kind: Kind, text: &str) {
        let text = text.trim();
        let long = text.len() > LINE || text.chars().any(char::is_control);
        if text.is_empty() || long {
            return;
        }
        let lines = match kind {
            Kind::Filter => &mut self.filters,
            Kind::Search => &mut self.searches,
        };
        lines.retain(|line| line != text);
        lines.push(text.to_owned());
        if lines.len() > MOST {
            lines.remove(0);
        }
    }
}

/// A line of our own file, where all of it is text.
fn whole(line: &[u8]) -> Option<&str> {
    let first = line.utf8_chunks().next()?;
    first.invalid().is_empty().then(|| first.valid())
}

/// Adds a line to what the file holds. Only its owner can read it.
///
/// # Errors
/// Where it cannot be written.
pub fn note(file: &Path, kind: Kind, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    private::make_folder(folder)?;
    // Another window may note something at the same time.
    let Some(_lock) = Lock::of(file)? else {
        return Err(io::Error::other("another program holds it"));
    };
    let mut history = History::read(file);
    history.push(kind, text);
    let mut lines = String::new();
    for kind in [Kind::Filter, Kind::Search] {
        for line in history.of(kind) {
            lines.push_str(&format!("{} {line}\n", kind.sign()));
        }
    }
    private::replace(file, folder, ".history", lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_was_typed_last_is_there_again_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("state/history");
        for (kind, text) in [
            (Kind::Filter, "risk:>=high"),
            (Kind::Search, "id_rsa"),
            (Kind::Filter, "tool:send*"),
            (Kind::Filter, "risk:>=high"),
            (Kind::Search, "  "),
        ] {
            note(&file, kind, text).expect("it can be written");
        }
        let history = History::read(&file);
        assert_eq!(history.of(Kind::Filter), ["tool:send*", "risk:>=high"]);
        assert_eq!(history.of(Kind::Search), ["id_rsa"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&file).expect("it is there").permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
        for n in 0..300 {
            note(&file, Kind::Search, &format!("word {n}")).expect("it can be written");
        }
        assert_eq!(History::read(&file).of(Kind::Search).len(), MOST);
    }

    #[test]
    fn no_file_and_nonsense_are_no_history() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(
            History::read(&folder.path().join("none")),
            History::default()
        );
        let file = folder.path().join("history");
        fs::write(&file, b"\xff\xfe nonsense").expect("it can be written");
        assert_eq!(History::read(&file), History::default());
    }
}
