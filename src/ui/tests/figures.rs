//! Figures beside the tools, and what waits.

use super::fixture::case_of;
use super::incident;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;

fn row(stage: &Stage, name: &str) -> String {
    let text = stage.text();
    let row = text
        .lines()
        .find(|line| line.contains(&format!("├ {name} ")));
    let row = row.or_else(|| {
        text.lines()
            .find(|line| line.contains(&format!("└ {name} ")))
    });
    let list = row.unwrap_or_default().split("││").next();
    list.unwrap_or_default().to_owned()
}

/// What stands in columns of their own, from left to right.
fn words(row: &str) -> Vec<&str> {
    row.split_whitespace().collect()
}

#[test]
fn calls_errors_durations_and_costs_stand_in_columns() {
    let mut stage = incident::stage(120, 36);
    let run = row(stage.keys("3a"), "run_command");
    assert!(run.contains("38    1   9.4 s      91"), "{run}");
    let head = stage.text();
    let head = head.lines().nth(3).unwrap_or_default();
    for title in ["tool", "calls", "err", "p95", "~tokens"] {
        assert!(head.contains(title), "{head}");
    }
    // The numbers end where the titles do.
    let end = |line: &str, what: &str| {
        line.find(what)
            .map(|at| line[..at].chars().count() + what.chars().count())
    };
    assert_eq!(end(head, "p95"), end(&run, "9.4 s"));
    assert!(stage.scopes_of("9.4 s").contains(&Scope::TextTime));
}

#[test]
fn figures_are_as_of_the_cursor() {
    let mut stage = incident::stage(120, 36);
    stage.keys("2g]3");
    let list_dir = row(&stage, "list_dir");
    assert_eq!(words(&list_dir)[3], "1", "{list_dir}");
    let run = row(&stage, "run_command");
    assert!(words(&run).contains(&"-"), "{run}");
    let page = stage.keys("jj").text();
    assert!(page.contains("1, all ok; 6 later"), "{page}");
}

#[test]
fn the_order_goes_round_and_what_is_selected_stays_so() {
    let mut stage = incident::stage(120, 36);
    stage.keys("3agjj");
    let selected = |stage: &Stage| {
        let text = stage.text();
        let line = text.lines().find(|line| line.starts_with("│▌"));
        line.unwrap_or_default()
            .chars()
            .skip(5)
            .take(12)
            .collect::<String>()
    };
    let before = selected(&stage);
    let mut firsts = Vec::new();
    for name in ["by calls", "by errors", "by p95", "by context", ""] {
        let text = stage.keys("$").text();
        let title = text.lines().nth(2).unwrap_or_default();
        assert!(title.contains(name), "{title}");
        assert_eq!(selected(&stage), before);
        let first = text.lines().nth(6).unwrap_or_default();
        firsts.push(
            first
                .chars()
                .skip(5)
                .take(14)
                .collect::<String>()
                .trim()
                .to_owned(),
        );
    }
    assert_eq!(firsts[0], "run_command");
    assert_eq!(firsts[2], "run_command");
    assert_eq!(firsts[3], "read_file");
    assert_eq!(firsts[4], "list_dir");
}

#[test]
fn a_tool_that_was_called_and_never_listed_is_there() {
    let mut stage = incident::stage(160, 40);
    stage.keys("3aG");
    let last = row(&stage, "search_page");
    assert!(last.contains('?') && last.contains("not listed"), "{last}");
    let page = stage.text();
    assert!(page.contains("this is none of them"), "{page}");
    assert!(
        page.contains("1: 1 with a protocol error")
            || page.contains("1: 1 with an error of the tool"),
        "{page}"
    );
}

#[test]
fn a_transcript_lists_the_tools_that_were_called() {
    let lines = concat!(
        r#"{"type":"assistant","sessionId":"s","message":{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"mcp__files__read_file","input":{}}]},"uuid":"u1","timestamp":"2026-01-01T00:00:00Z"}"#,
        "\n",
        r#"{"type":"user","sessionId":"s","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]},"uuid":"u2","timestamp":"2026-01-01T00:00:01Z"}"#,
        "\n"
    );
    let mut stage = Stage::new(case_of(lines.as_bytes()), 140, 30);
    let tool = row(stage.keys("3aG"), "read_file");
    assert!(tool.contains("1.0 s"), "{}", stage.text());
    let page = stage.text();
    assert!(
        page.contains("Its definition is not recorded") && page.contains("agent's transcript"),
        "{page}"
    );
}

#[test]
fn in_ascii_every_figure_is_ascii() {
    use crate::ui::theme::{Look, Theme};
    let look = Look {
        ascii: true,
        ..Look::default()
    };
    let theme = Theme::builtin("terminal", look).expect("it is built in");
    let mut stage = incident::stage(120, 36).with_theme(theme);
    let run = row_of_ascii(&stage.keys("3a").text());
    assert!(run.is_ascii() && run.contains("9.4 s"), "{run}");
}

fn row_of_ascii(text: &str) -> String {
    let line = text.lines().find(|line| line.contains(" run_command "));
    line.unwrap_or_default().chars().take(59).collect()
}
