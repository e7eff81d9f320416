//! `plainsight.check/1`: the contract that other programs read.
//!
//! Names and ids are JSON strings whose *values* are the originals, spelled with `\u` escapes wherever a character is
//! not plainly visible; evidence is escaped text of at most 400 characters, with the place of the span counted in
//! characters of it.

use super::{Report, coverage, silenced, story};
use crate::analysis::{Evidence, Finding, Related, Severity};
use crate::session::{ItemKind, RowId, Server, Session};
use crate::text::{Raw, evidence, json_string};
use std::collections::HashMap;
use std::io::{self, Write};

/// Version of the contract.
pub const SCHEMA: &str = "plainsight.check/1";

/// Most characters of one piece of evidence.
const EVIDENCE: usize = 400;
/// Bytes of context on each side of the span.
const AROUND: usize = 120;

/// Writes the report as one JSON document with a newline after it.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    json.open(None, '{')?;
    json.text("schema", SCHEMA)?;
    json.open(Some("tool"), '{')?;
    json.text("name", env!("CARGO_PKG_NAME"))?;
    json.text("version", env!("CARGO_PKG_VERSION"))?;
    let packs = &report.findings.settings().packs;
    json.text("rules", &crate::analysis::rules::version(packs))?;
    json.close('}')?;
    sources(report.session, &mut json)?;
    servers(report.session, &mut json)?;
    json.open(Some("summary"), '{')?;
    for severity in Severity::ALL.iter().rev() {
        json.number(
            severity.name(),
            u64::from(report.counts()[*severity as usize]),
        )?;
    }
    json.close('}')?;
    json.open(Some("findings"), '[')?;
    for finding in report.findings() {
        one(report.session, finding, &mut json)?;
    }
    json.close(']')?;
    json.open(Some("stories"), '[')?;
    for told in report.findings.stories() {
        story::json(report.session, report.findings, told, &mut json)?;
    }
    json.close(']')?;
    json.open(Some("coverage"), '[')?;
    for sentence in coverage(report.session) {
        json.item(&sentence)?;
    }
    json.close(']')?;
    silenced::json(report, &mut json)?;
    json.close('}')?;
    writeln!(json.out)
}

fn sources(session: &Session, json: &mut Json<'_>) -> io::Result<()> {
    json.open(Some("sources"), '[')?;
    for source in session.sources() {
        json.open(None, '{')?;
        json.raw("path", source.path.as_raw())?;
        json.text("format", source.format.id)?;
        json.text("class", source.class.name())?;
        json.number("bytes", source.size)?;
        json.number("messages", source.messages)?;
        json.number("unreadable", source.unreadable)?;
        json.close('}')?;
    }
    json.close(']')
}

fn servers(session: &Session, json: &mut Json<'_>) -> io::Result<()> {
    let mut tools = vec![0u64; session.servers().len()];
    for item in session.items() {
        if item.kind == ItemKind::Tool {
            tools[item.server.index()] += 1;
        }
    }
    json.open(Some("servers"), '[')?;
    for (server, tools) in session.servers().iter().zip(tools) {
        json.open(None, '{')?;
        json.raw("id", server.label.as_raw())?;
        json.raw("name", name(server))?;
        json.raw("version", server.version.as_raw())?;
        json.number("tools", tools)?;
        json.number("calls", u64::from(server.calls))?;
        json.close('}')?;
    }
    json.close(']')
}

/// What the server calls itself; its label where it does not say.
fn name(server: &Server) -> Raw<'_> {
    if server.name.as_raw().is_empty() {
        server.label.as_raw()
    } else {
        server.name.as_raw()
    }
}

fn one(session: &Session, finding: &Finding, json: &mut Json<'_>) -> io::Result<()> {
    let rule = finding.rule;
    json.open(None, '{')?;
    json.text("id", &finding.id)?;
    json.text("rule", rule.id)?;
    json.text("title", &finding.title)?;
    json.text("severity", finding.severity.name())?;
    json.text("confidence", finding.confidence.name())?;
    json.text("category", rule.category.name())?;
    json.open(Some("taxonomy"), '{')?;
    json.list("owasp_mcp", rule.owasp)?;
    json.list("safe_mcp", rule.safe_mcp)?;
    json.list("cwe", rule.cwe)?;
    json.close('}')?;
    json.list("impact", rule.impact)?;
    whose(session, finding, json)?;
    json.open(Some("where"), '{')?;
    json.text("kind", finding.place.kind.name())?;
    json.text("pointer", &finding.place.pointer)?;
    json.close('}')?;
    json.open(Some("message"), '{')?;
    place(session, finding.row, json)?;
    match session.row(finding.row).time.rfc3339() {
        Some(time) => json.text("time", &time)?,
        None => json.plain("time", "null")?,
    }
    json.close('}')?;
    json.number("count", u64::from(finding.count))?;
    json.open(Some("evidence"), '[')?;
    for piece in &finding.evidence {
        quote(piece, json)?;
    }
    json.close(']')?;
    json.open(Some("related"), '[')?;
    for Related { row, role } in &finding.related {
        json.open(None, '{')?;
        place(session, *row, json)?;
        json.text("role", role)?;
        json.close('}')?;
    }
    json.close(']')?;
    json.text("explanation", &finding.explanation)?;
    json.text("advice", &finding.advice)?;
    json.close('}')
}

/// Server and tool of a finding.
pub(super) fn whose(session: &Session, finding: &Finding, json: &mut Json<'_>) -> io::Result<()> {
    match finding.server {
        Some(id) => json.raw("server", session.server(id).label.as_raw())?,
        None => json.plain("server", "null")?,
    }
    match &finding.tool {
        Some(tool) => json.raw("tool", tool.as_raw()),
        None => json.plain("tool", "null"),
    }
}

/// Source, line and the recording's own number of a message.
pub(super) fn place(session: &Session, id: RowId, json: &mut Json<'_>) -> io::Result<()> {
    let row = session.row(id);
    json.number("source", u64::from(row.source.0))?;
    json.number("line", u64::from(row.line))?;
    let seq = match json.seqs.get(&id) {
        Some(seq) => *seq,
        None => {
            let seq = session.read(id).ok().and_then(|body| body.seq());
            json.seqs.insert(id, seq);
            seq
        }
    };
    match seq {
        Some(seq) => json.number("seq", seq),
        None => json.plain("seq", "null"),
    }
}

fn quote(piece: &Evidence, json: &mut Json<'_>) -> io::Result<()> {
    let (text, span) = evidence(piece.text.as_raw(), piece.span.clone(), AROUND, EVIDENCE);
    let characters = |end: usize| text.get(..end).map_or(0, |head| head.chars().count()) as u64;
    json.open(None, '{')?;
    json.text("text", &text)?;
    json.number("start", characters(span.start))?;
    json.number("end", characters(span.end))?;
    json.close('}')
}

/// A JSON document being written. Commas are put where they belong.
pub(super) struct Json<'w> {
    out: &'w mut dyn Write,
    first: bool,
    /// The recording's own numbers of messages: a listing with findings in many tools is read once.
    seqs: HashMap<RowId, Option<u64>>,
}

impl<'w> Json<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Json<'w> {
        Json {
            out,
            first: true,
            seqs: HashMap::new(),
        }
    }

    fn key(&mut self, key: Option<&str>) -> io::Result<()> {
        if !std::mem::replace(&mut self.first, false) {
            self.out.write_all(b",")?;
        }
        match key {
            Some(key) => write!(self.out, "\"{key}\":"),
            None => Ok(()),
        }
    }

    pub(super) fn open(&mut self, key: Option<&str>, bracket: char) -> io::Result<()> {
        self.key(key)?;
        self.first = true;
        write!(self.out, "{bracket}")
    }

    pub(super) fn close(&mut self, bracket: char) -> io::Result<()> {
        self.first = false;
        write!(self.out, "{bracket}")
    }

    pub(super) fn plain(&mut self, key: &str, value: &str) -> io::Result<()> {
        self.key(Some(key))?;
        self.out.write_all(value.as_bytes())
    }

    pub(super) fn number(&mut self, key: &str, value: u64) -> io::Result<()> {
        self.plain(key, &value.to_string())
    }

    pub(super) fn raw(&mut self, key: &str, value: Raw<'_>) -> io::Result<()> {
        let mut text = String::new();
        json_string(value, &mut text);
        self.plain(key, &text)
    }

    pub(super) fn text(&mut self, key: &str, value: &str) -> io::Result<()> {
        self.raw(key, Raw::from(value))
    }

    pub(super) fn item(&mut self, value: &str) -> io::Result<()> {
        self.item_raw(Raw::from(value))
    }

    pub(super) fn item_raw(&mut self, value: Raw<'_>) -> io::Result<()> {
        self.key(None)?;
        let mut text = String::new();
        json_string(value, &mut text);
        self.out.write_all(text.as_bytes())
    }

    fn list(&mut self, key: &str, values: &[&str]) -> io::Result<()> {
        self.open(Some(key), '[')?;
        for value in values {
            self.item(value)?;
        }
        self.close(']')
    }
}
