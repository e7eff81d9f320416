use super::*;
use crate::formats::detect;
use crate::formats::sqlite::tests::{fixture, told};

#[test]
fn conversations_are_told_in_their_order() {
    let path = fixture("cursor.db");
    let head = std::fs::read(&path).unwrap();
    assert_eq!(detect(&head).format.map(|f| f.id), Some("cursor-db"));
    let (lines, notes) = told(&DATABASE, &path);
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(lines.len(), 13, "{lines:#?}");
    // The older conversation, whose record has its messages.
    assert!(lines[0].contains(r#""session_id":"c0""#) && lines[0].contains("Old question"));
    assert!(lines[1].contains(r#""server_label":"Cursor""#));
    assert!(lines[2].contains("README"));
    // The newer one, by its headers.
    assert!(lines[3].contains(r#""session_id":"c1""#));
    assert!(lines[3].contains(r#""event":"user","text":"Find tea.""#));
    assert!(
        lines[4].contains(r#""server_label":"my notes""#),
        "{lines:#?}"
    );
    assert!(lines[4].contains(
        r#""tools":[{"name":"search","description":"Searches.","inputSchema":{"type":"object"}}]"#
    ));
    assert!(lines[5].contains(r#""client_name":"mcp_my_notes_search""#));
    assert!(lines[5].ends_with(r#""name":"search","arguments":{"q":"tea","n":1.0}}}}"#));
    assert!(lines[6].ends_with(r#""result":{"content":[{"type":"text","text":"green tea"}]}}}"#));
    assert!(lines[7].contains(r#""server_label":"my notes""#));
    assert!(lines[7].ends_with(r#""name":"drop","arguments":{}}}}"#));
    assert!(lines[8].contains(r#""message":"not allowed""#));
    assert!(lines[9].contains(r#""server_label":"web""#));
    assert!(lines[9].ends_with(r#""name":"fetch","arguments":{"url":"http://x"}}}}"#));
    assert!(lines[10].contains(r#""message":"rejected""#));
    assert!(lines[11].contains(r#""event":"assistant","text":"Green tea.""#));
    // One that the record does not name.
    assert!(lines[12].contains("Lost words"));
}

/// The fixture has words that only a thief would look for beside the conversations, and in one's record.
#[test]
fn nothing_else_is_read() {
    let path = fixture("cursor.db");
    let bytes = std::fs::read(&path).unwrap();
    let canaries = memchr::memmem::find_iter(&bytes, b"CANARY").count();
    assert!(canaries >= 5, "{canaries}");
    let (lines, notes) = told(&DATABASE, &path);
    let all = format!("{lines:?}{notes:?}");
    assert!(!all.contains("CANARY"), "{all}");
}
