//! What is open: each recording, what class of source it is, how much of it could be read, and what a person should
//! know of it.

use super::{Scene, terms};
use crate::session::{Session, Source, SourceId, size};
use crate::ui::theme::Scope;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Line, Page};
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, scroll: usize) {
    let area = canvas.area();
    let cells = area.width.min(96);
    let area = Rect {
        x: area.x + (area.width - cells) / 2,
        width: cells,
        ..area
    };
    let mut page = Page::new(scene.theme, cells.saturating_sub(4));
    let session = scene.facts.session;
    for (number, source) in (0..).zip(session.sources()) {
        one(&mut page, source);
        recorder(&mut page, session, SourceId(number));
    }
    let height = u16::try_from(page.lines.len() + 2)
        .unwrap_or(u16::MAX)
        .min(area.height);
    let area = Rect {
        y: area.y + (area.height - height) / 2,
        height,
        ..area
    };
    canvas.part(area).clear(scene.theme.style(Scope::UiPopup));
    let seen = usize::from(height.saturating_sub(2));
    let scroll = scroll.min(page.lines.len().saturating_sub(seen));
    let pane = Pane {
        title: "What is open",
        note: "esc closes",
        focused: true,
        scroll: Some((scroll, seen, page.lines.len())),
    };
    let inside = pane.draw(canvas, scene.theme, area);
    let inside = Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(1),
        ..inside
    };
    page.draw(&mut canvas.part(inside), scroll, None);
}

fn one(page: &mut Page, source: &Source) {
    page.gap();
    let strong = page.style(Scope::UiStrong);
    page.line(Line::of(source.path.as_raw().label(page.width), strong));
    let text = page.style(Scope::UiText);
    let counted = |number: u64, one, many| {
        terms::counted(usize::try_from(number).unwrap_or(usize::MAX), one, many)
    };
    page.field(
        "format",
        10,
        Line::of(
            format!("{} ({})", source.format.title, source.class.name()),
            text,
        ),
    );
    let lines = counted(source.lines, "line", "lines");
    let mut messages = counted(source.messages, "message", "messages");
    if source.events > 0 {
        messages = format!("{messages}, {}", counted(source.events, "event", "events"));
    }
    page.field(
        "holds",
        10,
        Line::of(
            match source.is_told() {
                true => format!("{}: {messages}", size(source.size)),
                false => format!("{} in {lines}: {messages}", size(source.size)),
            },
            text,
        ),
    );
    if source.unreadable > 0 {
        let lost = counted(source.unreadable, "line", "lines");
        let loss = page.style(Scope::UiLoss);
        page.field(
            "unreadable",
            10,
            Line::of(format!("{lost}; f kind:unreadable shows them"), loss),
        );
    }
    if source.repeated > 0 {
        let twice = counted(source.repeated, "entry", "entries");
        let told = format!("{twice}, copied or logged twice, and shown once");
        page.field("elsewhere", 10, Line::of(told, text));
    }
    if source.skipped > 0 {
        let passed = counted(source.skipped, "line or record", "lines or records");
        let told = format!("{passed} with nothing of a server or of an agent's tools");
        page.field("passed", 10, Line::of(told, text));
    }
    if source.blank > 0 {
        page.field(
            "blank",
            10,
            Line::of(counted(source.blank, "line", "lines"), text),
        );
    }
    if !source.done {
        page.field(
            "indexed",
            10,
            Line::of(size(source.indexed), page.style(Scope::UiProgress)),
        );
    }
    for note in &source.notes {
        page.say_indented(note, Scope::UiText, 2);
    }
    page.say_indented(source.class.meaning(), Scope::UiDim, 2);
    if let Some(by) = source.class.filled_by() {
        page.say_indented(by, Scope::UiDim, 2);
    }
}

/// Whether it is being recorded, and what its recorder could not keep.
fn recorder(page: &mut Page, session: &Session, source: SourceId) {
    if session.sources()[source.index()].running {
        page.say_indented("It is being recorded at the moment.", Scope::UiProgress, 2);
    }
    if session.cut_short(source) > 0 {
        page.say_indented(
            "It has no end: its recorder was killed, or the machine stopped. A message that was on its way then may be missing.",
            Scope::UiLoss,
            2,
        );
    }
    let of_this = session
        .connections()
        .iter()
        .filter(|one| one.source == source);
    let dropped: u64 = of_this.map(|one| one.dropped).fold(0, u64::saturating_add);
    if dropped > 0 {
        let entries = usize::try_from(dropped).unwrap_or(usize::MAX);
        let sentence = format!(
            "{} could not be recorded: the disk was full, or could not be written.",
            terms::counted(entries, "message", "messages")
        );
        page.say_indented(&sentence, Scope::UiLoss, 2);
    }
}
