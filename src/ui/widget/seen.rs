//! What of a text may be shown: the secrets in it are masked until they are asked for. Everything of a recording that
//! is drawn goes through here, so that no view can forget to.

use super::text::Lit;
use crate::analysis::signal::secret::{self, MASK};
use crate::text::Raw;
use crate::ui::theme::Theme;
use std::borrow::Cow;
use std::ops::Range;

/// Shorter texts hold no secret.
const SHORTEST: usize = 12;
/// The longest value that may be known as a secret by its name.
const NAMED: usize = 256;

/// A text as it may be shown.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    text: Cow<'a, [u8]>,
    masks: Vec<Mask>,
}

/// A part that is not shown.
#[derive(Clone, Debug)]
struct Mask {
    /// Where it stands in the text.
    was: Range<usize>,
    /// Where its mask stands in what is shown.
    is: Range<usize>,
}

impl<'a> Seen<'a> {
    /// A text as the theme lets it be seen.
    pub fn of(raw: Raw<'a>, theme: &Theme) -> Seen<'a> {
        match theme.masks {
            true => Seen::masked(raw),
            false => Seen::spelled(raw),
        }
    }

    /// The value of a member: what it is called may say that it is a secret.
    pub fn member(key: Option<Raw>, raw: Raw<'a>, theme: &Theme) -> Seen<'a> {
        match theme.masks {
            true => Seen::member_masked(key, raw),
            false => Seen::spelled(raw),
        }
    }

    /// A text with all secrets in it masked.
    pub fn masked(raw: Raw<'a>) -> Seen<'a> {
        match raw.len() < SHORTEST {
            true => Seen::spelled(raw),
            false => Seen::without(raw, secret::hidden(raw.bytes())),
        }
    }

    /// [`member`](Self::member), whatever a theme says.
    pub fn member_masked(key: Option<Raw>, raw: Raw<'a>) -> Seen<'a> {
        let Some(key) = key.filter(|key| !key.is_empty() && raw.len().max(key.len()) <= NAMED)
        else {
            return Seen::masked(raw);
        };
        let before = key.len() + 1;
        let named = [key.bytes(), b"=", raw.bytes()].concat();
        let hidden = secret::hidden(&named).into_iter();
        let hidden = hidden
            .filter(|range| range.end > before)
            .map(|range| range.start.saturating_sub(before)..range.end - before);
        Seen::without(raw, hidden.collect())
    }

    /// A text as it is.
    pub fn spelled(raw: Raw<'a>) -> Seen<'a> {
        Seen {
            text: Cow::Borrowed(raw.bytes()),
            masks: Vec::new(),
        }
    }

    fn without(raw: Raw<'a>, hidden: Vec<Range<usize>>) -> Seen<'a> {
        if hidden.is_empty() {
            return Seen::spelled(raw);
        }
        let bytes = raw.bytes();
        let mut text = Vec::with_capacity(bytes.len());
        let mut masks = Vec::with_capacity(hidden.len());
        let mut at = 0;
        for was in hidden {
            text.extend_from_slice(&bytes[at..was.start]);
            let start = text.len();
            text.extend_from_slice(MASK.as_bytes());
            at = was.end;
            let is = start..text.len();
            masks.push(Mask { was, is });
        }
        text.extend_from_slice(&bytes[at..]);
        Seen {
            text: Cow::Owned(text),
            masks,
        }
    }

    pub fn raw(&self) -> Raw<'_> {
        Raw::new(&self.text)
    }

    pub fn is_masked(&self) -> bool {
        !self.masks.is_empty()
    }

    pub fn into_owned(self) -> Seen<'static> {
        Seen {
            text: Cow::Owned(self.text.into_owned()),
            masks: self.masks,
        }
    }

    /// Where a span of the text stands in what is shown. One that begins or ends in a mask takes in all of the mask.
    pub fn range(&self, span: Range<usize>) -> Range<usize> {
        carried(span, self.masks.iter().map(|mask| (&mask.was, &mask.is)))
    }

    /// Spans of the text, where they stand in what is shown.
    pub fn lit<'l>(&self, lit: &'l [Lit]) -> Cow<'l, [Lit]> {
        if self.masks.is_empty() {
            return Cow::Borrowed(lit);
        }
        let placed = lit.iter().map(|lit| Lit {
            span: self.range(lit.span.clone()),
            style: lit.style,
        });
        Cow::Owned(placed.collect())
    }

    /// The part of the text that stands at a range of what is shown.
    pub fn original(&self, shown: Range<usize>) -> Range<usize> {
        carried(shown, self.masks.iter().map(|mask| (&mask.is, &mask.was)))
    }
}

/// A span of one text in another, which differs in some parts: for each, where it stands in the one and in the other.
fn carried<'m>(
    span: Range<usize>,
    parts: impl Iterator<Item = (&'m Range<usize>, &'m Range<usize>)>,
) -> Range<usize> {
    let (mut start, mut end) = (span.start, span.end);
    for (from, to) in parts {
        let past = |at: usize| at - from.end + to.end;
        if span.start >= from.end {
            start = past(span.start);
        } else if span.start >= from.start {
            start = to.start;
        }
        if span.end > from.end {
            end = past(span.end);
        } else if span.end > from.start {
            end = to.end;
        }
    }
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    #[test]
    fn spans_are_found_again_beside_and_over_a_mask() {
        let text = format!("use {TOKEN} and {TOKEN} now");
        let seen = Seen::masked(Raw::from(text.as_str()));
        assert_eq!(seen.raw(), *"use ghp_•••••••• and ghp_•••••••• now");
        let shown = |span: Range<usize>| seen.raw().slice(seen.range(span)).to_buf();
        assert_eq!(shown(0..3).as_raw(), *"use");
        assert_eq!(shown(4..4 + TOKEN.len()).as_raw(), *"ghp_••••••••");
        assert_eq!(shown(20..30).as_raw(), *"••••••••");
        assert_eq!(shown(text.len() - 3..text.len()).as_raw(), *"now");
        for span in [0..3, 4..4 + TOKEN.len(), text.len() - 3..text.len()] {
            assert_eq!(seen.original(seen.range(span.clone())), span);
        }
    }

    #[test]
    fn a_value_is_known_by_its_name_too() {
        let value = Raw::from("Zt7Lw2RbN8YcD4kQ9vXw7Rz2L");
        assert!(!Seen::masked(value).is_masked());
        let seen = Seen::member_masked(Some(Raw::from("api_key")), value);
        assert_eq!(seen.raw(), *"Zt7L••••••••");
        let seen = Seen::member_masked(Some(Raw::from("city")), value);
        assert!(!seen.is_masked());
        let seen = Seen::member_masked(Some(Raw::from("note")), Raw::from(TOKEN));
        assert_eq!(seen.raw(), *"ghp_••••••••");
    }
}
