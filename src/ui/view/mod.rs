//! What is drawn: a pure function of the model and the facts. Nothing here changes anything or reads a file.
//!
//! One screen a file. Each has `list` (its rows), `page` (its details), `wants` (the bodies that it shows) and says why
//! it is empty.

mod bar;
mod bulk;
mod calls;
mod changes;
mod code;
pub mod compared;
mod evidence;
mod findings;
mod flow;
mod gate;
mod header;
mod help;
mod hits;
pub mod layout;
mod light;
mod messages;
mod palette;
mod pending;
mod picker;
mod places;
mod prompt;
mod rows;
mod sources;
mod terms;
mod themes;
mod timeline;
mod times;
mod tools;
mod tour;
mod tree;
mod waiting;
mod zoom;

use super::compared::Pair;
use super::facts::{self, Facts};
use super::lists;
use super::model::{Focus, Model, View};
use super::overlay::Overlay;
use super::theme::{Look, Scope, Theme};
use super::widget::pane::Pane;
use super::widget::{Canvas, Page, Seen};
use super::zoom::Value;
use super::{body, clipboard};
use crate::text::{Options, reveal};
use crate::wire::json::NodeId;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::OnceLock;

pub use code::jobs as code_jobs;
pub use flow::lanes as flow_lanes;
pub use header::tab_at;
pub use help::end as help_end;
pub use messages::pretty;
pub use palette::hit_at as palette_hit;
pub use terms::grouped;
pub use timeline::{
    holds as timeline_holds, row_at as timeline_row, row_beside as timeline_beside,
};
pub use tree::{first as tree_start, of as tree_of, value as opened};

/// What a view needs to draw itself.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub model: &'a Model,
    pub facts: Facts<'a>,
    pub theme: &'a Theme,
}

/// Draws the whole screen.
pub fn view(model: &Model, theme: &Theme, buffer: &mut Buffer) {
    let mut canvas = Canvas::new(buffer).in_ascii(theme.look.ascii);
    canvas.clear(
        theme
            .style(Scope::UiBackground)
            .patch(theme.style(Scope::UiText)),
    );
    if layout::too_small(model.size) || layout::too_small((canvas.width(), canvas.height())) {
        return too_small(&mut canvas, theme);
    }
    let eyes = eyes(model, theme);
    let theme = eyes.as_ref().unwrap_or(theme);
    facts::with(&model.case, |facts| {
        let scene = Scene {
            model,
            facts,
            theme,
        };
        match &model.overlay {
            Some(Overlay::Picker(picker)) => picker::draw(scene, &mut canvas, picker),
            Some(Overlay::Zoom(zoom)) => {
                zoom::draw(scene, &mut canvas, zoom);
                pending::draw(scene, &mut canvas, layout::of(model).keys);
                bar::toast(scene, &mut canvas, layout::of(model).keys);
            }
            Some(Overlay::Compared(open)) => {
                compared::draw(scene, &mut canvas, open);
                bar::toast(scene, &mut canvas, layout::of(model).keys);
            }
            _ => screen(scene, &mut canvas),
        }
    });
}

/// The theme for how texts are to be seen now, where that is not as ever.
fn eyes(model: &Model, theme: &Theme) -> Option<Theme> {
    (model.as_a_person || model.secrets).then(|| theme.for_eyes(model.as_a_person, !model.secrets))
}

fn screen(scene: Scene, canvas: &mut Canvas) {
    let at = layout::of(scene.model);
    header::draw(scene, &mut canvas.part(at.header));
    header::tabs(scene, &mut canvas.part(at.tabs));
    if at.list.area() > 0 {
        list(scene, canvas, at.list);
    }
    if at.detail.area() > 0 {
        detail(scene, canvas, at.detail);
    }
    light::light(scene, &mut canvas.part(at.list.union(at.detail)));
    timeline::draw(scene, &mut canvas.part(at.timeline));
    bar::draw(scene, &mut canvas.part(at.keys));
    match &scene.model.overlay {
        Some(Overlay::Help(help)) => help::draw(scene, canvas, help),
        Some(Overlay::Sources(scroll)) => sources::draw(scene, canvas, *scroll),
        Some(Overlay::Waiting(open)) => waiting::draw(scene, canvas, open),
        Some(Overlay::Bulk(bulk)) => bulk::draw(scene, canvas, bulk, at.keys),
        Some(Overlay::Tour(step)) => tour::draw(scene, canvas, *step),
        Some(Overlay::Palette(palette)) => palette::draw(scene, canvas, palette),
        Some(Overlay::Themes(_)) => themes::draw(scene, canvas),
        Some(Overlay::Places(places)) => places::draw(scene, canvas, places),
        Some(Overlay::GoTo(typed)) => places::typed(scene, canvas, typed, at.keys),
        Some(Overlay::Choice(choice)) => compared::choice::draw(scene, canvas, choice),
        Some(Overlay::Held(key)) => gate::draw(scene, &mut canvas.part(at.keys), key),
        Some(Overlay::Prompt(prompt)) => prompt::draw(scene, canvas, prompt, at.keys),
        Some(Overlay::Hits(list)) => hits::draw(scene, canvas, *list),
        Some(Overlay::Picker(_) | Overlay::Zoom(_) | Overlay::Compared(_)) | None => {}
    }
    pending::draw(scene, canvas, at.keys);
    // What is said must not cover how playing goes.
    let below = match at.timeline.height {
        0 => at.keys,
        _ => at.timeline,
    };
    bar::toast(scene, canvas, below);
}

fn too_small(canvas: &mut Canvas, theme: &Theme) {
    let (width, height) = layout::SMALLEST;
    let sentence = format!("plainsight needs a terminal of at least {width} by {height} cells.");
    for (y, row) in (0..canvas.height()).zip(super::widget::text::prose(
        &sentence,
        usize::from(canvas.width().max(1)),
    )) {
        canvas.put(0, y, &row, theme.style(Scope::UiText));
    }
}

fn list(scene: Scene, canvas: &mut Canvas, area: Rect) {
    let view = scene.model.view;
    let all = lists::len(scene.model, scene.facts, view);
    let seen = layout::entries_seen(scene.model);
    let title = match all {
        0 => view.name().to_owned(),
        _ => format!("{} {}/{all}", view.name(), scene.model.panes().selected + 1),
    };
    let room = usize::from(area.width).saturating_sub(title.len().max(10) + 8);
    let note = match view {
        View::Findings => findings::note(scene, room),
        View::Tools => tools::note(scene, room),
        _ => terms::filter_note(scene, room),
    };
    let pane = Pane {
        title: &title,
        note: &note,
        focused: scene.model.focus == Focus::List,
        scroll: Some((scene.model.panes().offset, seen, all)),
    };
    let inside = pane.draw(canvas, scene.theme, area);
    let mut part = canvas.part(inside);
    if all == 0 {
        return rows::empty(scene, &mut part, &why_empty(scene));
    }
    match view {
        View::Findings => findings::list(scene, &mut part),
        View::Calls => calls::list(scene, &mut part),
        View::Tools => tools::list(scene, &mut part),
        View::Changes => changes::list(scene, &mut part),
        View::Messages => messages::list(scene, &mut part),
        View::Flow => flow::list(scene, &mut part),
    }
}

/// What to do where nothing is recorded at the moment.
const NOTHING_RUNS: &str = "No server is being recorded at the moment; one that starts appears here by itself. Put the tap into a client's configuration with `plainsight wrap`, or start a server behind it: `plainsight tap -- CMD`. For a server that is reached over HTTP: `plainsight proxy --upstream URL`.";

/// Why a view lists nothing, and what to press.
fn why_empty(scene: Scene) -> String {
    let Scene { model, facts, .. } = scene;
    if model.filter.good.as_ref().is_some_and(|good| good.running) {
        return "Filtering.".to_owned();
    }
    let queue = model.view == View::Findings && model.triage.queue;
    if model.filter.good.is_some() && model.view != View::Tools && !queue {
        return "Nothing here passes the filter. f changes it, X shows all again.".to_owned();
    }
    if facts.is_empty() {
        let nothing_runs = model.case.live && facts.session.lag().running == 0;
        return match facts.session.progress().done {
            true if nothing_runs => NOTHING_RUNS.to_owned(),
            true if model.case.live => "Nothing was said yet.".to_owned(),
            true => "The recording holds no messages.".to_owned(),
            false => "Reading the recording.".to_owned(),
        };
    }
    match model.view {
        View::Findings => findings::why_empty(scene),
        View::Calls | View::Flow => calls::why_empty(scene),
        View::Tools => tools::why_empty(scene),
        View::Changes => changes::why_empty(scene),
        View::Messages => "There are no messages.".to_owned(),
    }
}

fn detail(scene: Scene, canvas: &mut Canvas, area: Rect) {
    let model = scene.model;
    let focused = model.focus == Focus::Detail;
    let (title, mut note) = detail_title(scene);
    if model.as_a_person && !title.is_empty() {
        let dot = terms::dot(scene.theme);
        note = match note.as_str() {
            "" => AS_A_PERSON.to_owned(),
            note => format!("{AS_A_PERSON}{dot}{note}"),
        };
    }
    let inner = layout::inside(area);
    if tree_of(model, scene.facts).is_some() && model.tree.is_some() {
        let seen = usize::from(inner.height);
        let scroll = model
            .tree
            .as_ref()
            .map(|tree| (tree.offset, seen, tree.seen().len()));
        let inside = Pane {
            title: &title,
            note: tree::title(scene).unwrap_or(&note),
            focused,
            scroll,
        }
        .draw(canvas, scene.theme, area);
        tree::draw(scene, &mut canvas.part(inside));
        return tree::foot(scene, canvas, area);
    }
    let page = page(scene, inner.width);
    let scroll = Some((
        model.panes().scroll,
        usize::from(inner.height),
        page.lines.len(),
    ));
    let inside = Pane {
        title: &title,
        note: &note,
        focused,
        scroll,
    }
    .draw(canvas, scene.theme, area);
    page.draw(
        &mut canvas.part(inside),
        model.panes().scroll,
        focused.then_some(model.panes().link),
    );
}

/// Said wherever texts are shown without what is hidden in them.
const AS_A_PERSON: &str = "as a person sees it";

fn detail_title(scene: Scene) -> (String, String) {
    if lists::len(scene.model, scene.facts, scene.model.view) == 0 {
        return (String::new(), String::new());
    }
    match scene.model.view {
        View::Findings => findings::title(scene),
        View::Calls | View::Flow => calls::title(scene),
        View::Tools => tools::title(scene),
        View::Changes => changes::title(scene),
        View::Messages => messages::title(scene),
    }
}

/// The details of what is selected.
fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    if lists::len(scene.model, scene.facts, scene.model.view) == 0 {
        return Page::new(scene.theme, width);
    }
    match scene.model.view {
        View::Findings => findings::page(scene, width),
        View::Calls | View::Flow => calls::page(scene, width),
        View::Tools => tools::page(scene, width),
        View::Changes => changes::page(scene, width),
        View::Messages => messages::page(scene, width),
    }
}

/// The page of details as it stands now, for its length and its links. Which theme it is in does not matter for either.
pub fn measured_page(model: &Model, facts: Facts) -> Page<'static> {
    static PLAIN: OnceLock<Option<Theme>> = OnceLock::new();
    let theme = PLAIN.get_or_init(|| Theme::builtin("terminal", Look::default()));
    let width = layout::inside(layout::of(model).detail).width;
    match theme {
        Some(theme) => {
            let eyes = eyes(model, theme);
            let page = page(
                Scene {
                    model,
                    facts,
                    theme: eyes.as_ref().unwrap_or(theme),
                },
                width,
            );
            Page {
                theme,
                width: page.width,
                lines: page.lines,
                links: page.links,
                masked: page.masked,
            }
        }
        None => unreachable!("the terminal theme is built in, as its own test shows"),
    }
}

/// The bodies that are on the screen.
pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    match model.view {
        View::Findings => findings::wants(model, facts),
        View::Calls | View::Flow => calls::wants(model, facts),
        View::Tools => tools::wants(model, facts),
        View::Changes => changes::wants(model, facts),
        View::Messages => messages::wants(model, facts),
    }
}

/// What is compared on the screen.
pub fn pairs(model: &Model, facts: Facts) -> Vec<Pair> {
    match (&model.overlay, model.view) {
        (Some(Overlay::Compared(open)), _) => vec![open.pair],
        (Some(Overlay::Choice(choice)), _) => compared::choice::pairs(model, choice),
        (_, View::Changes) => changes::pairs(model, facts),
        (_, View::Tools) => tools::pairs(model, facts),
        _ => Vec::new(),
    }
}

/// Rows of the JSON tree that are seen.
pub fn tree_rows(model: &Model) -> usize {
    usize::from(layout::inside(layout::of(model).detail).height)
}

/// Whether what is shown is one value of a message: in a tree, or all of it. Its copy may take a while.
pub fn shows_one_value(model: &Model, facts: Facts) -> bool {
    let told = match &model.overlay {
        Some(Overlay::Zoom(zoom)) => zoom.value.at.filter(|_| !zoom.value.is_dumped()),
        _ if tree_of(model, facts).is_some() => pointed(model, facts),
        _ => None,
    };
    told.is_some()
}

/// What `y` copies: the value of a zoom or of the tree, else the details, as they are shown; and whether secrets in it
/// are masked.
pub fn text_to_copy(model: &Model, facts: Facts) -> (String, bool) {
    if let Some(Overlay::Compared(open)) = &model.overlay {
        return compared::text(model, facts, open, clipboard::MOST);
    }
    let value = match &model.overlay {
        Some(Overlay::Zoom(zoom)) => Some(zoom.value.clone()),
        _ if tree_of(model, facts).is_some() => tree::zoomed(model, facts),
        _ => None,
    };
    let Some(value) = value else {
        let page = measured_page(model, facts);
        return (page.text(), page.is_masked());
    };
    let options = Options {
        limit: clipboard::AT_MOST,
        ..Options::default()
    };
    let seen = match model.secrets {
        true => Seen::spelled(value.text.as_raw()),
        false => value.masked(),
    };
    (reveal(seen.raw(), &options).into_string(), seen.is_masked())
}

/// The value that copies are of: of the zoom, of the tree, else the one that `z` would show; its body and its place there.
pub fn pointed(model: &Model, facts: Facts) -> Option<(body::Key, NodeId)> {
    if let Some(Overlay::Zoom(zoom)) = &model.overlay {
        return zoom.value.at;
    }
    if tree_of(model, facts).is_some() {
        let tree = model.tree.as_ref()?;
        return Some((tree.of, tree.selected_node()?));
    }
    match model.view {
        View::Calls | View::Flow => calls::pointed(model, facts),
        View::Tools => Some((tools::version(model, facts)?, 0)),
        _ => zoomed(model, facts)?.at,
    }
}

/// The value that `z` shows all of.
pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    if tree_of(model, facts).is_some() && model.tree.is_some() {
        return tree::zoomed(model, facts);
    }
    match model.view {
        View::Findings => findings::zoomed(model, facts),
        View::Calls | View::Flow => calls::zoomed(model, facts),
        View::Tools => tools::zoomed(model, facts),
        View::Changes => changes::zoomed(model, facts),
        View::Messages => messages::zoomed(model, facts),
    }
}
