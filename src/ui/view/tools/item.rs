//! One definition: as the model reads it, and everything else that is known of it.

use super::{annotations, evidence, history, parameters};
use crate::session::schema::Parameters;
use crate::session::{Item, ItemKind, size};
use crate::text::{Raw, RawBuf, hidden, lookalike};
use crate::ui::json::{DECODED, Json};
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, messages, terms};
use crate::ui::widget::Page;
use crate::wire::json::{Doc, Value};

/// Rows that the text for the model may take.
const TEXT_ROWS: usize = 60;
/// From this width on, headings say what to press.
const WORDY: usize = 78;
/// Rows of a shorter text: a title, an address.
const SHORT_ROWS: usize = 4;
/// Rows of the raw JSON.
const RAW_ROWS: usize = 120;

pub fn page(scene: Scene, page: &mut Page, item: &Item, version: usize, json: &Json) {
    definition(scene, page, item, json);
    if item.kind == ItemKind::Tool {
        can(scene, page, item);
        let version = item.versions.get(version);
        let cost = version.map_or_else(Default::default, |version| version.cost);
        annotations::seen(scene, page, item, cost);
    }
    history::page(scene, page, item, version);
    raw(scene, page, item, json);
}

/// What the tool can do, an inventory: the letters are those of its row.
fn can(scene: Scene, page: &mut Page, item: &Item) {
    let can = scene.facts.findings.capabilities(item.id);
    page.heading("What it can do", "by its name, parameters and annotations");
    let says: Vec<String> = can
        .iter()
        .map(|one| format!("{} {}", one.letter(), one.says()))
        .collect();
    match says.is_empty() {
        true => page.say_indented("Nothing out of the ordinary.", Scope::UiDim, 2),
        false => page.say_indented(&says.join(&terms::dot(scene.theme)), Scope::UiText, 2),
    }
}

/// What a definition says, without what is known of it besides.
pub fn definition(scene: Scene, page: &mut Page, item: &Item, json: &Json) {
    let doc = Doc::parse(json.bytes());
    let Some(root) = doc.root() else {
        return page.say_indented(
            "The definition is no JSON; the message holds its bytes.",
            Scope::UiLoss,
            2,
        );
    };
    texts(scene, page, item, root);
    let asked = Parameters::of_definition(root, parameters::MOST);
    let takes = matches!(item.kind, ItemKind::Tool | ItemKind::Prompt);
    if takes || !asked.list.is_empty() {
        page.heading(
            "Parameters",
            if asked.list.is_empty() { "none" } else { "" },
        );
        parameters::table(scene, page, item, &asked);
    }
    if let Some(schema) = root.get("outputSchema") {
        page.heading("Returns", "");
        parameters::brief(
            page,
            &Parameters::of_schema(schema, schema, parameters::MOST),
        );
    }
    if item.kind == ItemKind::Tool {
        annotations::claimed(page, root);
    }
}

/// The texts that reach the model, or stand beside it.
fn texts(scene: Scene, page: &mut Page, item: &Item, root: Value) {
    if let Some(text) = root.text() {
        let text = text.into_buf();
        heading(page, text.as_raw());
        return quote(scene, page, item, "", &text, TEXT_ROWS);
    }
    let description = root.str("description").map(|text| text.into_buf());
    heading(
        page,
        description
            .as_ref()
            .map_or(Raw::EMPTY, |text| text.as_raw()),
    );
    match description.filter(|text| !text.as_raw().is_empty()) {
        Some(text) => quote(scene, page, item, "/description", &text, TEXT_ROWS),
        None => page.say_indented("It has no description.", Scope::UiDim, 2),
    }
    odd_name(page, item);
    for (key, label) in [
        ("title", "Title"),
        ("uri", "Address"),
        ("uriTemplate", "Address"),
        ("mimeType", "Type"),
    ] {
        let text = root
            .str(key)
            .map(|text| text.into_buf())
            .filter(|text| !text.as_raw().is_empty());
        if let Some(text) = text.filter(|text| *text != item.name || key == "title") {
            let shown = crate::ui::widget::text::wrapped(
                text.as_raw(),
                &evidence::lit(scene, item, &format!("/{key}"), text.as_raw()),
                page.style(Scope::UiText),
                scene.theme,
                page.width.saturating_sub(12).max(8),
                SHORT_ROWS,
            );
            for (n, line) in shown.into_iter().enumerate() {
                if n == 0 {
                    page.gap();
                }
                page.field(if n == 0 { label } else { "" }, 8, line);
            }
        }
    }
}

/// Who reads the text so, how long it is, and how much of it a person does not see.
fn heading(page: &mut Page, text: Raw) {
    let mut note = size(text.len() as u64);
    let hidden = hidden(text.slice(0..DECODED))
        .iter()
        .filter(|hidden| !hidden.innocent)
        .count();
    if hidden > 0 {
        let stretches = terms::counted(hidden, "hidden stretch", "hidden stretches");
        note = match (page.theme.seen_only, page.width >= WORDY) {
            (true, true) => format!("{note}, {stretches} left out; v shows them"),
            (true, false) => format!("{note}, {stretches} left out"),
            (false, true) => format!("{note}, {stretches}; v leaves them out"),
            (false, false) => format!("{note}, {stretches}"),
        };
    }
    let title = match page.theme.seen_only {
        true => "The text as a person sees it",
        false => "The text as the model reads it",
    };
    page.heading(title, &note);
}

/// Which letters of a name are not what they look like.
fn odd_name(page: &mut Page, item: &Item) {
    let Some(mixed) = lookalike(item.name.as_raw().slice(0..DECODED)) else {
        return;
    };
    let label = |text: &str| Raw::from(text).label(40);
    let letters: Vec<String> = mixed
        .strangers
        .iter()
        .take(6)
        .map(|c| {
            format!(
                "{} U+{:04X}",
                label(c.encode_utf8(&mut [0; 4])),
                u32::from(*c)
            )
        })
        .collect();
    let text = format!(
        "A word of the name reads as `{}`, but holds {}.",
        label(&mixed.reads),
        letters.join(", ")
    );
    page.gap();
    page.say_indented(&text, Scope::Hidden, 2);
}

fn quote(scene: Scene, page: &mut Page, item: &Item, pointer: &str, text: &RawBuf, most: usize) {
    let lit = evidence::lit(scene, item, pointer, text.as_raw().slice(0..DECODED));
    page.quote(text.as_raw(), &lit, Scope::UiText, 2, most);
}

fn raw(scene: Scene, page: &mut Page, item: &Item, json: &Json) {
    let Some(root) = json.root() else { return };
    let plain = Raw::new(json.bytes()).slice(root.range());
    let spaced = root.is_container() && plain.len() < messages::SPACED;
    let spaced = spaced.then(|| messages::pretty(root));
    let wire = spaced.as_ref().map_or(plain, RawBuf::as_raw);
    let mut note = size(root.size() as u64);
    if !json.is_whole() {
        note = format!("{note}, broken off");
    }
    page.heading(
        "As it was on the wire",
        &format!(
            "{note}, {}",
            terms::counted(json.nodes().len(), "value", "values")
        ),
    );
    let lit = evidence::lit_in_json(scene, item, wire.slice(0..DECODED));
    page.quote(wire, &lit, Scope::TextCode, 2, RAW_ROWS);
}
