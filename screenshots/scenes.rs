//! What the pictures show: the bundled incident, at moments worth seeing, as the real screens draw it.

use plainsight::analysis::{self, Findings};
use plainsight::capture::gate::protocol::{Held, HeldKind, Then};
use plainsight::session::{SourceArg, load};
use plainsight::ui::Case;
use plainsight::ui::hold::GateNews;
use plainsight::ui::message::Message;
use plainsight::ui::picture::{Terminal, svg};
use plainsight::ui::testing::Stage;
use plainsight::ui::theme::{Depth, Look, Theme};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

/// One picture.
pub struct Scene {
    /// The file's name without its extension.
    pub name: &'static str,
    pub theme: &'static str,
    pub size: (u16, u16),
    /// The keys that lead there.
    pub keys: &'static str,
    /// The incident while it happens: up to this line, whose call a gate holds.
    pub held: Option<usize>,
}

pub const SCENES: &[Scene] = &[
    Scene {
        name: "findings",
        theme: "ink-dark",
        size: (132, 40),
        keys: "1",
        held: None,
    },
    Scene {
        name: "calls",
        theme: "ink-dark",
        size: (132, 40),
        keys: "2/audit@skyrelay<enter>",
        held: None,
    },
    Scene {
        name: "gate",
        theme: "ink-dark",
        size: (132, 40),
        keys: "H",
        held: Some(218),
    },
    Scene {
        name: "tools",
        theme: "ink-dark",
        size: (132, 40),
        keys: "3agjjjjjjjjjjjj",
        held: None,
    },
    Scene {
        name: "changes",
        theme: "ink-dark",
        size: (160, 40),
        keys: "4jj",
        held: None,
    },
    Scene {
        name: "messages",
        theme: "ink-dark",
        size: (132, 40),
        keys: "5",
        held: None,
    },
    Scene {
        name: "flow",
        theme: "ink-dark",
        size: (132, 40),
        keys: "6fafter:09:20:30 -tool:run_command -tool:edit_file -tool:search_files -tool:lookup_contact -tool:stat_file -server:web<enter>jjjjjjjjjjjjjjj",
        held: None,
    },
    Scene {
        name: "light",
        theme: "ink-light",
        size: (132, 40),
        keys: "1",
        held: None,
    },
    Scene {
        name: "small",
        theme: "terminal",
        size: (80, 24),
        keys: "2/audit@skyrelay<enter>",
        held: None,
    },
];

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

/// The picture of a scene.
pub fn draw(case: &Case, scene: &Scene) -> String {
    let look = Look {
        depth: Depth::TrueColor,
        ascii: false,
    };
    let theme = Theme::builtin(scene.theme, look).expect("a built-in theme");
    let terminal = Terminal::of(&theme);
    let (width, height) = scene.size;
    let case = match scene.held {
        Some(line) => case_until(line),
        None => case.clone(),
    };
    let hold = scene.held.map(|_| hold(&case));
    let mut stage = Stage::new(case, width, height).with_theme(theme);
    if let Some(hold) = hold {
        stage.send(hold);
    }
    stage.keys(scene.keys);
    svg(
        &stage.buffer(),
        terminal,
        &format!("plainsight: {}", scene.name),
    )
}
