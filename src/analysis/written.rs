//! Files that a person wrote for plainsight: rules, suppressions, a policy. All are TOML, and all mistakes in them are
//! told the same way: the file, the line, what is wrong, what would be right.

use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something in a file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name, safe to show.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// A sentence that says what is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.what)
    }
}

/// Something with the line that it stands in, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lined<T> {
    pub value: T,
    pub line: u32,
}

pub type Value<'t> = Spanned<DeValue<'t>>;

/// A file being read. Mistakes are collected, so that all of them are told at once.
pub struct Reader {
    pub file: String,
    /// Where each line begins.
    starts: Vec<usize>,
    pub faults: Vec<Fault>,
}

/// Most faults of one file that are told.
const MOST_FAULTS: usize = 40;

impl Reader {
    /// Understands a file's text as TOML.
    ///
    /// # Errors
    /// When it is no TOML at all.
    pub fn open<'t>(file: &str, text: &'t str) -> Result<(Reader, DeTable<'t>), Vec<Fault>> {
        let starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
            .collect();
        let mut reader = Reader {
            file: file.to_owned(),
            starts,
            faults: Vec::new(),
        };
        match DeTable::parse(text) {
            Ok(table) => Ok((reader, table.into_inner())),
            Err(error) => {
                let what = crate::text::Raw::from(error.message()).label(200);
                reader.fault(error.span().unwrap_or_default(), format!("{what}."));
                Err(reader.faults)
            }
        }
    }

    /// `read`, if nothing was wrong; otherwise all that was, from top to bottom.
    pub fn close<T>(mut self, read: T) -> Result<T, Vec<Fault>> {
        self.faults.sort_by_key(|fault| fault.line);
        if self.faults.is_empty() {
            Ok(read)
        } else {
            Err(self.faults)
        }
    }

    pub fn line(&self, span: &Range<usize>) -> u32 {
        self.starts.partition_point(|start| *start <= span.start) as u32
    }

    pub fn fault(&mut self, span: Range<usize>, what: impl Into<String>) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault {
                file: self.file.clone(),
                line: self.line(&span),
                what: what.into(),
            });
        }
    }

    /// Every key must be one of these.
    pub fn only(&mut self, table: &DeTable<'_>, known: &[&str], place: &str) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let what = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}.", known.join(", ")),
                };
                let shown = crate::text::Raw::from(name).label(60);
                self.fault(key.span(), format!("{place} has no key `{shown}`: {what}"));
            }
        }
    }

    /// A text in quotes.
    pub fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<Lined<String>> {
        let value = table.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Lined {
                value: text.to_owned(),
                line: self.line(&value.span()),
            }),
            None => {
                self.fault(value.span(), format!("`{key}` must be a text in quotes."));
                None
            }
        }
    }

    /// A text that must be there and must say something.
    pub fn needed(
        &mut self,
        table: &DeTable<'_>,
        span: &Range<usize>,
        key: &str,
    ) -> Option<Lined<String>> {
        if !table.contains_key(key) {
            self.fault(
                span.clone(),
                format!("`{key}` is missing here: add `{key} = \"…\"`."),
            );
            return None;
        }
        let text = self.text(table, key)?;
        if text.value.trim().is_empty() {
            let span = table.get(key).map_or(span.clone(), Spanned::span);
            self.fault(span, format!("`{key}` is empty: it must say something."));
            return None;
        }
        Some(text)
    }

    /// One text, or several in brackets.
    pub fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<Lined<String>>> {
        let value = table.get(key)?;
        let one = |reader: &Reader, value: &Value<'_>| {
            value.get_ref().as_str().map(|text| Lined {
                value: text.to_owned(),
                line: reader.line(&value.span()),
            })
        };
        let read: Option<Vec<_>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|value| one(self, value)).collect(),
            _ => one(self, value).map(|text| vec![text]),
        };
        if read.is_none() {
            self.fault(
                value.span(),
                format!("`{key}` must be a text in quotes, or several in brackets."),
            );
        }
        read
    }

    pub fn flag(&mut self, table: &DeTable<'_>, key: &str) -> Option<Lined<bool>> {
        let value = table.get(key)?;
        match value.get_ref().as_bool() {
            Some(flag) => Some(Lined {
                value: flag,
                line: self.line(&value.span()),
            }),
            None => {
                self.fault(value.span(), format!("`{key}` must be true or false."));
                None
            }
        }
    }

    /// A whole number from 0.
    pub fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<Lined<u64>> {
        let value = table.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| u64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) => Some(Lined {
                value: number,
                line: self.line(&value.span()),
            }),
            None => {
                self.fault(
                    value.span(),
                    format!("`{key}` must be a whole number from 0."),
                );
                None
            }
        }
    }

    /// One of some words.
    pub fn word<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<Lined<T>>
    where
        T: Copy,
    {
        let text = self.text(table, key)?;
        match words.iter().find(|(word, _)| *word == text.value) {
            Some((_, value)) => Some(Lined {
                value: *value,
                line: text.line,
            }),
            None => {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                let span = table.get(key).map_or(0..0, Spanned::span);
                self.fault(
                    span,
                    format!("`{key}` must be one of {}.", known.join(", ")),
                );
                None
            }
        }
    }

    /// A table, or each of an array of tables, with its span.
    pub fn tables<'a, 't>(
        &mut self,
        table: &'a DeTable<'t>,
        key: &str,
    ) -> Vec<(&'a DeTable<'t>, Range<usize>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let all: Option<Vec<_>> = match value.get_ref() {
            DeValue::Table(one) => Some(vec![(one, value.span())]),
            DeValue::Array(list) => list
                .iter()
                .map(|value| Some((value.get_ref().as_table()?, value.span())))
                .collect(),
            _ => None,
        };
        all.unwrap_or_else(|| {
            self.fault(
                value.span(),
                format!("`{key}` must be a table: write [{key}] or [[{key}]] above its keys."),
            );
            Vec::new()
        })
    }
}

/// The word that a person most likely meant.
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    known
        .map(|k| (strsim::damerau_levenshtein(word, k), k))
        .min()
        .filter(|(distance, k)| *distance <= (k.len() / 3).max(1) && word.len() < 80)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_with_their_line_and_what_is_meant() {
        let text = "[tools]\nalow = [\"x\"]\n\n[hosts]\nallow = 3\n";
        let (mut reader, root) = Reader::open("mine.toml", text).expect("TOML");
        reader.only(&root, &["tools", "hosts"], "a policy");
        for (table, _) in reader.tables(&root, "tools") {
            reader.only(table, &["allow", "deny"], "[tools]");
        }
        for (table, _) in reader.tables(&root, "hosts") {
            assert_eq!(reader.texts(table, "allow"), None);
        }
        let told: Vec<String> = reader.faults.iter().map(Fault::to_string).collect();
        assert_eq!(
            told,
            [
                "mine.toml, line 2: [tools] has no key `alow`: did you mean `allow`?",
                "mine.toml, line 5: `allow` must be a text in quotes, or several in brackets.",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let faults = Reader::open("mine.toml", "a = 1\nb = \n")
            .err()
            .expect("a fault");
        assert_eq!(faults[0].line, 2);
        assert!(faults[0].to_string().starts_with("mine.toml, line 2: "));
    }

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(
            nearest("sevrity", ["severity", "title"].into_iter()),
            Some("severity")
        );
        assert_eq!(nearest("colour", ["severity", "title"].into_iter()), None);
    }
}
