//! The report as Markdown, to be sent, filed and pasted: what happened, what was made of it, and what was not looked at.
//!
//! ```text
//! # Incident report: `incident.jsonl`
//! ## Summary
//! ## What happened            a story each, step by step
//! ## Confirmed · Open · False positives
//! ## Servers and tools · ## Indicators
//! ## Coverage and limits · ## Sources
//! ```
//!
//! Everything of a recording is escaped so that nothing can come of it ([`escape`]); secrets are masked.

mod escape;
mod finding;
mod story;

use super::{Report, coverage, silenced};
use crate::analysis::{Ending, Finding, Severity};
use crate::session::{Session, size};
use crate::store::cases::{Mark, Review, Verdict};
use crate::text::Raw;
use escape::{cell, code, prose, span};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

pub use finding::alone as one_finding;

/// Findings that are told at length; the others are counted by rule.
const TOLD: usize = 400;
/// Indicators that are listed.
const INDICATORS: usize = 200;

/// A report being written.
struct Paper<'a> {
    report: &'a Report<'a>,
    review: Option<&'a Review>,
}

/// Writes the report. With a review, findings are told by what the reviewer made of them.
pub fn write(report: &Report<'_>, review: Option<&Review>, out: &mut dyn Write) -> io::Result<()> {
    let paper = Paper { report, review };
    paper.head(out)?;
    paper.summary(out)?;
    story::all(&paper, out)?;
    match review {
        None => paper.findings("Findings", |_| true, out)?,
        Some(_) => {
            let is = |verdict: Verdict| {
                let paper = &paper;
                move |one: &Finding| paper.mark(one).is_some_and(|mark| mark.verdict == verdict)
            };
            paper.findings("Confirmed", is(Verdict::Confirmed), out)?;
            let open = |one: &Finding| {
                paper
                    .mark(one)
                    .is_none_or(|mark| !mark.verdict.is_decided())
            };
            paper.findings("Open", open, out)?;
            paper.findings("False positives", is(Verdict::FalsePositive), out)?;
        }
    }
    paper.servers(out)?;
    paper.indicators(out)?;
    paper.coverage(out)?;
    paper.sources(out)
}

impl Paper<'_> {
    fn session(&self) -> &Session {
        self.report.session
    }

    fn mark(&self, finding: &Finding) -> Option<&Mark> {
        self.review?.marks.get(&finding.id)
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let name = match (self.review, self.session().sources()) {
            (Some(review), _) => review.name.clone(),
            (None, [one]) => one.name(),
            (None, sources) => format!("{} sources", sources.len()),
        };
        let what = match self.review {
            Some(_) => "Incident report",
            None => "Report",
        };
        writeln!(out, "# {what}: {}\n", code(Raw::from(name.as_str()), 120))?;
        let packs = &self.report.findings.settings().packs;
        let rules = crate::analysis::rules::version(packs);
        let mut told = format!(
            "Written by plainsight {}, rules {}",
            env!("CARGO_PKG_VERSION"),
            span(&rules)
        );
        if let Some(review) = self.review {
            told += &format!(", on {}", span(&review.at));
            if !review.by.is_empty() {
                told += &format!(", for {}", code(Raw::from(review.by.as_str()), 60));
            }
        }
        writeln!(
            out,
            "{told}. Texts of the recording stand in code spans, with everything spelled that cannot be seen; secrets are masked.\n"
        )
    }

    fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## Summary\n")?;
        let counts = self.report.counts();
        let told = Severity::ALL.iter().rev();
        let told: Vec<String> = told
            .filter(|severity| counts[**severity as usize] > 0)
            .map(|severity| format!("{} {}", counts[*severity as usize], severity.name()))
            .collect();
        match told.as_slice() {
            [] => writeln!(
                out,
                "- No findings in what was looked at; what that was, and what it was not, stands under *Coverage and limits*."
            )?,
            told => writeln!(out, "- Findings: {}.", told.join(", "))?,
        }
        let stories = self.report.findings.stories();
        if !stories.is_empty() {
            let ended = |ending| {
                stories
                    .iter()
                    .filter(|story| story.ending == ending)
                    .count()
            };
            writeln!(
                out,
                "- Attacks that can be told as a story: {} ({} succeeded, {} unclear, {} attempted).",
                stories.len(),
                ended(Ending::Succeeded),
                ended(Ending::Unclear),
                ended(Ending::Attempted)
            )?;
        }
        for left in stories.iter().filter_map(|story| story.left.as_ref()) {
            writeln!(
                out,
                "- What left: {}, {}.",
                prose(&left.what),
                size(left.bytes)
            )?;
        }
        if self.review.is_some() {
            let mut tally = [0usize; 3];
            let mut open = 0;
            for finding in self.report.findings() {
                match self.mark(finding) {
                    Some(mark) => tally[mark.verdict as usize] += 1,
                    None => open += 1,
                }
            }
            writeln!(
                out,
                "- Review: {} confirmed, {} judged a false positive, {} to be looked at, {open} not looked at yet.",
                tally[0], tally[1], tally[2]
            )?;
            let known: BTreeSet<&str> = self
                .report
                .findings
                .list()
                .iter()
                .map(|one| one.id.as_str())
                .collect();
            let lost = self.review.map_or(0, |review| {
                let own = review
                    .marks
                    .keys()
                    .filter(|key| !crate::store::cases::is_story_key(key));
                own.filter(|key| !known.contains(key.as_str())).count()
            });
            if lost > 0 {
                writeln!(
                    out,
                    "- {lost} marks of the case belong to findings that are not reported now."
                )?;
            }
        }
        writeln!(out)
    }

    fn findings(
        &self,
        title: &str,
        keep: impl Fn(&Finding) -> bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let found: Vec<&Finding> = self.report.findings().filter(|one| keep(one)).collect();
        writeln!(out, "## {title} ({})\n", found.len())?;
        if found.is_empty() {
            return writeln!(out, "None.\n");
        }
        for (n, one) in found.iter().take(TOLD).enumerate() {
            finding::section(self, n + 1, one, out)?;
        }
        let mut more: BTreeMap<&str, usize> = BTreeMap::new();
        for one in found.iter().skip(TOLD) {
            *more.entry(one.rule.id).or_default() += 1;
        }
        if !more.is_empty() {
            writeln!(out, "And {} more, by rule:\n", found.len() - TOLD)?;
            for (rule, count) in more {
                writeln!(out, "- {}: {count}", span(rule))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// Servers with findings, and which of their tools.
    fn servers(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut about: BTreeMap<_, (u32, Severity, BTreeSet<&[u8]>)> = BTreeMap::new();
        for finding in self.report.findings() {
            let false_alarm = self
                .mark(finding)
                .is_some_and(|mark| mark.verdict == Verdict::FalsePositive);
            let (Some(server), false) = (finding.server, false_alarm) else {
                continue;
            };
            let entry = about
                .entry(server)
                .or_insert((0, Severity::Info, BTreeSet::new()));
            entry.0 += 1;
            entry.1 = entry.1.max(finding.severity);
            entry
                .2
                .extend(finding.tool.as_ref().map(|tool| tool.as_raw().bytes()));
        }
        if about.is_empty() {
            return Ok(());
        }
        writeln!(out, "## Servers and tools with findings\n")?;
        writeln!(
            out,
            "| server | worst | findings | tools |\n| --- | --- | --- | --- |"
        )?;
        for (server, (count, worst, tools)) in about {
            let label = self.session().server(server).label.as_raw();
            let shown: Vec<String> = tools
                .iter()
                .take(20)
                .map(|tool| cell(&code(Raw::new(tool), 60)))
                .collect();
            let more = match tools.len().saturating_sub(20) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            writeln!(
                out,
                "| {} | {} | {count} | {}{more} |",
                cell(&code(label, 60)),
                worst.name(),
                shown.join(", ")
            )?;
        }
        writeln!(out)
    }

    fn indicators(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut all: BTreeSet<&[u8]> = BTreeSet::new();
        for story in self.report.findings.stories() {
            all.extend(story.indicators.iter().map(|one| one.as_raw().bytes()));
        }
        if all.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "## Indicators\n\nAddresses, paths and commands to look for elsewhere, exactly as they stand in the recording.\n"
        )?;
        for one in all.iter().take(INDICATORS) {
            writeln!(out, "- {}", code(Raw::new(one), 400))?;
        }
        match all.len().saturating_sub(INDICATORS) {
            0 => writeln!(out),
            more => writeln!(out, "\nAnd {more} more.\n"),
        }
    }

    fn coverage(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## Coverage and limits\n")?;
        let progress = self.session().progress();
        if !progress.done || progress.studied < progress.rows {
            writeln!(
                out,
                "- The analysis was still at work: {} of {} messages were studied.",
                progress.studied, progress.rows
            )?;
        }
        for sentence in coverage(self.session()) {
            writeln!(out, "- {}", prose(&sentence))?;
        }
        for sentence in silenced::sentences(self.report) {
            writeln!(out, "- {}", prose(sentence.trim()))?;
        }
        writeln!(out)
    }

    fn sources(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## Sources\n")?;
        writeln!(
            out,
            "| file | format | class | size | messages | unreadable | SHA-256 |\n| --- | --- | --- | --- | --- | --- | --- |"
        )?;
        for (n, source) in self.session().sources().iter().enumerate() {
            let hash = self
                .review
                .and_then(|review| review.hashes.get(n)?.as_deref());
            let hash = hash.map_or_else(|| "not computed".to_owned(), span);
            writeln!(
                out,
                "| {} | {} | {} | {} B | {} | {} | {hash} |",
                cell(&code(Raw::from(source.name().as_str()), 80)),
                source.format.id,
                source.class.name(),
                source.size,
                source.messages,
                source.unreadable
            )?;
        }
        Ok(())
    }
}
