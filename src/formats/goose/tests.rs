use super::*;
use crate::formats::detect;
use crate::formats::told::tests::told;

const LEGACY: &str = include_str!("../../../tests/formats/fixtures/goose.jsonl");
const BLOCKS: &str = include_str!("../../../tests/formats/fixtures/goose-content.json");

#[test]
fn a_session_is_told() {
    assert_eq!(
        detect(LEGACY.as_bytes()).format.map(|f| f.id),
        Some("goose")
    );
    let (lines, notes) = told(&LINES, LEGACY.as_bytes(), &Known::default());
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 9, "{lines:#?}");
    assert!(lines[0].contains(r#""server_label":"Goose""#));
    assert!(lines[0].contains(r#""event":"user""#) && lines[0].contains("Which notes"));
    assert!(lines[2].contains(r#""server_label":"notes""#), "{lines:#?}");
    assert!(lines[2].contains(r#""ts":"2025-05-13T23:18:54Z""#));
    assert!(lines[2].contains(r#""client_name":"notes__search""#));
    assert!(lines[2].ends_with(r#""params":{"name":"search","arguments":{"q":"tea","n":1.0}}}}"#));
    assert!(lines[3].contains(r#""direction":"s2c""#));
    assert!(lines[3].ends_with(r#""result":{"content":[{"type":"text","text":"green tea"}]}}}"#));
    assert!(lines[5].contains(r#""message":"no such note""#));
    assert!(
        lines[6].contains(r#""server_label":"Goose""#) && lines[6].contains(r#""event":"failed""#)
    );
    assert!(lines[7].contains(r#""name":"final_output""#));
}

#[test]
fn the_owner_of_a_tool_decides() {
    assert_eq!(
        detect(BLOCKS.as_bytes()).format.map(|f| f.id),
        Some("goose-content")
    );
    let (lines, _) = told(&CONTENT, BLOCKS.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert!(lines[0].contains(r#""server_label":"my files""#));
    assert!(lines[0].contains(r#""name":"read__all""#));
    assert!(lines[1].ends_with(
        r#""result":{"content":[{"type":"text","text":"x"}],"structuredContent":{"n":1e400},"isError":false}}}"#
    ));
    assert!(lines[2].contains(r#""server_label":"my files""#));
    assert!(lines[2].contains(r#""name":"list""#));
    assert!(lines[3].ends_with(r#""isError":true}}}"#));
    // An answer to what was not asked here.
    assert!(lines[4].contains(r#""message":"Tool 'gone' not found""#));
}

#[test]
fn odd_blocks_do_no_harm() {
    for text in [
        "[",
        "[{\"type\":\"toolRequest\",\"toolCall\":{}}]",
        "[{\"type\":\"toolRequest\",\"id\":1,\"toolCall\":{\"value\":7}}]",
        "[{\"type\":\"toolResponse\",\"id\":\"a\",\"toolResult\":[[[[[\"x",
        "{\"type\":\"toolResponse\",\"id\":\"a\",\"toolResult\":null}",
        "[[[[[[[[[[",
    ] {
        told(&CONTENT, text.as_bytes(), &Known::default());
        told(&LINES, text.as_bytes(), &Known::default());
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn sessions_of_the_database_are_told_apart() {
    use crate::formats::sqlite::tests::{fixture, told};
    let path = fixture("goose.db");
    let head = std::fs::read(&path).unwrap();
    assert_eq!(detect(&head).format.map(|f| f.id), Some("goose-db"));
    let (lines, notes) = told(&DATABASE, &path);
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 7, "{lines:#?}");
    assert!(lines[0].contains(r#""session_id":"20260101_1""#));
    assert!(lines[0].contains(r#""event":"user","text":"Find tea.""#));
    assert!(lines[1].contains(r#""server_label":"notes""#));
    assert!(lines[1].contains(r#""ts":"2025-10-09T08:53:21Z""#));
    // The same id in another session is another call.
    assert!(lines[2].contains(r#""session_id":"20260101_2""#));
    assert!(lines[2].contains(r#""name":"read""#));
    assert!(lines[3].contains(r#""session_id":"20260101_1""#) && lines[3].contains("green tea"));
    assert!(lines[4].contains(r#""session_id":"20260101_2""#));
    assert!(lines[4].contains(r#""isError":true"#));
}

#[test]
fn an_id_that_each_turn_has_is_as_many_calls() {
    let turn = |n: u32| {
        format!(
            "{{\"role\":\"assistant\",\"created\":{n},\"content\":[{{\"type\":\"toolRequest\",\"id\":\"call_0\",\"toolCall\":{{\"status\":\"success\",\"value\":{{\"name\":\"e__x\",\"arguments\":{{\"n\":{n}}}}}}}}}]}}\n{{\"role\":\"user\",\"created\":{n},\"content\":[{{\"type\":\"toolResponse\",\"id\":\"call_0\",\"toolResult\":{{\"status\":\"success\",\"value\":[]}}}}]}}\n"
        )
    };
    let (lines, notes) = told(
        &LINES,
        [turn(1), turn(2)].concat().as_bytes(),
        &Known::default(),
    );
    assert_eq!((lines.len(), notes.len()), (4, 0), "{lines:#?}");
    assert!(lines[2].contains(r#""once":"call call_0 2""#));
    // What stands there again with the same words is a copy, and that is said.
    let (lines, notes) = told(
        &LINES,
        [turn(1), turn(1)].concat().as_bytes(),
        &Known::default(),
    );
    assert_eq!((lines.len(), notes.len()), (2, 1), "{lines:#?}");
}
