//! Text that may reach a terminal or a file, with a map back to the bytes it was made of.

use std::fmt;
use std::ops::Range;

use super::{Class, width};

/// What a part of [`Shown`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// The text itself: byte for byte what the recording holds.
    Text,
    /// Stands for something that cannot be seen or must not be obeyed. To be styled, because a payload may contain the
    /// letters of a chip.
    Chip(Class),
    /// Harmless and invisible in its place (a no-break space in French, a joiner in Persian): shown as a plain space or
    /// as nothing. [`hidden`](super::hidden) lists it as innocent.
    Quiet(Class),
    /// A line break: `"\n"`, or `⏎` on one line.
    Break,
    /// A tab: spaces, or `⇥` on one line.
    Tab,
}

/// One part of [`Shown`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceRef<'a> {
    pub text: &'a str,
    /// Bytes of [`Shown::as_str`].
    pub out: Range<usize>,
    /// Bytes of the [`Raw`](super::Raw) that it was made of.
    pub src: Range<usize>,
    pub kind: Piece,
}

/// Where a piece starts; it ends where the next one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    out: usize,
    src: usize,
    kind: Piece,
}

/// Untrusted text made visible. Made only by [`reveal`](super::reveal) and what builds on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    text: String,
    starts: Vec<Start>,
    /// Bytes of the raw text that the pieces cover.
    covered: usize,
    /// Bytes of the raw text that came after the limit and are not shown.
    pub more: usize,
}

impl Shown {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn into_string(self) -> String {
        self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Cells of the widest line.
    pub fn width(&self) -> usize {
        self.text.split('\n').map(width).max().unwrap_or(0)
    }

    /// Whether a chip stands in it: something that could not be seen, or was not harmless.
    pub fn has_chips(&self) -> bool {
        self.starts
            .iter()
            .any(|start| matches!(start.kind, Piece::Chip(_)))
    }

    /// The parts in order; together they are the whole text.
    pub fn pieces(&self) -> impl Iterator<Item = PieceRef<'_>> {
        (0..self.starts.len()).map(|at| self.piece(at))
    }

    fn piece(&self, at: usize) -> PieceRef<'_> {
        let start = self.starts[at];
        let (out, src) = match self.starts.get(at + 1) {
            Some(next) => (next.out, next.src),
            None => (self.text.len(), self.covered),
        };
        PieceRef {
            text: &self.text[start.out..out],
            out: start.out..out,
            src: start.src..src,
            kind: start.kind,
        }
    }

    /// Where a span of the raw text stands in [`as_str`](Self::as_str). A span that touches a chip takes all of it.
    pub fn out_range(&self, src: Range<usize>) -> Range<usize> {
        let start = self.out_start(src.start);
        if src.end <= src.start {
            return start..start;
        }
        start..self.out_end(src.end).max(start)
    }

    fn out_start(&self, src: usize) -> usize {
        let at = self.starts.partition_point(|start| start.src <= src);
        if src >= self.covered || at == 0 {
            return if at == 0 { 0 } else { self.text.len() };
        }
        let piece = self.piece(at - 1);
        match piece.kind {
            Piece::Text => self.floor(piece.out.start + (src - piece.src.start)),
            _ => piece.out.start,
        }
    }

    fn out_end(&self, src: usize) -> usize {
        if src >= self.covered {
            return self.text.len();
        }
        let at = self.starts.partition_point(|start| start.src < src);
        if at == 0 {
            return 0;
        }
        let piece = self.piece(at - 1);
        match piece.kind {
            Piece::Text => self.ceil(piece.out.start + (src - piece.src.start)),
            _ => piece.out.end,
        }
    }

    /// What of the raw text a span of [`as_str`](Self::as_str) was made of.
    pub fn src_range(&self, out: Range<usize>) -> Range<usize> {
        let start = self.src_start(out.start);
        if out.end <= out.start {
            return start..start;
        }
        start..self.src_end(out.end).max(start)
    }

    fn src_start(&self, out: usize) -> usize {
        let at = self.starts.partition_point(|start| start.out <= out);
        if out >= self.text.len() || at == 0 {
            return if at == 0 { 0 } else { self.covered };
        }
        let piece = self.piece(at - 1);
        match piece.kind {
            Piece::Text => piece.src.start + (out - piece.out.start),
            _ => piece.src.start,
        }
    }

    fn src_end(&self, out: usize) -> usize {
        if out >= self.text.len() {
            return self.covered;
        }
        let at = self.starts.partition_point(|start| start.out < out);
        if at == 0 {
            return 0;
        }
        let piece = self.piece(at - 1);
        match piece.kind {
            Piece::Text => piece.src.start + (out - piece.out.start),
            _ => piece.src.end,
        }
    }

    fn floor(&self, at: usize) -> usize {
        (0..=at)
            .rev()
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(0)
    }

    fn ceil(&self, at: usize) -> usize {
        (at..self.text.len())
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(self.text.len())
    }

    /// Nothing yet, of a text of which `more` bytes will not be shown.
    pub(super) fn without(more: usize) -> Self {
        Shown {
            more,
            ..Shown::default()
        }
    }

    /// Adds a piece that stands for `src` bytes. Text next to text is one piece.
    pub(super) fn push(&mut self, kind: Piece, text: &str, src: usize) {
        let joins = kind == Piece::Text
            && self
                .starts
                .last()
                .is_some_and(|last| last.kind == Piece::Text);
        if src > 0 && !joins {
            self.starts.push(Start {
                out: self.text.len(),
                src: self.covered,
                kind,
            });
        }
        self.text.push_str(text);
        self.covered += src;
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
