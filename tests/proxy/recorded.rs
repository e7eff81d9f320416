//! What is recorded, and what is not.

use crate::program::{Proxy, went};
use crate::upstream::{Then, Upstream};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write;

#[test]
fn an_exchange_is_recorded_with_its_facts() {
    let upstream = Upstream::start(|asked, talk| {
        if asked.line.starts_with("GET") {
            talk.begin("Content-Type: text/event-stream\r\n");
            talk.chunk(b": keep-alive\n\nid: 7\ndata:\n\nevent: message\nid: 8\ndata: {\"jsonrpc\":\"2.0\",\n");
            talk.chunk(b"data: \"method\":\"notifications/x\"}\n\n");
            talk.end();
        } else if asked.header("mcp-method").is_some() {
            talk.json(
                "",
                "{\n \"jsonrpc\": \"2.0\",\n \"id\": 1,\n \"result\": {}\n}\n",
            );
        } else {
            talk.answer("202 Accepted", "Content-Type: text/plain\r\n", b"Accepted");
        }
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    let headers = "Mcp-Session-Id: s\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: ping\r\nMcp-Param-Region: eu\r\n";
    client.post(
        headers,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","x":1e400}"#,
    );
    client.post(
        "Mcp-Session-Id: s\r\n",
        r#"{"jsonrpc":"2.0","method":"notifications/y"}"#,
    );
    client.ask(
        "GET /mcp",
        "Mcp-Session-Id: s\r\nAccept: text/event-stream\r\nLast-Event-ID: 6\r\n",
        "",
    );
    client.answer();
    let conn_id = client.stream.local_addr().unwrap().to_string();
    let stopped = proxy.stop();
    let text = stopped.text();
    assert!(
        text.contains(r#""raw":{"jsonrpc":"2.0","id":1,"method":"ping","x":1e400}}"#),
        "byte for byte"
    );
    let lines: Vec<Value> = text
        .replace("1e400", "1")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let start = &lines[0]["raw"];
    assert_eq!(start["upstream"], upstream.url("/mcp"));
    assert!(start["listen"].is_string() && start["redaction"] == "none");
    if cfg!(target_os = "linux") {
        assert_eq!(start["client"]["pid"], std::process::id());
    }
    let told: Vec<Value> = lines[1..lines.len() - 1]
        .iter()
        .map(|line| {
            assert_eq!(line["transport"], "http");
            assert_eq!(line["conn_id"], conn_id.as_str());
            let mut told = line.clone();
            for same in [
                "v",
                "session_id",
                "server_label",
                "seq",
                "ts",
                "mono_us",
                "transport",
                "conn_id",
            ] {
                told.as_object_mut().unwrap().remove(same);
            }
            told
        })
        .collect();
    let post = json!({"method": "POST", "path": "/mcp"});
    let expected = [
        json!({"direction": "c2s", "xchg": 1, "http": post, "mcp_session_id": "s", "mcp_method": "ping", "mcp_protocol_version": "2026-07-28", "mcp_param_headers": [{"name": "mcp-param-region", "value": "eu"}], "raw": {"jsonrpc": "2.0", "id": 1, "method": "ping", "x": 1}}),
        json!({"direction": "s2c", "xchg": 1, "status": 200, "reflowed": true, "raw": {"jsonrpc": "2.0", "id": 1, "result": {}}}),
        json!({"direction": "c2s", "xchg": 2, "http": post, "mcp_session_id": "s", "raw": {"jsonrpc": "2.0", "method": "notifications/y"}}),
        json!({"direction": "s2c", "xchg": 2, "status": 202, "text": "Accepted"}),
        json!({"direction": "c2s", "xchg": 3, "http": {"method": "GET", "path": "/mcp"}, "mcp_session_id": "s", "sse": {"id": "6"}}),
        json!({"direction": "s2c", "xchg": 3, "status": 200}),
        json!({"direction": "s2c", "xchg": 3, "sse": {"id": "7"}}),
        json!({"direction": "s2c", "xchg": 3, "sse": {"event": "message", "id": "8"}, "reflowed": true, "raw": {"jsonrpc": "2.0", "method": "notifications/x"}}),
        json!({"direction": "meta", "xchg": 3, "raw": {"event": "sse-close", "events": 2, "comments": 1, "by": "server"}}),
    ];
    for (told, expected) in told.iter().zip(&expected) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.len(), expected.len());
}

#[test]
fn credentials_never_reach_the_file() {
    let upstream = Upstream::start(|asked, talk| {
        if asked.target().starts_with("/token") {
            talk.json(
                "Set-Cookie: sid=s3t-c00kie\r\n",
                r#"{"access_token":"s3cr3t-acc3ss"}"#,
            );
        } else {
            let challenge =
                "WWW-Authenticate: Bearer realm=\"lab\"\r\nSet-Cookie: sid=s3t-c00kie\r\n";
            talk.answer("401 Unauthorized", challenge, b"");
        }
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp?api_key=s3cr3t-0wn"));
    let mut client = proxy.client();
    let rpc = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let secrets = "Authorization: Bearer s3cr3t-t0ken\r\nCookie: sid=s3cr3t-c00kie\r\n";
    let headers = format!("Content-Type: application/json\r\n{secrets}");
    client.ask("POST /mcp?api_key=s3cr3t-k3y", &headers, rpc);
    client.answer();
    client.ask("GET /callback?code=s3cr3t-c0de&state=s3cr3t-st4te", "", "");
    client.answer();
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    client.ask(
        "POST /token",
        form,
        "grant_type=authorization_code&code=s3cr3t-c0de",
    );
    assert!(
        client.answer().text().contains("s3cr3t-acc3ss"),
        "it passes all the same"
    );
    let stopped = proxy.stop();
    let text = stopped.text();
    for secret in ["s3cr3t", "c00kie", "grant_type"] {
        assert!(
            !text.contains(secret) && !stopped.stderr.contains(secret),
            "{text}"
        );
    }
    let lines = stopped.only();
    let asked = went(&lines, "c2s");
    let authorization = asked[0]["authorization"].as_str().unwrap();
    assert!(
        authorization.starts_with("Bearer «redacted:authorization:"),
        "{authorization}"
    );
    assert_eq!(asked[0]["raw"]["method"], "ping");
    assert!(
        asked[0]["http"]["path"]
            .as_str()
            .unwrap()
            .starts_with("/mcp?api_key=«")
    );
    assert_eq!(
        asked[2]["truncated"], true,
        "there was a body, and it is not kept"
    );
    let answered = went(&lines, "s2c");
    assert_eq!(answered[0]["auth_challenge"], "Bearer realm=\"lab\"");
    assert_eq!(
        (&answered[2]["status"], &answered[2]["truncated"]),
        (&json!(200), &json!(true))
    );
}

#[test]
fn secrets_in_messages_are_replaced_where_that_is_asked_for() {
    let upstream = Upstream::start(|_, talk| {
        talk.json(
            "",
            r#"{"jsonrpc":"2.0","id":1,"result":{"text":"AKIAQYLPMN5HHHFPZAM2"}}"#,
        );
        Then::Keep
    });
    let proxy = Proxy::with(&upstream.url("/mcp"), &["--redact"]);
    let mut client = proxy.client();
    let rpc = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"key":"AKIAQYLPMN5HHHFPZAM2"}}}"#;
    let header = "Mcp-Param-Key: AKIAQYLPMN5HHHFPZAM2\r\n";
    assert!(
        client
            .post(header, rpc)
            .text()
            .contains("AKIAQYLPMN5HHHFPZAM2")
    );
    let stopped = proxy.stop();
    assert!(
        !stopped.text().contains("AKIAQYLPMN5HHHFPZAM2"),
        "{}",
        stopped.text()
    );
    assert_eq!(stopped.only()[0]["raw"]["redaction"], "secrets");
}

#[test]
fn coded_answers_are_recorded_plain_where_that_is_possible_and_else_as_they_came() {
    let upstream = Upstream::start(|asked, talk| {
        let message = br#"{"jsonrpc":"2.0","id":1,"result":{"zipped":true}}"#;
        if asked.target() == "/mcp?br" {
            talk.json("Content-Encoding: br\r\n", "\x0b\x02");
            return Then::Keep;
        }
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(message).unwrap();
        let head = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";
        talk.answer("200 OK", head, &gzip.finish().unwrap());
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    for target in ["/mcp", "/mcp?br"] {
        client.ask(
            &format!("POST {target}"),
            "",
            r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#,
        );
        client.answer();
    }
    let lines = proxy.stop().only();
    let answers = went(&lines, "s2c");
    assert_eq!(answers[0]["raw"]["result"]["zipped"], true);
    // As it came: whoever can read it finds it there.
    assert_eq!(answers[1]["text"], "\u{b}\u{2}");
    let told = lines
        .iter()
        .find(|line| line["raw"]["event"] == "undecoded");
    assert_eq!(told.unwrap()["raw"]["coding"], "br");
}

#[test]
fn a_sign_in_that_cannot_work_is_explained_once() {
    let upstream = Upstream::start(|asked, talk| {
        let own = asked.header("host").unwrap();
        let metadata = "/.well-known/oauth-protected-resource";
        if asked.target().starts_with(metadata) {
            talk.json("", &format!(r#"{{"resource":"http://{own}/mcp"}}"#));
        } else {
            let challenge = format!(
                "WWW-Authenticate: Bearer resource_metadata=\"http://{own}{metadata}\"\r\n"
            );
            talk.answer("401 Unauthorized", &challenge, b"");
        }
        Then::Keep
    });
    let url = upstream.url("/mcp");
    let proxy = Proxy::before(&url);
    let mut client = proxy.client();
    let answer = client.post("", "{}");
    let untouched = format!(
        "Bearer resource_metadata=\"{}\"",
        upstream.url("/.well-known/oauth-protected-resource")
    );
    assert_eq!(answer.header("www-authenticate"), Some(untouched.as_str()));
    client.ask("GET /.well-known/oauth-protected-resource/mcp", "", "");
    assert_eq!(client.answer().status(), 200);
    client.post("", "{}");
    let said = proxy.stop().stderr;
    let command = format!("plainsight tap --name lab -- npx -y mcp-remote {url}");
    assert_eq!(said.matches(&command).count(), 1, "{said}");
}

#[test]
fn a_server_that_sends_elsewhere_is_told_of() {
    let upstream = Upstream::start(|asked, talk| {
        let to = match asked.target() {
            "/mcp" => "/mcp/",
            _ => "https://elsewhere.example/mcp",
        };
        talk.answer(
            "307 Temporary Redirect",
            &format!("Location: {to}\r\n"),
            b"",
        );
        Then::Keep
    });
    let proxy = Proxy::before(&upstream.url("/mcp"));
    let mut client = proxy.client();
    for target in ["/mcp", "/mcp/", "/mcp/"] {
        client.ask(&format!("POST {target}"), "", "{}");
        assert_eq!(client.answer().status(), 307);
    }
    let said = proxy.stop().stderr;
    let told = "The server redirects to https://elsewhere.example.";
    assert_eq!(said.matches(told).count(), 1, "{said}");
}

#[test]
fn a_limit_on_files_stops_no_call() {
    let upstream = Upstream::start(|asked, talk| {
        talk.json("", &String::from_utf8(asked.body.clone()).unwrap());
        Then::Keep
    });
    let url = upstream.url("/mcp");
    let proxy = Proxy::limited("ulimit -f 200", &url);
    let mut client = proxy.client();
    let rpc = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    // Too long for the recording, and too long to be put aside for it.
    let long = rpc.replace("ping", &"x".repeat(5 << 20));
    for message in [rpc, long.as_str(), rpc] {
        let answer = client.post("", message);
        assert!(answer.whole && answer.body == message.as_bytes());
    }
    let text = proxy.stop().text();
    for line in text.lines() {
        serde_json::from_str::<Value>(line).expect("what is written is whole");
    }
    assert_eq!(text.matches(r#""method":"ping"}}"#).count(), 4);
    assert!(
        text.contains(r#""event":"exit""#),
        "short ones can still be written"
    );
}

#[test]
fn a_recording_that_cannot_be_written_stops_no_call() {
    let upstream = Upstream::start(|_, talk| {
        talk.json("", r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
        Then::Keep
    });
    let proxy = Proxy::with(
        &upstream.url("/mcp"),
        &["--record-dir", "/dev/null/recordings"],
    );
    let mut client = proxy.client();
    for _ in 0..3 {
        let answer = client.post("", r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
        assert_eq!(answer.status(), 200);
    }
    let said = proxy.stop().stderr;
    assert!(said.contains("Not recorded for now"), "{said}");
}
