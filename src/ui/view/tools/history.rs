//! The wordings of a definition, one after the other.

use crate::session::{Item, ItemId};
use crate::store::baseline::{Verdict, Wording};
use crate::text::Raw;
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
    known(scene, page, item, in_force);
}

/// Wordings of the baseline that are listed, and sightings of each.
const KNOWN: usize = 12;
const SIGHTINGS: usize = 4;

/// What was seen of the item before, in this and other recordings, and what was decided of it.
fn known(scene: Scene, page: &mut Page, item: &Item, in_force: usize) {
    let trust = &scene.model.trust;
    let known = trust.known(scene.facts.session, item, in_force);
    let mut wordings: Vec<&Wording> = known.iter().flat_map(|item| &item.wordings).collect();
    if wordings.is_empty() {
        return;
    }
    wordings.sort_by(|a, b| a.since().cmp(b.since()));
    let count = terms::counted(wordings.len(), "wording", "wordings");
    page.heading("Update history", &format!("{count} in the baseline"));
    let hash = item.versions.get(in_force).map(|version| version.hash);
    let first = wordings.len().saturating_sub(KNOWN);
    for wording in &wordings[first..] {
        let here = Some(wording.hash.0) == hash;
        let mut line = Line::of("  ", page.style(Scope::UiText));
        let since = Raw::from(wording.day()).label(10);
        line.push(format!("{since:<12}"), page.style(Scope::TextTime));
        let (verdict, scope) = match &wording.decision {
            Some(decision) => (
                format!(
                    "{} on {}",
                    decision.verdict.name(),
                    Raw::from(decision.day()).label(10)
                ),
                match decision.verdict {
                    Verdict::Accepted => Scope::UiText,
                    Verdict::Rejected => Scope::RiskHigh,
                },
            ),
            None => ("nobody decided".to_owned(), Scope::UiDim),
        };
        line.push(format!("{verdict:<24}"), page.style(scope));
        if here {
            line.push("this wording", page.style(Scope::UiStrong));
        }
        page.line(line);
        let later = wording.seen.len().saturating_sub(SIGHTINGS);
        for sighting in &wording.seen[later..] {
            let text = format!(
                "seen {} in {}",
                Raw::from(sighting.day()).label(10),
                Raw::from(sighting.source.as_str()).label(48)
            );
            page.say_indented(&text, Scope::UiDim, 14);
        }
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
