//! What breaks on one side breaks on the other, at once.

use crate::program::{Proxy, went};
use crate::upstream::{Then, Upstream};
use crate::{PATIENCE, until};
use rustix::process::Signal;
use std::net::{Shutdown, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

#[test]
fn a_client_that_goes_is_gone_for_the_server() {
    let gone = Arc::new(AtomicUsize::new(0));
    let count = gone.clone();
    let upstream = Upstream::start(move |asked, talk| {
        match asked.target() {
            // Nothing was answered yet.
            "/silent" => {}
            "/stream" => {
                talk.begin("Content-Type: text/event-stream\r\n");
                talk.chunk(b"data: {\"n\":1}\n\n");
            }
            _ => {
                talk.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
            }
        }
        talk.wait_for_close();
        count.fetch_add(1, Ordering::SeqCst);
        Then::Close
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let rpc = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow"}}"#;
    for (n, target) in ["/silent", "/stream", "/json"].iter().enumerate() {
        let mut client = proxy.client();
        client.ask(&format!("POST {target}"), "Mcp-Session-Id: s\r\n", rpc);
        match *target {
            "/silent" => until("the request did not come", || upstream.asked().len() > n),
            "/stream" => drop(client.wait_for("{\"n\":1}\n\n")),
            _ => drop(client.wait_for("\r\n\r\n{")),
        }
        drop(client);
        until("the server does not know", || {
            gone.load(Ordering::SeqCst) > n
        });
    }
    proxy.wait_for_record("answer-broken-off");
    let lines = proxy.stop().only();
    let events: Vec<&str> = went(&lines, "meta")
        .iter()
        .filter_map(|line| line["raw"]["event"].as_str())
        .collect();
    assert_eq!(
        events,
        [
            "start",
            "client-gone",
            "sse-close",
            "answer-broken-off",
            "exit"
        ]
    );
    let closed = lines
        .iter()
        .find(|line| line["raw"]["event"] == "sse-close");
    assert_eq!(closed.unwrap()["raw"]["by"], "client");
    assert!(closed.unwrap()["xchg"].is_u64());
}

#[test]
fn a_client_that_goes_while_it_asks_is_gone_for_the_server() {
    let upstream = Upstream::start(|_, _| panic!("the request never was whole"));
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask(
        "POST /mcp",
        "Mcp-Session-Id: s\r\nContent-Length: 50\r\n",
        "",
    );
    client.send(b"{\"jsonrpc\":");
    drop(client);
    proxy.wait_for_record("request-broken-off");
    let lines = proxy.stop().only();
    let asked = went(&lines, "c2s")[0];
    assert_eq!(asked["text"], "{\"jsonrpc\":");
    assert_eq!(asked["unterminated"], true);
}

#[test]
fn a_server_that_breaks_off_breaks_off_for_the_client() {
    let upstream = Upstream::start(|asked, talk| {
        match asked.target() {
            "/length" => {
                talk.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"jsonrpc\"");
            }
            "/chunks" => {
                talk.begin("Content-Type: application/json\r\n");
                talk.chunk(b"{\"jsonrpc\"");
            }
            "/events" => {
                talk.begin("Content-Type: text/event-stream\r\n");
                talk.chunk(b"data: {}\n\ndata: {\"jsonrpc\"");
            }
            _ => {}
        }
        Then::Close
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    for target in ["/length", "/chunks", "/events"] {
        let mut client = proxy.client();
        client.ask(&format!("POST {target}"), "Mcp-Session-Id: s\r\n", "{}");
        let answer = client.answer();
        assert!(!answer.whole, "{target}");
        assert!(answer.text().ends_with("{\"jsonrpc\""), "{target}");
        assert!(client.is_closed());
    }
    let mut client = proxy.client();
    client.ask("POST /nothing", "Mcp-Session-Id: s\r\n", "{}");
    assert!(
        client.is_closed(),
        "there is no answer where the server gave none"
    );
    let stopped = proxy.stop();
    let told = "ended the connection without an answer";
    assert!(stopped.stderr.contains(told), "{}", stopped.stderr);
    let lines = stopped.only();
    let torn = lines.iter().filter(|line| line["unterminated"] == true);
    assert!(torn.clone().all(|line| line["text"] == "{\"jsonrpc\""));
    assert_eq!(torn.count(), 3);
    let events: Vec<&str> = went(&lines, "meta")
        .iter()
        .filter_map(|line| line["raw"]["event"].as_str())
        .collect();
    let broken = "answer-broken-off";
    let expected = [
        "start",
        broken,
        broken,
        "sse-close",
        "upstream-broke-off",
        "exit",
    ];
    assert_eq!(events, expected);
}

#[test]
fn idle_connections_close_on_both_sides() {
    let upstream = Upstream::start(|_, talk| {
        talk.json("", "{}");
        Then::Close
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    assert_eq!(client.post("", "{}").status(), 200);
    assert!(client.is_closed());

    let closed = Arc::new(AtomicUsize::new(0));
    let count = closed.clone();
    let upstream = Upstream::start(move |asked, talk| {
        talk.json("", "{}");
        if asked.target() == "/last" {
            talk.wait_for_close();
            count.fetch_add(1, Ordering::SeqCst);
        }
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    for target in ["/mcp", "/mcp", "/last"] {
        client.ask(&format!("GET {target}"), "", "");
        assert_eq!(client.answer().status(), 200);
    }
    assert!(upstream.asked().iter().all(|asked| asked.connection == 0));
    drop(client);
    until("the server's connection is open", || {
        closed.load(Ordering::SeqCst) == 1
    });
}

#[test]
fn a_server_that_says_it_closes_is_believed() {
    let upstream = Upstream::start(|_, talk| {
        talk.json("Connection: close\r\n", "{}");
        Then::Close
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask("POST /mcp", "", "{}");
    let head = String::from_utf8(client.wait_for("\r\n\r\n")).unwrap();
    assert!(
        head.to_ascii_lowercase().contains("connection: close"),
        "{head}"
    );
    client.wait_for("{}");
    assert!(client.is_closed());
}

#[test]
fn a_server_that_is_not_there_is_told_in_a_sentence() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let proxy = Proxy::before(&format!("http://{address}/mcp"));
    let rpc = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let mut client = proxy.client();
    for _ in 0..2 {
        let answer = client.post("", rpc);
        assert_eq!(answer.status(), 502);
        assert_eq!(
            answer.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
        let begin = format!("plainsight's proxy could not reach http://{address}: ");
        assert!(answer.text().starts_with(&begin), "{}", answer.text());
    }
    let stopped = proxy.stop();
    assert_eq!(
        stopped.stderr.matches("could not reach").count(),
        1,
        "told once"
    );
    let lines = stopped.only();
    assert_eq!(went(&lines, "c2s")[0]["raw"]["method"], "ping");
    let answer = went(&lines, "s2c")[0];
    assert_eq!(answer["status"], 502);
    assert_eq!(answer["injected"], true, "no server said that");
}

#[test]
fn what_is_under_way_is_recorded_when_it_ends() {
    let upstream = Upstream::start(|_, _| panic!("the request never was whole"));
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask(
        "POST /mcp",
        "Mcp-Session-Id: s\r\nContent-Length: 50\r\n",
        "",
    );
    client.send(b"{\"jsonrpc\":");
    // By then the first one's beginning is there, too, as far as can be seen from here.
    let mut other = proxy.client();
    other.ask("GET /mcp", "Host: evil.example\r\n", "");
    assert_eq!(other.answer().status(), 403);
    let stopped = proxy.stop();
    let all = stopped.lines();
    assert!(
        all.iter()
            .all(|lines| lines.last().unwrap()["raw"]["event"] == "exit")
    );
}

#[test]
fn a_client_that_does_not_read_makes_the_server_wait() {
    let (told, written) = channel();
    let upstream = Upstream::start(move |_, talk| {
        talk.begin("Content-Type: text/event-stream\r\n");
        talk.0
            .set_write_timeout(Some(Duration::from_secs(1)))
            .unwrap();
        let event = format!("data: {}\n\n", "x".repeat(100_000));
        let mut total = 0;
        while total < 200 << 20 && talk.chunk(event.as_bytes()) {
            total += event.len();
        }
        told.send(total).unwrap();
        Then::Close
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask("GET /mcp", "Accept: text/event-stream\r\n", "");
    let total = written.recv_timeout(PATIENCE).unwrap();
    // What fits into the buffers of three sockets.
    assert!(total < 64 << 20, "the server could write {total} bytes");
    if let Some(peak) = proxy.peak_memory() {
        assert!(peak < 64 << 10, "{peak} kB");
    }
}

#[test]
fn what_is_no_http_ends_its_connection_alone() {
    let upstream = Upstream::start(|asked, talk| {
        match asked.target() {
            "/wrong" => talk.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
            _ => talk.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        };
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask("GET /wrong", "", "");
    assert!(client.is_closed());
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..],
        b"\0\0\0\0\r\n\r\n",
        b"GET /a b c HTTP/9\r\n\r\n",
    ] {
        let mut client = proxy.client();
        client.send(garbage);
        client.stream.shutdown(Shutdown::Write).unwrap();
        while client.is_open() {}
    }
    let mut client = proxy.client();
    assert_eq!(client.post("", "{}").status(), 200);
    proxy.stop();
}

#[test]
fn it_ends_at_once_and_properly() {
    let upstream = Upstream::start(|_, talk| {
        talk.begin("Content-Type: text/event-stream\r\n");
        talk.chunk(b"data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n");
        talk.wait_for_close();
        Then::Close
    });
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let proxy = Proxy::before(&upstream.url("/mcp"));
        let mut client = proxy.client();
        client.ask("GET /mcp", "Accept: text/event-stream\r\n", "");
        client.wait_for("notifications/x");
        assert_eq!(proxy.running(), 1);
        let lines = proxy.stop_by(signal).only();
        assert_eq!(lines.last().unwrap()["raw"]["reason"], "stopped");
        client.wait_for("}\n\n");
        client.wait_for("\r\n");
        assert!(client.is_closed());
    }
}
