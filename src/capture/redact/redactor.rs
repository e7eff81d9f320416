//! Messages without their secrets.

use super::key::Key;
use super::mark;
use super::names::{self, Meaning};
use super::rule::Rule;
use super::spots::{Search, Spot};
use super::table::Table;
use super::value::Shape;
use crate::capture::recorder;
use crate::text::{Raw, escape};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::{Mutex, PoisonError};

/// Lines after the head of a private key that may belong to it, where it comes line by line; how many others may stand
/// between them, as other threads of a server say them; and letters in a row that are surely of a key there.
const KEY_LINES: u32 = 200;
const OTHERS: u32 = 8;
const SURE: usize = 16;

/// A private key that comes line by line, so far.
#[derive(Default)]
struct KeyLines {
    /// How many more may come; 0 outside of a key.
    left: u32,
    /// Lines since the last that belonged to it.
    others: u32,
}

/// How often a text is looked at again after something was replaced in it.
const ROUNDS: usize = 8;

/// Replaces secrets. One serves all streams of a recording.
pub struct Redactor {
    table: Table,
    key: Key,
    key_lines: Mutex<KeyLines>,
    counts: Mutex<BTreeMap<String, u64>>,
}

impl Redactor {
    /// With the rules of the program and more (see [`gitleaks`](super::gitleaks)).
    pub fn new(key: Key, more: Vec<Rule>) -> Redactor {
        Redactor {
            table: Table::with(more),
            key,
            key_lines: Mutex::default(),
            counts: Mutex::default(),
        }
    }

    /// One message or one line of text without its secrets; borrowed where there are none. JSON stays JSON, and what is no
    /// secret stays as it is, byte for byte. What was redacted before stays as it is.
    pub fn redact<'l>(&self, line: &'l [u8]) -> Cow<'l, [u8]> {
        let search = self.search();
        let key_line = self.key_line(line);
        let mut out = match self.replace(line, key_line) {
            Some(out) => out,
            None if search.is_clean(line) => return Cow::Borrowed(line),
            None => match self.replace(line, search.spots(line)) {
                Some(out) => out,
                None => return Cow::Borrowed(line),
            },
        };
        // What stands beside a mark can look like a secret only now.
        for _ in 0..ROUNDS {
            let Some(next) = self.replace(&out, search.spots(&out)) else {
                break;
            };
            out = next;
        }
        Cow::Owned(out)
    }

    /// The text with its spots replaced; `None` where there are none.
    pub(super) fn replace(&self, line: &[u8], spots: Vec<Spot>) -> Option<Vec<u8>> {
        if spots.is_empty() {
            return None;
        }
        self.count(&spots);
        let mut out = Vec::with_capacity(line.len());
        let mut at = 0;
        for spot in spots {
            out.extend_from_slice(&line[at..spot.range.start]);
            out.extend_from_slice(spot.mark.as_bytes());
            at = spot.range.end;
        }
        out.extend_from_slice(&line[at..]);
        Some(out)
    }

    fn search(&self) -> Search<'_> {
        Search {
            table: &self.table,
            key: &self.key,
        }
    }

    /// Standard error comes line by line, and private keys have several.
    pub(super) fn key_line(&self, line: &[u8]) -> Vec<Spot> {
        let text = line.trim_ascii();
        if matches!(text.first(), None | Some(b'{' | b'[')) {
            return Vec::new();
        }
        let has = |what: &[u8]| memchr::memmem::find(text, what).is_some();
        let mut key = self
            .key_lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if text.contains(&b'-') && has(b"PRIVATE KEY") && has(b"-----") {
            let begins = has(b"-----BEGIN ") && !has(b"-----END ");
            *key = KeyLines {
                left: if begins { KEY_LINES } else { 0 },
                others: 0,
            };
            return Vec::new();
        }
        if key.left == 0 {
            return Vec::new();
        }
        // The prefix of a log may stand before it.
        let start = (text.iter().rposition(|b| b.is_ascii_whitespace())).map_or(0, |at| at + 1);
        let letters = &text[start..];
        let armoured = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
        let whole = start == 0 && key.others == 0 && key.left < KEY_LINES;
        let long = letters.len() >= SURE || whole && letters.len() >= 4;
        if !long || !letters.iter().all(armoured) {
            key.others += 1;
            if key.others > OTHERS {
                key.left = 0;
            }
            return Vec::new();
        }
        (key.left, key.others) = (key.left - 1, 0);
        let begin = line.len() - line.trim_ascii_start().len() + start;
        vec![Spot {
            range: begin..begin + letters.len(),
            mark: mark::mark(&self.key, "private-key", letters),
        }]
    }

    /// The words of a command line without their secrets, as text. What is not UTF-8 is shown with its bytes escaped.
    pub fn argv(&self, words: &[OsString]) -> Vec<String> {
        let mut told = Vec::new();
        let mut before: Option<Meaning> = None;
        for word in words {
            let bytes = word.as_encoded_bytes();
            let option = names::option(bytes);
            let redacted = match before.filter(|_| option.is_none()) {
                Some(meaning) => self.option_value(meaning, bytes),
                None => self.redact(bytes),
            };
            told.push(match std::str::from_utf8(&redacted) {
                Ok(text) => text.to_string(),
                Err(_) => escape(Raw::new(&redacted)),
            });
            before = option;
        }
        told
    }

    fn option_value<'l>(&self, meaning: Meaning, word: &'l [u8]) -> Cow<'l, [u8]> {
        let (rule, shape) = match meaning {
            Meaning::Authorization => ("authorization", Shape::Anything),
            // On a command line nothing else stands behind such an option, short as it may be.
            Meaning::Value(rule, _) => (rule, Shape::Anything),
        };
        if !shape.fits(word) || !mark::marks(word).is_empty() {
            return self.redact(word);
        }
        let mark = mark::mark(&self.key, rule, word);
        let spot = Spot {
            range: 0..word.len(),
            mark: mark.clone(),
        };
        self.count(&[spot]);
        Cow::Owned(mark.into_bytes())
    }

    fn count(&self, spots: &[Spot]) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for spot in spots {
            *counts.entry(rule_of(&spot.mark)).or_default() += 1;
        }
    }

    /// How many secrets were replaced so far, by rule.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.counts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The rules by which a text still holds secrets; nothing is counted.
    pub fn held_in(&self, line: &[u8]) -> Vec<String> {
        let search = self.search();
        if search.is_clean(line) {
            return Vec::new();
        }
        let spots = search.spots(line);
        spots.iter().map(|spot| rule_of(&spot.mark)).collect()
    }
}

/// The name of the rule in a mark that was made here.
fn rule_of(mark: &str) -> String {
    let mut parts = mark.split(':');
    parts.nth(1).unwrap_or_default().to_string()
}

impl recorder::Redact for Redactor {
    fn redact<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]> {
        Redactor::redact(self, line)
    }

    fn argv(&self, words: &[OsString]) -> Vec<String> {
        Redactor::argv(self, words)
    }
}

impl Default for Redactor {
    /// With the rules of the program and the key of this machine.
    fn default() -> Redactor {
        Redactor::new(super::KEY.clone(), Vec::new())
    }
}
