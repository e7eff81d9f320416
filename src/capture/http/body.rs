//! Bodies on their way: every frame goes on as it came, and is read for the record before it does.

use super::copy::Copy;
use super::decode::Decoder;
use super::endpoint::Beginning;
use super::exchange::{End, Exchange};
use super::kept::Events;
use super::upstream::Upstream;
use crate::capture::recorder::HttpFacts;
use hyper::HeaderMap;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The body of a request.
pub struct RequestBody {
    inner: Incoming,
    exchange: Arc<Exchange>,
    copy: Copy,
    headers: HeaderMap,
    done: bool,
}

impl RequestBody {
    /// A request without a body is told at once.
    pub fn new(inner: Incoming, exchange: Arc<Exchange>, headers: &HeaderMap) -> RequestBody {
        let mut body = RequestBody {
            inner,
            exchange,
            copy: Copy::of(headers),
            headers: headers.clone(),
            done: false,
        };
        if body.inner.is_end_stream() {
            body.end(End::Whole);
        }
        body
    }

    fn end(&mut self, end: End) {
        if !std::mem::replace(&mut self.done, true) {
            let (kept, decoded) = self.copy.take();
            self.exchange.asked(&kept, end);
            if !decoded {
                self.exchange.undecoded(&self.headers);
            }
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let me = self.get_mut();
        let frame = ready!(Pin::new(&mut me.inner).poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    me.copy.push(data);
                }
                if me.inner.is_end_stream() {
                    me.end(End::Whole);
                }
            }
            Some(Err(_)) => me.end(End::Broken),
            None => me.end(End::Whole),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        self.end(End::Left);
    }
}

/// The body of an answer.
pub enum ResponseBody {
    Passing(Box<Passing>),
    /// A sentence of our own.
    Own(Option<Bytes>),
}

/// The body of an answer of the upstream.
pub struct Passing {
    inner: Incoming,
    exchange: Arc<Exchange>,
    reading: Reading,
    /// The beginning of a stream, where its first event may have to be written anew.
    beginning: Option<(Beginning, Arc<Upstream>, String)>,
    headers: HeaderMap,
    done: bool,
}

/// What is made of the body for the record.
enum Reading {
    /// One message, told with the head of the answer.
    Message {
        facts: Box<HttpFacts>,
        copy: Box<Copy>,
        keeps: bool,
    },
    Stream(Box<Events>, Decoder),
}

impl Passing {
    /// A body that is one message or none.
    pub fn message(
        inner: Incoming,
        exchange: Arc<Exchange>,
        headers: HeaderMap,
        facts: HttpFacts,
        keeps: bool,
    ) -> Passing {
        let (facts, copy) = (Box::new(facts), Box::new(Copy::of(&headers)));
        let reading = Reading::Message { facts, copy, keeps };
        let mut body = Passing::new(inner, exchange, headers, reading);
        if body.inner.is_end_stream() {
            body.end(End::Whole);
        }
        body
    }

    /// A stream of events. With the client's name for the proxy where the older transport's `endpoint` event may come.
    pub fn stream(
        inner: Incoming,
        exchange: Arc<Exchange>,
        headers: HeaderMap,
        endpoint: Option<(Arc<Upstream>, String)>,
    ) -> Passing {
        let reading = Reading::Stream(Box::default(), Decoder::of(&headers));
        let mut body = Passing::new(inner, exchange, headers, reading);
        body.beginning = endpoint.map(|(upstream, ours)| (Beginning::new(), upstream, ours));
        body
    }

    fn new(
        inner: Incoming,
        exchange: Arc<Exchange>,
        headers: HeaderMap,
        reading: Reading,
    ) -> Passing {
        Passing {
            inner,
            exchange,
            reading,
            beginning: None,
            headers,
            done: false,
        }
    }

    fn read(&mut self, data: &[u8]) {
        match &mut self.reading {
            Reading::Message { copy, keeps, .. } => match *keeps {
                true => copy.push(data),
                false => copy.push_any(data),
            },
            Reading::Stream(events, decoder) => {
                let exchange = &self.exchange;
                decoder.feed(data, &mut |plain| {
                    events.feed(plain, &mut |event| exchange.event(&event, End::Whole));
                });
            }
        }
    }

    fn end(&mut self, end: End) {
        if std::mem::replace(&mut self.done, true) {
            return;
        }
        match &mut self.reading {
            Reading::Message { facts, copy, keeps } => {
                let (kept, decoded) = copy.take();
                self.exchange.answer(facts, &kept, *keeps, end);
                if !decoded && *keeps {
                    self.exchange.undecoded(&self.headers);
                }
            }
            Reading::Stream(events, decoder) => {
                let readable = decoder.is_readable();
                if let Some(event) = events.finish() {
                    self.exchange.event(&event, End::Broken);
                }
                let (events, comments) = (events.events(), events.comments());
                self.exchange.stream_ended(events, comments, readable, end);
            }
        }
    }

    /// What goes on in the place of a piece; nothing where it is held back.
    fn rewritten(&mut self, data: Bytes) -> Bytes {
        match &mut self.beginning {
            Some((beginning, upstream, ours)) if !beginning.is_over() => {
                beginning.pass(&data, upstream, ours).into()
            }
            _ => data,
        }
    }

    fn held(&mut self) -> Option<Bytes> {
        let (beginning, ..) = self.beginning.as_mut()?;
        let rest = beginning.rest();
        (!rest.is_empty()).then(|| rest.into())
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        loop {
            let frame = if self.done {
                None
            } else {
                ready!(Pin::new(&mut self.inner).poll_frame(cx))
            };
            let frame = match frame {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => {
                    self.end(End::Broken);
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.end(End::Whole);
                    return Poll::Ready(self.held().map(|rest| Ok(Frame::data(rest))));
                }
            };
            let data = match frame.into_data() {
                Ok(data) => data,
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            };
            self.read(&data);
            if self.inner.is_end_stream() {
                self.end(End::Whole);
            }
            let data = self.rewritten(data);
            if !data.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
        }
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        self.end(End::Left);
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match self.get_mut() {
            ResponseBody::Passing(body) => body.poll(cx),
            ResponseBody::Own(text) => Poll::Ready(text.take().map(|t| Ok(Frame::data(t)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            ResponseBody::Passing(body) => body.beginning.is_none() && body.inner.is_end_stream(),
            ResponseBody::Own(text) => text.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            ResponseBody::Passing(body) if body.beginning.is_none() => body.inner.size_hint(),
            ResponseBody::Passing(_) => SizeHint::default(),
            ResponseBody::Own(text) => {
                SizeHint::with_exact(text.as_ref().map_or(0, |t| t.len() as u64))
            }
        }
    }
}
