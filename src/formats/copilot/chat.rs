//! The requests of a chat, with the parts of their responses, each told once it is as it will be.

use super::part::{self, Told};
use crate::formats::calls::Calls;
use crate::formats::told::{Entry, Origin, Out};
use crate::formats::{Known, pieces};
use crate::wire::json::{Doc, Value};

/// The label of what is the editor's own.
pub(super) const CLIENT: &str = "VS Code";

/// A question and its response.
struct Request {
    id: Vec<u8>,
    micros: Option<i64>,
    asked: bool,
    parts: Vec<Part>,
}

/// A part of a response. What was told is not kept.
struct Part {
    text: Vec<u8>,
    at: Origin,
    told: bool,
    /// What stands for its text, to know it again.
    mark: String,
}

/// Most bytes that are looked through to change parts: a chat that is changed bit by bit in a large part is given up.
const WORK: u64 = 4 << 30;

pub(super) struct Chat {
    calls: Calls,
    known: Known,
    requests: Vec<Request>,
    work: u64,
}

impl Chat {
    pub(super) fn new(known: &Known) -> Chat {
        Chat {
            calls: Calls::new(CLIENT),
            known: known.clone(),
            requests: Vec::new(),
            work: 0,
        }
    }

    /// The whole state anew.
    pub(super) fn replace(
        &mut self,
        at: &Entry<'_>,
        requests: Option<Value<'_>>,
        out: &mut Out<'_>,
    ) {
        let old = std::mem::take(&mut self.requests);
        self.put_back(at, old, requests, out);
    }

    /// Requests from the `from`th on, which are dropped before (`None` for none that are dropped).
    pub(super) fn extend(
        &mut self,
        at: &Entry<'_>,
        from: Option<usize>,
        items: Value<'_>,
        out: &mut Out<'_>,
    ) {
        let from = from.unwrap_or(usize::MAX).min(self.requests.len());
        let old = self.requests.split_off(from);
        self.put_back(at, old, Some(items), out);
    }

    /// Appends requests; what was told of the same ones before is not told again.
    fn put_back(
        &mut self,
        at: &Entry<'_>,
        old: Vec<Request>,
        items: Option<Value<'_>>,
        out: &mut Out<'_>,
    ) {
        let mut old = old.into_iter().map(Some).collect::<Vec<_>>();
        for (n, item) in items.into_iter().flat_map(Value::items).enumerate() {
            let before = old.get_mut(n).and_then(Option::take);
            self.put(at, before, item, out);
        }
    }

    pub(super) fn append(&mut self, at: &Entry<'_>, request: Value<'_>, out: &mut Out<'_>) {
        self.put(at, None, request, out);
    }

    fn put(
        &mut self,
        at: &Entry<'_>,
        before: Option<Request>,
        request: Value<'_>,
        out: &mut Out<'_>,
    ) {
        // What came before is over.
        if let Some(last) = self.requests.len().checked_sub(1) {
            self.finish(last, out);
        }
        let id = request.str("requestId");
        let id = id.map_or_else(Vec::new, |id| id.as_raw().bytes().to_vec());
        let before = before.filter(|before| before.id == id);
        let (asked, parts) = before.map_or((false, Vec::new()), |b| (b.asked, b.parts));
        self.requests.push(Request {
            id,
            micros: pieces::time_at(request, &["timestamp"]),
            asked,
            parts,
        });
        let n = self.requests.len() - 1;
        self.ask(n, at, request.get("message"), out);
        if let Some(response) = request.get("response") {
            self.respond(n, at, Some(0), response, out);
        }
        if is_over(request) {
            self.finish(n, out);
        }
    }

    /// The request with this number anew; the next one where there is none yet.
    pub(super) fn set(&mut self, n: usize, at: &Entry<'_>, request: Value<'_>, out: &mut Out<'_>) {
        if n > self.requests.len() {
            return out.skip();
        }
        let after = self.requests.split_off((n + 1).min(self.requests.len()));
        let before = self.requests.split_off(n.min(self.requests.len()));
        self.put(at, before.into_iter().next(), request, out);
        self.requests.extend(after);
    }

    /// The question of a request.
    pub(super) fn ask(
        &mut self,
        n: usize,
        at: &Entry<'_>,
        message: Option<Value<'_>>,
        out: &mut Out<'_>,
    ) {
        let Some(request) = self.requests.get_mut(n).filter(|request| !request.asked) else {
            return;
        };
        let text = message.and_then(|message| message.text().or_else(|| message.str("text")));
        if let Some(text) = text {
            request.asked = true;
            let at = Entry {
                micros: request.micros,
                ..*at
            };
            self.calls.said(&at, "user", text.as_raw().bytes(), out);
        }
    }

    /// Parts of a response from the `from`th on, which are dropped before (`None` for none that are dropped).
    pub(super) fn respond(
        &mut self,
        n: usize,
        at: &Entry<'_>,
        from: Option<usize>,
        items: Value<'_>,
        out: &mut Out<'_>,
    ) {
        let Some(request) = self.requests.get_mut(n) else {
            return out.skip();
        };
        let from = from.unwrap_or(usize::MAX).min(request.parts.len());
        let old = request.parts.split_off(from);
        let first = request.parts.len();
        for (n, item) in items.items().enumerate() {
            let text = item.raw().bytes();
            let mark = pieces::scope(text);
            let told = old.get(n).is_some_and(|old| old.told && old.mark == mark);
            request.parts.push(Part {
                text: if told { Vec::new() } else { text.to_vec() },
                at: at.origin,
                told,
                mark,
            });
        }
        let last = request.parts.len();
        // Words that nothing followed may not have been whole.
        for part in first.saturating_sub(1)..last {
            self.settle(n, part, part + 1 < last, out);
        }
    }

    /// Changes something inside a part: the value at `path`, `None` to take it away.
    pub(super) fn change(
        &mut self,
        (n, part): (usize, usize),
        at: &Entry<'_>,
        path: &[Value<'_>],
        value: Option<&[u8]>,
        out: &mut Out<'_>,
    ) {
        let parts = self.requests.get_mut(n).map(|request| &mut request.parts);
        let Some(parts) = parts.filter(|parts| part < parts.len()) else {
            return out.skip();
        };
        let followed = part + 1 < parts.len();
        let part_there = &mut parts[part];
        self.work += part_there.text.len() as u64;
        if self.work > WORK {
            out.note("The chat is changed so often in large parts that not every change was read.");
            return;
        }
        let changed = match (path, value) {
            ([], Some(value)) => Some(value.to_vec()),
            _ if part_there.told => None,
            (path, Some(value)) => part::changed(&part_there.text, path, value),
            (_, None) => None,
        };
        let Some(changed) = changed else {
            return out.skip();
        };
        let mark = pieces::scope(&changed);
        if !part_there.told || part_there.mark != mark {
            *part_there = Part {
                text: changed,
                at: at.origin,
                told: false,
                mark,
            };
            self.settle(n, part, followed, out);
        }
    }

    /// The request has its whole response.
    pub(super) fn finish(&mut self, n: usize, out: &mut Out<'_>) {
        let last = self
            .requests
            .get(n)
            .and_then(|r| r.parts.len().checked_sub(1));
        if let Some(last) = last {
            self.settle(n, last, true, out);
        }
    }

    /// Nothing comes for now.
    pub(super) fn rest(&mut self, out: &mut Out<'_>) {
        if let Some(last) = self.requests.len().checked_sub(1) {
            self.finish(last, out);
        }
    }

    /// Tells a part, if it was not told yet and can be.
    fn settle(&mut self, n: usize, part: usize, whole: bool, out: &mut Out<'_>) {
        let request = &mut self.requests[n];
        let part = &mut request.parts[part];
        if part.told {
            return;
        }
        let text = std::mem::take(&mut part.text);
        let doc = Doc::parse(&text);
        let Some(root) = doc.root() else {
            return;
        };
        let at = Entry {
            micros: request.micros,
            ..Entry::at(part.at)
        };
        let told = part::tell(
            &at,
            &request.id,
            root,
            whole,
            &mut self.known,
            &mut self.calls,
            out,
        );
        if told == Told::Yes {
            part.told = true;
        } else {
            part.text = text;
        }
    }
}

/// A request that has a result gets no more parts.
pub(super) fn is_over(request: Value<'_>) -> bool {
    request
        .get("result")
        .is_some_and(|result| result.is_object())
}
