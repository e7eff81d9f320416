//! What passes, passes as it is and when it comes.

use crate::client::{Answer, Client};
use crate::program::Proxy;
use crate::upstream::{Then, Upstream};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc::channel;

/// Answers `GET /n` with the nth of these, byte for byte.
fn scripted(answers: Vec<Vec<u8>>) -> Upstream {
    Upstream::start(move |asked, talk| {
        let n: usize = asked.target()[1..].parse().unwrap();
        talk.write(&answers[n]);
        Then::Keep
    })
}

fn plain(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

fn with_length(head: &str, body: &[u8]) -> Vec<u8> {
    let head = plain(&format!("{head}\nContent-Length: {}\n\n", body.len()));
    [head, body.to_vec()].concat()
}

fn in_chunks(head: &str, body: &[u8], size: usize) -> Vec<u8> {
    let mut answer = plain(&format!("{head}\nTransfer-Encoding: chunked\n\n"));
    for chunk in body.chunks(size) {
        answer.extend(format!("{:x}\r\n", chunk.len()).as_bytes());
        answer.extend(chunk);
        answer.extend(b"\r\n");
    }
    answer.extend(b"0\r\n\r\n");
    answer
}

const STREAM: &str = "\u{feff}: hello\r\n\r\nid: 1\rdata: {\"jsonrpc\":\"2.0\",\rdata:\"method\":\"notifications/x\"}\r\r:\n\nevent: message\nretry: 250\nid: 2\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"a\u{1F98A}\"}}\n\ndata:\n\n";

#[test]
fn answers_are_those_of_a_direct_connection() {
    let json = "HTTP/1.1 200 OK\nContent-Type: application/json\nX-Odd-CASE: 1\nSet-Cookie: a=1\nSet-Cookie: b=2";
    let events = "HTTP/1.1 200 OK\nContent-Type: text/event-stream\nCache-Control: no-cache";
    let message = br#"{"jsonrpc":"2.0","id":1,"result":{}}"#;
    let zipped = gzipped("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"zipped\":true}}");
    let answers = vec![
        with_length(json, message),
        in_chunks(json, message, 3),
        in_chunks(events, STREAM.as_bytes(), 1),
        in_chunks(events, STREAM.as_bytes(), 7),
        with_length(events, STREAM.as_bytes()),
        with_length(&format!("{json}\nContent-Encoding: gzip"), &zipped),
        in_chunks(
            &format!("{events}\nContent-Encoding: gzip"),
            &gzipped(STREAM),
            5,
        ),
        in_chunks(
            &format!("{json}\nContent-Encoding: br"),
            b"\x0b\x02\x80{}\x03",
            2,
        ),
        plain("HTTP/1.1 202 Accepted\nContent-Length: 0\n\n"),
        with_length(
            "HTTP/1.1 202 Accepted\nContent-Type: text/plain",
            b"Accepted",
        ),
        plain("HTTP/1.1 204 No Content\nMcp-Session-Id: s\n\n"),
        with_length(
            "HTTP/1.1 404 Session Gone For Good\nContent-Type: application/json",
            b"{}",
        ),
        with_length("HTTP/1.1 405 Method Not Allowed\nAllow: POST", b""),
        with_length(
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"a\", error=\"x\"\nWWW-Authenticate: Basic",
            b"no",
        ),
        with_length(
            "HTTP/1.1 302 Found\nLocation: https://login.example/?a=b",
            b"",
        ),
        with_length("HTTP/1.1 307 Temporary Redirect\nLocation: /elsewhere", b""),
        with_length(
            "HTTP/1.1 200 OK\nContent-Type: application/octet-stream",
            &[0, 255, 10, 13],
        ),
        with_length(
            "HTTP/1.1 200 OK\nMcp-Protocol-Version: 2026-07-28\nX-Bytes: \u{e9}",
            b"x",
        ),
    ];
    let count = answers.len();
    let upstream = scripted(answers);
    let proxy = Proxy::before(&upstream.url("/mcp"));
    // All over one connection: what is left of one answer would be the beginning of the next.
    let mut direct = Client::connect(upstream.address);
    let mut through = proxy.client();
    for n in 0..count {
        let get = |client: &mut Client| -> Answer {
            client.ask(&format!("GET /{n}"), "Accept: text/event-stream\r\n", "");
            client.answer()
        };
        let mut expected = get(&mut direct);
        let got = get(&mut through);
        if got.header("content-length").is_none() {
            // A stream whose first event could be written anew has no length that is known before.
            expected
                .headers
                .retain(|(name, _)| name != "Content-Length");
        }
        assert_eq!(got, expected, "answer {n}");
    }
    proxy.stop();
}

#[test]
fn a_head_and_options_have_the_answers_of_the_server() {
    let upstream = Upstream::start(|asked, talk| {
        match asked.line.split(' ').next() {
            Some("HEAD") => talk.write(b"HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n"),
            _ => talk.write(b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\n\r\n"),
        };
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask("HEAD /mcp", "", "");
    assert_eq!(
        client.answer_to("HEAD").header("content-length"),
        Some("77")
    );
    client.ask("OPTIONS /mcp", "", "");
    let answer = client.answer();
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    client.ask("OPTIONS *", "", "");
    assert_eq!(client.answer().status(), 204);
    let lines: Vec<String> = upstream.asked().into_iter().map(|a| a.line).collect();
    let expected = [
        "HEAD /mcp HTTP/1.1",
        "OPTIONS /mcp HTTP/1.1",
        "OPTIONS * HTTP/1.1",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn requests_reach_the_server_as_they_are() {
    let upstream = Upstream::start(|_, talk| {
        talk.json("", "{}");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/v1/mcp?team=a"));
    assert_eq!(proxy.url, format!("http://{}/v1/mcp?team=a", proxy.address));
    let mut client = proxy.client();
    client.send(
        b"POST /v1/mcp?team=a%20b HTTP/1.1\r\nHOST: LocalHost:1\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=1\r\nTE: trailers\r\nAccept-Encoding: gzip, br\r\nAuthorization: Bearer s3cr3t\r\nCookie: a=b\r\nMcp-Session-Id: s\r\nMCP-Protocol-Version: 2025-11-25\r\nMcp-Method: ping\r\nMcp-Param-Region: =?base64?ZXU=?=\r\nLast-Event-ID: 9\r\nOrigin: http://localhost:1\r\nx-Odd-CASE: v\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n",
    );
    assert_eq!(client.answer().status(), 200);
    let asked = &upstream.asked()[0];
    assert_eq!(asked.line, "POST /v1/mcp?team=a%20b HTTP/1.1");
    assert_eq!(asked.body, br#"{"a":1}"#);
    let mut headers = asked.headers.clone();
    headers.sort();
    let host = upstream.address.to_string();
    let expected = [
        ("Accept-Encoding", "identity"),
        ("Authorization", "Bearer s3cr3t"),
        ("Cookie", "a=b"),
        ("HOST", host.as_str()),
        ("Last-Event-ID", "9"),
        ("MCP-Protocol-Version", "2025-11-25"),
        ("Mcp-Method", "ping"),
        ("Mcp-Param-Region", "=?base64?ZXU=?="),
        ("Mcp-Session-Id", "s"),
        ("Origin", "http://localhost:1"),
        ("Transfer-Encoding", "chunked"),
        ("x-Odd-CASE", "v"),
    ];
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(headers, expected);
}

#[test]
fn a_client_that_waits_to_continue_is_told_to() {
    let upstream = Upstream::start(|_, talk| {
        talk.json("", "{}");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask(
        "POST /mcp",
        "Expect: 100-continue\r\nContent-Length: 2\r\n",
        "",
    );
    client.wait_for("HTTP/1.1 100 Continue\r\n\r\n");
    client.send(b"[]");
    assert_eq!(client.answer().status(), 200);
    assert_eq!(upstream.asked()[0].body, b"[]");
}

#[test]
fn events_arrive_before_the_stream_ends() {
    let (go, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let upstream = Upstream::start(move |_, talk| {
        talk.begin("Content-Type: text/event-stream\r\n");
        wait.lock().unwrap().recv().unwrap();
        for n in 0..3 {
            talk.chunk(b"data: {\"n\"");
            talk.chunk(format!(":{n}}}\n\n").as_bytes());
            wait.lock().unwrap().recv().unwrap();
        }
        talk.end();
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    for method in ["POST", "GET"] {
        let mut client = proxy.client();
        client.ask(
            &format!("{method} /mcp"),
            "Accept: text/event-stream\r\n",
            "",
        );
        client.wait_for("\r\n\r\n");
        go.send(()).unwrap();
        for n in 0..3 {
            client.wait_for(&format!(":{n}}}\n\n"));
            // It was recorded before it came.
            assert!(proxy.recorded().contains(&format!(r#""raw":{{"n":{n}}}"#)));
            go.send(()).unwrap();
        }
        client.wait_for("0\r\n\r\n");
    }
}

#[test]
fn a_body_arrives_before_it_ends() {
    let (go, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let upstream = Upstream::start(move |_, talk| {
        talk.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\"",
        );
        wait.lock().unwrap().recv().unwrap();
        talk.write(b":123}");
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    client.ask("POST /mcp", "", "{}");
    client.wait_for("{\"a\"");
    go.send(()).unwrap();
    client.wait_for(":123}");
}

#[test]
fn long_bodies_pass_in_little_memory() {
    const LENGTH: usize = 20 << 20;
    let upstream = Upstream::start(|asked, talk| {
        let begin = r#"{"jsonrpc":"2.0","id":1,"result":{"text":""#;
        let long = format!("{begin}{}\"}}}}", "b".repeat(asked.body.len()));
        if asked.header("accept").is_some() {
            talk.begin("Content-Type: text/event-stream\r\n");
            for chunk in format!("event: message\ndata: {long}\n\n")
                .as_bytes()
                .chunks(100_000)
            {
                talk.chunk(chunk);
            }
            talk.end();
        } else {
            talk.json("", &long);
        }
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let begin = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":""#;
    let asked = format!("{begin}{}\"}}}}", "a".repeat(LENGTH));
    let mut client = proxy.client();
    for headers in ["", "Accept: text/event-stream\r\n"] {
        client.ask("POST /mcp", headers, &asked);
        let answer = client.answer();
        assert!(answer.whole && answer.body.len() > LENGTH);
    }
    assert!(
        upstream
            .asked()
            .iter()
            .all(|one| one.body == asked.as_bytes())
    );
    if let Some(peak) = proxy.peak_memory() {
        assert!(peak < 40 << 10, "{peak} kB");
    }
    let stopped = proxy.stop();
    let lines = stopped.only();
    let long: Vec<usize> = lines
        .iter()
        .filter_map(|line| {
            let raw = &line["raw"];
            let text = raw["params"]["name"]
                .as_str()
                .or(raw["result"]["text"].as_str());
            text.map(str::len)
        })
        .collect();
    assert_eq!(long, [LENGTH, asked.len(), LENGTH, asked.len()]);
}

#[test]
fn addresses_of_the_server_lead_to_the_proxy() {
    let upstream = Upstream::start(|asked, talk| {
        let own = asked.header("host").unwrap();
        match asked.target() {
            "/moved" => {
                let moved = format!("Location: http://{own}/mcp?x=1\r\n");
                talk.answer("308 Permanent Redirect", &moved, b"");
            }
            "/sse" => {
                talk.begin("Content-Type: text/event-stream\r\n");
                talk.chunk(b": hi\n\nevent: endp");
                talk.chunk(format!("oint\ndata: http://{own}/messages?session=1\n").as_bytes());
                talk.chunk(b"\nevent: message\ndata: {}\n\n");
                talk.end();
            }
            _ => talk.json("", "{}"),
        }
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/sse"));
    let mut client = proxy.client();
    // By the name that this client uses, not by the one that was printed: clients compare the two.
    client.ask("GET /moved", "", "");
    assert_eq!(
        client.answer().header("location"),
        Some("http://localhost/mcp?x=1")
    );
    client.ask("GET /sse", "Accept: text/event-stream\r\n", "");
    assert_eq!(
        client.answer().text(),
        ": hi\n\nevent: endpoint\ndata: http://localhost/messages?session=1\n\nevent: message\ndata: {}\n\n"
    );
}
