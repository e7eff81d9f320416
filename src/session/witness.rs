//! The same entry in several places: copied when an agent resumes a session, or written to two logs.

use super::model::Session;
use super::pair::Key;
use super::row::{Row, RowId, SourceId};
use crate::wire::id::{Direction, MessageKind};

/// Where else an entry stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Witness {
    pub source: SourceId,
    /// Line of its file, from 1.
    pub line: u32,
}

/// Clocks of two logs of one program differ by this much at most, in microseconds.
const CLOCKS: i64 = 5_000;

impl Session {
    /// Whether an entry that is known by `once` has a row already; then this is one more witness of it. Otherwise it
    /// will be that row, `at`.
    pub(super) fn is_known(&mut self, once: u64, at: RowId, row: &Row) -> bool {
        if let Some(first) = self.once.get(&once).copied() {
            let apart = self.row(first).time.since(row.time);
            if apart.is_none_or(|apart| apart.abs() <= CLOCKS) {
                self.sources[row.source.index()].repeated += 1;
                self.witnesses.entry(first).or_default().push(Witness {
                    source: row.source,
                    line: row.line,
                });
                return true;
            }
        }
        self.once.insert(once, at);
        false
    }

    /// Lets the row of an entry be found from the connection of another file that has it, too: one of two logs may have
    /// begun in the middle of what is one connection in the other.
    pub(super) fn stands_for(&mut self, once: u64, row: &Row, id: u64, dir: Option<Direction>) {
        let (Some(first), Some(dir)) = (self.once.get(&once).copied(), dir) else {
            return;
        };
        if self.row(first).conn == row.conn || self.sources[row.source.index()].ids_are_global() {
            return;
        }
        let key = |dir| Key {
            conn: row.conn,
            dir,
            id,
        };
        if row.kind == MessageKind::Request {
            self.pairs.request(key(dir), first);
        } else if row.kind.is_response() && self.pairs.waits(&key(dir.opposite())).is_some() {
            self.pairs.response(key(dir.opposite()), first);
        }
    }

    /// Where else the entry of a row stands.
    pub fn witnesses(&self, id: RowId) -> &[Witness] {
        self.witnesses.get(&id).map_or(&[], |all| all)
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::{self, Options};
    use super::super::row::RowId;
    use super::super::source::SourceArg;

    #[test]
    fn a_log_that_began_later_finds_what_it_answers_in_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let own = "\
2026-03-10T15:18:27.000Z [a] [info] Initializing server...
2026-03-10T15:18:28.001Z [a] [info] Message from client: {\"id\":7,\"method\":\"ping\"}
2026-03-10T15:18:29.000Z [a] [info] Message from server: {\"id\":7,\"result\":{}}
";
        let all = "\
2026-03-10T15:18:28.000Z [info] [a] Message from client: {\"id\":7,\"method\":\"ping\"}
2026-03-10T15:18:29.001Z [info] [a] Message from server: {\"id\":7,\"result\":{}}
";
        let paths = [("mcp-server-a.log", own), ("mcp.log", all)].map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            SourceArg::Path(path)
        });
        let session = load::whole(&paths, Options::default()).unwrap();
        let session = load::lock_read(&session);
        assert_eq!(session.len(), 3);
        assert_eq!(session.row(RowId(1)).pair, 2);
        assert_eq!(session.row(RowId(2)).pair, 1);
        assert_eq!(session.witnesses(RowId(1)).len(), 1);
    }

    #[test]
    fn a_log_that_names_no_server_is_the_one_that_its_path_names() {
        let folder = tempfile::tempdir().unwrap();
        let line = "{\"debug\":\"Starting connection\",\"timestamp\":\"2026-03-10T15:18:28Z\",\"sessionId\":\"s\"}\n";
        let cursor = "2025-12-04 09:29:32.450 [info] Handling CreateClient action\n";
        let paths = [
            ("mcp-logs-tide/2026-03-10.jsonl", line),
            ("MCP user-moor.log", cursor),
        ]
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            SourceArg::Path(path)
        });
        let session = load::whole(&paths, Options::default()).unwrap();
        let session = load::lock_read(&session);
        let label = |n| session.server(session.server_of(RowId(n))).label.as_raw();
        assert!(label(0) == "moor" && label(1) == "tide");
    }
}
