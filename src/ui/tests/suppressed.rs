//! Findings that a person suppressed: they do not count, and they do not vanish.

use crate::analysis::{Analysis, Settings, suppress};
use crate::session::{SourceArg, load};
use crate::ui::model::Case;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const INCIDENT: &[u8] = include_bytes!("../../cli/demo/incident.mcp.jsonl");
const SUPPRESS: &str =
    "[[suppress]]\nrule = \"*\"\nserver = \"mailer\"\nreason = \"seen by the mail team\"\n";

fn stage() -> Stage {
    let day = "2026-01-01".parse().expect("a day");
    let settings = Arc::new(Settings {
        suppressions: suppress::parse("mine.toml", SUPPRESS, day).expect("a file"),
        ..Settings::default()
    });
    let findings = Arc::default();
    let source = SourceArg::Bundled {
        name: "incident.mcp.jsonl",
        bytes: INCIDENT,
    };
    let session = load::whole(&[source], load::Options::default()).expect("the incident opens");
    Analysis::with(settings).advance(&session, &findings, &|| {}, &AtomicBool::new(false));
    Stage::new(
        Case {
            title: "incident".to_owned(),
            session,
            findings,
            ..Case::default()
        },
        160,
        50,
    )
}

#[test]
fn suppressed_findings_stand_dimmed_below_the_others() {
    let mut stage = stage();
    let count = stage
        .model
        .case
        .findings
        .read()
        .expect("no panic")
        .suppressed()
        .len();
    assert!(count > 0);
    let text = stage.keys("1").text();
    assert!(text.contains(&format!("{count} suppressed")), "{text}");
    let text = stage.keys("G").text();
    assert!(text.contains("suppressed · mailer"), "{text}");
    assert!(
        text.contains("mine.toml:1") && text.contains("seen by the mail team"),
        "{text}"
    );
    assert!(stage.scopes_of("suppressed · ").contains(&Scope::UiDim));
    let text = stage.keys("mc").text();
    assert!(
        text.contains("A suppressed finding has its verdict"),
        "{text}"
    );
}
