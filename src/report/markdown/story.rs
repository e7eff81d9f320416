//! Stories in Markdown: an attack step by step.

use super::escape::{code, prose};
use super::{Paper, finding};
use crate::analysis::Story;
use crate::session::size;
use crate::store::cases::story_key;
use std::io::{self, Write};

pub(super) fn all(paper: &Paper<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = paper.report.findings.list();
    let told = paper.report.places();
    let is_told = |story: &&Story| story.findings.iter().any(|n| told.contains(n));
    let stories = paper.report.findings.stories().iter();
    let stories: Vec<&Story> = stories.filter(is_told).collect();
    if stories.is_empty() {
        return Ok(());
    }
    writeln!(out, "## What happened\n")?;
    for (n, story) in stories.iter().enumerate() {
        let word = story.severity.name().to_uppercase();
        let ending = story.ending.name();
        writeln!(
            out,
            "### Story {}, {ending}, {word}: {}\n",
            n + 1,
            prose(&story.title)
        )?;
        let key = story.findings.first().and_then(|n| findings.get(*n));
        let key = key.map(|finding| story_key(&finding.id));
        let mark = key.and_then(|key| paper.review?.marks.get(&key));
        if let Some(mark) = mark {
            writeln!(out, "{}\n", finding::verdict(mark))?;
        }
        for (step, one) in story.steps.iter().enumerate() {
            let session = paper.session();
            let server = session.server(session.server_of(one.row)).label.as_raw();
            let name = session.name(one.row);
            let tool = match name.is_empty() {
                true => String::new(),
                false => format!(", {}", code(name, 80)),
            };
            writeln!(
                out,
                "{}. **{}**: {} ({}{tool}; {})",
                step + 1,
                one.role,
                prose(&one.what),
                code(server, 60),
                finding::at(session, one.row)
            )?;
        }
        writeln!(out)?;
        if let Some(left) = &story.left {
            writeln!(
                out,
                "What left: {}, {}.\n",
                prose(&left.what),
                size(left.bytes)
            )?;
        }
        if !story.indicators.is_empty() {
            let shown = story.indicators.iter().take(20);
            let shown: Vec<String> = shown.map(|one| code(one.as_raw(), 200)).collect();
            writeln!(out, "What marks it: {}.\n", shown.join(", "))?;
        }
        let of: Vec<String> = story
            .findings
            .iter()
            .filter_map(|n| findings.get(*n))
            .map(|one| format!("{} ({})", prose(&one.title), one.severity.name()))
            .collect();
        writeln!(out, "Its findings: {}.\n", of.join("; "))?;
    }
    Ok(())
}
