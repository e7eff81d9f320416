//! The messages of captured exchanges, in the order of their times.
//!
//! An exchange has a time for its request and one for the end of its answer. The events of one stream have none of their
//! own: what answers is told with the end of the answer, and what came before that stands between, without a time.

use super::body::{ROOM, asks_and_answers, is_rpc, is_rpc_stream, plain};
use super::exchange::{Exchange, Side};
use super::losses::Losses;
use crate::formats::told::{Fact, Transport, is_json};
use crate::formats::{Entry, Http, Out};
use crate::wire::id::Direction;
use crate::wire::sse::{Event, Events};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a capture holds.
#[derive(Default)]
pub struct Pieces<'a> {
    exchanges: Vec<Exchange<'a>>,
    pieces: Vec<Piece<'a>>,
    /// Where streams of the older transport have their clients send: the stream's own label, by that address.
    endpoints: HashMap<Vec<u8>, Vec<u8>>,
    /// The address that a stream told, by the number of its exchange.
    streams: HashMap<usize, Vec<u8>>,
    losses: Losses,
    /// Bytes that coded bodies took so far.
    made: u64,
    /// The last time that was seen, for exchanges without one.
    last: i64,
    /// Exchanges that were told before, by another of these.
    before: u64,
}

struct Piece<'a> {
    /// By what pieces are put in order, in microseconds.
    key: i64,
    micros: Option<i64>,
    exchange: usize,
    sent: bool,
    truncated: bool,
    what: What<'a>,
}

enum What<'a> {
    Message(Cow<'a, [u8]>),
    Event(Event),
    /// A body of an answer that is no message.
    Text(Cow<'a, [u8]>),
    /// Why there is no message where there must have been one.
    Missing(Cow<'a, [u8]>),
}

impl<'a> Pieces<'a> {
    /// Goes on after so many exchanges.
    pub fn after(exchanges: u64) -> Self {
        Pieces {
            before: exchanges,
            ..Pieces::default()
        }
    }

    /// Takes an exchange, unless it has nothing to do with MCP.
    pub fn add(&mut self, mut exchange: Exchange<'a>, out: &mut Out<'_>) {
        let readable = self.decode(&mut exchange.sent) & self.decode(&mut exchange.got);
        let (sent, got) = (&exchange.sent, &exchange.got);
        let is_mcp = sent.headers.are_mcp()
            || got.headers.are_mcp()
            || is_rpc(&sent.body)
            || is_rpc(&got.body)
            || got.headers.are_of_stream() && is_rpc_stream(&got.body);
        if !is_mcp {
            self.losses.others += 1;
            return out.skip();
        }
        if !readable {
            self.losses.coded += 1;
        }
        let started = exchange.started.unwrap_or(self.last);
        self.last = started;
        let ended = exchange.ended.map_or(started, |end| end.max(started));
        let headed = exchange
            .headed
            .map_or(started, |at| at.clamp(started, ended));
        let index = self.exchanges.len();
        let sent = std::mem::take(&mut exchange.sent.body);
        let got = std::mem::take(&mut exchange.got.body);
        let (lost_request, lost_answer) = (
            sent.is_empty() && (exchange.sent.is_lost() || exchange.is_message_by_header()),
            got.is_empty() && exchange.got.is_lost(),
        );
        let mut piece = |key, micros, sent, truncated, what| {
            self.pieces.push(Piece {
                key,
                micros,
                exchange: index,
                sent,
                truncated,
                what,
            });
        };
        let asks = lost_request || asks_and_answers(&sent).0;
        if lost_request {
            self.losses.requests += 1;
            let why = b"The capture has lost the body of this request."[..].into();
            piece(started, exchange.started, true, false, What::Missing(why));
        } else if !sent.is_empty() {
            // A body that is shorter than its header says was cut by the capture.
            let cut = exchange.sent.is_longer_than(sent.len()) && !is_json(&sent);
            piece(started, exchange.started, true, cut, What::Message(sent));
        }
        let stream = exchange.got.headers.are_of_stream();
        let status = exchange.status.unwrap_or(0);
        if stream && !got.is_empty() {
            let mut key = headed;
            let mut tell = |event: Event, truncated| {
                if event.is_endpoint() {
                    let to = exchange.target.leads_to(&event.data);
                    let address = [&to.host[..], &to.path].concat();
                    self.endpoints
                        .insert(address.clone(), exchange.target.label());
                    self.streams.insert(index, address);
                    return;
                }
                // Events without data only say where a stream can be taken up again.
                if event.data.trim_ascii().is_empty() {
                    return;
                }
                let answers = asks_and_answers(&event.data).1;
                key = if answers { ended } else { key };
                let micros = if answers { exchange.ended } else { None };
                piece(key, micros, false, truncated, What::Event(event));
            };
            let mut events = Events::default();
            events.feed(&got, &mut |event| tell(event, false));
            if let Some(event) = events.finish() {
                // No client was given it, but what there is of it came over the wire.
                tell(event, true);
            }
        } else if is_rpc(&got) {
            piece(ended, exchange.ended, false, false, What::Message(got));
        } else if lost_answer
            || asks && got.is_empty() && (200..300).contains(&status) && status != 202
        {
            self.losses.answers += 1;
            let why = b"The capture has lost the body of this answer."[..].into();
            piece(ended, exchange.ended, false, false, What::Missing(why));
        } else if got.is_empty() && stream {
            self.losses.streams += 1;
        } else if exchange.status.is_none() {
            let why = exchange.failure.take();
            let why = why.unwrap_or(b"The capture has no answer to this request."[..].into());
            piece(ended, exchange.ended, false, false, What::Missing(why));
        } else if !(200..300).contains(&status) {
            let what = if got.is_empty() {
                What::Missing(
                    format!("The server answered with HTTP status {status}.")
                        .into_bytes()
                        .into(),
                )
            } else {
                What::Text(got)
            };
            piece(ended, exchange.ended, false, false, what);
        } else if asks && status != 202 {
            let cut = exchange.got.is_longer_than(got.len());
            piece(ended, exchange.ended, false, cut, What::Message(got));
        }
        self.exchanges.push(exchange);
    }

    /// Whether the body could be read.
    fn decode(&mut self, side: &mut Side<'a>) -> bool {
        let coding = side.headers.get("content-encoding").unwrap_or(b"").to_vec();
        if !side.coded || side.body.is_empty() {
            return true;
        }
        let mut room = ROOM.saturating_sub(self.made);
        let body = std::mem::take(&mut side.body);
        let read = plain(body, &coding, &mut room);
        self.made = ROOM - room;
        side.size = side.size.max(1);
        side.body = read.unwrap_or_default();
        !side.body.is_empty()
    }

    /// Tells everything.
    pub fn tell(mut self, out: &mut Out<'_>) {
        self.pieces.sort_by_key(|piece| piece.key);
        for piece in &self.pieces {
            self.piece(piece, out);
        }
        self.losses.tell(self.exchanges.len(), out);
    }

    fn piece(&self, piece: &Piece<'_>, out: &mut Out<'_>) {
        let exchange = &self.exchanges[piece.exchange];
        let (sent, got) = (&exchange.sent.headers, &exchange.got.headers);
        let at = [&exchange.target.host[..], &exchange.target.path].concat();
        let own = exchange.target.label();
        let (label, endpoint) = match (self.endpoints.get(&at), self.streams.get(&piece.exchange)) {
            (Some(label), _) => (&label[..], &at[..]),
            (None, Some(address)) => (&own[..], &address[..]),
            (None, None) => (&own[..], &b""[..]),
        };
        let session = sent
            .get("mcp-session-id")
            .or_else(|| got.get("mcp-session-id"))
            .unwrap_or(b"");
        let conn = [session, endpoint, label]
            .into_iter()
            .find(|one| !one.is_empty())
            .unwrap_or(b"");
        let parameters = sent.parameters();
        let mut http = Http {
            exchange: self.before + piece.exchange as u64 + 1,
            method: &exchange.method,
            path: exchange.target.plain_path(),
            session,
            ..Http::default()
        };
        if piece.sent {
            http.mcp_method = sent.get("mcp-method");
            http.mcp_name = sent.get("mcp-name");
            http.mcp_protocol = sent.get("mcp-protocol-version");
            http.parameters = &parameters;
        } else {
            http.status = exchange.status;
            http.challenge = got.get("www-authenticate");
        }
        if let What::Event(event) = &piece.what {
            let word = |word: &'_ Option<Vec<u8>>| word.clone().unwrap_or_default();
            let (name, id) = (word(&event.name), word(&event.id));
            http.event = Some((&name, &id));
            return self.write(piece, &http, (conn, label), out);
        }
        self.write(piece, &http, (conn, label), out);
    }

    fn write(
        &self,
        piece: &Piece<'_>,
        http: &Http<'_>,
        (conn, label): (&[u8], &[u8]),
        out: &mut Out<'_>,
    ) {
        let dir = if piece.sent {
            Direction::C2s
        } else {
            Direction::S2c
        };
        let exchange = &self.exchanges[piece.exchange];
        let side = if piece.sent {
            &exchange.sent
        } else {
            &exchange.got
        };
        let mut http = *http;
        let entry = |http| Entry {
            conn,
            label,
            micros: piece.micros,
            transport: Transport::Http,
            truncated: piece.truncated || side.cut,
            redacted: side.redacted,
            http: Some(http),
            ..Entry::at(exchange.origin)
        };
        match &piece.what {
            What::Message(_) | What::Event(_) => {
                let bytes = match &piece.what {
                    What::Event(event) => &event.data[..],
                    What::Message(bytes) => bytes,
                    _ => b"",
                };
                // Text with a status is HTTP's; without one it stands where a message should be.
                if !is_json(bytes) {
                    (http.status, http.event) = (None, None);
                }
                out.message(&entry(&http), Some(dir), bytes);
            }
            What::Text(text) => out.text(&entry(&http), Some(dir), text),
            What::Missing(why) => {
                out.event(&entry(&http), "http", &[("text", Fact::Text(why))]);
            }
        }
    }
}
