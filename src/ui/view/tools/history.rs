//! The wordings of a definition, one after the other.

use crate::session::{Item, ItemId};
use crate::ui::facts::Facts;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::changes::brief;
use crate::ui::view::{Scene, terms};
use crate::ui::widget::{Line, Page};
use std::ops::Range;

/// Versions that are listed, the latest.
const MOST: usize = 20;

/// The numbers of the versions that the page lists.
pub fn shown(versions: usize) -> Range<usize> {
    versions.saturating_sub(MOST)..versions
}

pub fn page(scene: Scene, page: &mut Page, item: &Item, in_force: usize) {
    let all = item.versions.len();
    page.heading("History", &terms::counted(all, "wording", "wordings"));
    let shown = shown(all);
    if shown.start > 0 {
        let text = format!(
            "{} earlier ones are not listed; 4 has every change",
            terms::grouped(shown.start)
        );
        page.say_indented(&text, Scope::UiDim, 2);
    }
    let dash = terms::dash(scene.theme);
    for number in shown {
        let version = &item.versions[number];
        let here = number == in_force;
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.push((number + 1).to_string(), page.style(Scope::UiLink));
        let pad = " ".repeat(5usize.saturating_sub(line.width()));
        line.push(pad, page.style(Scope::UiText));
        line.push(
            terms::time_of(scene, version.from),
            page.style(Scope::TextTime),
        );
        let until = match version.until {
            Some(until) => format!("{dash}{}", terms::time_of(scene, until)),
            None => dash.to_owned(),
        };
        line.push(format!("{until:<10}"), page.style(Scope::TextTime));
        line.push(
            if here { "in force  " } else { "          " },
            page.style(Scope::UiStrong),
        );
        let change = change(scene.facts, item.id, number);
        match number.checked_sub(1) {
            Some(before) => line.append(brief::between(scene, item, before, number)),
            None if change.is_some() => line.push(
                "added after the first listing",
                page.style(Scope::UiBadgeNew),
            ),
            None => line.push("first listed", page.style(Scope::UiDim)),
        }
        let target = change.map_or(Target::Row(version.from), Target::Change);
        page.link(line, target);
    }
    if let Some(gone) = item.versions.last().and_then(|version| version.until) {
        let text = format!("  gone since {}", terms::time_of(scene, gone));
        page.link(
            Line::of(text, page.style(Scope::DiffDel)),
            Target::Row(gone),
        );
    }
}

/// The number of the change that brought a version.
fn change(facts: Facts, item: ItemId, version: usize) -> Option<usize> {
    let from = facts
        .session
        .items()
        .get(item.index())?
        .versions
        .get(version)?
        .from;
    let changes = facts.session.changes();
    let first = changes.partition_point(|change| change.at < from);
    let there = changes[first..]
        .iter()
        .take_while(|change| change.at == from)
        .take(10_000);
    let place = there
        .enumerate()
        .find(|(_, change)| change.item == item && change.to == Some(version));
    place.map(|(n, _)| first + n)
}
