//! How a verdict is shown: a sign, a word and a colour; a note with who wrote it.

use super::super::{Scene, terms};
use crate::store::cases::{Mark, Verdict};
use crate::text::Raw;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::{Line, Page};

/// Rows of a note.
const ROWS: usize = 12;

fn scope(verdict: Verdict) -> Scope {
    match verdict {
        Verdict::Confirmed => Scope::MarkConfirmed,
        Verdict::FalsePositive => Scope::MarkFalsePositive,
        Verdict::NeedsALook => Scope::MarkLook,
    }
}

/// `⚑ confirmed`, and whether there is a note.
fn sign(scene: Scene, mark: &Mark) -> Line {
    let text = format!("{} {}", scene.theme.glyph(Glyph::Mark), mark.verdict.name());
    let noted = match mark.note.is_empty() {
        true => "",
        false => ", noted",
    };
    Line::of(text + noted, scene.theme.style(scope(mark.verdict)))
}

/// In a row of the list: `⚑ confirmed · `; nothing where nothing is marked.
pub fn in_row(scene: Scene, mark: Option<&Mark>) -> Line {
    let Some(mark) = mark else {
        return Line::new();
    };
    let dim = scene.theme.style(Scope::UiDim);
    sign(scene, mark).with(terms::dot(scene.theme), dim)
}

/// Whether the row of something is dimmed: it was decided that it is nothing.
pub fn is_dim(mark: Option<&Mark>) -> bool {
    mark.is_some_and(|mark| mark.verdict == Verdict::FalsePositive)
}

/// On the page: the verdict, who gave it, and the note.
pub fn on_page(scene: Scene, page: &mut Page, mark: Option<&Mark>) {
    let Some(mark) = mark else {
        return;
    };
    let mut line = Line::of(
        format!("{} {}", scene.theme.glyph(Glyph::Mark), mark.verdict.name()),
        page.style(scope(mark.verdict)),
    );
    let mut told = Vec::new();
    if !mark.by.is_empty() {
        told.push(format!("by {}", Raw::from(mark.by.as_str()).label(40)));
    }
    if !mark.at.is_empty() {
        told.push(Raw::from(mark.at.as_str()).label(30));
    }
    if !told.is_empty() {
        line.push(format!("  {}", told.join(", ")), page.style(Scope::UiDim));
    }
    page.line(line);
    if !mark.note.is_empty() {
        page.quote(Raw::from(mark.note.as_str()), &[], Scope::UiText, 2, ROWS);
    }
}
