//! The lines of a native recording for the rows of any session.

use crate::capture::recorder::{Shape, shape_of};
use crate::formats::native;
use crate::session::{Body, Flags, RowId, Session};
use crate::text::{Raw, escape, json_string};
use crate::wire::id::{Direction, MessageKind};
use serde_json::json;
use std::io;

/// Makes the lines, in order.
pub struct Lines<'s> {
    session: &'s Session,
    seq: u64,
}

impl<'s> Lines<'s> {
    pub fn of(session: &'s Session) -> Lines<'s> {
        Lines { session, seq: 0 }
    }

    /// The first line: what this was made of, and whether secrets were replaced. It belongs to the connection of the first
    /// message, so that nobody takes it for a session of its own.
    pub fn header(&self, redacted: bool) -> Vec<u8> {
        let sources: Vec<_> = (self.session.sources().iter())
            .map(|source| {
                json!({
                    "path": escape(source.path.as_raw()),
                    "format": source.format.id,
                    "class": source.class.name(),
                    "messages": source.messages,
                    "unreadable": source.unreadable,
                })
            })
            .collect();
        let facts = json!({
            "event": "export",
            "exporter": concat!("plainsight ", env!("CARGO_PKG_VERSION")),
            "made_from": sources,
            "redaction": if redacted { "secrets" } else { "none" },
        });
        let mut line = String::from("{\"v\":1");
        let first = (!self.session.is_empty()).then_some(RowId(0));
        self.connection(first, &mut line);
        line.push_str(",\"seq\":0");
        let now = jiff::Timestamp::now();
        let time = first.and_then(|row| self.session.row(row).time.rfc3339());
        line.push_str(&format!(
            ",\"ts\":\"{}\"",
            time.unwrap_or_else(|| now.to_string())
        ));
        line.push_str(",\"direction\":\"meta\"");
        self.transport(first, &mut line);
        line.push_str(&format!(",\"exported\":\"{now}\",\"raw\":{facts}}}\n"));
        line.into_bytes()
    }

    /// The line of a row; `None` for a message of a batch that is not its first, which is in the same line.
    ///
    /// # Errors
    /// Where the recording cannot be read any more, or is too long to be held.
    pub fn line(&mut self, id: RowId) -> io::Result<Option<Vec<u8>>> {
        let row = self.session.row(id);
        if row.part > 0 && row.flags.has(Flags::BATCH) {
            return Ok(None);
        }
        let body = self.session.read(id)?;
        if body.missing() > 0 {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("message {} is longer than 256 MB", id.0 + 1),
            ));
        }
        let source = &self.session.sources()[row.source.index()];
        self.seq += 1;
        let native = source.format.id == native::FORMAT.id;
        Ok(Some(if native && row.kind != MessageKind::Unreadable {
            body.line().to_vec()
        } else {
            self.around(id, &body)
        }))
    }

    /// An envelope around a message, or around text that is none.
    fn around(&self, id: RowId, body: &Body) -> Vec<u8> {
        let row = self.session.row(id);
        let mut line = String::from("{\"v\":1");
        self.connection(Some(id), &mut line);
        line.push_str(&format!(",\"seq\":{}", self.seq));
        if let Some(time) = row.time.rfc3339() {
            line.push_str(&format!(",\"ts\":\"{time}\""));
        }
        line.push_str(&format!(",\"direction\":\"{}\"", row.dir.name()));
        self.transport(Some(id), &mut line);
        // By what a transcript knows the entry, and the tool: a recording made of it has no other way to tell.
        for key in ["once", "client_name"] {
            if let Some(known) = body.envelope(key) {
                line.push_str(&format!(",\"{key}\":"));
                json_string(known.as_raw(), &mut line);
            }
        }
        if row.flags.has(Flags::TRUNCATED) {
            line.push_str(",\"truncated\":true");
        }
        let message = match row.flags.has(Flags::BATCH) {
            true => body.line(),
            false => body.message(),
        };
        let has_message = row.dir != Direction::Stderr && shape_of(message) == Shape::Json;
        if has_message {
            line.push_str(",\"raw\":");
            let mut line = line.into_bytes();
            line.extend_from_slice(message);
            line.push(b'}');
            return line;
        }
        line.push_str(",\"text\":");
        // Where the line is told in native words, they say what the text is.
        let told = self.session.sources()[row.source.index()].is_told();
        let text = body.text().filter(|_| told);
        let text = text
            .as_ref()
            .map_or(Raw::new(body.line()), |text| text.as_raw());
        json_string(text, &mut line);
        line.push('}');
        line.into_bytes()
    }

    fn connection(&self, row: Option<RowId>, line: &mut String) {
        let Some(row) = row else { return };
        let connection = &self.session.connections()[self.session.row(row).conn.index()];
        let server = self.session.server(connection.server);
        let label = server.label.as_raw();
        let key = connection.key.as_raw();
        line.push_str(",\"session_id\":");
        json_string(if key.is_empty() { label } else { key }, line);
        line.push_str(",\"server_label\":");
        json_string(label, line);
    }

    fn transport(&self, row: Option<RowId>, line: &mut String) {
        let http = row.is_some_and(|row| self.session.row(row).flags.has(Flags::HTTP));
        line.push_str(if http {
            ",\"transport\":\"http\""
        } else {
            ",\"transport\":\"stdio\""
        });
    }
}
