//! A filter over the rows of a session.

use super::near::Near;
use super::value::Moment;
use super::{Filter, IsWord, KindWord, NameField, Part, Term, Test};
use crate::formats::Flags;
use crate::session::{Body, Outcome, Row, RowId, Session};
use crate::text::Raw;
use crate::wire::id::MessageKind;
use crate::wire::json::{Doc, Kind};
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;

/// Who knows the worst finding on a message.
pub trait Risks: Sync {
    /// 0 for none, 1 (info) to 5 (critical).
    fn risk(&self, id: RowId) -> u8;
}

/// No findings at all.
impl Risks for () {
    fn risk(&self, _: RowId) -> u8 {
        0
    }
}

/// A filter made ready for one session: names are looked up once, not once a row.
pub struct Bound {
    terms: Vec<(bool, Ready)>,
}

enum Ready {
    /// By server, and by symbol.
    Server(Vec<bool>),
    Method(Vec<bool>),
    Name(Vec<bool>),
    Tool(Vec<bool>),
    Text(Regex),
    Plain(Test),
}

impl Ready {
    /// What it takes to ask, from the row alone to its whole body.
    fn cost(&self) -> u8 {
        match self {
            Ready::Server(_) | Ready::Method(_) | Ready::Name(_) => 0,
            Ready::Plain(Test::Dir(_) | Test::Kind(_) | Test::Size(..) | Test::Number(..)) => 0,
            Ready::Plain(Test::After(_) | Test::Before(_)) => 0,
            Ready::Tool(_) | Ready::Plain(Test::Dur(..)) => 1,
            Ready::Plain(Test::Status(_) | Test::Is(_) | Test::Risk(..)) => 2,
            Ready::Text(_) => 3,
            Ready::Plain(_) => 4,
        }
    }
}

impl Filter {
    /// Makes it ready for what the session holds now: names that come later are not in it.
    pub fn bind(&self, session: &Session) -> Bound {
        let symbols: Vec<Raw<'_>> = session.symbols().collect();
        let servers: Vec<Raw<'_>> = session
            .servers()
            .iter()
            .map(|server| server.label.as_raw())
            .collect();
        let ready = |term: &Term| {
            let pick = |names: &[Raw<'_>], globs: &[String]| {
                names
                    .iter()
                    .map(|name| {
                        globs
                            .iter()
                            .any(|glob| matches_glob(name.bytes(), glob.as_bytes()))
                    })
                    .collect()
            };
            let ready = match &term.test {
                Test::Name(NameField::Server, globs) => Ready::Server(pick(&servers, globs)),
                Test::Name(NameField::Method, globs) => Ready::Method(pick(&symbols, globs)),
                Test::Name(NameField::Name, globs) => Ready::Name(pick(&symbols, globs)),
                Test::Name(NameField::Tool, globs) => Ready::Tool(pick(&symbols, globs)),
                Test::Text(text) => {
                    text_regex(text).map_or_else(|| Ready::Plain(term.test.clone()), Ready::Text)
                }
                other => Ready::Plain(other.clone()),
            };
            (term.negated, ready)
        };
        let mut terms: Vec<(bool, Ready)> = self.terms.iter().map(ready).collect();
        // All must hold, so what costs least is asked first.
        terms.sort_by_key(|(_, ready)| ready.cost());
        Bound { terms }
    }
}

/// Text is looked for regardless of case, unless it has a capital letter.
fn text_regex(text: &str) -> Option<Regex> {
    let any_case = !text.chars().any(char::is_uppercase);
    RegexBuilder::new(&regex::escape(text))
        .case_insensitive(any_case)
        .build()
        .ok()
}

impl Bound {
    /// Whether a row passes, reading its body only if the rest of the filter lets it through.
    pub fn matches(&self, session: &Session, id: RowId, risks: &dyn Risks) -> bool {
        self.matches_row(session, id, risks)
            && (!self.needs_bodies() || session.read(id).is_ok_and(|body| self.matches_body(&body)))
    }

    pub fn needs_bodies(&self) -> bool {
        self.terms.iter().any(|(_, ready)| {
            matches!(
                ready,
                Ready::Text(_) | Ready::Plain(Test::Id(_) | Test::Text(_))
            )
        })
    }

    /// The part of the filter that rows decide.
    pub fn matches_row(&self, session: &Session, id: RowId, risks: &dyn Risks) -> bool {
        self.row_passes(&Near::nothing(session), id, risks)
    }

    /// The rows of a range that pass as far as rows decide.
    pub fn pick(&self, session: &Session, range: Range<usize>, risks: &dyn Risks) -> Part {
        let range = range.start..range.end.min(session.len()).max(range.start);
        let near = Near::of(session, range.clone());
        let mut part = Part::new(range.clone());
        for row in range {
            let passes = |id| self.row_passes(&near, id, risks);
            if u32::try_from(row).is_ok_and(|row| passes(RowId(row))) {
                part.set(row);
            }
        }
        part
    }

    fn row_passes(&self, near: &Near, id: RowId, risks: &dyn Risks) -> bool {
        let row = near.session.row(id);
        self.terms.iter().all(|(negated, ready)| {
            row_holds(ready, near, id, row, risks).is_none_or(|holds| holds != *negated)
        })
    }

    /// The part of the filter that a body decides.
    pub fn matches_body(&self, body: &Body) -> bool {
        let mut doc = None;
        self.terms.iter().all(|(negated, ready)| {
            let holds = match ready {
                Ready::Text(regex) => {
                    regex.is_match(body.line())
                        || has_escape(body.message()) && {
                            let doc = doc.get_or_insert_with(|| Doc::parse(body.message()));
                            holds_decoded(doc, regex)
                        }
                }
                Ready::Plain(Test::Id(wanted)) => {
                    let doc = doc.get_or_insert_with(|| Doc::parse(body.message()));
                    doc.root()
                        .and_then(|root| root.get("id"))
                        .is_some_and(|id| {
                            id.raw() == wanted.as_str()
                                || id
                                    .text()
                                    .is_some_and(|text| text.as_raw() == wanted.as_str())
                        })
                }
                _ => return true,
            };
            holds != *negated
        })
    }
}

impl Bound {
    /// Whether a line decides at all what a body would, and what it decides: text is looked for in the line first, and a
    /// line without a backslash has nothing to decode. `None` where the message itself has to be understood.
    pub fn matches_line(&self, line: &[u8]) -> Option<bool> {
        let mut decided = true;
        let mut escaped = None;
        for (negated, ready) in &self.terms {
            match ready {
                Ready::Text(regex) => {
                    let found = regex.is_match(line);
                    let unclear = !found && *escaped.get_or_insert_with(|| has_escape(line));
                    match (unclear, found != *negated) {
                        (true, _) => decided = false,
                        (false, false) => return Some(false),
                        (false, true) => {}
                    }
                }
                Ready::Plain(Test::Id(_)) => decided = false,
                _ => {}
            }
        }
        decided.then_some(true)
    }
}

fn has_escape(bytes: &[u8]) -> bool {
    memchr::memchr(b'\\', bytes).is_some()
}

/// `None` for a test that wants the body.
fn row_holds(ready: &Ready, near: &Near, id: RowId, row: &Row, risks: &dyn Risks) -> Option<bool> {
    let session = near.session;
    let picked = |set: &[bool], n: usize| set.get(n).copied().unwrap_or(false);
    let about = || match row.pair() {
        Some(request) if row.kind.is_response() => session.row(request).name,
        _ => row.name,
    };
    Some(match ready {
        Ready::Server(set) => picked(set, session.server_of(id).index()),
        Ready::Method(set) => picked(set, session.method_symbol(id).index()),
        Ready::Name(set) => picked(set, about().index()),
        Ready::Tool(set) => near
            .call_of(id)
            .is_some_and(|request| picked(set, session.row(request).name.index())),
        Ready::Text(_) => return None,
        Ready::Plain(test) => return plain(test, near, id, row, risks),
    })
}

fn plain(test: &Test, near: &Near, id: RowId, row: &Row, risks: &dyn Risks) -> Option<bool> {
    let session = near.session;
    Some(match test {
        Test::Dir(dirs) => dirs.contains(&row.dir),
        Test::Kind(words) => words.iter().any(|word| match word {
            KindWord::Only(kind) => row.kind == *kind,
            KindWord::Response => row.kind.is_response(),
        }),
        Test::Status(wanted) => near
            .outcome_of(id)
            .is_some_and(|outcome| wanted.contains(&outcome)),
        Test::Is(words) => words.iter().any(|word| is(*word, near, id, row, risks)),
        Test::Risk(compare, level) => {
            // A call is as risky as what came back.
            let answer = row.pair().filter(|_| row.kind == MessageKind::Request);
            compare.holds(
                risks
                    .risk(id)
                    .max(answer.map_or(0, |answer| risks.risk(answer))),
                *level,
            )
        }
        Test::After(moment) => at(row, *moment).is_some_and(|(time, moment)| time >= moment),
        Test::Before(moment) => at(row, *moment).is_some_and(|(time, moment)| time < moment),
        Test::Dur(compare, micros) => session
            .duration_of(id)
            .is_some_and(|took| compare.holds(took, *micros)),
        Test::Size(compare, bytes) => compare.holds(u64::from(row.len), *bytes),
        Test::Number(compare, n) => compare.holds(u64::from(id.0) + 1, *n),
        Test::Name(..) | Test::Id(_) | Test::Text(_) => return None,
    })
}

fn is(word: IsWord, near: &Near, id: RowId, row: &Row, risks: &dyn Risks) -> bool {
    match word {
        IsWord::Call => near.call_of(id).is_some(),
        IsWord::Orphan => row.flags.has(Flags::ORPHAN),
        IsWord::Second => row.flags.has(Flags::SECOND),
        IsWord::Reused => row.flags.has(Flags::REUSED),
        IsWord::Torn => row.flags.has(Flags::TORN),
        IsWord::Http => row.flags.has(Flags::HTTP),
        IsWord::Change => near
            .session
            .changes()
            .binary_search_by_key(&id, |change| change.at)
            .is_ok(),
        IsWord::Finding => risks.risk(id) > 0,
    }
}

/// The row's time and the moment on the same scale.
fn at(row: &Row, moment: Moment) -> Option<(i64, i64)> {
    const DAY: i64 = 86_400_000_000;
    let time = row.time.micros()?;
    Some(match moment {
        Moment::Absolute(moment) => (time, moment),
        Moment::OfDay(moment) => (time.rem_euclid(DAY), moment),
    })
}

/// Whether a string holds the text once it is decoded. Strings without escapes were searched as they stand.
fn holds_decoded(doc: &Doc<'_>, regex: &Regex) -> bool {
    let escaped = |n: &crate::wire::json::Node| n.kind == Kind::String && n.escaped;
    doc.nodes()
        .iter()
        .enumerate()
        .filter(|(_, node)| escaped(node))
        .any(|(n, _)| {
            let text = doc.value(n as u32).and_then(|value| value.text());
            text.is_some_and(|text| regex.is_match(text.as_raw().bytes()))
        })
}

/// `*` stands for any run of bytes; letters match regardless of case (of ASCII); `glob` is lower case already.
pub fn matches_glob(name: &[u8], glob: &[u8]) -> bool {
    let (mut n, mut g) = (0, 0);
    let mut back = None;
    while n < name.len() {
        match glob.get(g) {
            Some(b'*') => {
                back = Some((g + 1, n));
                g += 1;
            }
            Some(c) if *c == name[n].to_ascii_lowercase() => {
                n += 1;
                g += 1;
            }
            _ => match back {
                Some((star, from)) => {
                    (g, n) = (star, from + 1);
                    back = Some((star, from + 1));
                }
                None => return false,
            },
        }
    }
    glob[g..].iter().all(|c| *c == b'*')
}

impl Session {
    /// How the operation ended that a request or response belongs to; `None` for other messages.
    pub fn outcome_of(&self, id: RowId) -> Option<Outcome> {
        Near::nothing(self).outcome_of(id)
    }

    /// How long the answer to a request took, in microseconds; of a response, the same.
    pub fn duration_of(&self, id: RowId) -> Option<i64> {
        let request = self.request_of(id)?;
        let response = self.row(request).pair()?;
        self.row(response).time.since(self.row(request).time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (name, glob, holds) in [
            ("send_mail", "send*", true),
            ("Send_Mail", "*mail", true),
            ("send_mail", "send", false),
            ("send_mail", "s*d*l", true),
            ("", "*", true),
            ("abc", "a*d", false),
            ("aab", "a*ab", true),
        ] {
            assert_eq!(
                matches_glob(name.as_bytes(), glob.as_bytes()),
                holds,
                "{name} {glob}"
            );
        }
    }
}
