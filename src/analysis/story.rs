//! Stories: findings that are one attack, in order, and whether it succeeded.
//!
//! A story begins with what *told* the agent (a definition or a result with orders in it), goes on with what was *read*
//! and what *left* or *ran* because of it, and says what was to be *hidden*. It is joined by evidence only: the same
//! value, the same message, the same tool.

use super::finding::Finding;
use super::findings::Findings;
use super::rank::{Category, PlaceKind, Severity};
use super::rules;
use crate::session::{Outcome, RowId, ServerId, Session};
use crate::text::{Raw, RawBuf};
use std::collections::BTreeMap;

/// How an attack ended, as far as the recording tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ending {
    /// The last step is not in the session, or it failed.
    Attempted,
    /// The recording cannot tell: there is no answer to the last step.
    Unclear,
    Succeeded,
}

impl Ending {
    pub const fn name(self) -> &'static str {
        match self {
            Ending::Attempted => "attempted",
            Ending::Unclear => "unclear",
            Ending::Succeeded => "succeeded",
        }
    }
}

/// One step of an attack.
#[derive(Clone, Debug)]
pub struct Step {
    pub row: RowId,
    /// `told`, `read`, `left`, `ran`, `hid`.
    pub role: &'static str,
    /// One sentence, safe to show.
    pub what: String,
}

/// What left the machine.
#[derive(Clone, Debug)]
pub struct Left {
    pub what: String,
    pub bytes: u64,
}

/// One attack.
#[derive(Clone, Debug)]
pub struct Story {
    pub id: String,
    pub title: String,
    pub severity: Severity,
    pub ending: Ending,
    /// Places in [`Findings::list`], in the order of their messages.
    pub findings: Vec<usize>,
    pub steps: Vec<Step>,
    pub left: Option<Left>,
    /// Addresses, paths and commands that mark the attack, as they stand in the recording.
    pub indicators: Vec<RawBuf>,
    /// Who told.
    pub server: Option<ServerId>,
}

/// What a finding says beyond its own text, for stories.
#[derive(Clone, Debug, Default)]
pub struct Clues {
    /// The text asks that the person is not told.
    pub hides: bool,
    /// Addresses, paths, commands that it names.
    pub named: Vec<Vec<u8>>,
    /// The tool whose definition or result the call followed.
    pub by: Option<RawBuf>,
    /// Private bytes that left, and what they are.
    pub left: Option<(String, u64)>,
}

/// Joins the findings of a session into stories, worst first.
pub fn tell(session: &Session, findings: &Findings) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut used = vec![false; findings.len()];
    let all = beginnings(findings);
    // What a call followed says whose leak it is; only then, who received it.
    let mut claimed = vec![false; findings.len()];
    for told in &all {
        for n in followed(session, findings, told) {
            claimed[n] = true;
        }
    }
    for told in all {
        let mut chapter = Chapter::default();
        chapter.follow(session, findings, &told, &claimed);
        chapter.findings.iter().for_each(|n| used[*n] = true);
        stories.extend(chapter.close(session, findings, Some(&told)));
    }
    // Private data that left although nothing in the recording asked for it.
    for (n, finding) in findings.list().iter().enumerate() {
        if !used[n]
            && finding.rule.id == rules::EXFILTRATION.id
            && finding.severity >= Severity::High
        {
            let mut chapter = Chapter::default();
            chapter.leak(session, findings, n);
            stories.extend(chapter.close(session, findings, None));
        }
    }
    // Many texts that nobody followed are many findings, not many stories.
    const MOST_ATTEMPTS: usize = 50;
    stories.sort_by_key(|s| {
        (
            std::cmp::Reverse((s.severity, s.ending)),
            s.steps.first().map(|s| s.row),
        )
    });
    let mut attempts = 0;
    stories.retain(|s| {
        let acted = s
            .steps
            .iter()
            .any(|step| matches!(step.role, "left" | "ran"));
        attempts += usize::from(!acted);
        acted || attempts <= MOST_ATTEMPTS
    });
    stories
}

/// Findings in one text that gives orders.
struct Told {
    findings: Vec<usize>,
    row: RowId,
    server: Option<ServerId>,
    tool: Option<RawBuf>,
    is_definition: bool,
}

/// Texts that give orders: a definition is one, with all its versions; a result is one a message.
fn beginnings(findings: &Findings) -> Vec<Told> {
    /// Whose text it is; for a result, which one.
    type Text = (Option<ServerId>, Option<RawBuf>, Option<RowId>);
    let mut groups: BTreeMap<Text, Vec<usize>> = BTreeMap::new();
    for (n, finding) in findings.list().iter().enumerate() {
        let tells = match finding.rule.category {
            Category::Poisoning | Category::ResultInjection | Category::Shadowing => true,
            Category::Redefinition => finding.severity >= Severity::High,
            Category::HiddenText => finding.severity == Severity::Critical,
            _ => false,
        };
        if tells && finding.severity >= Severity::Medium {
            let row = (!is_definition(finding)).then_some(finding.row);
            groups
                .entry((finding.server, finding.tool.clone(), row))
                .or_default()
                .push(n);
        }
    }
    let orders = |n: &usize| findings.list()[*n].rule.category != Category::Redefinition;
    groups
        .into_iter()
        .filter(|(_, group)| group.iter().any(orders))
        .map(|((server, tool, row), group)| {
            let first = group
                .iter()
                .find(|n| orders(n))
                .map(|n| findings.list()[*n].row);
            Told {
                row: row.or(first).unwrap_or(RowId(0)),
                findings: group,
                server,
                tool,
                is_definition: row.is_none(),
            }
        })
        .collect()
}

fn is_definition(finding: &Finding) -> bool {
    matches!(
        finding.place.kind,
        PlaceKind::Definition | PlaceKind::ServerInfo | PlaceKind::Prompt | PlaceKind::Resource
    ) && finding.rule.category != Category::ResultInjection
}

/// Calls that used what a text named.
fn obeyed(findings: &Findings, told: &Told) -> Vec<usize> {
    let list = findings.list();
    let from_told = |n: usize| {
        let by = &findings.clues(n).by;
        (by.is_none() || *by == told.tool)
            && list[n].related.iter().any(|r| {
                r.role == "instructed"
                    && (r.row == told.row || told.findings.iter().any(|t| list[*t].row == r.row))
            })
    };
    findings
        .instructed()
        .filter(|n| {
            list[*n].severity >= Severity::Medium && list[*n].row > told.row && from_told(*n)
        })
        .collect()
}

/// Leaks in calls that followed a text, or of what such calls read.
fn followed(session: &Session, findings: &Findings, told: &Told) -> Vec<usize> {
    let list = findings.list();
    let obeyed = obeyed(findings, told);
    let obeying = |row: RowId| obeyed.iter().any(|n| list[*n].row == row);
    findings
        .leaks()
        .filter(|n| {
            let finding = &list[*n];
            let read = finding
                .related
                .iter()
                .find(|r| r.role == "read")
                .map(|r| r.row);
            let request = read.and_then(|row| session.request_of(row));
            finding.row > told.row && (obeying(finding.row) || request.is_some_and(obeying))
        })
        .collect()
}

/// A story being put together.
#[derive(Default)]
struct Chapter {
    findings: Vec<usize>,
    steps: Vec<Step>,
    left: Option<Left>,
    /// How the calls that matter ended.
    endings: Vec<Ending>,
}

impl Chapter {
    fn step(&mut self, row: RowId, role: &'static str, what: String) {
        if !self.steps.iter().any(|s| s.row == row && s.role == role) {
            self.steps.push(Step { row, role, what });
        }
    }

    fn add(&mut self, n: usize) {
        if !self.findings.contains(&n) {
            self.findings.push(n);
        }
    }

    /// What happened because of a text.
    fn follow(&mut self, session: &Session, findings: &Findings, told: &Told, claimed: &[bool]) {
        for n in &told.findings {
            self.add(*n);
        }
        self.step(
            told.row,
            "told",
            format!("{} gave orders to the model.", source(session, told)),
        );
        let list = findings.list();
        let obeyed = obeyed(findings, told);
        for n in followed(session, findings, told) {
            self.leak(session, findings, n);
        }
        for n in findings.leaks() {
            let finding = &list[n];
            let to_teller =
                told.is_definition && finding.server == told.server && finding.tool == told.tool;
            if to_teller && !claimed[n] && finding.row > told.row {
                self.leak(session, findings, n);
            }
        }
        for n in &obeyed {
            let finding = &list[*n];
            self.add(*n);
            for other in findings.by_row(finding.row) {
                if list[*other].severity >= Severity::Medium
                    && list[*other].rule.category != Category::Protocol
                {
                    self.add(*other);
                }
            }
            let there: Vec<&str> = findings
                .by_row(finding.row)
                .iter()
                .map(|n| list[*n].rule.id)
                .collect();
            let has = |rule: &rules::Rule| there.contains(&rule.id);
            let name = call_name(session, finding.row);
            if has(&rules::EXFILTRATION) {
                continue;
            } else if has(&rules::KEY_TO_SENDER) {
                self.step(
                    finding.row,
                    "left",
                    format!("{name} was given the file that the text named, to send it."),
                );
                self.end(session, finding.row);
            } else if has(&rules::SENSITIVE_PATH) {
                let row = session.response_of(finding.row).unwrap_or(finding.row);
                self.step(row, "read", format!("{name} read what the text named."));
            } else {
                self.step(
                    finding.row,
                    "ran",
                    format!("{name} was called with what the text named."),
                );
                self.end(session, finding.row);
            }
        }
        if told.findings.iter().any(|n| findings.clues(*n).hides) {
            self.step(
                told.row,
                "hid",
                "The text asks that the person is not told.".into(),
            );
        }
    }

    /// Private data that left.
    fn leak(&mut self, session: &Session, findings: &Findings, n: usize) {
        let finding = &findings.list()[n];
        self.add(n);
        if let Some(read) = finding.related.iter().find(|r| r.role == "read") {
            self.step(
                read.row,
                "read",
                format!("{} brought private text.", call_name(session, read.row)),
            );
        }
        let server = finding.server.map_or("a server".into(), |s| {
            session.server(s).label.as_raw().label(40)
        });
        self.step(
            finding.row,
            "left",
            format!(
                "It went to {server} in the arguments of {}.",
                call_name(session, finding.row)
            ),
        );
        if let Some((what, bytes)) = &findings.clues(n).left {
            self.left = Some(Left {
                what: what.clone(),
                bytes: *bytes,
            });
        }
        // What stands in the arguments has left with the request, whatever the server answers.
        self.endings.push(Ending::Succeeded);
    }

    /// How a call ended decides how the attack ended.
    fn end(&mut self, session: &Session, row: RowId) {
        let outcome = session.call_of(row).map(|n| session.call(n).outcome);
        self.endings.push(match outcome {
            Some(Outcome::Ok) => Ending::Succeeded,
            Some(Outcome::Pending) | None => Ending::Unclear,
            _ => Ending::Attempted,
        });
    }

    fn close(
        mut self,
        session: &Session,
        findings: &Findings,
        told: Option<&Told>,
    ) -> Option<Story> {
        let list = findings.list();
        let mut severity = self.findings.iter().map(|n| list[*n].severity).max()?;
        let ending = self
            .endings
            .iter()
            .copied()
            .max()
            .unwrap_or(Ending::Attempted);
        let acted = self.steps.iter().any(|s| matches!(s.role, "left" | "ran"));
        // Orders that nobody followed are a story only when they are orders beyond doubt.
        if !acted && severity < Severity::High {
            return None;
        }
        if self.left.is_some() {
            severity = Severity::Critical;
        }
        self.steps.sort_by_key(|s| s.row);
        self.findings.sort_by_key(|n| (list[*n].row, *n));
        let mut indicators: Vec<RawBuf> = Vec::new();
        for n in &self.findings {
            for named in &findings.clues(*n).named {
                let named = Raw::new(named).to_buf();
                if !indicators.contains(&named) {
                    indicators.push(named);
                }
            }
        }
        let title = self.title(session, told, ending);
        let mut hasher = blake3::Hasher::new();
        for n in &self.findings {
            hasher.update(list[*n].id.as_bytes());
        }
        Some(Story {
            id: hasher.finalize().to_hex()[..16].to_string(),
            title,
            severity,
            ending,
            findings: self.findings,
            steps: self.steps,
            left: self.left,
            indicators,
            server: told.and_then(|t| t.server),
        })
    }

    fn title(&self, session: &Session, told: Option<&Told>, ending: Ending) -> String {
        let who = told.map_or("Nothing in the recording".into(), |t| source(session, t));
        let has = |role: &str| self.steps.iter().any(|s| s.role == role);
        let what = match (&self.left, has("left"), has("ran")) {
            (Some(left), ..) => format!("{} left", left.what),
            (None, true, _) => "a private file was handed out".into(),
            (None, _, true) if ending == Ending::Succeeded => "the agent did as it was told".into(),
            (None, _, true) => "the agent tried to do as it was told".into(),
            _ => "nobody followed".into(),
        };
        format!("{who} gave orders: {what}")
    }
}

/// `tool` of server.
fn source(session: &Session, told: &Told) -> String {
    let server = told.server.map_or("a server".into(), |s| {
        session.server(s).label.as_raw().label(40)
    });
    match (&told.tool, told.is_definition) {
        (Some(tool), true) => format!(
            "The definition of `{}` of {server}",
            tool.as_raw().label(40)
        ),
        (Some(tool), false) => format!("A result of `{}` of {server}", tool.as_raw().label(40)),
        (None, _) => format!("A text of {server}"),
    }
}

fn call_name(session: &Session, row: RowId) -> String {
    let name = session.name(row);
    let server = session
        .server(session.server_of(row))
        .label
        .as_raw()
        .label(40);
    if name.is_empty() {
        server
    } else {
        format!("`{}` of {server}", name.label(40))
    }
}
