//! What is wrong here, worst first.
//!
//! ```text
//! ┌ Findings 1/16 ─────────────────────────────────┐┌ poisoning/important-tag ─────────────────────────┐
//! │▌ ▲ a private key leaves the machine            ││ ▲ CRITICAL  a private key leaves the machine     │
//! │▌   CRITICAL mailer · send_email · 09:21:13     ││ Evidence    arguments /body                      │
//! │  ▲ hidden instructions for the model           ││   -----BEGIN OPENSSH PRIVATE KEY-----            │
//! │    HIGH     weather · get_forecast · 09:14:05  ││ Why it matters …  What to do …  Where …          │
//! └────────────────────────────────────────────────┘└──────────────────────────────────────────────────┘
//! ```

mod evidence;
mod group;
mod story;
mod verdict;

use super::rows;
use super::{Scene, terms};
use crate::analysis::{Finding, Severity, Story};
use crate::formats::Class;
use crate::session::ItemKind;
use crate::text::width;
use crate::ui::body;
use crate::ui::facts::Facts;
use crate::ui::lists::{self, Trouble};
use crate::ui::model::Model;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::troubles::Group;
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line, Page};
use crate::ui::zoom::Value;

pub fn list(scene: Scene, canvas: &mut Canvas) {
    rows::each(scene, canvas, |entry, part| {
        match lists::trouble_at(scene.model, entry) {
            Some(Trouble::Story(n)) => {
                if let Some(story) = scene.facts.findings.stories().get(n) {
                    story::row(scene, part, story);
                }
            }
            Some(Trouble::Group(n)) => {
                if let Some(group) = scene.model.lists.troubles.groups.get(n) {
                    group::row(scene, part, group);
                }
            }
            Some(trouble) => {
                if let Some(finding) = lists::finding_of(scene.facts, trouble) {
                    row(scene, part, finding, trouble);
                }
            }
            None => {}
        }
    });
}

fn row(scene: Scene, canvas: &mut Canvas, finding: &Finding, trouble: Trouble) {
    let theme = scene.theme;
    let cells = usize::from(canvas.width().saturating_sub(2));
    let risk = theme.style(terms::risk_scope(finding.severity));
    let mut head = Line::of(
        format!("{} ", theme.glyph(terms::risk_glyph(finding.severity))),
        risk,
    );
    head.push(finding.title.clone(), theme.style(Scope::UiText));
    canvas.line(2, 0, &clip(head, cells, false, theme));
    let dim = theme.style(Scope::UiDim);
    let word = finding.severity.name().to_uppercase();
    let mut foot = Line::of(format!("  {word:8} "), risk);
    let suppressed = matches!(trouble, Trouble::Suppressed(_));
    let mark = scene.model.marks.get(&finding.id).filter(|_| !suppressed);
    foot.append(verdict::in_row(scene, mark));
    if suppressed {
        foot.push(format!("suppressed{}", terms::dot(theme)), dim);
    }
    if let Some(server) = finding.server {
        foot.append(terms::server(scene, server, 24));
        foot.push(terms::dot(theme), dim);
    }
    if let Some(tool) = &finding.tool {
        foot.append(terms::tool(scene, tool.as_raw(), 32));
        foot.push(terms::dot(theme), dim);
    }
    foot.push(
        terms::time_of(scene, finding.row),
        theme.style(Scope::TextTime),
    );
    if finding.count > 1 {
        foot.push(
            format!(
                "{}{} times",
                terms::dot(theme),
                terms::grouped(finding.count as usize)
            ),
            dim,
        );
    }
    canvas.line(2, 1, &clip(foot, cells, false, theme));
    if suppressed || verdict::is_dim(mark) {
        canvas.style(dim);
    }
}

/// What the title of the list says at the right: how much is open, what is left out.
pub fn note(scene: Scene, room: usize) -> String {
    let model = scene.model;
    let dot = terms::dot(scene.theme);
    let tally = model.triage.tally;
    let mut parts = vec![match model.triage.queue {
        true if model.filter.good.is_some() => format!("queue: {} open in all", tally.open),
        true => format!("queue: {} of {} open", tally.open, tally.all),
        false => tally.told(&dot),
    }];
    if !model.lists.suppressed.is_empty() {
        parts.push(format!("{} suppressed", model.lists.suppressed.len()));
    }
    parts.retain(|part| !part.is_empty());
    let used = width(&parts.join(&dot));
    parts.push(terms::filter_note(scene, room.saturating_sub(used + 3)));
    parts.retain(|part| !part.is_empty());
    parts.join(&dot)
}

fn selected<'a>(model: &Model, facts: Facts<'a>) -> Option<&'a Finding> {
    lists::finding_of(facts, lists::trouble_at(model, model.panes().selected)?)
}

/// The story that the details are about.
fn selected_story<'a>(model: &Model, facts: Facts<'a>) -> Option<&'a Story> {
    match lists::trouble_at(model, model.panes().selected)? {
        Trouble::Story(n) => facts.findings.stories().get(n),
        Trouble::Group(_) | Trouble::Finding(_) | Trouble::Suppressed(_) => None,
    }
}

/// The group that the details are about.
fn selected_group(model: &Model) -> Option<&Group> {
    match lists::trouble_at(model, model.panes().selected)? {
        Trouble::Group(n) => model.lists.troubles.groups.get(n),
        _ => None,
    }
}

pub fn title(scene: Scene) -> (String, String) {
    if let Some(story) = selected_story(scene.model, scene.facts) {
        return ("story".to_owned(), story.ending.name().to_owned());
    }
    if let Some(group) = selected_group(scene.model) {
        return group::title(group);
    }
    match selected(scene.model, scene.facts) {
        Some(finding) => (
            finding.rule.id.to_owned(),
            format!("confidence {}", finding.confidence.name()),
        ),
        None => (String::new(), String::new()),
    }
}

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    if let Some(story) = selected_story(scene.model, scene.facts) {
        story::page(scene, &mut page, story);
        return page;
    }
    if let Some(group) = selected_group(scene.model) {
        group::page(scene, &mut page, group);
        return page;
    }
    let Some(finding) = selected(scene.model, scene.facts) else {
        return page;
    };
    page.line(terms::risk(finding.severity, scene.theme));
    page.say(&finding.title, Scope::UiStrong);
    verdict::on_page(scene, &mut page, scene.model.marks.get(&finding.id));
    if let Some(Trouble::Suppressed(n)) =
        lists::trouble_at(scene.model, scene.model.panes().selected)
    {
        suppressed(scene, &mut page, n);
    }
    let place = &finding.place;
    page.heading(
        "Evidence",
        format!("{} {}", place.kind.name(), place.pointer).trim_end(),
    );
    evidence::quotes(scene.model, &mut page, finding);
    evidence::signals(&mut page, finding);
    page.heading("Why it matters", "");
    let why = finding.unweighed();
    let why = match why.is_empty() {
        true => finding.rule.why,
        false => &why,
    };
    page.say_indented(why, Scope::UiText, 2);
    page.heading("What to do", "");
    if finding.severity < Severity::Medium {
        page.say_indented(CONTEXT, Scope::UiText, 2);
    }
    let advice = if finding.advice.is_empty() {
        finding.rule.advice
    } else {
        &finding.advice
    };
    page.say_indented(advice, Scope::UiText, 2);
    place_links(scene, &mut page, finding);
    page.heading("The rule", "");
    let taxonomy: Vec<&str> = [finding.rule.owasp, finding.rule.safe_mcp, finding.rule.cwe]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    page.say_indented(
        &format!("{}: {}", finding.rule.id, finding.rule.title),
        Scope::UiDim,
        2,
    );
    if !taxonomy.is_empty() {
        page.say_indented(&taxonomy.join(&terms::dot(scene.theme)), Scope::UiDim, 2);
    }
    page
}

/// Said before the advice of what is no alarm.
const CONTEXT: &str = "This is context: on its own nothing has to be done.";

/// Why a finding does not count.
fn suppressed(scene: Scene, page: &mut Page, number: usize) {
    let findings = scene.facts.findings;
    if let Some(one) = findings.suppressed().get(number) {
        let (reason, at) = findings.settings().silenced_by(one.by);
        page.heading("Suppressed", at);
        page.quote(crate::text::Raw::from(reason), &[], Scope::UiText, 2, 8);
    }
}

/// Where it is, and what belongs to it.
fn place_links(scene: Scene, page: &mut Page, finding: &Finding) {
    let session = scene.facts.session;
    page.heading("Where", "enter goes there");
    let link = page.style(Scope::UiLink);
    if let (Some(server), Some(tool)) = (finding.server, &finding.tool)
        && let Some(item) = session.item(server, ItemKind::Tool, tool.as_raw())
    {
        let mut line = Line::of("  definition  ", link);
        line.append(terms::tool(scene, tool.as_raw(), 40));
        page.link(line, Target::Item(item.id));
    }
    if finding.row.index() < session.len()
        && let Some(call) = session.call_of(finding.row)
    {
        let mut line = Line::of(format!("  call {:<6} ", terms::grouped(call + 1)), link);
        line.append(about(scene, finding.row));
        page.link(line, Target::Call(call));
    }
    let mut line = Line::of(
        format!("  message {:<3} ", terms::grouped(finding.row.index() + 1)),
        link,
    );
    line.append(about_unnumbered(scene, finding.row));
    page.link(line, Target::Row(finding.row));
    for related in &finding.related {
        let mut line = Line::of(format!("  {:<11} ", related.role), link);
        line.append(about(scene, related.row));
        page.link(line, Target::Row(related.row));
    }
}

/// A message in a few words: `09:21:02 files · read_file  message 142`.
fn about(scene: Scene, row: crate::session::RowId) -> Line {
    about_unnumbered(scene, row).with(
        format!("  message {}", terms::grouped(row.index() + 1)),
        scene.theme.style(Scope::UiDim),
    )
}

fn about_unnumbered(scene: Scene, row: crate::session::RowId) -> Line {
    let dim = scene.theme.style(Scope::UiDim);
    let mut line = Line::of(
        format!("{} ", terms::time_of(scene, row)),
        scene.theme.style(Scope::TextTime),
    );
    if scene.facts.row(row).is_none() {
        return line;
    }
    line.append(terms::server(scene, scene.facts.session.server_of(row), 20));
    let name = scene.facts.session.name(row);
    let method = scene.facts.session.method(row);
    line.push(terms::dot(scene.theme), dim);
    line.append(match (name.is_empty(), method.is_empty()) {
        (false, _) => terms::tool(scene, name, 40),
        (true, false) => Line::of(method.label(40), dim),
        (true, true) => Line::of(scene.facts.row(row).map_or("", |row| row.kind.name()), dim),
    });
    line
}

/// Evidence is kept with the finding. Its message is read to show all of the text, and secrets, which are kept masked.
pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    let Some(finding) = selected(model, facts) else {
        return Vec::new();
    };
    let asked = model.secrets && evidence::is_masked(finding);
    let row = facts.row(finding.row);
    row.filter(|row| asked || row.len <= body::AT_ONCE)
        .map(|_| body::Key::Row(finding.row))
        .into_iter()
        .collect()
}

/// All of the text that the evidence stands in, or as much as the finding keeps of it.
pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let finding = selected(model, facts)?;
    let title = format!("Evidence of {}", finding.rule.id);
    if let Some(whole) = evidence::whole(model, finding) {
        return Some(Value { title, ..whole });
    }
    let mut all = Vec::new();
    let mut spans = Vec::new();
    for (text, evidence) in evidence::texts(model, finding) {
        if !all.is_empty() {
            all.extend(b"\n\n");
        }
        let at = all.len();
        spans.extend(evidence.iter().map(|span| span.start + at..span.end + at));
        all.extend(text);
    }
    (!all.is_empty()).then(|| Value {
        title,
        text: all.into(),
        evidence: spans,
        ..Value::default()
    })
}

pub fn why_empty(scene: Scene) -> String {
    let tally = scene.model.triage.tally;
    if scene.model.triage.queue && tally.all > 0 {
        let decided: Vec<String> = tally.decided().collect();
        return match tally.open {
            0 => format!(
                "Nothing is open: {}. e writes the report, Q lists all again.",
                decided.join(", ")
            ),
            _ => "Nothing that is open passes the filter. f changes it, X shows all again."
                .to_owned(),
        };
    }
    let progress = scene.facts.session.progress();
    let messages: u64 = (scene.facts.session.sources().iter())
        .map(|source| source.messages)
        .sum();
    let counted = terms::counted(messages as usize, "message", "messages");
    if !progress.done || progress.studied < progress.rows {
        return "Still looking; findings appear here as they are made.".to_owned();
    }
    let calls = terms::counted(
        lists::len(scene.model, scene.facts, crate::ui::model::View::Calls),
        "call",
        "calls",
    );
    let found = format!("Nothing was found in {counted} and {calls}.");
    match terms::unfilled(scene, Class::has_definitions) {
        Some(why) => format!("{found} {why}"),
        None => format!("{found} 2 shows the calls, 3 what the servers offer."),
    }
}
