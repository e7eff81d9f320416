//! `plainsight rules`: what is looked for, and why.

use super::packs::{self, PackArgs};
use super::{Failure, out};
use crate::analysis::Settings;
use crate::analysis::rules::{self, Failed, PackRule, Packs, Rule};
use crate::text::Raw;
use clap::Subcommand;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// One rule a line: id, severity, title
    List {
        #[command(flatten)]
        packs: PackArgs,
    },
    /// All that is known of one rule
    Show {
        /// The rule's id, as in `poisoning/concealment`
        id: String,
        #[command(flatten)]
        packs: PackArgs,
    },
    /// Run the examples of rules: exit code 1 where a rule does not find what it should, or finds what it should not
    Test {
        /// Files of rules; without one, the built-in rules and those in your configuration
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::List { packs } => {
            let packs = told(packs)?;
            out::results(|out| {
                let own = packs.own().map(|own| own.rule);
                rules::all().chain(own).try_for_each(|rule| {
                    writeln!(
                        out,
                        "{:<34} {:<9} {}",
                        rule.id,
                        rule.severity.name(),
                        line(rule.title)
                    )
                })
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Verb::Show { id, packs } => {
            let packs = told(packs)?;
            let own = packs.own().map(|own| own.rule);
            let Some(rule) = rules::all().chain(own).find(|rule| rule.id == id) else {
                anyhow::bail!("there is no rule `{id}`; `plainsight rules list` shows all of them")
            };
            let data = packs.rules().find(|own| own.rule.id == rule.id);
            out::results(|out| show(rule, data, out))?;
            Ok(ExitCode::SUCCESS)
        }
        Verb::Test { files } => test(files),
    }
}

/// The packs in use; what could not be used is said.
pub fn told(args: &PackArgs) -> Result<Packs, Failure> {
    let mut notes = Vec::new();
    let packs = args.packs(&mut notes)?;
    notes
        .iter()
        .for_each(|note| out::say(&format!("plainsight: {note}")));
    Ok(packs)
}

/// Text of a pack on one line.
fn line(text: &str) -> String {
    Raw::from(text).inline().as_str().to_owned()
}

fn show(rule: &Rule, data: Option<&PackRule>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", rule.id, line(rule.title))?;
    writeln!(
        out,
        "severity    {} (confidence {})",
        rule.severity.name(),
        rule.confidence.name()
    )?;
    writeln!(out, "category    {}", rule.category.name())?;
    let taxonomy = [rule.owasp, rule.safe_mcp, rule.cwe].concat().join(", ");
    if !taxonomy.is_empty() {
        writeln!(out, "taxonomy    {}", line(&taxonomy))?;
    }
    if !rule.impact.is_empty() {
        writeln!(out, "impact      {}", line(&rule.impact.join(", ")))?;
    }
    writeln!(out, "looks at    {}", line(rule.looks_at))?;
    if let Some(data) = data {
        let kinds = [
            ("any of", &data.any),
            ("all of", &data.all),
            ("unless", &data.unless),
        ];
        for (word, patterns) in kinds {
            for pattern in patterns {
                writeln!(out, "{word:<12}{}", line(&pattern.source))?;
            }
        }
        writeln!(out, "stands in   {}", data.at)?;
    }
    writeln!(
        out,
        "\nWhy it matters\n  {}\n\nWhat to do\n  {}",
        line(rule.why),
        line(rule.advice)
    )
}

/// Runs examples and says which failed.
fn test(files: &[PathBuf]) -> Result<ExitCode, Failure> {
    let mut packs = Packs::default();
    // A pack that cannot be used is no warning here: whoever tests rules wants to know.
    let configured = files.is_empty().then(packs::configured);
    for file in configured.as_deref().unwrap_or(files) {
        packs::add(&mut packs, file)?;
    }
    let own = packs.own().map(|own| own.rule);
    let tested: Vec<&'static Rule> = if files.is_empty() {
        rules::all().chain(own).collect()
    } else {
        own.collect()
    };
    let settings = Arc::new(Settings {
        packs,
        ..Settings::default()
    });
    let failed: Vec<Failed> = tested
        .iter()
        .flat_map(|rule| rules::failures(rule, &settings))
        .collect();
    let examples: usize = tested
        .iter()
        .map(|rule| rule.finds.len() + rule.leaves.len())
        .sum();
    out::results(|out| {
        for failed in &failed {
            let what = if failed.should_find {
                "does not find"
            } else {
                "should leave alone"
            };
            let example = Raw::from(format!("{:?}", failed.example).as_str()).label(200);
            writeln!(out, "{} {what} {example}", failed.rule.id)?;
        }
        for rule in tested.iter().filter(|rule| rule.finds.is_empty()) {
            writeln!(out, "{} has no example that it must find", rule.id)?;
        }
        writeln!(
            out,
            "{} rules, {examples} examples, {} failed",
            tested.len(),
            failed.len()
        )
    })?;
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}
