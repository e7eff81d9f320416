//! What a person sets for the analysis, through the program: in their configuration and on the command line.

#[path = "settings/program.rs"]
mod program;

use program::{Program, finding};
use serde_json::Value;

/// A recording in which a secret came back, twice.
const LEAK: &str = r#"> {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"env","arguments":{}}}
< {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"token = ghp_16C7e42F292c6912E7710c838347Ae178B4a"}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"env","arguments":{}}}
< {"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"token = ghp_16C7e42F292c6912E7710c838347Ae178B4a"}]}}
"#;

#[test]
fn suppressed_findings_do_not_count_and_are_told() {
    let program = Program::new();
    let recording = program.recording("ci", LEAK);
    let args = ["--fail-on", "medium", &recording];
    let plain = program.check(&args);
    assert_eq!(plain.code, 1);
    let id = finding(&plain.json, "secrets/in-result")["id"]
        .as_str()
        .expect("an id")
        .to_owned();

    for entry in [
        "rule = \"secrets/*\"\nserver = \"ci\"".to_owned(),
        "tool = \"e*v\"".to_owned(),
        format!("fingerprint = \"{id}\""),
    ] {
        let file = program.file(
            "mine.toml",
            &format!("[[suppress]]\n{entry}\nreason = \"a test\"\nuntil = 2999-12-31\n"),
        );
        let report = program.check(&[&args[..], &["--suppress", &file]].concat());
        assert_eq!(report.code, 0, "{entry}");
        assert_eq!(report.json["findings"].as_array().map(Vec::len), Some(0));
        let gone = &report.json["suppressed"][0];
        assert_eq!(gone["id"], id.as_str());
        assert_eq!(gone["count"], 2);
        assert_eq!(
            (&gone["reason"], &gone["until"], &gone["by"]),
            (
                &Value::from("a test"),
                &Value::from("2999-12-31"),
                &Value::from("mine.toml:1")
            )
        );
        assert!(
            report.text.contains("1 finding suppressed:")
                && report
                    .text
                    .contains("mine.toml:1, until 2999-12-31: a test"),
            "{}",
            report.text
        );
    }
    let other = program.file(
        "other.toml",
        "[[suppress]]\nserver = \"mail\"\nreason = \"a test\"\n",
    );
    let report = program.check(&[&args[..], &["--suppress", &other]].concat());
    assert_eq!(report.code, 1);
    assert_eq!(report.json["suppressions"][0]["findings"], 0);
}

#[test]
fn expired_suppressions_do_not_apply_and_say_so() {
    let program = Program::new();
    let recording = program.recording("ci", LEAK);
    program.config(
        "suppressions.toml",
        "[[suppress]]\nrule = \"secrets/*\"\nreason = \"old\"\nuntil = 2020-01-31\n",
    );
    let report = program.check(&["--fail-on", "medium", &recording]);
    assert_eq!(report.code, 1);
    assert_eq!(report.json["suppressions"][0]["expired"], true);
    assert!(
        report
            .text
            .contains("expired on 2020-01-31 and does not apply"),
        "{}",
        report.text
    );
}

#[test]
fn nothing_is_read_from_beside_a_recording() {
    let program = Program::new();
    let recording = program.recording("ci", LEAK);
    let text = "[[suppress]]\nrule = \"*\"\nreason = \"let me in\"\n";
    for name in ["suppressions.toml", "plainsight.toml", "policy.toml"] {
        program.file(name, text);
    }
    let report = program.check(&["--fail-on", "medium", &recording]);
    assert_eq!(report.code, 1);
    assert_eq!(report.json["suppressed"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_broken_file_is_refused_where_it_is_named_and_told_where_it_is_configured() {
    let program = Program::new();
    let recording = program.recording("ci", LEAK);
    let broken = "[[suppress]]\nrule = \"secrets/*\"\n";
    let file = program.file("mine.toml", broken);
    let refused = program.check(&["--suppress", &file, &recording]);
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .errors
            .contains("mine.toml, line 1: `reason` is missing here"),
        "{}",
        refused.errors
    );
    program.config("suppressions.toml", broken);
    let report = program.check(&["--fail-on", "medium", &recording]);
    assert_eq!(report.code, 1);
    assert!(
        report
            .errors
            .contains("suppressions.toml, line 1: `reason` is missing here"),
        "{}",
        report.errors
    );
    assert!(
        report.json["notes"][0]
            .as_str()
            .is_some_and(|note| note.contains("Nothing of this file is in use")),
        "{}",
        report.json["notes"]
    );
}

/// A pack of one rule, with its examples.
const PACK: &str = r#"
[[rule]]
id = "secrets/project-name"
title = "Names the project that nobody may know of"
severity = "high"
why = "The name is a secret. It says what is being built."
advice = "Ask who told the server."
fields = ["argument", "result"]
any = ["project bluebird"]
[[rule.finds]]
call = "send"
arguments = '{"text": "about Project  Bluebird"}'
[[rule.leaves]]
result = "a bluebird sang"
"#;

#[test]
fn own_rules_are_listed_tested_and_used() {
    let program = Program::new();
    let file = program.file("house.toml", PACK);
    let recording = program.recording("mail", "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"send\",\"arguments\":{\"text\":\"on Project Bluebird\"}}}\n");
    assert_eq!(program.check(&[&recording]).code, 0);
    let named = program.check(&["--rules", &file, &recording]);
    assert_eq!(named.code, 1);
    let found = finding(&named.json, "secrets/project-name");
    assert_eq!(
        (&found["severity"], &found["where"]["pointer"]),
        (&Value::from("high"), &Value::from("/text"))
    );
    assert_ne!(
        named.json["tool"]["rules"],
        program.check(&[&recording]).json["tool"]["rules"],
        "other rules, another version"
    );

    let text = |args: &[&str]| String::from_utf8(program.run(args).stdout).expect("UTF-8");
    assert!(text(&["rules", "list", "--rules", &file]).contains("secrets/project-name"));
    assert!(!text(&["rules", "list"]).contains("secrets/project-name"));
    program.config("rules/house.toml", PACK);
    assert!(text(&["rules", "list"]).contains("secrets/project-name"));
    assert!(
        text(&["rules", "show", "secrets/project-name"])
            .contains("any of      project bluebird\nstands in   house.toml:2")
    );
    assert_eq!(
        program.check(&[&recording]).code,
        1,
        "packs in the configuration are in use"
    );

    let tested = program.run(&["rules", "test", &file]);
    assert_eq!(tested.status.code(), Some(0));
    let wrong = program.file(
        "wrong.toml",
        &PACK.replace("a bluebird", "project bluebird"),
    );
    let tested = program.run(&["rules", "test", &wrong]);
    assert_eq!(tested.status.code(), Some(1));
    let told = String::from_utf8(tested.stdout).expect("UTF-8");
    assert!(
        told.contains("secrets/project-name should leave alone Result(\"project bluebird sang\")")
            && told.contains("1 rules, 2 examples, 1 failed"),
        "{told}"
    );
}

#[test]
fn a_broken_pack_is_refused_or_told() {
    let program = Program::new();
    let recording = program.recording("ci", LEAK);
    let broken = PACK.replace("severity", "sevrity");
    let file = program.file("house.toml", &broken);
    for args in [
        &["check", "--rules", &file, &recording][..],
        &["rules", "list", "--rules", &file],
        &["rules", "test", &file],
    ] {
        let output = program.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(
            told.contains(
                "house.toml, line 5: [[rule]] has no key `sevrity`: did you mean `severity`?"
            ),
            "{told}"
        );
    }
    program.config("rules/a.toml", &broken);
    program.config("rules/b.toml", PACK);
    let report = program.check(&["--fail-on", "medium", &recording]);
    assert_eq!(report.code, 1, "the rest of the rules is in use");
    assert!(
        report.errors.contains("a.toml, line 5")
            && report.json["notes"][0]
                .as_str()
                .is_some_and(|note| note.contains("a.toml, line 5"))
    );
    let tested = program.run(&["rules", "test"]);
    assert_eq!(tested.status.code(), Some(2), "a test of rules fails on it");
    let listed = String::from_utf8(program.run(&["rules", "list"]).stdout).expect("UTF-8");
    assert!(
        listed.contains("secrets/project-name"),
        "the other pack is in use"
    );
}

#[test]
fn own_rules_look_at_every_field_wherever_it_stands_again() {
    let program = Program::new();
    let pack = PACK.replace(
        "[\"argument\", \"result\"]",
        "[\"result\", \"definition\", \"name\", \"stderr\"]\nserver = \"b\"",
    );
    let pack = pack
        .split("[[rule.finds]]")
        .next()
        .expect("a rule")
        .to_owned();
    let file = program.file("house.toml", &pack);
    let long = format!(
        "{} project bluebird {}",
        "line of text\\n".repeat(60),
        "more of it\\n".repeat(60)
    );
    let messages = format!(
        "> {{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}}\n< {{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{{\"tools\":[{{\"name\":\"t\",\"description\":\"About project bluebird\",\"inputSchema\":{{\"type\":\"object\",\"properties\":{{\"project bluebird\":{{\"type\":\"string\"}}}}}}}}]}}}}\n> {{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{{\"name\":\"t\",\"arguments\":{{}}}}}}\n< {{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"{long}\"}}]}}}}\n"
    );
    let first = program.recording("a", &messages);
    let second = program.recording("b", &messages);
    let report = program.check(&["--rules", &file, &first, &second]);
    let found: Vec<_> = report.json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|f| f["rule"] == "secrets/project-name")
        .map(|f| (f["server"].as_str(), f["where"]["kind"].as_str()))
        .collect();
    assert_eq!(
        found,
        [(Some("b"), Some("definition")), (Some("b"), Some("result"))]
    );
}

#[test]
fn keys_are_printed_in_the_form_of_the_file_that_changes_them() {
    let program = Program::new();
    let shipped = program.run(&["keys"]);
    assert_eq!(shipped.status.code(), Some(0));
    let text = String::from_utf8(shipped.stdout.clone()).expect("text");
    assert!(
        text.contains("[keys]") && text.contains("\"call next\" = [\"]\"]"),
        "{text}"
    );

    // What is printed changes nothing.
    program.config("keys.toml", &text);
    let check = program.run(&["keys", "check"]);
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert_eq!(check.status.code(), Some(0), "{told}");
    assert!(told.contains("every line can be used"), "{told}");
    assert_eq!(program.run(&["keys"]).stdout, shipped.stdout);

    let mine =
        "[keys]\n\"call next\" = \"alt-n\"\n\"cal previous\" = \"alt-p\"\nhelp = \"alt-n\"\n";
    program.config("keys.toml", mine);
    let check = program.run(&["keys", "check"]);
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert_eq!(check.status.code(), Some(2), "{told}");
    for words in [
        "line 3: no command is called",
        "did you mean `call previous`?",
        "line 4: `alt-n` runs `call next` already",
    ] {
        assert!(told.contains(words), "{words} is missing:\n{told}");
    }
    let printed = String::from_utf8(program.run(&["keys"]).stdout).expect("text");
    assert!(
        printed.contains("\"call next\" = [\"alt-n\"]") && printed.contains("help\" = [\"?\"]"),
        "{printed}"
    );
    assert_eq!(program.run(&["keys", "--shipped"]).stdout, shipped.stdout);

    let other = program.file("other.toml", "[keys]\nhelp = \"alt-h\"\n");
    let printed = String::from_utf8(program.run(&["keys", "--keys", &other]).stdout).expect("text");
    assert!(printed.contains("\"help\" = [\"alt-h\"]"), "{printed}");
    let missing = program.run(&["keys", "check", "--keys", "/nonexistent/keys.toml"]);
    assert_eq!(missing.status.code(), Some(2));
}
