//! What was found in a definition: the list of it, and the spans to light in its texts.

use crate::analysis::{Finding, PlaceKind};
use crate::session::{Item, RowId};
use crate::text::Raw;
use crate::ui::facts::Facts;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, evidence, terms};
use crate::ui::widget::text::Lit;
use crate::ui::widget::{Line, Page};
use std::ops::Range;

/// Findings that a page lists.
const MOST: usize = 12;

fn about<'a>(facts: Facts<'a>, item: &Item) -> impl Iterator<Item = (usize, &'a Finding)> {
    let numbers = facts.findings.for_item(item.id).iter();
    numbers.filter_map(move |number| Some((*number, facts.findings.list().get(*number)?)))
}

/// Whether a finding is about what the server says of the item, not about one of its calls.
pub fn is_defined(finding: &Finding) -> bool {
    !matches!(
        finding.place.kind,
        PlaceKind::Arguments
            | PlaceKind::Result
            | PlaceKind::Sampling
            | PlaceKind::Elicitation
            | PlaceKind::Notification
            | PlaceKind::Stderr
            | PlaceKind::Transport
    )
}

/// A line for each finding about the definition, worst first; those of another wording say so.
pub fn findings(scene: Scene, page: &mut Page, item: &Item, version: usize) {
    let mut found: Vec<(usize, &Finding)> = about(scene.facts, item)
        .filter(|(_, finding)| is_defined(finding))
        .collect();
    found.sort_by_key(|(number, finding)| (std::cmp::Reverse(finding.severity), *number));
    for (number, finding) in found.iter().take(MOST) {
        let mut line = Line::of(" ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push(format!("  {}", finding.title), page.style(Scope::UiStrong));
        let of = item
            .versions
            .iter()
            .rposition(|version| version.from <= finding.row);
        if let Some(of) = of.filter(|of| *of != version) {
            line.push(format!("  version {}", of + 1), page.style(Scope::UiDim));
        }
        page.link(line, Target::Finding(*number));
    }
    if found.len() > MOST {
        let text = format!(
            "and {} more; 1 lists them all",
            terms::grouped(found.len() - MOST)
        );
        page.say_indented(&text, Scope::UiDim, 2);
    }
}

/// The findings in calls of the item up to a message, worst first.
pub fn in_calls<'a>(scene: Scene<'a>, item: &Item, at: RowId) -> Vec<(usize, &'a Finding)> {
    let mut found: Vec<(usize, &Finding)> = about(scene.facts, item)
        .filter(|(_, finding)| !is_defined(finding) && finding.row <= at)
        .collect();
    found.sort_by_key(|(number, finding)| (std::cmp::Reverse(finding.severity), *number));
    found
}

/// The spans of a text of the definition that are evidence. `pointer` is where the text stands.
pub fn ranges(facts: Facts, item: &Item, pointer: &str, text: Raw) -> Vec<Range<usize>> {
    about(facts, item)
        .flat_map(|(_, finding)| {
            let here = finding.place.pointer == pointer;
            let ranges = evidence::ranges(finding, text).into_iter();
            ranges.filter(move |range| here || range.len() >= evidence::TELLING)
        })
        .collect()
}

/// The same, lit.
pub fn lit(scene: Scene, item: &Item, pointer: &str, text: Raw) -> Vec<Lit> {
    evidence::light(scene, ranges(scene.facts, item, pointer, text)).collect()
}

/// The spans of the JSON of the definition.
pub fn ranges_in_json(facts: Facts, item: &Item, json: Raw) -> Vec<Range<usize>> {
    about(facts, item)
        .filter(|(_, finding)| is_defined(finding))
        .flat_map(|(_, finding)| evidence::ranges_in_json(finding, json))
        .collect()
}

/// The same, lit.
pub fn lit_in_json(scene: Scene, item: &Item, json: Raw) -> Vec<Lit> {
    evidence::light(scene, ranges_in_json(scene.facts, item, json)).collect()
}

/// What in any text of the definition is evidence, as far as it can be nothing else.
pub fn telling(scene: Scene, item: &Item, text: Raw) -> Vec<Lit> {
    let defined = about(scene.facts, item).filter(|(_, finding)| is_defined(finding));
    let spans = defined.flat_map(|(_, finding)| evidence::spans(scene, finding, text));
    spans
        .filter(|lit| lit.span.len() >= evidence::TELLING)
        .collect()
}
