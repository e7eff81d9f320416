//! The mouse: select, scroll, drag the border, click the timeline and the tabs.

use super::super::facts::Facts;
use super::super::lists;
use super::super::message::{Effect, Mouse, MouseKind};
use super::super::model::{Focus, Model};
use super::super::overlay::Overlay;
use super::super::view::{self, layout};
use super::go::place;
use super::motion::select;
use super::{palette, scrub};
use ratatui::layout::{Position, Rect};

pub fn take(model: &mut Model, facts: Facts, mouse: Mouse) -> Vec<Effect> {
    if layout::too_small(model.size) {
        return Vec::new();
    }
    if let Some(overlay) = &mut model.overlay {
        let step: isize = match mouse.kind {
            MouseKind::ScrollUp => -3,
            MouseKind::ScrollDown => 3,
            MouseKind::Press => return press_overlay(model, facts, mouse),
            _ => return Vec::new(),
        };
        match overlay {
            Overlay::Places(places) => {
                let places = *places;
                super::places::scroll(model, places, step.signum());
            }
            Overlay::Help(help) => help.scroll = help.scroll.saturating_add_signed(step),
            Overlay::Sources(scroll) => *scroll = scroll.saturating_add_signed(step),
            Overlay::Themes(_) => super::themes::scroll(model, step > 0),
            Overlay::Palette(palette) => {
                // What is past the end is the last.
                palette.selected = palette.selected.min(crate::ui::palette::count());
                palette.selected = palette.selected.saturating_add_signed(step);
            }
            Overlay::Zoom(zoom) => zoom.scroll = zoom.scroll.saturating_add_signed(step),
            _ => {}
        }
        return Vec::new();
    }
    match mouse.kind {
        MouseKind::Press => press(model, facts, mouse),
        MouseKind::Drag if model.dragging => drag(model, mouse),
        MouseKind::Drag if model.walk.dragging => scrub::to_column(model, facts, mouse.column),
        MouseKind::Drag => {}
        MouseKind::Release => {
            model.dragging = false;
            model.walk.dragging = false;
        }
        MouseKind::ScrollUp => scroll(model, facts, mouse, -3),
        MouseKind::ScrollDown => scroll(model, facts, mouse, 3),
    }
    Vec::new()
}

/// A click into what lies on top.
fn press_overlay(model: &mut Model, facts: Facts, mouse: Mouse) -> Vec<Effect> {
    let at = Position::new(mouse.column, mouse.row);
    match &model.overlay {
        Some(Overlay::Palette(open)) => match view::palette_hit(model, facts, open, at) {
            Some(hit) => palette::click(model, facts, hit),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn holds(area: Rect, mouse: Mouse) -> bool {
    area.contains(Position::new(mouse.column, mouse.row))
}

fn press(model: &mut Model, facts: Facts, mouse: Mouse) {
    let at = layout::of(model);
    let border = at.list.right();
    if !at.folded
        && holds(at.list.union(at.detail), mouse)
        && (mouse.column + 1 == border || mouse.column == border)
    {
        model.dragging = true;
    } else if holds(at.tabs, mouse) {
        if let Some(view) = view::tab_at(model, mouse.column).filter(|view| *view != model.view) {
            model.jumps.leave(place(model));
            model.view = view;
            model.focus = Focus::List;
        }
    } else if holds(at.timeline, mouse) && view::timeline_holds(model, mouse.column) {
        model.walk.dragging = true;
        scrub::to_column(model, facts, mouse.column);
    } else if holds(at.list, mouse) {
        model.focus = Focus::List;
        press_list(model, facts, mouse);
    } else if holds(at.detail, mouse) {
        model.focus = Focus::Detail;
        press_detail(model, facts, mouse);
    }
}

fn press_list(model: &mut Model, facts: Facts, mouse: Mouse) {
    let inside = layout::inside(layout::of(model).list);
    let head = layout::head_rows(model.view);
    if !holds(inside, mouse) || mouse.row < inside.y + head {
        return;
    }
    let line = (mouse.row - inside.y - head) / layout::entry_rows(model.view);
    let entry = model.panes().offset + usize::from(line);
    if entry < lists::len(model, facts, model.view) {
        select(model, facts, entry);
    }
}

fn press_detail(model: &mut Model, facts: Facts, mouse: Mouse) {
    let inside = layout::inside(layout::of(model).detail);
    if !holds(inside, mouse) {
        return;
    }
    let line = usize::from(mouse.row - inside.y);
    if let Some(tree) = &mut model.tree {
        tree.selected = (tree.offset + line).min(tree.seen().len().saturating_sub(1));
        return;
    }
    let page = view::measured_page(model, facts);
    let line = line + model.panes().scroll;
    if let Some(at) = page.links.iter().position(|link| link.line == line) {
        model.panes_mut().link = at;
    }
}

fn drag(model: &mut Model, mouse: Mouse) {
    let share = (u32::from(mouse.column) * 1000).div_ceil(u32::from(model.size.0.max(1)));
    model.split[model.view as usize] = u16::try_from(share).unwrap_or(500).clamp(150, 850);
}

fn scroll(model: &mut Model, facts: Facts, mouse: Mouse, step: isize) {
    let at = layout::of(model);
    if holds(at.detail, mouse) {
        if let Some(tree) = model.tree.as_mut() {
            tree.selected = tree
                .selected
                .saturating_add_signed(step)
                .min(tree.seen().len().saturating_sub(1));
            return;
        }
        let page = view::measured_page(model, facts);
        let seen = usize::from(layout::inside(at.detail).height);
        let panes = model.panes_mut();
        panes.scroll = panes
            .scroll
            .saturating_add_signed(step)
            .min(page.lines.len().saturating_sub(seen));
    } else if holds(at.list, mouse) {
        let last = lists::len(model, facts, model.view).saturating_sub(1);
        let entry = model.panes().selected.saturating_add_signed(step).min(last);
        select(model, facts, entry);
    }
}
