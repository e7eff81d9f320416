//! One request and its answer, as they are told to the record.

use super::book::{Ask, Book, Name, Seat};
use super::kept::Event;
use super::kept::Kept;
use super::recording::{Client, Recording};
use super::told::{self, Said};
use crate::capture::recorder::{Body, Entry, HttpFacts, Marks, Sse};
use crate::text::RawBuf;
use crate::wire::id::Direction;
use hyper::header::ACCEPT;
use hyper::http::{request, response};
use hyper::{HeaderMap, Method};
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An exchange that is on.
pub struct Exchange {
    book: Arc<Book>,
    seat: Arc<Seat>,
    client: Client,
    /// The client's address.
    conn_id: String,
    method: Method,
    /// Path and query as the client sent them.
    target: String,
    facts: HttpFacts,
    listens: bool,
    /// The headers or the path say that this is MCP, whatever the body.
    is_mcp: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    place: Option<(Arc<Recording>, u64)>,
    said: Said,
    /// The request was told.
    asked: bool,
    /// An `endpoint` event came: the session is as long as this stream.
    carries_session: bool,
}

/// How a body ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Whole,
    /// Its sender broke off.
    Broken,
    /// Its reader went away.
    Left,
}

impl End {
    fn by(self, sender: &'static str, reader: &'static str) -> &'static str {
        match self {
            End::Whole | End::Broken => sender,
            End::Left => reader,
        }
    }
}

impl Exchange {
    pub fn new(
        book: Arc<Book>,
        seat: Arc<Seat>,
        client: Client,
        conn_id: &str,
        head: &request::Parts,
        endpoint: &str,
    ) -> Exchange {
        let target = head.uri.path_and_query().map_or("/", |p| p.as_str());
        let headers = &head.headers;
        let mut facts = told::request(head.method.as_str(), target, headers);
        let last_event = headers.get("last-event-id");
        facts.sse = last_event.map(|id| Sse {
            event: None,
            id: Some(RawBuf::from(id.as_bytes().to_vec())),
        });
        let of_mcp = ["mcp-session-id", "mcp-protocol-version", "mcp-method"];
        Exchange {
            book,
            seat,
            client,
            conn_id: conn_id.to_string(),
            method: head.method.clone(),
            is_mcp: head.uri.path() == endpoint
                || of_mcp.iter().any(|name| headers.contains_key(*name)),
            listens: head.method == Method::GET
                && super::headers::mentions(headers, ACCEPT, "text/event-stream"),
            target: target.to_string(),
            facts,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The recording and the number in it.
    fn place(&self) -> (Arc<Recording>, u64) {
        let mut state = self.state();
        if let Some(place) = &state.place {
            return place.clone();
        }
        let place = self.book.place(
            &self.seat,
            &self.client,
            &Ask {
                session: self
                    .facts
                    .mcp_session_id
                    .as_ref()
                    .map(|id| id.as_raw().bytes()),
                target: &self.target,
                said: &state.said,
                listens: self.listens,
            },
        );
        state.place = Some(place.clone());
        place
    }

    fn write(&self, direction: Direction, facts: HttpFacts, body: Body<'_>, marks: Marks) {
        let (recording, xchg) = self.place();
        let mut facts = HttpFacts {
            conn_id: self.conn_id.clone(),
            xchg,
            ..facts
        };
        self.book.redact(&mut facts);
        recording.recorder.write(&Entry {
            direction,
            body,
            http: Some(&facts),
            marks,
        });
    }

    fn note(&self, event: &str, facts: Map<String, Value>) {
        let mut told = Map::new();
        told.insert("event".into(), event.into());
        told.extend(facts);
        let text = Value::Object(told).to_string();
        self.write(
            Direction::Meta,
            HttpFacts::default(),
            Body::Bytes(text.as_bytes()),
            Marks::default(),
        );
    }

    /// The request is all there, or all of it that will ever be.
    pub fn asked(&self, body: &Kept, end: End) {
        {
            let mut state = self.state();
            if state.asked {
                return;
            }
            state.asked = true;
            // Where the session is named, nothing else is wanted of the body.
            if self.facts.mcp_session_id.is_none()
                && let Some(bytes) = body.bytes().filter(|bytes| !bytes.is_empty())
            {
                state.said = told::said(bytes);
            }
        }
        let long = body.file().is_some_and(is_json);
        if long {
            // Nobody looked into it, but its answer is wanted.
            self.state().said.rpc = true;
        }
        let keeps = self.keeps_bodies() || long;
        self.write(
            Direction::C2s,
            self.facts.clone(),
            if keeps { of(body) } else { Body::None },
            marks(body, keeps, end),
        );
        if end != End::Whole {
            let mut facts = Map::new();
            facts.insert("by".into(), end.by("client", "server").into());
            self.note("request-broken-off", facts);
        }
    }

    /// Bodies of other paths (a sign-in at the same server, say) are not for the record.
    fn keeps_bodies(&self) -> bool {
        self.is_mcp || self.state().said.rpc || self.target.starts_with("/.well-known/")
    }

    /// The head of the answer came. Gives whether the body is to be kept.
    pub fn answered(&self, head: &response::Parts) -> bool {
        let (recording, _) = self.place();
        let session = head.headers.get("mcp-session-id");
        let asked_session = self.facts.mcp_session_id.as_ref();
        if let Some(session) = session
            && asked_session.is_none_or(|asked| asked.as_raw().bytes() != session.as_bytes())
        {
            self.book
                .name(Name::Session(session.as_bytes()), &recording);
        }
        if self.state().said.initialize && !head.status.is_success() {
            recording.set_begun(false);
        }
        if self.method == Method::DELETE && asked_session.is_some() && head.status.is_success() {
            recording.end_soon("deleted");
        }
        self.keeps_bodies()
    }

    /// An answer with its body, or without one.
    pub fn answer(&self, facts: &HttpFacts, body: &Kept, keeps: bool, end: End) {
        let body_told = if keeps { of(body) } else { Body::None };
        let told = marks(body, keeps, end);
        self.write(Direction::S2c, facts.clone(), body_told, told);
        if end != End::Whole {
            let mut facts = Map::new();
            facts.insert("by".into(), end.by("server", "client").into());
            self.note("answer-broken-off", facts);
        }
    }

    /// The head of an answer whose body is a stream of events.
    pub fn stream(&self, facts: &HttpFacts) {
        let none = Marks::default();
        self.write(Direction::S2c, facts.clone(), Body::None, none);
    }

    /// An event passes.
    pub fn event(&self, event: &Event, end: End) {
        // On any other stream the event means nothing to a client.
        if self.method == Method::GET
            && event.is_endpoint()
            && let Some(target) = event.data.bytes().and_then(|data| self.resolved(data))
        {
            let (recording, _) = self.place();
            self.book.name(Name::Endpoint(&target), &recording);
            self.state().carries_session = true;
        }
        let word = |word: &Option<Vec<u8>>| word.clone().map(RawBuf::from);
        let facts = HttpFacts {
            sse: Some(Sse {
                event: word(&event.name),
                id: word(&event.id),
            }),
            ..HttpFacts::default()
        };
        let told = marks(&event.data, true, end);
        self.write(Direction::S2c, facts, of(&event.data), told);
    }

    /// A stream of events ended.
    pub fn stream_ended(&self, events: u64, comments: u64, readable: bool, end: End) {
        let mut facts = Map::new();
        facts.insert("events".into(), events.into());
        facts.insert("comments".into(), comments.into());
        facts.insert("by".into(), end.by("server", "client").into());
        if end == End::Broken {
            facts.insert("broken_off".into(), true.into());
        }
        if !readable {
            facts.insert("undecoded".into(), true.into());
        }
        self.note("sse-close", facts);
        if self.state().carries_session {
            self.place().0.end_soon("stream closed");
        }
    }

    /// A body in a content coding that could not be undone for the record.
    pub fn undecoded(&self, headers: &HeaderMap) {
        let coding = headers.get(hyper::header::CONTENT_ENCODING);
        let mut facts = Map::new();
        let coding = coding.map(super::headers::shown).unwrap_or_default();
        facts.insert("coding".into(), coding.into());
        self.note("undecoded", facts);
    }

    /// There was no answer from the upstream; `ours` is what the client was told in its place, if anything was.
    pub fn failed(&self, reason: &str, ours: Option<(u16, &str)>) {
        let mut facts = Map::new();
        facts.insert("reason".into(), reason.into());
        let event = match ours {
            Some(_) => "upstream-unreachable",
            None => "upstream-broke-off",
        };
        self.note(event, facts);
        if let Some((status, sentence)) = ours {
            let facts = HttpFacts {
                status: Some(status),
                ..HttpFacts::default()
            };
            let marks = Marks {
                injected: true,
                ..Marks::default()
            };
            self.write(
                Direction::S2c,
                facts,
                Body::Bytes(sentence.trim_end().as_bytes()),
                marks,
            );
        }
    }

    pub fn asks_for_resource_metadata(&self) -> bool {
        let metadata = "/.well-known/oauth-protected-resource";
        self.target.starts_with(metadata)
    }

    /// The client went away before there was an answer.
    pub fn given_up(&self) {
        self.note("client-gone", Map::new());
    }

    /// Where an `endpoint` event leads to, as a path and query of the upstream.
    fn resolved(&self, data: &[u8]) -> Option<Vec<u8>> {
        let own = self.book.upstream().own_path(data);
        let path = own.unwrap_or(data);
        match path.first()? {
            b'/' if path.starts_with(b"//") => None,
            b'/' => Some(path.to_vec()),
            _ if own.is_some() || memchr::memmem::find(path, b"://").is_some() => None,
            first => {
                let base = self.target.split('?').next().unwrap_or_default();
                let base = match first {
                    b'?' => base,
                    _ => &base[..=base.rfind('/')?],
                };
                Some([base.as_bytes(), path].concat())
            }
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let place = self.state().place.take();
        if let Some((recording, _)) = place
            && recording.leave()
        {
            self.book.end(&recording, "ended");
        }
    }
}

fn of(kept: &Kept) -> Body<'_> {
    match (kept.bytes(), kept.file()) {
        (Some(bytes), _) if !bytes.is_empty() => Body::Bytes(bytes),
        (None, Some(file)) => Body::File {
            file,
            len: kept.len(),
        },
        _ => Body::None,
    }
}

fn marks(kept: &Kept, keeps: bool, end: End) -> Marks {
    Marks {
        truncated: kept.lost() > 0 || !keeps && !kept.is_empty(),
        unterminated: end != End::Whole,
        ..Marks::default()
    }
}

/// Whether a long body begins as JSON does: then it is no form.
fn is_json(file: &std::fs::File) -> bool {
    use std::io::{Read, Seek};
    let mut begin = [0; 64];
    let mut file = file;
    let read = file.rewind().and_then(|()| file.read(&mut begin));
    read.is_ok_and(|n| matches!(begin[..n].trim_ascii_start().first(), Some(b'{' | b'[')))
}
