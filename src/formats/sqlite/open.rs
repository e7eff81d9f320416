//! A database that is open: nothing is written to it or beside it, and a hostile one can take but so much.

use super::{Cell, place};
use crate::formats::told::Out;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, params_from_iter};
use std::cell::Cell as Shared;
use std::path::Path;
use tempfile::TempDir;

/// Longest value that is read.
const LONG: i32 = 256 << 20;
/// Instructions of SQLite's machine between two looks at their number, and how many of these looks there are at most in
/// the life of a database. A row takes about ten; a file in which pages are linked in circles would take for ever.
const STEP: i32 = 10_000;
const STEPS: u64 = 200_000;

pub struct Database {
    connection: Connection,
    /// Bytes that readings may still give; no honest database gives more than its size for one column.
    allowance: Shared<u64>,
    _copy: Option<TempDir>,
}

impl Database {
    /// `None`, with a note, where the file cannot be opened.
    pub fn open(path: &Path, out: &mut Out<'_>) -> Option<Database> {
        let place = match place::of(path) {
            Ok(place) => place,
            Err(error) => {
                out.note(format!("The database could not be opened: {error}."));
                return None;
            }
        };
        if place.behind {
            out.note("The log ahead of the database is too large to be copied: the newest entries may be missing.");
        }
        match connect(&place.uri) {
            Ok(connection) => Some(Database {
                connection,
                // Every reading of a file may give all of it, and there are a few.
                allowance: Shared::new(place.size.saturating_mul(8).saturating_add(1 << 20)),
                _copy: place.copy,
            }),
            Err(error) => {
                out.note(format!(
                    "The database could not be opened: {}.",
                    reason(&error)
                ));
                None
            }
        }
    }

    /// Whether there is such a table with these columns, and no view or anything else of that name.
    pub fn has(&self, table: &str, columns: &[&str], out: &mut Out<'_>) -> bool {
        let mut found = 0;
        let mut plain = false;
        self.rows(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1",
            &[table.as_bytes()],
            out,
            |cells, _| {
                let sql = cells[0].bytes().to_ascii_lowercase();
                plain = sql.starts_with(b"create table");
            },
        );
        if plain {
            self.rows(
                "SELECT name FROM pragma_table_info(?1)",
                &[table.as_bytes()],
                out,
                |cells, _| {
                    let name = cells[0].bytes();
                    found += usize::from(columns.iter().any(|c| c.as_bytes() == name));
                },
            );
        }
        plain && found == columns.len()
    }

    /// Gives each row of a query to `each`; texts are bound to its parameters. Where reading fails, what was read stays
    /// and a note says so.
    pub fn rows(
        &self,
        sql: &str,
        texts: &[&[u8]],
        out: &mut Out<'_>,
        mut each: impl FnMut(&[Cell<'_>], &mut Out<'_>),
    ) {
        let texts = texts.iter().map(|text| Bound(text));
        if let Err(error) = self.read(sql, params_from_iter(texts), out, &mut each) {
            self.say(&error, out);
        }
    }

    /// The same for the one row with this number.
    pub fn row(
        &self,
        sql: &str,
        number: i64,
        out: &mut Out<'_>,
        each: impl FnOnce(&[Cell<'_>], &mut Out<'_>),
    ) {
        let mut each = Some(each);
        let mut once = |cells: &[Cell<'_>], out: &mut Out<'_>| {
            if let Some(each) = each.take() {
                each(cells, out);
            }
        };
        if let Err(error) = self.read(sql, [number], out, &mut once) {
            self.say(&error, out);
        }
    }

    fn read(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        out: &mut Out<'_>,
        each: &mut dyn FnMut(&[Cell<'_>], &mut Out<'_>),
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            let cells = cells(row, columns)?;
            let bytes: usize = cells.iter().map(|cell| cell.bytes().len()).sum();
            let Some(left) = self.allowance.get().checked_sub(bytes as u64) else {
                out.note("The database gives more than can be in it: the rest of it was not read.");
                break;
            };
            self.allowance.set(left);
            each(&cells, out);
        }
        Ok(())
    }

    fn say(&self, error: &rusqlite::Error, out: &mut Out<'_>) {
        out.note(format!(
            "The database could not be read to its end: {}. What was read before that is shown.",
            reason(error)
        ));
    }
}

/// A text that is bound as one, whatever its bytes are.
struct Bound<'t>(&'t [u8]);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(ValueRef::Text(
            self.0,
        )))
    }
}

fn cells<'r>(row: &'r Row<'_>, columns: usize) -> rusqlite::Result<Vec<Cell<'r>>> {
    let cell = |n| {
        Ok(match row.get_ref(n)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(n) => Cell::Integer(n),
            ValueRef::Real(n) => Cell::Real(n),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Cell::Bytes(bytes),
        })
    };
    (0..columns).map(cell).collect()
}

fn connect(uri: &str) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(uri, flags)?;
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, LONG),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        connection.set_db_config(config, on)?;
    }
    let mut steps = 0;
    connection.progress_handler(
        STEP,
        Some(move || {
            steps += 1;
            steps > STEPS
        }),
    )?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(connection)
}

/// Why, in our own words: SQLite's may quote the file.
fn reason(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode::*;
    match error.sqlite_error_code() {
        Some(NotADatabase) => "it is no SQLite database, or it is encrypted",
        Some(DatabaseCorrupt) => "it is damaged",
        Some(OperationInterrupted) => "it took too long",
        Some(TooBig) => "a value in it is too long",
        Some(CannotOpen | PermissionDenied) => "the file cannot be opened",
        Some(DatabaseBusy | DatabaseLocked) => "another program holds it",
        Some(OutOfMemory) => "there is too little memory",
        Some(SystemIoFailure) => "the file cannot be read",
        _ => "it is not laid out as expected",
    }
}
