//! `plainsight rules`: what is looked for, and why.

use super::{Failure, out};
use crate::analysis::rules::{self, Rule};
use clap::Subcommand;
use std::io::{self, Write};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// One rule a line: id, severity, title
    List,
    /// All that is known of one rule
    Show {
        /// The rule's id, as in `poisoning/concealment`
        id: String,
    },
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::List => out::results(|out| {
            rules::all().try_for_each(|rule| {
                writeln!(
                    out,
                    "{:<34} {:<9} {}",
                    rule.id,
                    rule.severity.name(),
                    rule.title
                )
            })
        })?,
        Verb::Show { id } => match rules::all().find(|rule| rule.id == id) {
            Some(rule) => out::results(|out| show(rule, out))?,
            None => {
                anyhow::bail!("there is no rule `{id}`; `plainsight rules list` shows all of them")
            }
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn show(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", rule.id, rule.title)?;
    writeln!(
        out,
        "severity    {} (confidence {})",
        rule.severity.name(),
        rule.confidence.name()
    )?;
    writeln!(out, "category    {}", rule.category.name())?;
    let taxonomy = [rule.owasp, rule.safe_mcp, rule.cwe].concat().join(", ");
    if !taxonomy.is_empty() {
        writeln!(out, "taxonomy    {taxonomy}")?;
    }
    if !rule.impact.is_empty() {
        writeln!(out, "impact      {}", rule.impact.join(", "))?;
    }
    writeln!(out, "looks at    {}", rule.looks_at)?;
    writeln!(
        out,
        "\nWhy it matters\n  {}\n\nWhat to do\n  {}",
        rule.why, rule.advice
    )
}
