//! The `endpoint` event of the older HTTP+SSE transport, which tells the client where to post.
//!
//! A relative address leads to the proxy by itself. An absolute one names the upstream, and the client would go there
//! past the proxy (or refuse, because the origin is not the one it asked), so it is written anew. Nothing else in a
//! stream is touched, and nothing but its first event is ever held back.

use super::upstream::Upstream;

/// Longest first event that is held back; it is passed on as it is beyond that.
const LONGEST: usize = 16 << 10;

/// Looks at the beginning of a stream.
pub struct Beginning {
    held: Vec<u8>,
    done: bool,
}

impl Beginning {
    pub fn new() -> Beginning {
        Beginning {
            held: Vec::new(),
            done: false,
        }
    }

    /// Whether everything passes from here on.
    pub fn is_over(&self) -> bool {
        self.done
    }

    /// Takes a piece of the stream and gives what can go on now: nothing, where the first event is not all there.
    pub fn pass(&mut self, piece: &[u8], upstream: &Upstream, ours: &str) -> Vec<u8> {
        self.held.extend_from_slice(piece);
        let lines = Lines::of(&self.held);
        if lines.is_whole {
            self.done = true;
            let mut held = std::mem::take(&mut self.held);
            // One that had another name first went on before its end, if it came in pieces: it passes as it is.
            let address = lines.data.filter(|_| lines.is_endpoint && !lines.is_other);
            if let Some(place) = address
                && let Some(new) = upstream.rewritten(&held[place.clone()], ours)
            {
                held.splice(place, new);
            }
            return held;
        }
        if lines.is_other || self.held.len() > LONGEST {
            self.done = true;
            return std::mem::take(&mut self.held);
        }
        // Comments and empty lines before the event pass at once: they keep connections alive.
        let rest = self.held.split_off(lines.begin);
        std::mem::replace(&mut self.held, rest)
    }

    /// What is still held when the stream ends.
    pub fn rest(&mut self) -> Vec<u8> {
        self.done = true;
        std::mem::take(&mut self.held)
    }
}

/// What is known of a stream's first lines.
#[derive(Default)]
struct Lines {
    /// Where the first event begins, or the line that is not whole yet.
    begin: usize,
    /// The empty line that ends the first event is there.
    is_whole: bool,
    is_endpoint: bool,
    /// The event has another name, or had one before this one.
    is_other: bool,
    /// The value of its only `data` line.
    data: Option<std::ops::Range<usize>>,
}

impl Lines {
    fn of(text: &[u8]) -> Lines {
        let mut found = Lines::default();
        let mut at = if text.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let mut fields = 0;
        while let Some(length) = memchr::memchr2(b'\n', b'\r', &text[at..]) {
            let end = at + length;
            // A carriage return at the very end may be followed by its line feed: both pass as they are.
            let next = end + 1 + usize::from(text[end..].starts_with(b"\r\n"));
            let line = &text[at..end];
            if line.is_empty() && fields > 0 {
                found.is_whole = true;
                return found;
            }
            if !line.is_empty() && line[0] != b':' {
                fields += 1;
                found.field(line, at);
            }
            if fields == 0 {
                found.begin = next;
            }
            at = next;
        }
        found
    }

    fn field(&mut self, line: &[u8], at: usize) {
        let colon = memchr::memchr(b':', line).unwrap_or(line.len());
        let space = usize::from(line[colon..].starts_with(b": "));
        let value = (colon + 1 + space).min(line.len());
        match &line[..colon] {
            b"event" => {
                self.is_endpoint = &line[value..] == b"endpoint";
                self.is_other |= !self.is_endpoint;
            }
            // An address has no line ends in it: of several lines none is rewritten.
            b"data" if self.data.is_some() => self.data = Some(at..at),
            b"data" => self.data = Some(at + value..at + line.len()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pass(pieces: &[&str]) -> Vec<String> {
        let upstream = Upstream::parse("http://127.0.0.1:8000/sse").unwrap();
        let mut beginning = Beginning::new();
        pieces
            .iter()
            .map(|piece| {
                let out = if beginning.is_over() {
                    piece.as_bytes().to_vec()
                } else {
                    beginning.pass(piece.as_bytes(), &upstream, "localhost:7574")
                };
                String::from_utf8(out).unwrap()
            })
            .collect()
    }

    #[test]
    fn an_absolute_endpoint_is_ours() {
        let stream = "event: endpoint\r\ndata: http://127.0.0.1:8000/messages?s=1\r\n\r\n";
        let ours = "event: endpoint\r\ndata: http://localhost:7574/messages?s=1\r\n\r\n";
        assert_eq!(pass(&[stream]), [ours]);
        for cut in 1..stream.len() - 1 {
            let (a, b) = stream.split_at(cut);
            assert_eq!(pass(&[a, b]).concat(), ours, "{cut}");
        }
        assert_eq!(
            pass(&[
                ": hi\n\n",
                "data:http://127.0.0.1:8000/m\nevent:endpoint\n\nevent: x\n",
                "rest"
            ]),
            [
                ": hi\n\n",
                "data:http://localhost:7574/m\nevent:endpoint\n\nevent: x\n",
                "rest"
            ]
        );
    }

    #[test]
    fn everything_else_passes_as_it_is() {
        for stream in [
            "event: endpoint\ndata: /messages?s=1\n\n",
            "event: endpoint\ndata: http://evil.example/m\n\n",
            "event: endpoint\ndata: http://127.0.0.1:8000/m\ndata: x\n\n",
            "data: http://127.0.0.1:8000/m\n\nevent: endpoint\ndata: http://127.0.0.1:8000/m\n\n",
            "event: endpoints\ndata: http://127.0.0.1:8000/m\n\n",
            "data: http://127.0.0.1:8000/m\nevent: x\nevent: endpoint\n\n",
            "\u{feff}: a\r\rid: 1\r\r\n",
        ] {
            assert_eq!(pass(&[stream]), [stream]);
        }
    }

    proptest! {
        #[test]
        fn the_split_does_not_matter(
            stream in "(: c|event: ?(endpoint|x)|data: ?(http://127[.]0[.]0[.]1:8000/m|/m|)|id: 1|\n|\r|\r\n|\n\n){0,12}\n\n",
            cuts in prop::collection::vec(0usize..120, 0..5),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(stream.len())).collect();
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut from = 0;
            for cut in cuts {
                pieces.push(&stream[from..cut]);
                from = cut;
            }
            pieces.push(&stream[from..]);
            let (split, whole) = (pass(&pieces).concat(), pass(&[&stream]).concat());
            prop_assert_eq!(&split, &whole);
            let undone = whole.replace("http://localhost:7574/m", "http://127.0.0.1:8000/m");
            prop_assert_eq!(undone, stream);
        }
    }

    #[test]
    fn nothing_is_held_longer_than_the_name_is_unknown() {
        assert_eq!(
            pass(&[": ping\n", "event: mess", "age\ndata: {", "}\n\n"]),
            [": ping\n", "", "event: message\ndata: {", "}\n\n"]
        );
        let long = format!("data: {}", "x".repeat(LONGEST));
        assert_eq!(pass(&[&long, "y"]), [long.as_str(), "y"]);
    }
}
