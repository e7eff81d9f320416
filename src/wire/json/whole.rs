//! Whether a text is one JSON value and nothing else, told from pieces of it that are not held together.

use super::fault::{self, FaultKind};
use super::scan::skip_string;
use super::usual::usual;
use memchr::memchr2;

/// Deepest nesting that is followed. A text that goes deeper is not called a value: nobody can read it.
const DEEPEST: usize = 1_000_000;
/// Longest number or literal that is kept while it is read.
const LONGEST_WORD: usize = 4096;

/// Follows a text. As tolerant as [`Doc`](super::Doc): duplicate keys, numbers of any size, lone surrogates and control
/// characters in strings are for others to report.
#[derive(Debug, Default)]
pub struct Whole {
    /// The open containers; `true` for an object.
    open: Vec<bool>,
    state: State,
    /// A number or literal of which the end was not seen yet.
    word: Vec<u8>,
    utf8: Utf8,
    members: Members,
}

/// Which of the members of JSON-RPC an object has, where a text is one. A key that two pieces share is not seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Members {
    pub id: bool,
    pub method: bool,
    /// `result` or `error`.
    pub answer: bool,
}

/// What was found at the end of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Judged {
    /// It is one JSON value with nothing but white space around it.
    pub json: bool,
    pub utf8: bool,
    pub members: Members,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
enum State {
    #[default]
    Item,
    FirstItem,
    FirstKey,
    Key,
    Colon,
    Comma,
    /// Inside a string that a piece ended in; `key` says what it is.
    String {
        key: bool,
    },
    Escape {
        key: bool,
    },
    Word,
    Broken,
}

impl Whole {
    /// Judges a text that is held in one piece.
    pub fn judge(&mut self, text: &[u8]) -> Judged {
        if std::str::from_utf8(text).is_ok()
            && let Some(members) = usual(text)
        {
            return Judged {
                json: true,
                utf8: true,
                members,
            };
        }
        self.feed(text);
        self.finish()
    }

    /// Goes on with the next piece.
    pub fn feed(&mut self, piece: &[u8]) {
        self.utf8.feed(piece);
        let mut at = 0;
        while at < piece.len() && self.state != State::Broken {
            at = self.step(piece, at);
        }
    }

    /// The judgement; what is fed then is another text.
    pub fn finish(&mut self) -> Judged {
        if self.state == State::Word {
            self.end_word();
        }
        let json = self.state == State::Comma && self.open.is_empty();
        let utf8 = self.utf8.finish();
        self.open.clear();
        self.word.clear();
        self.state = State::Item;
        Judged {
            json: json && utf8,
            utf8,
            members: std::mem::take(&mut self.members),
        }
    }

    /// Takes what stands at `at`, and gives where to go on.
    #[inline]
    fn step(&mut self, piece: &[u8], at: usize) -> usize {
        let byte = piece[at];
        match self.state {
            State::String { key } => return self.in_string(piece, at, key),
            State::Escape { key } => {
                self.state = State::String { key };
                return at + 1;
            }
            State::Word if !ends_word(byte) => return self.in_word(piece, at),
            State::Word => {
                self.end_word();
                return at;
            }
            _ => {}
        }
        if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            return at + 1;
        }
        self.state = match (self.state, byte) {
            (State::Item | State::FirstItem, b'{') => self.opened(true),
            (State::Item | State::FirstItem, b'[') => self.opened(false),
            (State::Item | State::FirstItem, b'"') => return self.string(piece, at, false),
            (State::FirstItem, b']') | (State::FirstKey, b'}') => self.closed(byte == b'}'),
            (State::Item | State::FirstItem, _) if !ends_word(byte) => {
                return self.in_word(piece, at);
            }
            (State::FirstKey | State::Key, b'"') => return self.string(piece, at, true),
            (State::Colon, b':') => State::Item,
            (State::Comma, b',') => match self.open.last() {
                Some(true) => State::Key,
                Some(false) => State::Item,
                None => State::Broken,
            },
            (State::Comma, b'}' | b']') => self.closed(byte == b'}'),
            _ => State::Broken,
        };
        at + 1
    }

    fn opened(&mut self, object: bool) -> State {
        if self.open.len() >= DEEPEST {
            return State::Broken;
        }
        self.open.push(object);
        if object {
            State::FirstKey
        } else {
            State::FirstItem
        }
    }

    fn closed(&mut self, object: bool) -> State {
        if self.open.pop() == Some(object) {
            State::Comma
        } else {
            State::Broken
        }
    }

    /// With `at` on an opening quote.
    #[inline]
    fn string(&mut self, piece: &[u8], at: usize, key: bool) -> usize {
        match skip_string(piece, at) {
            Some((end, _)) => {
                self.state = after_string(key);
                if key && self.open.len() == 1 {
                    self.members.note(&piece[at + 1..end - 1]);
                }
                end
            }
            None => self.in_string(piece, at + 1, key),
        }
    }

    fn in_string(&mut self, piece: &[u8], at: usize, key: bool) -> usize {
        match memchr2(b'"', b'\\', &piece[at..]) {
            None => {
                self.state = State::String { key };
                piece.len()
            }
            Some(step) => {
                let quote = piece[at + step] == b'"';
                self.state = if quote {
                    after_string(key)
                } else {
                    State::Escape { key }
                };
                at + step + 1
            }
        }
    }

    fn in_word(&mut self, piece: &[u8], at: usize) -> usize {
        let end = piece[at..]
            .iter()
            .position(|byte| ends_word(*byte))
            .map_or(piece.len(), |step| at + step);
        if end < piece.len() && self.word.is_empty() {
            // The usual case: all of it is here.
            self.judge_word(&piece[at..end]);
        } else if self.word.len() + (end - at) > LONGEST_WORD {
            self.state = State::Broken;
        } else {
            self.word.extend_from_slice(&piece[at..end]);
            self.state = State::Word;
        }
        end
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        self.judge_word(&word);
        self.word = word;
        self.word.clear();
    }

    fn judge_word(&mut self, word: &[u8]) {
        let good = match word {
            b"true" | b"false" | b"null" => true,
            [b'0'..=b'9'] => true,
            _ => fault::number(word) != Some(FaultKind::Syntax) && word.is_ascii(),
        };
        self.state = if good { State::Comma } else { State::Broken };
    }
}

impl Members {
    pub(super) fn note(&mut self, key: &[u8]) {
        match key {
            b"id" => self.id = true,
            b"method" => self.method = true,
            b"result" | b"error" => self.answer = true,
            _ => {}
        }
    }
}

fn after_string(key: bool) -> State {
    if key { State::Colon } else { State::Comma }
}

#[inline]
fn ends_word(byte: u8) -> bool {
    matches!(byte, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[') || byte.is_ascii_whitespace()
}

/// Whether pieces are UTF-8 together.
#[derive(Debug, Default)]
struct Utf8 {
    /// The first bytes of a character that a piece ended in.
    begun: [u8; 4],
    len: usize,
    broken: bool,
}

impl Utf8 {
    fn feed(&mut self, mut piece: &[u8]) {
        while self.len > 0 && !self.broken {
            let Some((first, rest)) = piece.split_first() else {
                return;
            };
            self.begun[self.len] = *first;
            self.len += 1;
            piece = rest;
            match std::str::from_utf8(&self.begun[..self.len]) {
                Ok(_) => self.len = 0,
                Err(error) => self.broken = error.error_len().is_some(),
            }
        }
        if let Err(error) = std::str::from_utf8(piece) {
            let tail = &piece[error.valid_up_to()..];
            if error.error_len().is_some() || self.broken {
                self.broken = true;
            } else {
                self.begun[..tail.len()].copy_from_slice(tail);
                self.len = tail.len();
            }
        }
    }

    fn finish(&mut self) -> bool {
        let good = !self.broken && self.len == 0;
        *self = Utf8::default();
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;
    use proptest::prelude::*;

    fn judge(text: &[u8]) -> Judged {
        Whole::default().judge(text)
    }

    #[test]
    fn tells_values_from_the_rest() {
        for text in [
            r#"{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":[1,2,{"b":null}]}}"#,
            " [] ",
            "7",
            "1e400",
            "true",
            r#""a\"b""#,
            r#"{"a":1,"a":2}"#,
            r#"["\ud800"]"#,
            "{}\r",
        ] {
            assert!(judge(text.as_bytes()).json, "{text}");
        }
        for text in [
            "",
            " ",
            "{",
            r#"{"a"}"#,
            r#"{"a":1,}"#,
            "[1,]",
            "[1}",
            "{}{}",
            "DEBUG x",
            "trues",
            r#""open"#,
            r#""open\"#,
            "1 2",
            "\0\0{}",
        ] {
            let judged = judge(text.as_bytes());
            assert!(!judged.json && judged.utf8, "{text}");
        }
        let bad = judge(b"{\"a\":\"\xff\"}");
        assert!(!bad.json && !bad.utf8);
        assert!(!judge(&vec![b'['; 3_000_000]).json);
    }

    #[test]
    fn sees_the_members_of_a_message_and_not_of_what_is_in_it() {
        let members = |text: &str| judge(text.as_bytes()).members;
        let request = members(r#"{"jsonrpc":"2.0","id":1,"method":"m","params":{"result":1}}"#);
        assert!(request.id && request.method && !request.answer);
        let answer = members(r#"{"result":{"method":1},"id":1}"#);
        assert!(answer.id && !answer.method && answer.answer);
        assert_eq!(members("[]"), Members::default());
    }

    proptest! {
        #[test]
        fn the_usual_is_judged_as_the_rest_is(text in r#"[\[\]{}:,"\\ 0-9a-eu.tn\u{e9}-]{0,24}"#) {
            let mut slow = Whole::default();
            slow.feed(text.as_bytes());
            let slow = slow.finish();
            prop_assert!(usual(text.as_bytes()).is_none_or(|members| slow.json && members == slow.members));
        }

        #[test]
        fn what_programs_write_is_the_usual(value in values(), blanks in any::<bool>()) {
            let text = value.to_string();
            let text = if blanks { text.replace(",", ", ").replace(":", ": ") } else { text };
            prop_assert!(usual(text.as_bytes()).is_some(), "{}", text);
        }
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<u32>().prop_map(Into::into),
            "[a-z\"\\\\ ]{0,8}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
                prop::collection::vec(("[a-z]{0,5}", inner), 0..5)
                    .prop_map(|pairs| pairs.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    #[test]
    fn it_can_be_used_again() {
        let mut whole = Whole::default();
        assert!(!whole.judge(b"{\"a\":[\"").json);
        assert!(whole.judge(b"{}").json);
        assert!(!whole.judge(b"\xe2\x82").utf8);
        assert!(whole.judge(b"1").json);
    }

    proptest! {
        #[test]
        fn agrees_with_the_reader(text in r#"[\[\]{}:,"\\ 0-9a-eu.tn\u{e9}-]{0,24}"#) {
            prop_assert_eq!(judge(text.as_bytes()).json, Doc::parse(text.as_bytes()).is_whole());
        }

        #[test]
        fn pieces_make_no_difference(
            text in prop::sample::select(vec![
                &b"{\"a\":\"x\\\"\xe2\x82\xac\",\"b\":[-1.5e9,true,{}]}"[..],
                b"{\"a\":\"\xf0\x9f\x98\x80\"} ",
                b"{\"a\":\"\xff\"}",
                b"12345",
                b"[1,2",
            ]),
            cuts in prop::collection::vec(0usize..40, 0..6),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let mut whole = Whole::default();
            for pair in cuts.windows(2) {
                whole.feed(&text[pair[0]..pair[1]]);
            }
            let (pieces, one) = (whole.finish(), judge(text));
            prop_assert_eq!((pieces.json, pieces.utf8), (one.json, one.utf8));
        }
    }
}
