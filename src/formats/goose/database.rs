//! Goose's `sessions.db`.

use super::Session;
use crate::formats::sqlite::{self, Cell, Database};
use crate::formats::told::{Entry, Origin, Out};
use crate::formats::{Class, Format, Known, Reading, of_number};
use crate::wire::json::Doc;
use std::collections::HashMap;
use std::path::Path;

pub static DATABASE: Format = Format {
    id: "goose-db",
    title: "Goose sessions (sessions.db)",
    class: Class::CallsOnly,
    signs: "an SQLite database with tables `sessions` and `messages`, the latter with `content_json`",
    score: |head| sqlite::score(head, &["sessions", "messages"], &["content_json"]),
    reading: Reading::Database(tell),
};

fn tell(path: &Path, known: &Known, out: &mut Out<'_>) {
    let Some(database) = Database::open(path, out) else {
        return;
    };
    let columns = ["session_id", "role", "content_json", "created_timestamp"];
    if !database.has("messages", &columns, out) {
        out.note("The database has no table `messages` with the columns that Goose writes: nothing was read.");
        return;
    }
    let mut sessions: HashMap<Vec<u8>, Session> = HashMap::new();
    database.rows(
        "SELECT rowid, session_id, role, content_json, created_timestamp FROM messages ORDER BY rowid",
        &[],
        out,
        |cells, out| {
            let &[number, conn, role, content, created] = cells else {
                return;
            };
            let conn = conn.bytes();
            let text = content.bytes();
            let at = Entry {
                conn,
                micros: created.integer().map(of_number),
                ..Entry::at(place(number, text))
            };
            let session = sessions
                .entry(conn.to_vec())
                .or_insert_with(|| Session::new(known));
            let doc = Doc::parse(text);
            match doc.root().filter(|root| root.is_array()) {
                Some(content) => session.message(&at, role.bytes(), content, out),
                None => out.skip(),
            }
        },
    );
}

/// The place of a row: its number, and how long its content is.
fn place(number: Cell<'_>, content: &[u8]) -> Origin {
    Origin {
        line: 0,
        offset: number.integer().map_or(0, i64::unsigned_abs),
        len: u32::try_from(content.len()).unwrap_or(u32::MAX),
    }
}
