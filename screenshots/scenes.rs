//! What the pictures show: the bundled incident, at moments worth seeing, as the real screens draw it.

use plainsight::analysis::{self, Findings};
use plainsight::capture::gate::protocol::{Held, HeldKind, Then};
use plainsight::session::{SourceArg, load};
use plainsight::ui::Case;
use plainsight::ui::hold::GateNews;
use plainsight::ui::message::Message;
use plainsight::ui::model::Model;
use plainsight::ui::picture::{Terminal, svg};
use plainsight::ui::testing::Stage;
use plainsight::ui::theme::{Depth, Look, Theme};
use plainsight::ui::themes::{Listed, Themes};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

/// One picture.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What is seen; with the theme it is the file's name: `calls.ink-dark.svg`.
    pub what: &'static str,
    pub theme: &'static str,
    pub depth: Depth,
    pub ascii: bool,
    pub size: (u16, u16),
    /// The keys that lead there.
    pub keys: &'static str,
    /// The incident while it happens: up to this line, whose call a gate holds.
    pub held: Option<usize>,
}

impl Scene {
    pub fn name(&self) -> String {
        format!("{}.{}", self.what, self.theme)
    }

    const fn of(what: &'static str, theme: &'static str, keys: &'static str) -> Scene {
        Scene {
            what,
            theme,
            depth: Depth::TrueColor,
            ascii: false,
            size: (120, 34),
            keys,
            held: None,
        }
    }
}

/// Every view, with the keys that lead to what is worth seeing in it.
const VIEWS: [(&str, &str); 6] = [
    ("findings", "1"),
    ("calls", "2/audit@skyrelay<enter>"),
    ("tools", "3agjjjjjjjjjjjj"),
    ("changes", "4jj"),
    ("messages", "5"),
    (
        "flow",
        "6fafter:09:20:30 -tool:run_command -tool:edit_file -tool:search_files -tool:lookup_contact -tool:stat_file -server:web<enter>jjjjjjjjjjjjjjj",
    ),
];

/// The themes in which every view is shown: a dark one, a light one, and one for those who see few hues.
const THEMES: [&str; 3] = ["ink-dark", "ink-light", "colorblind-dark"];

/// All pictures.
pub fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for theme in THEMES {
        for (what, keys) in VIEWS {
            scenes.push(Scene::of(what, theme, keys));
        }
    }
    scenes.extend([
        Scene {
            held: Some(218),
            ..Scene::of("gate", "ink-dark", "H")
        },
        Scene::of("palette", "gruvbox-dark", "2/audit@skyrelay<enter>:call"),
        Scene::of("keys", "catppuccin-mocha", "1m"),
        Scene::of("themes", "solarized-light", "1t"),
        Scene::of("code", "gruvbox-light", "2ftool:write_file<enter>jz"),
        Scene::of("compare", "colorblind-light", "3agjjjjjjjjjjjjjjjDn"),
        Scene::of("places", "gruvbox-dark", "2/audit@skyrelay<enter>6{2O"),
        Scene::of("hits", "solarized-dark", "5/id_rsa<enter>&"),
        Scene::of("help", "catppuccin-latte", "6?"),
        Scene::of("findings", "high-contrast-light", "1"),
        Scene::of("findings", "high-contrast-dark", "1"),
        Scene {
            size: (80, 24),
            depth: Depth::Ansi16,
            ..Scene::of("small", "terminal", "2/audit@skyrelay<enter>")
        },
        Scene {
            size: (80, 24),
            depth: Depth::NoColor,
            ascii: true,
            ..Scene::of("small", "mono", "1")
        },
    ]);
    scenes
}

/// The incident, read and judged.
pub fn case() -> Case {
    case_of(plainsight::cli::demo_source())
}

fn case_of(source: SourceArg) -> Case {
    let session = load::whole(&[source], load::Options::default()).expect("the incident opens");
    let findings = Arc::new(RwLock::new(Findings::default()));
    analysis::run(&session, &findings, &|| {}, &AtomicBool::new(false));
    Case {
        title: "incident.mcp.jsonl".into(),
        session,
        findings,
        ..Case::default()
    }
}

/// The incident up to a line, as it is while it is recorded.
fn case_until(line: usize) -> Case {
    let SourceArg::Bundled { name, bytes } = plainsight::cli::demo_source() else {
        unreachable!("the incident is in the program")
    };
    let end = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .nth(line - 1);
    let bytes = &bytes[..=end.expect("the incident has this line").0];
    let mut case = case_of(SourceArg::Bundled { name, bytes });
    case.title = "live".into();
    case
}

/// What a gate says when it holds the last message.
fn hold(case: &Case) -> Message {
    let session = load::lock_read(&case.session);
    let last = session.last().expect("there are messages");
    let findings = case.findings.read().expect("nobody panicked");
    let on_it = findings.by_row(last).iter();
    let mut on_it: Vec<_> = on_it.map(|n| &findings.list()[*n]).collect();
    on_it.sort_by_key(|one| std::cmp::Reverse(one.severity));
    let conn = &session.connections()[session.row(last).conn.index()];
    Message::Gate(GateNews::Held {
        session: conn.key.as_raw().label(200),
        held: Held {
            hold: 1,
            seq: session
                .read(last)
                .ok()
                .and_then(|body| body.seq())
                .expect("it is numbered"),
            what: HeldKind::Call,
            name: session.name(last).label(200),
            why: on_it
                .iter()
                .map(|one| format!("{}: {}", one.severity.name(), one.title))
                .collect(),
            left_ms: 52_000,
            then: Then::Deny,
        },
    })
}

/// The screens of a case in a theme, with all themes to choose from.
pub fn stage(case: Case, size: (u16, u16), theme: &str) -> Stage {
    let look = Look::default();
    let all = Theme::names().filter_map(|id| Theme::builtin(id, look));
    let all: Vec<Theme> = all.collect();
    let on = all.iter().position(|one| one.id == theme);
    let on = on.expect("a built-in theme");
    let themes = Themes {
        all: all.iter().map(Listed::of).collect(),
        ..Themes::default()
    };
    let theme = all[on].clone();
    Stage::of(Model::new(case, themes, on), size.0, size.1).with_theme(theme)
}

/// The picture of a scene.
pub fn draw(case: &Case, scene: &Scene) -> String {
    let look = Look {
        depth: scene.depth,
        ascii: scene.ascii,
    };
    let theme = Theme::builtin(scene.theme, look).expect("a built-in theme");
    let terminal = Terminal::of(&theme);
    let case = match scene.held {
        Some(line) => case_until(line),
        None => case.clone(),
    };
    let hold = scene.held.map(|_| hold(&case));
    let mut stage = stage(case, scene.size, scene.theme).with_theme(theme);
    if let Some(hold) = hold {
        stage.send(hold);
    }
    stage.keys(scene.keys);
    svg(
        &stage.buffer(),
        terminal,
        &format!("plainsight: {}", scene.what),
    )
}
