//! Cursor's `state.vscdb`, which holds everything that the editor remembers: of it, conversations are read and nothing
//! else. The tokens of accounts stand in the same table.

mod bubble;
#[cfg(all(test, feature = "sqlite"))]
mod tests;

use super::sqlite::{self, Cell, Database};
use super::told::{Entry, Origin, Out};
use super::{Class, Format, Known, Reading, pieces};
use crate::wire::json::{Doc, Value};
use bubble::Chat;
use std::collections::{HashMap, HashSet};
use std::path::Path;

pub static DATABASE: Format = Format {
    id: "cursor-db",
    title: "Cursor conversations (state.vscdb)",
    class: Class::CallsOnly,
    signs: "an SQLite database with a table `cursorDiskKV`",
    score: |head| sqlite::score(head, &["cursorDiskKV"], &[]),
    reading: Reading::Database(tell),
};

/// A conversation: its record, and those of its messages, which Cursor calls bubbles.
#[derive(Default)]
struct Composer {
    created: Option<i64>,
    /// The row of its record.
    row: Option<i64>,
    /// Its record has the messages themselves, as older ones do.
    inline: bool,
    /// Its messages as the record orders them.
    order: Vec<Vec<u8>>,
    /// The rows of its messages.
    bubbles: Vec<(Vec<u8>, i64)>,
}

fn tell(path: &Path, known: &Known, out: &mut Out<'_>) {
    let Some(database) = Database::open(path, out) else {
        return;
    };
    if !database.has("cursorDiskKV", &["key", "value"], out) {
        out.note("The database has no table `cursorDiskKV`: nothing was read.");
        return;
    }
    let mut chat = Chat::new(known);
    for (id, composer) in composers(&database, out) {
        let value = "SELECT value FROM cursorDiskKV WHERE rowid = ?1";
        if let Some(row) = composer.row.filter(|_| composer.inline) {
            database.row(value, row, out, |cells, out| {
                let text = unwrapped(cells[0]);
                let doc = Doc::parse(&text);
                let bubbles = doc.root().and_then(|root| root.get("conversation"));
                for bubble in bubbles.into_iter().flat_map(Value::items) {
                    let at = Entry {
                        conn: &id,
                        ..Entry::at(place(row, bubble.raw().bytes()))
                    };
                    chat.bubble(&at, bubble, out);
                }
            });
        }
        for row in composer.rows() {
            database.row(value, row, out, |cells, out| {
                let text = unwrapped(cells[0]);
                let doc = Doc::parse(&text);
                let at = Entry {
                    conn: &id,
                    ..Entry::at(place(row, &text))
                };
                match doc.root().filter(|root| root.is_object()) {
                    Some(bubble) => chat.bubble(&at, bubble, out),
                    None => out.skip(),
                }
            });
        }
    }
}

impl Composer {
    /// The rows of its messages in order: as the record has them, then those that it does not name.
    fn rows(&self) -> Vec<i64> {
        let mut rows: HashMap<&[u8], i64> = HashMap::new();
        for (id, row) in &self.bubbles {
            rows.insert(id, *row);
        }
        let mut ordered = Vec::new();
        for id in &self.order {
            ordered.extend(rows.remove(&id[..]));
        }
        let mut rest: Vec<_> = rows.into_values().collect();
        rest.sort_unstable();
        ordered.extend(rest);
        ordered
    }
}

/// All conversations, oldest first.
fn composers(database: &Database, out: &mut Out<'_>) -> Vec<(Vec<u8>, Composer)> {
    let mut composers: HashMap<Vec<u8>, Composer> = HashMap::new();
    // Only keys that begin so are asked for; `;` follows `:`.
    database.rows(
        "SELECT rowid, key, value FROM cursorDiskKV WHERE key >= 'composerData:' AND key < 'composerData;'",
        &[],
        out,
        |cells, _| {
            let &[row, key, value] = cells else {
                return;
            };
            let Some(id) = key.bytes().strip_prefix(b"composerData:") else {
                return;
            };
            let text = unwrapped(value);
            let doc = Doc::parse(&text);
            let Some(root) = doc.root() else {
                return;
            };
            let headers = root.get("fullConversationHeadersOnly");
            let conversation = root.get("conversation");
            let composer = Composer {
                created: pieces::time_at(root, &["createdAt"]),
                row: row.integer(),
                inline: conversation.is_some_and(|all| all.items().next().is_some()),
                order: headers
                    .into_iter()
                    .flat_map(Value::items)
                    .filter_map(|header| Some(header.str("bubbleId")?.as_raw().bytes().to_vec()))
                    .collect(),
                bubbles: Vec::new(),
            };
            composers.insert(id.to_vec(), composer);
        },
    );
    database.rows(
        "SELECT rowid, key FROM cursorDiskKV WHERE key >= 'bubbleId:' AND key < 'bubbleId;'",
        &[],
        out,
        |cells, _| {
            let &[row, key] = cells else {
                return;
            };
            let rest = key.bytes().strip_prefix(b"bubbleId:").unwrap_or_default();
            if let (Some(colon), Some(row)) = (memchr::memchr(b':', rest), row.integer()) {
                let (id, bubble) = (&rest[..colon], &rest[colon + 1..]);
                let composer = composers.entry(id.to_vec()).or_default();
                composer.bubbles.push((bubble.to_vec(), row));
            }
        },
    );
    let mut composers: Vec<_> = composers.into_iter().collect();
    // One without a time comes last.
    composers.sort_by(|(a, one), (b, other)| {
        let key = |composer: &Composer| composer.created.unwrap_or(i64::MAX);
        key(one).cmp(&key(other)).then_with(|| a.cmp(b))
    });
    for (_, composer) in &mut composers {
        let mut seen = HashSet::new();
        composer.order.retain(|id| seen.insert(id.clone()));
    }
    composers
}

/// A value: JSON, which may stand in a JSON string.
fn unwrapped(cell: Cell<'_>) -> Vec<u8> {
    let text = cell.bytes();
    if !text.trim_ascii_start().starts_with(b"\"") {
        return text.to_vec();
    }
    let doc = Doc::parse(text);
    doc.root()
        .and_then(Value::text)
        .map_or_else(Vec::new, |inner| inner.as_raw().bytes().to_vec())
}

/// The place of a row: its number, and how long its value is.
fn place(row: i64, value: &[u8]) -> Origin {
    Origin {
        line: 0,
        offset: row.unsigned_abs(),
        len: u32::try_from(value.len()).unwrap_or(u32::MAX),
    }
}
