//! An entry and its envelope.

use super::body::{Body, Escape, Shape, base64};
use super::clock::{Clock, Moment, number};
use crate::text::RawBuf;
use crate::wire::id::Direction;
use serde_json::{Map, Value};

/// One line of a recording.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub direction: Direction,
    pub body: Body<'a>,
    pub http: Option<&'a HttpFacts>,
    pub marks: Marks,
}

/// What is odd about an entry.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Marks {
    /// The line ended in CR LF.
    pub crlf: bool,
    /// The stream ended before the line did.
    pub unterminated: bool,
    /// The gate held it when it arrived.
    pub held: bool,
    /// No side sent it: the gate answered in a server's place.
    pub injected: bool,
    /// Only the beginning is kept.
    pub truncated: bool,
}

/// How a message travelled over HTTP. What is a [`RawBuf`] was said by the other side.
#[derive(Clone, Default, Debug)]
pub struct HttpFacts {
    /// The connection, as `127.0.0.1:57774`.
    pub conn_id: String,
    /// The exchange (one request and its answer), counted from 1.
    pub xchg: u64,
    pub method: Option<RawBuf>,
    pub path: Option<RawBuf>,
    pub status: Option<u16>,
    pub sse: Option<Sse>,
    pub mcp_session_id: Option<RawBuf>,
    pub mcp_method: Option<RawBuf>,
    pub mcp_name: Option<RawBuf>,
    pub mcp_protocol_version: Option<RawBuf>,
    /// `Mcp-Param-*` headers: name and value.
    pub mcp_param_headers: Vec<(RawBuf, RawBuf)>,
    /// `WWW-Authenticate`.
    pub auth_challenge: Option<RawBuf>,
    /// The scheme and a keyed hash, never the value.
    pub authorization: Option<String>,
}

/// The fields of an event of a stream.
#[derive(Clone, Default, Debug)]
pub struct Sse {
    pub event: Option<RawBuf>,
    pub id: Option<RawBuf>,
}

/// The members that are the same on every line of a session.
pub struct Envelope {
    /// `{"v":1,"session_id":"…","server_label":"…","seq":`
    head: Vec<u8>,
    transport: &'static str,
}

impl Envelope {
    pub fn new(session: &str, label: &str, transport: &'static str) -> Envelope {
        let mut head = b"{\"v\":1".to_vec();
        member("session_id", session.as_bytes(), &mut head);
        member("server_label", label.as_bytes(), &mut head);
        head.extend_from_slice(b",\"seq\":");
        Envelope { head, transport }
    }

    /// The members that every line begins with; the caller adds what is special to it, the body and the brace.
    pub fn open(
        &self,
        seq: u64,
        moment: Moment,
        direction: Direction,
        clock: &mut Clock,
        out: &mut Vec<u8>,
    ) {
        self.seq(seq, out);
        self.passage(moment, direction, clock, out);
    }

    /// As far as the sequence number.
    #[inline]
    pub fn seq(&self, seq: u64, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.head);
        number(seq, out);
    }

    /// What follows it, the same for all that was read at one go.
    pub fn passage(
        &self,
        moment: Moment,
        direction: Direction,
        clock: &mut Clock,
        out: &mut Vec<u8>,
    ) {
        out.extend_from_slice(b",\"ts\":\"");
        clock.append(moment, out);
        out.extend_from_slice(b"\",\"mono_us\":");
        number(moment.mono, out);
        out.extend_from_slice(b",\"direction\":\"");
        out.extend_from_slice(direction.name().as_bytes());
        out.extend_from_slice(b"\",\"transport\":\"");
        out.extend_from_slice(self.transport.as_bytes());
        out.push(b'"');
    }
}

/// The body of a line that is held in memory. Its shape must be known; one of several lines is no business of this.
#[inline]
pub fn body(text: &[u8], shape: Shape, out: &mut Vec<u8>) {
    match shape {
        Shape::Json | Shape::JsonLines => {
            out.extend_from_slice(b",\"raw\":");
            out.extend_from_slice(text);
        }
        Shape::Text | Shape::Bytes => {
            out.extend_from_slice(b",\"text\":\"");
            Escape::whole(text, out);
            out.push(b'"');
            if shape == Shape::Bytes {
                out.extend_from_slice(b",\"b64\":\"");
                base64(text, out);
                out.push(b'"');
            }
        }
    }
}

impl Marks {
    pub fn append(self, out: &mut Vec<u8>) {
        if self == Marks::default() {
            return;
        }
        if self.crlf {
            out.extend_from_slice(b",\"eol\":\"crlf\"");
        }
        for (mark, set) in [
            ("unterminated", self.unterminated),
            ("held", self.held),
            ("injected", self.injected),
            ("truncated", self.truncated),
        ] {
            if set {
                flag(mark, out);
            }
        }
    }
}

/// `,"raw":{"event":…}`
pub fn event(line: &mut Vec<u8>, name: &str, facts: Map<String, Value>) {
    let mut raw = Map::new();
    raw.insert("event".into(), name.into());
    raw.extend(facts);
    line.extend_from_slice(format!(",\"raw\":{}", Value::Object(raw)).as_bytes());
}

/// `,"key":true`
pub fn flag(key: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":true");
}

impl HttpFacts {
    pub fn append(&self, out: &mut Vec<u8>) {
        member("conn_id", self.conn_id.as_bytes(), out);
        out.extend_from_slice(b",\"xchg\":");
        number(self.xchg, out);
        object(
            "http",
            &[("method", &self.method), ("path", &self.path)],
            out,
        );
        if let Some(status) = self.status {
            out.extend_from_slice(b",\"status\":");
            number(status.into(), out);
        }
        if let Some(sse) = &self.sse {
            let fields = [("event", &sse.event), ("id", &sse.id)];
            if fields.iter().all(|(_, value)| value.is_none()) {
                out.extend_from_slice(b",\"sse\":{}");
            }
            object("sse", &fields, out);
        }
        for (key, value) in [
            ("mcp_session_id", &self.mcp_session_id),
            ("mcp_method", &self.mcp_method),
            ("mcp_name", &self.mcp_name),
            ("mcp_protocol_version", &self.mcp_protocol_version),
            ("auth_challenge", &self.auth_challenge),
        ] {
            if let Some(value) = value {
                member(key, value.as_raw().bytes(), out);
            }
        }
        if let Some(authorization) = &self.authorization {
            member("authorization", authorization.as_bytes(), out);
        }
        if !self.mcp_param_headers.is_empty() {
            out.extend_from_slice(b",\"mcp_param_headers\":[");
            for (n, (name, value)) in self.mcp_param_headers.iter().enumerate() {
                out.extend_from_slice(if n > 0 { b",{" } else { b"{" });
                pair(b"name", name.as_raw().bytes(), out);
                out.push(b',');
                pair(b"value", value.as_raw().bytes(), out);
                out.push(b'}');
            }
            out.push(b']');
        }
    }
}

/// `,"key":{…}` of the members that there are; nothing where there are none.
fn object(key: &str, members: &[(&str, &Option<RawBuf>)], out: &mut Vec<u8>) {
    let mut first = true;
    for (name, value) in members {
        let Some(value) = value else { continue };
        if std::mem::take(&mut first) {
            out.extend_from_slice(b",\"");
            out.extend_from_slice(key.as_bytes());
            out.extend_from_slice(b"\":{");
        } else {
            out.push(b',');
        }
        pair(name.as_bytes(), value.as_raw().bytes(), out);
    }
    if !first {
        out.push(b'}');
    }
}

/// `,"key":"value"`
fn member(key: &str, value: &[u8], out: &mut Vec<u8>) {
    out.push(b',');
    pair(key.as_bytes(), value, out);
}

fn pair(key: &[u8], value: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    Escape::whole(key, out);
    out.extend_from_slice(b"\":\"");
    Escape::whole(value, out);
    out.push(b'"');
}
