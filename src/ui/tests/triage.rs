//! From finding to finding: verdicts, notes, the queue, taking back.

use super::fixture::{case, stage};
use crate::analysis::{Analysis, Findings, Settings};
use crate::session::{RowId, SourceArg, load};
use crate::store::cases::Verdict;
use crate::ui::model::{Case, View};
use crate::ui::testing::Stage;
use crate::ui::theme::{Look, Scope, Theme};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

const INCIDENT: &[u8] = include_bytes!("../../cli/demo/incident.mcp.jsonl");

/// The bundled incident, with its stories.
fn incident(width: u16, height: u16) -> Stage {
    let findings = Arc::default();
    let source = SourceArg::Bundled {
        name: "incident.mcp.jsonl",
        bytes: INCIDENT,
    };
    let session = load::whole(&[source], load::Options::default()).expect("the incident opens");
    let settings = Arc::new(Settings::default());
    Analysis::with(settings).advance(&session, &findings, &|| {}, &AtomicBool::new(false));
    let case = Case {
        title: "incident".to_owned(),
        session,
        findings,
        ..Case::default()
    };
    Stage::new(case, width, height)
}

fn verdicts(stage: &Stage) -> Vec<Verdict> {
    stage
        .model
        .marks
        .values()
        .map(|mark| mark.verdict)
        .collect()
}

/// The small session with findings without end: the fourth one of the fixture, again and again.
fn crowd(count: usize) -> Stage {
    let case = case();
    let mut findings = Findings::default();
    {
        let known = case.findings.read().expect("nobody panicked");
        for finding in known.list() {
            findings.push(finding.clone(), None);
        }
        for n in 0..count {
            let mut one = known.list()[3].clone();
            one.id = format!("f{n:015x}");
            findings.push(one, None);
        }
    }
    let findings = Arc::new(RwLock::new(findings));
    Stage::new(Case { findings, ..case }, 120, 36)
}

#[test]
fn a_prefix_shows_the_verdicts_and_marking_goes_on_to_the_next() {
    let mut stage = stage(120, 36);
    let first = stage.model.cursor;
    let text = stage.keys("m").text();
    assert!(
        text.contains("m · Mark") && text.contains("a false positive; on to the next"),
        "{text}"
    );
    let text = stage.keys("c").text();
    assert_eq!(verdicts(&stage), [Verdict::Confirmed]);
    assert!(text.contains("⚑ confirmed"), "{text}");
    assert!(text.contains("3 open · 1 confirmed"), "{text}");
    assert!(text.contains("Confirmed: a private key leaves"), "{text}");
    assert_ne!(stage.model.cursor, first, "on to the next");
    assert_eq!(stage.model.panes().selected, 1);
    stage.keys("mmmf");
    assert_eq!(stage.model.triage.tally.confirmed, 2);
    assert_eq!(stage.model.triage.tally.false_positive, 1);
    let text = stage.keys("ml").text();
    assert!(text.contains("⚑ needs a look"), "{text}");
    assert!(stage.scopes_of("needs a look").contains(&Scope::MarkLook));
}

#[test]
fn a_note_stays_with_its_finding_and_says_who() {
    let mut stage = stage(120, 36);
    stage.keys("Mit is <backspace>true<enter>");
    let text = stage.text();
    assert!(
        text.contains("needs a look, noted") && text.contains("it istrue"),
        "{text}"
    );
    // A verdict keeps the note; what was marked last takes one, too.
    stage.keys("mcmn<ctrl-u>for sure<enter>gmx");
    assert!(stage.model.marks.is_empty());
    stage.keys("u");
    let mark = stage.model.marks.values().next().expect("it is back");
    assert_eq!(
        (mark.verdict, mark.note.as_str()),
        (Verdict::Confirmed, "for sure")
    );
    stage.model.marks.values_mut().for_each(|mark| {
        mark.by = "ana\u{202e}".into();
        mark.at = "2026-01-01T00:00:00Z".into();
    });
    let text = stage.keys("g").text();
    assert!(
        text.contains("by ana⟨RLO⟩") || text.contains("by ana⟨U+202E"),
        "{text}"
    );
}

#[test]
fn what_was_done_is_taken_back_and_done_again() {
    let mut stage = stage(120, 36);
    let text = stage.keys("u").text();
    assert!(text.contains("no mark, note or bookmark"), "{text}");
    stage.keys("mcmfb");
    let text = stage.keys("u").text();
    assert!(
        stage.model.bookmarks.is_empty() && text.contains("Taken back: the bookmark on message"),
        "{text}"
    );
    let text = stage.keys("u").text();
    assert!(text.contains("Taken back: false positive, "), "{text}");
    assert_eq!(stage.model.panes().selected, 1, "where it was marked");
    stage.keys("u");
    assert!(stage.model.marks.is_empty());
    let text = stage.keys("<ctrl-r>").text();
    assert!(text.contains("Done again: confirmed, "), "{text}");
    stage.keys("<ctrl-r><ctrl-r>");
    assert_eq!(stage.model.marks.len(), 2);
    assert_eq!(stage.model.bookmarks.len(), 1);
    let text = stage.keys("<ctrl-r>").text();
    assert!(text.contains("Nothing was taken back"), "{text}");
}

#[test]
fn a_story_is_marked_with_its_findings() {
    let mut stage = incident(160, 50);
    let findings = {
        let findings = stage.model.case.findings.read().expect("nobody panicked");
        findings.stories()[0].findings.len()
    };
    let text = stage.keys("gmc").text();
    assert_eq!(stage.model.triage.tally.confirmed, findings);
    assert!(
        text.contains(&format!("the story, its {findings} findings with it")),
        "{text}"
    );
    assert!(text.contains("⚑ confirmed · story"), "{text}");
    assert_eq!(stage.model.panes().selected, 1);
    let text = stage.keys("kMsee the ticket<enter>").text();
    assert!(text.contains("see the ticket"), "{text}");
    stage.keys("uu");
    assert!(stage.model.marks.is_empty());
}

#[test]
fn the_queue_lists_what_is_open_and_says_when_nothing_is() {
    let mut stage = stage(120, 36);
    stage.keys("mc");
    let text = stage.keys("2Q").text();
    assert_eq!(stage.model.view, View::Findings);
    assert!(text.contains("Findings 1/3"), "{text}");
    assert!(text.contains("queue: 3 of 4 open"), "{text}");
    // What needs a look is still open.
    stage.keys("ml");
    assert_eq!(stage.model.lists.troubles.len(), 3);
    let text = stage.keys("gmfmfmf").text();
    assert!(text.contains("Nothing is open: 1 confirmed, 3"), "{text}");
    assert!(text.contains("Nothing is open any more"), "{text}");
    stage.keys("Q");
    assert_eq!(stage.model.lists.troubles.len(), 4);
}

#[test]
fn many_findings_of_one_rule_are_one_entry_that_unfolds() {
    let mut stage = crowd(200);
    let text = stage.text();
    assert!(text.contains("Findings 1/4"), "{text}");
    assert!(text.contains("201 findings"), "{text}");
    stage.keys("G<enter>");
    assert_eq!(stage.model.lists.troubles.len(), 205);
    stage.keys("jjh");
    assert_eq!(stage.model.lists.troubles.len(), 4);
    assert_eq!(stage.model.panes().selected, 3);
    // Stepping to a finding that is folded shows it.
    stage.keys("g}}");
    let _ = stage.keys("gG").text();
    let text = stage.keys(":findings grouped<enter>").text();
    assert!(text.contains("Each finding is listed"), "{text}");
    assert_eq!(stage.model.lists.troubles.len(), 204);
}

#[test]
fn a_group_is_marked_at_once_after_a_question() {
    let mut stage = crowd(200);
    let text = stage.keys("Gmf").text();
    assert!(text.contains("Mark all of them: false positive?"), "{text}");
    assert!(text.contains("201 open findings of the rule"), "{text}");
    stage.keys("<esc>");
    assert!(stage.model.marks.is_empty());
    let text = stage.keys("mfy").text();
    assert_eq!(stage.model.triage.tally.false_positive, 201);
    assert!(text.contains("201 findings of the rule"), "{text}");
    assert!(text.contains("201 false positive"), "{text}");
    stage.keys("u");
    assert!(stage.model.marks.is_empty());
    // By rule: the verdict is asked for.
    stage.keys("gmc");
    let text = stage.keys("gmr").text();
    assert!(text.contains("203 open findings"), "{text}");
    assert!(text.contains("1 that was decided on stays"), "{text}");
    stage.keys("l");
    assert_eq!(stage.model.triage.tally.look, 203);
}

#[test]
fn bookmarks_are_found_by_their_message() {
    let mut stage = stage(120, 36);
    stage.keys("5jjbu<ctrl-r>");
    assert!(stage.model.bookmarks.contains(&RowId(2)));
}

#[test]
fn verdicts_can_be_read_in_ascii_and_in_small_terminals() {
    let ascii = Theme::builtin(
        "terminal",
        Look {
            ascii: true,
            ..Look::default()
        },
    );
    let mut stage = incident(80, 24).with_theme(ascii.expect("it is built in"));
    let text = stage.keys("jjjjmcmf").text();
    let rows: Vec<&str> = text
        .lines()
        .filter(|row| row.contains("M confirmed") || row.contains("M false"))
        .collect();
    assert!(
        rows.len() == 2 && rows.iter().all(|row| row.is_ascii()),
        "{text}"
    );
    assert!(
        text.contains("M confirmed - ") && text.contains("M false positive - "),
        "{text}"
    );
}
