//! The README says what the program does.

use plainsight::analysis::rules;
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
