//! What must not get through, and what must stay as it is.

use super::{Key, Redactor, authorization, hash};
use crate::capture::recorder::{Shape, shape_of};
use crate::wire::json::Doc;
use proptest::prelude::*;
use std::ffi::OsString;
use std::sync::LazyLock;

const GITHUB: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
const AWS: &str = "AKIAQWERTYUIOPASDFGH";
const PEM: &str = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aumFfXiU4FY2VzPjrZ\nqT5yz0abcDEF0123456789\n-----END RSA PRIVATE KEY-----";

static REDACTOR: LazyLock<Redactor> = LazyLock::new(|| Redactor::new(Key::random(), Vec::new()));

/// One for texts that may leave it in the middle of a key.
static ODD: LazyLock<Redactor> = LazyLock::new(|| Redactor::new(Key::random(), Vec::new()));

/// Redacts, and holds the result against what is promised of every result.
fn redact(text: &str) -> String {
    let out = String::from_utf8(REDACTOR.redact(text.as_bytes()).into_owned()).unwrap();
    assert_eq!(
        Doc::parse(text.as_bytes()).is_whole(),
        Doc::parse(out.as_bytes()).is_whole(),
        "{text} → {out}"
    );
    assert_eq!(
        REDACTOR.redact(out.as_bytes()),
        out.as_bytes(),
        "{text}: not the same when done again"
    );
    assert_eq!(
        REDACTOR.held_in(out.as_bytes()),
        Vec::<String>::new(),
        "{out}"
    );
    out
}

/// `secret` is gone from the text, and a mark of the rule stands there.
fn gone(text: &str, secret: &str, rule: &str) {
    let out = redact(text);
    assert!(!out.contains(secret), "{out}");
    assert!(
        out.contains(&format!("«redacted:{rule}:")),
        "{text} → {out}"
    );
}

#[test]
fn secrets_go_from_wherever_they_stand() {
    gone(
        &format!(r#"{{"a":"x {GITHUB} y"}}"#),
        GITHUB,
        "github-token",
    );
    gone(&format!(r#"{{"{AWS}":1}}"#), AWS, "aws-access-key");
    gone(&format!("stderr says {GITHUB}"), GITHUB, "github-token");
    gone(
        r#"{"url":"https://x.example/a?access_token=a1b2c3d4e5&x=1"}"#,
        "a1b2c3d4e5",
        "url-parameter",
    );
    gone(
        r#"{"url":"postgres://app:hunter2@db.example/x"}"#,
        "hunter2",
        "url-userinfo",
    );
    gone(r#"{"password":"hunter2x"}"#, "hunter2x", "password");
    gone(r#"{"env":{"API_KEY":"a1b2c3d4"}}"#, "a1b2c3d4", "key");
    gone(
        r#"{"env":[{"name":"API_KEY","value":"a1b2c3d4"}]}"#,
        "a1b2c3d4",
        "key",
    );
    gone(r#"{"args":["--token","a1b2c3d4"]}"#, "a1b2c3d4", "token");
    gone(r#"{"headers":{"Cookie":"sid=1; b=2"}}"#, "sid=1", "cookie");
    gone(r#"{"Set-Cookie":["sid=1"]}"#, "sid=1", "cookie");
    gone(
        r#"{"text":"{\"password\":\"hunter2x\"}"}"#,
        "hunter2x",
        "password",
    );
    gone(
        r#"{"text":"DB_PASSWORD=hunter2\nB=1"}"#,
        "hunter2",
        "environment",
    );
    gone(
        "Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l",
        "YWxhZGRpbjpvcGVuc2VzYW1l",
        "authorization",
    );
}

#[test]
fn escapes_hide_nothing() {
    let spelled: String = AWS.bytes().map(|b| format!("\\u{b:04x}")).collect();
    gone(
        &format!(r#"{{"a":"x {spelled} y"}}"#),
        &spelled,
        "aws-access-key",
    );
    let one = GITHUB.replacen('p', "\\u0070", 1);
    gone(
        &format!(r#"{{"a":"x\n{one}\n"}}"#),
        "16C7e42F",
        "github-token",
    );
    gone(&format!(r#"{{"{one}":"x"}}"#), "16C7e42F", "github-token");
    let twice = one.replace('\\', "\\\\");
    gone(
        &format!(r#"{{"a":"{{\"b\":\"{twice}\"}}"}}"#),
        "16C7e42F",
        "github-token",
    );
    gone(r#"{"pass\u0077ord":"hunter2x"}"#, "hunter2x", "password");
    gone(
        r#"{"u":"https:\/\/a:hunter2@h"}"#,
        "hunter2",
        "url-userinfo",
    );
}

#[test]
fn numbers_are_secrets_too_and_strings_afterwards() {
    const DIGITS: &str = "1234567890123456";
    for (text, before, after) in [
        (r#"{"token":1234567890123456}"#, r#"{"token":"«"#, r#"»"}"#),
        (
            r#"{"token":1234567890123456,"a":"b"}"#,
            r#"{"token":"«"#,
            r#"»","a":"b"}"#,
        ),
        (
            r#"{"a":"b","tokens":[1,1234567890123456] }"#,
            r#"{"a":"b","tokens":[1,"«"#,
            r#"»"] }"#,
        ),
        (
            r#"{"a":"{\"token\":1234567890123456}"}"#,
            r#"{"a":"{\"token\":\"«"#,
            r#"»\"}"}"#,
        ),
    ] {
        let out = redact(text);
        assert!(
            out.starts_with(before) && out.ends_with(after) && !out.contains(DIGITS),
            "{out}"
        );
    }
    for text in [
        r#"{"progressToken":1234567890123456}"#,
        r#"{"total":1234567890123456,"token":null,"secret":[true]}"#,
    ] {
        assert_eq!(redact(text), text);
    }
    gone(r#"{"a":1} token=a1b2c3d4e5"#, "a1b2c3d4e5", "assigned");
}

#[test]
fn a_private_key_goes_from_a_list_of_its_lines() {
    let lines = PEM.replace('\n', "\", \"");
    let out = redact(&format!(
        r#"{{"id":12345678,"key":["{lines}"],"a":"after"}}"#
    ));
    assert!(!out.contains("MIIE") && !out.contains("qT5y"), "{out}");
    assert_eq!(out.matches("«redacted:").count(), 4, "{out}");
    assert!(out.starts_with(r#"{"id":12345678,"key":["«"#), "{out}");
    assert!(out.ends_with(r#"»"],"a":"after"}"#), "{out}");
    // As content, whose types stay.
    let blocks = PEM.replace('\n', r#""},{"type":"text","text":""#);
    let out = redact(&format!(r#"[{{"type":"text","text":"{blocks}"}}]"#));
    assert!(!out.contains("MIIE") && !out.contains("qT5y"), "{out}");
    assert_eq!(out.matches(r#"{"type":"text","text":"«"#).count(), 4);
}

#[test]
fn what_stands_behind_an_escape_is_found() {
    for escape in ["n", "t", "r", "\\n"] {
        let coded = "eyJ0b2tlbiI6ICJnaHBfMTZDN2U0MkYyOTJjNjkxMkU3NzEwYzgzODM0N0FlMTc4QjRhIn0=";
        gone(&format!(r#"{{"a":"x:\{escape}{coded}"}}"#), coded, "token");
        gone(&format!(r"said: x\{escape}{coded}"), coded, "token");
        gone(&format!(r"said: x\{escape}{AWS}"), AWS, "aws-access-key");
    }
    assert_eq!(redact(r"C:\new\table\u12"), r"C:\new\table\u12");
}

/// Squared, each of these takes minutes.
#[test]
fn what_seems_to_begin_again_and_again_is_read_once() {
    for part in [
        "cookie: ",
        "-----BEGIN PRIVATE KEY-----",
        "BEGIN PRIVATE KEY-----\"-----",
    ] {
        ODD.redact(part.repeat((1 << 20) / part.len()).as_bytes());
    }
    let text = "cookie: a=b ".repeat(10_000);
    assert!(redact(&text).len() < 60);
}

#[test]
fn private_keys_go_whole() {
    let json = PEM.replace('\n', "\\n");
    let out = redact(&format!(r#"{{"a":"before {json} after words, here."}}"#));
    assert!(
        out.starts_with(r#"{"a":"before «redacted:private-key:"#),
        "{out}"
    );
    assert!(out.ends_with(r#"» after words, here."}"#), "{out}");
    let redactor = Redactor::new(Key::random(), Vec::new());
    let lines: Vec<String> = PEM
        .lines()
        .chain(["it works", "listening required"])
        .map(|line| String::from_utf8(redactor.redact(line.as_bytes()).into_owned()).unwrap())
        .collect();
    assert!(
        lines[1].starts_with('«') && lines[2].starts_with('«'),
        "{lines:?}"
    );
    assert_eq!(lines[4..], ["it works", "listening required"]);
}

#[test]
fn base64_is_looked_into() {
    // {"token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a"}
    let coded = "eyJ0b2tlbiI6ICJnaHBfMTZDN2U0MkYyOTJjNjkxMkU3NzEwYzgzODM0N0FlMTc4QjRhIn0=";
    gone(&format!(r#"{{"content":"{coded}"}}"#), coded, "token");
    gone(&format!("data:;base64,{coded}"), coded, "token");
}

#[test]
fn a_credential_keeps_its_scheme() {
    let out = redact(r#"{"Authorization":"Bearer abc"}"#);
    assert!(
        out.starts_with(r#"{"Authorization":"Bearer «redacted:authorization:"#),
        "{out}"
    );
}

#[test]
fn the_same_secret_has_the_same_mark() {
    let out = redact(&format!(r#"["{GITHUB}"," {GITHUB} "]"#));
    let first = out.split('"').nth(1).unwrap();
    assert_eq!(out.matches(first).count(), 2, "{out}");
    assert!(first.ends_with(":40»"));
}

#[test]
fn what_is_no_secret_stays() {
    for text in [
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"progressToken":"a1b2c3d4e5"},"name":"x"}}"#,
        r#"{"password":"your-password","token":"<token>","api_key":"${API_KEY}","secret":"string"}"#,
        r#"{"properties":{"password":{"type":"string","description":"The password of the user"}}}"#,
        r#"{"usage":{"max_tokens":4096,"tokens":12}}"#,
        r#"{"nextPageToken":"a1b2c3d4e5f6"}"#,
        r#"{"a":1e400,"a":"\ud800","b":1.0}"#,
        "listening on http://127.0.0.1:8080/mcp?key=name",
        "the authorization header is required",
        "basic authentication is supported; bearer tokens too",
        "const token = getTokenFromHeader(request)",
        "",
        "{\"unfinished\":\"",
    ] {
        assert_eq!(redact(text), text);
    }
}

#[test]
fn only_the_secret_changes() {
    let text = format!("{{ \"n\" : 1.0 , \"a\" : \"\\/ {GITHUB} \\u00e9\" , \"n\" : 1e400 }}");
    let out = redact(&text);
    let (before, after) = text.split_once(GITHUB).unwrap();
    assert!(out.starts_with(before) && out.ends_with(after), "{out}");
}

#[test]
fn command_lines_are_read_word_by_word() {
    let words = [
        "server",
        "--token",
        "abc",
        "--password=hunter2x",
        "--header",
        "X-Api-Key: a1b2c3d4e5",
        "--verbose",
        "x",
    ];
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let told = REDACTOR.argv(&words);
    assert!(told[2].starts_with("«redacted:token:"), "{told:?}");
    assert!(
        told[3].starts_with("--password=«") && told[5].contains('«'),
        "{told:?}"
    );
    assert_eq!((told[1].as_str(), told[7].as_str()), ("--token", "x"));
}

#[test]
fn a_mark_that_somebody_else_wrote_hides_nothing() {
    gone(
        &format!(r#"{{"a":"«redacted:x:00000000:1»{GITHUB}«redacted:x:00000000:1»"}}"#),
        GITHUB,
        "github-token",
    );
}

#[test]
fn a_long_web_token_goes_whole() {
    let token = format!(
        "eyJhbGciOiJSUzI1NiJ9.eyJ{}.{}",
        "a1B2c3D4".repeat(200),
        "Zz9_x8Y7".repeat(100)
    );
    let out = redact(&format!(r#"{{"t":"{token}"}}"#));
    assert!(out.len() < 80, "{out}");
}

#[test]
fn a_header_keeps_its_scheme_alone() {
    let bearer = authorization(b"bearer s3cr3t");
    assert!(
        bearer.starts_with("Bearer «redacted:authorization:"),
        "{bearer}"
    );
    assert_eq!(bearer, hash("Bearer", b"s3cr3t"));
    // What is no scheme may be the secret itself.
    assert!(authorization(b"s3cr3t and more").starts_with('«'));
    assert!(authorization(b"s3cr3t").ends_with(":6»"));
}

proptest! {
    #[test]
    fn any_text_keeps_the_promises(parts in prop::collection::vec(prop_oneof![
        Just(GITHUB.to_string()), Just(AWS.to_string()), Just("password=".to_string()), Just("hunter2x".to_string()),
        Just("://a:b@".to_string()), Just("\\\"token\\\":\\\"".to_string()), Just("\\u0041".to_string()), Just("\\n".to_string()),
        Just("«redacted:a:00000000:1»".to_string()), Just("?key=a1b2c3d4".to_string()), Just("Cookie: a=b".to_string()),
        Just(PEM.replace('\n', "\\n")), "[a-zA-Z0-9 /:=._-]{0,30}",
    ], 0..8), key in prop_oneof![Just("password"), Just("a"), Just("api_key"), Just("Authorization")],
    number in prop_oneof![Just("1234567890123456"), Just("-12345678901234.5e2"), Just("123456"), Just("0")]) {
        let text = format!(r#"{{"{key}":"{}","b":["{}"],"{key}":{number},"c":[{number}]}}"#, parts.concat(), parts.concat());
        redact(&text);
        redact(&parts.concat());
    }

    #[test]
    fn no_bytes_are_too_odd(parts in prop::collection::vec(prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12).boxed(),
        r#"[{}\[\]":,\\u0-9a-fA-F ]{0,20}"#.prop_map(String::into_bytes).boxed(),
        Just(GITHUB.as_bytes().to_vec()).boxed(), Just(b"\"password\":\"".to_vec()).boxed(), Just(b"\"token\":1234567890123456".to_vec()).boxed(), Just(b"\\u0070".to_vec()).boxed(),
        Just(b"-----BEGIN PRIVATE KEY-----".to_vec()).boxed(), Just(b"Authorization: Bearer ".to_vec()).boxed(),
        Just("«redacted:".as_bytes().to_vec()).boxed(),
    ], 0..12)) {
        let text = parts.concat();
        let out = ODD.redact(&text).into_owned();
        let json = |text: &[u8]| shape_of(text) == Shape::Json;
        prop_assert_eq!(json(&text), json(&out));
        prop_assert_eq!(ODD.held_in(&out), Vec::<String>::new());
    }
}
