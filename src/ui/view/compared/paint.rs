//! The rows of a comparison as they are drawn.

use super::rows::{Piece, Row, Rows, Spread, cells, revealed, text_of};
use crate::session::compare::text::Side;
use crate::text::{Shown, wrap};
use crate::ui::compared::Made;
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::view::terms;
use crate::ui::widget::Line;
use crate::ui::widget::text::{Lit, styled};
use std::ops::Range;

/// Lines that were revealed last: the rows of a line follow each other.
const KEPT: usize = 4;

type Of = (usize, usize, bool, Side);

pub struct Painter<'a> {
    made: &'a Made,
    rows: &'a Rows,
    spread: &'a Spread,
    theme: &'a Theme,
    lines: Vec<(Of, Shown, Vec<Range<usize>>)>,
}

impl<'a> Painter<'a> {
    pub fn new(made: &'a Made, rows: &'a Rows, spread: &'a Spread, theme: &'a Theme) -> Self {
        Painter {
            made,
            rows,
            spread,
            theme,
            lines: Vec::new(),
        }
    }

    pub fn line(&mut self, row: &Row) -> Line {
        match row {
            Row::Ready(line) => line.clone(),
            Row::Text(piece) => {
                let mut line = Line::of("  ", self.theme.style(Scope::UiText));
                line.append(self.piece(*piece, cells(self.spread.width, false)));
                line
            }
            Row::Beside(left, right) => self.beside(*left, *right),
            Row::Fold(_, _, count) => {
                let glyph = self.theme.glyph(Glyph::TreeClosed);
                let told = terms::counted(*count, "line is the same", "lines are the same");
                let style = self.theme.style(Scope::DiffHunk);
                Line::of(format!("  {glyph} {told}"), style)
            }
        }
    }

    fn beside(&mut self, left: Option<Piece>, right: Option<Piece>) -> Line {
        let column = cells(self.spread.width, true);
        let mut line = Line::of("  ", self.theme.style(Scope::UiText));
        let mut used = 0;
        if let Some(piece) = left {
            let left = self.piece(piece, column);
            used = left.width();
            line.append(left);
        }
        let pad = " ".repeat((column + 2).saturating_sub(used));
        line.push(pad, self.theme.style(Scope::UiText));
        let border = self.theme.glyph(Glyph::BorderVertical);
        line.push(format!(" {border} "), self.theme.style(Scope::UiBorder));
        if let Some(piece) = right {
            let right = self.piece(piece, column);
            line.append(right);
        }
        line
    }

    /// A row of a line behind its sign, evidence and changed words lit.
    fn piece(&mut self, piece: Piece, cells: usize) -> Line {
        let made = self.made;
        let texts = &made.texts[piece.difference];
        let line = &texts.diff.lines[piece.line];
        let (sign, base, word) = match line.side {
            Side::Same => (" ", Scope::DiffContext, Scope::DiffContext),
            Side::Old => ("-", Scope::DiffDel, Scope::DiffDelWord),
            Side::New => ("+", Scope::DiffAdd, Scope::DiffAddWord),
        };
        let sign = if piece.part == 0 { sign } else { " " };
        let base = self.theme.style(base);
        let mut out = Line::of(format!("{sign} "), base);
        out.masked = texts.masked;
        // The new text's evidence, what was only moved, and the words that changed; the first counts.
        let here = |span: &Range<usize>| {
            let (start, end) = (
                span.start.max(line.at.start).min(line.at.end),
                span.end.min(line.at.end),
            );
            (start < end).then(|| start - line.at.start..end - line.at.start)
        };
        let lit = |spans: &mut dyn Iterator<Item = &Range<usize>>, scope: Scope| -> Vec<Lit> {
            let style = self.theme.style(scope);
            spans
                .filter_map(here)
                .map(|span| Lit { span, style })
                .collect()
        };
        let evidence = self.rows.lit.get(piece.difference);
        let evidence = evidence.filter(|_| line.side != Side::Old);
        let moved = &texts.diff.moved;
        let mut spans = match evidence {
            Some(evidence) => lit(&mut evidence.iter(), Scope::Evidence),
            None => Vec::new(),
        };
        spans.extend(match line.side {
            Side::Same => Vec::new(),
            Side::Old => lit(&mut moved.iter().map(|(from, _)| from), Scope::DiffHunk),
            Side::New => lit(&mut moved.iter().map(|(_, to)| to), Scope::DiffHunk),
        });
        spans.extend(lit(&mut line.words.iter(), word));
        let theme = self.theme;
        let (shown, parts) = self.revealed(piece, cells);
        if let Some(part) = parts.get(piece.part) {
            out.append(styled(shown, part.clone(), &spans, base, theme));
        }
        out
    }

    fn revealed(&mut self, piece: Piece, cells: usize) -> (&Shown, &[Range<usize>]) {
        let made = self.made;
        let texts = &made.texts[piece.difference];
        let line = &texts.diff.lines[piece.line];
        let of = (piece.difference, piece.line, piece.exact, line.side);
        let place = self.lines.iter().position(|(own, ..)| *own == of);
        let place = place.unwrap_or_else(|| {
            let raw = text_of(texts, line.side).slice(line.at.clone());
            let shown = revealed(raw, piece.exact, self.theme);
            let parts = wrap(&shown, cells);
            if self.lines.len() == KEPT {
                self.lines.remove(0);
            }
            self.lines.push((of, shown, parts));
            self.lines.len() - 1
        });
        let (_, shown, parts) = &self.lines[place];
        (shown, parts)
    }
}
