//! A gate between a client and a server that are only written lines.

mod judged;
mod socket;

use super::client::{Hearing, Saying, connect};
use super::protocol::{Decision, Held, HeldKind, Then, Told};
use super::{Gate, Options, Risk};
use crate::analysis::Settings;
use crate::capture::recorder::{self, Body, Entry, Marks, Recorder, Start, Transport};
use crate::capture::stdio::{Hold, Outlet, Outlets, Step};
use crate::session::load::{self, lock_read};
use crate::session::{SourceArg, study};
use crate::wire::id::Direction;
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tempfile::TempDir;

/// Longest that anything may take before a test counts as hanging.
const HANGING: Duration = Duration::from_secs(60);

/// Writes whole lines into a channel.
struct Sink(Sender<String>);

impl Write for Sink {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let _ = self.0.send(String::from_utf8_lossy(line).into_owned());
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What one side hears.
struct Ear(Receiver<String>);

impl Ear {
    fn hears(&self) -> String {
        self.0.recv_timeout(HANGING).expect("a line comes")
    }

    fn is_silent(&self) -> bool {
        self.0.try_recv().is_err()
    }
}

struct Bench {
    folder: TempDir,
    recorder: Recorder,
    gate: Gate,
    server: Ear,
    client: Ear,
}

fn options(risk: Risk) -> Options {
    Options {
        risk,
        then: Then::Deny,
        wait: HANGING,
        settings: Arc::new(Settings::default()),
        user: "ann".into(),
    }
}

impl Bench {
    fn new(options: Options) -> Bench {
        Bench::rotating(options, None)
    }

    fn rotating(options: Options, rotate: Option<u64>) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let start = Start {
            label: "mail",
            transport: Transport::Stdio,
            session: None,
            meta: serde_json::Map::new(),
        };
        let (recorder, error) = Recorder::create(
            start,
            recorder::Options {
                folder: Some(folder.path().join("sessions")),
                rotate,
                ..recorder::Options::default()
            },
        );
        assert!(error.is_none());
        let gate = Gate::open(&folder.path().join("live"), options).unwrap();
        let (to_server, server) = channel();
        let (to_client, client) = channel();
        let outlets = Outlets {
            to_server: Outlet::new(Sink(to_server)),
            to_client: Outlet::new(Sink(to_client)),
            traffic: Arc::default(),
        };
        gate.begin(outlets, &recorder);
        Bench {
            folder,
            recorder,
            gate,
            server: Ear(server),
            client: Ear(client),
        }
    }

    /// What a pump does with a line. Gives whether it went on at once.
    fn says(&self, direction: Direction, line: &str) -> bool {
        let step = self.gate.line(direction, line.as_bytes());
        let seq = self.recorder.write(&Entry {
            direction,
            body: Body::Bytes(line.as_bytes()),
            http: None,
            marks: Marks {
                held: step == Step::Hold,
                ..Marks::default()
            },
        });
        if step == Step::Hold {
            self.gate
                .held(direction, seq, format!("{line}\n").as_bytes());
        }
        step == Step::Pass
    }

    fn client(&self, line: &str) -> bool {
        self.says(Direction::C2s, line)
    }

    fn server(&self, line: &str) -> bool {
        self.says(Direction::S2c, line)
    }

    fn screen(&self) -> (Hearing, Saying) {
        let (mut hearing, saying) = connect(&self.gate.address()).unwrap();
        assert!(
            matches!(hearing.hear(), Ok(Some(Told::Welcome { session })) if session == self.recorder.session())
        );
        (hearing, saying)
    }

    /// A listing of one tool, which goes through.
    fn lists(&self, id: u32, description: &str) {
        self.client(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#
        ));
        self.server(&listing(id, description));
    }

    /// The decisions that the recording holds.
    fn decisions(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.recorder.path().unwrap()).unwrap();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines
            .filter(|line| line["raw"]["event"] == "gate")
            .map(|line| line["raw"].clone())
            .collect()
    }
}

fn listing(id: u32, description: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"result":{{"tools":[{{"name":"send","description":"{description}","inputSchema":{{"type":"object"}}}}]}}}}"#
    )
}

fn call(id: &str, text: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"send","arguments":{{"text":"{text}"}}}}}}"#
    )
}

fn held(hearing: &mut Hearing) -> Held {
    match hearing.hear().unwrap() {
        Some(Told::Held(held)) => held,
        other => panic!("{other:?}"),
    }
}

fn released(hearing: &mut Hearing) -> String {
    match hearing.hear().unwrap() {
        Some(Told::Released { how, .. }) => how,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_person_allows_and_denies() {
    let bench = Bench::new(options(Risk::All));
    let (mut hearing, mut saying) = bench.screen();
    assert!(!bench.client(&call("1", "a")));
    let first = held(&mut hearing);
    assert_eq!(
        (first.what, first.name.as_str(), first.then),
        (HeldKind::Call, "send", Then::Deny)
    );
    assert!(first.left_ms > 0);
    // What is no call passes meanwhile.
    assert!(bench.client(r#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#));
    assert!(bench.server.is_silent());
    saying.decide(first.hold, Decision::Allow).unwrap();
    assert_eq!(bench.server.hears(), call("1", "a") + "\n");
    assert_eq!(released(&mut hearing), "allowed");

    bench.client(&call("\"x\"", "b"));
    let second = held(&mut hearing);
    let reason = "not today".to_string();
    saying
        .decide(second.hold, Decision::Deny { reason })
        .unwrap();
    let answer: Value = serde_json::from_str(&bench.client.hears()).unwrap();
    assert_eq!(answer["id"], "x");
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("send") && message.contains("ann") && message.contains("not today"),
        "{message}"
    );
    assert_eq!(answer["error"]["data"]["decision"], "denied");
    assert!(bench.server.is_silent());

    let decisions = bench.decisions();
    assert_eq!(decisions.len(), 2);
    assert_eq!(
        (&decisions[0]["decision"], &decisions[0]["by"]),
        (&"allowed".into(), &"ann".into())
    );
    assert_eq!(
        (&decisions[1]["reason"], &decisions[1]["id"]),
        (&"not today".into(), &"x".into())
    );
    assert_eq!(decisions[1]["seq"], second.seq);
    // It is no longer held: who is late hears so.
    saying.decide(second.hold, Decision::Allow).unwrap();
    assert_eq!(released(&mut hearing), "denied");
    assert!(
        matches!(hearing.hear().unwrap(), Some(Told::Refused { hold, .. }) if hold == second.hold)
    );
}

#[test]
fn the_recording_shows_what_was_decided() {
    let bench = Bench::new(options(Risk::All));
    bench.client(&call("1", "a"));
    bench.client.hears();
    let path = bench.recorder.path().unwrap();
    bench.recorder.finish(serde_json::Map::new());
    let session = load::whole(&[SourceArg::Path(path)], load::Options::default()).unwrap();
    while study::advance(&session, &mut study::Nobody) > 0 {}
    let session = lock_read(&session);
    let call = session.calls()[0];
    let answer = session
        .row(call)
        .pair()
        .expect("the injected answer is the answer");
    assert_eq!(session.row(answer).dir, Direction::S2c);
    assert_eq!(
        session
            .read(call)
            .unwrap()
            .envelope("held")
            .unwrap()
            .as_raw(),
        "true"
    );
    assert_eq!(
        session
            .read(answer)
            .unwrap()
            .envelope("injected")
            .unwrap()
            .as_raw(),
        "true"
    );
    let events: Vec<_> = (0..session.len())
        .map(|n| session.name(crate::session::RowId(n as u32)))
        .filter(|name| *name == "gate")
        .collect();
    assert_eq!(events.len(), 1);
}

#[test]
fn without_a_screen_the_default_applies_at_once() {
    for (then, how) in [
        (Then::Deny, "unattended-denied"),
        (Then::Allow, "unattended-allowed"),
    ] {
        let bench = Bench::new(Options {
            then,
            ..options(Risk::All)
        });
        bench.client(&call("1", "a"));
        match then {
            Then::Deny => assert!(bench.client.hears().contains("nobody is there")),
            Then::Allow => assert_eq!(bench.server.hears(), call("1", "a") + "\n"),
        }
        assert_eq!(bench.decisions()[0]["decision"], how);
    }
}

#[test]
fn when_time_is_up_the_default_applies() {
    for (then, how) in [
        (Then::Deny, "timed-out-denied"),
        (Then::Allow, "timed-out-allowed"),
    ] {
        let wait = Duration::from_millis(50);
        let bench = Bench::new(Options {
            then,
            wait,
            ..options(Risk::All)
        });
        let (mut hearing, _saying) = bench.screen();
        bench.client(&call("1", "a"));
        held(&mut hearing);
        assert_eq!(released(&mut hearing), how);
        match then {
            Then::Deny => assert!(bench.client.hears().contains("the time limit")),
            Then::Allow => assert_eq!(bench.server.hears(), call("1", "a") + "\n"),
        }
        assert_eq!(bench.decisions()[0]["decision"], how);
    }
}

#[test]
fn a_screen_that_goes_away_leaves_things_held_for_the_next() {
    let bench = Bench::new(options(Risk::All));
    let (mut hearing, saying) = bench.screen();
    bench.client(&call("1", "a"));
    let first = held(&mut hearing);
    drop((hearing, saying));
    let (mut hearing, mut saying) = bench.screen();
    assert_eq!(held(&mut hearing).hold, first.hold);
    saying.decide(first.hold, Decision::Allow).unwrap();
    assert_eq!(bench.server.hears(), call("1", "a") + "\n");
}

#[test]
fn what_was_allowed_from_now_on_is_asked_again_when_the_definition_changed() {
    let bench = Bench::new(options(Risk::All));
    let (mut hearing, mut saying) = bench.screen();
    bench.lists(1, "Sends text.");
    assert_eq!(bench.client.hears(), listing(1, "Sends text.") + "\n");
    bench.client(&call("2", "a"));
    let hold = held(&mut hearing).hold;
    saying.decide(hold, Decision::AllowFromNow).unwrap();
    assert_eq!(released(&mut hearing), "allowed-from-now");
    bench.server.hears();
    bench.client(&call("3", "b"));
    assert_eq!(bench.server.hears(), call("3", "b") + "\n");
    assert_eq!(bench.decisions()[1]["decision"], "allowed-earlier");

    bench.lists(4, "Sends text to everybody.");
    let changed = held(&mut hearing);
    assert_eq!(
        (changed.what, changed.name.as_str()),
        (HeldKind::Listing, "send")
    );
    assert!(changed.why[0].contains("changed"), "{changed:?}");
    saying.decide(changed.hold, Decision::Allow).unwrap();
    assert_eq!(released(&mut hearing), "allowed");
    assert_eq!(
        bench.client.hears(),
        listing(4, "Sends text to everybody.") + "\n"
    );
    bench.client(&call("5", "c"));
    assert_eq!(held(&mut hearing).name, "send");
    // The same definition once more is no news.
    bench.lists(6, "Sends text to everybody.");
    assert_eq!(
        bench.client.hears(),
        listing(6, "Sends text to everybody.") + "\n"
    );
}

#[test]
fn what_the_client_takes_back_never_reaches_the_server() {
    let bench = Bench::new(options(Risk::All));
    let (mut hearing, _saying) = bench.screen();
    bench.client(&call("1", "a"));
    held(&mut hearing);
    let cancel = r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#;
    assert!(!bench.client(cancel));
    assert_eq!(released(&mut hearing), "cancelled");
    // Of what the server has, it hears.
    assert!(bench.client(&cancel.replace(":1}", ":9}")));
    assert!(bench.server.is_silent() && bench.client.is_silent());
    assert_eq!(bench.decisions()[0]["decision"], "cancelled");
}

#[test]
fn the_end_of_the_server_refuses_what_waits_for_it() {
    let bench = Bench::new(Options {
        then: Then::Allow,
        ..options(Risk::All)
    });
    let (mut hearing, _saying) = bench.screen();
    bench.client(&call("1", "a"));
    held(&mut hearing);
    bench.gate.ended(Direction::S2c);
    assert_eq!(released(&mut hearing), "ended-denied");
    assert!(bench.client.hears().contains("the session ended"));
    assert!(bench.server.is_silent());
}

#[test]
fn too_much_is_not_held() {
    let bench = Bench::new(options(Risk::All));
    let (mut hearing, _saying) = bench.screen();
    for id in 0..257 {
        bench.client(&call(&id.to_string(), "a"));
    }
    let answer: Value = serde_json::from_str(&bench.client.hears()).unwrap();
    assert_eq!(answer["id"], 256);
    assert_eq!(answer["error"]["data"]["decision"], "crowded-denied");
    for _ in 0..256 {
        held(&mut hearing);
    }
    bench.gate.ended(Direction::C2s);
    assert_eq!(bench.decisions().len(), 257);
}

#[test]
fn of_a_batch_only_the_calls_are_denied() {
    let bench = Bench::new(options(Risk::All));
    let ping = r#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#;
    assert!(!bench.client(&format!("[{},{ping},{}]", call("1", "a"), call("2", "b"))));
    assert_eq!(bench.server.hears(), format!("[{ping}]\n"));
    let ids: Vec<Value> = (0..2)
        .map(|_| serde_json::from_str::<Value>(&bench.client.hears()).unwrap()["id"].clone())
        .collect();
    assert_eq!(ids, [1, 2]);
}

#[test]
fn the_end_of_the_client_decides_what_is_held() {
    let bench = Bench::new(options(Risk::All));
    let (mut hearing, _saying) = bench.screen();
    bench.client(&call("1", "a"));
    held(&mut hearing);
    bench.client(&call("2", "b"));
    bench.gate.ended(Direction::C2s);
    let answers = [bench.client.hears(), bench.client.hears()].concat();
    assert_eq!(answers.matches("denied").count(), 4, "{answers}");
    assert!(bench.server.is_silent());
    assert_eq!(bench.decisions()[0]["decision"], "ended-denied");
}
