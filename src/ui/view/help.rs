//! The keys of the present view, from the registry, and what the signs mean. In two columns where there is room.
//!
//! ```text
//! ╭ Keys in Calls ──────────────────────────── type to search, esc closes ╮
//! │ Stepping through time            Finding                               │
//! │   ]       the next call            /       search for text             │
//! │   [       the previous call        f       show only what passes       │
//! ╰────────────────────────────────────────────────────────────────────────╯
//! ```

mod more;

use super::{Scene, terms};
use crate::text::width;
use crate::ui::command::{self, Command, Group};
use crate::ui::facts;
use crate::ui::help::Help;
use crate::ui::model::Model;
use crate::ui::theme::{Look, Scope, Theme};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;
use std::sync::OnceLock;

/// Cells for the keys.
const KEYS: usize = 19;
/// From this width on there are two columns.
const TWO_COLUMNS: u16 = 120;
/// A column is no wider: longer lines are hard to read.
const WIDEST: u16 = 88;

/// One line of the help before it is drawn.
struct Entry {
    keys: String,
    what: String,
    /// Where the keys are drawn in another colour than keys have.
    sign: Option<Scope>,
    off: bool,
    /// What is looked through besides.
    name: &'static str,
}

impl Entry {
    fn new(keys: impl Into<String>, what: impl Into<String>) -> Entry {
        Entry {
            keys: keys.into(),
            what: what.into(),
            sign: None,
            off: false,
            name: "",
        }
    }

    /// Whether every word stands in it somewhere.
    fn holds(&self, words: &[String]) -> bool {
        let text = format!("{} {} {}", self.keys, self.what, self.name).to_lowercase();
        words
            .iter()
            .all(|word| text.contains(word) || self.keys == *word)
    }
}

/// A heading and what stands under it.
struct Section {
    heading: &'static str,
    entries: Vec<Entry>,
}

pub fn draw(scene: Scene, canvas: &mut Canvas, help: &Help) {
    let theme = scene.theme;
    let area = area((canvas.width(), canvas.height()));
    let typed = help.line.text();
    let rows = rows(scene, area.width, typed);
    let inner = usize::from(area.height.saturating_sub(3));
    let scroll = help.scroll.min(rows.len().saturating_sub(inner));
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let title = format!("Keys in {}", scene.model.view.name());
    let pane = Pane {
        title: &title,
        note: "type to search, esc closes",
        focused: true,
        scroll: Some((scroll, inner, rows.len())),
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    super::prompt::line(
        scene,
        &mut part,
        0,
        "/",
        &help.line,
        theme.style(Scope::UiInput),
    );
    for (y, row) in (1..part.height()).zip(rows.iter().skip(scroll)) {
        part.line(1, y, row);
    }
    if rows.is_empty() {
        part.put(
            2,
            1,
            "Nothing in the help holds these words.",
            theme.style(Scope::UiEmpty),
        );
    }
}

fn area((width, height): (u16, u16)) -> Rect {
    let most = if width >= TWO_COLUMNS {
        WIDEST * 2
    } else {
        WIDEST
    };
    let cells = width.min(most);
    Rect {
        x: (width - cells) / 2,
        y: 0,
        width: cells,
        height: height.saturating_sub(1),
    }
}

/// The last row that the help can be scrolled to.
pub fn end(model: &Model, help: &Help) -> usize {
    static PLAIN: OnceLock<Option<Theme>> = OnceLock::new();
    let theme = PLAIN.get_or_init(|| Theme::builtin("terminal", Look::default()));
    let area = area(model.size);
    let seen = usize::from(area.height.saturating_sub(3));
    theme.as_ref().map_or(0, |theme| {
        facts::with(&model.case, |facts| {
            let scene = Scene {
                model,
                facts,
                theme,
            };
            let all = rows(scene, area.width, help.line.text()).len();
            all.saturating_sub(seen)
        })
    })
}

/// All rows, in one column or two.
fn rows(scene: Scene, cells: u16, typed: &str) -> Vec<Line> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let mut sections = sections(scene);
    for section in &mut sections {
        let whole = section.heading.to_lowercase();
        if words.is_empty() || words.iter().all(|word| whole.contains(word)) {
            continue;
        }
        section.entries.retain(|entry| entry.holds(&words));
    }
    sections.retain(|section| !section.entries.is_empty());
    let cells = usize::from(cells.saturating_sub(4));
    if cells < usize::from(TWO_COLUMNS) - 4 {
        let blocks = sections.iter().map(|section| block(scene, section, cells));
        return blocks.collect::<Vec<_>>().join(&Line::new());
    }
    let half = cells / 2 - 1;
    let blocks: Vec<Vec<Line>> = sections
        .iter()
        .map(|section| block(scene, section, half))
        .collect();
    beside(blocks, half)
}

/// Sections go down the first column until it holds half of them, and on in the second.
fn beside(blocks: Vec<Vec<Line>>, cells: usize) -> Vec<Line> {
    let all: usize = blocks.iter().map(|block| block.len() + 1).sum();
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = Default::default();
    for block in blocks {
        let column = match left.len() + block.len() / 2 <= all / 2 && right.is_empty() {
            true => &mut left,
            false => &mut right,
        };
        if !column.is_empty() {
            column.push(Line::new());
        }
        column.extend(block);
    }
    let rows = left.len().max(right.len());
    left.resize_with(rows, Line::new);
    let mut right = right.into_iter();
    for row in &mut left {
        if let Some(other) = right.next().filter(|other| !other.is_empty()) {
            let gap = (cells + 2).saturating_sub(row.width());
            row.push(" ".repeat(gap), Default::default());
            row.append(other);
        }
    }
    left
}

fn sections(scene: Scene) -> Vec<Section> {
    let mut sections = more::faults(scene);
    sections.extend(Group::ALL.into_iter().map(|group| {
        let here = command::all()
            .filter(|command| command.group == group)
            .filter(|command| {
                let views = command.place.views;
                views.is_none_or(|views| views.contains(&scene.model.view))
            });
        Section {
            heading: group.name(),
            entries: here.filter_map(|command| entry(scene, command)).collect(),
        }
    }));
    sections.extend(more::sections(scene));
    sections
}

/// A command with keys; what has none is found in the palette.
fn entry(scene: Scene, command: &'static Command) -> Option<Entry> {
    let keys = scene.model.keyboard.keymap.shown(command, scene.model.view);
    if keys.is_empty() {
        return None;
    }
    Some(Entry {
        off: (command.disabled)(scene.model, scene.facts).is_some(),
        name: command.name,
        ..Entry::new(keys, command.title)
    })
}

fn block(scene: Scene, section: &Section, cells: usize) -> Vec<Line> {
    let theme = scene.theme;
    let heading = Line::of(section.heading, theme.style(Scope::TextHeading));
    let mut lines = vec![heading];
    for entry in &section.entries {
        let (key, text) = match entry.off {
            true => (Scope::UiKeyDisabled, Scope::UiKeyDisabled),
            false => (entry.sign.unwrap_or(Scope::UiKey), Scope::UiText),
        };
        let (key, text) = (theme.style(key), theme.style(text));
        let keys = terms::own(&entry.keys, theme);
        let indent = if keys.is_empty() { 0 } else { KEYS };
        let pad = indent.saturating_sub(width(&keys)).max(1);
        for (n, row) in prose(
            &terms::own(&entry.what, theme),
            cells.saturating_sub(indent + 2).max(1),
        )
        .into_iter()
        .enumerate()
        {
            let line = Line::of("  ", text);
            lines.push(
                match n {
                    0 if indent > 0 => line.with(keys.clone(), key).with(" ".repeat(pad), text),
                    _ => line.with(" ".repeat(indent), text),
                }
                .with(row, text),
            );
        }
    }
    lines
}
