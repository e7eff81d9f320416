//! Who may ask, and where it may listen.

use crate::program::{Proxy, refused};
use crate::upstream::{Then, Upstream};
use std::net::TcpListener;

fn answering() -> Upstream {
    Upstream::start(|_, talk| {
        talk.json("", "{}");
        Then::Keep
    })
}

fn ask(proxy: &Proxy, head: &str) -> (u16, String) {
    let mut client = proxy.client();
    client.send(
        format!("{head}\r\n\r\n")
            .replace('\n', "\r\n")
            .replace("\r\r", "\r")
            .as_bytes(),
    );
    let answer = client.answer();
    (answer.status(), answer.text())
}

#[test]
fn pages_and_rebound_names_are_refused() {
    let upstream = answering();
    let proxy = Proxy::with(
        &upstream.url("/mcp"),
        &["--allow-origin", "https://app.example"],
    );
    for (head, word) in [
        ("GET /mcp HTTP/1.1\nHost: evil.example", "Host"),
        ("GET /mcp HTTP/1.1\nHost: evil.example:7574", "Host"),
        ("GET /mcp HTTP/1.1\nHost: 192.168.0.7", "Host"),
        (
            "GET /mcp HTTP/1.1\nHost: localhost\nHost: localhost",
            "Host",
        ),
        ("GET /mcp HTTP/1.1\nX-Host: localhost", "Host"),
        (
            "GET http://evil.example/mcp HTTP/1.1\nHost: localhost",
            "Host",
        ),
        (
            "GET /mcp HTTP/1.1\nHost: localhost\nOrigin: https://evil.example",
            "Origin",
        ),
        ("GET /mcp HTTP/1.1\nHost: localhost\nOrigin: null", "Origin"),
    ] {
        let (status, text) = ask(&proxy, head);
        assert_eq!(status, 403, "{head}");
        assert!(
            text.contains(&format!("its {word} header")),
            "{head}: {text}"
        );
    }
    assert!(upstream.asked().is_empty());
    for head in [
        "GET /mcp HTTP/1.1\nHost: localhost\nOrigin: http://localhost:6274",
        "GET /mcp HTTP/1.1\nHost: 127.0.0.1:1\nOrigin: https://app.example",
        "GET /mcp HTTP/1.1\nHost: [::1]",
        "GET http://127.0.0.1/mcp HTTP/1.1\nHost: 127.0.0.1",
    ] {
        assert_eq!(ask(&proxy, head).0, 200, "{head}");
    }
    assert_eq!(upstream.asked().len(), 4);
    let stopped = proxy.stop();
    assert_eq!(
        stopped.stderr.matches("was refused").count(),
        1,
        "told once"
    );
    let all = stopped.lines();
    let refusals = all[0]
        .iter()
        .filter(|line| line["raw"]["event"] == "refused");
    let why: Vec<&str> = refusals
        .map(|line| line["raw"]["why"].as_str().unwrap())
        .collect();
    assert_eq!(why.iter().filter(|why| **why == "host").count(), 6);
    assert_eq!(why.iter().filter(|why| **why == "origin").count(), 2);
}

#[test]
fn it_tunnels_to_nobody() {
    let upstream = answering();
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let (status, _) = ask(&proxy, "CONNECT localhost:443 HTTP/1.1\nHost: localhost");
    assert_eq!(status, 405);
}

#[test]
fn other_machines_are_kept_out() {
    let upstream = answering();
    let url = upstream.url("/mcp");
    let output = refused(&["--upstream", &url, "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("can be reached from other machines"),
        "{said}"
    );
}

#[test]
fn a_port_in_use_and_odd_addresses_are_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (args, word) in [
        (
            vec!["--upstream", "http://127.0.0.1:9/mcp", "--listen", &taken],
            "is in use",
        ),
        (
            vec!["--upstream", "http://localhost:7574/mcp"],
            "the address that this proxy is to listen on",
        ),
        (
            vec!["--upstream", "mcp.example.com"],
            "no address that can be proxied",
        ),
        (
            vec!["--upstream", "http://u:s3cr3t@127.0.0.1:9/"],
            "a user name or a password",
        ),
    ] {
        let output = refused(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(word) && !said.contains("s3cr3t"), "{said}");
    }
}
