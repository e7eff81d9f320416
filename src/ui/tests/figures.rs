//! Figures beside the tools, and what waits.

use super::fixture::{case_of, stage};
use super::incident;
use crate::session::{SourceArg, Time, load, study};
use crate::ui::message::{Alarm, Effect, Message};
use crate::ui::model::{Case, Model};
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;
use std::sync::Arc;

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

#[test]
fn a_call_of_a_poisoned_tool_is_marked_apart_from_its_own_risk() {
    let mut stage = incident::stage(200, 60);
    let text = stage.keys("2g").text();
    let call = text.lines().find(|line| line.contains("get_forecast"));
    let call = call
        .unwrap_or_default()
        .split("││")
        .next()
        .unwrap_or_default();
    assert!(
        text.lines().nth(3).unwrap_or_default().contains(" def "),
        "{text}"
    );
    assert!(call.contains("◌▲") || call.contains(" ▲"), "{call}");
    let clean = text.lines().find(|line| line.contains("list_stations"));
    let clean = clean
        .unwrap_or_default()
        .split("││")
        .next()
        .unwrap_or_default();
    assert!(!clean.contains('▲'), "{clean}");
}

#[test]
fn what_never_got_an_answer_says_why_and_no_clock_runs() {
    let mut stage = stage(120, 36);
    let list = stage.keys("2Gw").text();
    assert!(list.contains("Without an answer 1/1"), "{list}");
    assert!(
        list.contains("send_email") && list.contains("never answered"),
        "{list}"
    );
    assert!(stage.model.overlay.is_some());
    let call = stage.keys("<enter>").text();
    assert!(
        stage.model.overlay.is_none() && call.contains("No answer is recorded"),
        "{call}"
    );
    assert!(
        call.contains("no answer") || call.contains("pending"),
        "{call}"
    );
    let ticks = |effect: &Effect| matches!(effect, Effect::Wake(_, Alarm::Clock));
    assert!(!stage.asked.iter().any(ticks), "a clock runs");
    let none = incident::stage(120, 36).keys("2Gaw").text();
    assert!(
        none.contains("Every request so far has its answer") || none.contains("Without an answer"),
        "{none}"
    );
}

#[test]
fn while_it_is_recorded_a_clock_runs_as_long_as_it_is_looked_at() {
    let lines = concat!(
        r#"{"v":1,"session_id":"a","server_label":"a","seq":1,"ts":"2026-03-04T09:00:00Z","direction":"c2s","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow"}}}"#,
        "\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.mcp.jsonl");
    std::fs::write(&path, lines).expect("a recording");
    let running = path.clone();
    let options = load::Options {
        follow: true,
        running: Some(Arc::new(move || vec![running.clone()])),
        ..load::Options::default()
    };
    let loading = load::open(&[SourceArg::Path(path)], options).expect("it is one");
    let session = loading.session();
    while study::advance(&session, &mut study::Nobody) > 0 {}
    let case = Case {
        session,
        ..Case::default()
    };
    let mut model = Model::new(case, Default::default(), 0);
    // 12 seconds after the call.
    model.clock.read = || Time::from_micros(1_772_614_812_000_000);
    let mut stage = Stage::of(model, 120, 36);
    let clocks = |stage: &mut Stage| {
        let asked = std::mem::take(&mut stage.asked);
        asked
            .iter()
            .filter(|effect| matches!(effect, Effect::Wake(_, Alarm::Clock)))
            .count()
    };
    assert_eq!(clocks(stage.keys("5")), 0, "no clock is to be seen");
    let text = stage.keys("2").text();
    assert!(
        text.contains("1 waiting") && text.contains("It has waited for 12.0 s"),
        "{text}"
    );
    assert_eq!(clocks(&mut stage), 1);
    stage.keys("jk");
    assert_eq!(clocks(&mut stage), 0, "one clock is enough");
    stage.send(Message::Woke(Alarm::Clock));
    assert_eq!(clocks(&mut stage), 1, "it goes on");
    let list = stage.keys("w").text();
    assert!(list.contains("12.0 s waiting"), "{list}");
    stage.keys("<esc>3");
    stage.send(Message::Woke(Alarm::Clock));
    assert_eq!(clocks(&mut stage), 0, "nobody looks at it any more");
}

#[test]
fn a_server_page_says_what_was_agreed_and_what_the_revision_says_against_it() {
    let mut stage = incident::stage(160, 60);
    let page = stage.keys("3ag").text();
    assert!(
        page.contains("What was agreed, and what was used   revision 2025-11-25"),
        "{page}"
    );
    assert!(
        page.contains("roots.listChanged      client  offered, not used"),
        "{page}"
    );
    let line = page.lines().find(|line| line.contains("  tools  "));
    assert!(
        line.is_some_and(|line| line.contains("server  used 9")),
        "{page}"
    );
    assert!(
        page.contains("names, descriptions and parameters"),
        "{page}"
    );
}

#[test]
fn what_the_revision_deprecates_or_lacks_is_said() {
    let lines = concat!(
        r#"{"v":1,"session_id":"a","server_label":"a","seq":1,"ts":"2026-08-04T09:00:00Z","direction":"c2s","raw":{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"sampling":{}}}}}}"#,
        "\n",
        r#"{"v":1,"session_id":"a","server_label":"a","seq":2,"ts":"2026-08-04T09:00:01Z","direction":"s2c","raw":{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","capabilities":{"tools":{}}}}}"#,
        "\n",
        r#"{"v":1,"session_id":"a","server_label":"a","seq":3,"ts":"2026-08-04T09:00:02Z","direction":"c2s","raw":{"jsonrpc":"2.0","id":2,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}}"#,
        "\n",
        r#"{"v":1,"session_id":"a","server_label":"a","seq":4,"ts":"2026-08-04T09:00:03Z","direction":"s2c","raw":{"jsonrpc":"2.0","id":3,"method":"roots/list"}}"#,
        "\n"
    );
    let mut stage = Stage::new(case_of(lines.as_bytes()), 200, 50);
    let page = stage.keys("3ag").text();
    assert!(page.contains("Deprecated by 2026-07-28"), "{page}");
    assert!(page.contains("used once, and not offered"), "{page}");
    assert!(
        page.contains("2026-07-28 does not have it: it was last in 2025-11-25"),
        "{page}"
    );
}
