//! Two things compared: which they are, and what came out. Made once, off the screen's thread where they are large, so
//! that a frame only draws what is there.

use super::body::{Errand, Key};
use super::facts::Facts;
use super::model::Case;
use super::trust::Trust;
use super::widget::Seen;
use crate::session::compare::text::{Diff, Until, diff};
use crate::session::compare::{Comparison, Difference, Part};
use crate::session::{ItemId, RowId, Session};
use crate::store::baseline::Covers;
use crate::text::{Raw, RawBuf};
use crate::wire::json::{Doc, Value, indented};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, PoisonError};

/// One of the two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// A version of a definition.
    Version(ItemId, usize),
    /// The wording that was accepted of the item of which this version is; as it was accepted when it was asked for.
    Accepted(ItemId, usize),
    /// A tool call by its request: its arguments and its result.
    Call(RowId),
    Message(RowId),
}

/// What is compared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    pub old: Side,
    pub new: Side,
}

impl Pair {
    /// The same the other way round.
    pub fn turned(self) -> Pair {
        Pair {
            old: self.new,
            new: self.old,
        }
    }

    /// Two versions of one definition: the second came in the place of the first.
    pub fn is_succession(self) -> bool {
        let item = |side: Side| match side {
            Side::Version(item, _) | Side::Accepted(item, _) => Some(item),
            Side::Call(_) | Side::Message(_) => None,
        };
        item(self.old).is_some() && item(self.old) == item(self.new)
    }
}

/// What came out.
#[derive(Debug, Default)]
pub struct Made {
    pub comparison: Comparison,
    /// The texts of each difference, in the same order.
    pub texts: Vec<Texts>,
    /// The time was over before all was compared.
    pub cut_short: bool,
}

/// Both texts of a difference, as they may be shown.
#[derive(Debug, Default)]
pub struct Texts {
    pub old: RawBuf,
    pub new: RawBuf,
    pub diff: Diff,
    /// Secrets in them are masked.
    pub masked: bool,
    /// They differ in nothing but a secret, which is masked.
    pub only_secret: bool,
}

/// A comparison, or the sentence that says why there is none.
pub type Outcome = Result<Arc<Made>, String>;

/// Which comparison: of what, and whether secrets are spelled out in it.
type Which = (Pair, bool);

/// Comparisons that are kept.
const KEPT: usize = 256;
/// Things up to this size together are compared where they are needed.
const AT_ONCE: usize = 16 * 1024;

/// The comparisons that were made, and how they are shown.
#[derive(Debug, Default)]
pub struct Compared {
    made: HashMap<Which, Option<Outcome>>,
    order: VecDeque<Which>,
    /// How often something changed that comparisons rest on.
    turn: u64,
    /// What waits for another to be compared with.
    pub marked: Option<Side>,
    /// Side by side or one below the other; as the width has it where nobody said.
    pub beside: Option<bool>,
}

/// The comparison on top of the views.
#[derive(Clone, Debug)]
pub struct Open {
    pub pair: Pair,
    /// The row under the cursor, and the first that is seen.
    pub row: usize,
    pub offset: usize,
    /// Stretches that are the same and are shown all the same: the difference, and their first line.
    pub unfolded: BTreeSet<(usize, usize)>,
}

impl Open {
    pub fn new(pair: Pair) -> Open {
        Open {
            pair,
            row: 0,
            offset: 0,
            unfolded: BTreeSet::new(),
        }
    }
}

/// Things to choose from, to compare one with another.
#[derive(Clone, Debug)]
pub struct Choice {
    pub title: &'static str,
    /// What the chosen one is compared with.
    pub base: Side,
    pub entries: Vec<Side>,
    pub selected: usize,
    /// The base may be another of the entries.
    pub free: bool,
}

impl Compared {
    pub fn get(&self, pair: Pair, spelled: bool) -> Option<&Outcome> {
        self.made.get(&(pair, spelled))?.as_ref()
    }

    /// Makes sure that a comparison is here or on its way; the job, if it has to be done in the background.
    pub fn want(&mut self, facts: Facts, trust: &Trust, which: Which) -> Option<Arc<Job>> {
        if self.made.contains_key(&which) {
            return None;
        }
        let job = match Job::of(facts.session, trust, which, self.turn) {
            Ok(job) => job,
            Err(why) => {
                self.put(which, Err(why));
                return None;
            }
        };
        if job.size(facts.session) <= AT_ONCE {
            let outcome = job.read(facts.session).and_then(|read| read.compare());
            self.put(which, outcome);
            return None;
        }
        self.made.insert(which, None);
        Some(Arc::new(job))
    }

    /// Keeps what a job came to, unless what it rests on changed meanwhile.
    pub fn take(&mut self, job: &Job, outcome: Outcome) {
        if job.turn == self.turn {
            self.put(job.which, outcome);
        }
    }

    /// Keeps what came out.
    pub fn put(&mut self, which: Which, outcome: Outcome) {
        self.made.insert(which, Some(outcome));
        self.order.push_back(which);
        while self.order.len() > KEPT {
            let oldest = self.order.pop_front();
            oldest.and_then(|which| self.made.remove(&which));
        }
    }

    /// What was accepted is another wording now.
    pub fn forget_accepted(&mut self) {
        let stays = |which: &Which| {
            let (Pair { old, new }, _) = which;
            !matches!(old, Side::Accepted(..)) && !matches!(new, Side::Accepted(..))
        };
        self.turn += 1;
        // What is on its way is asked for anew.
        self.made
            .retain(|which, made| made.is_some() && stays(which));
        self.order.retain(stays);
    }
}

/// Where one side comes from.
#[derive(Clone, Debug)]
enum Given {
    Body(Key),
    Call(RowId, Option<RowId>),
    /// A wording of the baseline, and how much of a definition it holds.
    Text(Arc<str>, Covers),
}

/// A comparison to be made.
#[derive(Clone, Debug)]
pub struct Job {
    which: Which,
    turn: u64,
    old: Given,
    new: Given,
}

/// One side as it was read.
enum Bytes {
    One(Vec<u8>),
    /// The request and the response.
    Call(Vec<u8>, Option<Vec<u8>>),
}

/// Both sides, to be read without holding the session.
pub struct Reading {
    spelled: bool,
    old: Source,
    new: Source,
}

enum Source {
    Body(Errand),
    Call(Errand, Option<Errand>),
    Text(Arc<str>, Covers),
}

impl Job {
    fn of(session: &Session, trust: &Trust, which: Which, turn: u64) -> Result<Job, String> {
        let given = |side: Side| match side {
            Side::Version(item, version) => Ok(Given::Body(Key::Version(item, version))),
            Side::Message(row) => Ok(Given::Body(Key::Row(row))),
            Side::Call(row) => Ok(Given::Call(row, session.response_of(row))),
            Side::Accepted(item, version) => accepted(session, trust, item, version),
        };
        let (Pair { old, new }, _) = which;
        Ok(Job {
            which,
            turn,
            old: given(old)?,
            new: given(new)?,
        })
    }

    /// Bytes that have to be read, roughly.
    fn size(&self, session: &Session) -> usize {
        let row = |id: RowId| {
            let row = session.rows().get(id.index());
            row.map_or(0, |row| row.len as usize)
        };
        let size = |given: &Given| match given {
            Given::Body(Key::Row(id)) => row(*id),
            Given::Body(Key::Version(item, version)) => {
                let item = session.items().get(item.index());
                let version = item.and_then(|item| item.versions.get(*version));
                // Reading the message is quick; what takes time is comparing the part of it.
                version.map_or(0, |version| version.body.len().max(row(version.from) / 16))
            }
            Given::Call(request, response) => row(*request) + response.map_or(0, row),
            Given::Text(text, _) => text.len(),
        };
        size(&self.old) + size(&self.new)
    }

    fn read(&self, session: &Session) -> Result<Reading, String> {
        let gone = || "This is not in the session any more.".to_owned();
        let errand = |key: Key| Errand::new(session, key).ok_or_else(gone);
        let source = |given: &Given| -> Result<Source, String> {
            Ok(match given {
                Given::Body(key) => Source::Body(errand(*key)?),
                Given::Call(request, response) => Source::Call(
                    errand(Key::Row(*request))?,
                    response.map(|row| errand(Key::Row(row))).transpose()?,
                ),
                Given::Text(text, covers) => Source::Text(Arc::clone(text), *covers),
            })
        };
        Ok(Reading {
            spelled: self.which.1,
            old: source(&self.old)?,
            new: source(&self.new)?,
        })
    }

    /// Reads and compares, off the screen's thread.
    pub fn run(&self, case: &Case) -> Outcome {
        let reading = {
            let session = case.session.read().unwrap_or_else(PoisonError::into_inner);
            self.read(&session)
        };
        reading?.compare()
    }
}

/// The wording that was accepted of an item.
fn accepted(
    session: &Session,
    trust: &Trust,
    item: ItemId,
    version: usize,
) -> Result<Given, String> {
    let gone = || "This is not in the session any more.".to_owned();
    let item = session.items().get(item.index()).ok_or_else(gone)?;
    let known = trust.known(session, item, version);
    let wording = known.iter().find_map(|known| known.accepted());
    let wording = wording.ok_or("No wording of this was accepted.")?;
    match &wording.text {
        Some(text) => Ok(Given::Text(text.as_str().into(), wording.covers)),
        None => Err(
            "The baseline keeps only a hash of the wording that was accepted: it was too long to keep, or no strict JSON."
                .to_owned(),
        ),
    }
}

impl Reading {
    fn compare(&self) -> Outcome {
        let until = Until::soon();
        let read = |source: &Source| -> Result<Bytes, String> {
            let run = |errand: &Errand| errand.run().map(|json| json.bytes().to_vec());
            Ok(match source {
                Source::Body(errand) => Bytes::One(run(errand)?),
                Source::Call(request, response) => {
                    Bytes::Call(run(request)?, response.as_ref().map(run).transpose()?)
                }
                Source::Text(text, _) => Bytes::One(text.as_bytes().to_vec()),
            })
        };
        let (mut old, mut new) = (read(&self.old)?, read(&self.new)?);
        for (source, other) in [(&self.old, &mut new), (&self.new, &mut old)] {
            // The baseline holds a part of the definition; only that part of the other can be compared with it.
            if let (Source::Text(_, covers), Bytes::One(bytes)) = (source, other)
                && !covers.is_all()
                && let Some((part, _)) = covers.of(bytes)
            {
                *bytes = part.into_bytes();
            }
        }
        let comparison = match (&old, &new) {
            (Bytes::Call(asked, gave), Bytes::Call(asks, gives)) => {
                calls((asked, gave.as_deref()), (asks, gives.as_deref()), until)
            }
            (Bytes::One(old) | Bytes::Call(old, _), Bytes::One(new) | Bytes::Call(new, _)) => {
                match self.is_of_definitions() {
                    true => definitions(old, new, until)?,
                    false => messages(old, new, until),
                }
            }
        };
        Ok(Arc::new(Made::of(comparison, self.spelled, until)))
    }

    fn is_of_definitions(&self) -> bool {
        let defined = |source: &Source| match source {
            Source::Body(errand) => errand.is_part(),
            Source::Text(..) => true,
            Source::Call(..) => false,
        };
        defined(&self.old) && defined(&self.new)
    }
}

fn definitions(old: &[u8], new: &[u8], until: Until) -> Result<Comparison, String> {
    let (old, new) = (Doc::parse(old), Doc::parse(new));
    match old.root().zip(new.root()) {
        Some((old, new)) => Ok(Comparison::until(old, new, until)),
        None => Err("One of them is no JSON; the message holds its bytes.".to_owned()),
    }
}

fn messages(old: &[u8], new: &[u8], until: Until) -> Comparison {
    let (before, after) = (Doc::parse(old), Doc::parse(new));
    match (before.root(), after.root()) {
        (Some(old), Some(new)) => {
            Comparison::of_values(&[(Part::Value, Some(old), Some(new))], until)
        }
        _ => Comparison::of_texts(Raw::new(old), Raw::new(new), until),
    }
}

/// Two calls: what they asked with, and what came back.
fn calls(
    (asked, gave): (&[u8], Option<&[u8]>),
    (asks, gives): (&[u8], Option<&[u8]>),
    until: Until,
) -> Comparison {
    let docs = [Some(asked), Some(asks), gave, gives].map(|bytes| bytes.map(Doc::parse));
    let root = |n: usize| docs[n].as_ref().and_then(Doc::root);
    let arguments = |n: usize| root(n)?.at(&["params", "arguments"]);
    let result = |n: usize| {
        let root: Value = root(n)?;
        root.get("result").or_else(|| root.get("error"))
    };
    Comparison::of_values(
        &[
            (Part::Argument, arguments(0), arguments(1)),
            (Part::Result, result(2), result(3)),
        ],
        until,
    )
}

impl Made {
    fn of(comparison: Comparison, spelled: bool, until: Until) -> Made {
        let texts: Vec<Texts> = comparison
            .differences
            .iter()
            .map(|difference| Texts::of(difference, spelled, until))
            .collect();
        Made {
            cut_short: comparison.cut_short || texts.iter().any(|texts| texts.diff.cut_short),
            comparison,
            texts,
        }
    }

    /// Characters that came and went in all texts together.
    pub fn extent(&self) -> (usize, usize) {
        let sum = |(added, removed), texts: &Texts| {
            (added + texts.diff.added, removed + texts.diff.removed)
        };
        self.texts.iter().fold((0, 0), sum)
    }
}

/// JSON up to this size is compared with its parts on lines of their own.
const SPACED: usize = 64 * 1024;

impl Texts {
    fn of(difference: &Difference, spelled: bool, until: Until) -> Texts {
        // What a value is called may say that it is a secret.
        let name = difference.name.as_raw();
        let last = memchr::memrchr(b'.', name.bytes()).map_or(0, |dot| dot + 1);
        let key = name.slice(last..name.len());
        let values = matches!(
            difference.part,
            Part::Other | Part::Output | Part::Argument | Part::Result | Part::Value
        );
        let text = |text: &Option<RawBuf>| -> (RawBuf, bool) {
            let Some(text) = text else {
                return (RawBuf::default(), false);
            };
            let raw = text.as_raw();
            let container = matches!(raw.bytes().first(), Some(b'{' | b'['));
            let spaced = (values && container && raw.len() <= SPACED)
                .then(|| indented(raw.bytes()))
                .flatten();
            let raw = spaced.as_deref().map_or(raw, Raw::new);
            let seen = match spelled {
                true => Seen::spelled(raw),
                false => Seen::member_masked(Some(key), raw),
            };
            (seen.raw().to_buf(), seen.is_masked())
        };
        let ((old, hid), (new, hides)) = (text(&difference.old), text(&difference.new));
        Texts {
            diff: diff(old.as_raw(), new.as_raw(), until),
            masked: hid || hides,
            only_secret: (hid || hides)
                && old == new
                && difference.old.is_some() == difference.new.is_some(),
            old,
            new,
        }
    }
}
