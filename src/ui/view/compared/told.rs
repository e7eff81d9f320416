//! What is said of a difference beside its texts: its heading, the sentences about the structure, short values.

use super::rows::{Titles, cells};
use crate::session::compare::{Difference, Part, Reach, Sentence, Word};
use crate::text::{Raw, RawBuf, width};
use crate::ui::compared::Texts;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::changes::brief::extent_of;
use crate::ui::view::terms;
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Line, Page};

/// Values up to this long stand on one line, the old before the new.
const SHORT: usize = 44;
/// Cells of a value inside a sentence.
const QUOTED: usize = 48;

/// What differs, how much of it, and whether it is new or gone.
pub fn heading(page: &Page, difference: &Difference, texts: &Texts) -> Line {
    let title = match difference.part {
        Part::Name => "Name",
        Part::Title => "Title",
        Part::Description => "Description",
        Part::Parameter => "Parameter",
        Part::Annotation => "Annotations, as claimed",
        Part::Output => "Returns",
        Part::Other => "Other",
        Part::Argument => "Argument",
        Part::Result => "Result",
        Part::Value => "Value",
    };
    let mut line = Line::of(title, page.style(Scope::TextHeading));
    if difference.part != Part::Annotation && !difference.name.as_raw().is_empty() {
        line.push(" ", page.style(Scope::UiText));
        let style = page.style(Scope::JsonKey);
        line.append(inline(difference.name.as_raw(), 48, style, page.theme));
    }
    let gap = "   ";
    let is_text = matches!(difference.part, Part::Description | Part::Title)
        || !(short(&texts.old) && short(&texts.new));
    if is_text && !texts.only_secret {
        line.push(gap, page.style(Scope::UiText));
        let diff = &texts.diff;
        line.append(
            match !diff.hunks.is_empty() && diff.hunks.iter().all(|hunk| hunk.only_space) {
                true => Line::of("only white space", page.style(Scope::UiDim)),
                false => extent_of(diff.added, diff.removed, page.theme),
            },
        );
    }
    match texts.diff.moved.len() {
        0 => {}
        1 => line.push(
            format!("{gap}a stretch of it was only moved"),
            page.style(Scope::UiDim),
        ),
        many => line.push(
            format!(
                "{gap}{} stretches of it were only moved",
                terms::grouped(many)
            ),
            page.style(Scope::UiDim),
        ),
    }
    let one_sided = difference.old.is_none() || difference.new.is_none();
    if one_sided && difference.part != Part::Annotation {
        let (word, scope) = match difference.old.is_none() {
            true => ("new", Scope::DiffAdd),
            false => ("gone", Scope::DiffDel),
        };
        line.push(gap, page.style(Scope::UiText));
        line.push(word, page.style(scope));
    }
    clip(line, page.width, false, page.theme)
}

/// What stands over the columns.
pub fn titles(page: &Page, titles: &Titles, cells_of_row: usize) -> Line {
    let column = cells(cells_of_row, true) + 2;
    let style = page.style(Scope::DiffHunk);
    let fit = |title: &str| clip(Line::of(title, style), column, false, page.theme);
    let old = fit(&titles.old);
    let pad = " ".repeat(column.saturating_sub(old.width()));
    let mut line = Line::of("  ", style);
    line.append(old);
    line.push(pad, style);
    let border = page.theme.glyph(Glyph::BorderVertical);
    line.push(format!(" {border} "), page.style(Scope::UiBorder));
    line.append(fit(&titles.new));
    line
}

/// A sentence about the structure, behind the sign of what it does.
pub fn told(page: &Page, label: Option<Raw>, sentence: &Sentence) -> Line {
    let text = page.style(Scope::UiText);
    let mut line = Line::of("  ", text);
    line.push(
        format!("{} ", page.theme.glyph(Glyph::Changed)),
        page.style(Scope::UiBadgeChanged),
    );
    if let Some(label) = label {
        line.append(inline(label, 24, page.style(Scope::JsonKey), page.theme));
        line.push(" ", text);
    }
    let mut space = false;
    for word in &sentence.words {
        if std::mem::replace(&mut space, true) {
            line.push(" ", text);
        }
        let theirs = |raw: &RawBuf, scope: Scope| match raw.as_raw().is_empty() {
            true => Line::of("(empty)", page.style(Scope::UiDim)),
            false => inline(raw.as_raw(), QUOTED, page.style(scope), page.theme),
        };
        match word {
            Word::Say(own) => line.push(*own, text),
            Word::Aside(own) => line.push(format!("({own})"), page.style(Scope::UiDim)),
            Word::Name(raw) => line.append(theirs(raw, Scope::JsonKey)),
            Word::Old(raw) => line.append(theirs(raw, Scope::DiffDel)),
            Word::New(raw) => line.append(theirs(raw, Scope::DiffAdd)),
        }
    }
    if sentence.reach != Reach::Other {
        line.push("   ", text);
        line.push(sentence.reach.name(), page.style(Scope::UiStrong));
    }
    clip(line, page.width, false, page.theme)
}

/// `true → false`, on the line of its own name or below its heading.
pub fn exchanged(page: &Page, difference: &Difference, texts: &Texts) -> Line {
    let mut line = Line::of("  ", page.style(Scope::UiText));
    if !difference.aspect.is_empty() {
        line.push(
            format!("{:12} ", difference.aspect),
            page.style(Scope::UiDim),
        );
    }
    let value = |text: &RawBuf, word: Scope| match text.as_raw().is_empty() {
        true => Line::of("(empty)", page.style(Scope::UiDim)),
        false => inline(text.as_raw(), SHORT, page.style(word), page.theme),
    };
    line.append(value(&texts.old, Scope::DiffDel));
    let to = page.theme.glyph(Glyph::To);
    line.push(format!(" {to} "), page.style(Scope::UiDim));
    line.append(value(&texts.new, Scope::DiffAdd));
    clip(line, page.width, false, page.theme)
}

/// Whether a value fits on the line of its name.
pub fn short(text: &RawBuf) -> bool {
    let bytes = text.as_raw().bytes();
    bytes.len() <= SHORT * 4
        && !bytes.contains(&b'\n')
        && width(&text.as_raw().label(SHORT * 2)) <= SHORT
}
