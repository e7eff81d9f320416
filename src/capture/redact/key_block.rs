//! Armoured private keys, whose end is looked for, not matched.

use super::table::Found;
use memchr::memmem;
use std::ops::Range;

/// Longest armoured key.
const LONGEST: usize = 64 << 10;
/// The keyword and the name of the rule.
pub const KEY_HEAD: &str = "private key";
const RULE: &str = "private-key";
const END: &[u8] = b"-----END ";
/// Least letters and digits of a key.
const LEAST: usize = 32;

/// Looks for the keys of a text, in order. What was read for one is not read again for the next, however many seem to
/// begin.
pub struct KeyBlocks<'t> {
    text: &'t [u8],
    /// The first end behind the last head; the length of the text where there is none.
    end: usize,
    /// Where the last key ended that has an end: heads before it belong to it.
    done: usize,
    /// What is known to look like a key all along.
    armour: Range<usize>,
}

impl<'t> KeyBlocks<'t> {
    pub fn of(text: &'t [u8]) -> KeyBlocks<'t> {
        KeyBlocks {
            text,
            end: 0,
            done: 0,
            armour: 0..0,
        }
    }

    /// The key around the words of its head: to its last line, or as far as it looks like one. Heads are asked for in the
    /// order of the text.
    pub fn around(&mut self, head: Range<usize>) -> Option<Found<'static>> {
        let text = self.text;
        if head.start < self.done {
            return None;
        }
        let before = &text[head.start.saturating_sub(48)..head.start];
        let begin = memmem::rfind(before, b"-----BEGIN ")?;
        let begin = head.start - before.len() + begin;
        let rest = &text[head.end..];
        let block = if rest.starts_with(b" BLOCK") { 6 } else { 0 };
        rest[block..].strip_prefix(b"-----")?;
        let body = head.end + block + 5;
        let limit = text.len().min(head.end + LONGEST);
        if self.end < body {
            let ahead = memmem::find(&text[body..], END);
            self.end = ahead.map_or(text.len(), |step| body + step);
        }
        let (last, end) = if self.end + END.len() <= limit {
            let tail = self.end + END.len();
            let dashes = memmem::find(&text[tail..limit.min(tail + 64)], b"-----");
            (self.end, tail + dashes.map_or(0, |at| at + 5))
        } else {
            let end = self.armoured(body, limit);
            (end, end)
        };
        let letters = text[body..last]
            .iter()
            .filter(|b| b.is_ascii_alphanumeric());
        if letters.take(LEAST).count() < LEAST {
            return None;
        }
        if last < end {
            self.done = end;
        }
        Some(Found {
            range: begin..end,
            rule: RULE,
        })
    }

    /// How far what begins at `from` looks like a key, `limit` at most.
    fn armoured(&mut self, from: usize, limit: usize) -> usize {
        let known = if self.armour.contains(&from) {
            self.armour.clone()
        } else {
            from..from
        };
        let looks = |b: &&u8| {
            b.is_ascii_alphanumeric() || b.is_ascii_whitespace() || b"+/=\\:,.-()".contains(b)
        };
        let more = self.text[known.end.min(limit)..limit]
            .iter()
            .take_while(looks);
        let end = known.end.min(limit) + more.count();
        self.armour = known.start..end.max(known.end);
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Range<usize>> {
        let mut blocks = KeyBlocks::of(text.as_bytes());
        text.match_indices("PRIVATE KEY")
            .filter_map(|(at, head)| blocks.around(at..at + head.len()))
            .map(|found| found.range)
            .collect()
    }

    const HEAD: &str = "-----BEGIN PRIVATE KEY-----";
    const LETTERS: &str = "MIIEpAIBAAKCAQEA1c7z5Pad7OejecsQ0bu3";

    #[test]
    fn a_key_goes_to_its_end() {
        let key = format!("{HEAD}{LETTERS}-----END PRIVATE KEY-----");
        let text = format!("a {key} b {key} c");
        let first = 2..2 + key.len();
        let second = first.end + 3..first.end + 3 + key.len();
        assert_eq!(blocks(&text), [first, second]);
        let open = format!("{HEAD}{LETTERS}\" and more");
        let whole = 0..open.len() - 10;
        assert_eq!(blocks(&open).as_slice(), std::slice::from_ref(&whole));
        assert!(blocks(&format!("{HEAD}short\"")).is_empty());
    }

    #[test]
    fn a_key_behind_heads_without_an_end_goes_whole() {
        let key = format!("{HEAD}{LETTERS}-----END PRIVATE KEY-----");
        let text = format!("{}{}{key} c", HEAD.repeat(10), "a".repeat(LONGEST));
        let found = blocks(&text);
        assert_eq!(found.last().map(|range| range.end), Some(text.len() - 2));
        let text = HEAD.repeat(20_000);
        assert_eq!(
            blocks(&text).last().map(|range| range.end),
            Some(text.len())
        );
    }
}
