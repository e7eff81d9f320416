//! Operations of the agent, from their first request to their last word.

use crate::common::Recording;
use plainsight::session::{Flags, Outcome, RowId};

/// A call whose answer asks for input, and the retry that brings it under a new id.
fn asked_and_retried(r: &mut Recording, state: &str) -> [RowId; 4] {
    [
        r.c2s(r#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"delete_note","arguments":{"name":"milk"}}}"#),
        r.s2c(&format!(r#"{{"jsonrpc":"2.0","id":8,"result":{{"inputRequests":{{"ask":{{"method":"elicitation/create"}}}},"requestState":"{state}","resultType":"input_required"}}}}"#)),
        r.c2s(&format!(r#"{{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{{"inputResponses":{{"ask":{{"action":"accept"}}}},"requestState":"{state}","name":"delete_note","arguments":{{"name":"milk"}}}}}}"#)),
        r.s2c(r#"{"jsonrpc":"2.0","id":9,"result":{"content":[{"type":"text","text":"deleted"}],"resultType":"complete"}}"#),
    ]
}

#[test]
fn a_retry_with_the_input_that_was_asked_for_is_the_same_call() {
    let mut r = Recording::of("lab");
    let [first, interim, retry, done] = asked_and_retried(&mut r, "v1.S3ODNB");
    let next = r.call(10, "add_note");
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.calls(), [first, next]);
    let call = s.call(0);
    assert_eq!(call.continued, [retry]);
    assert_eq!((call.response, call.outcome), (Some(done), Outcome::Ok));
    assert_eq!(call.micros, Some(3_000_000));
    assert!(s.row(interim).flags.has(Flags::INPUT_REQUIRED));
    assert!(s.row(retry).flags.has(Flags::CONTINUES));
    for row in [first, interim, retry, done] {
        assert_eq!(s.call_of(row), Some(0), "{row:?}");
    }
    assert_eq!(s.call_of(next), Some(1));
    assert_eq!(s.servers()[0].calls, 2);
}

#[test]
fn a_call_may_ask_more_than_once_and_may_be_left_there() {
    let mut r = Recording::of("lab");
    let [first, ..] = asked_and_retried(&mut r, "one");
    r.c2s(r#"{"jsonrpc":"2.0","id":20,"method":"tools/call","params":{"name":"t"}}"#);
    r.s2c(
        r#"{"jsonrpc":"2.0","id":20,"result":{"requestState":"a","resultType":"input_required"}}"#,
    );
    let again = r.c2s(r#"{"jsonrpc":"2.0","id":21,"method":"tools/call","params":{"name":"t","requestState":"a"}}"#);
    r.s2c(
        r#"{"jsonrpc":"2.0","id":21,"result":{"requestState":"b","resultType":"input_required"}}"#,
    );
    let third = r.c2s(r#"{"jsonrpc":"2.0","id":22,"method":"tools/call","params":{"name":"t","requestState":"b"}}"#);
    r.s2c(
        r#"{"jsonrpc":"2.0","id":22,"result":{"requestState":"c","resultType":"input_required"}}"#,
    );
    // A state that nobody gave continues nothing.
    let stranger = r.c2s(r#"{"jsonrpc":"2.0","id":23,"method":"tools/call","params":{"name":"t","requestState":"zzz"}}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.calls().len(), 3);
    assert_eq!(s.calls()[0], first);
    assert_eq!(s.call(1).continued, [again, third]);
    assert_eq!(s.call(1).outcome, Outcome::InputRequired);
    assert_eq!(s.call_of(third), Some(1));
    assert_eq!(s.call_of(stranger), Some(2));
}

#[test]
fn a_task_is_one_call_whose_answer_is_its_result() {
    let mut r = Recording::greeted("everything");
    let status = r#"{"method":"notifications/tasks/status","params":{"taskId":"21154","status":"working"},"jsonrpc":"2.0"}"#;
    let call = r.c2s(r#"{"method":"tools/call","params":{"name":"research","arguments":{},"task":{"ttl":60000},"_meta":{"progressToken":36}},"jsonrpc":"2.0","id":36}"#);
    let made = r.s2c(
        r#"{"result":{"task":{"taskId":"21154","status":"working"}},"jsonrpc":"2.0","id":36}"#,
    );
    let poll =
        r.c2s(r#"{"method":"tasks/get","params":{"taskId":"21154"},"jsonrpc":"2.0","id":37}"#);
    let polled =
        r.s2c(r#"{"result":{"taskId":"21154","status":"input_required"},"jsonrpc":"2.0","id":37}"#);
    let told = r.s2c(status);
    let fetch =
        r.c2s(r#"{"method":"tasks/result","params":{"taskId":"21154"},"jsonrpc":"2.0","id":40}"#);
    let asked = r.s2c(r#"{"method":"elicitation/create","params":{"message":"which?","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"21154"}}},"jsonrpc":"2.0","id":5}"#);
    let said = r.c2s(r#"{"result":{"action":"accept"},"jsonrpc":"2.0","id":5}"#);
    let progress = r.s2c(r#"{"method":"notifications/progress","params":{"progress":3,"progressToken":36},"jsonrpc":"2.0"}"#);
    let result = r.s2c(r#"{"result":{"content":[{"type":"text","text":"report"}],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"21154"}}},"jsonrpc":"2.0","id":40}"#);
    let last =
        r.c2s(r#"{"method":"tasks/get","params":{"taskId":"21154"},"jsonrpc":"2.0","id":41}"#);
    let completed =
        r.s2c(r#"{"result":{"taskId":"21154","status":"completed"},"jsonrpc":"2.0","id":41}"#);
    let stranger =
        r.c2s(r#"{"method":"tasks/get","params":{"taskId":"other"},"jsonrpc":"2.0","id":42}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.calls(), [call]);
    let one = s.call(0);
    assert_eq!((one.response, one.outcome), (Some(result), Outcome::Ok));
    for row in [
        call, made, poll, polled, told, fetch, asked, said, progress, result, last, completed,
    ] {
        assert_eq!(s.call_of(row), Some(0), "{row:?}");
    }
    assert_eq!(s.call_of(stranger), None);
}

#[test]
fn a_task_that_nobody_waited_for_has_no_result() {
    let mut r = Recording::greeted("everything");
    r.c2s(
        r#"{"method":"tools/call","params":{"name":"research","task":{}},"jsonrpc":"2.0","id":1}"#,
    );
    r.s2c(r#"{"result":{"task":{"taskId":"t1","status":"working"}},"jsonrpc":"2.0","id":1}"#);
    r.s2c(r#"{"method":"elicitation/create","params":{"message":"which?","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t1"}}},"jsonrpc":"2.0","id":5}"#);
    let said = r.c2s(r#"{"result":{"action":"accept"},"jsonrpc":"2.0","id":5}"#);
    let opened = r.open();
    let s = opened.get();
    let call = s.call(0);
    assert_ne!(
        call.response,
        Some(said),
        "what the client said is no answer to its own call"
    );
    assert_eq!(call.outcome, Outcome::Pending);
}

#[test]
fn progress_is_joined_by_its_token() {
    let mut r = Recording::greeted("everything");
    let first = r.c2s(r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"slow","_meta":{"progressToken":"tok"}}}"#);
    let second = r.c2s(r#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"slow","_meta":{"progressToken":7}}}"#);
    let of_first = r.s2c(r#"{"method":"notifications/progress","params":{"progress":1,"progressToken":"tok"},"jsonrpc":"2.0"}"#);
    let of_second = r.s2c(r#"{"method":"notifications/progress","params":{"progress":1,"progressToken":7},"jsonrpc":"2.0"}"#);
    let of_none = r.s2c(r#"{"method":"notifications/progress","params":{"progress":1,"progressToken":8},"jsonrpc":"2.0"}"#);
    let log = r.s2c(r#"{"method":"notifications/message","params":{"level":"info","data":"step"},"jsonrpc":"2.0"}"#);
    let opened = r.open();
    let s = opened.get();
    assert_eq!(
        (s.request_of(of_first), s.call_of(of_first)),
        (Some(first), Some(0))
    );
    assert_eq!(
        (s.request_of(of_second), s.call_of(of_second)),
        (Some(second), Some(1))
    );
    assert_eq!(s.call_of(of_none), None);
    assert_eq!(s.call_of(log), None);
    assert_eq!(s.world(log).in_flight, [first, second]);
}

#[test]
fn what_belongs_to_no_call_says_so() {
    let mut r = Recording::greeted("lab");
    let ping = r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    let pong = r.s2c(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    let spoken = r.stderr("starting");
    let call = r.call(2, "t");
    // A server that asks for its own "tools/call" is not calling the agent's tool.
    let odd = r.s2c(r#"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"t"}}"#);
    let exit = r.exit(0);
    let opened = r.open();
    let s = opened.get();
    for row in [RowId(0), ping, pong, spoken, odd, exit] {
        assert_eq!(s.call_of(row), None, "{row:?}");
    }
    assert_eq!(s.calls(), [call]);
    assert_eq!(s.call_at(spoken), None);
    assert_eq!(s.call_at(exit), Some(0));
}

#[test]
fn outcomes_tell_a_failed_tool_from_a_failed_request() {
    let mut r = Recording::greeted("lab");
    r.call(1, "fine");
    r.c2s(r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nope"}}"#);
    r.s2c(r#"{"jsonrpc":"2.0","id":2,"result":{"content":[],"isError":true}}"#);
    r.c2s(r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"bad"}}"#);
    r.s2c(r#"{"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"bad"}}"#);
    r.c2s(r#"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"slow"}}"#);
    let opened = r.open();
    let s = opened.get();
    let outcomes: Vec<_> = (0..4).map(|n| s.call(n).outcome).collect();
    assert_eq!(
        outcomes,
        [
            Outcome::Ok,
            Outcome::ToolError,
            Outcome::Error,
            Outcome::Pending
        ]
    );
    assert_eq!((s.servers()[0].calls, s.servers()[0].errors), (4, 2));
    let fine = s.call(0);
    assert_eq!(fine.micros, Some(1_000_000));
    assert_eq!(s.symbol(fine.tool), "fine");
    assert_eq!(fine.bytes_in, s.row(fine.request).len);
    assert_eq!((s.call(3).response, s.call(3).bytes_out), (None, 0));
}
