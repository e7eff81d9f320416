//! A story: findings that are one attack, from what told the agent to what left.
//!
//! ```text
//!  ▲ CRITICAL  succeeded
//!  A definition of mailer made the agent send a private key
//!
//!  What happened
//!    09:24:10  told  mailer · send_email    Its description asks for …
//!    09:20:49  read  files · read_file      ~/.ssh/id_rsa
//!    09:25:47  left  mailer · send_email    1,688 bytes of it
//! ```

use super::super::{Scene, terms};
use super::{about, verdict};
use crate::analysis::{Ending, Story};
use crate::session::size;
use crate::text::width;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::troubles::key_of;
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Canvas, Line, Page};

/// Addresses, paths and commands that are listed at most.
const INDICATORS: usize = 20;

/// The story's two rows in the list.
pub fn row(scene: Scene, canvas: &mut Canvas, story: &Story) {
    let theme = scene.theme;
    let cells = usize::from(canvas.width().saturating_sub(2));
    let risk = theme.style(terms::risk_scope(story.severity));
    let glyph = theme.glyph(terms::risk_glyph(story.severity));
    let title = fitting(&story.title, cells.saturating_sub(2));
    let head = Line::of(format!("{glyph} "), risk).with(title, theme.style(Scope::UiStrong));
    canvas.line(2, 0, &clip(head, cells, false, theme));
    let dim = theme.style(Scope::UiDim);
    let word = story.severity.name().to_uppercase();
    let key = key_of(scene.facts, story);
    let mark = key.and_then(|key| scene.model.marks.get(&key));
    let mut foot = Line::of(format!("  {word:8} "), risk);
    foot.append(verdict::in_row(scene, mark));
    foot.push("story", dim);
    foot.push(terms::dot(theme), dim);
    foot.push(story.ending.name(), theme.style(ending(story.ending)));
    let findings = terms::counted(story.findings.len(), "finding", "findings");
    foot.push(format!("{}{findings}", terms::dot(theme)), dim);
    if let Some(first) = story.steps.first() {
        foot.push(terms::dot(theme), dim);
        foot.push(
            terms::time_of(scene, first.row),
            theme.style(Scope::TextTime),
        );
    }
    canvas.line(2, 1, &clip(foot, cells, false, theme));
    if verdict::is_dim(mark) {
        canvas.style(dim);
    }
}

/// The title without its first words, if it does not fit: what came of it stands at the end.
fn fitting(title: &str, cells: usize) -> &str {
    let kinds = ["The definition of ", "A result of "];
    let short = kinds.iter().find_map(|kind| title.strip_prefix(kind));
    match short {
        Some(short) if width(title) > cells => short,
        _ => title,
    }
}

fn ending(ending: Ending) -> Scope {
    match ending {
        Ending::Succeeded => Scope::RiskCritical,
        Ending::Unclear => Scope::RiskMedium,
        Ending::Attempted => Scope::UiDim,
    }
}

/// The story told: its steps in order, what left, what marks it, and its findings.
pub fn page(scene: Scene, page: &mut Page, story: &Story) {
    let head = terms::risk(story.severity, scene.theme)
        .with("  ", page.style(Scope::UiText))
        .with(story.ending.name(), page.style(ending(story.ending)));
    page.line(head);
    page.say(&story.title, Scope::UiStrong);
    let key = key_of(scene.facts, story);
    verdict::on_page(scene, page, key.and_then(|key| scene.model.marks.get(&key)));
    page.heading("What happened", "enter goes there");
    for step in &story.steps {
        let mut line = Line::of(format!("  {:5} ", step.role), page.style(Scope::UiLink));
        line.append(about(scene, step.row));
        page.link(line, Target::Row(step.row));
        page.say_indented(&step.what, Scope::UiText, 8);
    }
    if let Some(left) = &story.left {
        page.heading("What left", "");
        page.say_indented(
            &format!("{}, {}", left.what, size(left.bytes)),
            Scope::RiskCritical,
            2,
        );
    }
    if !story.indicators.is_empty() {
        page.heading(
            "What marks it",
            "addresses, paths and commands to look for elsewhere",
        );
        for indicator in story.indicators.iter().take(INDICATORS) {
            let mut line = Line::of("  ", page.style(Scope::UiText));
            line.append(inline(
                indicator.as_raw(),
                page.width.saturating_sub(2),
                page.style(Scope::TextCode),
                scene.theme,
            ));
            page.line(line);
        }
    }
    page.heading("Its findings", "");
    for number in &story.findings {
        let Some(finding) = scene.facts.findings.list().get(*number) else {
            continue;
        };
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push("  ", page.style(Scope::UiText));
        line.append(verdict::in_row(scene, scene.model.marks.get(&finding.id)));
        line.push(finding.title.clone(), page.style(Scope::UiText));
        page.link(line, Target::Finding(*number));
    }
}
