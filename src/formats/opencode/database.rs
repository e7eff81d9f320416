//! OpenCode's `opencode.db`.

use super::part::Parts;
use crate::formats::sqlite::{self, Database};
use crate::formats::told::{Entry, Origin, Out};
use crate::formats::{Class, Format, Known, Reading, of_number};
use crate::wire::json::Doc;
use std::collections::HashSet;
use std::path::Path;

pub static DATABASE: Format = Format {
    id: "opencode-db",
    title: "OpenCode sessions (opencode.db)",
    class: Class::CallsOnly,
    signs: "an SQLite database with tables `session`, `message` and `part`",
    score: |head| sqlite::score(head, &["session", "message", "part"], &["session_id"]),
    reading: Reading::Database(tell),
};

fn tell(path: &Path, known: &Known, out: &mut Out<'_>) {
    let Some(database) = Database::open(path, out) else {
        return;
    };
    if !database.has("message", &["id", "data"], out)
        || !database.has(
            "part",
            &["message_id", "session_id", "time_created", "data"],
            out,
        )
    {
        out.note("The database has no tables `message` and `part` with the columns that OpenCode writes: nothing was read.");
        return;
    }
    // Who wrote a message stands beside its parts.
    let mut users: HashSet<Vec<u8>> = HashSet::new();
    database.rows("SELECT id, data FROM message", &[], out, |cells, _| {
        let &[id, data] = cells else {
            return;
        };
        let doc = Doc::parse(data.bytes());
        let role = doc.root().and_then(|root| root.str("role"));
        if role.is_some_and(|role| role.as_raw() == "user") {
            users.insert(id.bytes().to_vec());
        }
    });
    let mut parts = Parts::new(known);
    database.rows(
        "SELECT rowid, message_id, session_id, time_created, data FROM part ORDER BY rowid",
        &[],
        out,
        |cells, out| {
            let &[number, message, session, created, data] = cells else {
                return;
            };
            let text = data.bytes();
            let doc = Doc::parse(text);
            let Some(part) = doc.root() else {
                return out.skip();
            };
            let at = Entry {
                conn: session.bytes(),
                micros: created.integer().map(of_number),
                ..Entry::at(Origin {
                    line: 0,
                    offset: number.integer().map_or(0, i64::unsigned_abs),
                    len: u32::try_from(text.len()).unwrap_or(u32::MAX),
                })
            };
            parts.tell(&at, users.contains(message.bytes()), part, out);
        },
    );
}
