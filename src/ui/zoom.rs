//! One value, all of it, over the whole screen.

use super::body::Key;
use super::code::Passage;
use super::widget::Seen;
use crate::text::{Options, Raw, RawBuf, reveal, wrap};
use crate::wire::json::NodeId;
use std::ops::Range;

/// Bytes of a value that are decoded for it.
pub const MOST: usize = 8 * 1024 * 1024;
/// Bytes that are revealed for one page: wrapping them takes a millisecond or two.
const PAGE: usize = 64 * 1024;
/// Rows that are kept before the evidence.
const CONTEXT: usize = 3;

/// A value that can be shown all of.
#[derive(Clone, Debug, Default)]
pub struct Value {
    pub title: String,
    pub text: RawBuf,
    /// What it is called where it stands: that may say that it is a secret.
    pub key: Option<RawBuf>,
    /// Bytes of it that were not decoded for the screen.
    pub more: usize,
    /// The parts of the text that are evidence.
    pub evidence: Vec<Range<usize>>,
    /// It is a description of bytes, not the text of the value.
    pub described: bool,
    /// It is bytes with their offsets.
    pub dumped: bool,
    /// It is JSON with line breaks.
    pub spaced: bool,
    /// The body that it is of, and the value there.
    pub at: Option<(Key, NodeId)>,
}

impl Value {
    /// Whether the secrets in it were masked when it was made.
    pub fn is_dumped(&self) -> bool {
        self.dumped || self.described
    }

    /// Its text with the secrets in it masked.
    pub fn masked(&self) -> Seen<'_> {
        Seen::member_masked(self.key.as_ref().map(RawBuf::as_raw), self.text.as_raw())
    }
}

#[derive(Clone, Debug)]
pub struct Zoom {
    pub value: Value,
    /// The text with its secrets masked, if there are any.
    masked: Option<Seen<'static>>,
    page: usize,
    /// First line that is seen.
    pub scroll: usize,
}

impl Zoom {
    pub fn new(value: Value) -> Zoom {
        let masked = value.masked();
        let masked = masked.is_masked().then(|| masked.into_owned());
        Zoom {
            value,
            masked,
            page: 0,
            scroll: 0,
        }
    }

    /// What it is known by where texts are painted.
    pub fn code(&self, masks: bool) -> Option<Passage> {
        let (of, node) = self
            .value
            .at
            .filter(|_| !self.value.dumped && !self.value.described)?;
        Some(Passage {
            of,
            node,
            masks,
            spaced: self.value.spaced,
        })
    }

    /// Whether it holds secrets.
    pub fn has_secrets(&self) -> bool {
        self.masked.is_some()
    }

    pub fn page(&self) -> usize {
        self.page
    }

    pub fn pages(&self, masks: bool) -> usize {
        self.text(masks).len().div_ceil(PAGE).max(1)
    }

    fn text(&self, masks: bool) -> Raw<'_> {
        match &self.masked {
            Some(seen) if masks => seen.raw(),
            _ => self.value.text.as_raw(),
        }
    }

    /// The text of the page, and what is evidence in it.
    pub fn part(&self, masks: bool) -> (Raw<'_>, Vec<Range<usize>>) {
        let text = self.text(masks);
        let page = page_of(text, self.page);
        let placed = |span: &Range<usize>| match &self.masked {
            Some(seen) if masks => seen.range(span.clone()),
            _ => span.clone(),
        };
        let here = |span: Range<usize>| {
            let (start, end) = (span.start.max(page.start), span.end.min(page.end));
            (start < end).then(|| start - page.start..end - page.start)
        };
        let evidence = self.value.evidence.iter().map(placed).filter_map(here);
        (text.slice(page.clone()), evidence.collect())
    }

    /// Turns to another page, if there is one.
    pub fn turn(&mut self, forward: bool, masks: bool) {
        let page = if forward {
            self.page + 1
        } else {
            self.page.wrapping_sub(1)
        };
        if page < self.pages(masks) {
            self.page = page;
            self.scroll = 0;
        }
    }

    /// Shows the first evidence, on a screen of this size.
    pub fn to_evidence(&mut self, size: (u16, u16), masks: bool) {
        let first = (0..self.pages(masks)).find(|page| {
            self.page = *page;
            !self.part(masks).1.is_empty()
        });
        self.page = first.unwrap_or(0);
        self.scroll = 0;
        let (text, evidence) = self.part(masks);
        let Some(start) = evidence.iter().map(|span| span.start).min() else {
            return;
        };
        let shown = reveal(text, &Options::default());
        let rows = wrap(&shown, usize::from(size.0.saturating_sub(2)).max(1));
        let start = shown.out_range(start..start + 1).start;
        let row = rows.partition_point(|row| row.end <= start);
        if row + CONTEXT >= usize::from(size.1.saturating_sub(3)) {
            self.scroll = row.saturating_sub(CONTEXT);
        }
    }
}

/// The bytes of a page, cut where no character is split.
fn page_of(text: Raw, page: usize) -> Range<usize> {
    let bytes = text.bytes();
    let edge = |at: usize| {
        (at.saturating_sub(4)..=at.min(bytes.len()))
            .rev()
            .find(|at| bytes.get(*at).is_none_or(|b| *b & 0xc0 != 0x80))
    };
    edge(page * PAGE).unwrap_or(0)..edge((page + 1) * PAGE).unwrap_or(bytes.len())
}
