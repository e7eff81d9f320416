//! Who the servers are, and when they were there.

use crate::common::{Recording, open};
use plainsight::session::{RowId, Standing};
use plainsight::wire::id::{Direction, MessageKind};

#[test]
fn a_fallback_to_the_older_era_is_one_server() {
    let mut r = Recording::of("everything");
    r.start();
    r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"editor","version":"3.1"},"io.modelcontextprotocol/clientCapabilities":{}}}}"#);
    r.stderr("Starting default (STDIO) server...");
    let refused =
        r.s2c(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#);
    r.greet("{}");
    r.listing(3, &[("echo", "Echoes.")]);
    let opened = r.open();
    let s = opened.get();
    assert_eq!((s.servers().len(), s.connections().len()), (1, 1));
    let server = &s.servers()[0];
    assert_eq!(
        server.protocol.as_raw(),
        "2025-11-25",
        "the older revision is in force"
    );
    assert_eq!(server.name.as_raw(), "everything-server");
    assert_eq!(s.row(refused).kind, MessageKind::Error);
    assert_eq!(server.errors, 0, "only failed calls count");
}

#[test]
fn a_label_is_not_what_a_server_says_of_itself() {
    let mut mail = Recording::of("mail");
    mail.greet(r#"{"roots":{}}"#);
    let mut other = Recording::of("mail-2");
    other.line(
        std::str::from_utf8(mail.bytes())
            .unwrap()
            .trim_end()
            .replace(r#""server_label":"mail""#, r#""server_label":"post""#)
            .replace(r#""session_id":"mail-1""#, r#""session_id":"post-1""#)
            .as_str(),
    );
    let opened = open(&[("a.jsonl", mail.bytes()), ("b.jsonl", other.bytes())]);
    let s = opened.get();
    let told: Vec<_> = (s.servers().iter())
        .map(|server| (server.label.clone(), server.name.clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("mail".into(), "mail-server".into()),
            ("post".into(), "mail-server".into())
        ],
        "two servers may claim one name"
    );
    let server = &s.servers()[0];
    assert_eq!(server.title.as_raw(), "The mail");
    assert_eq!(server.version.as_raw(), "1.2");
    assert_eq!(server.client.as_raw(), "editor");
    assert_eq!(server.client_version.as_raw(), "3.1");
    assert_eq!(server.client_capabilities.as_raw(), r#"{"roots":{}}"#);
    assert_eq!(
        server.capabilities.as_raw(),
        r#"{"tools":{"listChanged":true}}"#
    );
}

#[test]
fn a_stateless_server_is_known_by_what_its_results_say() {
    let mut r = Recording::of("lab");
    r.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"modern","version":"0.1"},"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}"#);
    r.s2c(r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[],"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"lab-notes","version":""}}}}"#);
    let opened = r.open();
    let s = opened.get();
    let server = &s.servers()[0];
    assert_eq!(server.protocol.as_raw(), "2026-07-28");
    assert_eq!(server.name.as_raw(), "lab-notes");
    assert_eq!(server.version.as_raw(), "");
    assert_eq!(server.client.as_raw(), "modern");
    assert_eq!(server.client_capabilities.as_raw(), r#"{"elicitation":{}}"#);
}

#[test]
fn start_and_exit_are_the_recorders_words() {
    let mut r = Recording::of("notes");
    let start = r.start();
    r.greet("{}");
    let exit = r.exit(3);
    r.reconnect("notes-2");
    let again = r.start();
    let end = r.call(1, "t");
    let opened = r.open();
    let s = opened.get();
    assert_eq!(s.row(start).kind, MessageKind::Meta);
    assert_eq!(s.row(start).dir, Direction::Meta);
    assert_eq!(
        (s.name(start), s.name(exit)),
        ("start".into(), "exit".into())
    );
    assert_eq!(s.servers()[0].command.as_raw(), "npx -y @example/server");
    assert_eq!(s.connections()[0].closed, Some(exit));
    assert_eq!(s.connections()[0].exit_code, Some(3));
    let at = |row| {
        let state = s.world(row).servers[0];
        (state.standing, state.since)
    };
    assert_eq!(at(start), (Standing::Connected, Some(start)));
    assert_eq!(at(RowId(exit.0 - 1)), (Standing::Connected, Some(start)));
    assert_eq!(at(exit), (Standing::Closed, Some(exit)));
    assert_eq!(at(end), (Standing::Connected, Some(again)));
}

#[test]
fn a_server_is_not_there_before_its_first_message() {
    let mut early = Recording::of("early");
    early.call(1, "a");
    let mut late = Recording::of("late");
    late.at(60).call(1, "b");
    let opened = open(&[("late.jsonl", late.bytes()), ("early.jsonl", early.bytes())]);
    let s = opened.get();
    let standing = |at: u32| -> Vec<_> {
        let world = s.world(RowId(at));
        world.servers.iter().map(|server| server.standing).collect()
    };
    let late = usize::from(s.servers()[0].label.as_raw() != "late");
    assert_eq!(standing(1)[late], Standing::NotYet);
    assert_eq!(standing(1)[1 - late], Standing::Connected);
    assert_eq!(standing(2), [Standing::Connected; 2]);
}

#[test]
fn http_has_lines_that_are_no_messages() {
    let mut r = Recording::http("web");
    let post = r.envelope("c2s", r#","xchg":1,"http":{"method":"POST","path":"/mcp"},"raw":{"method":"tools/call","params":{"name":"t"},"jsonrpc":"2.0","id":0}"#);
    let open = r.envelope("s2c", r#","xchg":1,"http":{"status":200},"status":200,"mcp_session_id":"s","raw":{"event":"sse-open"}"#);
    let primer = r.envelope("s2c", r#","xchg":1,"sse":{"id":"9250590b"}"#);
    let answer = r.envelope("s2c", r#","xchg":1,"sse":{"event":"message","id":"d8"},"raw":{"result":{"content":[]},"jsonrpc":"2.0","id":0}"#);
    let close = r.envelope("meta", r#","xchg":1,"raw":{"event":"sse-close"}"#);
    let accepted = r.envelope(
        "s2c",
        r#","xchg":2,"http":{"status":202},"status":202,"text":"Accepted""#,
    );
    let get = r.envelope("c2s", r#","xchg":3,"http":{"method":"GET","path":"/mcp"}"#);
    let comment = r.envelope("s2c", r#","xchg":3,"sse":{"comment":"keepalive"}"#);
    let refused = r.envelope("s2c", r#","xchg":4,"http":{"status":404},"status":404"#);
    let opened = r.open();
    let s = opened.get();
    for row in [open, primer, close, accepted, get, comment, refused] {
        assert_eq!(s.row(row).kind, MessageKind::Meta, "{row:?}");
    }
    assert_eq!(s.row(primer).dir, Direction::S2c);
    assert_eq!(s.row(get).dir, Direction::C2s);
    assert_eq!(s.response_of(post), Some(answer));
    assert_eq!(s.servers()[0].transport, "http");
    assert_eq!(s.sources()[0].messages, 2);
    assert_eq!(s.sources()[0].unreadable, 0);
    assert_eq!(
        s.read(accepted)
            .unwrap()
            .envelope("status")
            .unwrap()
            .as_raw(),
        "202"
    );
    // The end of one stream is not the end of the connection.
    assert_eq!(s.connections()[0].closed, None);
}

#[test]
fn the_older_event_stream_begins_with_an_address() {
    let mut r = Recording::http("old");
    let get = r.envelope("c2s", r#","xchg":1,"http":{"method":"GET","path":"/sse"}"#);
    let address = r.envelope(
        "s2c",
        r#","xchg":1,"sse":{"event":"endpoint"},"text":"/messages?sessionId=1""#,
    );
    let post = r.envelope("c2s", r#","xchg":2,"http":{"method":"POST","path":"/messages?sessionId=1"},"raw":{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
    let accepted = r.envelope(
        "s2c",
        r#","xchg":2,"http":{"status":202},"status":202,"text":"Accepted""#,
    );
    let answer = r.envelope("s2c", r#","xchg":1,"sse":{"event":"message"},"raw":{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#);
    let opened = r.open();
    let s = opened.get();
    for row in [get, address, accepted] {
        assert_eq!(s.row(row).kind, MessageKind::Meta, "{row:?}");
    }
    assert_eq!(s.response_of(post), Some(answer));
    assert_eq!(
        s.read(address).unwrap().text().unwrap().as_raw(),
        "/messages?sessionId=1"
    );
}

#[test]
fn standard_error_is_the_servers() {
    let mut r = Recording::greeted("notes");
    let spoken = r.stderr(r"loaded caf\u00e9");
    let opened = r.open();
    let s = opened.get();
    assert_eq!(
        (s.row(spoken).kind, s.row(spoken).dir),
        (MessageKind::Stderr, Direction::Stderr)
    );
    assert_eq!(
        s.read(spoken).unwrap().text().unwrap().as_raw(),
        "loaded café"
    );
    assert!(s.read(spoken).unwrap().message().is_empty());
}
