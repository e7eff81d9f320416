//! Databases in which clients keep their sessions: recognised by their tables, opened without a trace, read with bounds.

#[cfg(feature = "sqlite")]
mod open;
#[cfg(feature = "sqlite")]
mod place;
#[cfg(all(test, feature = "sqlite"))]
pub(super) mod tests;
#[cfg(not(feature = "sqlite"))]
mod without;

#[cfg(feature = "sqlite")]
pub use open::Database;
#[cfg(not(feature = "sqlite"))]
pub use without::Database;

use memchr::memmem;

/// What every database begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'r> {
    Null,
    Integer(i64),
    Real(f64),
    /// Text or a blob.
    Bytes(&'r [u8]),
}

impl<'r> Cell<'r> {
    /// Nothing for a number.
    pub fn bytes(self) -> &'r [u8] {
        match self {
            Cell::Bytes(bytes) => bytes,
            _ => b"",
        }
    }

    pub fn integer(self) -> Option<i64> {
        match self {
            Cell::Integer(n) => Some(n),
            Cell::Real(n) if n.is_finite() => Some(n as i64),
            _ => None,
        }
    }
}

/// How sure it is that a file which begins like this is a database with these tables and words in what makes them. The
/// schema stands in its first pages; where it does not, the file is not recognised by itself.
pub fn score(head: &[u8], tables: &[&str], words: &[&str]) -> u8 {
    let has_table = |table: &&str| {
        memmem::find_iter(head, b"CREATE TABLE ").any(|at| {
            let name = &head[at + b"CREATE TABLE ".len()..];
            let quoted = matches!(name.first(), Some(b'"' | b'`' | b'[' | b'\''));
            let name = &name[usize::from(quoted)..];
            name.strip_prefix(table.as_bytes()).is_some_and(|rest| {
                !rest
                    .first()
                    .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
            })
        })
    };
    let has_word = |word: &&str| memmem::find(head, word.as_bytes()).is_some();
    let all = head.starts_with(MAGIC) && tables.iter().all(has_table) && words.iter().all(has_word);
    u8::from(all) * 97
}
