//! The conversation with servers that are made of their answers.

use super::Trouble;
use super::ask::{Told, Wire, everything};
use super::message::{Heard, Said, hear};
use crate::text::RawBuf;
use std::collections::VecDeque;
use std::time::Duration;

/// Answers what it was given, in order, and remembers what it was asked.
#[derive(Default)]
struct Scripted {
    answers: VecDeque<Result<&'static str, Trouble>>,
    asked: Vec<String>,
    told: Vec<&'static str>,
    changes: VecDeque<Vec<&'static str>>,
}

impl Wire for Scripted {
    fn ask(&mut self, said: &Said, _: Option<Duration>) -> Result<Vec<u8>, Trouble> {
        self.asked.push(said.body.clone());
        let answer = self
            .answers
            .pop_front()
            .unwrap_or(Err(Trouble::Ended(said.method)));
        let id = said.id.unwrap_or_default();
        answer.map(|rest| format!(r#"{{"jsonrpc":"2.0","id":{id},{rest}}}"#).into_bytes())
    }

    fn tell(&mut self, said: &Said) -> Result<(), Trouble> {
        self.told.push(said.method);
        Ok(())
    }

    fn speaks(&mut self, _: &RawBuf) {}

    fn changes(&mut self) -> Vec<&'static str> {
        self.changes.pop_front().unwrap_or_default()
    }
}

fn run(wire: &mut Scripted) -> (Result<(), Trouble>, Told) {
    let mut told = Told::default();
    let ended = everything(wire, true, Duration::from_secs(30), &mut told);
    (ended, told)
}

const GREETING: &str = r#""result":{"protocolVersion":"2024-11-05","capabilities":{"tools":{}}}"#;

#[test]
fn a_silent_server_is_greeted_the_old_way() {
    for first in [
        Err(Trouble::Late("server/discover")),
        Ok(r#""error":{"code":-32601,"message":"no"}"#),
        Ok(r#""result":{"supportedVersions":["2027-01-01"]}"#),
        Ok(r#""result":[]"#),
    ] {
        let mut wire = Scripted {
            answers: [first, Ok(GREETING), Ok(r#""result":{"tools":[{},{}]}"#)].into(),
            ..Scripted::default()
        };
        let (ended, told) = run(&mut wire);
        assert_eq!(ended, Ok(()));
        assert_eq!(told.protocol.as_deref(), Some("2024-11-05"));
        assert_eq!(told.counts.tools, Some(2));
        assert_eq!(wire.told, ["notifications/initialized"]);
        assert_eq!(wire.asked.len(), 3);
    }
}

#[test]
fn what_changed_meanwhile_is_asked_again_but_not_for_ever() {
    let page = || Ok(r#""result":{"tools":[{}]}"#);
    let mut wire = Scripted {
        answers: [
            Err(Trouble::Late("server/discover")),
            Ok(GREETING),
            page(),
            page(),
            page(),
            page(),
            page(),
        ]
        .into(),
        changes: std::iter::repeat_n(vec!["tools/list"], 9).collect(),
        ..Scripted::default()
    };
    assert_eq!(run(&mut wire).0, Ok(()));
    let listings = wire.asked.iter().filter(|body| body.contains("tools/list"));
    assert_eq!(listings.count(), 3);
}

#[test]
fn a_cursor_goes_back_as_it_came() {
    let mut wire = Scripted {
        answers: [
            Err(Trouble::Late("server/discover")),
            Ok(GREETING),
            Ok(r#""result":{"tools":[{}],"nextCursor":"a\"\u202e\n\\"}"#),
            Ok(r#""result":{"tools":[{}],"nextCursor":"a\"\u202e\n\\"}"#),
        ]
        .into(),
        ..Scripted::default()
    };
    let (ended, told) = run(&mut wire);
    assert_eq!(ended, Ok(()));
    assert!(told.counts.cut);
    let said: serde_json::Value = serde_json::from_str(&wire.asked[3]).unwrap();
    assert_eq!(said["params"]["cursor"], "a\"\u{202e}\n\\");
}

#[test]
fn questions_of_a_server_are_answered_without_doing_anything() {
    let answer = |text: &str| match hear(text.as_bytes()) {
        Heard::Question(said) => serde_json::from_str::<serde_json::Value>(&said).unwrap(),
        _ => panic!("{text} is a question"),
    };
    assert_eq!(
        answer(r#"{"jsonrpc":"2.0","id":"a\n","method":"ping"}"#),
        serde_json::json!({"jsonrpc": "2.0", "id": "a\n", "result": {}})
    );
    assert_eq!(
        answer(r#"{"id":7,"method":"roots/list"}"#)["result"]["roots"],
        serde_json::json!([])
    );
    assert_eq!(
        answer(r#"{"id":7,"method":"elicitation/create"}"#)["result"]["action"],
        "decline"
    );
    for method in ["sampling/createMessage", "anything/else"] {
        let said = answer(&format!(r#"{{"id":1e400,"method":"{method}"}}"#));
        assert!(said["error"]["message"].is_string());
        assert!(said["id"].is_null());
    }
    for text in [
        "",
        "[1]",
        "{\"id\":1.5}",
        "{\"id\":\"1\",\"result\":{}}",
        "{\"id\":-1}",
    ] {
        assert!(matches!(hear(text.as_bytes()), Heard::Other), "{text}");
    }
    assert!(matches!(hear(br#"{"id":1,"result":{}}"#), Heard::Answer(1)));
}
