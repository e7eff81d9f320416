//! Judges what is held by the recording so far, with the same analysis as everywhere.

use super::beside::Beside;
use super::{HeldKind, Risk};
use crate::analysis::{
    Analysis, Category, Finding, Findings, PlaceKind, Settings, Severity, SharedFindings,
};
use crate::capture::recorder::Recorder;
use crate::session::load::{self, Loading, Options};
use crate::session::{Flags, ItemKind, RowId, Session, SharedSession};
use crate::text::Raw;
use crate::wire::id::Direction;
use crate::wire::method;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};

/// First bytes of the hash of a definition.
pub type Wording = [u8; 16];

/// What is offered under a name.
pub type Offer = (ItemKind, Box<[u8]>);

/// What was found of something that arrived.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// A person should see it before it goes on.
    pub hold: bool,
    /// Why, as sentences that are safe to print.
    pub why: Vec<String>,
    /// How bad each of them is.
    weights: Vec<Severity>,
    /// Of the tools that are called: the definition in force.
    pub wordings: HashMap<Box<[u8]>, Wording>,
    /// The definitions that a person has to agree to.
    pub changed: Vec<(Offer, Wording)>,
}

/// Most reasons that are told.
const MOST: usize = 8;
/// How many rows back what was just recorded is looked for.
const BACK: usize = 1 << 16;

/// Reads the recording as it grows, and those that other taps write at the same time.
pub struct Judge {
    recorder: Recorder,
    settings: Arc<Settings>,
    risk: Risk,
    beside: Beside,
    open: Option<Open>,
    /// Wordings that went through, or were agreed to.
    accepted: HashMap<Offer, Wording>,
    /// Wordings that were held and not agreed to.
    doubted: HashMap<Offer, Wording>,
}

struct Open {
    loading: Loading,
    session: SharedSession,
    analysis: Analysis,
    findings: SharedFindings,
}

impl Judge {
    /// `live` is the folder in which running recorders tell of themselves.
    pub fn new(recorder: Recorder, settings: Arc<Settings>, risk: Risk, live: &Path) -> Judge {
        Judge {
            beside: Beside::of(live),
            recorder,
            settings,
            risk,
            open: None,
            accepted: HashMap::new(),
            doubted: HashMap::new(),
        }
    }

    /// A person agreed to these.
    pub fn accept(&mut self, changed: Vec<(Offer, Wording)>) {
        for (offer, wording) in changed {
            self.doubted.remove(&offer);
            self.accepted.insert(offer, wording);
        }
    }

    /// Judges what is recorded under a sequence number. What cannot be found there is held: nobody knows what it is.
    pub fn look(&mut self, seq: u64, kind: HeldKind) -> Verdict {
        let unknown = || Verdict::unknown("It could not be recorded, so it could not be judged.");
        if self.catch_up().is_none() {
            return unknown();
        }
        let Some(open) = &self.open else {
            return unknown();
        };
        let session = Arc::clone(&open.session);
        let findings = Arc::clone(&open.findings);
        let session = load::lock_read(&session);
        let findings = findings.read().unwrap_or_else(PoisonError::into_inner);
        let rows = rows_of(&session, self.recorder.session(), seq, kind);
        if rows.is_empty() {
            return unknown();
        }
        let mut verdict = Verdict::default();
        for row in rows {
            match kind {
                HeldKind::Call => self.call(&session, &findings, row, &mut verdict),
                HeldKind::Listing => self.listing(&session, &findings, row, &mut verdict),
            }
        }
        verdict.worst_first();
        verdict
    }

    /// Reads and judges what was appended. `None` where there is no recording.
    pub fn catch_up(&mut self) -> Option<()> {
        self.beside.write_to(self.recorder.path()?);
        if self.open.is_none() {
            let beside = self.beside.clone();
            // Nothing is named: all that is read is what is written now.
            let options = Options {
                threads: 1,
                running: Some(Arc::new(move || beside.recordings())),
                ..Options::default()
            };
            let loading = load::open(&[], options).ok()?;
            self.open = Some(Open {
                session: loading.session(),
                loading,
                analysis: Analysis::with(Arc::clone(&self.settings)),
                findings: Arc::new(RwLock::new(Findings::default())),
            });
        }
        let open = self.open.as_mut()?;
        open.loading.catch_up();
        let stop = AtomicBool::new(false);
        (open.analysis).advance(&open.session, &open.findings, &|| {}, &stop);
        Some(())
    }

    fn call(&self, session: &Session, findings: &Findings, row: RowId, verdict: &mut Verdict) {
        let tool = session.name(row);
        let item = session.item(session.server_of(row), ItemKind::Tool, tool);
        if let Some(item) = item
            && let Some(version) = item.in_force(row)
        {
            verdict
                .wordings
                .insert(tool.bytes().into(), item.versions[version].hash);
        }
        let of_call = findings.by_row(row).iter();
        let of_tool = item
            .map_or(&[][..], |item| findings.for_item(item.id))
            .iter();
        // Of the tool counts what it says of itself, not what was done with it before.
        let of_tool = of_tool.filter(|n| findings.list()[**n].place.kind == PlaceKind::Definition);
        for n in of_call.chain(of_tool) {
            let finding = &findings.list()[*n];
            let counts = match self.risk {
                Risk::Policy => finding.rule.category == Category::Policy,
                Risk::All | Risk::Risky => finding.severity >= Severity::Medium,
            };
            if counts {
                verdict.hold = true;
                verdict.found(finding);
            }
        }
        // The recording does not say any more what it was, so the analysis cannot.
        if self.risk != Risk::Policy && session.row(row).flags.has(Flags::REDACTED) {
            verdict.hold = true;
            let sentence =
                "medium: It carries what looks like a secret; the recording has it redacted.";
            verdict.tell(Severity::Medium, sentence.to_string());
        }
        if self.risk == Risk::All {
            verdict.hold = true;
        }
    }

    fn listing(
        &mut self,
        session: &Session,
        findings: &Findings,
        row: RowId,
        verdict: &mut Verdict,
    ) {
        let method = session.method(row);
        let kind = match method {
            m if m == method::TOOLS_LIST => ItemKind::Tool,
            m if m == method::PROMPTS_LIST => ItemKind::Prompt,
            m if m == method::RESOURCES_LIST => ItemKind::Resource,
            _ => ItemKind::Template,
        };
        let server = session.server_of(row);
        for item in session.items() {
            if item.kind != kind || item.server != server {
                continue;
            }
            let Some(version) = item.in_force(row) else {
                continue;
            };
            let wording = item.versions[version].hash;
            let offer = (kind, Box::from(item.name.as_raw().bytes()));
            let drift = findings
                .for_item(item.id)
                .iter()
                .map(|n| &findings.list()[*n])
                .find(|finding| {
                    finding.rule.category == Category::Redefinition
                        && finding.severity >= Severity::Medium
                        && finding.row == row
                });
            let name = Raw::new(&offer.1).label(60);
            let changed = self
                .accepted
                .get(&offer)
                .is_some_and(|known| *known != wording);
            if changed {
                verdict.hold = true;
                verdict.tell(
                    Severity::Critical,
                    format!("The definition of the {} {name} changed.", kind.name()),
                );
            }
            if let Some(drift) = drift {
                verdict.hold = true;
                verdict.found(drift);
            } else if !changed && self.doubted.get(&offer) != Some(&wording) {
                self.accepted.insert(offer, wording);
                continue;
            } else if !changed {
                verdict.hold = true;
                verdict.tell(
                    Severity::Critical,
                    format!(
                        "The definition of the {} {name} was not agreed to.",
                        kind.name()
                    ),
                );
            }
            self.doubted.insert(offer.clone(), wording);
            verdict.changed.push((offer, wording));
        }
    }
}

impl Verdict {
    /// Of what nothing is known, a person should.
    pub fn unknown(why: &str) -> Verdict {
        Verdict {
            hold: true,
            why: vec![why.to_string()],
            ..Verdict::default()
        }
    }

    fn tell(&mut self, severity: Severity, sentence: String) {
        if !self.why.contains(&sentence) {
            self.why.push(sentence);
            self.weights.push(severity);
        }
    }

    fn found(&mut self, finding: &Finding) {
        let sentence = format!("{}: {}", finding.severity.name(), finding.title);
        self.tell(finding.severity, sentence);
    }

    fn worst_first(&mut self) {
        let mut order: Vec<usize> = (0..self.why.len()).collect();
        order.sort_by_key(|n| std::cmp::Reverse(self.weights.get(*n)));
        order.truncate(MOST);
        self.why = order
            .into_iter()
            .map(|n| std::mem::take(&mut self.why[n]))
            .collect();
    }
}

/// The rows of an entry of a connection that are of interest: the calls of a line of the client, the listings of one of the
/// server.
fn rows_of(session: &Session, connection: &str, seq: u64, kind: HeldKind) -> Vec<RowId> {
    let (dir, methods): (_, &[&str]) = match kind {
        HeldKind::Call => (Direction::C2s, &[method::TOOLS_CALL]),
        HeldKind::Listing => (
            Direction::S2c,
            &[
                method::TOOLS_LIST,
                method::PROMPTS_LIST,
                method::RESOURCES_LIST,
                method::TEMPLATES_LIST,
            ],
        ),
    };
    let last = session.len();
    let candidates = (last.saturating_sub(BACK)..last)
        .rev()
        .map(|n| RowId(n as u32));
    let mut found: Vec<RowId> = Vec::new();
    for id in candidates {
        let row = session.row(id);
        let own = session.connections()[row.conn.index()].key.as_raw() == connection;
        let of_interest =
            own && row.dir == dir && methods.iter().any(|method| session.method(id) == *method);
        if !of_interest {
            continue;
        }
        let same_line = found.last().is_some_and(|other| {
            let other = session.row(*other);
            (other.source, other.offset) == (row.source, row.offset)
        });
        if same_line
            || found.is_empty() && session.read(id).is_ok_and(|body| body.seq() == Some(seq))
        {
            found.push(id);
        } else if !found.is_empty() {
            break;
        }
    }
    found
}
