//! The index as someone would write it who has all the time in the world: a tree of values a line.

use plainsight::session::{Flags, RowId, Session};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// What is compared of a row.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Naive {
    pub line: usize,
    pub offset: usize,
    pub part: usize,
    pub kind: &'static str,
    pub dir: &'static str,
    pub label: String,
    pub conn: String,
    pub method: String,
    pub name: String,
    pub micros: Option<i64>,
    /// The row that answers it, or that it answers.
    pub pair: Option<usize>,
    pub flags: Vec<&'static str>,
}

const FLAGS: &[(Flags, &str)] = &[
    (Flags::ORPHAN, "orphan"),
    (Flags::SECOND, "second"),
    (Flags::EARLY, "early"),
    (Flags::REUSED, "reused"),
    (Flags::BATCH, "batch"),
    (Flags::NULL_ID, "null"),
    (Flags::HTTP, "http"),
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Naive {
    pub fn of_row(session: &Session, n: usize) -> Naive {
        let row = session.row(RowId(n as u32));
        let known = !matches!(row.kind.name(), "unreadable");
        let conn = &session.connections()[row.conn.index()];
        let label = &session.server(conn.server).label;
        let of = |raw: plainsight::text::Raw<'_>| {
            if known {
                text(raw.bytes())
            } else {
                String::new()
            }
        };
        Naive {
            line: row.line as usize,
            offset: row.offset as usize,
            part: usize::from(row.part),
            kind: row.kind.name(),
            dir: if known { row.dir.name() } else { "" },
            label: of(label.as_raw()),
            conn: of(conn.key.as_raw()),
            method: of(session.symbol(row.method)),
            name: of(session.symbol(row.name)),
            micros: row.time.micros().filter(|_| known),
            pair: row.pair().map(|id| id.index()),
            flags: (FLAGS.iter())
                .filter(|(flag, _)| row.flags.has(*flag) && known)
                .map(|(_, name)| *name)
                .collect(),
        }
    }
}

pub fn read(file: &[u8]) -> Vec<Naive> {
    let mut rows = Vec::new();
    let mut ids = Vec::new();
    let mut offset = 0;
    for (n, mut line) in file.split(|b| *b == b'\n').enumerate() {
        let end = offset + line.len() + 1;
        line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let mut add = |line: &[u8], found: Vec<(Naive, String)>| {
            for (row, id) in found {
                let offset = end - 1 - line.len();
                rows.push(Naive {
                    line: n + 1,
                    offset,
                    ..row
                });
                ids.push(id);
            }
        };
        if line.starts_with(b"\0") {
            add(line, unreadable());
            line = &line[line.iter().take_while(|b| **b == 0).count()..];
        }
        if !line.trim_ascii().is_empty() {
            add(line, of_line(line));
        }
        offset = end;
    }
    join(&mut rows, &ids);
    rows
}

fn unreadable() -> Vec<(Naive, String)> {
    vec![(
        Naive {
            kind: "unreadable",
            ..Naive::default()
        },
        String::new(),
    )]
}

/// The rows of a line, with their ids as they are spelled.
fn of_line(line: &[u8]) -> Vec<(Naive, String)> {
    let Ok(Value::Object(outer)) = serde_json::from_slice(line) else {
        return unreadable();
    };
    let str_of = |key: &str| {
        outer
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string()
    };
    let stamp: Option<jiff::Timestamp> = str_of("ts").parse().ok();
    let frame = Naive {
        dir: match str_of("direction").as_str() {
            "c2s" => "c2s",
            "s2c" => "s2c",
            "stderr" => "stderr",
            "meta" => "meta",
            _ => "c2s",
        },
        label: str_of("server_label"),
        conn: str_of("session_id"),
        micros: stamp.map(|s| s.as_microsecond()),
        flags: if str_of("transport") == "http" {
            vec!["http"]
        } else {
            vec![]
        },
        ..Naive::default()
    };
    let event = |raw: &Value| {
        raw.get("event")
            .and_then(Value::as_str)
            .unwrap_or("start")
            .to_string()
    };
    match (frame.dir, outer.get("raw")) {
        ("stderr", _) => vec![(
            Naive {
                kind: "stderr",
                ..frame
            },
            String::new(),
        )],
        ("meta", raw) => {
            let name = raw.map(event).unwrap_or_default();
            vec![(
                Naive {
                    kind: "meta",
                    name,
                    ..frame
                },
                String::new(),
            )]
        }
        (_, None) => {
            let http = outer.contains_key("status") || outer.contains_key("sse");
            let kind = if outer.contains_key("text") && !http {
                "text"
            } else {
                "meta"
            };
            let name = if kind == "meta" {
                "http".to_string()
            } else {
                String::new()
            };
            vec![(
                Naive {
                    kind,
                    name,
                    ..frame
                },
                String::new(),
            )]
        }
        (_, Some(raw)) if raw.get("event").is_some() && raw.get("jsonrpc").is_none() => {
            vec![(
                Naive {
                    kind: "meta",
                    name: event(raw),
                    ..frame
                },
                String::new(),
            )]
        }
        (_, Some(raw)) => messages(line, raw, &frame),
    }
}

#[derive(serde::Deserialize)]
struct Outer<'l> {
    #[serde(borrow)]
    raw: &'l RawValue,
}

#[derive(serde::Deserialize)]
struct Inner<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
}

fn messages(line: &[u8], raw: &Value, frame: &Naive) -> Vec<(Naive, String)> {
    let spelled = serde_json::from_slice::<Outer<'_>>(line).unwrap().raw.get();
    match raw.as_array() {
        None => vec![message(spelled, raw, frame)],
        Some(batch) if batch.is_empty() => vec![(
            Naive {
                kind: "other",
                ..frame.clone()
            },
            String::new(),
        )],
        Some(batch) => {
            let spelled: Vec<&RawValue> = serde_json::from_str(spelled).unwrap();
            (batch.iter().zip(spelled).enumerate())
                .map(|(part, (value, spelled))| {
                    let (mut row, id) = message(spelled.get(), value, frame);
                    row.part = part;
                    row.flags.push("batch");
                    (row, id)
                })
                .collect()
        }
    }
}

fn message(spelled: &str, value: &Value, frame: &Naive) -> (Naive, String) {
    let mut row = frame.clone();
    let has = |key: &str| value.get(key).is_some();
    row.kind = match (has("method"), has("result"), has("error"), has("id")) {
        (true, false, false, true) => "request",
        (true, false, false, false) => "notification",
        (false, _, true, _) => "error",
        (false, true, false, true) => "result",
        _ => "other",
    };
    if let Some(method) = value.get("method").and_then(Value::as_str) {
        row.method = method.to_string();
        let about = match method {
            "tools/call" | "prompts/get" => "name",
            "resources/read" => "uri",
            _ => "",
        };
        let named = value.get("params").and_then(|params| params.get(about));
        row.name = named
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string();
    }
    if value.get("id") == Some(&Value::Null) {
        row.flags.push("null");
    }
    let id = match serde_json::from_str::<Inner<'_>>(spelled) {
        Ok(Inner { id: Some(id) }) => id.get().to_string(),
        _ if has("id") => "null".to_string(),
        _ => String::new(),
    };
    (row, id)
}

/// Joins answers to requests: by connection, direction and spelling, the latest request first, and an answer that came
/// at most 64 rows before its request.
fn join(rows: &mut [Naive], ids: &[String]) {
    type Key = (String, String, bool, String);
    let mut open: HashMap<Key, usize> = HashMap::new();
    let mut early: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut answered: Vec<Key> = Vec::new();
    for n in 0..rows.len() {
        let row = &rows[n];
        let asks = row.kind == "request";
        if !asks && !matches!(row.kind, "result" | "error") {
            continue;
        }
        let by_client = (row.dir == "c2s") == asks;
        let key = (
            row.label.clone(),
            row.conn.clone(),
            by_client,
            ids[n].clone(),
        );
        if asks {
            let first = early.get_mut(&key).and_then(|all| {
                all.retain(|at| n - at <= 64);
                (!all.is_empty()).then(|| all.remove(0))
            });
            if let Some(first) = first {
                (rows[n].pair, rows[first].pair) = (Some(first), Some(n));
                rows[first].flags.retain(|flag| *flag != "orphan");
                rows[first].flags.push("early");
                answered.push(key);
            } else if open.insert(key, n).is_some() {
                rows[n].flags.push("reused");
            }
        } else if let Some(request) = open.remove(&key) {
            (rows[n].pair, rows[request].pair) = (Some(request), Some(n));
            answered.push(key);
        } else if answered.contains(&key) {
            rows[n].flags.push("second");
        } else {
            rows[n].flags.push("orphan");
            early.entry(key).or_default().push(n);
        }
    }
    for row in rows {
        let order = |flag: &&str| FLAGS.iter().position(|(_, name)| name == flag);
        row.flags.sort_by_key(order);
    }
}
