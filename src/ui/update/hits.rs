//! Keys in the list of hits.

use super::super::facts::Facts;
use super::super::hits::Hits;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::super::overlay::Overlay;
use super::super::target::Target;
use super::{go_to, search, set_cursor};

pub fn open(model: &mut Model) {
    let hits = Hits::at(&model.search, model.cursor);
    model.overlay = Some(Overlay::Hits(hits));
}

pub fn key(model: &mut Model, facts: Facts, key: Key, mut hits: Hits) -> Vec<Effect> {
    let last = model.search.seen.len().saturating_sub(1);
    let page = Hits::fitting(model.size).max(1);
    let at = hits.selected;
    hits.selected = match (key.code, key.ctrl) {
        (Code::Enter, _) => return go(model, facts, hits),
        (Code::Char('q' | '&'), false) => return Vec::new(),
        (Code::Char('j' | 'n'), false) | (Code::Down, _) => at + 1,
        (Code::Char('k' | 'N'), false) | (Code::Up, _) => at.saturating_sub(1),
        (Code::PageDown, _) | (Code::Char('f'), true) => at + page,
        (Code::PageUp, _) | (Code::Char('b'), true) => at.saturating_sub(page),
        (Code::Char('d'), true) => at + page / 2,
        (Code::Char('u'), true) => at.saturating_sub(page / 2),
        (Code::Char('g'), false) | (Code::Home, _) => 0,
        (Code::Char('G'), false) | (Code::End, _) => last,
        (Code::Char('S'), false) => {
            model.secrets = !model.secrets;
            at
        }
        _ => at,
    }
    .min(last);
    model.overlay = Some(Overlay::Hits(hits));
    search::search_on(model, facts)
}

/// Goes to the hit that is selected: in the list of messages or calls itself, else in Messages.
fn go(model: &mut Model, facts: Facts, hits: Hits) -> Vec<Effect> {
    let Some(row) = hits.row(&model.search.seen) else {
        return Vec::new();
    };
    match model.view {
        View::Messages | View::Calls | View::Flow => {
            set_cursor(model, facts, row);
            Vec::new()
        }
        View::Findings | View::Tools | View::Changes => go_to(model, facts, Target::Row(row)),
    }
}
