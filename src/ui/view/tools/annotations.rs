//! What a tool claims about itself, beside what it was seen doing.

use super::{evidence, figures};
use crate::session::compare::{self, HINTS, Hint};
use crate::session::{Cost, Item};
use crate::ui::lists;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, terms};
use crate::ui::widget::text::inline;
use crate::ui::widget::{Line, Page};
use crate::wire::json::{Kind, Value};

/// Annotations that are shown beside the protocol's own.
const OTHERS: usize = 12;
/// Findings in calls that are listed.
const FOUND: usize = 6;
/// Cells of their names.
const LABEL: usize = 16;

pub fn claimed(page: &mut Page, root: Value) {
    let annotations = root.get("annotations");
    let given = annotations.is_some_and(|at| at.items().next().is_some());
    page.heading(
        "Annotations, as claimed",
        if given {
            ""
        } else {
            "none; the protocol's defaults hold"
        },
    );
    let only_reads = compare::claimed(root, HINTS[0].name) == Some(true);
    for hint in &HINTS {
        let said = annotations.and_then(|at| at.get(hint.name));
        page.field(hint.name, LABEL, told(page, hint, said, only_reads));
    }
    let others = annotations
        .into_iter()
        .flat_map(Value::items)
        .filter(|item| {
            item.key()
                .is_some_and(|key| HINTS.iter().all(|hint| key.as_raw() != *hint.name))
        });
    for other in others.take(OTHERS) {
        let label = other
            .key()
            .map_or_else(String::new, |key| key.as_raw().label(LABEL));
        let text = other
            .text()
            .map_or_else(|| other.raw().to_buf(), |text| text.into_buf());
        let room = page.width.saturating_sub(LABEL + 3);
        page.field(
            &label,
            LABEL,
            inline(text.as_raw(), room, page.style(Scope::UiText), page.theme),
        );
    }
    let sentence = "A client must treat these as untrusted unless it trusts the server: they are the server's own words.";
    page.say_indented(sentence, Scope::UiDim, 2);
}

/// `true   changes nothing`, or what holds where nothing is said.
fn told(page: &Page, hint: &Hint, said: Option<Value>, only_reads: bool) -> Line {
    let claim = said.and_then(Value::as_bool);
    let holds = claim.unwrap_or(hint.default);
    let dim = page.style(Scope::UiDim);
    let mut meaning = hint.says[usize::from(!holds)];
    if only_reads && hint.of_writers {
        meaning = "means nothing for a tool that changes nothing";
    }
    match said {
        Some(value) if claim.is_none() => {
            let literal = page.style(Scope::JsonLiteral);
            let mut line = inline(value.raw(), 20, literal, page.theme);
            let what = match value.kind() {
                Kind::String => "a text",
                _ => "no truth value",
            };
            line.push(format!("  {what}, so the default holds: {meaning}"), dim);
            line
        }
        Some(_) => Line::of(format!("{holds:5}"), page.style(Scope::JsonLiteral))
            .with(format!("  {meaning}"), page.style(Scope::UiText)),
        None if only_reads && hint.of_writers => Line::of(format!("-      {meaning}"), dim),
        None => Line::of(format!("{holds:5}  {meaning}, by default"), dim),
    }
}

/// What is counted of its calls and the worst that was found in them, up to the cursor.
pub fn seen(scene: Scene, page: &mut Page, item: &Item, cost: Cost) {
    let at = lists::at(scene.model, scene.facts);
    page.heading("What it was seen doing", &figures::as_of(scene, at));
    let told = &scene.model.told;
    let tally = crate::ui::figures::of(told, scene.facts, item);
    let name = scene.facts.session.find_symbol(item.name.as_raw().bytes());
    let whole = name.and_then(|name| scene.facts.session.figures().tool(item.server, name));
    figures::calls(scene, page, tally, whole);
    figures::cost(page, cost);
    figures::ends(scene, page, tally);
    let found = evidence::in_calls(scene, item, at);
    for (number, finding) in found.iter().take(FOUND) {
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push(format!("  {}  ", finding.title), page.style(Scope::UiText));
        line.push(
            terms::time_of(scene, finding.row),
            page.style(Scope::TextTime),
        );
        page.link(line, Target::Finding(*number));
    }
    if found.len() > FOUND {
        let more = terms::grouped(found.len() - FOUND);
        page.say_indented(
            &format!("and {more} more findings in its calls"),
            Scope::UiDim,
            2,
        );
    }
}
