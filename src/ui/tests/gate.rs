//! What gates hold, and deciding on it.

use super::fixture::stage;
use crate::capture::gate::protocol::{Decision, Held, HeldKind, Then};
use crate::ui::hold::{GateNews, HoldKey};
use crate::ui::message::{Alarm, Effect, Message};
use crate::ui::model::View;
use crate::ui::testing::Stage;

fn held(hold: u64, seq: u64, name: &str) -> GateNews {
    GateNews::Held {
        session: "files-1".to_owned(),
        held: Held {
            hold,
            seq,
            what: HeldKind::Call,
            name: name.to_owned(),
            why: vec!["The call reads a private key.".to_owned()],
            left_ms: 60_000,
            then: Then::Deny,
        },
    }
}

fn key(hold: u64) -> HoldKey {
    HoldKey {
        session: "files-1".to_owned(),
        hold,
    }
}

fn with_one(width: u16, height: u16) -> Stage {
    let mut stage = stage(width, height);
    stage.send(Message::Gate(held(1, 10, "read_file")));
    stage
}

#[test]
fn what_is_held_is_told_at_once_and_takes_no_key() {
    let mut stage = with_one(120, 36);
    assert!(
        stage.text().contains("1 held, H decides: 60 s"),
        "{}",
        stage.text()
    );
    assert!(matches!(stage.asked[..], [Effect::Ring, Effect::Wake(..)]));
    // Typing goes on: nothing is decided by a key that was meant for something else.
    stage.keys("a");
    assert!(!stage.model.holds.list[0].decided);
}

#[test]
fn it_is_seen_in_its_call_and_decided_on_there() {
    for (width, height) in [(80, 24), (120, 36), (200, 60)] {
        let mut stage = with_one(width, height);
        let text = stage.keys("H").text();
        for words in [
            "HELD",
            "files",
            "read_file",
            "60 s left, then it is denied",
            "The call reads a private key.",
            "allow from now on",
            "id_rsa",
        ] {
            assert!(text.contains(words), "{words} is missing:\n{text}");
        }
        assert_eq!(stage.model.view, View::Calls);
        // There is no tap behind this stage, and that is said instead of doing as if.
        stage.keys("a");
        assert!(
            stage.text().contains("The tap that held it is gone"),
            "{}",
            stage.text()
        );
        assert!(!stage.model.holds.list[0].decided);
        stage.keys("<esc>");
        assert!(!stage.text().contains("HELD"));
        assert!(stage.text().contains("held, H decides"), "{}", stage.text());
    }
}

#[test]
fn a_call_that_is_read_after_the_gate_told_of_it_is_shown_then() {
    let mut stage = stage(120, 36);
    stage.send(Message::Gate(held(1, 999, "read_file")));
    let text = stage.keys("H").text();
    assert!(
        text.contains("not among the messages that are open"),
        "{text}"
    );
    assert_eq!(stage.model.view, View::Findings);
    // Now it is there.
    stage.model.holds.list[0].held.seq = 10;
    stage.send(Message::Grew);
    let text = stage.text();
    assert_eq!(stage.model.view, View::Calls);
    assert!(text.contains("id_rsa") && text.contains("HELD"), "{text}");
    assert!(!text.contains("not among the messages"), "{text}");
    assert_eq!(stage.model.holds.sought, None);
}

#[test]
fn a_reason_can_be_given_and_thought_better_of() {
    let mut stage = with_one(120, 36);
    stage.keys("Hdnot now");
    assert!(
        stage.text().contains("deny, because not now"),
        "{}",
        stage.text()
    );
    stage.keys("<esc>");
    assert!(stage.text().contains("HELD"), "{}", stage.text());
}

#[test]
fn when_one_is_decided_the_next_is_shown() {
    let mut stage = with_one(120, 36);
    stage.send(Message::Gate(held(2, 12, "write_file")));
    let text = stage.keys("H").text();
    assert!(text.contains("HELD 1 of 2"), "{text}");
    let text = stage.keys("<tab>").text();
    assert!(text.contains("HELD 2 of 2"), "{text}");
    stage.send(Message::Gate(GateNews::Released {
        key: key(2),
        how: "timed-out-denied".to_owned(),
        by: "the time limit".to_owned(),
    }));
    let text = stage.text();
    assert!(
        text.contains("write_file: timed out denied by the time limit."),
        "{text}"
    );
    assert!(text.contains("HELD"), "{text}");
    stage.send(Message::Gate(GateNews::Gone {
        session: "files-1".to_owned(),
    }));
    let text = stage.text();
    assert!(!text.contains("HELD"), "{text}");
    assert!(text.contains("ended while it held"), "{text}");
}

#[test]
fn the_time_that_is_left_is_counted_down_while_something_is_held() {
    let mut stage = with_one(120, 36);
    let clock = stage.model.holds.clock;
    stage.send(Message::Woke(Alarm::Hold(clock)));
    stage.send(Message::Woke(Alarm::Hold(clock + 1)));
    assert!(stage.text().contains("H decides: 59 s"), "{}", stage.text());
    let wakes = |stage: &Stage| {
        let wakes = |effect: &&Effect| matches!(effect, Effect::Wake(_, Alarm::Hold(_)));
        stage.asked.iter().filter(wakes).count()
    };
    assert_eq!(wakes(&stage), 2);
    stage.send(Message::Gate(GateNews::Released {
        key: key(1),
        how: "cancelled".to_owned(),
        by: "the client".to_owned(),
    }));
    stage.send(Message::Woke(Alarm::Hold(clock)));
    assert_eq!(wakes(&stage), 2, "nothing ticks where nothing is held");
}

#[test]
fn names_of_what_is_held_cannot_reach_the_terminal_raw() {
    let mut stage = stage(120, 36);
    stage.send(Message::Gate(held(1, 10, "x\u{1b}]0;owned\u{7}\u{202e}")));
    let text = stage.keys("H").text();
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    assert!(text.contains("RLO"), "{text}");
}

/// The whole way to a gate and back, over a socket.
#[cfg(unix)]
#[test]
fn a_decision_reaches_the_gate() {
    use crate::capture::gate::protocol::{Asked, Told};
    use crate::capture::live::{Gate, Running};
    use crate::ui::Gates;
    use std::io::{BufRead, BufReader, Write};
    use std::os::unix::net::UnixListener;

    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    let listener = UnixListener::bind(&socket).unwrap();
    let gate = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let mut heard =
            || -> Asked { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
        let say = |told: &Told| {
            let line = serde_json::to_string(told).unwrap() + "\n";
            (&stream).write_all(line.as_bytes()).unwrap();
        };
        let hello = heard();
        let GateNews::Held { session, held } = held(7, 10, "read_file") else {
            unreachable!("it is one")
        };
        say(&Told::Welcome { session });
        say(&Told::Held(held));
        (hello, heard())
    });
    let gates = Gates::default();
    let (sender, news) = std::sync::mpsc::channel();
    let running = [Running {
        session: "files-1".to_owned(),
        label: "files".to_owned(),
        recording: "/nowhere".into(),
        pid: 1,
        started: String::new(),
        transport: "stdio".to_owned(),
        gate: Some(Gate {
            socket,
            token: "secret".to_owned(),
        }),
    }];
    let tell = move |one| {
        let _ = sender.send(one);
    };
    gates.attend(&running, &tell);
    assert_eq!(news.recv().unwrap(), held(7, 10, "read_file"));
    // Asked again, it does not connect again.
    gates.attend(&running, &tell);
    let deny = Decision::Deny {
        reason: "no keys".to_owned(),
    };
    gates.decide(&key(7), deny.clone()).unwrap();
    let (hello, decided) = gate.join().unwrap();
    assert!(matches!(hello, Asked::Hello { token } if token == "secret"));
    assert_eq!(
        decided,
        Asked::Decide {
            hold: 7,
            decision: deny
        }
    );
    assert!(matches!(news.recv().unwrap(), GateNews::Gone { .. }));
    assert!(gates.decide(&key(7), Decision::Allow).is_err());
}
