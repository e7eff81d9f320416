//! Choosing among recordings.

use crate::ui::message::{Effect, Message};
use crate::ui::overlay::{Columns, Overlay, Picker, PickerEntry};

#[test]
fn the_picker_chooses_a_recording() {
    let mut model = crate::ui::testing::empty_model();
    let entry = |number: usize, title: &str| PickerEntry {
        number,
        running: number == 7,
        title: title.to_owned(),
        note: "2 hours ago".to_owned(),
        columns: None,
    };
    let entries = vec![
        entry(1, "demo"),
        entry(2, "claude-desktop · mcp.log"),
        entry(3, "tap · files"),
    ];
    model.overlay = Some(Overlay::Picker(Picker {
        entries,
        ..Picker::default()
    }));
    let mut stage = crate::ui::testing::Stage::of(model, 80, 24);
    assert!(stage.text().contains("tap · files"), "{}", stage.text());
    for _ in 0..4 {
        stage.keys("<down>");
    }
    // A tap starts meanwhile: it comes first, and what was selected stays so.
    let more = vec![entry(7, "notes"), entry(1, "demo"), entry(3, "tap · files")];
    stage.send(Message::Offered(more));
    assert!(stage.text().contains("● notes"), "{}", stage.text());
    stage.keys("<enter>");
    assert!(
        matches!(stage.asked.last(), Some(Effect::Choose(3))),
        "{:?}",
        stage.asked
    );
}

#[test]
fn typing_searches_the_recordings() {
    let mut model = crate::ui::testing::empty_model();
    let entry = |number: usize, title: &str, project: &str| PickerEntry {
        number,
        running: number == 9,
        title: title.to_owned(),
        note: String::new(),
        columns: Some(Columns {
            client: "Claude Code".to_owned(),
            project: project.to_owned(),
            age: "3 h ago".to_owned(),
            size: "12 KB".to_owned(),
            calls: "41".to_owned(),
            worst: "high".to_owned(),
            place: format!("/home/ann/recordings/{title}.jsonl"),
        }),
    };
    let entries = vec![
        entry(1, "aaaa-1111", "~/src/quay"),
        entry(2, "bbbb-2222", "~/src/jam"),
        entry(9, "quick", "~/elsewhere"),
    ];
    model.overlay = Some(Overlay::Picker(Picker {
        entries,
        ..Picker::default()
    }));
    let mut stage = crate::ui::testing::Stage::of(model, 120, 24);
    for word in ["project", "calls", "worst", "~/src/jam", "41", "high"] {
        assert!(stage.text().contains(word), "{word}: {}", stage.text());
    }
    let text = stage.keys("qu").text();
    assert!(!text.contains("bbbb-2222"), "{text}");
    // The selected one says where it lies, and how to record is said below.
    assert!(text.contains("/home/ann/recordings/quick.jsonl"), "{text}");
    assert!(text.contains("plainsight tap -- CMD"), "{text}");
    // What runs comes first.
    let place = |word: &str| text.find(word).unwrap();
    assert!(place("quick") < place("aaaa-1111"), "{text}");
    stage.keys("<esc>jam<enter>");
    assert!(
        matches!(stage.asked.last(), Some(Effect::Choose(2))),
        "{:?}",
        stage.asked
    );
}

#[test]
fn times_tell_the_day_where_there_are_several() {
    const DAYS: &[u8] = br#"{"v":1,"session_id":"s","server_label":"notes","seq":1,"ts":"2026-03-04T23:59:58Z","direction":"c2s","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{}}}}
{"v":1,"session_id":"s","server_label":"notes","seq":2,"ts":"2026-03-05T00:00:03Z","direction":"s2c","raw":{"jsonrpc":"2.0","id":1,"result":{"content":[]}}}
"#;
    let mut stage = crate::ui::testing::Stage::new(super::fixture::case_of(DAYS), 160, 24);
    let calls = stage.keys("2").text();
    assert!(
        calls.contains("2026-03-04 23:59 – 2026-03-05 00:00"),
        "{calls}"
    );
    assert!(calls.contains("03-04 23:59:58 notes"), "{calls}");
    let messages = stage.keys("5").text();
    assert!(messages.contains("03-05 00:00:03"), "{messages}");
    let since = stage.keys("T").text();
    assert!(
        since.contains("+5.000") && !since.contains("03-05 00:00:03 "),
        "{since}"
    );
}
