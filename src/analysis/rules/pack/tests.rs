//! Packs as a person writes them.

use super::{Packs, read};
use crate::analysis::detect::Field;
use crate::text::Raw;
use std::ops::Range;

/// A pack of one rule with these further lines.
fn pack(lines: &str) -> String {
    format!(
        "[[rule]]\nid = \"secrets/mine\"\ntitle = \"Mine\"\nseverity = \"high\"\nwhy = \"So.\"\nadvice = \"Do.\"\n{lines}\n"
    )
}

fn faults(text: &str) -> Vec<String> {
    let faults = read("mine.toml", text).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

fn spans(lines: &str, field: Field, text: &[u8]) -> Vec<Range<usize>> {
    let mut packs = Packs::default();
    let pack = read("mine.toml", &pack(lines)).expect("a pack");
    packs.add(pack).expect("an id of its own");
    let hits = packs.find(Raw::new(text), field);
    let mine = hits.into_iter().find(|hit| hit.rule.id == "secrets/mine");
    mine.map_or(Vec::new(), |hit| hit.spans)
}

/// The one place where a text has it.
fn only(lines: &str, field: Field, text: &[u8]) -> Range<usize> {
    let mut spans = spans(lines, field, text);
    assert_eq!(spans.len(), 1);
    spans.remove(0)
}

#[test]
fn every_mistake_has_its_line() {
    for (text, line, says) in [
        ("", 1, "there is no rule in it"),
        ("[[rules]]\n", 1, "did you mean `rule`"),
        (
            &pack("fields = [\"argument\"]")[..],
            1,
            "`any` is missing here",
        ),
        (
            &pack("fields = [\"argument\"]\nany = []"),
            8,
            "`any` is empty",
        ),
        (
            &pack("fields = [\"arguments\"]\nany = \"x\""),
            7,
            "there is no field `arguments`",
        ),
        (
            &pack("fields = [\"argument\"]\nany = { regex = 'a(' }"),
            8,
            "the regex cannot be used",
        ),
        (
            &pack("fields = [\"argument\"]\nany = { regx = 'a' }"),
            8,
            "did you mean `regex`",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"\ncase = true\ndecoded = true"),
            9,
            "lower case",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"\nconfidence = \"sure\""),
            9,
            "must be one of low, medium, high",
        ),
        (
            &pack(
                "fields = [\"argument\"]\nany = \"x\"\n[[rule.finds]]\ncall = \"a\"\narguments = \"{\"",
            ),
            9,
            "it is no JSON",
        ),
        (
            &pack(
                "fields = [\"argument\"]\nany = \"x\"\n[[rule.finds]]\ncall = \"a\"\nname = \"b\"",
            ),
            9,
            "an example is one of",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"").replace("secrets/mine", "mine"),
            2,
            "two words with a slash",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"").replace("secrets/mine", "house/mine"),
            2,
            "is a category",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"").replace("why = \"So.\"\n", ""),
            1,
            "`why` is missing",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"").replace("high", "loud"),
            4,
            "`severity` must be one of",
        ),
        (
            &pack("fields = [\"argument\"]\nany = \"x\"").repeat(2),
            9,
            "two rules `secrets/mine`",
        ),
    ] {
        let told = faults(text);
        assert_eq!(told.len(), 1, "{text}\n{told:#?}");
        assert!(
            told[0].starts_with(&format!("mine.toml, line {line}: ")) && told[0].contains(says),
            "{text}\n{told:#?}"
        );
    }
    let house = pack("category = \"secrets\"\nfields = [\"argument\"]\nany = \"x\"");
    assert!(faults(&house.replace("secrets/mine", "house/mine")).is_empty());
}

#[test]
fn ids_are_taken_once() {
    let mut packs = Packs::default();
    let text = pack("fields = \"argument\"\nany = \"x\"");
    let builtin = text.replace("secrets/mine", "poisoning/concealment");
    let told = packs
        .add(read("mine.toml", &builtin).expect("a pack"))
        .expect_err("it is taken");
    assert!(
        told[0]
            .to_string()
            .starts_with("mine.toml, line 1: a rule `poisoning/concealment` is built in")
    );
    packs
        .add(read("mine.toml", &text).expect("a pack"))
        .expect("it is free");
    let told = packs
        .add(read("other.toml", &text).expect("a pack"))
        .expect_err("it is taken");
    assert!(
        told[0]
            .to_string()
            .contains("other.toml, line 1: a rule `secrets/mine` is in another file")
    );
    assert_eq!(
        packs.own().count(),
        1,
        "what cannot be used changes nothing"
    );
}

#[test]
fn literals_are_found_through_disguises() {
    let rule = "fields = \"result\"\nany = \"Project Bluebird\"";
    for text in [
        "the project bluebird.",
        "the PROJECT\n   BLUEBIRD",
        "pro\u{200b}ject blue\u{ad}bird",
        "\u{ff50}roject bluebird",
    ] {
        let found = spans(rule, Field::Data, text.as_bytes());
        assert_eq!(found.len(), 1, "{text}");
        let shown = &text[found[0].clone()];
        assert!(shown.ends_with(['d', 'D']) && shown.len() >= 16, "{shown}");
    }
    assert!(
        spans(rule, Field::Argument, b"project bluebird").is_empty(),
        "another field"
    );
    assert!(spans(rule, Field::Data, b"project bluejay").is_empty());
}

#[test]
fn case_and_bytes_can_be_asked_for() {
    let rule = "fields = \"result\"\ncase = true\nany = \"ACME-\"";
    assert_eq!(only(rule, Field::Data, b"x ACME-1"), 2..7);
    assert!(spans(rule, Field::Data, b"x acme-1").is_empty());
    let raw = "fields = \"result\"\ndecoded = false\nany = { regex = 'a\\n\\s+b\\d{3}' }";
    assert_eq!(only(raw, Field::Data, b"xa\n  b123"), 1..9);
}

#[test]
fn any_all_and_unless_are_joined() {
    let rule = "fields = \"result\"\nany = [\"alpha\", \"beta\"]\nall = { regex = 'gam+a' }\nunless = \"delta\"";
    let found = |text: &str| spans(rule, Field::Data, text.as_bytes()).len();
    assert_eq!(found("alpha gamma"), 2);
    assert_eq!(found("beta and gammma"), 2);
    assert_eq!(found("alpha beta"), 0);
    assert_eq!(found("gamma"), 0);
    assert_eq!(found("alpha gamma delta"), 0);
}

#[test]
fn patterns_without_a_fixed_part_are_found_too() {
    let rule = "fields = \"argument\"\nany = { regex = '\\b\\d{3}-\\d{2}-\\d{4}\\b' }";
    assert_eq!(
        only(rule, Field::Argument, b"it is 123-45-6789, he said"),
        6..17
    );
    assert!(spans(rule, Field::Argument, b"it is 1234-45-6789").is_empty());
    let spaced = "fields = \"argument\"\nany = { regex = '\\d{3} \\d{4}' }";
    assert_eq!(spans(spaced, Field::Argument, b"123\n  4567").len(), 1);
}

#[test]
fn long_texts_are_searched_around_their_words() {
    let rule = "fields = \"result\"\nany = [{ regex = 'needle-\\d+' }, { regex = '^needle$' }]";
    let mut text = "straw\n".repeat(100_000);
    text.push_str("needle-42");
    let found = only(rule, Field::Data, text.as_bytes());
    assert_eq!(found, text.len() - 9..text.len());
    let many = "needle-1 ".repeat(10_000);
    assert_eq!(
        spans(rule, Field::Data, many.as_bytes()).len(),
        5,
        "no more than are told"
    );
    assert_eq!(spans(rule, Field::Data, b"needle").len(), 1);
}

#[test]
fn scopes_hold_by_globs() {
    let mut packs = Packs::default();
    let text =
        pack("fields = \"argument\"\nany = \"x\"\nserver = [\"git*\", \"ci\"]\nparameter = \"to\"");
    packs
        .add(read("mine.toml", &text).expect("a pack"))
        .expect("it is free");
    let rule = packs.own().next().expect("one").rule;
    assert!(packs.looks_at(rule, Some(b"github"), None, "/to/0"));
    assert!(!packs.looks_at(rule, Some(b"mail"), None, "/to/0"));
    assert!(!packs.looks_at(rule, Some(b"ci"), None, "/from"));
    assert!(!packs.looks_at(rule, None, None, "/to"));
}

#[test]
fn built_in_patterns_cost_nothing_where_their_words_are_not() {
    for rule in Packs::default().rules() {
        for pattern in rule.any.iter().chain(&rule.all).chain(&rule.unless) {
            assert!(
                !pattern.words.is_empty(),
                "{}: {}",
                rule.rule.id,
                pattern.source
            );
        }
    }
}
