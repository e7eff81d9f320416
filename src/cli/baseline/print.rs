//! What is known, for people and programs.

use super::named;
use crate::cli::{Failure, out};
use crate::session::ItemKind;
use crate::store::baseline::{Baseline, Client, Covers, Known, KnownItem, Store, Verdict, Wording};
use crate::text::{Raw, json_string};
use std::io::{self, Write};

pub fn list(store: &Store, json: bool) -> Result<(), Failure> {
    let baseline = store.load()?;
    out::results(|out| {
        baseline
            .servers()
            .iter()
            .try_for_each(|known| line(known, json, out))
    })?;
    if baseline.is_empty() {
        out::say(&format!(
            "Nothing is trusted yet in {}. `plainsight baseline accept SOURCE` trusts what a recording holds.",
            store.shown()
        ));
    }
    Ok(())
}

/// Definitions by what was decided last of them: accepted, rejected, undecided.
fn counts(known: &Known) -> [usize; 3] {
    let mut counts = [0; 3];
    for item in known.items() {
        counts[match standing(item) {
            Some(Verdict::Accepted) => 0,
            Some(Verdict::Rejected) => 1,
            None => 2,
        }] += 1;
    }
    counts
}

fn standing(item: &KnownItem) -> Option<Verdict> {
    let decided = item.wordings.iter().filter_map(|one| one.decision.as_ref());
    decided
        .max_by_key(|decision| &decision.at)
        .map(|decision| decision.verdict)
}

fn line(known: &Known, json: bool, out: &mut dyn Write) -> io::Result<()> {
    let [accepted, rejected, seen] = counts(known);
    let identity = &known.identity;
    if json {
        let text = |text: &Option<String>| match text {
            Some(text) => quoted(text),
            None => "null".to_owned(),
        };
        return writeln!(
            out,
            r#"{{"id":"{}","label":{},"address":{},"accepted":{accepted},"rejected":{rejected},"seen":{seen}}}"#,
            identity.id(),
            text(&identity.label),
            text(&identity.address)
        );
    }
    let shown =
        |text: &Option<String>, cells| Raw::from(text.as_deref().unwrap_or("(any)")).label(cells);
    writeln!(
        out,
        "{}  {:<20}  {accepted:>4} accepted  {rejected:>3} rejected  {seen:>4} seen  {}{}",
        identity.id(),
        shown(&identity.label, 20),
        shown(&identity.address, 100),
        client(identity.client)
    )
}

fn client(client: Client) -> String {
    match client {
        Client::Unknown => "  (any client)".to_owned(),
        Client::Of(hash) => format!("  (client {})", &hash.to_string()[..8]),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    json_string(Raw::from(text), &mut out);
    out
}

pub fn show(store: &Store, server: &str, tool: Option<&str>) -> Result<(), Failure> {
    let baseline: Baseline = store.load()?;
    let found = named(&baseline, server, store)?;
    let is = |item: &KnownItem| tool.is_none_or(|tool| item.name == tool);
    if let Some(tool) = tool
        && !found.iter().any(|known| known.items().iter().any(is))
    {
        anyhow::bail!("nothing called `{tool}` is known of `{server}`");
    }
    out::results(|out| {
        for known in found {
            line(known, false, out)?;
            for item in known.items().iter().filter(|item| is(item)) {
                one(item, tool.is_some(), out)?;
            }
        }
        Ok(())
    })
}

fn one(item: &KnownItem, texts: bool, out: &mut dyn Write) -> io::Result<()> {
    let kind = ItemKind::from(item.kind).name();
    writeln!(out, "  {kind} {}", Raw::from(item.name.as_str()).label(80))?;
    for wording in &item.wordings {
        writeln!(
            out,
            "    {}  {}",
            &wording.hash.to_string()[..8],
            told(wording)
        )?;
        for sighting in &wording.seen {
            writeln!(
                out,
                "              seen {}  in {}",
                Raw::from(sighting.at.as_str()).label(32),
                Raw::from(sighting.source.as_str()).label(80)
            )?;
        }
        if texts {
            let text = match &wording.text {
                Some(text) => Raw::from(text.as_str()).label(100_000),
                None => "(only its hash is kept)".to_owned(),
            };
            writeln!(out, "              {text}")?;
        }
    }
    Ok(())
}

fn told(wording: &Wording) -> String {
    let verdict = match &wording.decision {
        Some(decision) => format!(
            "{} on {} by {}",
            decision.verdict.name(),
            Raw::from(decision.day()).label(12),
            Raw::from(decision.source.as_str()).label(80)
        ),
        None => "nobody decided".to_owned(),
    };
    match wording.covers {
        Covers::All => verdict,
        Covers::Call => format!("{verdict}; holds its name, description and parameters"),
        Covers::Members => format!("{verdict}; holds its members but `_meta` and the like"),
        Covers::Parameters => {
            format!("{verdict}; holds its name, description and what its parameters are")
        }
    }
}
