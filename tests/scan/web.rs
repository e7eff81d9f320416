//! A small server over HTTP, on a port of its own, that remembers what it was asked.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Clone, Copy)]
pub enum Kind {
    /// The newest revision, with documents for answers.
    Plain,
    /// A handshake and a session, with streams of events for answers.
    Stream,
    /// Lets nobody in.
    Login,
}

pub struct Web {
    pub port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Web {
    /// The requests so far, each with its headers in lower case.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("the requests").clone()
    }
}

/// Starts one, which lives as long as the tests.
pub fn start(kind: Kind) -> Web {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("the port").port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = heard.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let told = told.clone();
            std::thread::spawn(move || one(stream, kind, &told));
        }
    });
    Web { port, heard }
}

fn one(mut stream: TcpStream, kind: Kind, heard: &Mutex<Vec<String>>) {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    let head = loop {
        let count = stream.read(&mut buffer).unwrap_or(0);
        if count == 0 {
            return;
        }
        text.extend_from_slice(&buffer[..count]);
        if let Some(at) = text.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
    };
    let headers = String::from_utf8_lossy(&text[..head]).into_owned();
    let length = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    while text.len() < head + 4 + length.unwrap_or(0) {
        let count = stream.read(&mut buffer).unwrap_or(0);
        if count == 0 {
            return;
        }
        text.extend_from_slice(&buffer[..count]);
    }
    heard.lock().expect("the requests").push(headers.clone());
    let body: serde_json::Value = serde_json::from_slice(&text[head + 4..]).unwrap_or_default();
    let answer = answer(kind, &headers, &body);
    let _ = stream.write_all(answer.as_bytes());
}

fn answer(kind: Kind, headers: &str, body: &serde_json::Value) -> String {
    let id = &body["id"];
    let method = body["method"].as_str().unwrap_or_default();
    let tools = r#""tools":[{"name":"t","inputSchema":{"type":"object"}}]"#;
    let result = match (kind, method) {
        (Kind::Login, _) => {
            return "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Bearer realm=\"x\"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".into();
        }
        (Kind::Plain, "server/discover") => {
            r#"{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}"#.to_owned()
        }
        (Kind::Stream, "server/discover") => return document("400 Bad Request", "no session", ""),
        (Kind::Stream, "initialize") => {
            r#"{"protocolVersion":"2025-11-25","capabilities":{"tools":{},"prompts":{}},"serverInfo":{"name":"w","version":"1"}}"#.to_owned()
        }
        (_, "tools/list") => format!("{{{tools}}}"),
        (_, "prompts/list") => r#"{"prompts":[{"name":"p"}]}"#.to_owned(),
        _ if headers.starts_with("DELETE") => return document("200 OK", "", ""),
        _ => return document("202 Accepted", "", ""),
    };
    let message = format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#);
    match kind {
        Kind::Stream => format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nmcp-session-id: s1\r\nconnection: close\r\n\r\n: hello\n\nevent: message\ndata: {message}\n\n"
        ),
        _ => document("200 OK", &message, "content-type: application/json\r\n"),
    }
}

fn document(status: &str, body: &str, headers: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
