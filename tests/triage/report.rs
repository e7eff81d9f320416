//! The report from the screens.

use super::{Desk, ORDERS, recording, wait};
use plainsight::ui::filing::{News, Refused};
use plainsight::ui::message::{Effect, Message};
use plainsight::ui::overlay::Overlay;
use std::fs;

#[test]
fn the_report_is_written_where_it_is_asked_for_and_replaces_nothing_unasked() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    let text = stage.keys("e").text();
    assert!(
        text.contains("report to plainsight-adder-2026-01-02.md"),
        "{text}"
    );
    let file = desk.folder.path().join("r.md");
    let typed = format!("<ctrl-u>{}<enter>", file.display());
    stage.keys("<esc>gMit <lt>b>is</b> so<enter>mcjmf");
    wait(&mut stage);
    let text = stage.keys(&format!("e{typed}")).text();
    assert!(
        text.contains("Wrote ") && text.contains("secrets masked"),
        "{text}"
    );
    let report = fs::read_to_string(&file).expect("a report");
    for part in [
        "# Incident report: `adder.jsonl`",
        "## Summary",
        "## What happened",
        "## Confirmed (",
        "## Open (",
        "## False positives (1)",
        "## Servers and tools with findings",
        "## Coverage and limits",
        "## Sources",
        "it \\<b\\>is\\</b\\> so",
        "**false positive**",
        "| `adder.jsonl` | native |",
    ] {
        assert!(report.contains(part), "{part} is not in:\n{report}");
    }
    let hash = plainsight::store::cases::sha256(&path).expect("a hash");
    assert!(report.contains(&hash), "{report}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Again: it is said that there is one, and the next enter replaces it.
    fs::write(&file, "precious").expect("written");
    let text = stage.keys(&format!("e{typed}")).text();
    assert!(text.contains("is there already"), "{text}");
    assert!(text.contains("report, replacing "), "{text}");
    assert_eq!(fs::read_to_string(&file).expect("text"), "precious");
    stage.keys("<enter>");
    assert!(
        fs::read_to_string(&file)
            .expect("text")
            .starts_with("# Incident report")
    );
    let text = stage.keys("e<ctrl-u>/nowhere/r.md<enter>").text();
    assert!(text.contains("could not be written"), "{text}");
}

#[test]
fn nothing_comes_of_hostile_texts_in_a_report() {
    let desk = Desk::new();
    let hostile = "[click](http://evil.example) ![i](http://evil.example/p.png) <img src=x onerror=alert(1)> `code` | # head\n\n# heading\n<script>x</script>\u{1b}[31m\u{202e}";
    let description = format!("{ORDERS} {hostile}");
    let text = recording(
        hostile,
        hostile,
        &description,
        &format!("{hostile} {ORDERS}"),
    );
    let path = desk.file("x](http:evil) <b>.jsonl", &text);
    let mut stage = desk.open(&[&path]);
    let file = desk.folder.path().join("r.md");
    stage.keys(&format!(
        "gMnote {}<enter>mce<ctrl-u>{}<enter>",
        "<script>a</script>",
        file.display()
    ));
    let report = fs::read_to_string(&file).expect("a report");
    assert!(report.contains("evil.example"), "it is told:\n{report}");
    assert!(!report.contains(['\u{1b}', '\u{202e}']));
    for (n, line) in report.lines().enumerate() {
        let plain = without_code(line);
        for sign in ["](", "![", "<img", "<script", "<b>", "://"] {
            assert!(
                !plain.contains(sign),
                "line {n} holds {sign}: {line}\n{plain}"
            );
        }
        let is_heading = plain.starts_with('#');
        assert!(
            !is_heading || plain.trim_start_matches('#').starts_with(' '),
            "{line}"
        );
    }
    let headings = report.lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!(headings, 1, "{report}");
}

/// A line without its code spans and escaped signs.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(sign) = rest.chars().next() {
        if sign == '\\' {
            rest = rest.get(2..).unwrap_or_default();
        } else if sign == '`' {
            let fence = rest.len() - rest.trim_start_matches('`').len();
            let mut after = &rest[fence..];
            loop {
                let Some(at) = after.find('`') else {
                    panic!("a code span has no end: {line}");
                };
                let run = after[at..].len() - after[at..].trim_start_matches('`').len();
                after = &after[at + run..];
                if run == fence {
                    break;
                }
            }
            rest = after;
        } else {
            out.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    out
}

#[test]
fn one_finding_is_copied_as_markdown() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    stage.keys("G:copy markdown<enter>");
    let copied = stage.asked.iter().find_map(|effect| match effect {
        Effect::Copy(copy) => Some(copy.text.clone()),
        _ => None,
    });
    let copied = copied.expect("it was copied");
    assert!(copied.contains("- About: `adder`"), "{copied}");
    assert!(copied.starts_with("**"), "{copied}");
}

#[test]
fn nothing_found_is_not_called_clean() {
    let desk = Desk::new();
    let path = desk.file("empty.jsonl", "");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_plainsight"))
        .args(["check", "--format", "markdown"])
        .arg(&path)
        .env("XDG_STATE_HOME", desk.folder.path())
        .env("HOME", desk.folder.path())
        .env("XDG_CONFIG_HOME", desk.folder.path())
        .output()
        .expect("it runs");
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(told.contains("No findings in what was looked at"), "{told}");
    assert!(told.contains("there was nothing to look at"), "{told}");
    assert!(!told.to_lowercase().contains("clean"), "{told}");
}

#[test]
fn no_recording_is_replaced_by_a_report() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let before = fs::read(&path).expect("bytes");
    let linked = desk.folder.path().join("linked.md");
    fs::hard_link(&path, &linked).expect("a link");
    let mut stage = desk.open(&[&path]);
    for name in [&path, &linked] {
        let text = stage
            .keys(&format!("e<ctrl-u>{}<enter><enter>", name.display()))
            .text();
        assert!(text.contains("is a recording of this case"), "{text}");
        stage.keys("<esc>");
    }
    assert_eq!(fs::read(&path).expect("bytes"), before);
    assert_eq!(fs::read(&linked).expect("bytes"), before);
}

#[test]
fn a_late_refusal_leaves_open_what_was_opened_meanwhile() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    stage.keys("?");
    let refused = |exists| {
        Message::Filed(News::Reported(Err(Refused {
            file: "r.md".into(),
            exists,
            why: "r.md is there already.".into(),
        })))
    };
    stage.send(refused(true));
    assert!(matches!(stage.model.overlay, Some(Overlay::Help(_))));
    stage.keys("<esc>");
    stage.send(refused(true));
    assert!(matches!(stage.model.overlay, Some(Overlay::Prompt(_))));
}
