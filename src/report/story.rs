//! Stories in the reports.

use super::json::{Json, place};
use crate::analysis::{Findings, Severity, Story};
use crate::session::Session;
use std::io::{self, Write};

/// A story as the contract has it.
pub(super) fn json(
    session: &Session,
    findings: &Findings,
    story: &Story,
    out: &mut Json<'_>,
) -> io::Result<()> {
    out.open(None, '{')?;
    out.text("id", &story.id)?;
    out.text("title", &story.title)?;
    out.text("severity", story.severity.name())?;
    out.text("outcome", story.ending.name())?;
    out.open(Some("findings"), '[')?;
    for n in &story.findings {
        out.item(&findings.list()[*n].id)?;
    }
    out.close(']')?;
    out.open(Some("steps"), '[')?;
    for step in &story.steps {
        out.open(None, '{')?;
        place(session, step.row, out)?;
        out.raw(
            "server",
            session.server(session.server_of(step.row)).label.as_raw(),
        )?;
        let name = session.name(step.row);
        if name.is_empty() {
            out.plain("tool", "null")?;
        } else {
            out.raw("tool", name)?;
        }
        out.text("role", step.role)?;
        out.text("what", &step.what)?;
        out.close('}')?;
    }
    out.close(']')?;
    match &story.left {
        Some(left) => {
            out.open(Some("left"), '{')?;
            out.text("what", &left.what)?;
            out.number("bytes", left.bytes)?;
            out.close('}')?;
        }
        None => out.plain("left", "null")?,
    }
    out.open(Some("indicators"), '[')?;
    for indicator in &story.indicators {
        out.item_raw(indicator.as_raw())?;
    }
    out.close(']')?;
    out.close('}')
}

/// A story for people: its outcome, then a line a step.
pub(super) fn text(
    session: &Session,
    story: &Story,
    paint: &dyn Fn(Severity) -> (&'static str, &'static str),
    out: &mut dyn Write,
) -> io::Result<()> {
    let (on, off) = paint(story.severity);
    writeln!(
        out,
        "{on}STORY, {}{off}  {}",
        story.ending.name(),
        story.title
    )?;
    for step in &story.steps {
        let row = session.row(step.row);
        let time = if row.time.known() {
            format!(" at {}", row.time.clock())
        } else {
            String::new()
        };
        writeln!(
            out,
            "   {:<8} {} (line {}{time})",
            step.role, step.what, row.line
        )?;
    }
    if let Some(left) = &story.left {
        writeln!(out, "   {:<8} {}, {} bytes", "gone", left.what, left.bytes)?;
    }
    writeln!(out)
}
