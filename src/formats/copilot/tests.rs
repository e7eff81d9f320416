use super::*;
use crate::formats::detect;
use crate::formats::told::tests::told;

const LOG: &str = include_str!("../../../tests/formats/fixtures/copilot-chat.jsonl");
const OLD: &str = include_str!("../../../tests/formats/fixtures/copilot-chat.json");
const CLI: &str = include_str!("../../../tests/formats/fixtures/copilot-cli.jsonl");

fn id(text: &str) -> Option<&'static str> {
    detect(text.as_bytes()).format.map(|f| f.id)
}

#[test]
fn changes_are_told_once_they_are_final() {
    assert_eq!(id(LOG), Some("copilot-chat"));
    let (lines, notes) = told(&CHANGES, LOG.as_bytes(), &Known::default());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 11, "{lines:#?}");
    assert!(lines[0].contains(r#""event":"user","text":"Find tea.""#));
    assert!(lines[0].contains(r#""ts":"2025-10-09T08:53:21Z""#));
    assert!(lines[1].contains(r#""event":"assistant","text":"I look.""#));
    assert!(lines[2].contains(r#""server_label":"My Notes""#));
    assert!(lines[2].contains(r#""client_name":"mcp_my_notes_search""#));
    assert!(lines[2].ends_with(r#""name":"search","arguments":{"q":"tea","n":1.0}}}}"#));
    assert!(lines[3].ends_with(
        r#""content":[{"type":"text","text":"green tea"},{"type":"image","mimeType":"image/png","data":"aGk="}]}}}"#
    ));
    assert!(lines[4].contains(r#""text":"One note: green tea.""#));
    assert!(lines[5].contains(r#""server_label":"VS Code""#));
    assert!(lines[5].ends_with(r#""arguments":{"command":"ls"}}}}"#));
    assert!(lines[6].contains(r#""result":{"content":[]}"#));
    assert!(lines[7].contains("Drop it."));
    assert!(lines[8].ends_with(r#""name":"drop","arguments":{}}}}"#));
    assert!(lines[9].ends_with(r#""text":"not allowed"}],"isError":true}}}"#));
    assert!(lines[10].contains("It would not."));
}

#[test]
fn a_state_that_is_written_anew_repeats_nothing() {
    let first = LOG.lines().next().unwrap();
    let text = format!("{LOG}{first}\n");
    let (lines, _) = told(&CHANGES, text.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 11, "{lines:#?}");
}

#[test]
fn paths_that_lead_nowhere_do_no_harm() {
    for line in [
        r#"{"kind":1,"k":["requests",99999999999,"response",7,"x"],"v":1}"#,
        r#"{"kind":2,"k":["requests",-1],"v":[1],"i":-5}"#,
        r#"{"kind":2,"k":["requests"],"v":{"a":7},"i":9}"#,
        r#"{"kind":1,"k":["requests",0],"v":{"requestId":"a"}}"#,
        r#"{"kind":1,"k":["requests",0,"response",0,"a",0,"b"],"v":[]}"#,
        r#"{"kind":3,"k":["requests",0,"response",0,"value"]}"#,
        r#"{"kind":0,"v":7}"#,
        r#"{"kind":0}"#,
    ] {
        told(
            &CHANGES,
            format!("{LOG}{line}\n{line}").as_bytes(),
            &Known::default(),
        );
        told(&CHANGES, line.as_bytes(), &Known::default());
    }
}

#[test]
fn the_old_document_is_told() {
    assert_eq!(id(OLD), Some("copilot-chat-json"));
    let (lines, _) = told(&SESSION, OLD.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 8, "{lines:#?}");
    assert!(lines[2].contains(r#""server_label":"notes""#));
    assert!(lines[3].contains(r#"[{"type":"text","text":"green tea"}]"#));
    assert!(lines[6].contains(r#""name":"drop""#));
    assert!(lines[7].contains(r#""message":"denied""#));
}

#[test]
fn events_of_the_command_line_are_told() {
    assert_eq!(id(CLI), Some("copilot-cli"));
    let (lines, _) = told(&EVENTS, CLI.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 7, "{lines:#?}");
    assert!(lines[1].contains(r#""session_id":"5c51""#));
    assert!(lines[1].contains(r#""server_label":"my-notes""#));
    assert!(lines[1].ends_with(r#""name":"search","arguments":{"q":"tea","n":1.0}}}}"#));
    assert!(lines[2].contains(r#""server_label":"github-mcp-server""#));
    assert!(lines[2].contains(r#""name":"get_issue""#));
    assert!(lines[3].contains("green tea"));
    assert!(lines[4].contains(r#""message":"no such issue""#));
    assert!(lines[5].contains(r#""server_label":"Copilot CLI""#));
}
