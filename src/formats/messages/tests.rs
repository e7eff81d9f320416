use super::*;
use crate::formats::detect;
use crate::formats::told::tests::told;

const CALLS: &str = include_str!("../../../tests/formats/fixtures/messages.json");
const LINES: &str = include_str!("../../../tests/formats/fixtures/messages-lines.jsonl");

#[test]
fn calls_and_offered_tools_are_told() {
    assert_eq!(
        detect(CALLS.as_bytes()).format.map(|f| f.id),
        Some("messages")
    );
    let (lines, notes) = told(&FORMAT, CALLS.as_bytes(), &Known::default());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 10, "{lines:#?}");
    assert!(lines[0].contains(r#""server_label":"files""#));
    assert!(lines[0].contains(
        r#""tools":[{"name":"read","description":"Reads a file.","inputSchema":{"type":"object"}}]"#
    ));
    assert!(lines[1].contains(r#""server_label":"notes""#) && lines[1].contains("Searches notes."));
    assert!(lines[2].contains(r#""event":"user","text":"Find tea.""#));
    assert!(lines[3].contains(r#""server_label":"notes""#));
    assert!(lines[3].ends_with(r#""name":"search","arguments":{"q": "tea", "n": 1e400}}}}"#));
    assert!(lines[4].contains(r#""server_label":"agent""#));
    assert!(lines[4].ends_with(r#""name":"bash","arguments":"not json"}}}"#));
    assert!(lines[5].contains(r#""server_label":"notes""#) && lines[5].contains("green tea"));
    assert!(lines[6].contains("sh: not found"));
    assert!(lines[8].contains(r#""server_label":"web""#));
    assert!(
        lines[9].ends_with(
            r#""result":{"content":[{"type":"text","text":"refused"}],"isError":true}}}"#
        )
    );
}

#[test]
fn ids_that_are_counted_up_are_this_conversation_s_own() {
    let once = |text: &str| {
        let (lines, _) = told(&FORMAT, text.as_bytes(), &Known::default());
        let line = lines.into_iter().find(|line| line.contains("tools/call"));
        let line = line.unwrap();
        let at = line.find("\"once\":").unwrap();
        line[at..].split(',').next().unwrap().to_owned()
    };
    let other = CALLS.replace("You help.", "You obey.");
    assert_ne!(once(CALLS), once(&other));
    assert_eq!(once(CALLS), once(CALLS));
}

#[test]
fn an_id_that_each_turn_has_is_as_many_calls() {
    let turn = r#"{"role":"assistant","tool_calls":[{"id":"call_0","function":{"name":"mcp__a__x","arguments":"{}"}}]},{"role":"tool","tool_call_id":"call_0","content":"R"}"#;
    let text = format!("[{turn},{turn}]");
    let (lines, notes) = told(&FORMAT, text.as_bytes(), &Known::default());
    assert_eq!((lines.len(), notes.len()), (4, 0), "{lines:#?}");
    assert!(lines[2].contains("tools/call") && lines[2].contains("call_0 2\""));
    assert!(lines[3].contains("result") && lines[3].contains("call_0 2\""));
}

#[test]
fn each_line_may_be_a_conversation() {
    let (lines, notes) = told(&FORMAT, LINES.as_bytes(), &Known::default());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 9, "{lines:#?}");
    assert!(lines[2].contains(r#""session_id":"""#));
    assert!(lines[5].contains(r#""session_id":"2""#) && lines[8].contains(r#""session_id":"3""#));
    let cut = told(
        &FORMAT,
        &LINES.as_bytes()[..LINES.len() - 9],
        &Known::default(),
    );
    assert!(
        cut.1[0].contains(&format!("of {}", LINES.len() - 9)),
        "{:?}",
        cut.1
    );
    let text = LINES.replace('\n', " ");
    let (alone, notes) = told(&FORMAT, text.as_bytes(), &Known::default());
    assert_eq!((alone.len(), notes.len()), (3, 1));
}

#[test]
fn a_document_that_is_cut_tells_what_is_whole() {
    for text in [CALLS, LINES] {
        let whole = told(&FORMAT, text.as_bytes(), &Known::default()).0;
        for cut in 0..text.len() {
            let part = told(&FORMAT, &text.as_bytes()[..cut], &Known::default()).0;
            assert!(whole.starts_with(&part), "cut at {cut}: {part:#?}");
        }
    }
}

#[test]
fn odd_messages_do_no_harm() {
    for text in [
        r#"[{"role":"assistant","content":[{"type":"tool_use","id":7,"name":[]}]}]"#,
        r#"[{"role":"assistant","tool_calls":{"a":{"id":"x"}}}]"#,
        r#"[{"role":"tool","content":null}]"#,
        r#"[{"role":"tool","tool_call_id":"x","content":{"a":1}}]"#,
        r#"{"messages":7,"tools":[7,{"name":"mcp__a__b"}]}"#,
        r#"[7,"x",[[[[{"role":"#,
    ] {
        told(&FORMAT, text.as_bytes(), &Known::default());
    }
}
