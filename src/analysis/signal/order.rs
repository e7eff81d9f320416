//! Orders to a model: independent signals in a text, weighed together.
//!
//! A signal is a combination of concepts and marks in one sentence (or two that follow each other). Each has a
//! weight; the weights of different signals add, and what speaks for innocence takes away. No word alone is a
//! signal.

mod addressee;
mod indirect;
mod mention;
pub mod naming;
mod quoting;
mod secrets;
mod speech;
mod tools;
mod turn;
mod weight;

use super::lexicon::Concept::{self, *};
use super::mark::{Names, Owner};
use super::reading::{Reading, Sentence};
use crate::text::Raw;
use quoting::{is_documentation, is_in_quotes};
use std::ops::Range;
pub use weight::Against;
use weight::Weight;

/// What a signal says that the text does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// asks that the person is not told
    Conceal,
    /// asks for a secret or a private file
    SecretRead,
    /// asks that a secret is passed on
    SecretPass,
    /// asks that earlier instructions are ignored
    Override,
    /// says that safeguards are off
    Lifted,
    /// claims to stand above what the user says
    Priority,
    /// poses as markup for the model
    Tag,
    /// poses as a turn of the conversation
    Role,
    /// demands a call of another tool
    ForcedCall,
    /// changes how another tool is called
    Hijack,
    /// asks for the conversation or the system prompt
    Harvest,
    /// sends what is meant for one place to another
    Redirect,
    /// has a copy sent to an address
    Copy,
    /// carries a command line
    Command,
    /// wants it done silently
    Secretly,
    /// holds from now on
    Standing,
    /// without asking the person
    NoConsent,
    /// threatens that nothing works otherwise
    Threat,
    /// gives security, compliance or speed as the reason
    Pretext,
    /// speaks to agents, not to people
    ToAgents,
}

impl Kind {
    /// What the text does, for a sentence that begins "The text …".
    pub fn says(self) -> &'static str {
        match self {
            Kind::Conceal => "asks that the person is not told",
            Kind::SecretRead => "asks for a private file",
            Kind::SecretPass => "asks that a secret is passed on",
            Kind::Override => "asks that other instructions are ignored",
            Kind::Lifted => "says that safeguards do not apply",
            Kind::Priority => "claims to stand above what the person asked for",
            Kind::Tag => "poses as markup for the model",
            Kind::Role => "poses as a turn of the conversation",
            Kind::ForcedCall => "demands that another tool is called",
            Kind::Hijack => "changes how another tool is called",
            Kind::Harvest => "asks for the conversation or the system prompt",
            Kind::Redirect => "sends somewhere else what was meant for another place",
            Kind::Copy => "has data sent to an address",
            Kind::Command => "carries a command line",
            Kind::Secretly => "wants it done silently",
            Kind::Standing => "is to hold from now on",
            Kind::NoConsent => "wants it done without asking",
            Kind::Threat => "threatens that nothing works otherwise",
            Kind::Pretext => "gives security, compliance or speed as its reason",
            Kind::ToAgents => "speaks to agents and not to people",
        }
    }
}

/// One signal, at its strongest place in the text.
#[derive(Clone, Debug)]
pub struct Signal {
    pub kind: Kind,
    pub weight: f32,
    /// In the source.
    pub span: Range<usize>,
    /// The tool that the order is about, where there is one.
    pub target: Option<(String, Owner)>,
    /// What spoke for innocence, and is taken off already.
    pub against: Vec<Against>,
}

/// In whose voice a text speaks: what is odd in one is ordinary in another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    /// Definitions, instructions, prompts: written by the server for the model.
    Definition,
    /// Results, resources, logs: data, where an order to the model has no place but prose of every kind does.
    Data,
}

/// The signals of a text, heaviest first.
#[derive(Debug, Default)]
pub struct Verdict {
    pub signals: Vec<Signal>,
    pub score: f32,
    /// Data that speaks about attacks and quotes this one.
    pub quoted: bool,
}

impl Verdict {
    /// The signal that names the text best: not always the heaviest.
    pub fn main(&self) -> Option<&Signal> {
        let first = self.signals.first()?;
        let other = |kinds: &[Kind]| {
            self.signals
                .iter()
                .find(|s| kinds.contains(&s.kind) && s.weight >= 3.0)
        };
        let better = match first.kind {
            // How a tool is called says more than that it is.
            Kind::ForcedCall => other(&[Kind::Hijack]),
            Kind::Hijack if first.target.is_none() => other(&[Kind::Redirect, Kind::Copy]),
            _ => None,
        };
        better.or(Some(first))
    }

    pub fn has(&self, kind: Kind) -> bool {
        self.signals.iter().any(|s| s.kind == kind)
    }
}

/// Weighs a text.
pub fn weigh(raw: Raw<'_>, names: &dyn Names, voice: Voice) -> Verdict {
    let reading = Reading::of(raw, names);
    let mut board = Board {
        signals: Vec::new(),
        voice,
        about: false,
        topics: Vec::new(),
        first: 0,
        turns: match voice {
            Voice::Data => turn::turns(raw, &reading.plain),
            Voice::Definition => Vec::new(),
        },
        spoken: None,
        documents: reading.sentences.iter().any(|s| s.has(About)),
    };
    if let Some(first) = reading.sentences.first() {
        board.first = first.range.start;
        board.topics = first.hits.iter().map(|h| h.concept).collect();
    }
    for (i, sentence) in reading.sentences.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|p| reading.sentences.get(p));
        let next = reading.sentences.get(i + 1);
        board.sentence(&reading.plain.text, sentence, before, next);
    }
    board.finish(&reading)
}

const ACT: &[Concept] = &[Read, Pass, Change, Add, Call];
const WHEN: &[Concept] = &[Before, When];

struct Board {
    signals: Vec<Signal>,
    voice: Voice,
    /// The sentence at hand speaks about attacks.
    about: bool,
    /// What the first sentence speaks of: mostly what a tool is for.
    topics: Vec<Concept>,
    /// Where that sentence begins.
    first: usize,
    /// The lines that are headed like turns of a conversation, in data.
    turns: Vec<turn::Turn>,
    /// The agent that the text has last turned to.
    spoken: Option<addressee::Spoken>,
    /// The text speaks about attacks somewhere.
    documents: bool,
}

impl Board {
    fn put(&mut self, kind: Kind, weight: impl Into<Weight>, span: Range<usize>) {
        self.put_for(kind, weight, span, None);
    }

    fn put_for(
        &mut self,
        kind: Kind,
        weight: impl Into<Weight>,
        span: Range<usize>,
        target: Option<(String, Owner)>,
    ) {
        let mut weight = weight.into();
        // Markup needs no sentence around it.
        let pose = kind == Kind::Tag || kind == Kind::Role && self.voice == Voice::Definition;
        weight.scale(
            self.about && !pose,
            0.3,
            "the sentence speaks about attacks",
        );
        if weight.sum >= 0.25 {
            self.signals.push(Signal {
                kind,
                weight: weight.sum,
                span,
                target,
                against: weight.against,
            });
        }
    }

    fn sentence(
        &mut self,
        text: &str,
        s: &Sentence,
        before: Option<&Sentence>,
        next: Option<&Sentence>,
    ) {
        // A sentence about attacks that gives no order of its own, or only a quoted one, is documentation.
        let orders = || {
            s.hits
                .iter()
                .filter(|h| matches!(h.concept, Must | Hush | First | Before))
                .any(|h| !is_in_quotes(text, h.start))
        };
        self.about = s.has(About) && !orders();
        self.conceal(text, s, before);
        self.secrets(text, s, next);
        self.overrides(text, s, next);
        self.marks(text, s);
        self.tools(text, s, before, next);
        self.between(s);
        self.flows(text, s, before);
        self.harvest(text, s);
        self.indirect(text, s, before, next);
        if self.voice == Voice::Data {
            self.turn(text, s);
            self.spoken_to(text, s);
        }
        self.context(s);
    }

    /// The heaviest stretch of the text: signals far from each other belong to different things.
    fn finish(mut self, reading: &Reading) -> Verdict {
        let reach = match self.voice {
            Voice::Definition => 1_500,
            Voice::Data => 600,
        };
        self.signals.sort_by_key(|s| s.span.start);
        let mut best: Vec<Signal> = Vec::new();
        let mut most = 0.0;
        for first in 0..self.signals.len() {
            let end = self.signals[first].span.start + reach;
            let near = self.signals[first..]
                .iter()
                .take_while(|s| s.span.start < end);
            let cluster = strongest(near);
            let score: f32 = cluster.iter().map(|s| s.weight).sum();
            if score > most {
                most = score;
                best = cluster.into_iter().cloned().collect();
            }
        }
        let quoted = self.voice == Voice::Data && is_documentation(reading, &best);
        for signal in &mut best {
            signal.span = reading.source(signal.span.clone());
        }
        best.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.kind.cmp(&b.kind)));
        Verdict {
            signals: best,
            score: most,
            quoted,
        }
    }
}

/// The strongest signal of each kind. Circumstances count only beside an order.
fn strongest<'s>(signals: impl Iterator<Item = &'s Signal>) -> Vec<&'s Signal> {
    let mut kept: Vec<&Signal> = Vec::new();
    for signal in signals {
        match kept.iter_mut().find(|k| k.kind == signal.kind) {
            Some(old) if old.weight >= signal.weight => {}
            Some(old) => *old = signal,
            None => kept.push(signal),
        }
    }
    let circumstance = |kind: Kind| {
        matches!(
            kind,
            Kind::Standing
                | Kind::NoConsent
                | Kind::Threat
                | Kind::Pretext
                | Kind::ToAgents
                | Kind::Command
                | Kind::Tag
        )
    };
    if kept.iter().all(|s| circumstance(s.kind)) {
        kept.retain(|s| s.kind == Kind::Tag);
    }
    kept
}

fn distance(a: Range<usize>, b: &Range<usize>) -> usize {
    if a.end <= b.start {
        b.start - a.end
    } else {
        a.start.saturating_sub(b.end)
    }
}

fn cover(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}
