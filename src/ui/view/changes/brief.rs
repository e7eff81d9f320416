//! What changed, on one line: `description +112 −0 · readOnlyHint true → false · + bcc`.

use crate::session::Item;
use crate::session::compare::{Comparison, Difference, Part};
use crate::text::RawBuf;
use crate::ui::compared::{Pair, Side};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::view::{Scene, terms};
use crate::ui::widget::Line;
use crate::ui::widget::text::inline;

/// Differences that are named; the line is cut to its place anyway.
const NAMED: usize = 12;

/// What differs between two versions of an item, or that they are still being read.
pub fn between(scene: Scene, item: &Item, from: usize, to: usize) -> Line {
    match compared(scene, item, from, to) {
        Some(comparison) => line(comparison, scene.theme),
        None => Line::of("redefined", scene.theme.style(Scope::UiBadgeChanged)),
    }
}

/// Two versions of an item compared; `None` until they are.
pub fn compared<'m>(
    scene: Scene<'m>,
    item: &Item,
    from: usize,
    to: usize,
) -> Option<&'m Comparison> {
    let pair = Pair {
        old: Side::Version(item.id, from),
        new: Side::Version(item.id, to),
    };
    let made = scene.model.compared.get(pair, scene.model.secrets)?;
    Some(&made.as_ref().ok()?.comparison)
}

/// What differs, part by part.
pub fn line(comparison: &Comparison, theme: &Theme) -> Line {
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::new();
    for difference in comparison.differences.iter().take(NAMED) {
        if !line.is_empty() {
            line.push(format!(" {} ", theme.glyph(Glyph::Separator)), dim);
        }
        line.append(part(difference, theme));
    }
    if line.is_empty() {
        line.push("nothing that the model reads", dim);
    }
    line
}

fn part(difference: &Difference, theme: &Theme) -> Line {
    let text = theme.style(Scope::UiText);
    let name = |cells: usize| inline(difference.name.as_raw(), cells, text, theme);
    let mut line = Line::new();
    match difference.part {
        Part::Parameter if difference.aspect.is_empty() => {
            let (sign, scope) = if difference.old.is_none() {
                ("+", Scope::DiffAdd)
            } else {
                ("−", Scope::DiffDel)
            };
            line.push(
                format!("{} parameter ", ascii(sign, theme)),
                theme.style(scope),
            );
            line.append(name(24));
        }
        Part::Parameter => {
            line.append(name(24));
            line.push(format!(" {}", difference.aspect), text);
        }
        Part::Annotation => {
            line.append(name(20));
            line.push(" ", text);
            line.append(arrow(
                difference.old.as_ref(),
                difference.new.as_ref(),
                12,
                theme,
            ));
        }
        Part::Description => {
            line.push("description ", text);
            line.append(extent(difference, theme));
        }
        Part::Title => line.push("title", text),
        Part::Name => line.push("name", text),
        Part::Output => line.push("what it returns", text),
        Part::Other | Part::Argument | Part::Result | Part::Value => line.append(name(32)),
    }
    line
}

/// `+112 −0`
pub fn extent(difference: &Difference, theme: &Theme) -> Line {
    let extent = difference.extent;
    if extent.only_space {
        return Line::of("only white space", theme.style(Scope::UiDim));
    }
    extent_of(extent.added, extent.removed, theme)
}

/// `+112 −0`, of characters that came and went.
pub fn extent_of(added: usize, removed: usize, theme: &Theme) -> Line {
    Line::of(
        format!("+{}", terms::grouped(added)),
        theme.style(Scope::DiffAdd),
    )
    .with(" ", theme.style(Scope::UiText))
    .with(
        format!("{}{}", ascii("−", theme), terms::grouped(removed)),
        theme.style(Scope::DiffDel),
    )
}

/// `true → false`; what is not there is said to be absent.
pub fn arrow(old: Option<&RawBuf>, new: Option<&RawBuf>, cells: usize, theme: &Theme) -> Line {
    let value = |text: Option<&RawBuf>, scope: Scope| match text {
        Some(text) if text.as_raw().is_empty() => Line::of("(empty)", theme.style(Scope::UiDim)),
        Some(text) => inline(text.as_raw(), cells, theme.style(scope), theme),
        None => Line::of("(absent)", theme.style(Scope::UiDim)),
    };
    let mut line = value(old, Scope::DiffDel);
    line.push(
        format!(" {} ", theme.glyph(Glyph::To)),
        theme.style(Scope::UiDim),
    );
    line.append(value(new, Scope::DiffAdd));
    line
}

fn ascii<'s>(sign: &'s str, theme: &Theme) -> &'s str {
    if theme.look.ascii && sign == "−" {
        "-"
    } else {
        sign
    }
}
