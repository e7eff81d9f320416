use super::super::Known;
use super::super::told::tests::told;
use super::*;

/// What is told of a log, each entry as its connection, label and what stands behind the transport.
fn entries(text: &str) -> Vec<String> {
    let (lines, _) = told(&FORMAT, text.as_bytes(), &Known::default());
    let short = |line: String| {
        let begin = line.find(",\"ts\"").unwrap_or(line.len());
        let rest = line.find("\"transport\":\"stdio\"").unwrap() + 19;
        let once = line[rest..].find(",\"once\":\"").map_or(rest, |at| {
            let at = rest + at + 9;
            at + line[at..].find('"').unwrap() + 1
        });
        let head = line[..begin.min(rest)].trim_start_matches("{\"session_id\":");
        let head = head.split(",\"direction\"").next().unwrap();
        format!("{head} {}", &line[once..])
    };
    lines.into_iter().map(short).collect()
}

const OWN: &str = "\
2025-07-20T13:44:16.367Z [tide] [info] Initializing server... { metadata: undefined }
2025-07-20T13:44:16.378Z [tide] [info] Using MCP server command: /opt/uv with args and path: {
  metadata: {
    args: [
      'run',
      'a b.py',
      [length]: 2
    ],
    paths: [ '/bin', [length]: 1 ]
  }
} %o

2025-07-20T13:44:16.395Z [tide] [info] Message from client: {\"method\":\"initialize\",\"id\":0} { metadata: undefined }
[07/20/25] INFO looks like a line
{\"jsonrpc\":\"2.0\",\"method\":\"on standard error\"}
2025-07-20T13:44:18.950Z [tide] [info] Message from server: {\"id\":0,\"result\":{\"x\":1.0}} { metadata: undefined }
2025-07-20T13:44:18.950Z [other] [info] a logger of the server's own
2025-07-20T13:44:19.000Z [tide] [info] Server transport closed { metadata: undefined }
2025-07-20T13:44:19.000Z [tide] [error] Server disconnected. See [docs](x) { metadata: { context: 'connection', stack: undefined } }
";

#[test]
fn the_log_of_one_server() {
    let conn = r#""2025-07-20T13:44:16","server_label":"tide""#;
    assert_eq!(
        entries(OWN),
        [
            format!(
                r#"{conn} ,"raw":{{"event":"connecting","level":"info","text":"Initializing server..."}}}}"#
            ),
            format!(
                r#"{conn} ,"raw":{{"event":"start","command":["/opt/uv","run","a b.py"],"path":["/bin"]}}}}"#
            ),
            format!(r#"{conn} ,"raw":{{"method":"initialize","id":0}}}}"#),
            format!(r#"{conn} ,"text":"[07/20/25] INFO looks like a line"}}"#),
            format!(
                r#"{conn} ,"text":"{{\"jsonrpc\":\"2.0\",\"method\":\"on standard error\"}}"}}"#
            ),
            format!(r#"{conn} ,"raw":{{"id":0,"result":{{"x":1.0}}}}}}"#),
            format!(
                r#"{conn} ,"text":"2025-07-20T13:44:18.950Z [other] [info] a logger of the server's own"}}"#
            ),
            format!(
                r#"{conn} ,"raw":{{"event":"closed","level":"info","text":"Server transport closed"}}}}"#
            ),
            format!(
                r#"{conn} ,"raw":{{"event":"failed","level":"error","text":"Server disconnected. See [docs](x)","printed":"{{ metadata: {{ context: 'connection', stack: undefined }} }}"}}}}"#
            ),
        ]
    );
    assert_eq!(score(OWN.as_bytes()), 95);
}

#[test]
fn the_log_of_all_servers_says_the_same_of_each_entry() {
    let own = "2025-07-20T13:44:16.367Z [a [b]] [info] Initializing server...\n\
        2025-07-20T13:44:16.395Z [a [b]] [info] Message from client: {\"id\":0,\"method\":\"initialize\"} { metadata: undefined }\n";
    let all = "2025-07-20T13:44:16.368Z [info] [a [b]] Initializing server...\n\
        2025-07-20T13:44:16.399Z [info] [a [b]] Message from client: {\"id\":0,\"method\":\"initialize\"}\n";
    let lines = |text: &str| told(&FORMAT, text.as_bytes(), &Known::default()).0;
    let timeless = |line: &String| {
        let at = line.find(",\"ts\"").unwrap();
        let end = line.find(",\"direction\"").unwrap();
        format!("{}{}", &line[..at], &line[end..])
    };
    let one: Vec<_> = lines(own).iter().map(timeless).collect();
    let other: Vec<_> = lines(all).iter().map(timeless).collect();
    assert_eq!(one, other);
    assert_eq!(one.len(), 2);
    assert!(one[1].contains(r#""server_label":"a [b]""#) && one[1].contains("\"once\":\""));
}

#[test]
fn a_server_that_is_started_twice_is_two_connections() {
    let log = "\
2025-03-12T07:12:45.384Z [b] [info] Initializing server...
2025-03-12T07:12:45.393Z [b] [info] Message from client: {\"method\":\"initialize\",\"id\":0}
2025-03-12T07:12:46.374Z [b] [info] Initializing server...
2025-03-12T07:12:46.407Z [b] [info] Message from client: {\"method\":\"initialize\",\"id\":0}
2025-03-12T07:12:47.000Z [b] [info] Message from server: {\"id\":0,\"result\":{}}
2025-03-12T07:12:47.001Z [b] [info] Message from client: {\"method\":\"notifications/initialized\"}
2025-03-12T07:12:47.002Z [b] [info] Message from server: {\"id\":0,\"result\":{}}
2025-03-12T07:12:47.003Z [b] [info] Message from client: {\"method\":\"notifications/initialized\"}
2025-03-12T07:12:47.004Z [b] [info] Message from client: {\"method\":\"tools/list\",\"id\":1}
2025-03-12T07:12:47.005Z [b] [info] Message from client: {\"method\":\"tools/list\",\"id\":1}
2025-03-12T07:12:47.006Z [b] [info] Message from server: {\"id\":1,\"result\":{}}
2025-03-12T07:12:47.007Z [b] [info] Client transport closed
2025-03-12T07:12:47.007Z [b] [info] Server transport closed
2025-03-12T07:12:49.007Z [b] [info] Client transport closed
2025-03-12T09:00:00.000Z [b] [info] Message from client: {\"method\":\"initialize\",\"id\":0}
";
    let conns: Vec<_> = entries(log)
        .iter()
        .map(|entry| entry[12..20].to_string())
        .collect();
    assert_eq!(
        conns,
        [
            "07:12:45", "07:12:45", "07:12:46", "07:12:46", "07:12:45", "07:12:45", "07:12:46",
            "07:12:46", "07:12:45", "07:12:46", "07:12:45", "07:12:45", "07:12:45", "07:12:46",
            "09:00:00"
        ]
    );
}

#[test]
fn pasted_logs_are_tolerated() {
    let log = "\
==> /x/mcp-server-tide.log <==
early line
2025-07-20T13:44:18.950Z [tide] [info] Message from server: {
  \"id\": 1,
  \"result\": {}
}
stray
2025-07-20T13:44:18.951Z [tide] [info] Message from server: {\"id\":2,\"result\":{\"tools\":[…
a line
2025-07-20T13:44:18.952Z [tide] [info] Message from client: (body redacted) { metadata: undefined }
==> /x/mcp.log <==
2025-07-20T13:44:40.933Z [info] [moor] Message from client: {\"id\":8,\"method\":\"prompts/list\"}
of moor
";
    let (lines, _) = told(&FORMAT, log.as_bytes(), &Known::default());
    let has = |n: usize, what: &str| assert!(lines[n].contains(what), "{n}: {}", lines[n]);
    has(0, r#""server_label":"tide","direction":"stderr""#);
    has(1, r#""raw":{"id":1,"result":{}}"#);
    has(2, r#""text":"stray""#);
    has(3, r#""truncated":true,"text":"{\"id\":2,"#);
    has(4, r#""direction":"stderr""#);
    has(5, r#""truncated":true,"text":"(body redacted)""#);
    has(6, r#""server_label":"moor""#);
    has(7, r#""server_label":"moor","direction":"stderr""#);
    assert_eq!(lines.len(), 8);
}

#[test]
fn the_log_of_2024_has_names_in_its_texts() {
    let log = "2024-11-28T09:27:43.719Z [info] Attempting to connect to MCP server neo4j...\n\
        2024-11-28T09:27:43.731Z [info] Connected to MCP server sqlite!\n";
    let entries = entries(log);
    assert!(entries[0].contains(r#""server_label":"neo4j" ,"raw":{"event":"connecting""#));
    assert!(entries[1].contains(r#""server_label":"sqlite" ,"raw":{"event":"connected""#));
    assert_eq!(score(log.as_bytes()), 95);
}

#[test]
fn other_logs_are_not_its() {
    assert_eq!(
        score(b"2026-01-12T09:19:33.356Z [ERROR] MCP server \"x\" y\n"),
        0
    );
    assert_eq!(
        score(b"2026-01-12T09:19:33.356Z [web] [info] listening\n"),
        0
    );
    assert_eq!(score(b""), 0);
}
