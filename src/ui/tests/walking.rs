//! Stepping, playing and scrubbing.

use super::fixture::stage;
use super::incident;
use crate::session::RowId;
use crate::ui::message::{Alarm, Effect, Message, Mouse, MouseKind};
use crate::ui::model::View;
use crate::ui::play::State;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;

/// The tool of the call under the cursor.
fn tool(stage: &Stage) -> String {
    let session = stage.model.case.session.read().expect("nobody panicked");
    session
        .name(stage.model.cursor)
        .inline()
        .as_str()
        .to_owned()
}

/// Lets what was asked for later happen now, up to its end.
fn wait(stage: &mut Stage) -> usize {
    let mut waited = 0;
    loop {
        let due = |effect: &Effect| match effect {
            Effect::Wake(_, alarm @ (Alarm::Seek(_) | Alarm::Play(_))) => Some(*alarm),
            _ => None,
        };
        let alarms: Vec<Alarm> = stage.asked.iter().filter_map(due).collect();
        stage.asked.clear();
        let Some(alarm) = alarms.last() else {
            return waited;
        };
        waited += 1;
        stage.send(Message::Woke(*alarm));
    }
}

#[test]
fn calls_of_the_same_tool_are_stepped_through() {
    let mut stage = stage(120, 36);
    stage.keys("2]]");
    assert_eq!(tool(&stage), "read_file");
    let first = stage.model.cursor;
    stage.keys("J");
    assert_eq!(tool(&stage), "read_file");
    assert!(stage.model.cursor > first);
    let text = stage.keys("J").text();
    assert!(
        text.contains("This is the last call of read_file at files."),
        "{text}"
    );
    stage.keys("K");
    assert_eq!(stage.model.cursor, first);
    let text = stage.keys("K").text();
    assert!(
        text.contains("This is the first call of read_file at files."),
        "{text}"
    );
}

#[test]
fn messages_of_the_same_method_and_kind_are_stepped_through() {
    let mut stage = stage(120, 36);
    stage.keys("5gj");
    let first = stage.model.cursor;
    stage.keys("J");
    assert_eq!(stage.model.cursor, RowId(6), "the other initialize");
    assert!(
        stage
            .keys("J")
            .text()
            .contains("There is no later initialize.")
    );
    stage.keys("K");
    assert_eq!(stage.model.cursor, first);
    stage.keys("gJ");
    assert!(
        stage
            .text()
            .contains("There is no later message of this kind (meta)."),
        "{}",
        stage.text()
    );
}

#[test]
fn what_one_server_does_is_stepped_through() {
    let mut stage = stage(120, 36);
    stage.keys("2jj<alt-j>");
    assert_eq!(tool(&stage), "send_email");
    assert_eq!(stage.model.panes().selected, 5);
    let text = stage.keys("<alt-j>").text();
    assert!(text.contains("There is no later call to mailer."), "{text}");
    stage.keys("5g<alt-j><alt-j>");
    assert_eq!(stage.model.cursor, RowId(2), "messages of files");
    stage.keys("<alt-k><alt-k><alt-k>");
    assert!(
        stage
            .text()
            .contains("There is no earlier message of files."),
        "{}",
        stage.text()
    );
}

#[test]
fn stepping_goes_by_the_filter() {
    let mut stage = stage(120, 36);
    stage.keys("2fstatus:ok<enter>]]");
    stage.keys("J");
    let text = stage.text();
    assert!(
        text.contains("that passes the filter") || tool(&stage) == "read_file",
        "{text}"
    );
    stage.keys("G]");
    assert!(
        stage
            .text()
            .contains("This is the last call that passes the filter."),
        "{}",
        stage.text()
    );
}

#[test]
fn what_is_far_away_is_looked_for_between_two_keys() {
    let mut stage = stage(120, 36);
    stage.model.walk.slice = 1;
    stage.keys("2jjJ");
    assert!(stage.model.walk.seek.is_some());
    assert!(stage.text().contains("searching"), "{}", stage.text());
    assert!(wait(&mut stage) >= 2);
    assert_eq!(
        (tool(&stage).as_str(), stage.model.panes().selected),
        ("send_email", 5)
    );
    assert!(!stage.text().contains("searching"));
    // Who goes elsewhere meanwhile stays there.
    stage.keys("Kgg");
    let here = stage.model.cursor;
    wait(&mut stage);
    assert_eq!(stage.model.cursor, here);
}

#[test]
fn playing_walks_from_call_to_call() {
    let mut stage = stage(120, 36);
    stage.keys("2 ");
    wait(&mut stage);
    assert_eq!(stage.model.walk.playing.state, State::Stopped);
    assert!(
        stage.text().contains("That was the last call."),
        "{}",
        stage.text()
    );
    assert_eq!(stage.model.panes().selected, 5);
}

#[test]
fn bookmarks_are_gone_to_in_turn() {
    let mut stage = stage(120, 36);
    stage.keys("5jjbjjjb");
    assert_eq!(
        stage.model.bookmarks.iter().copied().collect::<Vec<_>>(),
        [RowId(2), RowId(5)]
    );
    stage.keys("'");
    assert_eq!(stage.model.cursor, RowId(2));
    stage.keys("'");
    assert_eq!(stage.model.cursor, RowId(5));
}

#[test]
fn playing_tells_its_speed_and_pauses_at_a_step() {
    let mut stage = stage(120, 36);
    stage.keys("2 ");
    assert!(
        stage.text().contains("1× silence to 2 s"),
        "{}",
        stage.text()
    );
    stage.keys("++");
    assert!(
        stage.text().contains("16× silence to 2 s"),
        "{}",
        stage.text()
    );
    stage.keys("--p");
    let text = stage.text();
    assert!(text.contains("1× next in 1 min 00 s"), "{text}");
    stage.keys("-");
    assert!(
        stage.text().contains("no slower than it was recorded"),
        "{}",
        stage.text()
    );
    stage.keys("]");
    assert_eq!(stage.model.walk.playing.state, State::Paused);
    assert!(
        stage.text().contains("no slower"),
        "what is said does not cover how playing goes"
    );
    assert!(stage.text().contains("paused 1×"), "{}", stage.text());
    let here = stage.model.cursor;
    wait(&mut stage);
    assert_eq!(stage.model.cursor, here, "an old alarm moves nothing");
    stage.keys(" ");
    wait(&mut stage);
    assert!(stage.text().contains("That was the last call."));
    stage.keys(" ");
    assert!(
        stage.text().contains("nothing is left to play"),
        "{}",
        stage.text()
    );
}

#[test]
fn playing_asks_for_one_delay_at_a_time() {
    let mut stage = stage(120, 36);
    stage.keys("2 ");
    let delays = |stage: &Stage| {
        let plays = |effect: &&Effect| matches!(effect, Effect::Wake(_, Alarm::Play(_)));
        stage.asked.iter().filter(plays).count()
    };
    assert_eq!(delays(&stage), 1);
    stage.asked.clear();
    stage.keys("3?<esc>");
    assert_eq!(delays(&stage), 0, "looking around changes nothing");
    assert!(stage.model.walk.playing.is_on());
}

#[test]
fn the_timeline_is_scrubbed_by_keys() {
    let mut stage = stage(120, 36);
    stage.keys("5g");
    let mut last = stage.model.cursor;
    for _ in 0..200 {
        stage.keys("<ctrl-right>");
        if stage.model.cursor == last {
            break;
        }
        assert!(stage.model.cursor > last);
        last = stage.model.cursor;
    }
    assert!(
        stage.text().contains("This is the end of what is shown."),
        "{}",
        stage.text()
    );
    let mut steps = 0;
    while stage.model.cursor > RowId(0) && steps < 200 {
        stage.keys("<ctrl-left>");
        assert!(stage.model.cursor < last);
        last = stage.model.cursor;
        steps += 1;
    }
    assert!(
        steps > 3,
        "cells with messages are not jumped over: {steps}"
    );
    stage.keys("<ctrl-down>");
    let time = {
        let session = stage.model.case.session.read().expect("nobody panicked");
        session.row(stage.model.cursor).time.clock()
    };
    let text = stage.text();
    let timeline = text.lines().nth(34).unwrap_or_default();
    assert!(timeline.contains(&time), "{time} is not told:\n{text}");
    stage.keys("<ctrl-o>");
    assert_eq!(
        stage.model.cursor,
        RowId(0),
        "back to where scrubbing began"
    );
    assert_eq!(stage.model.view, View::Messages);
}

#[test]
fn scrubbing_goes_by_the_filter() {
    let mut stage = stage(120, 36);
    stage.keys("5gftool:send_email kind:request<enter><ctrl-right>");
    assert_eq!(tool(&stage), "send_email");
    let first = stage.model.cursor;
    stage.keys("<ctrl-right>");
    assert!(tool(&stage) == "send_email" && stage.model.cursor > first);
}

#[test]
fn the_timeline_is_clicked_and_dragged() {
    let mut stage = stage(120, 36);
    let mouse = |stage: &mut Stage, kind, column, row| {
        stage.send(Message::Mouse(Mouse { kind, column, row }));
    };
    stage.keys("5g");
    mouse(&mut stage, MouseKind::Press, 70, 34);
    let there = stage.model.cursor;
    assert!(there > RowId(0));
    // Held, it follows the pointer even where that leaves the row.
    mouse(&mut stage, MouseKind::Drag, 30, 20);
    assert!(stage.model.cursor < there);
    mouse(&mut stage, MouseKind::Drag, 119, 30);
    assert_eq!(stage.model.cursor, RowId(26));
    mouse(&mut stage, MouseKind::Release, 119, 30);
    mouse(&mut stage, MouseKind::Drag, 3, 34);
    assert_eq!(stage.model.cursor, RowId(26));
    // What stands behind the bars is no time.
    mouse(&mut stage, MouseKind::Press, 118, 34);
    mouse(&mut stage, MouseKind::Press, 100, 34);
    assert_eq!(stage.model.cursor, RowId(26));
}

#[test]
fn severities_stand_in_the_timeline_as_signs() {
    let stage = incident::judged(120, 36);
    let text = stage.text();
    let timeline = text.lines().nth(34).unwrap_or_default();
    assert!(timeline.contains('▲'), "{text}");
}

#[test]
fn the_header_tells_the_moment_at_every_width() {
    let mut stage = stage(160, 24);
    stage.keys("2jj");
    for (width, words) in [
        (160, "as of 09:21:13 · call 3/6 · message 20/27"),
        (100, "as of 09:21:13 · call 3/6"),
        (80, "09:21:13 · 3/6"),
        (60, "as of 09:21:13 · call 3/6"),
        (44, "09:21:13 · 3/6"),
    ] {
        let text = stage.resize(width, 24).text();
        let tabs = text.lines().nth(1).unwrap_or_default();
        assert!(tabs.ends_with(words), "{width}: {tabs}");
    }
    stage.keys("5gj");
    assert!(
        stage
            .resize(120, 24)
            .text()
            .contains("as of 09:14:01 · message 2/27"),
        "{}",
        stage.text()
    );
}

#[test]
fn it_is_loud_where_the_world_is_not_told_as_of_the_cursor() {
    let mut stage = stage(160, 24);
    stage.keys("2jja");
    let text = stage.text();
    assert!(
        text.contains("as of the end, 09:21:40 · the cursor is at 09:21:13, call 3/6"),
        "{text}"
    );
    assert!(
        stage
            .scopes_of("as of the end")
            .contains(&Scope::UiToastWarn)
    );
    let text = stage.resize(80, 24).text();
    assert!(text.contains("as of the end"), "{text}");
    stage.resize(160, 24).keys("5G");
    let text = stage.text();
    assert!(
        text.contains("as of the end") && !text.contains("the cursor is at"),
        "{text}"
    );
}
