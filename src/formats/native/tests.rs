use super::*;
use proptest::prelude::*;

fn told(peek: &Peek<'_>) -> String {
    let s = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    format!(
        "{:?} {:?} id={} method={} name={} conn={} label={} t={}",
        peek.kind,
        peek.dir,
        s(peek.id),
        s(&peek.method),
        s(&peek.name),
        s(&peek.conn),
        s(&peek.label),
        peek.micros
    )
}

fn both(line: &str) -> (Option<String>, Vec<String>) {
    let mut all = Vec::new();
    whole::read(line.as_bytes(), &mut |p| all.push(told(&p)));
    (quick::read(line.as_bytes()).map(|p| told(&p)), all)
}

const ENVELOPE: &str = r#"{"v":1,"session_id":"a-1","server_label":"a","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"DIR","transport":"stdio","raw":RAW}"#;

fn line(dir: &str, raw: &str) -> String {
    ENVELOPE.replace("DIR", dir).replace("RAW", raw)
}

#[test]
fn the_quick_look_agrees_with_the_whole_read() {
    for (dir, raw) in [
        (
            "c2s",
            r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"id":9}}}"#,
        ),
        (
            "c2s",
            r#"{"method":"tools/call","params":{"arguments":{"name":"inner"},"name":"x"},"jsonrpc":"2.0","id":"a-7"}"#,
        ),
        (
            "c2s",
            r#"{ "method" : "ping" , "id" : 5 , "jsonrpc" : "2.0" }"#,
        ),
        (
            "s2c",
            r#"{"result":{"content":[{"text":",\"id\":5}}"}]},"jsonrpc":"2.0","id":"x"}"#,
        ),
        (
            "s2c",
            r#"{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"no"}}"#,
        ),
        (
            "s2c",
            r#"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":{"id":3}}}"#,
        ),
        (
            "s2c",
            r#"{"method":"notifications/x","params":{"a":{"id":3}},"jsonrpc":"2.0"}"#,
        ),
        (
            "c2s",
            r#"{"method":"resources/read","params":{"uri":"note://today"},"jsonrpc":"2.0","id":0}"#,
        ),
    ] {
        let (quick, whole) = both(&line(dir, raw));
        assert_eq!(quick.as_ref(), whole.first(), "{raw}");
    }
}

#[test]
fn what_is_unusual_is_left_to_the_whole_read() {
    for raw in [
        r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,
        r#"{"\u006dethod":"ping","id":1}"#,
        r#"{"result":{"id":4}}"#,
    ] {
        assert_eq!(both(&line("s2c", raw)).0, None, "{raw}");
    }
}

#[test]
fn recorder_lines_and_statuses_are_meta() {
    assert_eq!(
        both(&line("meta", r#"{"event":"exit","code":0}"#)).1,
        ["Meta Some(Meta) id= method= name=exit conn=a-1 label=a t=1767225600000000"]
    );
    let status = r#"{"session_id":"a-1","server_label":"a","ts":"2026-01-01T00:00:00Z","direction":"s2c","transport":"http","status":202}"#;
    assert!(both(status).1[0].starts_with("Meta Some(S2c)"));
}

#[test]
fn finds_the_message_in_the_line() {
    let text = line("c2s", r#"{"id":1}"#);
    assert_eq!(&text[message(text.as_bytes())], r#"{"id":1}"#);
    assert_eq!(message(b"{}"), 0..0);
    assert_eq!(message(b"nonsense"), 0..0);
}

proptest! {
    /// Whatever the order of members and wherever the spaces: when the quick look answers, it is right.
    #[test]
    fn quick_is_right_or_silent(order in Just(["\"jsonrpc\":\"2.0\"", "\"id\":ID", "\"method\":\"tools/call\"", "\"params\":{\"name\":\"t\",\"arguments\":{\"x\":\"\\\"id\\\":3}}\"}}"]).prop_shuffle(), id in prop_oneof!["[0-9]{1,9}", "\"[a-z0-9-]{0,20}\"", Just("null".to_string()), Just("1.5e3".to_string())]) {
        let raw = format!("{{{}}}", order.join(",").replace("ID", &id));
        let (quick, whole) = both(&line("c2s", &raw));
        if let Some(quick) = quick {
            prop_assert_eq!(&quick, &whole[0]);
        }
    }
}
