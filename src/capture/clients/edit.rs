//! One entry changed, and not a byte beside it: the words of the tap are put before those of the command, and taken out
//! again.

use crate::clients::{Layout, List, Refusal, Site, Syntax};
use std::ops::Range;

/// Replaces a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    pub range: Range<usize>,
    pub text: String,
}

/// The text with all of the splices.
///
/// # Errors
/// Where two of them meet in the same bytes: nobody could say what is meant.
pub fn splice(text: &str, mut splices: Vec<Splice>) -> Result<String, Refusal> {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len() + 256);
    let mut at = 0;
    for splice in &splices {
        let Some(before) = text.get(at..splice.range.start) else {
            return Err(Refusal::at_byte(
                text,
                splice.range.start,
                "two changes would meet here",
            ));
        };
        out.push_str(before);
        out.push_str(&splice.text);
        at = splice.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Ok(out)
}

/// A word of ours as the three languages write it: all take the strings of JSON, of which it has no surrogates.
pub fn quoted(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

/// A name as it stands in the file, as a text.
pub fn name_token(text: &str, site: &Site) -> String {
    let token = &text[site.name.clone()];
    match token.starts_with(['"', '\'']) {
        true => token.to_owned(),
        false => quoted(token),
    }
}

/// A text of the file, and the language that it is in.
#[derive(Clone, Copy)]
pub struct Page<'t> {
    pub text: &'t str,
    pub syntax: Syntax,
}

impl<'t> Page<'t> {
    /// Puts words before the command: `front`, as they are written in this language, of which the first becomes the
    /// command.
    pub fn put(self, site: &Site, front: &[String]) -> Result<Vec<Splice>, Refusal> {
        let Some((program, words)) = front.split_first() else {
            return Ok(Vec::new());
        };
        if site.joined {
            let Some(list) = &site.args else {
                return Ok(Vec::new());
            };
            return Ok(vec![self.before_first(site, list, front)?]);
        }
        let moved = self.movable(site)?;
        let words: Vec<String> = words.iter().cloned().chain([moved]).collect();
        let program = Splice {
            range: site.command.clone(),
            text: program.clone(),
        };
        let args = match &site.args {
            Some(list) => self.before_first(site, list, &words)?,
            None => self.new_list(site, &words),
        };
        Ok(vec![program, args])
    }

    /// Takes the words before the command's out again, which is the word at `command` of all words. `had_none` where it
    /// is known that there was no list of arguments before; else an empty one stays, for it may be the user's own.
    pub fn take(self, site: &Site, command: usize, had_none: bool) -> Result<Vec<Splice>, Refusal> {
        let missing = || {
            Refusal::at_byte(
                self.text,
                site.command.start,
                "the command is not found in it",
            )
        };
        let list = site.args.as_ref().ok_or_else(missing)?;
        if site.joined {
            return Ok(vec![self.without_first(list, command)?]);
        }
        let old = command.checked_sub(1).and_then(|n| list.items.get(n));
        let old = old.ok_or_else(missing)?;
        let program = Splice {
            range: site.command.clone(),
            text: self.text[old.clone()].to_owned(),
        };
        let args = match &list.key_before {
            Some(key)
                if had_none && list.items.len() == command && self.is_bare(site, list, key) =>
            {
                Splice {
                    range: key.start..site.key.start,
                    text: String::new(),
                }
            }
            _ => self.without_first(list, command)?,
        };
        Ok(vec![program, args])
    }

    /// Whether nothing but the list's own words stands from its key to the command's: no comment of anybody.
    fn is_bare(self, site: &Site, list: &List, key: &Range<usize>) -> bool {
        let end = match (self.syntax, site.layout) {
            // The names of the tables stand before the key, where it is dotted.
            (Syntax::Toml, Layout::Block) => self.line_start(site.key.start).max(list.span.end),
            _ => site.key.start,
        };
        let starts = list.items.iter().map(|item| item.start).chain([end]);
        let ends = [key.end]
            .into_iter()
            .chain(list.items.iter().map(|item| item.end));
        let between = |c: char| c.is_whitespace() || ",:=[]".contains(c);
        list.layout == Layout::Flow
            && ends.zip(starts).all(|(end, start)| {
                let gap = self.text.get(end..start);
                gap.is_some_and(|gap| gap.chars().all(between))
            })
    }

    /// The command as it can stand in a list.
    fn movable(self, site: &Site) -> Result<String, Refusal> {
        let token = &self.text[site.command.clone()];
        if self.syntax != Syntax::Yaml || token.starts_with('"') && !token.contains('\n') {
            return Ok(token.to_owned());
        }
        if token.contains(['\n', '\r']) || token.starts_with(['|', '>']) {
            return Err(Refusal::at_byte(
                self.text,
                site.command.start,
                "the command goes over several lines",
            ));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-./\\:@+=~$ ".contains(c);
        if token.starts_with('\'') || token.chars().all(plain) {
            return Ok(token.to_owned());
        }
        Ok(format!("'{}'", token.replace('\'', "''")))
    }

    fn before_first(self, site: &Site, list: &List, words: &[String]) -> Result<Splice, Refusal> {
        let Some(first) = list.items.first() else {
            let at = list.span.start + 1;
            return Ok(Splice {
                range: at..at,
                text: words.join(self.comma(site)),
            });
        };
        if list.layout == Layout::Block {
            let dash = self.dash(first.start)?;
            let indent = self.column(dash);
            let eol = self.eol();
            let lines = words.iter().map(|word| format!("- {word}{eol}{indent}"));
            return Ok(Splice {
                range: dash..dash,
                text: lines.collect(),
            });
        }
        let gap = match self.own_line(first.start) {
            Some(indent) => format!(",{}{indent}", self.eol()),
            None => self.comma(site).to_owned(),
        };
        Ok(Splice {
            range: first.start..first.start,
            text: words.join(self.comma(site)) + &gap,
        })
    }

    fn without_first(self, list: &List, count: usize) -> Result<Splice, Refusal> {
        let (Some(first), Some(last)) = (
            list.items.first(),
            count.checked_sub(1).and_then(|n| list.items.get(n)),
        ) else {
            return Err(Refusal::at_byte(
                self.text,
                list.span.start,
                "the words of the tap are not found in it",
            ));
        };
        let next = list.items.get(count);
        let place = |item: &Range<usize>| match list.layout {
            Layout::Flow => Ok(item.start),
            Layout::Block => self.dash(item.start),
        };
        Ok(match next {
            Some(next) => Splice {
                range: place(first)?..place(next)?,
                text: String::new(),
            },
            None if list.layout == Layout::Block => Splice {
                range: place(first)?..last.end,
                text: "[]".into(),
            },
            None => {
                let after = &self.text[last.end..];
                let comma = after.trim_start().starts_with(',');
                let end = match comma {
                    true => last.end + after.find(',').map_or(0, |n| n + 1),
                    false => last.end,
                };
                Splice {
                    range: first.start..end,
                    text: String::new(),
                }
            }
        })
    }

    /// A member `args` before the command's.
    fn new_list(self, site: &Site, words: &[String]) -> Splice {
        let key = match self.syntax {
            Syntax::Json => "\"args\"",
            Syntax::Toml | Syntax::Yaml => "args",
        };
        // As it stands between the command's key and its value.
        let between = &self.text[site.key.end..site.command.start];
        let usual = match self.syntax {
            Syntax::Toml => " = ",
            Syntax::Json | Syntax::Yaml => ": ",
        };
        let simple = |c: char| c.is_whitespace() || matches!(c, ':' | '=');
        let between = match between.chars().all(simple) && !between.contains(['\n', '\r']) {
            true => between,
            false => usual,
        };
        let list = words.join(self.comma(site));
        let end = match (site.layout, self.own_line(site.key.start)) {
            (Layout::Flow, Some(indent)) => format!(",{}{indent}", self.eol()),
            (Layout::Flow, None) => self.comma(site).to_owned(),
            (Layout::Block, _) if self.syntax == Syntax::Toml => {
                let line = self.line_start(site.key.start);
                format!("{}{}", self.eol(), &self.text[line..site.key.start])
            }
            (Layout::Block, _) => format!("{}{}", self.eol(), self.column(site.key.start)),
        };
        Splice {
            range: site.key.start..site.key.start,
            text: format!("{key}{between}[{list}]{end}"),
        }
    }

    /// What stands between two items on one line.
    fn comma(self, site: &Site) -> &'static str {
        let between = &self.text[site.key.end..site.command.start];
        let tight = site.layout == Layout::Flow && !between.contains(char::is_whitespace);
        if tight { "," } else { ", " }
    }

    /// The line breaks of this text.
    fn eol(self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    fn line_start(self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |n| n + 1)
    }

    /// The indentation of what stands first on its line.
    fn own_line(self, at: usize) -> Option<&'t str> {
        let line = self.line_start(at);
        let before = &self.text[line..at];
        (line > 0 && before.trim().is_empty()).then_some(before)
    }

    /// Blanks up to this place of its line.
    fn column(self, at: usize) -> String {
        let line = self.text[self.line_start(at)..at].chars();
        line.map(|c| if c == '\t' { c } else { ' ' }).collect()
    }

    /// The dash of an item of a block.
    fn dash(self, item: usize) -> Result<usize, Refusal> {
        let before = self.text[..item].trim_end_matches([' ', '\t']);
        match before.ends_with('-') {
            true => Ok(before.len() - 1),
            false => Err(Refusal::at_byte(
                self.text,
                item,
                "the list is laid out in a way that is not changed",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_the_same_bytes_are_refused() {
        let cut = |range| Splice {
            range,
            text: "x".into(),
        };
        assert_eq!(
            splice("abcdef", vec![cut(4..5), cut(1..2)]).unwrap(),
            "axcdxf"
        );
        assert!(splice("abcdef", vec![cut(1..4), cut(2..3)]).is_err());
    }
}
