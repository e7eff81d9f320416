//! Figures of a tool, or of all of a server: calls and how they ended, how long they took, bytes, and what definitions
//! cost in the model's context.

use crate::session::{Cost, ItemKind, RowId, ServerId, Symbol, Tally, duration, size};
use crate::ui::lists;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, terms};
use crate::ui::widget::{Line, Page};

/// Cells of the labels.
const LABEL: usize = 8;
/// Said where tokens are.
const ESTIMATE: &str =
    "Tokens are an estimate by classes of characters; tokenizers differ by a fifth or so.";

/// What is counted of calls as of a message; `whole` is the same of all that is recorded.
pub fn calls(scene: Scene, page: &mut Page, tally: Option<&Tally>, whole: Option<&Tally>) {
    let none = Tally::default();
    let tally = tally.unwrap_or(&none);
    let later = whole.map_or(0, |whole| whole.calls.saturating_sub(tally.calls));
    let mut ends = Vec::new();
    for (count, word) in [
        (tally.ok(), "ok"),
        (tally.tool_errors, "with an error of the tool"),
        (tally.errors, "with a protocol error"),
        (tally.cancelled, "cancelled"),
        (tally.waiting, "waiting"),
    ] {
        if count > 0 {
            ends.push(format!("{} {word}", terms::grouped(count as usize)));
        }
    }
    let mut line = Line::new();
    let text = page.style(Scope::UiText);
    match tally.calls {
        0 => line.push("none up to here", page.style(Scope::UiDim)),
        calls if ends.len() == 1 && tally.ok() == calls => {
            line.push(format!("{}, all ok", terms::grouped(calls as usize)), text);
        }
        calls => {
            let calls = terms::grouped(calls as usize);
            line.push(format!("{calls}: {}", ends.join(", ")), text);
        }
    }
    if later > 0 {
        let later = format!("; {} later", terms::grouped(later as usize));
        line.push(later, page.style(Scope::UiDim));
    }
    page.field("calls", LABEL, line);
    let dot = terms::dot(scene.theme);
    let took: Vec<String> = [50, 95, 99]
        .into_iter()
        .filter_map(|n| Some(format!("p{n} {}", duration(tally.durations.percentile(n)?))))
        .chain(
            tally
                .durations
                .longest()
                .map(|most| format!("longest {}", duration(most))),
        )
        .collect();
    match tally.durations.count() {
        0 => {}
        1 => {
            let one = tally.durations.longest().map_or_else(String::new, duration);
            page.field("took", LABEL, Line::of(one, text));
        }
        _ => {
            let room = page.width.saturating_sub(LABEL + 3);
            let together = took.join(&dot);
            if crate::text::width(&together) <= room {
                page.field("took", LABEL, Line::of(together, text));
            } else if let Some((longest, percentiles)) = took.split_last() {
                page.field("took", LABEL, Line::of(percentiles.join(&dot), text));
                page.field("", LABEL, Line::of(longest.as_str(), text));
            }
        }
    }
    if tally.calls > 0 {
        let bytes = format!(
            "{} in requests{dot}{} in answers",
            size(tally.bytes_in),
            size(tally.bytes_out)
        );
        page.field("bytes", LABEL, Line::of(bytes, text));
    }
}

/// `612 B, about 150 tokens`.
fn cost_words(cost: Cost) -> String {
    format!(
        "{}, about {} tokens",
        size(cost.bytes.into()),
        terms::grouped(cost.tokens as usize)
    )
}

/// What a definition costs, each time that the model reads what there is.
pub fn cost(page: &mut Page, cost: Cost) {
    let text = Line::of(cost_words(cost), page.style(Scope::UiText)).with(
        " of the model's context, in every turn",
        page.style(Scope::UiDim),
    );
    page.field("costs", LABEL, text);
}

/// Ways to the first and the last call.
pub fn ends(scene: Scene, page: &mut Page, tally: Option<&Tally>) {
    let Some(tally) = tally else { return };
    for (word, row) in [("first", tally.first), ("last", tally.last)] {
        let Some(row) = row.filter(|_| word == "first" || tally.last != tally.first) else {
            continue;
        };
        let Some(number) = scene.facts.session.call_of(row) else {
            continue;
        };
        let mut line = Line::of(format!("  {word:LABEL$} "), page.style(Scope::UiDim));
        let call = format!("call {}", terms::grouped(number + 1));
        line.push(call, page.style(Scope::UiLink));
        line.push("  ", page.style(Scope::UiDim));
        line.push(terms::time_of(scene, row), page.style(Scope::TextTime));
        page.link(line, Target::Call(number));
    }
}

/// A tool that was called and that the recording does not define.
pub fn called(scene: Scene, page: &mut Page, server: ServerId, name: Symbol) {
    let session = scene.facts.session;
    page.heading("Its definition is not recorded", "");
    let sentence = match session.is_listed(server, ItemKind::Tool) {
        true => {
            "The server listed its tools, and this is none of them: the agent made up the name, or had it from elsewhere."
        }
        false => {
            "The recording holds no listing of this server's tools, so it is not known what the model was told of it."
        }
    };
    page.say_indented(sentence, Scope::UiText, 2);
    if let Some(why) = terms::unfilled(scene, crate::formats::Class::has_definitions) {
        page.say_indented(&why, Scope::UiDim, 2);
    }
    let at = lists::at(scene.model, scene.facts);
    page.heading("What it was seen doing", &as_of(scene, at));
    let tally = scene.model.told.shown.tool(server, name);
    calls(scene, page, tally, session.figures().tool(server, name));
    ends(scene, page, tally);
}

pub fn as_of(scene: Scene, at: RowId) -> String {
    format!("as of {}", terms::time_of(scene, at))
}

/// All calls of a server, and what all that it offers costs.
pub fn server(scene: Scene, page: &mut Page, server: ServerId, at: RowId) {
    let session = scene.facts.session;
    page.heading("What was asked of it", &as_of(scene, at));
    let tally = scene.model.told.shown.server(server);
    calls(scene, page, tally, session.figures().server(server));
    ends(scene, page, tally);
    let own = session.items().iter().filter(|item| item.server == server);
    let versions = own.filter_map(|item| item.versions.get(item.in_force(at)?));
    let all: Cost = versions.map(|version| version.cost).sum();
    if all.bytes > 0 {
        page.heading("What it costs in the model's context", &as_of(scene, at));
        page.say_indented(
            &format!("{}, in every turn: names, descriptions and parameters of its tools, and its instructions. {ESTIMATE}", cost_words(all)),
            Scope::UiText,
            2,
        );
    }
}
