//! Orders to a model: independent signals in a text, weighed together.
//!
//! A signal is a combination of concepts and marks in one sentence (or two that follow each other). Each has a
//! weight; the weights of different signals add, and what speaks for innocence takes away. No word alone is a
//! signal.

use super::lexicon::Concept::{self, *};
use super::mark::{Mark, MarkKind, Names, Owner};
use super::path::PathClass;
use super::reading::{Reading, Sentence};
use crate::text::Raw;
use std::ops::Range;

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
    weigh_reading(&reading, voice)
}

/// Weighs a text that was read already.
pub fn weigh_reading(reading: &Reading, voice: Voice) -> Verdict {
    let mut board = Board {
        signals: Vec::new(),
        voice,
    };
    for (i, sentence) in reading.sentences.iter().enumerate() {
        let next = reading.sentences.get(i + 1);
        board.sentence(
            &reading.plain.text,
            sentence,
            next,
            i.checked_sub(1).and_then(|p| reading.sentences.get(p)),
        );
    }
    board.finish(reading)
}

const ACT: &[Concept] = &[Read, Pass, Change, Add, Call];
const WHEN: &[Concept] = &[Before, When];

struct Board {
    signals: Vec<Signal>,
    voice: Voice,
}

impl Board {
    fn put(&mut self, kind: Kind, weight: f32, span: Range<usize>) {
        self.put_for(kind, weight, span, None);
    }

    fn put_for(
        &mut self,
        kind: Kind,
        weight: f32,
        span: Range<usize>,
        target: Option<(String, Owner)>,
    ) {
        if weight >= 0.25 {
            self.signals.push(Signal {
                kind,
                weight,
                span,
                target,
            });
        }
    }

    fn sentence(
        &mut self,
        text: &str,
        s: &Sentence,
        next: Option<&Sentence>,
        before: Option<&Sentence>,
    ) {
        // A sentence about attacks that gives no order of its own, or only a quoted one, is documentation.
        let orders = || {
            s.hits
                .iter()
                .filter(|h| matches!(h.concept, Must | Hush | First | Before))
                .any(|h| !is_in_quotes(text, h.start))
        };
        let about = s.has(About) && !orders();
        let k = if about { 0.3 } else { 1.0 };
        self.conceal(s, k);
        self.secrets(text, s, next, k);
        self.overrides(s, k);
        self.marks(s, k);
        self.tools(s, before, k);
        self.between(s, k);
        self.flows(s, k);
        self.context(s, k);
    }

    fn conceal(&mut self, s: &Sentence, k: f32) {
        if let Some(hush) = s.all(Hush).next() {
            let weight = match (s.has(User), self.voice) {
                (true, _) => 5.0,
                (false, Voice::Definition) => 4.0,
                (false, Voice::Data) => 2.0,
            };
            self.put(Kind::Conceal, weight * k, hush.start..hush.end);
            return;
        }
        let span = s
            .then(&[Dont], &[Tell], 26)
            .or_else(|| s.then(&[Tell], &[NotAfter], 30));
        if let (Some(span), true) = (span, s.has(User)) {
            let near_user = s
                .all(User)
                .any(|u| u.start < span.end + 60 && span.start < u.end + 60);
            if near_user {
                self.put(Kind::Conceal, 4.0 * k, span);
            }
        }
        if let Some(span) = s.near(&[Secretly], ACT, 60) {
            let weight = if self.voice == Voice::Data { 1.0 } else { 3.0 };
            self.put(Kind::Secretly, weight * k, span);
        }
    }

    fn secrets(&mut self, text: &str, s: &Sentence, next: Option<&Sentence>, k: f32) {
        let path = s.marks.iter().find_map(|m| match m.kind {
            MarkKind::Path(class) => Some((m, class)),
            _ => None,
        });
        if let Some((mark, class)) = path {
            let reads: Vec<_> = s
                .hits
                .iter()
                .filter(|h| {
                    matches!(h.concept, Read | Call | Pass | Change)
                        && distance(h.start..h.end, &mark.range) < 120
                })
                .collect();
            let acts = reads.iter().any(|h| !s.is_negated(h.start, 24));
            let negated = s.is_negated(mark.range.start, 48) && !s.has_any(&[Must, First]);
            // "The identification is the content of `.kube/config`, in `trace`": no verb, and an order all the same.
            let placed = self.voice == Voice::Definition
                && s.has(Content)
                && s.mark(|m| *m == MarkKind::Value).is_some();
            if placed && !negated {
                self.put(Kind::SecretRead, 2.5 * k, mark.range.clone());
                self.put(Kind::SecretPass, 3.0 * k, mark.range.clone());
            }
            // Every project's notes speak of its `.env`; in data that alone asks for nothing.
            let bare = self.voice == Voice::Data && &text[mark.range.clone()] == ".env";
            if acts && !negated && !bare {
                let base = match class {
                    PathClass::PrivateKey | PathClass::Credentials | PathClass::AgentConfig => 3.0,
                    PathClass::System => 2.5,
                    PathClass::Shell => 2.0,
                };
                let pushed = s.has_any(&[Must, First, Before, Threat]);
                let several = s
                    .marks
                    .iter()
                    .filter(|m| matches!(m.kind, MarkKind::Path(_)))
                    .count()
                    > 1;
                let weight =
                    base + if pushed { 2.0 } else { 0.0 } + if several { 1.0 } else { 0.0 };
                self.put(Kind::SecretRead, weight * k, mark.range.clone());
                let passes = |s: &Sentence| {
                    s.has(Pass)
                        && (s.has_any(&[Param, Content])
                            || s.mark(|m| matches!(m, MarkKind::Address | MarkKind::Value))
                                .is_some())
                };
                if passes(s) || next.is_some_and(passes) {
                    self.put(Kind::SecretPass, 3.0 * k, mark.range.clone());
                }
            }
        }
        if let Some(span) = s.near(&[Pass, Read], &[Secret], 50) {
            let aimed = s.mark(|m| matches!(m, MarkKind::Address)).is_some();
            let forced = s.has_any(&[Must, Before, Standing, Secretly]) && s.has(Pass);
            if !s.is_negated(span.start, 24) && aimed && s.has(Pass) {
                self.put(Kind::SecretPass, if forced { 3.5 } else { 2.5 } * k, span);
            }
        }
    }

    fn overrides(&mut self, s: &Sentence, k: f32) {
        let span = s
            .then(&[Ignore], &[Rules], 48)
            .or_else(|| s.then(&[Rules], &[Ignore], 40));
        if let Some(span) = span.filter(|span| !s.is_negated(span.start, 16)) {
            // "Ignore all previous instructions": what is to be ignored came before, and is said in between or right
            // after.
            let prior = s
                .all(Prior)
                .any(|p| p.start + 24 > span.start && p.end < span.end + 24);
            let posing = s
                .mark(|m| matches!(m, MarkKind::Tag | MarkKind::Role))
                .is_some();
            let weight = match (prior, self.voice) {
                (true, _) => 5.0,
                (false, Voice::Definition) => 2.5,
                (false, Voice::Data) if posing => 2.5,
                (false, Voice::Data) => 0.0,
            };
            self.put(Kind::Override, weight * k, span);
        }
        if let Some(span) = s.near(&[Lifted], &[Rules], 60) {
            self.put(Kind::Lifted, 3.0 * k, span);
        } else if let Some(span) = s.near(&[Lifted], &[Pretext], 60) {
            self.put(Kind::Lifted, 2.0 * k, span);
        }
        if let Some(p) = s.all(Priority).next() {
            self.put(Kind::Priority, 3.5 * k, p.start..p.end);
        }
    }

    fn marks(&mut self, s: &Sentence, k: f32) {
        for mark in &s.marks {
            match mark.kind {
                MarkKind::Tag => self.put(Kind::Tag, 2.5, mark.range.clone()),
                MarkKind::Role if self.voice == Voice::Definition => {
                    self.put(Kind::Role, 5.0, mark.range.clone());
                }
                MarkKind::Role => self.put(Kind::Role, 3.5 * k, mark.range.clone()),
                _ => {}
            }
        }
        let command = s.mark(|m| *m == MarkKind::Command);
        if let Some(command) = command {
            let pushed = s.has_any(&[Must, Before, First, Add, Standing, Change]);
            if self.voice == Voice::Definition && s.has(Must) && s.has_any(&[Before, First]) {
                self.put(Kind::ForcedCall, 4.5 * k, command.range.clone());
            }
            self.put(
                Kind::Command,
                if pushed { 2.5 } else { 0.5 } * k,
                command.range.clone(),
            );
        }
    }

    /// Orders about tools of elsewhere: what must be called first, what must be called differently.
    fn tools(&mut self, s: &Sentence, before: Option<&Sentence>, k: f32) {
        let data = self.voice == Voice::Data;
        for (mark, name, owner, sure) in s.tools(data) {
            let known = matches!(owner, Owner::Foreign(_));
            let target = Some((name.to_owned(), owner));
            let called = called(s, mark) || sure;
            // In data, prose about programs is full of names; only tools that exist, or are called tools, count.
            if data && !known && !sure {
                continue;
            }
            let stands = if known { 1.0 } else { 0.0 } + if called { 1.0 } else { 0.0 };
            let prerequisite = s.has_any(&[Before, First]) || s.has(When);
            // "Call X of this server before this tool, to get a session": how honest tools are chained.
            let several = s.elsewhere().count() > 1;
            let detailed = s
                .mark(|m| {
                    matches!(
                        m,
                        MarkKind::Value | MarkKind::Address | MarkKind::Path(_) | MarkKind::Command
                    )
                })
                .is_some();
            let chained = (!known || data) && s.has_any(&[This, SameServer]) && !detailed;
            if s.has(SameServer) && !known {
                continue;
            }
            if called && prerequisite && (s.has_any(&[Must, First, Threat]) || s.has(Before)) {
                let firm = s.has(Must) || s.has(First);
                let weight = 3.0
                    + stands * 0.75
                    + if firm && s.has(Before) {
                        1.5
                    } else if firm {
                        0.75
                    } else {
                        0.0
                    }
                    + if detailed { 0.75 } else { 0.0 }
                    + if several && s.has(Before) { 1.25 } else { 0.0 }
                    - if chained { 2.0 } else { 0.0 };
                let weight = if data { weight * 0.7 } else { weight };
                self.put_for(
                    Kind::ForcedCall,
                    weight * k,
                    span_with(s, mark, &[Must, Before, First, Call]),
                    target.clone(),
                );
            } else if called && s.has(Must) {
                self.put_for(
                    Kind::ForcedCall,
                    (2.0 + stands * 0.75) * k,
                    mark.range.clone(),
                    target.clone(),
                );
            }
            let changes = s.near(&[Change, Add], &[Param, Recipient], 70).or_else(|| {
                let aimed = s
                    .mark(|m| {
                        matches!(
                            m,
                            MarkKind::Address
                                | MarkKind::Value
                                | MarkKind::Path(_)
                                | MarkKind::Command
                        )
                    })
                    .is_some();
                s.all(Change)
                    .chain(s.all(Add))
                    .next()
                    .filter(|_| aimed || s.has(Must))
                    .map(|h| h.start..h.end)
            });
            let changes = changes
                .filter(|_| called || known || sure)
                .filter(|_| !data || s.has(Must));
            if let Some(span) = changes.filter(|_| s.has_any(WHEN) || s.has(Must) || s.has(Call)) {
                let weight = if data {
                    2.0
                } else {
                    3.0 + stands * 0.75 + if s.has(Must) { 1.0 } else { 0.0 }
                };
                self.put_for(
                    Kind::Hijack,
                    weight * k,
                    cover(&span, &mark.range),
                    target.clone(),
                );
            }
            // "X does not work, send every document to …": another tool's work goes elsewhere.
            let dropped = s.has_any(&[Dont, Not, Instead]);
            if dropped && !data && s.has(Pass) && s.mark(|m| *m == MarkKind::Address).is_some() {
                self.put_for(Kind::Redirect, 4.0 * k, mark.range.clone(), target.clone());
            }
            if let Some(instead) = s.all(Instead).next().filter(|_| s.has(Must) || s.has(Call)) {
                let aimed = s.mark(|m| *m == MarkKind::Address).is_some();
                let firm = s.has_any(&[Must, Standing]);
                let weight = if firm || aimed { 1.0 } else { 0.5 }
                    + stands * 0.5
                    + if aimed { 2.0 } else { 0.0 }
                    + if firm { 1.0 } else { 0.0 };
                self.put_for(
                    Kind::Redirect,
                    weight * k,
                    cover(&(instead.start..instead.end), &mark.range),
                    target,
                );
            }
        }
        // "When the user asks …, you must change the `x` parameter to …", with the tool named or not.
        let own = s
            .marks
            .iter()
            .any(|m| matches!(&m.kind, MarkKind::Tool { owner, .. } if !owner.is_elsewhere()));
        let value = s
            .mark(|m| matches!(m, MarkKind::Value | MarkKind::Address))
            .is_some();
        let change = s.near(&[Change, Add], &[Param, Recipient], 60);
        let weight = match &change {
            _ if own || data => 0.0,
            _ if s.has(Must) && s.has(When) && s.has(User) && value && s.has(Change) => 5.0,
            Some(_) if s.has_any(WHEN) && s.then(&[When], &[Call], 12).is_some() && value => 4.25,
            Some(_) if s.has(Must) && s.has(When) && s.has(Recipient) && value => 4.25,
            Some(_) if s.has(Must) && before.is_some_and(|b| b.elsewhere().next().is_some()) => 3.5,
            _ => 0.0,
        };
        if let Some(span) = change.or_else(|| s.all(Change).next().map(|h| h.start..h.end)) {
            self.put(Kind::Hijack, weight * k, span);
        }
    }

    /// "Before X, run this tool and replace the values": it puts itself between.
    fn between(&mut self, s: &Sentence, k: f32) {
        if s.has_any(WHEN)
            && s.near(&[Call], &[This], 24).is_some()
            && let Some(span) = s.then(&[This], &[Change], 40)
        {
            self.put(Kind::Hijack, 3.5 * k, span);
        }
    }

    fn flows(&mut self, s: &Sentence, k: f32) {
        let k = if self.voice == Voice::Data {
            k * 0.6
        } else {
            k
        };
        let address = s.mark(|m| *m == MarkKind::Address);
        if let Some(address) = address {
            let sends = s.hits.iter().find(|h| {
                matches!(h.concept, Pass | Add | Change | Recipient)
                    && distance(h.start..h.end, &address.range) < 90
                    && !s.is_negated(h.start, 20)
            });
            if let Some(h) = sends {
                let span = cover(&(h.start..h.end), &address.range);
                if let Some(instead) = s.all(Instead).next() {
                    self.put(
                        Kind::Redirect,
                        3.0 * k,
                        cover(&span, &(instead.start..instead.end)),
                    );
                }
                if s.has_any(&[Must, Standing, Secretly])
                    && s.has_any(&[
                        When,
                        Recipient,
                        Add,
                        Standing,
                        Content,
                        Secretly,
                        Conversation,
                        Secret,
                    ])
                {
                    let aimed = s.has(Recipient) && s.has_any(&[Add, Change, Pass]);
                    self.put(Kind::Copy, if aimed { 4.25 } else { 3.0 } * k, span.clone());
                } else if s.has_any(&[Recipient, When, Content, Conversation])
                    && s.has_any(&[Pass, Add])
                {
                    self.put(Kind::Copy, 1.5 * k, span.clone());
                }
                if s.has_any(&[Conversation]) {
                    self.put(Kind::Harvest, 3.5 * k, span);
                }
            }
        }
        if let Some(span) = s.near(&[Pass, Add], &[Conversation], 60) {
            let aimed = s.has(Param) || s.mark(|m| matches!(m, MarkKind::Value)).is_some();
            if aimed && !s.is_negated(span.start, 20) {
                self.put(
                    Kind::Harvest,
                    if s.has_any(&[Must, Prior]) { 3.0 } else { 2.0 } * k,
                    span,
                );
            }
        }
    }

    /// What makes an order worse, and is nothing without one.
    fn context(&mut self, s: &Sentence, k: f32) {
        if let Some(h) = s
            .all(Standing)
            .next()
            .filter(|_| s.has_any(&[Must, Add, Change, Pass, Instead]))
        {
            self.put(Kind::Standing, 1.0 * k, h.start..h.end);
        }
        if let Some(h) = s.all(NoConsent).next().filter(|_| s.has_any(ACT)) {
            self.put(Kind::NoConsent, 1.0 * k, h.start..h.end);
        }
        // Reasons are given everywhere in prose.
        let k = if self.voice == Voice::Data {
            k * 0.3
        } else {
            k
        };
        if let Some(h) = s.all(Pretext).next() {
            self.put(Kind::Pretext, 0.75 * k, h.start..h.end);
        }
        if let Some(h) = s.all(Threat).next() {
            self.put(Kind::Threat, 0.75 * k, h.start..h.end);
        }
        if let Some(h) = s.all(Agent).next().filter(|h| {
            self.voice == Voice::Data && (s.has_any(ACT) || h.start <= s.range.start + 2)
        }) {
            self.put(Kind::ToAgents, 1.5, h.start..h.end);
        }
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

/// Whether a text is about attacks and the orders in it stand in quotes, code or a block quotation.
fn is_documentation(reading: &Reading, signals: &[Signal]) -> bool {
    /// How far around an order what it is about is told.
    const AROUND: usize = 1_200;
    let (Some(first), Some(last)) = (
        signals.iter().map(|s| s.span.start).min(),
        signals.iter().map(|s| s.span.end).max(),
    ) else {
        return false;
    };
    let near = |concept: Concept| {
        reading
            .sentences
            .iter()
            .flat_map(|s| s.all(concept))
            .filter(|h| h.end + AROUND > first && h.start < last + AROUND)
            .filter(|h| {
                !signals
                    .iter()
                    .any(|s| s.span.start <= h.start && h.end <= s.span.end)
            })
            .count()
    };
    let heavy = || signals.iter().filter(|s| s.weight >= 2.0);
    let (about, example) = (near(About), near(Example));
    about > 0
        && about + example > 1
        && heavy().all(|s| is_in_quotes(&reading.plain.text, s.span.start))
}

/// Whether a place stands in a block quotation, in code, or in quotation marks.
fn is_in_quotes(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    let after = &text[at..];
    let rest = after.find('\n').map_or(after, |n| &after[..n]);
    let pairs = [('"', '"'), ('\u{ab}', '\u{bb}'), ('「', '」'), ('`', '`')];
    text[line..].trim_start().starts_with('>')
        || before.matches("```").count() % 2 == 1
        || pairs.iter().any(|(open, close)| {
            let opened = before[line..].matches(*open).count();
            let closed = if open == close {
                0
            } else {
                before[line..].matches(*close).count()
            };
            (if open == close {
                opened % 2 == 1
            } else {
                opened > closed
            }) && rest.contains(*close)
        })
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

/// Whether a name is what a verb of calling acts on: `call X`, `Xを呼び出`, `X must be called`.
fn called(s: &Sentence, mark: &Mark) -> bool {
    s.all(Call).chain(s.all(Read)).chain(s.all(Pass)).any(|h| {
        if h.end <= mark.range.start {
            mark.range.start - h.end <= 24
        } else {
            h.start >= mark.range.end && h.start - mark.range.end <= 30
        }
    })
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

/// The mark together with the words around it, as evidence.
fn span_with(s: &Sentence, mark: &Mark, concepts: &[Concept]) -> Range<usize> {
    s.hits
        .iter()
        .filter(|h| concepts.contains(&h.concept) && distance(h.start..h.end, &mark.range) < 100)
        .fold(mark.range.clone(), |span, h| {
            cover(&span, &(h.start..h.end))
        })
}
