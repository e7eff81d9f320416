use super::*;
use crate::formats::detect::detect;
use crate::formats::native;
use proptest::prelude::*;

fn text(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

/// An entry in words; a response without its server, which only its request tells.
fn said(peek: &Peek<'_>) -> String {
    let label = match peek.kind {
        MessageKind::Result => String::new(),
        _ => text(&peek.label),
    };
    format!(
        "{:?} {:?} {} {} {} conn={} label={label} t={} once={}",
        peek.kind,
        peek.dir,
        text(peek.id),
        text(&peek.method),
        text(&peek.name),
        text(&peek.conn),
        peek.micros,
        text(&peek.once),
    )
}

fn peeks(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    peek(line.as_bytes(), &mut |peek| all.push(said(&peek)));
    all
}

fn parsed(line: &str) -> Vec<String> {
    let doc = Doc::parse(line.as_bytes());
    let mut all = Vec::new();
    outside(&Record::of(doc.root().unwrap()), &mut |peek| {
        all.push(said(&peek));
    });
    all
}

/// The native lines of all entries.
fn told(line: &str) -> Vec<String> {
    (0..peeks(line).len())
        .map(|part| String::from_utf8(tell::tell(line.as_bytes(), part as u16)).unwrap())
        .collect()
}

/// The message of a native line.
fn message(line: &str) -> &str {
    &line[native::message(line.as_bytes())]
}

/// That each entry is told as it was indexed.
fn check(line: &str) {
    let told = told(line);
    let mut all = Vec::new();
    for line in &told {
        let Reading::Lines(lines) = &native::FORMAT.reading else {
            unreachable!()
        };
        (lines.peek)(line.as_bytes(), &mut |peek| all.push(said(&peek)));
    }
    assert_eq!(all, peeks(line), "{line}");
}

const CALL: &str = r#"{"parentUuid":"p","isSidechain":false,"cwd":"/x","sessionId":"s-1","version":"2","message":{"id":"m","type":"message","role":"assistant","content":[{"type":"text","text":"I look."},{"type":"tool_use","id":"toolu_1","name":"mcp__my_files__read","input":{"path":"/a","deep":[{"b":"}\"]"}]}},{"type":"thinking","thinking":"…"},{"type":"tool_use","id":"toolu_2","name":"Read","input":{}}],"usage":{"a":{"b":1}}},"requestId":"r","type":"assistant","uuid":"u-1","timestamp":"2026-01-01T00:00:00.500Z"}"#;

#[test]
fn calls_and_texts_are_entries_in_order() {
    let all = peeks(CALL);
    assert_eq!(
        all,
        [
            "Meta Some(Meta)   assistant conn=s-1 label=claude-code t=1767225600500000 once=said u-1 0",
            r#"Request Some(C2s) \"toolu_1\" tools/call read conn=s-1 label=my_files t=1767225600500000 once=call toolu_1"#,
            r#"Request Some(C2s) \"toolu_2\" tools/call Read conn=s-1 label=claude-code t=1767225600500000 once=call toolu_2"#,
        ]
    );
    assert_eq!(all, parsed(CALL));
    check(CALL);
    let told = told(CALL);
    assert!(told[0].ends_with(r#""raw":{"event":"assistant","text":"I look."}}"#));
    assert_eq!(
        message(&told[1]),
        r#"{"jsonrpc":"2.0","id":"toolu_1","method":"tools/call","params":{"name":"read","arguments":{"path":"/a","deep":[{"b":"}\"]"}]}}}"#
    );
    assert!(told[1].contains(r#""client_name":"mcp__my_files__read""#));
    assert!(!told[2].contains("client_name"));
}

#[test]
fn what_the_record_says_of_the_server_is_preferred() {
    let line = |tool: &str, blocks: &str| {
        format!(
            r#"{{"uuid":"u","sessionId":"s","attributionMcpServer":"plugin:a:b","attributionMcpTool":"{tool}","message":{{"role":"assistant","content":[{blocks}]}}}}"#
        )
    };
    let of = |name: &str| format!(r#"{{"type":"tool_use","id":"{name}","name":"{name}"}}"#);
    let servers = |line: &str| -> Vec<String> {
        check(line);
        let mut all = Vec::new();
        peek(line.as_bytes(), &mut |peek| {
            all.push(text(&peek.label) + "/" + &text(&peek.name));
        });
        all
    };
    assert_eq!(
        servers(&line("go.on", &of("mcp__ab__go_on"))),
        ["plugin:a:b/go.on"]
    );
    assert_eq!(
        servers(&line(
            "go",
            &[of("Bash"), of("mcp__ab__go"), of("mcp__c__go__x")].join(",")
        )),
        ["claude-code/Bash", "plugin:a:b/go", "c/go__x"]
    );
    assert_eq!(
        servers(&line("", &of("mcp__plugin_a_b__x__y"))),
        ["plugin:a:b/x__y"]
    );
    assert_eq!(
        servers(&line("", &of("mcp__broken"))),
        ["claude-code/mcp__broken"]
    );
}

#[test]
fn results_are_told_with_what_else_the_record_knows() {
    let line = r#"{"type":"user","uuid":"u","parentUuid":"a","sessionId":"s","mcpMeta":{"_meta":{"k":1.0},"structuredContent":{"hello":"w"}},"message":{"role":"user","content":[{"tool_use_id":"t1","type":"tool_result","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}],"is_error":true}]},"toolUseResult":[{"type":"text","text":"hi"}]}"#;
    check(line);
    assert_eq!(peeks(line), parsed(line));
    let told = told(line);
    assert_eq!(
        told.iter().map(|line| message(line)).collect::<Vec<_>>(),
        [
            r#"{"jsonrpc":"2.0","id":"t1","result":{"content":[{"type":"text","text":"hi"},{"type":"image","data":"AA==","mimeType":"image/png"}],"structuredContent":{"hello":"w"},"_meta":{"k":1.0},"isError":true}}"#
        ]
    );
    let plain = r#"{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"a\nb"},{"type":"tool_result","tool_use_id":"v"},{"type":"text","text":" \n"}]},"toolUseResult":"x","sessionId":"s","timestamp":"2026-01-01T00:00:00Z"}"#;
    check(plain);
    let told = self::told(plain);
    assert!(message(&told[0]).ends_with(r#"[{"type":"text","text":"a\nb"}]}}"#));
    assert!(message(&told[1]).ends_with(r#""result":{"content":[]}}"#));
    assert_eq!(told.len(), 2);
}

#[test]
fn what_is_behind_the_copy_of_a_result_is_found_at_the_end() {
    let line = r#"{"isSidechain":false,"type":"user","message":{"role":"user","content":[{"tool_use_id":"t","type":"tool_result","content":"x"}]},"uuid":"u","timestamp":"2026-01-01T00:00:00Z","toolUseResult":{"stdout":"x","sessionId":"no","nested":[{"a":"b"}]},"userType":"external","sessionId":"s-9","version":"2"}"#;
    assert!(peeks(line)[0].contains("conn=s-9"), "{:?}", peeks(line));
    assert_eq!(peeks(line), parsed(line));
    check(line);
    let spaced = line.replace("\":", "\": ").replace(",\"", ", \"");
    assert_eq!(peeks(&spaced), peeks(line));
}

#[test]
fn what_a_person_wrote_is_told_and_what_the_client_wrote_is_not() {
    let user = r#"{"type":"user","message":{"role":"user","content":"do \"it\"\u0021"},"uuid":"u","sessionId":"s","timestamp":"2026-01-01T00:00:00Z"}"#;
    check(user);
    assert!(told(user)[0].ends_with(r#""raw":{"event":"user","text":"do \"it\"\u0021"}}"#));
    for mark in ["isMeta", "isCompactSummary"] {
        let meta = user.replace("\"uuid\"", &format!("\"{mark}\":true,\"uuid\""));
        assert_eq!(peeks(&meta), [""; 0], "{mark}");
    }
    for nothing in [
        r#"{"type":"summary","summary":"x","leafUuid":"u"}"#,
        r#"{"type":"system","subtype":"local_command","content":"x","sessionId":"s","uuid":"u"}"#,
        r#"{"type":"file-history-snapshot","messageId":"m","snapshot":{"message":{"role":"user","content":"x"}}}"#,
        r#"{"type":"progress","data":{"message":{"message":{"role":"user","content":"x"}}},"sessionId":"s"}"#,
        r#"{"type":"user","message":{"role":"user","content":[{"type":"text","text":"\n"},7,{"type":"tool_use","id":1,"name":"x"}]}}"#,
        r#"{"type":"user","message":null}"#,
        "{}",
        "{ }",
    ] {
        assert_eq!(peeks(nothing), [""; 0], "{nothing}");
        assert_eq!(parsed(nothing), [""; 0], "{nothing}");
    }
}

#[test]
fn a_line_that_is_no_record_is_not_readable() {
    for line in [&CALL[..CALL.len() - 9], "{\"type\":\"user\","] {
        let all = peeks(line);
        assert!(
            all.len() == 1 && all[0].starts_with("Unreadable"),
            "{all:?}"
        );
        assert_eq!(tell::tell(line.as_bytes(), 0), line.as_bytes());
    }
    assert_eq!(tell::tell(CALL.as_bytes(), 3), CALL.as_bytes());
    for line in ["nonsense", "[1]"] {
        assert!(peeks(line)[0].starts_with("Text Some(S2c)"));
        check(line);
    }
}

#[test]
fn what_is_broken_inside_is_told_as_text() {
    let line = CALL.replace(r#"{"path":"/a","#, r#"{"path" "/a","#);
    assert_eq!(peeks(&line), peeks(CALL));
    check(&line);
    assert!(message(&told(&line)[1]).contains(r#""arguments":"{\"path\" "#));
}

#[test]
fn a_stream_begins_with_its_servers() {
    let line = r#"{"type":"system","subtype":"init","cwd":"/x","session_id":"s","tools":["Bash","mcp__a__b"],"mcp_servers":[{"name":"a","status":"connected"},{"name":"b","status":"needs-auth"}],"model":"m","uuid":"u"}"#;
    check(line);
    let told = told(line);
    assert!(told[0].ends_with(r#""raw":{"event":"start","cwd":"/x","model":"m","mcp_servers":[{"name":"a","status":"connected"},{"name":"b","status":"needs-auth"}],"tools":["Bash","mcp__a__b"]}}"#));
    assert!(told[1].contains(r#""server_label":"a""#) && told[1].contains("\"connected\""));
    assert!(told[2].ends_with(r#""raw":{"event":"failed","text":"needs-auth"}}"#));
    assert_eq!(told.len(), 3);
    assert_eq!(detect(line.as_bytes()).format.unwrap().id, "claude-stream");
}

#[test]
fn transcripts_are_recognised() {
    let of = |text: &str| detect(text.as_bytes()).format.map(|format| format.id);
    assert_eq!(of(CALL), Some("claude-code"));
    assert_eq!(
        of("{\"type\":\"summary\",\"summary\":\"x\",\"leafUuid\":\"u\"}\n"),
        Some("claude-code")
    );
    assert_eq!(
        of("{\"type\":\"permission-mode\",\"permissionMode\":\"plan\",\"sessionId\":\"s\"}\n"),
        Some("claude-code")
    );
    assert_eq!(of("{\"type\":\"x\"}\n"), None);
}

/// A JSON value of moderate size, with everything that confuses a reader who counts brackets and quotes.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1.0e5".to_owned()),
        r#"([a-z{}\[\],: ]|\\"|\\\\|\\n|\\u0041){0,8}"#.prop_map(|text| format!("\"{text}\"")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((key(), inner), 0..3).prop_map(|members| object(&members)),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "type",
        "id",
        "name",
        "text",
        "content",
        "sessionId",
        "message",
        "timestamp",
        "role",
        "x",
        "toolUseResult",
        "\\u0069d",
        "tool_use_id",
        "isMeta",
    ])
    .prop_map(str::to_owned)
}

fn object(members: &[(String, String)]) -> String {
    let members = members
        .iter()
        .map(|(key, value)| format!("\"{key}\":{value}"));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn block() -> impl Strategy<Value = String> {
    let words = (
        prop::sample::select(vec![
            "tool_use",
            "tool_result",
            "text",
            "thinking",
            "mcp_tool_use",
        ]),
        prop::sample::select(vec![
            "Bash",
            "mcp__a__b",
            "mcp__a__b__c",
            "mcp__",
            "m\\u0063p__a__b",
        ]),
        "[a-z0-9]{0,4}|t\\\\u0041|\u{e9}",
        value(),
    );
    (words, any::<u64>()).prop_flat_map(|((kind, name, id, value), _)| {
        let mut members = vec![
            ("type".to_owned(), format!("\"{kind}\"")),
            ("id".to_owned(), format!("\"{id}\"")),
            ("tool_use_id".to_owned(), format!("\"{id}\"")),
            ("name".to_owned(), format!("\"{name}\"")),
            ("text".to_owned(), value.clone()),
            ("content".to_owned(), value.clone()),
            ("input".to_owned(), value),
        ];
        if id.is_empty() {
            members.remove(1);
        }
        Just(members)
            .prop_shuffle()
            .prop_map(|members| object(&members))
    })
}

fn record() -> impl Strategy<Value = String> {
    let words = (
        prop::sample::select(vec![
            "\"user\"",
            "\"assistant\"",
            "\"system\"",
            "\"us\\u0065r\"",
            "7",
        ]),
        prop::collection::vec(prop_oneof![3 => block(), 1 => value()], 0..4),
        value(),
        prop::sample::select(vec!["", "a", "plugin:x:a"]),
        0..9usize,
    );
    words.prop_flat_map(|(kind, blocks, value, server, without)| {
        let content = format!("[{}]", blocks.join(","));
        let message = format!("{{\"role\":{kind},\"content\":{content},\"usage\":{value}}}");
        let mut members: Vec<(String, String)> = [
            ("type", kind.to_owned()),
            ("sessionId", "\"s-1\"".to_owned()),
            ("timestamp", "\"2026-01-01T00:00:00Z\"".to_owned()),
            ("uuid", "\"u\"".to_owned()),
            ("message", message),
            ("toolUseResult", value.clone()),
            ("attributionMcpServer", format!("\"{server}\"")),
            ("attributionMcpTool", "\"b\"".to_owned()),
            ("isSidechain", "false".to_owned()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into();
        members.remove(without);
        Just(members)
            .prop_shuffle()
            .prop_map(|members| object(&members))
    })
}

proptest! {
    #[test]
    fn the_quick_look_is_right_or_silent(line in record()) {
        if let Some(record) = quick::read(line.as_bytes(), quick::Extent::Outside) {
            let mut all = Vec::new();
            outside(&record, &mut |peek| all.push(said(&peek)));
            prop_assert_eq!(all, parsed(&line));
        }
    }

    #[test]
    fn every_entry_is_told_as_it_was_indexed(line in record()) {
        check(&line);
    }

    #[test]
    fn anything_is_survived(line in "[\\PC\"{}\\[\\]:,\\\\]{0,60}", part in 0..3u16) {
        peek(line.as_bytes(), &mut |_| {});
        tell::tell(line.as_bytes(), part);
    }

    #[test]
    fn a_record_may_be_cut_anywhere(line in record(), cut in any::<prop::sample::Index>()) {
        let line = &line.as_bytes()[..cut.index(line.len())];
        peek(line, &mut |_| {});
        tell::tell(line, 0);
    }
}

#[test]
fn a_record_that_says_twice_whose_it_is_is_told_as_it_was_indexed() {
    let line = r#"{"sessionId":"s","message":{"content":[{"type":"text","text":"Hello."}]},"type":"assistanl","uuid":"u","message":{},"type":"assistant","timestamp":"2026-09-01T10:00:00Z"}"#;
    let mut seen = 0;
    super::peek(line.as_bytes(), &mut |peek| {
        let told = super::tell::tell(line.as_bytes(), seen);
        let mut same = Vec::new();
        (crate::formats::native::LINES.peek)(&told, &mut |told| same.push(told.kind));
        assert_eq!(same, [peek.kind], "{}", told.escape_ascii());
        seen += 1;
    });
    assert_eq!(seen, 1);
}

#[test]
fn a_name_is_indexed_as_it_is_told_whatever_its_bytes() {
    for name in [&b"li\x9bst"[..], "l\u{ed}ste".as_bytes(), b"list"] {
        let line = [
            &br#"{"sessionId":"s","type":"assistant","message":{"content":[{"type":"tool_use","id":"t1","name":"mcp__a__"#[..],
            name,
            br#"","input":{}}]},"uuid":"u","timestamp":"2026-09-01T10:00:00Z"}"#,
        ]
        .concat();
        let mut seen = Vec::new();
        super::peek(&line, &mut |peek| seen.push(peek.name.to_vec()));
        let told = super::tell::tell(&line, 0);
        (crate::formats::native::LINES.peek)(&told, &mut |peek| {
            assert_eq!(seen, [peek.name.to_vec()]);
        });
    }
}
