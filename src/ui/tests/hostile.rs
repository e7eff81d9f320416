//! Text that attackers choose, in every place that the screens show.

use super::fixture::case_of;
use crate::text::Class;
use crate::ui::testing::Stage;
use proptest::prelude::*;

/// What a terminal would obey, or a person could not see.
pub(super) const PAYLOADS: &[&str] = &[
    "\u{1b}[31mred\u{1b}]0;title\u{7}\u{1b}]52;c;aGk=\u{7}",
    "\u{9b}2J\u{90}q\u{9c}",
    "a\u{202e}b\u{2066}c\u{2069}",
    "\u{200b}\u{200d}\u{feff}\u{2060}x",
    "\u{e0041}\u{e0042}\u{e007f}",
    "x\u{fe0f}\u{e0100}\u{e01ef}",
    "\u{e000}\u{f8ff}\u{10ffff}\u{378}",
    "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{2028}\u{2029}\u{85}\u{b}\u{c}",
    "\u{3164}\u{2800}\u{a0}\u{ad}",
    "tab\there\r\nline\u{0}\u{7f}",
    "日本語 한국어 עברית العربية हिन्दी",
    "👩\u{200d}👩\u{200d}👧 🏴\u{e0067}\u{e0062}\u{e007f} 1\u{fe0f}\u{20e3}",
];

/// A recording with the payload as label, name, version, method, key, argument, result, id and standard error.
pub(super) fn recording(payload: &str) -> &'static [u8] {
    let p = serde_json::to_string(payload).expect("any string is JSON");
    let line = |direction: &str, rest: String| {
        format!(
            r#"{{"v":1,"session_id":"s","server_label":{p},"seq":1,"ts":"2026-03-04T09:00:00Z","direction":"{direction}",{rest}}}"#
        )
    };
    let schema = format!(
        r#"{{"type":"object","properties":{{{p}:{{"type":{p},"description":{p},"default":{p}}}}},"required":[{p}]}}"#
    );
    let lines = [
        line(
            "meta",
            format!(r#""raw":{{"event":"start","command":[{p}],"cwd":{p}}}"#),
        ),
        line(
            "c2s",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":{p},"method":"initialize","params":{{"protocolVersion":{p},"capabilities":{{}},"clientInfo":{{"name":{p},"version":{p}}}}}}}"#
            ),
        ),
        line(
            "s2c",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":{p},"result":{{"protocolVersion":{p},"capabilities":{{}},"serverInfo":{{"name":{p},"title":{p},"version":{p}}},"instructions":{p}}}}}"#
            ),
        ),
        line(
            "c2s",
            r#""raw":{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"#.to_owned(),
        ),
        line(
            "s2c",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":1,"result":{{"tools":[{{"name":{p},"title":{p},"description":{p},"inputSchema":{schema},"annotations":{{"title":{p},{p}:true}}}}]}}}}"#
            ),
        ),
        line(
            "c2s",
            r#""raw":{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}"#.to_owned(),
        ),
        line(
            "s2c",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":2,"result":{{"tools":[{{"name":{p},"description":"other","inputSchema":{{}}}}]}}}}"#
            ),
        ),
        line(
            "c2s",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{{"name":{p},"arguments":{{{p}:{p},"deep":{{{p}:[{p}]}}}}}}}}"#
            ),
        ),
        line(
            "s2c",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":3,"result":{{"content":[{{"type":"text","text":{p}}},{{"type":{p},"mimeType":{p},"data":"AA=="}}],"structuredContent":{{{p}:{p}}}}}}}"#
            ),
        ),
        line(
            "c2s",
            format!(r#""raw":{{"jsonrpc":"2.0","method":{p},"params":{{{p}:{p}}}}}"#),
        ),
        line(
            "s2c",
            format!(
                r#""raw":{{"jsonrpc":"2.0","id":9,"error":{{"code":-1,"message":{p},"data":{p}}}}}"#
            ),
        ),
        line("stderr", format!(r#""text":{p}"#)),
        format!("not json {payload}"),
    ];
    Box::leak(
        format!("{}\n", lines.join("\n"))
            .into_bytes()
            .into_boxed_slice(),
    )
}

/// Everything on the screen is something that may stand in a cell.
pub(super) fn assert_clean(stage: &Stage, keys: &str) {
    for cell in stage.buffer().content() {
        for letter in cell.symbol().chars() {
            assert!(
                !letter.is_control() && Class::of(letter).is_none(),
                "{letter:?} is on the screen after {keys:?}:\n{}",
                stage.text()
            );
        }
    }
}

/// The keys that bring every screen up, in turn.
pub(super) const TOUR: &[&str] = &[
    "1",
    "2",
    "<tab>jj",
    "<esc>z",
    "<esc>3",
    "j",
    "j",
    "j<enter>",
    "<esc>x",
    "x4",
    "<enter>",
    "<esc>5g",
    "j",
    "j",
    "j",
    "jj",
    "jj<tab>jjj",
    "z",
    "<esc>x",
    "x<esc>",
    "G",
    "k",
    "k6",
    "i",
    "<esc>?",
    "<esc>:",
    "<esc>fserver:",
    "<esc>",
];

fn tour(payload: &str, width: u16) {
    let mut stage = Stage::new(case_of(recording(payload)), width, 40);
    for keys in TOUR {
        stage.keys(keys);
        assert_clean(&stage, keys);
    }
}

#[test]
fn nothing_that_hides_or_commands_reaches_a_cell() {
    for payload in PAYLOADS {
        tour(payload, 150);
        tour(payload, 60);
    }
}

#[test]
fn pasted_text_is_shown_as_what_it_is() {
    let mut stage = Stage::new(case_of(recording("x")), 100, 24);
    stage.keys("/");
    stage.send(crate::ui::message::Message::Paste(PAYLOADS.concat()));
    assert_clean(&stage, "a search being typed");
    stage.keys("<enter>");
    assert_clean(&stage, "a search");
    stage.keys("f");
    stage.send(crate::ui::message::Message::Paste(PAYLOADS.concat()));
    stage.keys("<enter>");
    assert_clean(&stage, "a filter that cannot be read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_the_characters(payload in "\\PC{0,12}|[\\x00-\\x{10ffff}]{0,24}", width in 40u16..160) {
        tour(&payload, width);
    }
}
