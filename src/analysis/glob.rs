//! Names with `*` in them, as filters have them.

use crate::session::filter::matches_glob;
use std::fmt;

/// A name in which `*` stands for anything; letters match regardless of case (of ASCII).
#[derive(Clone, PartialEq, Eq)]
pub struct Glob {
    written: String,
    lower: Box<[u8]>,
}

impl Glob {
    pub fn of(written: &str) -> Glob {
        Glob {
            written: written.to_owned(),
            lower: written.to_ascii_lowercase().into_bytes().into(),
        }
    }

    pub fn matches(&self, name: &[u8]) -> bool {
        matches_glob(name, &self.lower)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.written)
    }
}
