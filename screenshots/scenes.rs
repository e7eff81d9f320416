//! What the pictures show: the bundled incident, at moments worth seeing, as the real screens draw it.

use plainsight::analysis::{self, Findings};
use plainsight::session::load;
use plainsight::ui::Case;
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
}

pub const SCENES: &[Scene] = &[
    Scene {
        name: "findings",
        theme: "ink-dark",
        size: (132, 40),
        keys: "1",
    },
    Scene {
        name: "calls",
        theme: "ink-dark",
        size: (132, 40),
        keys: "2/audit@skyrelay<enter>",
    },
    Scene {
        name: "tools",
        theme: "ink-dark",
        size: (132, 40),
        keys: "3agjjjjjjjjjjjj",
    },
    Scene {
        name: "changes",
        theme: "ink-dark",
        size: (160, 40),
        keys: "4jj",
    },
    Scene {
        name: "messages",
        theme: "ink-dark",
        size: (132, 40),
        keys: "5",
    },
    Scene {
        name: "flow",
        theme: "ink-dark",
        size: (132, 40),
        keys: "6fafter:09:20:30 -tool:run_command -tool:edit_file -tool:search_files -tool:lookup_contact -tool:stat_file -server:web<enter>jjjjjjjjjjjjjjj",
    },
    Scene {
        name: "light",
        theme: "ink-light",
        size: (132, 40),
        keys: "1",
    },
    Scene {
        name: "small",
        theme: "terminal",
        size: (80, 24),
        keys: "2/audit@skyrelay<enter>",
    },
];

/// The incident, read and judged.
pub fn case() -> Case {
    let session = load::whole(&[plainsight::cli::demo_source()], load::Options::default())
        .expect("the incident opens");
    let findings = Arc::new(RwLock::new(Findings::default()));
    analysis::run(&session, &findings, &|| {}, &AtomicBool::new(false));
    Case {
        title: "incident.mcp.jsonl".into(),
        session,
        findings,
        ..Case::default()
    }
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
    let mut stage = Stage::new(case.clone(), width, height).with_theme(theme);
    stage.keys(scene.keys);
    svg(
        &stage.buffer(),
        terminal,
        &format!("plainsight: {}", scene.name),
    )
}
