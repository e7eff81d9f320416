//! A small session with two servers, a redefinition, an unreadable line and some findings.

use crate::analysis::rules::Rule;
use crate::analysis::{
    Category, Confidence, Evidence, Finding, Findings, Place, PlaceKind, Related, Severity,
};
use crate::session::{ItemKind, Session, SourceArg, load, study};
use crate::text::{Raw, RawBuf};
use crate::ui::model::Case;
use crate::ui::testing::Stage;
use std::sync::{Arc, RwLock};

const SMALL: &[u8] = include_bytes!("../../../tests/ui/small.mcp.jsonl");

/// A recording as a case without findings.
pub fn case_of(bytes: &'static [u8]) -> Case {
    let args = [SourceArg::Bundled {
        name: "small.mcp.jsonl",
        bytes,
    }];
    let session = load::whole(&args, load::Options::default()).expect("the fixture is a recording");
    while study::advance(&session, &mut study::Nobody) > 0 {}
    Case {
        title: "small.mcp.jsonl".to_owned(),
        session,
        findings: Arc::new(RwLock::new(Findings::default())),
        ..Case::default()
    }
}

/// The small session with three findings.
pub fn case() -> Case {
    let case = case_of(SMALL);
    let mut findings = Findings::default();
    {
        let session = case.session.read().expect("nobody panicked");
        for (severity, call, pointer, span, title) in [
            (
                Severity::Medium,
                0,
                "/path",
                "~/.ssh",
                "a folder of keys is listed",
            ),
            (
                Severity::Critical,
                2,
                "/body",
                "PRIVATE KEY",
                "a private key leaves through mailer",
            ),
            (
                Severity::High,
                1,
                "/path",
                "id_rsa",
                "a private key is read",
            ),
        ] {
            findings.push(
                finding(&session, severity, call, pointer, span, title),
                None,
            );
        }
        let hidden = session.item(
            session.server_of(session.calls()[0]),
            ItemKind::Tool,
            Raw::from("read_file"),
        );
        let item = hidden.expect("the fixture defines it").id;
        let mut about = finding(
            &session,
            Severity::Low,
            0,
            "/description",
            "\u{200b}",
            "hidden characters",
        );
        about.row = session.item_at(item).versions[0].from;
        about.place.kind = PlaceKind::Definition;
        findings.push(about, Some(item));
    }
    Case {
        findings: Arc::new(RwLock::new(findings)),
        ..case
    }
}

fn finding(
    session: &Session,
    severity: Severity,
    call: usize,
    pointer: &str,
    span: &str,
    title: &str,
) -> Finding {
    let row = session.calls()[call];
    let text = format!("before {span} after");
    Finding {
        id: format!("{call:015x}{}", severity as u8),
        rule: &RULE,
        severity,
        confidence: Confidence::High,
        title: title.to_owned(),
        server: Some(session.server_of(row)),
        tool: Some(session.name(row).to_buf()),
        place: Place {
            kind: PlaceKind::Arguments,
            pointer: pointer.to_owned(),
        },
        row,
        evidence: vec![Evidence {
            text: RawBuf::from(text.as_str()),
            span: 7..7 + span.len(),
            signal: None,
        }],
        related: vec![Related {
            row: session.calls()[0],
            role: "read",
        }],
        explanation: "Why it matters, in a sentence.".to_owned(),
        advice: "What to do, in a sentence.".to_owned(),
        count: 1,
    }
}

static RULE: Rule = Rule {
    id: "exfiltration/private-key",
    title: "A private key leaves the machine",
    severity: Severity::Critical,
    confidence: Confidence::High,
    category: Category::Exfiltration,
    looks_at: "",
    why: "Why.",
    advice: "Advice.",
    owasp: &["MCP10"],
    safe_mcp: &["SAFE-T1910"],
    cwe: &["CWE-200"],
    impact: &[],
    finds: &[],
    leaves: &[],
};

/// The small session on a stage.
pub fn stage(width: u16, height: u16) -> Stage {
    Stage::new(case(), width, height)
}
