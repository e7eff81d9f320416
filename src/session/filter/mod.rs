//! The language that picks messages, the same in every view and verb.
//!
//! ```text
//! server:mail tool:send* risk:>=high -status:ok method:tools/call dir:s2c after:09:20 dur:>2s "id_rsa"
//! ```
//!
//! Terms stand side by side and must all hold; `-` before a term turns it round; commas inside a value are
//! alternatives; `*` in a name stands for anything. A word without a field, or in quotes, is looked for in the decoded
//! text of the message. [`parse`] knows the language, [`Bound`] runs it over the rows of a session, [`Picked`] holds
//! those that pass.

mod field;
mod lex;
mod near;
mod parse;
mod picked;
mod run;
mod value;

pub use field::{FIELDS, Field};
pub use near::Near;
pub use picked::{Part, Picked};
pub use run::{Bound, Risks, matches_glob};
pub use value::{Moment, duration, moment};

use std::ops::Range;

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Filter {
    /// As it was typed.
    pub source: String,
    terms: Vec<Term>,
}

/// What could not be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterError {
    /// Byte range in the source, for the caret.
    pub at: Range<usize>,
    /// A sentence that says what would be right.
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// One of these names, with `*` for anything, regardless of case.
    Name(NameField, Vec<String>),
    Dir(Vec<crate::wire::id::Direction>),
    Kind(Vec<KindWord>),
    Status(Vec<super::Outcome>),
    Is(Vec<IsWord>),
    /// 0 for no finding, 1 (info) to 5 (critical).
    Risk(Compare, u8),
    /// Microseconds since the epoch, or since midnight (UTC).
    After(value::Moment),
    Before(value::Moment),
    /// Microseconds.
    Dur(Compare, i64),
    /// Bytes.
    Size(Compare, u64),
    /// The number that people see: from 1.
    Number(Compare, u64),
    /// The id as it is spelled, quotes left out.
    Id(String),
    Text(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameField {
    Server,
    Method,
    /// Tool, prompt or resource.
    Name,
    /// The tool of a call.
    Tool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KindWord {
    Only(crate::wire::id::MessageKind),
    Response,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IsWord {
    Call,
    Orphan,
    Second,
    Reused,
    Torn,
    Http,
    Change,
    Finding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Compare {
    fn holds<T: Ord>(self, left: T, right: T) -> bool {
        match self {
            Compare::Less => left < right,
            Compare::AtMost => left <= right,
            Compare::Equal => left == right,
            Compare::AtLeast => left >= right,
            Compare::More => left > right,
        }
    }
}

impl Filter {
    /// Understands a filter, or says where it stops making sense. The empty filter picks everything.
    pub fn parse(source: &str) -> Result<Filter, FilterError> {
        parse::filter(source)
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it asks for what is known only once bodies were understood: findings and changes.
    pub fn needs_study(&self) -> bool {
        let known_late = |word: &IsWord| matches!(word, IsWord::Change | IsWord::Finding);
        self.terms.iter().any(|term| match &term.test {
            Test::Risk(..) => true,
            Test::Is(words) => words.iter().any(known_late),
            _ => false,
        })
    }

    /// Rows before this one can be judged: what it asks for may be known only as far as bodies were understood.
    pub fn ready(&self, session: &super::Session) -> usize {
        match self.needs_study() {
            true => session.studied().min(session.len()),
            false => session.len(),
        }
    }

    /// Whether rows alone cannot decide: bodies have to be read.
    pub fn needs_bodies(&self) -> bool {
        self.terms
            .iter()
            .any(|term| matches!(term.test, Test::Text(_) | Test::Id(_)))
    }
}
