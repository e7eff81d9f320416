//! One captured exchange, and what of it is kept.

use super::url::Target;
use crate::formats::Origin;
use std::borrow::Cow;

/// A request and its answer, as a capture has them.
pub struct Exchange<'a> {
    pub origin: Origin,
    /// When the request was sent, the answer began and the answer ended, in microseconds since the epoch.
    pub started: Option<i64>,
    pub headed: Option<i64>,
    pub ended: Option<i64>,
    pub method: Cow<'a, [u8]>,
    pub target: Target,
    pub sent: Side<'a>,
    /// `None` where there was no answer.
    pub status: Option<u16>,
    pub got: Side<'a>,
    /// Why there was no answer, where the capture says.
    pub failure: Option<Cow<'a, [u8]>>,
}

impl Exchange<'_> {
    /// Whether the headers alone say that the request was a message.
    pub fn is_message_by_header(&self) -> bool {
        self.sent.headers.get("mcp-method").is_some() && self.method.eq_ignore_ascii_case(b"POST")
    }
}

/// One side of an exchange.
#[derive(Default)]
pub struct Side<'a> {
    pub headers: Headers<'a>,
    /// Empty where there was none, and where the capture lost it.
    pub body: Cow<'a, [u8]>,
    /// The length that the capture states beside the body.
    pub size: u64,
    /// The body still has its content coding.
    pub coded: bool,
    /// The capture says that it kept only a part of the body.
    pub cut: bool,
    /// The capture says that it took something out of the body.
    pub redacted: bool,
}

impl Side<'_> {
    /// There was a body, and the capture has it no more.
    pub fn is_lost(&self) -> bool {
        self.body.is_empty() && (self.size > 0 || self.length() > 0)
    }

    /// There was more of the body than so many bytes.
    pub fn is_longer_than(&self, bytes: usize) -> bool {
        let plain = self.headers.get("content-encoding").is_none();
        plain && (bytes as u64) < self.length()
    }

    fn length(&self) -> u64 {
        let digits = self.headers.get("content-length").unwrap_or(b"");
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return 0;
        }
        digits.iter().fold(0u64, |n, b| {
            n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
        })
    }
}

/// The headers that matter. No other is ever held, so that no secret of theirs can be told.
#[derive(Default)]
pub struct Headers<'a>(Vec<Header<'a>>);

/// Name and value.
type Header<'a> = (Cow<'a, [u8]>, Cow<'a, [u8]>);

/// Most headers of one side that are kept.
const MOST: usize = 128;

impl<'a> Headers<'a> {
    pub fn add(&mut self, name: Cow<'a, [u8]>, value: Cow<'a, [u8]>) {
        let kept = [
            "content-type",
            "content-length",
            "content-encoding",
            "www-authenticate",
        ];
        let start = name.get(..4).unwrap_or_default();
        if self.0.len() < MOST
            && (start.eq_ignore_ascii_case(b"mcp-")
                || kept
                    .iter()
                    .any(|one| name.eq_ignore_ascii_case(one.as_bytes())))
        {
            self.0.push((name, value));
        }
    }

    /// The first header of that name (in lower case).
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let mut all = self.0.iter();
        let found = all.find(|(one, _)| one.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| value.trim_ascii())
    }

    /// Name and value of each `Mcp-Param-*`.
    pub fn parameters(&self) -> Vec<(&[u8], &[u8])> {
        const START: &[u8] = b"mcp-param-";
        let is = |name: &[u8]| {
            name.get(..START.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(START))
        };
        let all = self.0.iter().filter(|(name, _)| is(name));
        all.map(|(name, value)| (&name[..], value.trim_ascii()))
            .collect()
    }

    /// Whether MCP alone has such headers.
    pub fn are_mcp(&self) -> bool {
        self.0.iter().any(|(name, _)| {
            name.get(..4)
                .is_some_and(|s| s.eq_ignore_ascii_case(b"mcp-"))
        })
    }

    /// Whether the body is a stream of events.
    pub fn are_of_stream(&self) -> bool {
        let kind = self.get("content-type").unwrap_or(b"");
        let kind = kind.split(|b| *b == b';').next().unwrap_or(b"");
        kind.trim_ascii().eq_ignore_ascii_case(b"text/event-stream")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_kept() {
        let mut headers = Headers::default();
        for (name, value) in [
            ("Authorization", "Bearer x"),
            ("Cookie", "a=b"),
            ("Set-Cookie", "a=b"),
            ("Mcp-Param-Zone", " eu "),
            ("Content-Type", "Text/Event-Stream; charset=utf-8"),
        ] {
            headers.add(name.as_bytes().into(), value.as_bytes().into());
        }
        assert_eq!(headers.0.len(), 2);
        assert_eq!(headers.parameters(), [(&b"Mcp-Param-Zone"[..], &b"eu"[..])]);
        assert!(headers.are_mcp() && headers.are_of_stream());
    }

    #[test]
    fn a_length_without_a_body_is_a_loss() {
        let mut side = Side::default();
        assert!(!side.is_lost());
        side.headers
            .add(b"Content-Length"[..].into(), b"12"[..].into());
        assert!(side.is_lost());
        side.body = b"{}"[..].into();
        assert!(!side.is_lost() && side.is_longer_than(2) && !side.is_longer_than(12));
    }
}
