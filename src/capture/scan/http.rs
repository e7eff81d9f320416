//! A server that is reached over Streamable HTTP: a connection for each request, and nothing is followed anywhere.

mod answer;

use super::ask::Wire;
use super::message::{Heard, MODERN, Said, hear};
use super::{Limits, Trouble};
use crate::capture::http::{Connector, Upstream};
use crate::capture::recorder::{Body, Entry, HttpFacts, Marks, Recorder};
use crate::capture::redact;
use crate::clients::Secret;
use crate::text::{Raw, RawBuf};
use crate::wire::id::Direction;
use answer::Answer;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Response};
use serde_json::Map;
use std::time::{Duration, Instant};

/// How often it is looked whether everything is to end.
const LOOK: Duration = Duration::from_millis(50);
/// Most questions of a server that are answered.
const ANSWERS: usize = 100;

/// Asks a server, and finishes the recording.
pub fn run(
    url: Raw<'_>,
    headers: &[(RawBuf, Secret)],
    recorder: &Recorder,
    limits: Limits<'_>,
    ask: impl FnOnce(&mut dyn Wire) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let asked = Exchange::new(url, headers, recorder, limits).and_then(|mut exchange| {
        let asked = ask(&mut exchange);
        exchange.leave();
        // A name that is still being resolved is not waited for.
        exchange.runtime.shutdown_background();
        asked
    });
    if let Err(trouble) = &asked {
        let why = ("why".to_owned(), trouble.to_string().into());
        recorder.meta("failed", Map::from_iter([why]));
    }
    recorder.finish(Map::new());
    asked
}

struct Exchange<'a> {
    runtime: tokio::runtime::Runtime,
    connector: Connector,
    upstream: Upstream,
    /// Of the configuration, and the session's once there is one.
    headers: HeaderMap,
    recorder: &'a Recorder,
    limits: Limits<'a>,
    /// Of exchanges, for the recording.
    count: u64,
    answered: usize,
    changed: Vec<&'static str>,
    /// The revision that is spoken, once that is known.
    protocol: Option<RawBuf>,
    session: Option<HeaderValue>,
}

const SESSION: HeaderName = HeaderName::from_static("mcp-session-id");
const PROTOCOL: HeaderName = HeaderName::from_static("mcp-protocol-version");
const METHOD: HeaderName = HeaderName::from_static("mcp-method");

impl<'a> Exchange<'a> {
    fn new(
        url: Raw<'_>,
        given: &[(RawBuf, Secret)],
        recorder: &'a Recorder,
        limits: Limits<'a>,
    ) -> Result<Exchange<'a>, Trouble> {
        let text = std::io::read_to_string(url.bytes()).map_err(|_| Trouble::Address)?;
        let upstream = Upstream::parse(&text).map_err(|_| Trouble::Address)?;
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            let name = HeaderName::from_bytes(name.as_raw().bytes());
            let value = HeaderValue::from_bytes(value.reveal().bytes());
            if let (Ok(name), Ok(value)) = (name, value) {
                headers.insert(name, value);
            }
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Trouble::Unreachable(error.to_string()))?;
        Ok(Exchange {
            runtime,
            connector: Connector::new(&upstream),
            upstream,
            headers,
            recorder,
            limits,
            count: 0,
            answered: 0,
            changed: Vec::new(),
            protocol: None,
            session: None,
        })
    }

    /// Ends the session, where the server made one. What it says to that is of no interest.
    fn leave(&mut self) {
        // What is not sent any more is not recorded either.
        if self.session.is_none() || self.limits.stopped() {
            return;
        }
        self.count += 1;
        let request = self.request(Method::DELETE, "", None);
        let facts = self.facts(Some(&request), None);
        self.record(Direction::C2s, None, &facts);
        let until = Instant::now() + Duration::from_secs(2);
        if let Ok(response) = self.send(request, until, "the end of the session") {
            let facts = self.facts(None, Some(&response));
            self.record(Direction::S2c, None, &facts);
        }
    }

    /// Sends a message, and gives the answer to it if it is to have one.
    fn exchange(
        &mut self,
        body: &str,
        method: Option<&'static str>,
        id: Option<u64>,
        until: Instant,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        let named = method.unwrap_or("an answer");
        self.count += 1;
        let request = self.request(Method::POST, body, method);
        let facts = self.facts(Some(&request), None);
        self.record(Direction::C2s, Some(body.as_bytes()), &facts);
        let response = self.send(request, until, named)?;
        let status = response.status().as_u16();
        let facts = self.facts(None, Some(&response));
        if let Some(session) = response.headers().get(SESSION) {
            self.session = Some(session.clone());
        }
        let mut answer = Answer::new(response, facts);
        let found = self.read(&mut answer, id, named, until)?;
        match status {
            200..=299 => Ok(found),
            401 | 403 => Err(Trouble::Login(status)),
            // A JSON-RPC error tells more than its status does.
            _ if found.is_some() => Ok(found),
            _ => Err(Trouble::Status {
                method: named,
                status,
            }),
        }
    }

    /// Reads an answer to its end, or to the message that was waited for.
    fn read(
        &mut self,
        answer: &mut Answer,
        id: Option<u64>,
        named: &'static str,
        until: Instant,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        loop {
            let next = self.wait(answer.next(), until, named)??;
            let Some((message, facts)) = next else {
                return Ok(None);
            };
            self.record(Direction::S2c, Some(&message), &facts);
            match hear(&message) {
                Heard::Answer(heard) if Some(heard) == id => return Ok(Some(message)),
                Heard::Question(said) if self.answered < ANSWERS => {
                    self.answered += 1;
                    // Whether it is taken shows in what comes next.
                    let _ = self.exchange(&said, None, None, until)?;
                }
                Heard::Changed(method) => self.changed.push(method),
                _ => {}
            }
        }
    }

    fn request(
        &self,
        verb: Method,
        body: &str,
        method: Option<&'static str>,
    ) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(Bytes::from(body.to_owned())));
        *request.uri_mut() = self.upstream.endpoint().clone().into();
        let posts = verb == Method::POST;
        *request.method_mut() = verb;
        let headers = request.headers_mut();
        headers.extend(self.headers.clone());
        headers.insert(HOST, self.upstream.host_header());
        let name = concat!("plainsight/", env!("CARGO_PKG_VERSION"));
        headers.insert(USER_AGENT, HeaderValue::from_static(name));
        if posts {
            let json = HeaderValue::from_static("application/json");
            headers.insert(CONTENT_TYPE, json);
        }
        let both = HeaderValue::from_static("application/json, text/event-stream");
        headers.insert(ACCEPT, both);
        let protocol = match (&self.protocol, method) {
            (_, Some("initialize")) => None,
            (None, Some(_)) => Some(MODERN.as_bytes()),
            (protocol, _) => protocol.as_ref().map(|p| p.as_raw().bytes()),
        };
        if let Some(value) = protocol.and_then(|p| HeaderValue::from_bytes(p).ok()) {
            // Of the newest revision the header names what the body asks for.
            if value == MODERN
                && let Some(method) = method
            {
                headers.insert(METHOD, HeaderValue::from_static(method));
            }
            headers.insert(PROTOCOL, value);
        }
        if let Some(session) = &self.session {
            headers.insert(SESSION, session.clone());
        }
        request
    }

    fn send(
        &self,
        request: Request<Full<Bytes>>,
        until: Instant,
        named: &'static str,
    ) -> Result<Response<Incoming>, Trouble> {
        let connector = self.connector.clone();
        let sending = async move {
            let stream = connector.connect().await.map_err(Trouble::Unreachable)?;
            let broken = |error: hyper::Error| Trouble::Unreachable(error.to_string());
            let (mut sender, connection) = hyper::client::conn::http1::handshake(stream)
                .await
                .map_err(broken)?;
            tokio::spawn(connection);
            sender.send_request(request).await.map_err(broken)
        };
        self.wait(sending, until, named)?
    }

    /// Waits for something, unless the time is over or everything is to end.
    fn wait<T>(
        &self,
        what: impl Future<Output = T>,
        until: Instant,
        named: &'static str,
    ) -> Result<T, Trouble> {
        self.runtime.block_on(async {
            let mut what = std::pin::pin!(what);
            loop {
                let left = until.saturating_duration_since(Instant::now());
                if self.limits.stopped() {
                    return Err(Trouble::Stopped);
                }
                if left.is_zero() {
                    return Err(Trouble::Late(named));
                }
                if let Ok(done) = tokio::time::timeout(left.min(LOOK), &mut what).await {
                    return Ok(done);
                }
            }
        })
    }

    fn facts(
        &self,
        request: Option<&Request<Full<Bytes>>>,
        response: Option<&Response<Incoming>>,
    ) -> HttpFacts {
        let headers = request
            .map(Request::headers)
            .or(response.map(Response::headers));
        let text = |name: &HeaderName| {
            let value = headers?.get(name)?;
            Some(Raw::new(value.as_bytes()).to_buf())
        };
        let authorization = request.and_then(|r| r.headers().get("authorization"));
        HttpFacts {
            conn_id: "scan".into(),
            xchg: self.count,
            method: request.map(|r| RawBuf::from(r.method().as_str())),
            path: request.map(|r| {
                let target = r.uri().path_and_query().map_or("/", |p| p.as_str());
                RawBuf::from(crate::capture::http::told_path(target).as_str())
            }),
            status: response.map(|r| r.status().as_u16()),
            mcp_session_id: text(&SESSION),
            mcp_method: text(&METHOD),
            mcp_protocol_version: text(&PROTOCOL),
            auth_challenge: response.and_then(|_| text(&hyper::header::WWW_AUTHENTICATE)),
            authorization: authorization.map(|value| redact::authorization(value.as_bytes())),
            ..HttpFacts::default()
        }
    }

    fn record(&self, direction: Direction, body: Option<&[u8]>, facts: &HttpFacts) {
        self.recorder.write(&Entry {
            direction,
            body: body.map_or(Body::None, Body::Bytes),
            http: Some(facts),
            marks: Marks::default(),
        });
    }
}

impl Wire for Exchange<'_> {
    fn ask(&mut self, said: &Said, most: Option<Duration>) -> Result<Vec<u8>, Trouble> {
        let until = most.map_or(self.limits.deadline, |most| {
            self.limits.deadline.min(Instant::now() + most)
        });
        let answer = self.exchange(&said.body, Some(said.method), said.id, until)?;
        answer.ok_or(Trouble::Ended(said.method))
    }

    fn tell(&mut self, said: &Said) -> Result<(), Trouble> {
        self.exchange(&said.body, Some(said.method), None, self.limits.deadline)?;
        Ok(())
    }

    fn changes(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.changed)
    }

    fn speaks(&mut self, protocol: &RawBuf) {
        self.protocol = Some(protocol.clone());
    }
}
