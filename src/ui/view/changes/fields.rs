//! The differences of two versions, one after the other.

use super::brief::{arrow, extent};
use super::diffed::{self, Evidence};
use crate::session::compare::{Comparison, Difference, Part};
use crate::text::{RawBuf, width};
use crate::ui::theme::Scope;
use crate::ui::view::terms;
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Line, Page};

/// Bytes on both sides that one page compares: a comparison may take up to its deadline.
const BUDGET: usize = 96 * 1024;
/// Differences that are shown.
const MOST: usize = 60;
/// Values up to this long stand on one line, the old before the new.
const SHORT: usize = 44;

pub fn page(page: &mut Page, comparison: &Comparison, evidence: Evidence) {
    let mut before = None;
    let mut budget = BUDGET;
    for difference in comparison.differences.iter().take(MOST) {
        let group = (difference.part, difference.name.clone());
        let annotations = difference.part == Part::Annotation;
        let same = before
            .as_ref()
            .is_some_and(|(part, name)| *part == group.0 && (annotations || *name == group.1));
        if !same {
            heading(page, difference);
        }
        let bytes = [&difference.old, &difference.new];
        let bytes = bytes
            .into_iter()
            .flatten()
            .map(|text| text.as_raw().len())
            .sum();
        // The first is always compared.
        let compared = budget == BUDGET || bytes <= budget;
        budget = budget.saturating_sub(bytes);
        body(page, difference, compared, evidence);
        before = Some(group);
    }
    if comparison.differences.len() > MOST {
        let more = comparison.differences.len() - MOST;
        let text = format!(
            "and {} more; the definition holds them",
            terms::counted(more, "difference", "differences")
        );
        page.gap();
        page.say(&text, Scope::UiDim);
    }
    if comparison.cut {
        page.gap();
        page.say(
            "The definition is too long to compare all of it.",
            Scope::UiDim,
        );
    }
}

fn heading(page: &mut Page, difference: &Difference) {
    let title = match difference.part {
        Part::Name => "Name",
        Part::Title => "Title",
        Part::Description => "Description",
        Part::Parameter => "Parameter",
        Part::Annotation => "Annotations, as claimed",
        Part::Output => "Returns",
        Part::Other => "Other",
    };
    page.gap();
    let mut line = Line::of(title, page.style(Scope::TextHeading));
    if difference.part != Part::Annotation && !difference.name.as_raw().is_empty() {
        line.push(" ", page.style(Scope::UiText));
        line.append(inline(
            difference.name.as_raw(),
            48,
            page.style(Scope::JsonKey),
            page.theme,
        ));
    }
    if matches!(difference.part, Part::Description | Part::Title) {
        line.push("   ", page.style(Scope::UiText));
        line.append(extent(difference, page.theme));
    }
    page.line(clip(line, page.width, false, page.theme));
}

fn body(page: &mut Page, difference: &Difference, compared: bool, evidence: Evidence) {
    let (old, new) = (difference.old.as_ref(), difference.new.as_ref());
    let mut label = Line::new();
    if difference.part == Part::Annotation {
        label = inline(
            difference.name.as_raw(),
            24,
            page.style(Scope::UiDim),
            page.theme,
        );
        label.push(
            " ".repeat(17usize.saturating_sub(label.width())),
            page.style(Scope::UiDim),
        );
    } else if !difference.aspect.is_empty() {
        label.push(
            format!("{:12}", difference.aspect),
            page.style(Scope::UiDim),
        );
    }
    if short(old)
        && short(new)
        && difference.part != Part::Description
        && (old.is_some() && new.is_some() || !label.is_empty())
    {
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.append(label);
        line.push(" ", page.style(Scope::UiText));
        line.append(arrow(old, new, SHORT, page.theme));
        return page.line(clip(line, page.width, false, page.theme));
    }
    if !label.is_empty() {
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.append(label);
        page.line(line);
    }
    match compared {
        true => diffed::texts(page, old, new, evidence),
        false => {
            let text =
                "Too much differs to compare this too; the definition and its versions hold it.";
            page.say_indented(text, Scope::UiDim, 2);
        }
    }
}

/// Whether a value fits on the line of its name.
fn short(text: Option<&RawBuf>) -> bool {
    text.is_none_or(|text| {
        let bytes = text.as_raw().bytes();
        bytes.len() <= SHORT * 4
            && !bytes.contains(&b'\n')
            && width(&text.as_raw().label(SHORT * 2)) <= SHORT
    })
}
