//! What a build without SQLite says of a database.

use super::Cell;
use crate::formats::told::Out;
use std::convert::Infallible;
use std::path::Path;

pub struct Database(Infallible);

impl Database {
    pub fn open(_: &Path, out: &mut Out<'_>) -> Option<Database> {
        out.note("This is an SQLite database, which this build cannot read: it was built without the feature `sqlite`.");
        None
    }

    pub fn has(&self, _: &str, _: &[&str], _: &mut Out<'_>) -> bool {
        match self.0 {}
    }

    pub fn rows(
        &self,
        _: &str,
        _: &[&[u8]],
        _: &mut Out<'_>,
        _: impl FnMut(&[Cell<'_>], &mut Out<'_>),
    ) {
        match self.0 {}
    }

    pub fn row(&self, _: &str, _: i64, _: &mut Out<'_>, _: impl FnOnce(&[Cell<'_>], &mut Out<'_>)) {
        match self.0 {}
    }
}
