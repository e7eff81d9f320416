use super::*;
use crate::wire::json::Doc;

fn compare(old: &str, new: &str) -> Comparison {
    let (old, new) = (Doc::parse(old.as_bytes()), Doc::parse(new.as_bytes()));
    Comparison::of(old.root().unwrap(), new.root().unwrap())
}

fn clauses(old: &str, new: &str) -> Vec<String> {
    compare(old, new)
        .meanings
        .iter()
        .map(Meaning::clause)
        .collect()
}

const SEND: &str = r#"{"name":"send","description":"Send an email.","inputSchema":{"type":"object","properties":{"to":{"type":"string"}},"required":["to"]},"annotations":{"readOnlyHint":true,"openWorldHint":false}}"#;

#[test]
fn the_order_of_keys_does_not_count() {
    let turned = r#"{"annotations":{"openWorldHint":false,"readOnlyHint":true},"inputSchema":{"required":["to"],"properties":{"to":{"type":"str\u0069ng"}},"type":"object"},"description":"Send an email.","name":"send"}"#;
    let comparison = compare(SEND, turned);
    assert_eq!(comparison.differences, []);
    assert_eq!(comparison.meanings, [Meaning::Nothing]);
}

#[test]
fn a_dropped_hint_and_a_parameter_with_a_default_come_first() {
    let new = SEND
        .replace("Send an email.", "Send an email. Keep the default.")
        .replace(
            "{\"to\":{\"type\":\"string\"}}",
            r#"{"to":{"type":"string"},"bcc":{"type":"string","default":"a@b.invalid"}}"#,
        )
        .replace("\"readOnlyHint\":true", "\"readOnlyHint\":false");
    assert_eq!(
        clauses(SEND, &new),
        [
            "was read-only, now may destroy",
            "adds a parameter `bcc` with a default",
            "adds 18 characters to the description"
        ]
    );
    let comparison = compare(SEND, &new);
    let bcc = comparison
        .differences
        .iter()
        .find(|difference| difference.part == Part::Parameter)
        .unwrap();
    assert_eq!(bcc.old, None);
    assert_eq!(
        bcc.new.as_ref().unwrap().as_raw(),
        *"string, optional, default \"a@b.invalid\""
    );
    assert!(comparison.meanings[0].is_grave() && !comparison.meanings[2].is_grave());
}

#[test]
fn a_hint_that_is_taken_away_means_its_default() {
    let new = SEND.replace(
        ",\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false}",
        "",
    );
    assert_eq!(
        clauses(SEND, &new),
        [
            "was read-only, now may destroy",
            "stayed inside, now reaches the outside world"
        ]
    );
}

#[test]
fn parameters_are_compared_by_what_they_ask() {
    let old = r#"{"inputSchema":{"properties":{"mode":{"type":"string","enum":["safe"],"maximum":3},"gone":{}}}}"#;
    let new = r#"{"inputSchema":{"properties":{"mode":{"type":"string","enum":["safe","raw"],"maximum":9},"body":{"type":"string"}},"required":["mode","body"]}}"#;
    assert_eq!(
        clauses(old, new),
        [
            "adds a parameter `body` that must be filled",
            "makes `mode` required",
            "adds choices to `mode`",
            "takes the parameter `gone` away",
            "changes the parameter `mode`"
        ]
    );
}

#[test]
fn small_things_are_called_small() {
    let with = |text: &str| format!(r#"{{"description":"{text}"}}"#);
    assert_eq!(
        clauses(&with("Search recursivly."), &with("Search recursively.")),
        ["changes a word of the description"]
    );
    assert_eq!(
        clauses(&with("a b"), &with(" a\\n b")),
        ["only white space"]
    );
    assert_eq!(
        clauses(&with("Send Mail"), &with("send mail")),
        ["only upper and lower case"]
    );
    assert_eq!(
        clauses(&with("Send mail"), &with("Send\u{200b} mail"))[0],
        "adds text that cannot be seen"
    );
}

#[test]
fn instructions_are_a_text() {
    let comparison = compare("\"Be kind.\"", "\"Be kind. And quick.\"");
    assert_eq!(comparison.differences[0].part, Part::Description);
    assert_eq!(comparison.meanings, [Meaning::TextAdded(11)]);
}

#[test]
fn anything_else_that_differs_is_named() {
    let old = r#"{"name":"a","icons":[1],"inputSchema":{"additionalProperties":false},"outputSchema":{"properties":{"x":{"type":"string"}}}}"#;
    let new = r#"{"name":"a","icons":[2],"inputSchema":{"additionalProperties":true},"outputSchema":{"properties":{"x":{"type":"number"}}}}"#;
    let comparison = compare(old, new);
    let names: Vec<String> = comparison
        .differences
        .iter()
        .map(|d| d.name.as_raw().label(40))
        .collect();
    assert_eq!(names, ["", "icons", "inputSchema additionalProperties"]);
    assert_eq!(comparison.differences[0].part, Part::Output);
}

#[test]
fn nesting_without_end_is_compared_too() {
    let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(5000), "]".repeat(5000));
    let with = |inner: &str| format!(r#"{{"x":{}}}"#, deep(inner));
    assert_eq!(compare(&with("1"), &with("2")).differences.len(), 1);
    assert_eq!(compare(&with("1"), &with("1")).differences.len(), 0);
}

#[test]
fn a_hint_that_is_spelled_out_changes_nothing() {
    let with = |annotations: &str| format!(r#"{{"name":"a","annotations":{annotations}}}"#);
    let spelled = with(r#"{"readOnlyHint":false,"destructiveHint":true,"openWorldHint":true}"#);
    for (old, new) in [
        (with("{}"), spelled.clone()),
        (spelled, r#"{"name":"a"}"#.to_owned()),
    ] {
        let comparison = compare(&old, &new);
        assert!(comparison.is_cosmetic(), "{comparison:?}");
        assert_eq!(comparison.meanings, [Meaning::DefaultHint]);
        assert_eq!(comparison.differences.len(), 3);
    }
    let odd = compare(&with("{}"), &with(r#"{"readOnlyHint":"yes"}"#));
    assert!(!odd.is_cosmetic());
}

/// The sentences about a parameter whose schema was the one and is the other.
fn said(old: &str, new: &str) -> Vec<String> {
    let with = |schema: &str| {
        format!(r#"{{"inputSchema":{{"type":"object","properties":{{"p":{schema}}}}}}}"#)
    };
    sentences(&with(old), &with(new))
}

fn sentences(old: &str, new: &str) -> Vec<String> {
    let comparison = compare(old, new);
    let of = |difference| comparison.sentences(difference);
    let all = comparison.differences.iter().flat_map(of);
    all.map(|sentence| sentence.text(|raw| raw.label(40)))
        .collect()
}

#[test]
fn types_are_widened_and_narrowed() {
    for (old, new, sentence) in [
        (
            r#"{"type":"string"}"#,
            r#"{"type":["string","null"]}"#,
            "takes `string or null` now, took `string` (takes more)",
        ),
        (
            r#"{"type":"number"}"#,
            r#"{"type":"integer"}"#,
            "takes `integer` now, took `number` (takes less)",
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"type":"boolean"}"#,
            "takes `boolean` now, took `string`",
        ),
        (
            r#"{"type":"string"}"#,
            "{}",
            "takes `any` now, took `string` (takes more)",
        ),
        (
            r#"{"type":"array","items":{"type":"integer"}}"#,
            r#"{"type":"array","items":{"type":"number"}}"#,
            "takes `array of number` now, took `array of integer` (takes more)",
        ),
        (
            r#"{"type":"string"}"#,
            r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
            "takes `string or integer` now, took `string` (takes more)",
        ),
        (
            r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
            r#"{"type":"integer"}"#,
            "takes `integer` now, took `string or integer` (takes less)",
        ),
    ] {
        assert_eq!(said(old, new), [sentence], "{old} {new}");
    }
}

#[test]
fn choices_defaults_and_limits_are_told_one_by_one() {
    for (old, new, told) in [
        (
            r#"{"enum":["safe","off"]}"#,
            r#"{"enum":["safe","raw"]}"#,
            &[
                "takes `raw` too (takes more)",
                "does not take `off` any more (takes less)",
            ][..],
        ),
        (
            r#"{"enum":["a"]}"#,
            "{}",
            &["takes any value now, took only `a` (takes more)"],
        ),
        ("{}", r#"{"const":"a"}"#, &["takes only `a` (takes less)"]),
        (
            r#"{"default":1}"#,
            r#"{"default":2}"#,
            &["is `2` when it is left out, was `1`"],
        ),
        (
            "{}",
            r#"{"default":"x"}"#,
            &["is `\"x\"` when it is left out; it had no default"],
        ),
        (
            r#"{"default":"x"}"#,
            "{}",
            &["has no default any more, had `\"x\"`"],
        ),
        (
            r#"{"minimum":1,"maximum":7}"#,
            r#"{"minimum":0,"maximum":5}"#,
            &[
                "has `minimum` `0` now, had `1` (takes more)",
                "has `maximum` `5` now, had `7` (takes less)",
            ],
        ),
        (
            r#"{"pattern":"^a"}"#,
            "{}",
            &["has no `pattern` any more, had `^a` (takes more)"],
        ),
    ] {
        assert_eq!(said(old, new), told, "{old} {new}");
    }
}

#[test]
fn parameters_come_and_go_at_any_depth() {
    let with = |inner: &str, required: &str| {
        format!(
            r#"{{"inputSchema":{{"properties":{{"f":{{"type":"object","properties":{{"list":{{"type":"array","items":{{"type":"object","properties":{{{inner}}},"required":[{required}]}}}}}}}}}}}}}}"#
        )
    };
    let (id, tag) = (r#""id":{"type":"string"}"#, r#""tag":{"type":"string"}"#);
    let both = format!("{id},{tag}");
    let comparison = compare(&with(id, ""), &with(&both, ""));
    assert_eq!(comparison.differences[0].name.as_raw(), *"f.list[].tag");
    assert_eq!(
        sentences(&with(id, ""), &with(&both, "")),
        ["is new: `string` that may be left out (takes more)"]
    );
    assert_eq!(
        sentences(&with(&both, ""), &with(id, "")),
        ["is not asked for any more"]
    );
    assert_eq!(
        sentences(&with(id, ""), &with(id, "\"id\"")),
        ["must be filled now (takes less)"]
    );
    assert_eq!(
        sentences(&with(id, "\"id\""), &with(id, "")),
        ["may be left out now (takes more)"]
    );
}

#[test]
fn references_are_compared_by_what_they_stand_for() {
    let with = |kind: &str| {
        format!(
            r##"{{"inputSchema":{{"properties":{{"p":{{"$ref":"#/$defs/one"}},"loop":{{"$ref":"#/$defs/loop"}}}},"$defs":{{"one":{{"type":"{kind}"}},"loop":{{"properties":{{"next":{{"$ref":"#/$defs/loop"}}}}}}}}}}}}"##
        )
    };
    assert_eq!(
        sentences(&with("integer"), &with("number")),
        ["takes `number` now, took `integer` (takes more)"]
    );
}

#[test]
fn hints_and_returns_are_told_with_what_they_mean() {
    assert_eq!(
        sentences(
            r#"{"annotations":{"readOnlyHint":true}}"#,
            r#"{"annotations":{}}"#
        ),
        ["is not given (may change things) now, was `true` (changes nothing)"]
    );
    let returns = |fields: &str| {
        format!(r#"{{"outputSchema":{{"type":"object","properties":{{{fields}}}}}}}"#)
    };
    assert_eq!(
        sentences(
            &returns(r#""a":{"type":"string"},"b":{"type":"integer"}"#),
            &returns(r#""b":{"type":"number"},"c":{"type":"string"}"#)
        ),
        [
            "holds `b` as `number` now, was `integer`",
            "holds `c` now: `string`",
            "does not hold `a` any more"
        ]
    );
    assert_eq!(
        sentences(r#"{"name":"a"}"#, r#"{"name":"b","icons":[1]}"#),
        ["is called `b` now, was `a`", "is new"]
    );
}

#[test]
fn a_schema_without_end_is_compared_as_far_as_anybody_can_follow() {
    let deep = |kind: &str| {
        let open = r#"{"properties":{"a":"#.repeat(3000);
        format!(
            r#"{{"inputSchema":{open}{{"type":"{kind}"}}{}}}"#,
            "}}".repeat(3000)
        )
    };
    let comparison = compare(&deep("string"), &deep("number"));
    assert!(comparison.cut, "{comparison:?}");
}
