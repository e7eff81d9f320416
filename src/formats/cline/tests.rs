use super::*;
use crate::formats::told::tests::told;
use crate::formats::{Known, detect};

const TASK: &str = include_str!("../../../tests/formats/fixtures/cline.json");
const ROO_TASK: &str = include_str!("../../../tests/formats/fixtures/roo.json");
const SEEN: &str = include_str!("../../../tests/formats/fixtures/cline-ui.json");

fn id(text: &str) -> Option<&'static str> {
    detect(text.as_bytes()).format.map(|f| f.id)
}

#[test]
fn calls_in_xml_are_joined_with_their_results() {
    assert_eq!(id(TASK), Some("cline"));
    let (lines, _) = told(&FORMAT, TASK.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 11, "{lines:#?}");
    assert!(lines[0].contains(r#""event":"user","text":"What is new in the tea notes?""#));
    assert!(lines[1].contains(r#""event":"assistant","text":"I look.""#));
    assert!(lines[2].contains(r#""server_label":"notes""#));
    assert!(lines[2].ends_with(r#""name":"search","arguments":{"q":"tea","n":1.0}}}}"#));
    assert!(lines[3].contains(r#""server_label":"notes""#));
    assert!(lines[3].ends_with(r#""result":{"content":[{"type":"text","text":"green tea"}]}}}"#));
    assert!(lines[4].contains(r#""method":"resources/read","params":{"uri":"note://7"}"#));
    assert!(lines[5].contains(r#""result":{"contents":[{"uri":"note://7","text":"Note 7"}]}"#));
    // The server's name stands in the result only.
    assert!(
        lines[6].contains(r#""server_label":"my notes""#),
        "{lines:#?}"
    );
    assert!(lines[6].contains(r#""client_name":"cX7abc0mcp0read""#));
    assert!(lines[7].contains(r#""isError":true"#));
    assert!(lines[8].ends_with(r#""arguments":"all of it"}}}"#));
    assert!(lines[9].contains(r#""message":"The user denied this operation.""#));
    assert!(lines[10].contains(r#""server_label":"Cline""#));
}

#[test]
fn tools_of_roo_are_named_in_two_ways() {
    assert_eq!(id(ROO_TASK), Some("roo"));
    let (lines, _) = told(&ROO, ROO_TASK.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 6, "{lines:#?}");
    assert!(lines[2].contains(r#""server_label":"notes""#));
    assert!(lines[2].contains(r#""ts":"2025-10-09T08:53:21Z""#));
    assert!(lines[3].contains(r#""server_label":"my files""#));
    assert!(lines[3].ends_with(r#""name":"read","arguments":{"path":"t.txt"}}}}"#));
    assert!(lines[5].contains("no such file") && lines[5].contains(r#""isError":true"#));
}

#[test]
fn what_was_seen_of_a_task() {
    assert_eq!(id(SEEN), Some("cline-ui"));
    let (lines, _) = told(&UI, SEEN.as_bytes(), &Known::default());
    assert_eq!(lines.len(), 8, "{lines:#?}");
    assert!(lines[2].ends_with(r#""name":"search","arguments":{"q":"tea"}}}}"#));
    assert!(lines[3].contains("green tea"));
    assert!(lines[4].contains(r#""method":"resources/read""#));
    assert!(lines[5].contains(r#""contents":[{"uri":"note://7","text":"Note 7"}]"#));
    assert!(lines[6].ends_with(r#""params":{"name":"drop"}}}"#));
    assert!(lines[7].contains(r#""isError":true"#));
}

#[test]
fn a_task_that_is_cut_tells_what_is_whole() {
    for (format, text) in [(&FORMAT, TASK), (&ROO, ROO_TASK), (&UI, SEEN)] {
        let whole = told(format, text.as_bytes(), &Known::default()).0;
        for cut in 0..text.len() {
            let part = told(format, &text.as_bytes()[..cut], &Known::default()).0;
            // A call behind a key is told by the key as long as there is no name.
            let part: Vec<_> = part
                .into_iter()
                .filter(|line| !line.contains(r#""server_label":"cX7abc""#))
                .collect();
            assert!(whole.starts_with(&part), "cut at {cut}: {part:#?}");
        }
    }
}
