//! One finding in Markdown.

use super::escape::{code, prose, span};
use super::{Paper, Report};
use crate::analysis::{Evidence, Finding};
use crate::session::Session;
use crate::store::cases::{Mark, Review};
use crate::text::{Raw, evidence};
use std::fmt;
use std::io;

/// Pieces of evidence, and the characters of one.
const PIECES: usize = 4;
const EVIDENCE: usize = 400;
/// Bytes of context on each side of the span.
const AROUND: usize = 160;

/// A finding alone, to be pasted somewhere.
pub fn alone(report: &Report<'_>, review: &Review, finding: &Finding) -> String {
    let paper = Paper {
        report,
        review: Some(review),
    };
    let word = finding.severity.name().to_uppercase();
    let mut out = format!("**{word}: {}**\n\n", prose(&finding.title));
    // Writing into memory does not fail.
    let _ = body(&paper, finding, &mut out);
    out
}

/// Under a heading of its own.
pub(super) fn section(
    paper: &Paper<'_>,
    number: usize,
    finding: &Finding,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let word = finding.severity.name().to_uppercase();
    writeln!(out, "### {number}. {word}: {}\n", prose(&finding.title))?;
    let mut text = String::new();
    body(paper, finding, &mut text).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

fn body(paper: &Paper<'_>, finding: &Finding, out: &mut String) -> fmt::Result {
    use fmt::Write;
    if let Some(mark) = paper.mark(finding) {
        writeln!(out, "{}", verdict(mark))?;
    }
    let session = paper.session();
    let mut whose = Vec::new();
    if let Some(server) = finding.server {
        whose.push(code(session.server(server).label.as_raw(), 60));
    }
    if let Some(tool) = &finding.tool {
        whose.push(code(tool.as_raw(), 80));
    }
    if !whose.is_empty() {
        writeln!(out, "- About: {}", whose.join(", "))?;
    }
    let place = format!("{} {}", finding.place.kind.name(), finding.place.pointer);
    writeln!(
        out,
        "- Where: {}, {}{}",
        code(Raw::from(place.trim_end()), 200),
        at(session, finding.row),
        match finding.count {
            0 | 1 => String::new(),
            count => format!(", {count} times"),
        }
    )?;
    let taxonomy: Vec<&str> = [finding.rule.owasp, finding.rule.safe_mcp, finding.rule.cwe]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let taxonomy = match taxonomy.is_empty() {
        true => String::new(),
        false => format!(" ({})", taxonomy.join(", ")),
    };
    writeln!(
        out,
        "- Rule: {}{taxonomy}, confidence {}, finding {}",
        span(finding.rule.id),
        finding.confidence.name(),
        span(&finding.id)
    )?;
    let mut context = String::new();
    for piece in finding.evidence.iter().take(PIECES) {
        writeln!(out, "- Evidence: {}", quote(piece, &mut context))?;
    }
    for related in finding.related.iter().take(8) {
        writeln!(
            out,
            "- {}: {}",
            prose(related.role),
            at(session, related.row)
        )?;
    }
    writeln!(out)?;
    let why = finding.unweighed();
    for (label, text) in [
        ("Why", why.as_ref()),
        ("What to do", finding.advice.as_str()),
    ] {
        if !text.is_empty() {
            writeln!(out, "{label}: {}\n", prose(text))?;
        }
    }
    Ok(())
}

/// What the reviewer made of it, as an entry of a list.
pub(super) fn verdict(mark: &Mark) -> String {
    let mut line = format!("- Reviewer: **{}**", mark.verdict.name());
    if !mark.by.is_empty() {
        line += &format!(" by {}", code(Raw::from(mark.by.as_str()), 60));
    }
    if !mark.at.is_empty() {
        line += &format!(", {}", code(Raw::from(mark.at.as_str()), 40));
    }
    if !mark.note.is_empty() {
        line += &format!(": {}", prose(&mark.note));
    }
    line
}

/// What was found, and the text around it where that was not told before.
fn quote(piece: &Evidence, context: &mut String) -> String {
    let piece = piece.clone().masked();
    let (text, at) = evidence(piece.text.as_raw(), piece.span.clone(), AROUND, EVIDENCE);
    let found = text.get(at).unwrap_or_default();
    if found.is_empty() || found == text {
        return span(&text);
    }
    let around = span(&text);
    match std::mem::replace(context, around.clone()) == around {
        true => span(found),
        false => format!("{}, in {around}", span(found)),
    }
}

/// `line 218 of `file`, 2026-01-01T09:25:47Z`
pub(super) fn at(session: &Session, row: crate::session::RowId) -> String {
    let Some(one) = session.rows().get(row.index()) else {
        return "a message that is not open".to_owned();
    };
    let file = session.sources().get(one.source.index());
    let file = file.map_or_else(String::new, |source| {
        format!(" of {}", code(Raw::from(source.name().as_str()), 80))
    });
    let time = one
        .time
        .rfc3339()
        .map_or_else(String::new, |time| format!(", {time}"));
    format!("line {}{file}{time}", one.line)
}
