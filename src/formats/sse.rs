//! A stream of server-sent events that was saved as it came.

use super::text_log;
use super::told::{Fact, Line, Log, Origin, Transport};
use super::{Class, Entry, Format, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::sse::{Event, Events};

pub static FORMAT: Format = Format {
    id: "sse",
    title: "saved stream of server-sent events",
    class: Class::WireComplete,
    signs: "lines `event: …` and `data: {\"jsonrpc\"…}`",
    score,
    reading: Reading::Log(|_| Box::<Stream>::default()),
};

const FIELDS: [&[u8]; 5] = [b"event:", b"data:", b"id:", b"retry:", b":"];

fn score(head: &[u8]) -> u8 {
    let is_field = |line: &[u8]| FIELDS.iter().any(|field| line.starts_with(field));
    let (fields, all) = text_log::count(head, is_field);
    let (ours, _) = text_log::count(head, |line| {
        line.strip_prefix(b"data:").is_some_and(|data| {
            let message = data.trim_ascii_start().first() == Some(&b'{');
            message && memchr::memmem::find(data, b"\"jsonrpc\"").is_some()
        }) || line.strip_prefix(b"event:").map(<[u8]>::trim_ascii) == Some(b"endpoint")
    });
    match ours {
        // The head of the answer may stand before it.
        1.. if fields * 2 >= all => 85,
        _ => 0,
    }
}

#[derive(Default)]
struct Stream {
    events: Events<Vec<u8>>,
    /// The lines of the event that is open.
    origin: Option<Origin>,
}

impl Log for Stream {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let blank = line.text.is_empty();
        let is_field = FIELDS[..4].iter().any(|field| line.text.starts_with(field));
        if !blank && !is_field && !matches!(line.text, b"data" | b"id" | b"event" | b"retry") {
            // A comment, or the head of the answer.
            return out.skip();
        }
        if !blank {
            let begun = self.origin.get_or_insert(line.origin);
            *begun = begun.to(line.origin);
        }
        let mut whole = None;
        for piece in [line.text, b"\n"] {
            self.events.feed(piece, &mut |event| whole = Some(event));
        }
        if blank {
            let origin = self.origin.take();
            if let (Some(event), Some(origin)) = (whole, origin) {
                tell(origin, &event, out);
            }
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        let event = self.events.finish();
        if let (Some(event), Some(origin)) = (event, self.origin.take()) {
            tell(origin, &event, out);
        }
    }
}

fn tell(origin: Origin, event: &Event, out: &mut Out<'_>) {
    out.note("It has no times, and only what the server sent.");
    let entry = Entry {
        transport: Transport::Http,
        ..Entry::at(origin)
    };
    if event.is_endpoint() {
        let facts = [("endpoint", Fact::Text(&event.data))];
        return out.event(&entry, "connected", &facts);
    }
    match event.data.trim_ascii() {
        // The first event of a stream, which only has an id to go on from.
        b"" => out.skip(),
        data => out.message(&entry, Some(Direction::S2c), data),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    #[test]
    fn each_event_is_a_message() {
        let stream = "HTTP/1.1 200 OK\r\n\r\nevent: endpoint\r\ndata: /messages?s=1\r\n\r\n: ping\r\n\r\nid: 0\r\ndata:\r\n\r\n\
            event: message\r\nid: 1\r\ndata: {\"jsonrpc\":\"2.0\",\r\ndata: \"id\":1.0,\"result\":{}}\r\n\r\n\
            data: not JSON\r\n\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}";
        let (lines, notes) = told(&FORMAT, stream.as_bytes(), &Known::default());
        let ends: Vec<_> = lines
            .iter()
            .map(|line| &line[line.find("\"direction\"").unwrap()..])
            .collect();
        assert_eq!(
            ends,
            [
                r#""direction":"meta","transport":"http","raw":{"event":"connected","endpoint":"/messages?s=1"}}"#,
                r#""direction":"s2c","transport":"http","raw":{"jsonrpc":"2.0","id":1.0,"result":{}}}"#,
                r#""direction":"s2c","transport":"http","text":"not JSON"}"#,
                r#""direction":"s2c","transport":"http","raw":{"jsonrpc":"2.0","method":"x"}}"#,
            ]
        );
        assert_eq!(notes.len(), 1);
        assert_eq!(score(stream.as_bytes()), 85);
        assert_eq!(score(b"data: {\"choices\":[]}\n\n"), 0);
        assert_eq!(score(b""), 0);
    }
}
