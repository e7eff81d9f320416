//! The README says what the program does.

use plainsight::analysis::{policy, rules, suppress};
use plainsight::session::filter::{FIELDS, Filter};
use plainsight::ui::command;

const README: &str = include_str!("../README.md");

#[test]
fn the_table_of_keys_is_the_registry_s() {
    assert!(
        README.contains(&command::markdown()),
        "the README's keys should be:\n{}",
        command::markdown()
    );
}

#[test]
fn the_table_of_formats_is_the_program_s() {
    let table = plainsight::formats::markdown();
    assert!(
        README.contains(&table),
        "the README's formats should be:\n{table}"
    );
}

#[test]
fn every_rule_that_is_named_exists() {
    let known: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let categories = [
        "poisoning/",
        "hidden-text/",
        "redefinition/",
        "collision/",
        "shadowing/",
        "exfiltration/",
        "secrets/",
    ];
    let named = README
        .split(['`', '"'])
        .filter(|word| categories.iter().any(|category| word.starts_with(category)));
    for rule in named {
        assert!(
            known.contains(&rule),
            "the README names `{rule}`, which is no rule"
        );
    }
}

#[test]
fn every_field_of_the_filter_language_is_told() {
    for field in FIELDS {
        assert!(
            README.contains(&format!("`{}:", field.name)),
            "the README does not tell of `{}:`",
            field.name
        );
        assert!(Filter::parse(field.example).is_ok(), "{}", field.example);
    }
}

/// The TOML that stands under a heading.
fn toml_under(heading: &str) -> &'static str {
    let (_, rest) = README.split_once(heading).expect("the heading is there");
    let (_, rest) = rest.split_once("```toml\n").expect("TOML stands under it");
    rest.split_once("```").expect("it ends").0
}

#[test]
fn the_files_that_are_shown_can_be_used() {
    let day = "2026-01-01".parse().expect("a day");
    let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let pack = rules::pack("README.md", toml_under("\n## Your own rules\n")).expect("a pack");
    for rule in &pack.rules {
        assert!(!rule.rule.finds.is_empty() && !rule.rule.leaves.is_empty());
    }
    let list = suppress::parse("README.md", toml_under("\n## Suppressions\n"), day);
    assert_eq!(list.expect("suppressions").len(), 1);
    let policy = policy::read("README.md", toml_under("\n## Policy\n"), &ids, day);
    assert_eq!(policy.expect("a policy").levels.len(), 1);
}
