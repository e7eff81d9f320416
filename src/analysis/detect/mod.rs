//! Detectors: one a file, all of one shape.
//!
//! A detector knows its rules and one way of looking. None sees what another found; what they need to remember is in
//! [`Memory`], which the runner fills. [`ALL`] lists them.

mod address;
mod allow_list;
mod arguments;
mod baseline;
mod command;
mod conduct;
mod correlation;
mod crossing;
mod differential;
mod drift;
mod elicitation;
mod encoded;
mod environment;
mod exfiltration;
mod handshake;
mod header;
mod hidden;
mod invented;
pub mod launch;
mod listing;
mod names;
mod obeyed;
mod option;
pub(super) mod order;
mod outbound;
mod path;
mod pattern;
mod policy;
mod possible;
mod repetition;
mod revision;
mod root;
mod sampling;
mod script_address;
mod secret;
mod sql;
mod strict_input;
mod structure;
mod task;
mod told_command;
mod tool_trait;
mod traversal;

pub use arguments::{Argument, arguments, tokens};
use command::is_line;
pub use names::accepted::Accepted;
pub use tool_trait::ToolTrait;

use super::before::MOST_NAMES;
use super::finding::{Evidence, Related, Signal};
use super::flow::Leak;
use super::memory::{Claim, Memory, Peers};
use super::rank::{Confidence, PlaceKind, Severity};
use super::rules::Rule;
use super::settings::Settings;
use super::signal::order::Against;
use super::signal::{Names, Owner};
use super::story::Clues;
use crate::session::{Body, Change, Hints, Item, Row, RowId, ServerId, Session};
use crate::text::Raw;
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Value};
use std::cell::RefCell;
use std::ops::Range;

/// A way of looking for something.
pub struct Detector {
    pub name: &'static str,
    pub rules: &'static [&'static Rule],
    pub look: Look,
}

/// What a detector looks at.
pub enum Look {
    /// Every string that the model or a person reads.
    Text(fn(&TextAt<'_>, &mut Sink)),
    /// A new version of a definition, beside the one before.
    Definition(fn(&DefinitionAt<'_>, &mut Sink)),
    /// A new name, beside everything on the other servers.
    Set(fn(&SetAt<'_>, &mut Sink)),
    /// What a call passes to a tool, by itself.
    Arguments(fn(&ArgumentsAt<'_>, &mut Sink)),
    /// A call, with what the tool claims to be, after all that came before it.
    Call(fn(&CallAt<'_>, &mut Sink)),
    /// The form of a message, by itself.
    Form(fn(&FormAt<'_>, &mut Sink)),
    /// A server as a client is set up to start it.
    Launch(fn(&launch::LaunchAt<'_>, &mut Sink)),
    /// A whole message, among the others.
    Message(fn(&MessageAt<'_>, &mut Sink)),
}

/// All detectors, in the order in which they look.
pub static ALL: &[Detector] = &[
    hidden::DETECTOR,
    encoded::DETECTOR,
    order::DETECTOR,
    secret::DETECTOR,
    pattern::DETECTOR,
    policy::SERVERS,
    policy::CALLS,
    policy::DEFINITIONS,
    told_command::DETECTOR,
    names::DETECTOR,
    names::accepted::DETECTOR,
    names::addresses::DETECTOR,
    names::mentions::DETECTOR,
    names::values::DETECTOR,
    names::servers::DETECTOR,
    names::builtin::DETECTOR,
    names::clients::DETECTOR,
    names::posing::DETECTOR,
    names::contradiction::DETECTOR,
    names::dormant::DETECTOR,
    possible::DETECTOR,
    drift::DETECTOR,
    baseline::CHANGES,
    baseline::OFFER,
    command::DETECTOR,
    allow_list::DETECTOR,
    option::DETECTOR,
    path::DETECTOR,
    traversal::DETECTOR,
    address::DETECTOR,
    sql::DETECTOR,
    outbound::DETECTOR,
    strict_input::DETECTOR,
    environment::ASKED,
    environment::TOLD,
    conduct::ASKED,
    conduct::DID,
    crossing::DETECTOR,
    repetition::DETECTOR,
    sampling::DETECTOR,
    exfiltration::DETECTOR,
    obeyed::DETECTOR,
    differential::DETECTOR,
    correlation::DETECTOR,
    handshake::DETECTOR,
    revision::DETECTOR,
    listing::DETECTOR,
    listing::LISTED_AGAIN,
    task::DETECTOR,
    header::DETECTOR,
    structure::DETECTOR,
    root::DETECTOR,
    root::ANSWERED,
    invented::DETECTOR,
    elicitation::DETECTOR,
    script_address::DETECTOR,
    launch::DETECTOR,
];

/// What a string is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The name of a tool, prompt, resource, parameter; a key in a definition.
    Name,
    /// Descriptions, titles, defaults, enum values, annotations: what a server wrote about what it offers.
    Definition,
    /// Server instructions, prompts.
    Instructions,
    /// Results, resources, errors, log messages: data.
    Data,
    /// A key in data.
    Key,
    /// Ids, methods, addresses, tokens: one line without white space.
    Token,
    /// What a server asks a person or a model.
    Question,
    /// What the client passed.
    Argument,
    /// Standard error.
    Stderr,
}

impl Field {
    pub const ALL: [Field; 9] = [
        Field::Name,
        Field::Definition,
        Field::Instructions,
        Field::Data,
        Field::Key,
        Field::Token,
        Field::Question,
        Field::Argument,
        Field::Stderr,
    ];
}

/// A string at its place.
pub struct TextAt<'a> {
    pub raw: Raw<'a>,
    pub field: Field,
    pub kind: PlaceKind,
    pub names: &'a Asked<'a>,
    pub settings: &'a Settings,
}

/// The names around a text, and which of them were asked for: as long as those are whose they are, the text means the
/// same elsewhere.
pub struct Asked<'a> {
    names: &'a dyn Names,
    asked: RefCell<Vec<(String, Owner)>>,
}

impl<'a> Asked<'a> {
    pub fn new(names: &'a dyn Names) -> Asked<'a> {
        Asked {
            names,
            asked: RefCell::default(),
        }
    }

    /// What was asked, and the answers.
    pub(super) fn into_asked(self) -> Vec<(String, Owner)> {
        self.asked.into_inner()
    }
}

impl Names for Asked<'_> {
    fn owner(&self, name: &str) -> Owner {
        let owner = self.names.owner(name);
        let mut asked = self.asked.borrow_mut();
        if asked.len() <= MOST_NAMES && !asked.iter().any(|(known, _)| known == name) {
            asked.push((name.to_owned(), owner));
        }
        owner
    }
}

/// A message by itself, as it is spelled.
pub struct FormAt<'a> {
    pub doc: &'a Doc<'a>,
    pub dir: Direction,
}

/// A new version of a definition.
pub struct DefinitionAt<'a> {
    pub item: &'a Item,
    pub now: Value<'a>,
    pub before: Option<Value<'a>>,
    /// The change, for what was not there from the start.
    pub change: Option<Change>,
    pub names: &'a dyn Names,
    pub peers: &'a Peers,
    pub settings: &'a Settings,
    pub session: &'a Session,
}

/// A name that is new on its server.
pub struct SetAt<'a> {
    pub item: &'a Item,
    pub now: Value<'a>,
    pub session: &'a Session,
    pub memory: &'a Memory,
}

/// The arguments of a call.
pub struct ArgumentsAt<'a> {
    pub tool: &'a str,
    pub arguments: &'a [Argument<'a>],
    /// What the definition in force says of the tool.
    pub hints: Hints,
    pub settings: &'a Settings,
}

/// A call of a tool.
pub struct CallAt<'a> {
    pub row: RowId,
    pub server: ServerId,
    pub tool: &'a str,
    pub arguments: &'a [Argument<'a>],
    /// The value that they are in.
    pub whole: Option<Value<'a>>,
    /// What the definition in force says of the tool; `None` where it was never listed.
    pub claim: Option<&'a Claim>,
    /// Private texts in the arguments, by the places of those.
    pub leaks: &'a [(usize, Leak)],
    pub memory: &'a Memory,
    pub session: &'a Session,
}

/// A message.
pub struct MessageAt<'a> {
    pub id: RowId,
    pub row: &'a Row,
    pub server: ServerId,
    pub doc: &'a Doc<'a>,
    /// The line around it, as recorded.
    pub body: &'a Body,
    pub memory: &'a Memory,
    pub session: &'a Session,
}

/// Something found, before it has its place in the session.
#[derive(Clone, Debug)]
pub struct Found {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub confidence: Confidence,
    pub title: Option<String>,
    /// Where, if it is not where the detector was looking.
    pub pointer: Option<String>,
    pub evidence: Vec<Evidence>,
    pub related: Vec<Related>,
    pub explanation: String,
    /// What it tells stories: what an order names (later calls are compared with it), whether it hides, what left.
    pub clues: Clues,
    /// Another message that it belongs to, and how bad it is there.
    pub instead_at: Option<RowId>,
    /// What makes this the same finding elsewhere, if the evidence is not it.
    pub group: Option<String>,
    /// It is about the server as a whole, whatever tool the message is about.
    pub about_server: bool,
    /// It tells of what a person decided: another decision makes it go, or come.
    pub rests_on_baseline: bool,
}

impl Found {
    pub fn new(rule: &'static Rule) -> Found {
        Found {
            rule,
            severity: rule.severity,
            confidence: rule.confidence,
            title: None,
            pointer: None,
            evidence: Vec::new(),
            related: Vec::new(),
            explanation: String::new(),
            clues: Clues::default(),
            instead_at: None,
            group: None,
            about_server: false,
            rests_on_baseline: false,
        }
    }

    pub fn severity(mut self, severity: Severity) -> Found {
        self.severity = severity;
        self
    }

    pub fn confidence(mut self, confidence: Confidence) -> Found {
        self.confidence = confidence;
        self
    }

    pub fn title(mut self, title: impl Into<String>) -> Found {
        self.title = Some(title.into());
        self
    }

    pub fn at(mut self, pointer: impl Into<String>) -> Found {
        self.pointer = Some(pointer.into());
        self
    }

    /// A span of a text as evidence.
    pub fn shows(mut self, text: Raw<'_>, span: Range<usize>) -> Found {
        self.evidence.push(Evidence::of(text, span));
        self
    }

    /// A span of a text, how much it speaks for what, and what was taken off.
    pub fn weighs(
        mut self,
        text: Raw<'_>,
        span: Range<usize>,
        says: &'static str,
        weight: f32,
        against: &[Against],
    ) -> Found {
        let tenths = |weight: f32| (weight * 10.0).round() as u16;
        self.evidence.push(Evidence {
            signal: Some(Signal {
                says,
                weight: tenths(weight),
                less: against
                    .iter()
                    .map(|one| (tenths(one.less), one.why))
                    .collect(),
            }),
            ..Evidence::of(text, span)
        });
        self
    }

    pub fn related(mut self, row: RowId, role: &'static str) -> Found {
        if !self.related.iter().any(|r| r.row == row && r.role == role) {
            self.related.push(Related { row, role });
        }
        self
    }

    pub fn because(mut self, explanation: impl Into<String>) -> Found {
        self.explanation = explanation.into();
        self
    }

    /// It is one finding for the whole server.
    pub fn of_server(mut self) -> Found {
        self.about_server = true;
        self.group("the server")
    }

    pub fn group(mut self, group: impl Into<String>) -> Found {
        self.group = Some(group.into());
        self
    }
}

/// Takes what detectors find.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    pub(super) found: Vec<Found>,
    /// Secrets that are beyond doubt, with their kind: later messages are compared with them.
    pub(super) secrets: Vec<(&'static str, Vec<u8>)>,
}

impl Sink {
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.secrets.is_empty()
    }

    pub fn put(&mut self, found: Found) {
        self.found.push(found);
    }
}
