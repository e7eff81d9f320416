//! Recordings made in code, for the tests that open them.

// Every test crate has its own copy of this and uses a part of it.
#![allow(dead_code)]

use plainsight::session::load::{self, lock_read};
use plainsight::session::{RowId, Session, SharedSession, SourceArg, study};
use std::path::PathBuf;
use std::sync::RwLockReadGuard;
use tempfile::TempDir;

/// A native recording of one connection, line by line. Every method gives the place that its line will have among
/// the rows of a session with this recording alone.
pub struct Recording {
    label: String,
    conn: String,
    transport: &'static str,
    /// Seconds since 2026-01-01T00:00:00Z.
    clock: u32,
    rows: u32,
    text: Vec<u8>,
}

impl Recording {
    /// An empty recording over stdio.
    pub fn of(label: &str) -> Recording {
        Recording {
            label: label.into(),
            conn: format!("{label}-1"),
            transport: "stdio",
            clock: 0,
            rows: 0,
            text: Vec::new(),
        }
    }

    pub fn http(label: &str) -> Recording {
        Recording {
            transport: "http",
            ..Recording::of(label)
        }
    }

    /// A recording that has `start` as its first line, and the handshake of the revision 2025-11-25 after it: five
    /// rows.
    pub fn greeted(label: &str) -> Recording {
        let mut recording = Recording::of(label);
        recording.start();
        recording.greet("{}");
        recording
    }

    /// `initialize`, its answer and `initialized`, with ids of their own.
    pub fn greet(&mut self, capabilities: &str) {
        self.c2s(&format!(
            r#"{{"jsonrpc":"2.0","id":"hello","method":"initialize","params":{{"protocolVersion":"2025-11-25","capabilities":{capabilities},"clientInfo":{{"name":"editor","version":"3.1"}}}}}}"#
        ));
        let label = self.label.clone();
        self.s2c(&format!(
            r#"{{"jsonrpc":"2.0","id":"hello","result":{{"protocolVersion":"2025-11-25","capabilities":{{"tools":{{"listChanged":true}}}},"serverInfo":{{"name":"{label}-server","title":"The {label}","version":"1.2"}}}}}}"#
        ));
        self.c2s(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    }

    /// From here on the lines belong to another connection to the same server.
    pub fn reconnect(&mut self, conn: &str) -> &mut Self {
        self.conn = conn.into();
        self
    }

    /// Sets the clock, in seconds since the start of 2026. Each line takes a second.
    pub fn at(&mut self, seconds: u32) -> &mut Self {
        self.clock = seconds;
        self
    }

    pub fn start(&mut self) -> RowId {
        self.envelope(
            "meta",
            r#","raw":{"event":"start","command":["npx","-y","@example/server"],"pid":7}"#,
        )
    }

    pub fn exit(&mut self, code: i64) -> RowId {
        self.envelope(
            "meta",
            &format!(r#","raw":{{"event":"exit","code":{code}}}"#),
        )
    }

    /// A message of the client.
    pub fn c2s(&mut self, raw: &str) -> RowId {
        self.envelope("c2s", &format!(r#","raw":{raw}"#))
    }

    /// A message of the server.
    pub fn s2c(&mut self, raw: &str) -> RowId {
        self.envelope("s2c", &format!(r#","raw":{raw}"#))
    }

    pub fn stderr(&mut self, text: &str) -> RowId {
        self.envelope("stderr", &format!(r#","text":"{text}""#))
    }

    /// A line with an envelope and these further members, which begin with a comma.
    pub fn envelope(&mut self, direction: &str, rest: &str) -> RowId {
        let (label, conn, transport) = (&self.label, &self.conn, self.transport);
        let (hour, minute, second) = (self.clock / 3600, self.clock / 60 % 60, self.clock % 60);
        let seq = self.rows + 1;
        let line = format!(
            r#"{{"v":1,"session_id":"{conn}","server_label":"{label}","seq":{seq},"ts":"2026-01-01T{hour:02}:{minute:02}:{second:02}Z","direction":"{direction}","transport":"{transport}"{rest}}}"#
        );
        self.clock += 1;
        self.line(&line)
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) -> RowId {
        self.text.extend(line.as_bytes());
        self.text.push(b'\n');
        self.rows += 1;
        RowId(self.rows - 1)
    }

    /// Notes that the last line was a batch of so many messages.
    pub fn batch_of(&mut self, messages: u32) {
        self.rows += messages - 1;
    }

    /// A request for a listing, and the names that come back, each with its description.
    pub fn listing(&mut self, id: u32, tools: &[(&str, &str)]) -> RowId {
        self.c2s(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#
        ));
        self.s2c(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"result":{{"tools":[{}]}}}}"#,
            tools_json(tools)
        ))
    }

    /// A tool call and its answer.
    pub fn call(&mut self, id: u32, tool: &str) -> RowId {
        let request = self.c2s(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"{tool}","arguments":{{}}}}}}"#
        ));
        self.s2c(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"result":{{"content":[{{"type":"text","text":"done"}}]}}}}"#
        ));
        request
    }

    pub fn bytes(&self) -> &[u8] {
        &self.text
    }

    /// Opens and studies this recording alone.
    pub fn open(&self) -> Opened {
        open(&[("one.mcp.jsonl", self.bytes())])
    }
}

/// Tools of a listing, as JSON without the brackets.
pub fn tools_json(tools: &[(&str, &str)]) -> String {
    tools
        .iter()
        .map(|(name, description)| {
            format!(r#"{{"name":"{name}","description":"{description}","inputSchema":{{"type":"object"}}}}"#)
        })
        .collect::<Vec<_>>()
        .join(",")
}

/// A session that was read to its end and studied, with the folder of its files.
pub struct Opened {
    pub session: SharedSession,
    pub folder: TempDir,
}

impl Opened {
    pub fn get(&self) -> RwLockReadGuard<'_, Session> {
        lock_read(&self.session)
    }
}

/// Writes the files into a folder of their own and opens them as one case.
pub fn open(files: &[(&str, &[u8])]) -> Opened {
    open_with(files, load::Options::default())
}

pub fn open_with(files: &[(&str, &[u8])], options: load::Options) -> Opened {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let args: Vec<SourceArg> = files
        .iter()
        .map(|(name, bytes)| SourceArg::Path(write(&folder, name, bytes)))
        .collect();
    let session = load::whole(&args, options).expect("the recording opens");
    study_all(&session);
    Opened { session, folder }
}

pub fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

pub fn study_all(session: &SharedSession) {
    while study::advance(session, &mut study::Nobody) > 0 {}
}
