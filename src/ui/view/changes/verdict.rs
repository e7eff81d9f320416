//! What a change means, on top of its page: what its structure says, and what the analysis found in it.

use super::brief::compared;
use crate::analysis::{Category, Finding, Severity};
use crate::session::compare::Meaning;
use crate::session::{Change, ChangeKind, Item, ItemId, RowId};
use crate::ui::facts::Facts;
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::tools::calls;
use crate::ui::view::{Scene, terms};
use crate::ui::widget::text::prose;
use crate::ui::widget::{Line, Page};

/// Meanings that are told.
pub const MEANINGS: usize = 8;
/// Findings that are listed.
const FINDINGS: usize = 8;

/// The findings that came with a change.
fn found<'a>(
    facts: Facts<'a>,
    item: ItemId,
    at: RowId,
) -> impl Iterator<Item = (usize, &'a Finding)> {
    let numbers = facts.findings.for_item(item).iter();
    numbers
        .filter_map(move |number| Some((*number, facts.findings.list().get(*number)?)))
        .filter(move |(_, finding)| finding.row == at)
}

/// The worst that was found in what a message brought of an item.
pub fn worst(facts: Facts, item: ItemId, at: RowId) -> Option<Severity> {
    found(facts, item, at)
        .map(|(_, finding)| finding.severity)
        .max()
}

/// One thing that a change means.
pub fn clause(page: &mut Page, grave: bool, text: &str) {
    let (glyph, scope) = match grave {
        true => (Glyph::RiskHigh, Scope::RiskHigh),
        false => (Glyph::Changed, Scope::UiStrong),
    };
    let rows = prose(text, page.width.saturating_sub(3).max(8));
    for (n, row) in rows.into_iter().enumerate() {
        let sign = if n == 0 { page.theme.glyph(glyph) } else { " " };
        let sign = Line::of(format!(" {sign} "), page.style(scope));
        page.line(sign.with(row, page.style(scope)));
    }
}

pub fn page(scene: Scene, page: &mut Page, change: &Change, item: &Item) {
    for (grave, text) in clauses(scene, change, item) {
        clause(page, grave, &text);
    }
    if let Some(text) = calls_around(scene, change.at, item) {
        page.say_indented(&text, Scope::UiDim, 3);
    }
    found_here(scene, page, item, change.at);
}

/// What was found in what a message brought of an item, worst first.
pub fn found_here(scene: Scene, page: &mut Page, item: &Item, at: RowId) {
    let mut found: Vec<(usize, &Finding)> = found(scene.facts, item.id, at).collect();
    found.sort_by_key(|(number, finding)| (std::cmp::Reverse(finding.severity), *number));
    if !found.is_empty() {
        page.gap();
    }
    for (number, finding) in found.iter().take(FINDINGS) {
        let mut line = Line::of(" ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push(format!("  {}", finding.title), page.style(Scope::UiStrong));
        page.link(line, Target::Finding(*number));
    }
    if found.len() > FINDINGS {
        let text = format!(
            "and {} more; 1 lists them all",
            terms::grouped(found.len() - FINDINGS)
        );
        page.say_indented(&text, Scope::UiDim, 2);
    }
}

/// What the change means, clause by clause, and whether a clause is grave.
fn clauses(scene: Scene, change: &Change, item: &Item) -> Vec<(bool, String)> {
    let what = item.kind.name();
    let mut out = match change.kind {
        ChangeKind::Added => vec![(false, format!("a {what} that was not offered before"))],
        ChangeKind::Removed => vec![(false, format!("the {what} is not offered any more"))],
        ChangeKind::Returned => vec![(false, format!("the {what} is offered again"))],
        ChangeKind::Redefined => Vec::new(),
    };
    if orders(scene.facts, change, item) {
        out.insert(0, (true, "adds an instruction to the model".to_owned()));
    }
    if let Some((from, to)) = change.from.zip(change.to)
        && let Some(comparison) = compared(scene, item, from, to)
    {
        let told = comparison
            .meanings
            .iter()
            .take(MEANINGS)
            .map(|meaning| (meaning.is_grave(), meaning.clause()));
        let same = change.kind == ChangeKind::Returned && comparison.meanings == [Meaning::Nothing];
        match same {
            true => out.push((false, "with the words that it had".to_owned())),
            false => out.extend(told),
        }
        let more = comparison.meanings.len().saturating_sub(MEANINGS);
        if more > 0 {
            out.push((false, format!("and {} more", terms::grouped(more))));
        }
    }
    if change.other_client {
        out.push((
            false,
            "listed for a client that can do other things: a server may answer it differently"
                .to_owned(),
        ));
    }
    out
}

/// Whether the new wording gives orders that the old one did not give.
fn orders(facts: Facts, change: &Change, item: &Item) -> bool {
    let before = change
        .from
        .and_then(|from| item.versions.get(from))
        .map(|version| version.from);
    let told = |at: RowId| {
        let all = facts
            .findings
            .for_item(item.id)
            .iter()
            .filter_map(|number| facts.findings.list().get(*number));
        all.filter(|finding| finding.row == at).any(|finding| {
            finding.rule.category == Category::Poisoning && finding.severity >= Severity::Medium
        })
    };
    told(change.at) && !before.is_some_and(told)
}

/// How often the tool was called before and after.
fn calls_around(scene: Scene, at: RowId, item: &Item) -> Option<String> {
    if item.kind != crate::session::ItemKind::Tool {
        return None;
    }
    let requests = scene.facts.session.calls();
    let (mut before, mut after) = (0, 0);
    for number in calls(scene.facts, item) {
        if requests[number] < at {
            before += 1
        } else {
            after += 1
        }
    }
    let times = |count: usize| match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        count => format!("{} times", terms::grouped(count)),
    };
    Some(format!(
        "called {} before, {} since",
        times(before),
        times(after)
    ))
}
