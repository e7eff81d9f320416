//! What the two sides of a connection agreed on, and what they did since: revision, capabilities, tasks, roots, news.

use super::memory::hash;
use super::news::{AllNews, News, Offer};
use crate::session::{ConnId, RowId, ServerId, Session};
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Value;
use crate::wire::method;
use std::collections::{HashMap, HashSet};

/// What one side says that it can do, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Abilities(u16);

impl Abilities {
    pub const ROOTS: Abilities = Abilities(1);
    pub const SAMPLING: Abilities = Abilities(2);
    pub const ELICITATION: Abilities = Abilities(4);
    pub const ELICITATION_URL: Abilities = Abilities(8);
    pub const TOOLS: Abilities = Abilities(16);
    pub const TOOLS_CHANGED: Abilities = Abilities(32);

    fn of(capabilities: Value<'_>) -> Abilities {
        let has = |path: &[&str]| {
            capabilities
                .at(path)
                .is_some_and(|v| v.as_bool() != Some(false))
        };
        [
            (&["roots"][..], Abilities::ROOTS),
            (&["sampling"], Abilities::SAMPLING),
            (&["elicitation"], Abilities::ELICITATION),
            (&["elicitation", "url"], Abilities::ELICITATION_URL),
            (&["tools"], Abilities::TOOLS),
            (&["tools", "listChanged"], Abilities::TOOLS_CHANGED),
        ]
        .into_iter()
        .filter(|(path, _)| has(path))
        .fold(Abilities(0), |all, (_, one)| Abilities(all.0 | one.0))
    }

    pub fn has(self, other: Abilities) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One connection.
#[derive(Default, Debug)]
pub struct Conversation {
    /// The recording has its beginning.
    pub began: bool,
    /// It needs no handshake: every request says what it needs (2026-07-28).
    pub modern: bool,
    /// The server answered a request that needed none.
    pub served: bool,
    /// `notifications/initialized` was sent.
    pub initialized: bool,
    /// The first request that came before anything was agreed.
    pub early: Option<RowId>,
    /// The revision that the client asked for, and the one that the server answered with.
    pub asked: Option<String>,
    pub agreed: Option<String>,
    pub client: Option<Abilities>,
    pub server: Option<Abilities>,
}

/// All connections of a session.
#[derive(Default, Debug)]
pub struct Conversations {
    open: HashMap<ConnId, Conversation>,
    /// Tasks that were created, hashed. They may be asked for over another connection.
    tasks: HashSet<(ServerId, u64)>,
    roots: HashMap<ServerId, Vec<String>>,
    news: AllNews,
}

/// Most tasks and roots that are remembered.
const MOST_TASKS: usize = 100_000;
const MOST_ROOTS: usize = 256;

impl Conversations {
    pub fn of(&self, conn: ConnId) -> Option<&Conversation> {
        self.open.get(&conn)
    }

    pub fn knows_task(&self, server: ServerId, task: &[u8]) -> bool {
        self.tasks.contains(&(server, hash(task)))
    }

    /// Folders that the server was given, as normal paths.
    pub fn roots(&self, server: ServerId) -> &[String] {
        self.roots.get(&server).map_or(&[], |roots| roots)
    }

    /// What the server said that it changed, and nobody asked for since.
    pub fn news(&self, server: ServerId, offer: Offer) -> Option<&News> {
        self.news.of(server, offer)
    }

    pub fn listed(&self, server: ServerId, offer: Offer) -> bool {
        self.news.listed(server, offer)
    }

    /// Takes in a message, after the detectors saw it.
    pub fn note(&mut self, session: &Session, id: RowId, server: ServerId, root: Value<'_>) {
        self.news.note(session, id, server);
        let row = session.row(id);
        let method = session.method(id);
        match row.kind {
            MessageKind::Request if row.dir == Direction::C2s => {
                self.request(session, id, root, method);
            }
            MessageKind::Notification => {
                let open = self.open.entry(row.conn).or_default();
                open.initialized |= method == "notifications/initialized";
                let task = root.at(&["params", "taskId"]).and_then(Value::text);
                if let Some(task) = task.filter(|_| method == method::TASKS_STATUS)
                    && row.dir == Direction::S2c
                    && self.tasks.len() < MOST_TASKS
                {
                    self.tasks.insert((server, hash(task.as_raw().bytes())));
                }
            }
            MessageKind::Result => {
                if let Some(result) = root.get("result") {
                    self.result(session, id, server, result, method);
                }
            }
            _ => {}
        }
    }

    fn request(&mut self, session: &Session, id: RowId, root: Value<'_>, method: Raw<'_>) {
        let open = self.open.entry(session.row(id).conn).or_default();
        let params = root.get("params");
        let meta = params.and_then(|p| p.get("_meta"));
        let of_meta = |key: &str| meta?.get(&format!("io.modelcontextprotocol/{key}"));
        if method == method::INITIALIZE {
            // A new handshake on the same connection: what was agreed is void.
            let early = open.early;
            *open = Conversation {
                began: true,
                early,
                asked: params.and_then(|p| word(p, "protocolVersion")),
                client: params
                    .and_then(|p| p.get("capabilities"))
                    .map(Abilities::of),
                ..Conversation::default()
            };
        } else if let Some(version) = of_meta("protocolVersion").and_then(Value::text) {
            open.began = true;
            open.modern = true;
            open.asked = Some(lossless(version.as_raw()));
            open.client = of_meta("clientCapabilities")
                .map(Abilities::of)
                .or(open.client);
        } else if !open.began && method != "ping" && method != method::DISCOVER {
            open.early.get_or_insert(id);
        }
    }

    fn result(
        &mut self,
        session: &Session,
        id: RowId,
        server: ServerId,
        result: Value<'_>,
        method: Raw<'_>,
    ) {
        let row = session.row(id);
        let mut task = |value: Option<Value<'_>>| {
            if let Some(text) = value.and_then(Value::text)
                && self.tasks.len() < MOST_TASKS
            {
                self.tasks.insert((server, hash(text.as_raw().bytes())));
            }
        };
        task(result.at(&["task", "taskId"]));
        if result
            .str("resultType")
            .is_some_and(|t| t.as_raw() == "task")
        {
            task(result.get("taskId"));
        }
        if method == "tasks/list" {
            for one in result
                .get("tasks")
                .into_iter()
                .flat_map(|tasks| tasks.items())
            {
                task(one.get("taskId"));
            }
        }
        if row.dir == Direction::C2s {
            if method == "roots/list" {
                let uris = result
                    .get("roots")
                    .into_iter()
                    .flat_map(|roots| roots.items());
                let roots: Vec<String> = uris
                    .filter_map(|root| folder(&word(root, "uri")?))
                    .take(MOST_ROOTS)
                    .collect();
                self.roots.insert(server, roots);
            }
            return;
        }
        if method != method::DISCOVER
            && let Some(open) = self.open.get_mut(&row.conn).filter(|open| open.modern)
        {
            open.served = true;
        }
        if method == method::INITIALIZE {
            let open = self.open.entry(row.conn).or_default();
            open.agreed = word(result, "protocolVersion");
            open.server = result.get("capabilities").map(Abilities::of);
        } else if method == method::DISCOVER {
            let open = self.open.entry(row.conn).or_default();
            open.server = result.get("capabilities").map(Abilities::of);
        } else if method == method::TOOLS_CALL && tells_roots(session.name(id)) {
            let texts = result
                .get("content")
                .into_iter()
                .flat_map(|content| content.items());
            let told: Vec<String> = texts
                .filter_map(|part| word(part, "text"))
                .flat_map(|text| folders_in(&text))
                .take(MOST_ROOTS)
                .collect();
            if !told.is_empty() {
                let roots = self.roots.entry(server).or_default();
                roots.extend(told);
                roots.sort();
                roots.dedup();
                roots.truncate(MOST_ROOTS);
            }
        }
    }
}

/// A string member that is short enough to be a word.
fn word(value: Value<'_>, key: &str) -> Option<String> {
    const LONGEST: usize = 64 << 10;
    let text = value.str(key)?;
    let raw = text.as_raw();
    (raw.len() <= LONGEST).then(|| lossless(raw))
}

fn lossless(raw: Raw<'_>) -> String {
    // What is no UTF-8 is no path, no revision and no name that anything compares with.
    String::from_utf8(raw.bytes().to_vec()).unwrap_or_default()
}

/// Tools that say which folders they may touch.
fn tells_roots(tool: Raw<'_>) -> bool {
    let name = lossless(tool).to_lowercase();
    (name.contains("allowed") || name.contains("permitted") || name.contains("accessible"))
        && (name.contains("dir")
            || name.contains("path")
            || name.contains("folder")
            || name.contains("root"))
        || name.contains("list_roots")
        || name.contains("roots-list")
        || name.contains("roots_list")
}

/// The folder that a root's address or path names, as a normal path.
pub fn folder(text: &str) -> Option<String> {
    let path = match text.trim().strip_prefix("file://") {
        Some(rest) => {
            let decoded = super::signal::encoding::percent(rest.as_bytes());
            let path = String::from_utf8(decoded).ok()?;
            // `file:///C:/x`
            let drive = path.as_bytes().get(2) == Some(&b':');
            if drive { path[1..].to_owned() } else { path }
        }
        None => text.trim().to_owned(),
    };
    normal(&path)
}

/// An absolute path with `/`, without `.`, `..` and a slash at its end; `None` for another.
pub fn normal(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let (drive, rest) = match path.as_bytes() {
        [d, b':', ..] if d.is_ascii_alphabetic() => (path[..2].to_ascii_lowercase(), &path[2..]),
        [b'/', ..] => (String::new(), &path[..]),
        _ => return None,
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("{drive}/{}", parts.join("/")))
}

/// Absolute paths in a text that lists folders: one a line.
fn folders_in(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let start = line.find("file:///").or_else(|| {
                line.char_indices()
                    .find(|(at, c)| {
                        let before = line[..*at].chars().next_back();
                        let begins =
                            before.is_none_or(|b| b.is_whitespace() || "\"'`[(-•".contains(b));
                        begins && (*c == '/' || line.as_bytes()[*at..].get(1..3) == Some(b":\\"))
                    })
                    .map(|(at, _)| at)
            })?;
            let path = line[start..]
                .trim()
                .trim_end_matches(['"', '\'', '`', ',', ']', ')', '.']);
            folder(path)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    #[test]
    fn folders_are_normal_paths() {
        assert_eq!(folder("file:///srv/a%20b/").as_deref(), Some("/srv/a b"));
        assert_eq!(folder("file:///C:/Users/x").as_deref(), Some("c:/Users/x"));
        assert_eq!(normal("/a/./b/../c//").as_deref(), Some("/a/c"));
        assert_eq!(normal("C:\\a\\..\\b").as_deref(), Some("c:/b"));
        assert_eq!(normal("a/b"), None);
        assert_eq!(
            folders_in("Allowed directories:\n/srv/a\n- /srv/b, \n  URI: file:///srv/c"),
            ["/srv/a", "/srv/b", "/srv/c"]
        );
    }

    #[test]
    fn abilities_are_what_is_declared() {
        let doc =
            Doc::parse(br#"{"roots":{},"elicitation":{"form":{}},"tools":{"listChanged":false}}"#);
        let can = Abilities::of(doc.root().unwrap());
        assert!(
            can.has(Abilities::ROOTS)
                && can.has(Abilities::ELICITATION)
                && can.has(Abilities::TOOLS)
        );
        assert!(
            !can.has(Abilities::ELICITATION_URL)
                && !can.has(Abilities::TOOLS_CHANGED)
                && !can.has(Abilities::SAMPLING)
        );
    }
}
