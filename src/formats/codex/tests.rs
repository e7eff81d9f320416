use super::*;
use crate::formats::detect::detect;
use crate::formats::told::tests::told;

/// What is told, as server and message.
fn all(format: &Format, text: &str) -> Vec<String> {
    let (lines, notes) = told(format, text.as_bytes(), &Known::default());
    assert_eq!(notes, [""; 0]);
    lines
        .iter()
        .map(|line| {
            let doc = Doc::parse(line.as_bytes());
            let root = doc.root().unwrap();
            let member = |key| root.get(key).map(|value: Value<'_>| &line[value.range()]);
            let label = member("server_label").unwrap().trim_matches('"');
            let said = member("raw").or(member("text")).unwrap();
            format!("{label} {said}")
        })
        .collect()
}

fn rollout(lines: &[(&str, &str)]) -> String {
    lines
        .iter()
        .map(|(kind, payload)| {
            format!(
                "{{\"timestamp\":\"2026-01-01T00:00:05Z\",\"type\":\"{kind}\",\"payload\":{payload}}}\n"
            )
        })
        .collect()
}

#[test]
fn both_carriers_of_a_call_are_one_call() {
    let text = rollout(&[
        ("session_meta", r#"{"id":"s-1","cwd":"/x"}"#),
        (
            "response_item",
            r#"{"type":"function_call","name":"get_state","namespace":"mcp__computer_use__","arguments":"{\"app\":1.0}","call_id":"c1"}"#,
        ),
        ("event_msg", r#"{"type":"token_count","info":null}"#),
        (
            "event_msg",
            r#"{"type":"mcp_tool_call_end","call_id":"c1","duration":{"secs":1,"nanos":5},"invocation":{"server":"computer-use","tool":"get.state","arguments":{"app":1.0}},"result":{"Ok":{"content":[{"type":"text","text":"a"}],"isError":false}}}"#,
        ),
        (
            "response_item",
            r#"{"type":"function_call_output","call_id":"c1","output":"Wall time: 1\nOutput:\n[]"}"#,
        ),
        (
            "response_item",
            r#"{"type":"function_call","name":"click","namespace":"mcp__computer_use","arguments":"{}","call_id":"c2"}"#,
        ),
        (
            "response_item",
            r#"{"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"t"},{"type":"input_image","image_url":"data:image/png;base64,AA=="}]}"#,
        ),
        (
            "event_msg",
            r#"{"type":"mcp_tool_call_end","call_id":"c2","invocation":{"server":"computer-use","tool":"click"},"result":{"Err":"late"}}"#,
        ),
    ]);
    assert_eq!(
        all(&FORMAT, &text),
        [
            r#"computer-use {"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"get.state","arguments":{"app":1.0}}}"#,
            r#"computer-use {"jsonrpc":"2.0","id":"c1","result":{"content":[{"type":"text","text":"a"}],"isError":false}}"#,
            r#"computer-use {"jsonrpc":"2.0","id":"c2","method":"tools/call","params":{"name":"click","arguments":{}}}"#,
            r#"computer-use {"jsonrpc":"2.0","id":"c2","result":{"content":[{"type":"text","text":"t"},{"type":"image","data":"AA==","mimeType":"image/png"}]}}"#,
        ]
    );
    let (lines, _) = told(&FORMAT, text.as_bytes(), &Known::default());
    assert!(lines[0].contains(r#""client_name":"mcp__computer_use__get_state""#));
    assert!(lines[0].contains(r#""session_id":"s-1""#) && lines[0].contains(r#""once":"call c1""#));
}

#[test]
fn a_call_that_waits_for_its_server_keeps_its_place() {
    let text = rollout(&[
        (
            "response_item",
            r#"{"type":"function_call","name":"mcp__my_db__query","arguments":"{}","call_id":"c1"}"#,
        ),
        (
            "response_item",
            r#"{"type":"message","role":"assistant","content":[{"type":"output_text","text":"wait"}]}"#,
        ),
        (
            "event_msg",
            r#"{"type":"mcp_tool_call_end","call_id":"c1","invocation":{"server":"my.db","tool":"query"},"result":{"Err":"no"}}"#,
        ),
    ]);
    assert_eq!(
        all(&FORMAT, &text),
        [
            r#"my_db {"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"query","arguments":{}}}"#,
            r#"codex {"event":"assistant","text":"wait"}"#,
            r#"my_db {"jsonrpc":"2.0","id":"c1","error":{"message":"no"}}"#,
        ]
    );
}

#[test]
fn an_end_alone_is_a_call_that_began_before() {
    let text = rollout(&[(
        "event_msg",
        r#"{"type":"mcp_tool_call_end","call_id":"c1","duration":{"secs":2,"nanos":500000000},"invocation":{"server":"a","tool":"b"},"result":{"Ok":{"content":[]}}}"#,
    )]);
    let (lines, _) = told(&FORMAT, text.as_bytes(), &Known::default());
    assert!(
        lines[0].contains(r#""ts":"2026-01-01T00:00:02.5Z""#),
        "{}",
        lines[0]
    );
    assert!(lines[1].contains(r#""ts":"2026-01-01T00:00:05Z""#));
}

#[test]
fn tools_of_its_own_and_what_is_said() {
    let text = rollout(&[
        (
            "response_item",
            r#"{"type":"message","role":"developer","content":[{"type":"input_text","text":"rules"}]}"#,
        ),
        (
            "response_item",
            r#"{"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context>\nx"},{"type":"input_text","text":"do it"}]}"#,
        ),
        ("event_msg", r#"{"type":"user_message","message":"do it"}"#),
        (
            "response_item",
            r#"{"type":"function_call","name":"shell","arguments":"{\"command\":[\"ls\"]}","call_id":"c1"}"#,
        ),
        (
            "response_item",
            r#"{"type":"function_call_output","call_id":"c1","output":"{\"output\":\"no\",\"metadata\":{\"exit_code\":2}}"}"#,
        ),
        (
            "response_item",
            r#"{"type":"custom_tool_call","name":"apply_patch","input":"*** Begin","call_id":"c2"}"#,
        ),
        (
            "response_item",
            r#"{"type":"custom_tool_call_output","call_id":"c2","output":"Exit code: 0\nok"}"#,
        ),
        (
            "response_item",
            r#"{"type":"local_shell_call","call_id":"c3","status":"completed","action":{"type":"exec","command":["pwd"]}}"#,
        ),
        (
            "response_item",
            r#"{"type":"web_search_call","status":"completed","action":{"type":"search","query":"q"}}"#,
        ),
        (
            "compacted",
            r#"{"message":"","replacement_history":[{"type":"message","role":"user","content":[{"type":"input_text","text":"do it"}]}]}"#,
        ),
    ]);
    assert_eq!(
        all(&FORMAT, &text),
        [
            r#"codex {"event":"user","text":"do it"}"#,
            r#"codex {"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"shell","arguments":{"command":["ls"]}}}"#,
            r#"codex {"jsonrpc":"2.0","id":"c1","result":{"content":[{"type":"text","text":"{\"output\":\"no\",\"metadata\":{\"exit_code\":2}}"}],"isError":true}}"#,
            r#"codex {"jsonrpc":"2.0","id":"c2","method":"tools/call","params":{"name":"apply_patch","arguments":{"input":"*** Begin"}}}"#,
            r#"codex {"jsonrpc":"2.0","id":"c2","result":{"content":[{"type":"text","text":"Exit code: 0\nok"}]}}"#,
            r#"codex {"jsonrpc":"2.0","id":"c3","method":"tools/call","params":{"name":"local_shell","arguments":{"type":"exec","command":["pwd"]}}}"#,
            r#"codex {"jsonrpc":"2.0","id":" line 9","method":"tools/call","params":{"name":"web_search","arguments":{"type":"search","query":"q"}}}"#,
        ]
    );
}

#[test]
fn a_search_for_tools_gives_definitions() {
    let text = rollout(&[
        (
            "response_item",
            r#"{"type":"tool_search_call","call_id":"t1","arguments":{"query":"cal"}}"#,
        ),
        (
            "response_item",
            r#"{"type":"tool_search_output","call_id":"t1","tools":[{"type":"namespace","name":"mcp__calendar__","tools":[{"type":"function","name":"add","description":"Adds.","parameters":{"type":"object"}}]},{"type":"function","name":"mcp__mail__send","parameters":null},{"type":"function","name":"own"}]}"#,
        ),
    ]);
    assert_eq!(
        all(&FORMAT, &text)[2..],
        [
            r#"calendar {"jsonrpc":"2.0","id":"listed","result":{"tools":[{"name":"add","description":"Adds.","inputSchema":{"type":"object"}}],"nextCursor":"unknown"}}"#,
            r#"mail {"jsonrpc":"2.0","id":"listed","result":{"tools":[{"name":"send"}],"nextCursor":"unknown"}}"#,
        ]
    );
}

#[test]
fn rollouts_without_envelopes_are_read() {
    let text = "{\"id\":\"s-2\",\"timestamp\":\"2025-06-01T00:00:00Z\",\"instructions\":null}\n{\"record_type\":\"state\"}\n{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]}\n{\"type\":\"function_call\",\"id\":null,\"name\":\"fs__read\",\"arguments\":\"{}\",\"call_id\":\"c\"}\n";
    assert_eq!(detect(text.as_bytes()).format.unwrap().id, "codex");
    assert_eq!(
        all(&FORMAT, text),
        [
            r#"codex {"event":"user","text":"hi"}"#,
            r#"fs {"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"read","arguments":{}}}"#,
        ]
    );
}

#[test]
fn the_output_of_exec_is_read_in_both_shapes() {
    let old = "{\"id\":\"1\",\"msg\":{\"type\":\"mcp_tool_call_begin\",\"call_id\":\"c\",\"invocation\":{\"server\":\"a\",\"tool\":\"b\",\"arguments\":{}}}}\n{\"id\":\"1\",\"msg\":{\"type\":\"mcp_tool_call_end\",\"call_id\":\"c\",\"invocation\":{\"server\":\"a\",\"tool\":\"b\"},\"result\":{\"Err\":\"no\"}}}\n{\"id\":\"1\",\"msg\":{\"type\":\"exec_command_begin\",\"call_id\":\"d\",\"command\":[\"ls\"]}}\n{\"id\":\"1\",\"msg\":{\"type\":\"exec_command_end\",\"call_id\":\"d\",\"stdout\":\"x\",\"stderr\":\"y\",\"exit_code\":1}}\n";
    assert_eq!(detect(old.as_bytes()).format.unwrap().id, "codex-exec");
    assert_eq!(
        all(&EXEC, old),
        [
            r#"a {"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"b","arguments":{}}}"#,
            r#"a {"jsonrpc":"2.0","id":"c","error":{"message":"no"}}"#,
            r#"codex {"jsonrpc":"2.0","id":"d","method":"tools/call","params":{"name":"shell","arguments":{"command":["ls"]}}}"#,
            r#"codex {"jsonrpc":"2.0","id":"d","result":{"content":[{"type":"text","text":"xy"}],"isError":true}}"#,
        ]
    );
    let new = "{\"type\":\"thread.started\",\"thread_id\":\"th\"}\n{\"type\":\"item.started\",\"item\":{\"id\":\"item_0\",\"type\":\"mcp_tool_call\",\"server\":\"a\",\"tool\":\"b\",\"arguments\":{\"x\":1},\"result\":null,\"error\":null,\"status\":\"in_progress\"}}\n{\"type\":\"item.completed\",\"item\":{\"id\":\"item_0\",\"type\":\"mcp_tool_call\",\"server\":\"a\",\"tool\":\"b\",\"arguments\":{\"x\":1},\"result\":{\"content\":[],\"structured_content\":{\"y\":2}},\"error\":null,\"status\":\"completed\"}}\n{\"type\":\"item.completed\",\"item\":{\"id\":\"item_1\",\"type\":\"agent_message\",\"text\":\"done\"}}\n";
    assert_eq!(detect(new.as_bytes()).format.unwrap().id, "codex-exec");
    assert_eq!(
        all(&EXEC, new),
        [
            r#"a {"jsonrpc":"2.0","id":"th/item_0","method":"tools/call","params":{"name":"b","arguments":{"x":1}}}"#,
            r#"a {"jsonrpc":"2.0","id":"th/item_0","result":{"content":[],"structuredContent":{"y":2}}}"#,
            r#"codex {"event":"assistant","text":"done"}"#,
        ]
    );
}

#[test]
fn items_without_ids_are_counted() {
    let item = |kind: &str| {
        format!(
            "{{\"type\":\"item.{kind}\",\"item\":{{\"type\":\"mcp_tool_call\",\"server\":\"a\",\"tool\":\"b\",\"status\":\"{kind}\"}}}}\n"
        )
    };
    let text = [
        item("started"),
        item("completed"),
        item("started"),
        item("completed"),
    ]
    .concat();
    let told = all(&EXEC, &text);
    assert_eq!(told.len(), 4);
    assert!(told[1].contains("mcp_tool_call a b 0") && told[3].contains("mcp_tool_call a b 1"));
}

#[test]
fn what_is_no_record_is_told_as_text() {
    let told = all(
        &FORMAT,
        "{\"type\":\"response_item\",\"payload\":{\"ty\n[1]\n\n",
    );
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("codex "));
}

#[test]
fn an_id_that_each_turn_has_is_as_many_calls() {
    let turn = |tool: &str| {
        let item = |payload: String| {
            format!(
                "{{\"timestamp\":\"2025-07-20T13:44:00Z\",\"type\":\"response_item\",\"payload\":{payload}}}\n"
            )
        };
        let event = |kind: &str| {
            format!(
                "{{\"timestamp\":\"2025-07-20T13:44:00Z\",\"type\":\"event_msg\",\"payload\":{{\"type\":\"mcp_tool_call_{kind}\",\"call_id\":\"call_0\",\"invocation\":{{\"server\":\"my-a\",\"tool\":\"{tool}\",\"arguments\":{{ }}}},\"result\":{{\"Ok\":{{\"content\":[]}}}}}}}}\n"
            )
        };
        let call = item(format!(
            "{{\"type\":\"function_call\",\"name\":\"{tool}\",\"namespace\":\"mcp__my_a\",\"arguments\":\"{{}}\",\"call_id\":\"call_0\"}}"
        ));
        let output = item(
            "{\"type\":\"function_call_output\",\"call_id\":\"call_0\",\"output\":\"R\"}"
                .to_owned(),
        );
        [call, event("begin"), event("end"), output]
    };
    let (one, two) = (turn("x"), turn("y"));
    let items = |turn: &[String; 4]| [&turn[0][..], &turn[3]].concat();
    let late = |turn: &[String; 4]| [&turn[0][..], &turn[3], &turn[2]].concat();
    for text in [
        [one.concat(), two.concat()],
        [items(&one), items(&two)],
        [late(&one), late(&two)],
        [one[2].clone(), two[2].clone()],
    ] {
        let told = all(&FORMAT, &text.concat());
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(told[0].contains(r#""name":"x""#) && told[2].contains(r#""name":"y""#));
    }
}
