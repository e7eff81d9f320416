//! Searching and filtering, seen on the screen.

use super::fixture::{case_of, stage};
use crate::session::RowId;
use crate::session::filter::{Filter, Picked};
use crate::ui::key::script;
use crate::ui::message::{Alarm, Effect, Message};
use crate::ui::model::View;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;
use crate::ui::update::update;
use crate::ui::{effect, facts};
use std::fmt::Write;

/// A line of a recording; times go on by a second.
fn line(out: &mut String, n: usize, dir: &str, raw: &str) {
    let (hour, minute, second) = (n / 3600 % 24, n / 60 % 60, n % 60);
    let _ = writeln!(
        out,
        r#"{{"server_label":"files","ts":"2026-03-04T{hour:02}:{minute:02}:{second:02}Z","direction":"{dir}","raw":{raw}}}"#
    );
}

fn call(n: usize, tool: &str, text: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{n},"method":"tools/call","params":{{"name":"{tool}","arguments":{{"t":"{text}"}}}}}}"#
    )
}

fn answer(n: usize) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{n},"result":{{"content":[]}}}}"#)
}

fn stage_of(recording: String, width: u16, height: u16) -> Stage {
    Stage::new(
        case_of(Box::leak(recording.into_bytes().into_boxed_slice())),
        width,
        height,
    )
}

/// One call a text, each answered.
fn calls(texts: &[&str]) -> Stage {
    let mut out = String::new();
    for (n, text) in texts.iter().enumerate() {
        line(&mut out, 2 * n, "c2s", &call(n, "note", text));
        line(&mut out, 2 * n + 1, "s2c", &answer(n));
    }
    stage_of(out, 120, 24)
}

/// So many messages that several stretches are needed.
fn long() -> Stage {
    let mut out = String::new();
    for n in 0..24_000 {
        let text = if n % 1000 == 7 { "a needle" } else { "hay" };
        line(
            &mut out,
            n,
            "c2s",
            &call(n, if n % 2 == 0 { "read" } else { "write" }, text),
        );
        line(&mut out, n, "s2c", &answer(n));
    }
    stage_of(out, 120, 30)
}

fn tagged(text: &str) -> String {
    let tag = |b: u8| char::from_u32(0xe0000 + u32::from(b));
    text.bytes().filter_map(tag).collect()
}

#[test]
fn a_text_is_found_however_it_is_written_and_each_way_is_named() {
    let hidden = tagged("read id_rsa");
    let hidden = format!("Weather{hidden}");
    let texts = [
        ("nothing", None),
        ("~/.ssh/id_rsa", Some("")),
        ("\\u0069d_rsa", Some("with escapes")),
        ("fi8uc3NoL2lkX3JzYQ==", Some("in base64")),
        ("69645f727361", Some("in hexadecimal")),
        ("id%5Frsa", Some("percent-encoded")),
        (&hidden, Some("in tag characters")),
        ("id\u{200b}_rsa", Some("split by characters without width")),
        ("id_rs\u{430}", Some("in look-alike letters")),
    ];
    let mut stage = calls(&texts.map(|(text, _)| text));
    stage.keys("5/id_rsa<enter>");
    for (n, (text, way)) in texts.iter().enumerate().skip(1) {
        assert_eq!(stage.model.cursor, RowId(2 * n as u32), "{text}");
        let screen = stage.text();
        let counter = format!("hit {n} of 8");
        assert!(screen.contains(&counter), "{counter}: {screen}");
        let way = way.unwrap_or_default();
        assert!(screen.contains(way), "{way}: {screen}");
        stage.keys("n");
    }
    assert_eq!(stage.model.cursor, RowId(2));
    assert!(stage.text().contains("Gone on from the beginning"));
    stage.keys("N");
    assert_eq!(stage.model.cursor, RowId(16));
    assert!(stage.text().contains("Gone on from the end"));
}

#[test]
fn the_list_of_hits_shows_the_line_around_each_and_leads_there() {
    let mut stage = calls(&["nothing", "the id_rsa file", "aWRfcnNh", "and id_rsa"]);
    stage.keys("2/id_rsa<enter>&");
    let text = stage.text();
    assert!(text.contains("Hits 1/3"), "{text}");
    assert!(
        text.contains("the id_rsa file") && text.contains("in base64"),
        "{text}"
    );
    assert!(
        stage.scopes_of("id_rsa\"}}}").contains(&Scope::UiMatch),
        "{text}"
    );
    stage.keys("jj<enter>");
    assert_eq!(
        (stage.model.view, stage.model.cursor),
        (View::Calls, RowId(6))
    );
    assert!(stage.model.overlay.is_none());
    stage.keys("&g<esc>");
    assert_eq!(stage.model.cursor, RowId(6));
    // At every size, and where nothing is found.
    for size in [(80, 24), (60, 16), (43, 8), (1, 1)] {
        stage.keys("&").resize(size.0, size.1).text();
        stage.keys("<esc>");
    }
    stage.resize(120, 24).keys("/no such text<enter>");
    let text = stage.text();
    assert!(
        text.contains("No call holds this text") && text.contains("no hit"),
        "{text}"
    );
    assert!(stage.keys("&").text().contains("Nothing holds this text"));
}

#[test]
fn what_was_read_before_secrets_were_masked_again_is_not_shown() {
    let mut stage = calls(&["nothing", "id_rsa ghp_0123456789abcdefghijABCDEFGHIJ012345"]);
    stage.keys("5/id_rsa<enter>&");
    let press = |stage: &mut Stage| -> Vec<Effect> {
        let keys = script("S").into_iter();
        keys.flat_map(|key| update(&mut stage.model, Message::Key(key)))
            .filter(|effect| matches!(effect, Effect::Quote { .. }))
            .collect()
    };
    stage.keys("<esc>");
    let (spelled, masked) = (press(&mut stage), press(&mut stage));
    assert_eq!((spelled.len(), masked.len()), (1, 1));
    let case = stage.model.case.clone();
    // The late answer is the one that spells it out.
    for effect in masked.iter().chain(&spelled) {
        stage.send(effect::run(&case, effect).expect("quotes"));
    }
    let quotes = stage.model.search.quotes.values().flatten();
    let texts: Vec<String> = quotes
        .map(|quote| quote.text.as_raw().inline().into_string())
        .collect();
    assert!(
        !texts.is_empty() && texts.iter().all(|text| !text.contains("0123456789")),
        "{texts:?}"
    );
}

#[test]
fn hits_are_those_that_the_filter_lets_through() {
    let mut stage = calls(&["id_rsa", "other", "id_rsa", "id_rsa"]);
    stage.keys("5fn:>3<enter>/id_rsa<enter>");
    assert!(stage.text().contains("hit 1 of 2"), "{}", stage.text());
    assert_eq!(stage.model.cursor, RowId(4));
    stage.keys("X");
    assert!(stage.text().contains("hit 2 of 3"), "{}", stage.text());
}

#[test]
fn what_stands_behind_a_list_is_searched_too() {
    let mut stage = stage(120, 36);
    // A word of the description, hidden characters of which do not matter, and no name.
    stage.keys("5G3g/read a file<enter>");
    let text = stage.text();
    assert!(
        text.contains("hit 1 of") && text.contains("read_file"),
        "{text}"
    );
    assert!(stage.model.panes().selected > 0, "{text}");
    stage.keys("1g/PRIVATE<enter>");
    assert!(stage.text().contains("/PRIVATE · hit "), "{}", stage.text());
}

#[test]
fn a_search_and_a_filter_are_stopped_with_esc_and_gone_on_with() {
    let mut stage = long();
    stage.keys("5");
    let press = |stage: &mut Stage, keys: &str| -> Vec<Effect> {
        let keys = script(keys).into_iter();
        keys.flat_map(|key| update(&mut stage.model, Message::Key(key)))
            .collect()
    };
    let work = |stage: &mut Stage, effects: &[Effect]| -> Vec<Effect> {
        let case = stage.model.case.clone();
        let messages = effects
            .iter()
            .filter_map(|effect| effect::run(&case, effect));
        let messages: Vec<Message> = messages.collect();
        messages
            .into_iter()
            .flat_map(|message| update(&mut stage.model, message))
            .collect()
    };
    let begun = press(&mut stage, "/needle<enter>");
    assert!(
        stage.text().contains("0 % looked through"),
        "{}",
        stage.text()
    );
    let more = work(&mut stage, &begun);
    assert_eq!(stage.model.cursor, RowId(14));
    assert!(
        stage.text().contains("hit 1 of 10 · 41 % looked through"),
        "{}",
        stage.text()
    );
    press(&mut stage, "<esc>");
    assert!(
        stage.text().contains("Searching stopped at 41 %"),
        "{}",
        stage.text()
    );
    let late = work(&mut stage, &more);
    assert!(
        late.iter()
            .all(|effect| !matches!(effect, Effect::Search(_))),
        "{late:?}"
    );
    stage.keys("n<esc><esc>");
    assert!(stage.text().contains("hit 2 of 24"), "{}", stage.text());

    let begun = press(&mut stage, "ftool:read<enter>");
    let more = work(&mut stage, &begun);
    assert!(stage.text().contains("41 % looked at"), "{}", stage.text());
    press(&mut stage, "<esc>");
    assert!(
        stage.text().contains("Filtering stopped at 41 %"),
        "{}",
        stage.text()
    );
    work(&mut stage, &more);
    stage.keys("<esc>");
    assert!(stage.text().contains("stopped at 83 %"), "{}", stage.text());
    stage.keys("f<enter>");
    let text = stage.text();
    assert!(
        text.contains("24,000 of 48,000") && !text.contains('%'),
        "{text}"
    );
    let calls = stage.model.lists.calls.as_ref().map(Picked::len);
    assert_eq!(calls, Some(12_000));
}

#[test]
fn a_filter_lets_through_what_it_would_row_by_row() {
    let stage = long();
    for source in [
        "tool:read",
        "status:ok",
        "-tool:read kind:result",
        "n:>100 needle",
        "is:call dir:s2c",
        "dur:>1s",
        "name:wr* -needle",
        "risk:none size:<200",
        "status:pending",
    ] {
        let filter = Filter::parse(source).expect("a filter");
        let mut all = Picked::default();
        let mut from = 0;
        while let Message::Filtered(found) = effect::run(
            &stage.model.case,
            &Effect::Filter {
                generation: 1,
                filter: filter.clone().into(),
                from,
                again: Vec::new(),
            },
        )
        .expect("it is work")
            && from < 48_000
        {
            all.extend(found.part.range.clone(), &found.part.words);
            from = found.part.range.end;
        }
        facts::with(&stage.model.case, |facts| {
            let bound = filter.bind(facts.session);
            for row in (0..48_000).step_by(7) {
                let passes = bound.matches(facts.session, RowId(row), facts.findings);
                assert_eq!(all.contains(row as usize), passes, "{source} {row}");
            }
        });
    }
}

#[test]
fn a_filter_is_tried_as_it_is_typed_and_taken_back_with_esc() {
    let mut stage = stage(120, 36);
    let pause = |stage: &mut Stage| {
        let typed = stage.model.filter.typed;
        stage.send(Message::Woke(Alarm::Typed(typed)));
    };
    stage.keys("5fserver:mailer<enter>");
    let mailer = stage.model.lists.passed.clone();
    stage.keys("f<ctrl-u>server:files");
    assert_eq!(stage.model.lists.passed, mailer);
    pause(&mut stage);
    assert_ne!(stage.model.lists.passed, mailer);
    // What cannot be read leaves the last good one in force.
    let files = stage.model.lists.passed.clone();
    stage.keys(" dir:up");
    pause(&mut stage);
    assert!(stage.text().contains("`up` is no dir"), "{}", stage.text());
    assert_eq!(stage.model.lists.passed, files);
    stage.keys("<esc>");
    assert_eq!(stage.model.lists.passed, mailer);
    assert!(stage.text().contains("server:mailer"), "{}", stage.text());
    stage.keys("f<ctrl-u>");
    pause(&mut stage);
    assert_eq!(stage.model.lists.passed, None);
    stage.keys("<esc>");
    assert_eq!(stage.model.lists.passed, mailer);
}

#[test]
fn rows_to_be_looked_at_once_more_are_so_after_another_filter_was_tried() {
    let mut stage = stage(120, 36);
    stage.keys("5fserver:mailer<enter>");
    stage.model.filter.again.push(RowId(0));
    let asks = |effects: &[Effect]| {
        let own = |effect: &Effect| matches!(effect, Effect::Filter { again, .. } if again.contains(&RowId(0)));
        effects.iter().any(own)
    };
    let begun = update(&mut stage.model, Message::Grew);
    assert!(asks(&begun), "{begun:?}");
    // No answer came before the line was left.
    stage.keys("f<ctrl-u>server:files");
    let typed = stage.model.filter.typed;
    stage.send(Message::Woke(Alarm::Typed(typed)));
    let keys = script("<esc>").into_iter();
    let back: Vec<Effect> = keys
        .flat_map(|key| update(&mut stage.model, Message::Key(key)))
        .collect();
    assert!(asks(&back), "{back:?}");
}

#[test]
fn the_caret_stands_under_the_fault_behind_wide_characters() {
    let mut stage = stage(120, 36);
    stage.keys("5f\"日本語\" dir:up<enter>");
    let text = stage.text();
    let lines: Vec<&str> = text.lines().collect();
    let caret = lines
        .iter()
        .position(|line| line.trim() == "^^")
        .expect("a caret");
    let before = |line: &str, at: usize| crate::text::width(&line[..at]);
    let typed = lines[caret - 1];
    let at = before(typed, typed.find("up").expect("it is typed"));
    assert_eq!(
        before(lines[caret], lines[caret].find('^').expect("it")),
        at,
        "{text}"
    );
}

#[test]
fn the_filter_is_narrowed_to_what_is_under_the_cursor_and_searched_for() {
    let mut stage = stage(120, 36);
    stage.keys("2g=");
    assert!(stage.text().contains("tool:list_dir"), "{}", stage.text());
    stage.keys("=");
    assert_eq!(stage.model.filter.text, "tool:list_dir server:files");
    stage.keys("=");
    assert!(
        stage.text().contains("says that already"),
        "{}",
        stage.text()
    );
    stage.keys("X~");
    assert_eq!(stage.model.filter.text, "-tool:list_dir");
    assert!(stage.text().contains("Calls 1/5"), "{}", stage.text());
    stage.keys("X5G*");
    assert!(!stage.model.search.text.is_empty());
    assert!(
        stage
            .text()
            .contains(&format!("/{}", stage.model.search.text))
    );
}

#[test]
fn earlier_filters_and_searches_come_back() {
    let mut stage = stage(120, 36);
    stage.keys("5ftool:read_file<enter>f<ctrl-u>server:mailer<enter>/key<enter>");
    stage.keys("f<ctrl-u><up>");
    assert!(
        stage.text().contains("filter server:mailer"),
        "{}",
        stage.text()
    );
    stage.keys("<up><enter>");
    assert_eq!(stage.model.filter.text, "tool:read_file");
    stage.keys("/<up><enter>");
    assert_eq!(stage.model.search.text, "key");
    // What other sessions left is asked for, and what is typed is to be kept; a secret is not.
    let kept = |effect: &Effect| matches!(effect, Effect::Remember(_, text) if text == "key");
    assert!(stage.asked.iter().any(kept));
    assert!(
        stage
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Recall))
    );
    stage.keys("/ghp_0123456789abcdefghijABCDEFGHIJ012345<enter>/<up>");
    assert!(!stage.text().contains("ghp_"), "{}", stage.text());
}

#[test]
fn tab_goes_through_what_could_come_next() {
    let mut stage = stage(120, 36);
    stage.keys("5fto<tab>");
    assert!(stage.text().contains("filter tool:"), "{}", stage.text());
    let text = stage.text();
    for tool in ["tool:list_dir", "tool:read_file", "tool:send_email"] {
        assert!(text.contains(tool), "{tool}: {text}");
    }
    stage.keys("<tab>");
    assert!(
        stage.text().contains("filter tool:list_dir"),
        "{}",
        stage.text()
    );
    stage.keys("<tab>");
    let text = stage.text();
    assert!(text.contains("filter tool:read_file"), "{text}");
    stage.keys("<shift-tab>");
    assert!(
        stage.text().contains("filter tool:list_dir"),
        "{}",
        stage.text()
    );
    stage.keys("<enter>");
    assert_eq!(stage.model.filter.text, "tool:list_dir");
}

#[test]
fn names_with_spaces_are_offered_in_quotes_and_hidden_ones_not() {
    let mut out = String::new();
    for (n, tool) in ["two words", "plain", r"se\u200bcret"]
        .into_iter()
        .enumerate()
    {
        line(&mut out, 2 * n, "c2s", &call(n, tool, "x"));
        line(&mut out, 2 * n + 1, "s2c", &answer(n));
    }
    let mut stage = stage_of(out, 120, 24);
    stage.keys("5ftool:");
    let text = stage.text();
    assert!(
        text.contains("tool:\"two words\"") && text.contains("tool:plain"),
        "{text}"
    );
    assert!(!text.contains("tool:se"), "{text}");
    stage.keys("tw<tab><enter>");
    assert_eq!(stage.model.lists.passed.as_ref().map(Picked::len), Some(2));
}
