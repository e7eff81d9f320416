//! The details of a call: what is wrong with it, what was asked, what came back, and what the model had been told.

use super::values::Values;
use super::{arguments, messages, selected};
use crate::analysis::Finding;
use crate::formats::Class;
use crate::session::{Call, ItemId, ItemKind, Outcome, RowId, Wait, duration, size};
use crate::text::RawBuf;
use crate::ui::blob::Blob;
use crate::ui::body::{Key, Slot};
use crate::ui::code::Passage;
use crate::ui::facts::Facts;
use crate::ui::json::{At, DECODED, Json};
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, evidence, terms, tools};
use crate::ui::waiting;
use crate::ui::widget::{Line, Page, Seen};
use crate::wire::json::Kind;

/// Rows that a description may take.
const TOLD_ROWS: usize = 16;
/// Rows that a result's text may take.
const RESULT_ROWS: usize = 24;
/// Members of one object that are shown.
const MEMBERS: usize = 40;

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    let Some(call) = selected(scene.model, scene.facts) else {
        return page;
    };
    findings(scene, &mut page, &call);
    page.heading("Arguments", &size(u64::from(call.bytes_in)));
    match scene.model.bodies.row(call.request) {
        Slot::Ready(json) => match arguments(json) {
            Some(at) if at.items().next().is_some() => {
                Values::of(scene, call.request, at).show(&mut page, at, 2)
            }
            Some(at) if !at.is_container() => {
                Values::of(scene, call.request, at).show(&mut page, at, 2)
            }
            _ => page.say_indented("none", Scope::UiDim, 2),
        },
        slot => say_slot(&mut page, slot),
    }
    terms::elsewhere(scene, &mut page, call.request);
    for (n, row) in call.continued.iter().enumerate() {
        let line = Line::of("  continued ", page.style(Scope::UiDim))
            .with(
                scene.facts.session.method(*row).label(40),
                page.style(Scope::TextMethod),
            )
            .with(
                format!(" in message {}", row.index() + 1),
                page.style(Scope::UiLink),
            );
        if n == 0 {
            page.gap();
        }
        page.link(line, Target::Row(*row));
    }
    meanwhile(scene, &mut page, &call);
    result(scene, &mut page, &call);
    told(scene, &mut page, &call);
    page
}

/// What is wrong with the call, with a way to each finding.
fn findings(scene: Scene, page: &mut Page, call: &Call) {
    let mut numbers: Vec<usize> = messages(call)
        .flat_map(|row| scene.facts.findings.by_row(row).iter().copied())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.sort_by_key(|n| std::cmp::Reverse(scene.facts.findings.list()[*n].severity));
    for number in numbers {
        let finding = &scene.facts.findings.list()[number];
        let mut line = Line::of(" ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push(format!("  {}", finding.title), page.style(Scope::UiStrong));
        page.link(line, Target::Finding(number));
        related(scene, page, call, finding);
    }
}

/// Messages of a finding that are named beside it.
const RELATED: usize = 4;

/// What else took part in a finding: `read   call 141  files · read_file`.
fn related(scene: Scene, page: &mut Page, call: &Call, finding: &Finding) {
    let session = scene.facts.session;
    let elsewhere = finding
        .related
        .iter()
        .filter(|related| related.takes_part() && scene.facts.row(related.row).is_some())
        .filter(|related| session.call_of(related.row) != Some(call.n));
    for related in elsewhere.take(RELATED) {
        let mut line = Line::of(
            format!("   {:<10} ", related.role),
            page.style(Scope::UiDim),
        );
        let number = session.call_of(related.row);
        let place = match number {
            Some(n) => format!("call {}", terms::grouped(n + 1)),
            None => format!("message {}", terms::grouped(related.row.index() + 1)),
        };
        line.push(format!("{place:<12} "), page.style(Scope::UiLink));
        line.append(terms::server(scene, session.server_of(related.row), 16));
        let name = session.name(related.row);
        if !name.is_empty() {
            line.push(terms::dot(scene.theme), page.style(Scope::UiDim));
            line.append(terms::tool(scene, name, 32));
        }
        page.link(line, number.map_or(Target::Row(related.row), Target::Call));
    }
}

/// Most messages between a request and its answer that are looked through for what belongs to the call.
const BETWEEN: usize = 2000;
/// Most of them that are shown.
const SHOWN: usize = 12;

/// What came between the request and its answer: progress, and what the server asked for.
fn meanwhile(scene: Scene, page: &mut Page, call: &Call) {
    let session = scene.facts.session;
    let Some(response) = call.response else {
        return;
    };
    let between = (call.request.index() + 1..response.index()).take(BETWEEN);
    let rows: Vec<RowId> = between
        .filter_map(|row| u32::try_from(row).ok().map(RowId))
        .filter(|row| !call.continued.contains(row) && session.call_of(*row) == Some(call.n))
        .collect();
    for (n, row) in rows.iter().take(SHOWN).enumerate() {
        if n == 0 {
            page.heading(
                "Meanwhile",
                &terms::counted(rows.len(), "message", "messages"),
            );
        }
        let line = Line::of(
            format!("  {} ", terms::time_of(scene, *row)),
            page.style(Scope::TextTime),
        )
        .with(
            session.method(*row).label(48),
            page.style(Scope::TextMethod),
        )
        .with(
            format!("  message {}", terms::grouped(row.index() + 1)),
            page.style(Scope::UiLink),
        );
        page.link(line, Target::Row(*row));
    }
}

fn result(scene: Scene, page: &mut Page, call: &Call) {
    let mut note = call.outcome.name().to_owned();
    let dot = terms::dot(scene.theme);
    if let Some(micros) = call.micros {
        note = format!("{note}{dot}{}", duration(micros));
        if super::is_slow(scene, call) {
            note = format!("{note}, slow for this tool");
        }
    }
    let Some(response) = call.response else {
        page.heading("Result", &note);
        let sentence = match call.outcome {
            Outcome::Cancelled => "The client cancelled the call; no answer is recorded.",
            _ => &no_answer(scene, call.request),
        };
        page.say_indented(sentence, Scope::UiDim, 2);
        return ruling(scene, page, call.request);
    };
    page.heading(
        "Result",
        &format!("{note}{dot}{}", size(u64::from(call.bytes_out))),
    );
    ruling(scene, page, call.request);
    terms::elsewhere(scene, page, response);
    match scene.model.bodies.row(response) {
        Slot::Ready(json) => answer(scene, page, response, json),
        slot => say_slot(page, slot),
    }
}

/// Why a call has no answer, and how long it has waited where one may still come.
fn no_answer(scene: Scene, request: RowId) -> String {
    let session = scene.facts.session;
    match session.wait_of(request) {
        Wait::Open => {
            let last = session.last().unwrap_or(request);
            match waiting::waited(scene.model, scene.facts, request, last) {
                Some(micros) => format!(
                    "No answer came yet. It has waited for {}.",
                    duration(micros)
                ),
                None => "No answer came yet.".to_owned(),
            }
        }
        Wait::Cancelled => "The client cancelled the call; no answer is recorded.".to_owned(),
        Wait::Closed(_, Some(code)) if code != 0 => {
            format!("It was never answered: the server exited with code {code}.")
        }
        Wait::Closed(row, _) => format!(
            "It was never answered: the connection closed at {}.",
            terms::time_of(scene, row)
        ),
        Wait::CutShort => {
            "It was never answered: its recorder was killed, or the machine stopped.".to_owned()
        }
        Wait::Ended => {
            "No answer is recorded: the recording ends before it, or the server never gave one."
                .to_owned()
        }
    }
}

/// What a gate decided on the call, if one held it.
fn ruling(scene: Scene, page: &mut Page, request: RowId) {
    let Some(ruling) = scene.facts.session.ruling(request) else {
        return;
    };
    let said = |text: &RawBuf| text.as_raw().label(120).replace('-', " ");
    let waited = i64::try_from(ruling.waited_ms).unwrap_or(i64::MAX);
    let mut sentence = format!(
        "A gate held it for {}: {} by {}.",
        duration(waited.saturating_mul(1000)),
        said(&ruling.decision),
        ruling.by.as_raw().label(60)
    );
    if !ruling.reason.as_raw().is_empty() {
        sentence.push_str(&format!(" {}", ruling.reason.as_raw().label(200)));
    }
    page.say_indented(&sentence, Scope::UiStrong, 2);
}

/// A response: the content as text, the structured content as a tree, an error with its code.
fn answer(scene: Scene, page: &mut Page, row: RowId, json: &Json) {
    let Some(root) = json.root() else { return };
    if let Some(error) = root.get("error") {
        return Values::of(scene, row, error).show(page, error, 2);
    }
    let Some(result) = root.get("result") else {
        return;
    };
    let values = Values::of(scene, row, result);
    let content = result.get("content");
    for item in content
        .into_iter()
        .flat_map(|content| content.items())
        .take(MEMBERS)
    {
        match item.get("text").filter(|text| text.kind() == Kind::String) {
            Some(text) if text.size() <= 2 => page.say_indented("(empty text)", Scope::UiDim, 2),
            Some(text) => {
                let decoded = text.text(DECODED);
                let seen = Seen::of(decoded.as_raw(), page.theme);
                page.masked |= seen.is_masked();
                let cells = page.width.saturating_sub(2);
                let (lit, notes) = values.annotations(text, &seen, cells);
                let part = Passage {
                    of: Key::Row(row),
                    node: text.id,
                    masks: page.theme.masks,
                    spaced: false,
                };
                let tints = scene.model.codes.tints(part, page.theme);
                page.quote_code(seen.raw(), (&lit, &tints), Scope::UiText, 2, RESULT_ROWS);
                if let Some(lang) = scene.model.codes.lang(part) {
                    page.say_indented(lang.name(), Scope::UiDim, 2);
                }
                for note in notes {
                    let mut line = Line::of("  ", page.style(Scope::UiText));
                    line.append(note);
                    page.line(line);
                }
            }
            None => other_content(&values, page, item),
        }
    }
    let rest = result.items().filter(|item| {
        item.key().is_none_or(|key| {
            !["content", "isError", "_meta"]
                .iter()
                .any(|known| key.as_raw() == *known)
        })
    });
    for member in rest.take(MEMBERS) {
        let key = member
            .key()
            .map_or_else(String::new, |key| key.as_raw().label(24));
        values.member(page, member, &key, 2, 0);
    }
}

/// Content that is no text: an image, a sound, a resource.
fn other_content(values: &Values, page: &mut Page, item: At) {
    let kind = item.get("type").and_then(At::string);
    let mime = item.get("mimeType").and_then(At::string);
    match item.get("data") {
        Some(data) if Blob::of(data).is_some() => values.member(page, data, "", 1, 0),
        Some(data) => {
            let what = mime
                .or(kind)
                .map_or_else(|| "data".to_owned(), |what| what.as_raw().label(40));
            let line = format!("  {what}, {}, which is no base64", size(data.size() as u64));
            page.line(Line::of(line, page.style(Scope::UiDim)));
        }
        None => values.show(page, item, 2),
    }
}

fn say_slot(page: &mut Page, slot: Slot) {
    match slot {
        Slot::Reading | Slot::Unknown => page.say_indented("Reading.", Scope::UiProgress, 2),
        Slot::Failed(why) => page.say_indented(why, Scope::UiLoss, 2),
        Slot::Ready(_) => {}
    }
}

/// The definition that was in force when the call was made.
pub fn definition(facts: Facts, call: &Call) -> Option<(ItemId, usize)> {
    let item = facts
        .session
        .item(call.server, ItemKind::Tool, facts.session.symbol(call.tool))?;
    Some((item.id, item.in_force(call.request)?))
}

fn told(scene: Scene, page: &mut Page, call: &Call) {
    let Some((id, version)) = definition(scene.facts, call) else {
        page.heading("The tool as the model knew it", "");
        let listed = scene.facts.session.item(
            call.server,
            ItemKind::Tool,
            scene.facts.session.symbol(call.tool),
        );
        let sentence = match listed {
            Some(_) => {
                "It was not offered when it was called: the listing came later, or had taken it back."
            }
            None => "The recording holds no definition of it.",
        };
        page.say_indented(sentence, Scope::UiDim, 2);
        if let Some(why) = terms::unfilled(scene, Class::has_definitions) {
            page.say_indented(&why, Scope::UiDim, 2);
        }
        return;
    };
    let item = scene.facts.session.item_at(id);
    let from = item.versions[version].from;
    let note = format!(
        "version {} of {}, {}",
        version + 1,
        item.versions.len(),
        terms::time_of(scene, from)
    );
    page.heading("The tool as the model knew it", &note);
    tools::findings(scene, page, item, version);
    match scene.model.bodies.get(Key::Version(id, version)) {
        Slot::Ready(json) => {
            let description = json
                .root()
                .and_then(|root| root.get("description"))
                .and_then(At::string);
            match description {
                Some(text) => {
                    let about = scene.facts.findings.for_item(id).iter();
                    let about = about.filter_map(|n| scene.facts.findings.list().get(*n));
                    let lit: Vec<_> = about
                        .flat_map(|f| evidence::spans(scene, f, text.as_raw()))
                        .collect();
                    page.quote(text.as_raw(), &lit, Scope::UiText, 2, TOLD_ROWS);
                }
                None => page.say_indented("It has no description.", Scope::UiDim, 2),
            }
        }
        slot => say_slot(page, slot),
    }
    page.link(
        Line::of("  all of the definition", page.style(Scope::UiLink)),
        Target::Item(id),
    );
    page.link(
        Line::of(
            format!("  message {}: the request", call.request.index() + 1),
            page.style(Scope::UiLink),
        ),
        Target::Row(call.request),
    );
}
