//! Requests and responses.

use crate::common::Recording;
use plainsight::session::{Flags, Outcome, RowId};
use plainsight::wire::id::MessageKind;

#[test]
fn ids_collide_across_directions() {
    let mut r = Recording::greeted("everything");
    let call =
        r.c2s(r#"{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"sample"}}"#);
    let asked = r.s2c(
        r#"{"method":"sampling/createMessage","params":{"maxTokens":9},"jsonrpc":"2.0","id":0}"#,
    );
    let said = r.c2s(r#"{"jsonrpc":"2.0","id":0,"result":{"role":"assistant"}}"#);
    let done = r.s2c(r#"{"result":{"content":[]},"jsonrpc":"2.0","id":0}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.response_of(call), Some(done));
    assert_eq!(s.response_of(asked), Some(said));
    assert_eq!(s.request_of(said), Some(asked));
    assert_eq!(s.method(said), "sampling/createMessage");
    assert_eq!(
        (s.method(done), s.name(done)),
        ("tools/call".into(), "sample".into())
    );
}

#[test]
fn a_response_may_be_recorded_before_its_request() {
    let mut r = Recording::greeted("everything");
    let answer =
        r.s2c(r#"{"result":{"resources":[{"uri":"note://a","name":"a"}]},"jsonrpc":"2.0","id":2}"#);
    let request = r.c2s(r#"{"method":"resources/list","jsonrpc":"2.0","id":2}"#);
    let said = r.c2s(r#"{"jsonrpc":"2.0","id":3,"result":{"action":"accept","content":{}}}"#);
    let asked =
        r.s2c(r#"{"method":"elicitation/create","params":{"message":"?"},"jsonrpc":"2.0","id":3}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.response_of(request), Some(answer));
    assert_eq!(s.request_of(said), Some(asked));
    for early in [answer, said] {
        let flags = s.row(early).flags;
        assert!(flags.has(Flags::EARLY) && !flags.has(Flags::ORPHAN));
    }
    // What it is an answer to is known in time for its listing to be understood.
    assert_eq!(
        s.items()
            .iter()
            .filter(|i| i.name.as_raw() == "note://a")
            .count(),
        1
    );
}

#[test]
fn a_number_and_a_string_are_two_ids() {
    let mut r = Recording::greeted("lab");
    let number = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    let string = r.c2s(r#"{"jsonrpc":"2.0","id":"1","method":"tools/list"}"#);
    let fraction = r.c2s(r#"{"jsonrpc":"2.0","id":1.0,"method":"prompts/list"}"#);
    let large = r.c2s(r#"{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}"#);
    let listen = r.c2s(r#"{"jsonrpc":"2.0","id":"listen-1","method":"subscriptions/listen"}"#);
    let to_large = r.s2c(r#"{"jsonrpc":"2.0","id":9007199254740993,"result":{}}"#);
    let to_fraction = r.s2c(r#"{"jsonrpc":"2.0","id":1.0,"result":{"prompts":[]}}"#);
    let to_string = r.s2c(r#"{"jsonrpc":"2.0","id":"1","result":{"tools":[]}}"#);
    let to_number = r.s2c(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    let other = r.s2c(r#"{"jsonrpc":"2.0","id":9007199254740992,"result":{}}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.response_of(number), Some(to_number));
    assert_eq!(s.response_of(string), Some(to_string));
    assert_eq!(s.response_of(fraction), Some(to_fraction));
    assert_eq!(s.response_of(large), Some(to_large));
    assert_eq!(s.response_of(listen), None);
    assert!(s.row(other).flags.has(Flags::ORPHAN));
}

#[test]
fn nobody_asked_for_an_orphan_and_a_second_response_is_one_too_many() {
    let mut r = Recording::greeted("lab");
    let orphan = r.s2c(r#"{"jsonrpc":"2.0","id":77,"result":{}}"#);
    let request = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    let first = r.s2c(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    let second = r.s2c(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"late"}}"#);
    let unread =
        r.s2c(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.response_of(request), Some(first));
    assert!(s.row(orphan).flags.has(Flags::ORPHAN));
    assert_eq!(s.request_of(orphan), None);
    assert!(s.row(second).flags.has(Flags::SECOND) && !s.row(second).flags.has(Flags::ORPHAN));
    assert!(s.row(unread).flags.has(Flags::NULL_ID));
    assert_eq!(s.row(unread).kind, MessageKind::Error);
}

#[test]
fn an_id_may_come_again_once_it_is_answered() {
    let mut r = Recording::greeted("lab");
    let first = r.call(1, "a");
    let again = r.call(1, "b");
    let open = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    let reused = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.response_of(first), Some(RowId(first.0 + 1)));
    assert_eq!(s.response_of(again), Some(RowId(again.0 + 1)));
    assert!(!s.row(again).flags.has(Flags::REUSED) && !s.row(open).flags.has(Flags::REUSED));
    assert!(s.row(reused).flags.has(Flags::REUSED));
}

#[test]
fn two_connections_of_one_server_keep_their_ids_apart() {
    let mut r = Recording::greeted("lab");
    let first = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    r.reconnect("lab-2");
    let second = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
    let answer = r.s2c(r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!((s.servers().len(), s.connections().len()), (1, 2));
    assert_eq!(s.response_of(second), Some(answer));
    assert_eq!(s.response_of(first), None);
}

#[test]
fn a_call_may_be_cancelled_and_still_be_answered() {
    let mut r = Recording::greeted("everything");
    let slow = r.c2s(r#"{"jsonrpc":"2.0","id":35,"method":"tools/call","params":{"name":"slow"}}"#);
    let other =
        r.c2s(r#"{"jsonrpc":"2.0","id":"35","method":"tools/call","params":{"name":"other"}}"#);
    // The server's own request has the same id: it is not the one that is meant.
    let asked = r.s2c(r#"{"jsonrpc":"2.0","id":35,"method":"roots/list"}"#);
    let cancel = r.c2s(r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":35,"reason":"user pressed esc"}}"#);
    let late = r.s2c(r#"{"jsonrpc":"2.0","id":35,"result":{"content":[]}}"#);
    let opened = r.open();
    let s = opened.get();
    assert!(s.row(slow).flags.has(Flags::CANCELLED));
    assert!(!s.row(asked).flags.has(Flags::CANCELLED) && !s.row(other).flags.has(Flags::CANCELLED));
    assert_eq!(s.request_of(cancel), Some(slow));
    assert_eq!(s.call_of(cancel), Some(0));
    assert_eq!(s.response_of(slow), Some(late));
    let call = s.call(0);
    assert_eq!(
        (call.outcome, call.response),
        (Outcome::Cancelled, Some(late))
    );
    assert_eq!(s.call(1).outcome, Outcome::Pending);
    assert_eq!(
        s.world(other).in_flight,
        [other],
        "a cancelled call is not waited for"
    );
}

#[test]
fn a_batch_is_as_many_messages_as_it_holds() {
    let mut r = Recording::greeted("old");
    let ping = r.c2s(r#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t"}}]"#);
    r.batch_of(3);
    let result = r.s2c(r#"[{"jsonrpc":"2.0","id":2,"result":{"content":[]}},{"jsonrpc":"2.0","id":1,"result":{}}]"#);
    r.batch_of(2);
    let last = r.c2s(r#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#);
    let opened = r.open();
    let s = opened.get();
    let call = RowId(ping.0 + 2);
    assert_eq!(s.response_of(ping), Some(RowId(result.0 + 1)));
    assert_eq!(s.response_of(call), Some(result));
    assert_eq!(s.calls(), [call]);
    assert_eq!(s.name(result), "t");
    assert_eq!(s.row(call).part, 2);
    assert!(s.row(call).flags.has(Flags::BATCH));
    assert_eq!(s.row(call).line, s.row(ping).line);
    assert_eq!(s.row(last).line, s.row(ping).line + 2);
    assert_eq!(
        s.read(call).unwrap().message(),
        br#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"t"}}"#
    );
    assert_eq!(s.row(last).kind, MessageKind::Request);
}
