//! Clients are kept apart, and what belongs together is together.

use crate::program::{Proxy, Stopped, went};
use crate::upstream::{Asked, Talk, Then, Upstream};
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};

fn answer(asked: &Asked, talk: &mut Talk, headers: &str) {
    let message = asked.json();
    if message["id"].is_null() {
        talk.answer("202 Accepted", headers, b"");
        return;
    }
    let id = &message["id"];
    let word = &message["params"]["arguments"]["word"];
    talk.json(
        headers,
        &format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{"content":[{{"type":"text","text":{word}}}],"serverInfo":{{"name":"lab"}}}}}}"#),
    );
}

fn call(id: u32, word: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"say","arguments":{{"word":"{word}"}}}}}}"#
    )
}

const INITIALIZE: &str = r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#;

/// The words that were asked for in each recording, in order.
fn words(stopped: &Stopped) -> Vec<Vec<String>> {
    let of = |lines: &Vec<Value>| -> Vec<String> {
        let asked = went(lines, "c2s");
        let word = |line: &&Value| {
            let word = line["raw"]["params"]["arguments"]["word"].as_str();
            word.map(str::to_string)
        };
        asked.iter().filter_map(word).collect()
    };
    stopped.lines().iter().map(of).collect()
}

/// Every call has the answer to its own word.
fn assert_answered(stopped: &Stopped, calls: usize) {
    let opened = stopped.session();
    let session = opened.get();
    assert_eq!(session.calls().len(), calls);
    for n in 0..calls {
        assert!(session.call(n).response.is_some(), "a call has no answer");
    }
}

#[test]
fn a_session_has_one_recording_over_all_its_connections() {
    let sessions = AtomicUsize::new(0);
    let upstream = Upstream::start(move |asked, talk| {
        if asked.json()["method"] == "initialize" {
            let n = sessions.fetch_add(1, Ordering::SeqCst);
            answer(asked, talk, &format!("Mcp-Session-Id: session-{n}\r\n"));
        } else {
            answer(asked, talk, "");
        }
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    // Two clients whose requests have the same ids, in one program and partly over the same connections.
    let mut clients: Vec<_> = (0..4).map(|_| proxy.client()).collect();
    for client in clients.iter_mut().take(2) {
        client.post("", INITIALIZE);
    }
    for (id, n) in [(1, 0), (1, 1), (2, 2), (2, 3), (3, 1), (3, 0)] {
        for session in [0, 1] {
            let header = format!("Mcp-Session-Id: session-{session}\r\n");
            clients[n].post(&header, &call(id, &format!("s{session}")));
        }
    }
    assert_eq!(proxy.running(), 2);
    let stopped = proxy.stop();
    assert_eq!(words(&stopped), [vec!["s0"; 6], vec!["s1"; 6]]);
    let opened = stopped.session();
    assert_eq!(opened.get().connections().len(), 2);
    assert_eq!(opened.get().servers().len(), 1);
    drop(opened);
    assert_answered(&stopped, 12);
}

#[test]
fn a_session_goes_on_in_further_parts() {
    let upstream = Upstream::start(|asked, talk| {
        answer(asked, talk, "");
        Then::Keep
    });
    let proxy = Proxy::with(&upstream.url("/mcp"), &["--rotate", "64K"]);
    let mut client = proxy.client();
    let word = "a".repeat(4000);
    for id in 0..50 {
        client.post("Mcp-Session-Id: s\r\n", &call(id, &word));
    }
    let stopped = proxy.stop();
    assert!(stopped.paths.len() > 2, "{:?}", stopped.paths);
    assert_eq!(stopped.session().get().connections().len(), 1);
    assert_answered(&stopped, 50);
}

#[test]
fn a_deleted_session_ends_its_recording() {
    let upstream = Upstream::start(|asked, talk| {
        answer(asked, talk, "Mcp-Session-Id: one\r\n");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.post("", INITIALIZE);
    client.ask("DELETE /mcp", "Mcp-Session-Id: one\r\n", "");
    assert_eq!(client.answer().status(), 202);
    proxy.wait_for_record(r#""reason":"deleted""#);
    crate::until("it is told to be recorded", || proxy.running() == 0);
    client.post("", INITIALIZE);
    let stopped = proxy.stop();
    assert_eq!(stopped.paths.len(), 2);
}

#[test]
fn without_a_session_a_connection_is_a_client() {
    let upstream = Upstream::start(|asked, talk| {
        answer(asked, talk, "");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let modern = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\n";
    let (mut a, mut b) = (proxy.client(), proxy.client());
    for id in 1..4 {
        a.post(modern, &call(id, "a"));
        b.post(modern, &call(id, "b"));
    }
    let stopped = proxy.stop();
    assert_eq!(words(&stopped), [vec!["a"; 3], vec!["b"; 3]]);
    assert_answered(&stopped, 6);
}

#[test]
fn a_further_connection_of_a_program_joins_where_that_is_beyond_doubt() {
    let upstream = Upstream::start(|asked, talk| {
        answer(asked, talk, "");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut first = proxy.client();
    first.post("", &call(1, "a"));
    first.post("", &call(2, "a"));
    // The third request of the same program, over another connection.
    proxy.client().post("", &call(3, "a"));
    // A program that says other things of itself, and one that counts from 1 again.
    proxy
        .client()
        .post("User-Agent: other\r\n", &call(4, "other"));
    proxy.client().post("", &call(1, "b"));
    // Either of two could have sent this.
    proxy.client().post("", &call(9, "doubt"));
    let stopped = proxy.stop();
    let mut words = words(&stopped);
    if cfg!(target_os = "linux") {
        words[0].dedup();
        assert_eq!(words, [["a"], ["other"], ["b"], ["doubt"]]);
    }
    assert_answered(&stopped, 6);
}

#[test]
fn the_older_transport_has_one_recording_a_stream() {
    let upstream = Upstream::start(|asked, talk| {
        if asked.target() == "/app/sse" {
            talk.begin("Content-Type: text/event-stream\r\n");
            let n = asked.connection;
            talk.chunk(format!("event: endpoint\ndata: messages?session_id={n}\n\n").as_bytes());
            talk.wait_for_close();
            return Then::Close;
        }
        talk.answer("202 Accepted", "", b"Accepted");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/app/sse"));
    let mut streams: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = proxy.client();
            stream.ask("GET /app/sse", "Accept: text/event-stream\r\n", "");
            stream.wait_for("session_id=");
            let n = stream.wait_for("\n\n");
            (stream, String::from_utf8(n).unwrap().trim().to_string())
        })
        .collect();
    let mut client = proxy.client();
    for id in 0..3 {
        for (_, n) in &streams {
            let line = format!("POST /app/messages?session_id={n}");
            client.ask(&line, "Content-Type: application/json\r\n", &call(id, n));
            assert_eq!(client.answer().text(), "Accepted");
        }
    }
    assert_eq!(proxy.running(), 2);
    let expected: Vec<Vec<String>> = streams.iter().map(|(_, n)| vec![n.clone(); 3]).collect();
    streams.clear();
    // The session is as long as its stream.
    crate::until("a closed stream's session is open", || proxy.running() == 0);
    let stopped = proxy.stop();
    assert_eq!(words(&stopped), expected);
    let lines = &stopped.lines()[0];
    let endpoint = lines
        .iter()
        .find(|line| line["sse"]["event"] == "endpoint")
        .unwrap();
    assert!(
        endpoint["text"]
            .as_str()
            .unwrap()
            .starts_with("messages?session_id=")
    );
}
