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

fn message(calls: &str) -> String {
    format!(
        "{{\"id\":\"m\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"type\":\"gemini\",\"content\":\"\",\"toolCalls\":[{calls}]}}\n"
    )
}

#[test]
fn a_call_is_told_once_and_its_answer_when_it_is_there() {
    let call = |status: &str, more: &str| {
        message(&format!(
            "{{\"id\":\"c\",\"name\":\"mcp_a_b_c\",\"args\":{{\"x\":1.0}},\"status\":\"{status}\"{more}}}"
        ))
    };
    let result = r#","result":[{"functionResponse":{"response":{"output":"ok"}}},{"inlineData":{"mimeType":"image/png","data":"AA=="}},{"inlineData":{"mimeType":"x/y","data":""}}]"#;
    let text = call("executing", "") + &call("success", result) + &call("success", result);
    assert_eq!(
        all(&FORMAT, &text),
        [
            r#"a {"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"b_c","arguments":{"x":1.0}}}"#,
            r#"a {"jsonrpc":"2.0","id":"c","result":{"content":[{"type":"text","text":"ok"},{"type":"image","data":"AA==","mimeType":"image/png"},{"inlineData":{"mimeType":"x/y","data":""}}]}}"#,
        ]
    );
}

#[test]
fn the_name_that_is_shown_tells_the_server() {
    let call = |name: &str, shown: &str| {
        message(&format!(
            "{{\"id\":\"{name}\",\"name\":\"{name}\",\"displayName\":\"{shown}\",\"status\":\"executing\"}}"
        ))
    };
    let text = call("find", "find (b) (my docs MCP Server)")
        + &call("mcp_my_docs_x", "")
        + &call("own", "Own");
    let told = all(&FORMAT, &text);
    assert!(told[0].starts_with("my docs ") && told[0].contains(r#""name":"find (b)""#));
    assert!(told[1].starts_with("my docs ") && told[1].contains(r#""name":"x""#));
    assert!(told[2].starts_with("gemini-cli "));
}

#[test]
fn how_a_call_failed_is_told() {
    let text = message(
        r#"{"id":"1","name":"a","status":"error","result":[{"functionResponse":{"response":{"error":"gone"}}}]},{"id":"2","name":"a","status":"cancelled"},{"id":"3","name":"a","status":"success","result":null,"resultDisplay":"shown"},{"id":"4","name":"a","status":"error","result":[{"functionResponse":{"response":{"content":[{"type":"text","text":"x"}]}}}]}"#,
    );
    let told = all(&FORMAT, &text);
    assert!(told[1].ends_with(r#"{"content":[{"type":"text","text":"gone"}],"isError":true}}"#));
    assert!(told[3].ends_with(r#""error":{"message":"cancelled"}}"#));
    assert!(told[5].ends_with(r#"{"content":[{"type":"text","text":"shown"}]}}"#));
    assert!(told[7].ends_with(r#"{"content":[{"type":"text","text":"x"}],"isError":true}}"#));
}

#[test]
fn a_message_that_comes_again_is_said_once() {
    let line = "{\"id\":\"u\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"type\":\"user\",\"content\":[{\"text\":\"hi \"},\"you\"]}\n";
    assert_eq!(
        all(&FORMAT, &line.repeat(3)),
        [r#"gemini-cli {"event":"user","text":"hi you"}"#]
    );
    assert_eq!(all(&FORMAT, "{\"type\":\"user\n").len(), 1);
}

#[test]
fn a_document_of_one_line_is_a_document() {
    let text = r#"{"sessionId":"s","projectHash":"h","messages":[{"id":"m","type":"user","content":"hi"}]}"#;
    assert_eq!(detect(text.as_bytes()).format.unwrap().id, "gemini-json");
    assert_eq!(
        all(&DOCUMENT, text),
        [r#"gemini-cli {"event":"user","text":"hi"}"#]
    );
}

#[test]
fn telemetry_that_is_broken_goes_on_with_the_next_object() {
    let call = "{\n \"attributes\": {\n  \"event.name\": \"gemini_cli.tool_call\",\n  \"function_name\": \"f\",\n  \"success\": true\n }\n}\n";
    let text = ["{\n \"attributes\": {\n", call, "noise\n", "{\"cut\": "].concat();
    let told = all(&TELEMETRY, &text);
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(told[1].contains(r#""name":"f""#) && told[2].contains("result"));
    assert!(told[3].contains("noise") && told[4].contains("cut"));
}
