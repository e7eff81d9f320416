//! One finding: a rule that was met, where, and by what evidence.

use super::rank::{Confidence, PlaceKind, Severity};
use super::rules::Rule;
use super::signal::secret;
use crate::session::{RowId, ServerId};
use crate::text::{Raw, RawBuf};
use std::borrow::Cow;
use std::ops::Range;

/// Where in a message the evidence stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub kind: PlaceKind,
    /// JSON pointer inside the object that `kind` names; names in it are already safe to show.
    pub pointer: String,
}

/// A stretch of text that shows what was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The decoded string in which it stands (cut to the surroundings where it is long; secrets already masked).
    pub text: RawBuf,
    /// The bytes of `text` that matter.
    pub span: Range<usize>,
    /// What they speak for, where several signals were weighed.
    pub signal: Option<Signal>,
}

/// One of the signals that made a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signal {
    /// For a sentence that begins "The text …".
    pub says: &'static str,
    /// In tenths, less what was taken off.
    pub weight: u16,
    /// What was taken off, in tenths, and why: a clause.
    pub less: Vec<(u16, &'static str)>,
}

/// Begins the part of an explanation that tells what each signal weighs.
pub(super) const WEIGHTS: &str = " Weights: ";
/// Ends it.
pub(super) const TOGETHER: &str = ". Together ";

/// How much of a long text is kept on each side of the span.
const AROUND: usize = 240;
/// The longest span that is kept.
const LONGEST: usize = 600;

impl Evidence {
    /// Cuts the surroundings of `span` out of `text`.
    pub fn of(text: Raw<'_>, span: Range<usize>) -> Evidence {
        let bytes = text.bytes();
        let end = span
            .end
            .min(bytes.len())
            .min(span.start.saturating_add(LONGEST));
        let start = span.start.min(end);
        let from = character_start(bytes, start.saturating_sub(AROUND)).min(start);
        let to = character_start(bytes, (end + AROUND).min(bytes.len())).max(end);
        Evidence {
            text: Raw::new(&bytes[from..to]).to_buf(),
            span: start - from..end - from,
            signal: None,
        }
    }

    /// The same with secrets masked: their beginning stays, so that they can be told apart.
    pub fn masked(self) -> Evidence {
        let Some((masked, map)) = secret::mask(self.text.as_raw().bytes()) else {
            return self;
        };
        let span = map(self.span.start)..map(self.span.end).max(map(self.span.start));
        Evidence {
            span: span.start.min(masked.len())..span.end.min(masked.len()),
            text: RawBuf::from(masked),
            signal: self.signal,
        }
    }

    /// Private text: the first `keep` bytes of the span stay, the rest is told as a count.
    pub fn shortened(text: Raw<'_>, span: Range<usize>, keep: usize) -> Evidence {
        let whole = text.slice(span.clone());
        let kept = character_start(whole.bytes(), keep.min(whole.len()));
        let mut out = whole.slice(0..kept).bytes().to_vec();
        if whole.len() > kept {
            out.extend_from_slice(
                format!(" •••••••• ({} bytes more)", whole.len() - kept).as_bytes(),
            );
        }
        Evidence {
            span: 0..out.len(),
            signal: None,
            text: RawBuf::from(out),
        }
    }

    /// The span itself.
    pub fn spanned(&self) -> Raw<'_> {
        self.text.as_raw().slice(self.span.clone())
    }
}

/// The nearest offset at or after `at` that does not stand inside a UTF-8 sequence.
fn character_start(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
        at += 1;
    }
    at
}

/// Another message that belongs to a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Related {
    pub row: RowId,
    /// What it did: `read`, `left`, `defined`, `instructed`, `before`, `listed`.
    pub role: &'static str,
}

impl Related {
    /// The message is part of what was found. An earlier, honest definition that a finding compares with is not.
    pub fn takes_part(&self) -> bool {
        !matches!(self.role, "before" | "listed" | "defined")
    }
}

#[derive(Clone, Debug)]
pub struct Finding {
    /// Stable fingerprint: 16 hexadecimal digits over rule, server, tool, place and evidence.
    pub id: String,
    pub rule: &'static Rule,
    pub severity: Severity,
    pub confidence: Confidence,
    /// One line, safe to show.
    pub title: String,
    pub server: Option<ServerId>,
    pub tool: Option<RawBuf>,
    pub place: Place,
    /// The first message that shows it.
    pub row: RowId,
    pub evidence: Vec<Evidence>,
    pub related: Vec<Related>,
    pub explanation: String,
    pub advice: String,
    /// How many times the same thing was found; the further messages are in [`Findings::by_row`].
    ///
    /// [`Findings::by_row`]: super::Findings::by_row
    pub count: u32,
}

impl Finding {
    /// The explanation without what each signal weighs, for where the signals are listed beside it.
    pub fn unweighed(&self) -> Cow<'_, str> {
        let text = self.explanation.as_str();
        // Between the two stand words of the recording, which may say either.
        let part = text.find(WEIGHTS).zip(text.rfind(TOGETHER));
        let listed = self.evidence.iter().any(|one| one.signal.is_some());
        match part.filter(|(start, end)| listed && start < end) {
            Some((start, end)) => Cow::Owned([&text[..start], &text[end + 1..]].concat()),
            None => Cow::Borrowed(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn evidence_keeps_its_span(bytes in prop::collection::vec(any::<u8>(), 0..900), a in 0usize..1000, n in 0usize..1000) {
            let evidence = Evidence::of(Raw::new(&bytes), a..a + n);
            prop_assert!(evidence.span.start <= evidence.span.end && evidence.span.end <= evidence.text.as_raw().len());
            let whole = a.min(bytes.len())..(a + n).min(bytes.len()).min(a.min(bytes.len()) + LONGEST);
            prop_assert_eq!(evidence.spanned().bytes(), &bytes[whole]);
            let masked = evidence.masked();
            prop_assert!(masked.span.end <= masked.text.as_raw().len());
        }
    }
}
