//! The messages of one answer, whether it is one document or a stream of events.

use super::Trouble;
use crate::capture::http::{Event, Events};
use crate::capture::recorder::{HttpFacts, Sse};
use crate::text::RawBuf;
use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::Incoming;
use std::collections::VecDeque;
use std::io::{Read, Seek};

/// Most bytes of one answer.
const LONGEST: usize = 16 << 20;

pub struct Answer {
    body: Incoming,
    facts: HttpFacts,
    /// The reader of events, where it is a stream of them.
    events: Option<Events>,
    /// Of a document, what came of it.
    document: Vec<u8>,
    waiting: VecDeque<(Vec<u8>, HttpFacts)>,
    count: usize,
    done: bool,
}

impl Answer {
    pub fn new(response: Response<Incoming>, facts: HttpFacts) -> Answer {
        let kind = response.headers().get(hyper::header::CONTENT_TYPE);
        let kind = kind
            .map_or(&b""[..], |kind| kind.as_bytes())
            .to_ascii_lowercase();
        Answer {
            events: kind.starts_with(b"text/event-stream").then(Events::default),
            body: response.into_body(),
            facts,
            document: Vec::new(),
            waiting: VecDeque::new(),
            count: 0,
            done: false,
        }
    }

    /// The next message; `None` at the end. An answer that says nothing gives one empty message.
    pub async fn next(&mut self) -> Result<Option<(Vec<u8>, HttpFacts)>, Trouble> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Ok(Some(message));
            }
            if self.done {
                return Ok(None);
            }
            let Some(frame) = self.body.frame().await else {
                self.done = true;
                if self.events.is_none() {
                    let document = std::mem::take(&mut self.document);
                    self.waiting.push_back((document, self.facts.clone()));
                }
                continue;
            };
            let frame = frame.map_err(|error| Trouble::Unreachable(error.to_string()))?;
            let Some(bytes) = frame.data_ref() else {
                continue;
            };
            self.count += bytes.len();
            if self.count > LONGEST {
                return Err(Trouble::TooMuch("16 MiB in one answer"));
            }
            match &mut self.events {
                None => self.document.extend_from_slice(bytes),
                Some(events) => {
                    let (facts, waiting) = (&self.facts, &mut self.waiting);
                    events.feed(bytes, &mut |event| waiting.push_back(message(event, facts)));
                }
            }
        }
    }
}

fn message(event: Event, facts: &HttpFacts) -> (Vec<u8>, HttpFacts) {
    let mut data = Vec::new();
    match (event.data.bytes(), event.data.file()) {
        (Some(bytes), _) => data.extend_from_slice(bytes),
        (None, Some(mut file)) => {
            // A copy that cannot be read is an empty one: no answer, then.
            let _ = file.rewind().and_then(|()| file.read_to_end(&mut data));
        }
        (None, None) => {}
    }
    let sse = Sse {
        event: event.name.map(RawBuf::from),
        id: event.id.map(RawBuf::from),
    };
    let facts = HttpFacts {
        sse: Some(sse),
        conn_id: facts.conn_id.clone(),
        xchg: facts.xchg,
        status: facts.status,
        ..HttpFacts::default()
    };
    (data, facts)
}
