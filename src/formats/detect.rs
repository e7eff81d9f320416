//! Which format a file has, by its content.

use super::{FORMATS, Format, Reading};
use crate::wire::json::Doc;

/// How much of a file is looked at.
pub const HEAD: usize = 64 * 1024;

/// The answer of [`detect`].
pub struct Detected {
    /// The best format, if any is sure enough.
    pub format: Option<&'static Format>,
    /// Every format with its score (0 to 100), best first.
    pub scores: Vec<(&'static Format, u8)>,
}

/// Asks every format about the first bytes of a file.
pub fn detect(head: &[u8]) -> Detected {
    let head = &head[..head.len().min(HEAD)];
    let mut scores: Vec<_> = FORMATS
        .iter()
        .map(|format| (*format, (format.score)(head)))
        .collect();
    scores.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    let format = scores
        .first()
        .filter(|(_, score)| *score > 0)
        .map(|(format, _)| *format);
    Detected { format, scores }
}

/// How near the second format must be to be told of.
const DOUBT: u8 = 10;

impl Detected {
    /// The format that it could be as well, by the score.
    pub fn doubt(&self) -> Option<&'static Format> {
        let [(_, first), (second, near), ..] = self.scores[..] else {
            return None;
        };
        (near > 0 && near + DOUBT > first).then_some(second)
    }
}

/// How many lines vote.
const VOTES: usize = 5;

/// The mean score of the first readable lines; noise before the first message does not count, nor does a last line
/// that the window cuts.
pub(super) fn vote(head: &[u8], score: fn(&Doc<'_>) -> u8) -> u8 {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut votes = Vec::new();
    for line in head.split(|b| *b == b'\n') {
        if !matches!(line.trim_ascii_start().first(), Some(b'{' | b'[')) {
            continue;
        }
        let doc = Doc::parse(line);
        let score = score(&doc);
        // A line that is cut or broken may still be recognised, but a document that spans lines may not.
        if doc.is_whole() || score > 0 && doc.nodes().len() > 2 {
            votes.push(u32::from(score));
        }
        if votes.len() == VOTES {
            break;
        }
    }
    let sure = votes.iter().filter(|v| **v > 0).count();
    if votes.is_empty() || sure == 0 {
        return 0;
    }
    (votes.iter().sum::<u32>() / votes.len() as u32).max(1) as u8
}

impl Format {
    /// Whether the format's bytes can be read in place.
    pub fn is_lines(&self) -> bool {
        matches!(self.reading, Reading::Lines(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(head: &[u8]) -> Option<&'static str> {
        detect(head).format.map(|f| f.id)
    }

    #[test]
    fn tells_formats_by_content() {
        let native = br#"{"session_id":"a","server_label":"a","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"ping"}}"#;
        assert_eq!(id(native), Some("native"));
        assert_eq!(
            id(br#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
            Some("json-rpc")
        );
        assert_eq!(
            id(b"Server starting\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"),
            Some("json-rpc")
        );
        assert_eq!(
            id(b"[\n {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},\n {}]"),
            Some("json-array")
        );
        assert_eq!(
            id(b"{\n  \"jsonrpc\": \"2.0\",\n  \"id\": 1,\n  \"method\": \"ping\"\n}"),
            Some("json-array")
        );
        assert_eq!(id(b"\x7fELF\0\0"), None);
        assert_eq!(id(b"just text\n"), None);
    }

    #[test]
    fn a_first_line_longer_than_the_window_is_recognised() {
        let mut line = br#"{"jsonrpc":"2.0","id":1,"result":{"text":""#.to_vec();
        line.resize(HEAD * 2, b'a');
        assert_eq!(id(&line), Some("json-rpc"));
    }
}
