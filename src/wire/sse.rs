//! Server-sent events, read as they pass and at any split (WHATWG HTML, 9.2.6 "Interpreting an event stream").

/// What the data of an event is gathered in.
pub trait Gather: Default {
    fn push(&mut self, piece: &[u8]);
}

impl Gather for Vec<u8> {
    fn push(&mut self, piece: &[u8]) {
        self.extend_from_slice(piece);
    }
}

/// One event, as a client would be given it.
#[derive(Default)]
pub struct Event<D = Vec<u8>> {
    /// The `event` field; `None` where the event has none and is a `message` therefore.
    pub name: Option<Vec<u8>>,
    pub id: Option<Vec<u8>>,
    /// The lines of its `data`, joined by line feeds.
    pub data: D,
    has_data: bool,
}

impl<D> Event<D> {
    fn is_there(&self) -> bool {
        self.has_data || self.name.is_some() || self.id.is_some()
    }

    pub fn is_endpoint(&self) -> bool {
        self.name.as_deref() == Some(b"endpoint")
    }
}

/// What is kept of an event's name and of its id.
const LONGEST_WORD: usize = 4096;

/// The reader of one stream.
#[derive(Default)]
pub struct Events<D = Vec<u8>> {
    at: At,
    event: Event<D>,
    /// The field's name so far.
    field: Vec<u8>,
    /// Lines that began with a colon: comments, which servers send to keep a connection alive.
    comments: u64,
    events: u64,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum At {
    /// The byte order mark that the stream may begin with; so many bytes of it were there.
    #[default]
    Start,
    Mark(u8),
    /// The beginning of a line.
    Line,
    /// The same, after a carriage return: a line feed belongs to it.
    Returned,
    Field,
    /// Directly after the colon: one space there is not part of the value.
    Colon(Field),
    Value(Field),
    Comment,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Data,
    Event,
    Id,
    /// `retry`, and whatever else there is.
    Other,
}

const MARK: &[u8; 3] = b"\xef\xbb\xbf";

impl<D: Gather> Events<D> {
    /// Reads on. `whole` is given each event when the empty line behind it was read.
    pub fn feed(&mut self, mut bytes: &[u8], whole: &mut dyn FnMut(Event<D>)) {
        while let Some(&byte) = bytes.first() {
            let taken = self.step(byte, bytes, whole);
            bytes = &bytes[taken..];
        }
    }

    /// The event that the stream ended in. No client is given it.
    pub fn finish(&mut self) -> Option<Event<D>> {
        let event = std::mem::take(&mut self.event);
        event.is_there().then_some(event)
    }

    /// Comments so far.
    pub fn comments(&self) -> u64 {
        self.comments
    }

    /// Events so far.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Takes one byte, or a whole run of a value. Gives how many were taken.
    fn step(&mut self, byte: u8, bytes: &[u8], whole: &mut dyn FnMut(Event<D>)) -> usize {
        match self.at {
            At::Start if byte == MARK[0] => self.at = At::Mark(1),
            At::Mark(n) if byte == MARK[usize::from(n)] => {
                self.at = if n == 2 { At::Line } else { At::Mark(n + 1) };
            }
            At::Mark(_) => {
                // No mark after all: the bytes began a field that nobody knows.
                self.field = MARK[..1].to_vec();
                self.at = At::Field;
                return 0;
            }
            At::Start => {
                self.at = At::Line;
                return 0;
            }
            At::Returned => {
                self.at = At::Line;
                return usize::from(byte == b'\n');
            }
            At::Line => match byte {
                b'\n' | b'\r' => self.end_event(byte, whole),
                b':' => {
                    self.comments += 1;
                    self.at = At::Comment;
                }
                _ => {
                    self.field.clear();
                    self.at = At::Field;
                    return 0;
                }
            },
            At::Field => match byte {
                b'\n' | b'\r' => {
                    let field = self.begin_field();
                    self.value(field, b"");
                    self.end_line(byte);
                }
                b':' => self.at = At::Colon(self.begin_field()),
                // One more than the longest known name, so that a longer one is not taken for it.
                _ if self.field.len() < 6 => self.field.push(byte),
                _ => {}
            },
            At::Colon(field) => {
                self.at = At::Value(field);
                return usize::from(byte == b' ');
            }
            At::Value(_) | At::Comment => {
                let run = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
                if run == 0 {
                    self.end_line(byte);
                    return 1;
                }
                if let At::Value(field) = self.at {
                    self.value(field, &bytes[..run]);
                }
                return run;
            }
        }
        1
    }

    fn end_line(&mut self, byte: u8) {
        self.at = if byte == b'\r' {
            At::Returned
        } else {
            At::Line
        };
    }

    fn begin_field(&mut self) -> Field {
        let event = &mut self.event;
        match self.field.as_slice() {
            b"data" => {
                if event.has_data {
                    event.data.push(b"\n");
                }
                event.has_data = true;
                Field::Data
            }
            b"event" => {
                event.name = Some(Vec::new());
                Field::Event
            }
            b"id" => {
                event.id = Some(Vec::new());
                Field::Id
            }
            _ => Field::Other,
        }
    }

    /// A piece of the value of the field that is open.
    fn value(&mut self, field: Field, piece: &[u8]) {
        let word = match field {
            Field::Data => return self.event.data.push(piece),
            Field::Event => &mut self.event.name,
            Field::Id => &mut self.event.id,
            Field::Other => return,
        };
        let word = word.get_or_insert_default();
        let room = LONGEST_WORD.saturating_sub(word.len());
        word.extend_from_slice(&piece[..piece.len().min(room)]);
    }

    fn end_event(&mut self, byte: u8, whole: &mut dyn FnMut(Event<D>)) {
        self.end_line(byte);
        let event = std::mem::take(&mut self.event);
        if event.is_there() {
            self.events += 1;
            whole(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Told = (Option<String>, Option<String>, String);

    fn told(event: &Event) -> Told {
        let text = |word: &Option<Vec<u8>>| {
            word.as_ref()
                .map(|w| String::from_utf8_lossy(w).into_owned())
        };
        let data = String::from_utf8_lossy(&event.data).into_owned();
        (text(&event.name), text(&event.id), data)
    }

    fn read(pieces: &[&[u8]]) -> (Vec<Told>, Events) {
        let (mut all, mut events) = (Vec::new(), Events::<Vec<u8>>::default());
        for piece in pieces {
            events.feed(piece, &mut |event| all.push(told(&event)));
        }
        (all, events)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.into())
    }

    #[test]
    fn reads_events() {
        let (all, events) = read(&[
            b"\xef\xbb\xbf: hello\nevent: message\nid: 7\ndata: {\"a\":\ndata:  1}\n\n:\n\nid:8\r\ndata:\r\n\r\nretry: 10\n\ndata\rdata\r\rdata: x\n",
        ]);
        assert_eq!(
            all,
            [
                (some("message"), some("7"), "{\"a\":\n 1}".into()),
                (None, some("8"), String::new()),
                (None, None, "\n".into()),
            ]
        );
        assert_eq!((events.comments(), events.events()), (2, 3));
    }

    #[test]
    fn an_event_that_was_cut_off_is_kept_apart() {
        let (all, mut events) = read(&[b"data: 1\n\nevent: message\ndata: {\"cut"]);
        assert_eq!(all, [(None, None, "1".into())]);
        let rest = events.finish().unwrap();
        assert_eq!(told(&rest), (some("message"), None, "{\"cut".into()));
        assert!(events.finish().is_none());
    }

    #[test]
    fn fields_that_only_begin_like_known_ones_are_none() {
        let (all, _) =
            read(&[b"\xefdata: 0\ndatatata: 1\ndat: 2\nidx: 3\n data: 4\n\ndata : 5\n\n"]);
        assert_eq!(all, []);
    }

    proptest! {
        #[test]
        fn the_split_does_not_matter(
            text in "(\\PC{0,2}|data|event|id|: ?|\r|\n|\r\n|\n\n){0,40}",
            cuts in prop::collection::vec(0usize..200, 0..6),
        ) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(bytes.len())).collect();
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut from = 0;
            for cut in cuts {
                pieces.push(&bytes[from..cut]);
                from = cut;
            }
            pieces.push(&bytes[from..]);
            prop_assert_eq!(read(&pieces).0, read(&[bytes]).0);
        }
    }
}
