//! Untrusted text, by type.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Range;

/// Untrusted bytes that are meant as text: mostly UTF-8, but possibly with invalid sequences, and with lone surrogates
/// in their three-byte form (as in WTF-8). There is no `Display`: only [`reveal`](super::reveal) makes it printable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Raw<'a>(&'a [u8]);

impl<'a> Raw<'a> {
    pub const EMPTY: Raw<'static> = Raw(b"");

    pub const fn new(bytes: &'a [u8]) -> Self {
        Raw(bytes)
    }

    /// The bytes, for searching and hashing. Offsets into them are what spans of evidence mean.
    pub const fn bytes(self) -> &'a [u8] {
        self.0
    }

    pub const fn len(self) -> usize {
        self.0.len()
    }

    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// A part of it; the range is clamped to the text.
    pub fn slice(self, range: Range<usize>) -> Raw<'a> {
        let end = range.end.min(self.0.len());
        Raw(&self.0[range.start.min(end)..end])
    }

    pub fn to_buf(self) -> RawBuf {
        RawBuf(self.0.into())
    }
}

impl<'a> From<&'a str> for Raw<'a> {
    fn from(s: &'a str) -> Self {
        Raw(s.as_bytes())
    }
}

impl PartialEq<str> for Raw<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Raw<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw(\"{}\")", self.0.escape_ascii())
    }
}

/// Owned [`Raw`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RawBuf(Box<[u8]>);

impl RawBuf {
    pub fn as_raw(&self) -> Raw<'_> {
        Raw(&self.0)
    }
}

impl From<Vec<u8>> for RawBuf {
    fn from(bytes: Vec<u8>) -> Self {
        RawBuf(bytes.into())
    }
}

impl From<&str> for RawBuf {
    fn from(s: &str) -> Self {
        RawBuf(s.as_bytes().into())
    }
}

impl Borrow<[u8]> for RawBuf {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for RawBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_raw().fmt(f)
    }
}
