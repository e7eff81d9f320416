//! Keys in the palette, and what commands take after their names.

use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::Overlay;
use super::super::palette::{self, Argument, Palette, What, hits};
use super::super::prompt::Line;
use super::{filter, run, search, themes, warn};

pub static ARGUMENTS: &[Argument] = &[
    Argument {
        command: "theme",
        title: "the theme of that name",
        offers: |model, _| {
            model
                .themes
                .all
                .iter()
                .map(|theme| theme.id.clone())
                .collect()
        },
        run: |model, _, id| match model.themes.all.iter().position(|theme| theme.id == id) {
            Some(theme) => {
                model.theme = theme;
                themes::keep(model)
            }
            None => Vec::new(),
        },
    },
    Argument {
        command: "filter",
        title: "show only what passes this",
        offers: |_, _| Vec::new(),
        run: |model, facts, text| {
            let effects = filter::set_filter(model, facts, text);
            match &model.filter.error {
                Some((_, what)) => {
                    let what = what.clone();
                    warn(model, what)
                }
                None => effects,
            }
        },
    },
    Argument {
        command: "search",
        title: "go to where this stands",
        offers: |_, _| Vec::new(),
        run: search::start,
    },
];

pub fn key(model: &mut Model, facts: Facts, key: Key, mut palette: Palette) -> Vec<Effect> {
    let found = hits(model, facts, palette.line.text());
    let last = found.len().saturating_sub(1);
    let page = usize::from(model.size.1 / 2).max(1);
    let at = palette.selected.min(last);
    palette.selected = match (key.code, key.ctrl) {
        (Code::Enter, _) => {
            let chosen = found
                .get(at)
                .map(|hit| (hit.what.clone(), hit.reason.is_some()));
            return choose(model, facts, palette, chosen);
        }
        (Code::Tab, _) => {
            if let Some(hit) = found.get(at) {
                palette.line = Line::new(&completed(&hit.what, &hit.name));
            }
            0
        }
        (Code::Down, _) | (Code::Char('n' | 'j'), true) => (at + 1).min(last),
        (Code::Up | Code::BackTab, _) | (Code::Char('p' | 'k'), true) => at.saturating_sub(1),
        (Code::PageDown, _) => (at + page).min(last),
        (Code::PageUp, _) => at.saturating_sub(page),
        (Code::Backspace, _) if palette.line.text().is_empty() => return Vec::new(),
        _ => match palette.line.edit(key) {
            true => 0,
            false => at,
        },
    };
    model.overlay = Some(Overlay::Palette(palette));
    Vec::new()
}

/// What `tab` types: the name, and the blank after it where more can come.
fn completed(what: &What, name: &str) -> String {
    let more = matches!(what, What::Command(_)) && ARGUMENTS.iter().any(|own| own.command == name);
    format!("{name}{}", if more { " " } else { "" })
}

/// Runs what was chosen. What cannot be done now leaves the palette open, with the reason under it.
pub fn choose(
    model: &mut Model,
    facts: Facts,
    palette: Palette,
    chosen: Option<(What, bool)>,
) -> Vec<Effect> {
    match chosen {
        None | Some((_, true)) => {
            model.overlay = Some(Overlay::Palette(palette));
            Vec::new()
        }
        Some((What::Command(command), _)) => {
            let last = &mut model.keyboard.last;
            last.retain(|name| *name != command.name);
            last.insert(0, command.name);
            last.truncate(palette::REMEMBERED);
            run(model, facts, command)
        }
        Some((What::Argument(argument, word), _)) => (argument.run)(model, facts, &word),
    }
}

/// A click on a hit runs it.
pub fn click(model: &mut Model, facts: Facts, hit: usize) -> Vec<Effect> {
    let Some(Overlay::Palette(mut palette)) = model.overlay.take() else {
        return Vec::new();
    };
    palette.selected = hit;
    let found = hits(model, facts, palette.line.text());
    let chosen = found
        .get(hit)
        .map(|hit| (hit.what.clone(), hit.reason.is_some()));
    choose(model, facts, palette, chosen)
}
