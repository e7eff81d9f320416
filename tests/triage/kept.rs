//! Cases on disk.

use super::{Desk, wait};
use plainsight::store::cases::{Mark, Verdict, story_key};
use plainsight::ui::filing::Errand;
use plainsight::ui::message::{Alarm, Effect, Message};
use plainsight::ui::model::View;
use plainsight::ui::testing::Stage;
use plainsight::ui::{effect, update};
use std::fs;

fn ids(stage: &Stage) -> Vec<String> {
    let findings = stage.model.case.findings.read().expect("no panic");
    findings.list().iter().map(|one| one.id.clone()).collect()
}

#[test]
fn what_was_made_of_a_session_is_there_when_it_is_opened_again() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    assert!(stage.model.triage.tally.all > 1, "{}", stage.text());
    wait(&mut stage);
    assert!(desk.shelf.list().is_empty(), "nothing was made of it yet");
    stage.keys("mcMfor sure<enter>5jjb");
    wait(&mut stage);
    let listed = desk.shelf.list();
    let record = listed[0].record.as_ref().expect("it is whole");
    assert_eq!(record.name, "adder.jsonl");
    assert!(!record.marks.is_empty() && record.bookmarks.len() == 1);
    assert!(record.marks.values().all(|mark| !mark.at.is_empty()));
    // It grew meanwhile.
    let longer =
        fs::read_to_string(&path).expect("text") + "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n";
    fs::write(&path, longer).expect("written");
    let again = desk.open(&[&path]);
    assert_eq!(again.model.marks, stage.model.marks);
    assert_eq!(again.model.bookmarks, stage.model.bookmarks);
    assert_eq!(again.model.view, View::Messages);
    assert_eq!(again.model.cursor, stage.model.cursor);
    assert!(
        again.text().contains("The case is as you left it"),
        "{}",
        again.text()
    );
    assert!(
        again
            .asked
            .iter()
            .all(|effect| !format!("{effect:?}").contains("Keep")),
        "nothing to keep"
    );
}

#[test]
fn two_windows_on_one_case_lose_nothing_of_each_other() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut first = desk.open(&[&path]);
    first.keys("Gmc");
    wait(&mut first);
    let mut second = desk.open(&[&path]);
    let before = second.model.marks.len();
    first.keys("gjmf");
    wait(&mut first);
    second.keys("1gjjml5jb");
    wait(&mut second);
    let text = second.text();
    assert!(
        text.contains("of another window on this case came in"),
        "{text}"
    );
    assert_eq!(second.model.marks.len(), before + 2);
    first.keys("1gjmx");
    wait(&mut first);
    let record = desk.shelf.list().remove(0).record.expect("whole");
    let said = |marks: &plainsight::store::cases::Marks| -> Vec<(String, Verdict)> {
        marks
            .iter()
            .map(|(key, mark)| (key.clone(), mark.verdict))
            .collect()
    };
    assert_eq!(said(&record.marks), said(&first.model.marks));
    assert_eq!(record.bookmarks.len(), 1);
    assert_eq!(first.model.bookmarks.len(), 1);
    // Undone is kept, too.
    first.keys("u");
    wait(&mut first);
    let record = desk.shelf.list().remove(0).record.expect("whole");
    assert_eq!(said(&record.marks), said(&first.model.marks));
}

#[test]
fn a_case_of_several_sessions_is_found_in_any_order() {
    let desk = Desk::new();
    let a = desk.plain("a.jsonl");
    let b = desk.file(
        "b.jsonl",
        &super::recording("b", "sub", super::ORDERS, "done"),
    );
    let mut both = desk.open(&[&a, &b]);
    both.keys("mc5Gb");
    wait(&mut both);
    let again = desk.open(&[&b, &a]);
    assert_eq!(again.model.marks.len(), both.model.marks.len());
    assert_eq!(again.model.bookmarks.len(), 1);
    assert!(
        desk.open(&[&a]).model.marks.is_empty(),
        "one alone is another case"
    );
}

#[test]
fn marks_without_their_finding_are_kept_and_told() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    stage.keys("mc");
    wait(&mut stage);
    let id = desk.shelf.list().remove(0).id;
    let add = |record: &mut plainsight::store::cases::Record, _| {
        for key in [
            "0123456789abcdef".to_owned(),
            "fedcba9876543210".to_owned(),
            story_key("x"),
        ] {
            record.marks.insert(key, Mark::new(Verdict::Confirmed, ""));
        }
        record.left = Default::default();
    };
    desk.shelf.update(&id, add).expect("written");
    let mut again = desk.open(&[&path]);
    let text = again.text();
    assert!(
        text.contains("2 marks belong to findings that are not reported now"),
        "{text}"
    );
    assert!(!ids(&again).contains(&"0123456789abcdef".to_owned()));
    again.keys("jmf");
    wait(&mut again);
    let record = desk.shelf.list().remove(0).record.expect("whole");
    assert!(record.marks.contains_key("0123456789abcdef"));
}

#[test]
fn a_failure_is_told_and_nothing_is_lost() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let state = desk.folder.path().join("state");
    // A file stands where the folder should be.
    fs::write(&state, "in the way").expect("written");
    let mut stage = desk.open(&[&path]);
    stage.keys("mc");
    wait(&mut stage);
    let text = stage.text();
    assert!(text.contains("Your marks are still here"), "{text}");
    let tries = format!("{:?}", stage.asked);
    assert!(!tries.contains("Keep"), "no endless trying: {tries}");
    fs::remove_file(&state).expect("removed");
    stage.keys("mf");
    wait(&mut stage);
    let record = desk.shelf.list().remove(0).record.expect("whole");
    assert_eq!(record.marks.len(), stage.model.marks.len());
}

#[test]
fn a_case_that_is_damaged_while_it_is_open_is_put_aside() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    stage.keys("mc");
    wait(&mut stage);
    let cases = desk.folder.path().join("state/cases");
    let id = desk.shelf.list().remove(0).id;
    let file = cases.join(format!("{}.json", id.as_str()));
    fs::write(&file, "{broken").expect("written");
    stage.keys("mf");
    wait(&mut stage);
    let record = desk.shelf.load(&id).expect("whole").expect("there");
    assert_eq!(record.marks.len(), stage.model.marks.len(), "all of them");
    let aside = cases.join(format!("{}.damaged", id.as_str()));
    assert_eq!(fs::read_to_string(aside).expect("text"), "{broken");
}

#[test]
fn another_recording_is_taken_into_the_case() {
    let desk = Desk::new();
    let a = desk.plain("a.jsonl");
    let b = desk.file(
        "b.jsonl",
        &super::recording("b", "sub", super::ORDERS, "done"),
    );
    let mut stage = desk.open(&[&a]);
    let text = stage.keys(":case add<enter>/nowhere/at/all<enter>").text();
    assert!(text.contains("there is no such file"), "{text}");
    let again = format!(":case add<enter>{}<enter>", a.display());
    let text = stage.keys(&again).text();
    assert!(text.contains("is open already"), "{text}");
    stage.keys(&format!(
        "mc:case name<enter><ctrl-u>spring<enter>:case add<enter>{}<enter>",
        b.display()
    ));
    assert!(
        stage
            .asked
            .iter()
            .any(|effect| format!("{effect:?}") == "Reopen")
    );
    let listed = desk.shelf.named("spring").expect("it has its name");
    assert_eq!(listed.record.expect("whole").sources.len(), 2);
    let both = desk.open(&[&b, &a]);
    assert!(!both.model.marks.is_empty());
}

/// Takes in a message and gives what is to be kept of it, without doing it.
fn kept_of(stage: &mut Stage, message: Message) -> Vec<Effect> {
    let effects = update::update(&mut stage.model, message);
    let mut files = Vec::new();
    for effect in effects {
        match effect {
            Effect::File(Errand::Keep(_)) => files.push(effect),
            other => stage.asked.push(other),
        }
    }
    files
}

#[test]
fn never_two_are_written_at_once_and_what_is_taken_back_meanwhile_is_gone() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut stage = desk.open(&[&path]);
    stage.keys("mc");
    let due = stage.asked.iter().find_map(|effect| match effect {
        Effect::Wake(_, alarm @ Alarm::Keep(_)) => Some(*alarm),
        _ => None,
    });
    let first = kept_of(&mut stage, Message::Woke(due.expect("it waits")));
    assert_eq!(first.len(), 1);
    // The mark is taken back and a name is given while it is on its way.
    stage.keys("u");
    assert!(stage.model.marks.is_empty());
    stage.keys(":case name<enter><ctrl-u>spring<enter>");
    assert!(desk.shelf.list().is_empty(), "the second waits");
    let answer = effect::run(&stage.model.case, &first[0]).expect("an answer");
    let second = kept_of(&mut stage, answer);
    assert_eq!(second.len(), 1, "the second follows");
    let answer = effect::run(&stage.model.case, &second[0]).expect("an answer");
    assert!(kept_of(&mut stage, answer).is_empty());
    let record = desk.shelf.list().remove(0).record.expect("whole");
    assert!(record.marks.is_empty(), "{:?}", record.marks);
    assert_eq!(record.name, "spring");
}

#[test]
fn a_name_is_given_once_and_another_window_may_give_another() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let mut first = desk.open(&[&path]);
    first.keys(":case name<enter><ctrl-u>spring<enter>");
    let mut second = desk.open(&[&path]);
    second.keys(":case name<enter><ctrl-u>summer<enter>");
    first.keys("mc");
    wait(&mut first);
    assert!(desk.shelf.named("summer").is_some());
    let text = first.keys(":case name<enter>").text();
    assert!(text.contains("summer"), "{text}");
}

#[test]
fn a_secret_that_is_filtered_by_is_not_kept() {
    let desk = Desk::new();
    let path = desk.plain("adder.jsonl");
    let token = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    for (filter, kept) in [("done", "done"), (token.as_str(), "")] {
        let mut stage = desk.open(&[&path]);
        stage.keys(&format!("mcf<ctrl-u>{filter}<enter>"));
        let good = stage.model.filter.good.as_ref().expect("it filters");
        assert_eq!(good.text, filter);
        let effect = update::farewell(&mut stage.model).expect("something to keep");
        effect::run(&stage.model.case, &effect);
        let record = desk.shelf.list().remove(0).record.expect("whole");
        assert_eq!(record.left.filter, kept);
    }
}
