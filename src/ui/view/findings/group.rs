//! Findings of one rule under one entry.
//!
//! ```text
//!  ▸ ▲ A secret stands in a result                        38 findings
//!      MEDIUM   secrets/in-result · 2 confirmed · 3 servers · 5 tools
//! ```

use super::super::{Scene, terms};
use super::about;
use crate::analysis::Finding;
use crate::store::cases::Verdict;
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::troubles::Group;
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line, Page};
use std::collections::BTreeSet;

/// Findings that the page lists.
const LISTED: usize = 200;

fn members<'a>(scene: Scene<'a>, group: &'a Group) -> impl Iterator<Item = (usize, &'a Finding)> {
    let list = scene.facts.findings.list();
    let numbers = group.findings.iter();
    numbers.filter_map(|n| Some((*n, list.get(*n)?)))
}

/// `2 confirmed · 1 false positive`
fn marked(scene: Scene, group: &Group) -> String {
    let mut counts = [0usize; 3];
    if scene.model.marks.is_empty() {
        return String::new();
    }
    for (_, finding) in members(scene, group) {
        if let Some(mark) = scene.model.marks.get(&finding.id) {
            counts[mark.verdict as usize] += 1;
        }
    }
    let told = Verdict::ALL.into_iter().zip(counts);
    let told = told.filter(|(_, count)| *count > 0);
    let parts: Vec<String> = told
        .map(|(verdict, count)| format!("{count} {}", verdict.name()))
        .collect();
    parts.join(&terms::dot(scene.theme))
}

/// The group's two rows in the list.
pub fn row(scene: Scene, canvas: &mut Canvas, group: &Group) {
    let theme = scene.theme;
    let cells = usize::from(canvas.width().saturating_sub(2));
    let (severity, rule) = group.key;
    let risk = theme.style(terms::risk_scope(severity));
    let fold = match group.folded {
        true => Glyph::TreeClosed,
        false => Glyph::TreeOpen,
    };
    let title = members(scene, group)
        .next()
        .map_or("", |(_, one)| one.rule.title);
    let count = terms::counted(group.findings.len(), "finding", "findings");
    let mut head = Line::of(
        format!("{} ", theme.glyph(terms::risk_glyph(severity))),
        risk,
    );
    head.push(format!("{} ", theme.glyph(fold)), theme.style(Scope::UiDim));
    head.push(count, theme.style(Scope::UiStrong));
    head.push(format!("  {title}"), theme.style(Scope::UiText));
    canvas.line(2, 0, &clip(head, cells, false, theme));
    let dim = theme.style(Scope::UiDim);
    let word = severity.name().to_uppercase();
    let mut foot = Line::of(format!("  {word:8} "), risk).with(rule, dim);
    let marked = marked(scene, group);
    if !marked.is_empty() {
        foot.push(terms::dot(theme), dim);
        foot.push(marked, theme.style(Scope::MarkLook));
    }
    canvas.line(2, 1, &clip(foot, cells, false, theme));
}

pub fn title(group: &Group) -> (String, String) {
    let count = terms::counted(group.findings.len(), "finding", "findings");
    (group.key.1.to_owned(), count)
}

/// What they have in common, and where each is.
pub fn page(scene: Scene, page: &mut Page, group: &Group) {
    page.line(terms::risk(group.key.0, scene.theme));
    let Some((_, first)) = members(scene, group).next() else {
        return;
    };
    page.say(first.rule.title, Scope::UiStrong);
    let servers: BTreeSet<_> = members(scene, group).map(|(_, one)| one.server).collect();
    let tools: BTreeSet<_> = members(scene, group)
        .map(|(_, one)| {
            (
                one.server,
                one.tool.as_ref().map(|tool| tool.as_raw().bytes()),
            )
        })
        .collect();
    let count = terms::counted(group.findings.len(), "finding", "findings");
    let servers = terms::counted(servers.len(), "server", "servers");
    let tools = terms::counted(tools.len(), "tool", "tools");
    page.say(
        &format!("{count} of one rule, on {servers} and {tools}. enter unfolds them; m c, m f and m l mark all that are open."),
        Scope::UiDim,
    );
    page.heading("Why it matters", "");
    page.say_indented(first.rule.why, Scope::UiText, 2);
    page.heading("What to do", "");
    page.say_indented(first.rule.advice, Scope::UiText, 2);
    page.heading("Its findings", "enter goes there");
    for (number, finding) in members(scene, group).take(LISTED) {
        let mut line = Line::of("  ", page.style(Scope::UiLink));
        line.append(super::verdict::in_row(
            scene,
            scene.model.marks.get(&finding.id),
        ));
        line.append(about(scene, finding.row));
        page.link(line, Target::Finding(number));
    }
    let more = group.findings.len().saturating_sub(LISTED);
    if more > 0 {
        let sentence = format!("and {} more", terms::grouped(more));
        page.say_indented(&sentence, Scope::UiDim, 2);
    }
}
