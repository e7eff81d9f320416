//! The report for people.
//!
//! ```text
//! ▲ CRITICAL  a private key read from `files` leaves through `mailer`
//!             exfiltration/secret · mailer · send_email · arguments /body · line 218 at 09:25:47
//!             -----BEGIN OPENSSH…
//!             ^^^^^^^^^^^^^^^^^^^
//!    why      …
//!    do       …
//! ```

use super::{Report, coverage, silenced, story};
use crate::analysis::{Finding, Severity};
use crate::session::Session;
use crate::text::{evidence, width};
use std::io::{self, Write};

/// How the text looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    pub colour: bool,
    pub ascii: bool,
}

/// Characters of evidence on its line.
const EVIDENCE: usize = 100;

pub fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for told in report.findings.stories() {
        story::text(report.session, told, &|severity| paint(severity, look), out)?;
    }
    for finding in report.findings() {
        one(report.session, finding, look, out)?;
    }
    let counts = report.counts();
    let told: Vec<String> = Severity::ALL
        .iter()
        .rev()
        .filter(|severity| counts[**severity as usize] > 0)
        .map(|severity| format!("{} {}", counts[*severity as usize], severity.name()))
        .collect();
    match told.as_slice() {
        [] => writeln!(out, "No findings in what was looked at:")?,
        told => writeln!(out, "{} in what was looked at:", told.join(", "))?,
    }
    for sentence in coverage(report.session) {
        writeln!(out, "  {sentence}")?;
    }
    silenced::text(report, out)
}

fn one(session: &Session, finding: &Finding, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let (on, off) = paint(finding.severity, look);
    let sign = sign(finding.severity, look);
    let word = finding.severity.name().to_uppercase();
    writeln!(out, "{on}{sign} {word:<8}{off}  {}", finding.title)?;
    let row = session.row(finding.row);
    let mut at = vec![finding.rule.id.to_string()];
    if let Some(server) = finding.server {
        at.push(session.server(server).label.as_raw().label(60));
    }
    if let Some(tool) = &finding.tool {
        at.push(tool.as_raw().label(60));
    }
    at.push(
        format!("{} {}", finding.place.kind.name(), finding.place.pointer)
            .trim_end()
            .to_string(),
    );
    let time = if row.time.known() {
        format!(" at {}", row.time.clock())
    } else {
        String::new()
    };
    let file = match session.sources() {
        [_] => String::new(),
        sources => format!("{}, ", sources[row.source.index()].name()),
    };
    at.push(format!("{file}line {}{time}", row.line));
    if finding.count > 1 {
        at.push(format!("{} times", finding.count));
    }
    let dot = if look.ascii { " - " } else { " · " };
    writeln!(out, "            {}", at.join(dot))?;
    for piece in finding.evidence.iter().take(3) {
        let (text, span) = evidence(piece.text.as_raw(), piece.span.clone(), 40, EVIDENCE);
        let before = text.get(..span.start).map_or(0, width);
        let lit = text.get(span.clone()).map_or(0, width).max(1);
        writeln!(out, "            {text}")?;
        writeln!(
            out,
            "            {}{on}{}{off}",
            " ".repeat(before),
            "^".repeat(lit)
        )?;
    }
    paragraph(out, "why", &finding.explanation)?;
    paragraph(out, "do", &finding.advice)?;
    writeln!(out)
}

/// A labelled paragraph, wrapped at 100 columns.
fn paragraph(out: &mut dyn Write, label: &str, sentence: &str) -> io::Result<()> {
    if sentence.is_empty() {
        return Ok(());
    }
    let shown = crate::text::reveal(
        crate::text::Raw::from(sentence),
        &crate::text::Options::default(),
    );
    for (n, row) in crate::text::wrap(&shown, 88).into_iter().enumerate() {
        let label = if n == 0 { label } else { "" };
        writeln!(out, "   {label:<8} {}", &shown.as_str()[row])?;
    }
    Ok(())
}

/// The sign beside the word, so that colour is never needed.
fn sign(severity: Severity, look: Look) -> &'static str {
    match (severity, look.ascii) {
        (Severity::Critical | Severity::High, false) => "▲",
        (Severity::Medium, false) => "◆",
        (Severity::Low, false) => "●",
        (Severity::Info, false) => "·",
        (Severity::Critical | Severity::High, true) => "!",
        (Severity::Medium, true) => "*",
        (Severity::Low, true) => "o",
        (Severity::Info, true) => "-",
    }
}

/// Sixteen-colour codes: the terminal's own palette decides what they look like.
fn paint(severity: Severity, look: Look) -> (&'static str, &'static str) {
    if !look.colour {
        return ("", "");
    }
    let on = match severity {
        Severity::Critical => "\x1b[1;31m",
        Severity::High => "\x1b[31m",
        Severity::Medium => "\x1b[33m",
        Severity::Low => "\x1b[36m",
        Severity::Info => "\x1b[2m",
    };
    (on, "\x1b[0m")
}
