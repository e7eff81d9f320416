use super::*;
use crate::formats::detect;
use crate::formats::told::tests::told;

const SESSION: &str = include_str!("../../../tests/formats/fixtures/opencode.json");
const RUN: &str = include_str!("../../../tests/formats/fixtures/opencode-run.jsonl");
const TOOL: &str = include_str!("../../../tests/formats/fixtures/opencode-part.json");

fn id(text: &str) -> Option<&'static str> {
    detect(text.as_bytes()).format.map(|f| f.id)
}

#[test]
fn an_export_is_told() {
    assert_eq!(id(SESSION), Some("opencode"));
    let (lines, notes) = told(&EXPORT, SESSION.as_bytes(), &Known::default());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 8, "{lines:#?}");
    assert!(lines[0].contains(r#""session_id":"ses_1""#));
    assert!(lines[0].contains(r#""event":"user","text":"Find tea.""#));
    assert!(lines[1].contains(r#""server_label":"notes""#));
    assert!(lines[1].contains(r#""ts":"2025-10-09T08:53:21Z""#));
    assert!(lines[1].contains(r#""client_name":"notes_search""#));
    assert!(lines[1].ends_with(r#""name":"search","arguments":{"q":"tea","n":1.0}}}}"#));
    assert!(lines[2].contains(r#""truncated":true"#) && lines[2].contains("green tea"));
    assert!(lines[3].contains(r#""server_label":"OpenCode""#));
    assert!(lines[3].contains(r#""name":"apply_patch""#));
    assert!(lines[4].contains(r#""message":"no such file""#));
    assert!(lines[5].contains(r#""name":"bash""#));
    assert!(lines[7].contains(r#""event":"assistant""#));
}

#[test]
fn servers_that_are_known_own_the_longest_name() {
    let mut known = Known::default();
    known.server(b"apply");
    let (lines, _) = told(&EXPORT, SESSION.as_bytes(), &known);
    assert!(lines[3].contains(r#""server_label":"apply""#));
}

#[test]
fn events_and_parts_are_told() {
    assert_eq!(id(RUN), Some("opencode-run"));
    let (lines, _) = told(&EVENTS, RUN.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[0].contains(r#""server_label":"notes""#));
    assert!(lines[2].contains(r#""event":"assistant","text":"Green tea.""#));
    assert!(lines[3].contains(r#""event":"failed","text":"quota""#));
    assert_eq!(id(TOOL), Some("opencode-part"));
    let (part, _) = told(&PART, TOOL.as_bytes(), &Known::default());
    assert_eq!(part.len(), 2);
    // The same call, wherever it stands.
    let once = |line: &str| {
        line.split("\"once\":")
            .nth(1)
            .unwrap()
            .split(',')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(once(&part[0]), once(&lines[0]));
}

#[test]
fn odd_parts_do_no_harm() {
    for text in [
        r#"{"info":1,"messages":[{"parts":[{"type":"tool","callID":"a","tool":"_","state":7}]}]}"#,
        r#"{"info":1,"messages":[{"info":{"role":7},"parts":[{"type":"tool","callID":"a","tool":"b_","state":{"status":"completed","input":[]}}]}]}"#,
        r#"{"info":1,"messages":{"a":{"parts":"x"#,
    ] {
        told(&EXPORT, text.as_bytes(), &Known::default());
        told(&EVENTS, text.as_bytes(), &Known::default());
        told(&PART, text.as_bytes(), &Known::default());
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn the_database_is_told() {
    use crate::formats::sqlite::tests::{fixture, told};
    let path = fixture("opencode.db");
    let head = std::fs::read(&path).unwrap();
    assert_eq!(detect(&head).format.map(|f| f.id), Some("opencode-db"));
    let (lines, notes) = told(&DATABASE, &path);
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 6, "{lines:#?}");
    assert!(lines[0].contains(r#""event":"user","text":"Find tea.""#));
    assert!(lines[1].contains(r#""server_label":"notes""#));
    assert!(lines[2].contains("green tea"));
    assert!(lines[3].contains(r#""session_id":"ses_2""#));
    assert!(lines[4].contains(r#""message":"no such file""#));
    assert!(lines[5].contains(r#""event":"assistant""#));
}

#[test]
fn a_part_of_its_own_is_another_call_under_the_same_id() {
    let part = |id: &str| {
        format!(
            r#"{{"type":"tool_use","timestamp":1760000000000,"sessionID":"ses_1","part":{{"id":"{id}","sessionID":"ses_1","type":"tool","callID":"call_0","tool":"bash","state":{{"status":"completed","input":{{}},"output":"x"}}}}}}"#
        )
    };
    let told = |parts: [&str; 3]| {
        let text = parts.map(part).join("\n");
        told(&EVENTS, text.as_bytes(), &Known::default()).0.len()
    };
    assert_eq!(told(["prt_1", "prt_1", "prt_1"]), 2);
    assert_eq!(told(["prt_1", "prt_2", "prt_1"]), 4);
}
