//! One side of a comparison as rows of the screen.

use crate::text::{Shown, wrap};
use crate::ui::theme::{Scope, Theme};
use crate::ui::widget::Line;
use crate::ui::widget::diff::{DiffLine, Side};
use crate::ui::widget::text::{Lit, styled};
use std::ops::Range;

/// A revealed text, broken into rows once.
pub struct Painted<'a> {
    shown: &'a Shown,
    theme: &'a Theme,
    wrapped: Vec<Range<usize>>,
    evidence: Vec<Lit>,
}

impl<'a> Painted<'a> {
    pub fn of(shown: &'a Shown, cells: usize, theme: &'a Theme) -> Painted<'a> {
        Painted {
            shown,
            theme,
            wrapped: wrap(shown, cells),
            evidence: Vec::new(),
        }
    }

    /// The same with the spans of the text that are evidence lit.
    pub fn with(self, evidence: Vec<Lit>) -> Painted<'a> {
        Painted { evidence, ..self }
    }

    /// The rows of one line of the comparison, evidence and its changed words lit.
    pub fn rows(&self, line: &DiffLine) -> Vec<Line> {
        let (base, word) = match line.side {
            Side::Same => (Scope::DiffContext, Scope::DiffContext),
            Side::Old => (Scope::DiffDel, Scope::DiffDelWord),
            Side::New => (Scope::DiffAdd, Scope::DiffAddWord),
        };
        let style = self.theme.style(word);
        let words = line.words.iter().map(|word| Lit {
            span: self.shown.src_range(word.clone()),
            style,
        });
        let lit: Vec<Lit> = self.evidence.iter().cloned().chain(words).collect();
        let first = self
            .wrapped
            .partition_point(|row| row.start < line.at.start);
        let rows = self.wrapped[first..]
            .iter()
            .take_while(|row| row.start <= line.at.end && row.end <= line.at.end);
        rows.map(|row| {
            styled(
                self.shown,
                row.clone(),
                &lit,
                self.theme.style(base),
                self.theme,
            )
        })
        .collect()
    }
}
