//! What a person made of the findings so far: how much is open, what can be taken back, what is folded.

use crate::analysis::{Findings, Severity};
use crate::session::RowId;
use crate::store::cases::{Mark, Marks, Verdict};
use std::collections::BTreeSet;

/// Acts that can be taken back.
const KEPT: usize = 1_000;

/// Something that was done, and can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// For a sentence: "the mark `confirmed` on …".
    pub what: String,
    pub done: Done,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Marks(Vec<Switch>),
    Bookmark { row: RowId, set: bool },
}

/// A mark as it was, and as it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    pub key: String,
    pub from: Option<Mark>,
    pub to: Option<Mark>,
}

/// Findings of one rule with one severity.
pub type GroupKey = (Severity, &'static str);

/// How many findings have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub confirmed: usize,
    pub false_positive: usize,
    pub look: usize,
    /// Neither confirmed nor false positives.
    pub open: usize,
    pub all: usize,
}

impl Tally {
    pub fn of(findings: &Findings, marks: &Marks) -> Tally {
        let mut tally = Tally {
            all: findings.len(),
            ..Tally::default()
        };
        if !marks.is_empty() {
            let found = findings.list().iter();
            for mark in found.filter_map(|finding| marks.get(&finding.id)) {
                match mark.verdict {
                    Verdict::Confirmed => tally.confirmed += 1,
                    Verdict::FalsePositive => tally.false_positive += 1,
                    Verdict::NeedsALook => tally.look += 1,
                }
            }
        }
        tally.open = tally.all - tally.confirmed - tally.false_positive;
        tally
    }

    pub fn marked(&self) -> usize {
        self.confirmed + self.false_positive + self.look
    }

    /// `12 open · 3 confirmed · 1 false positive`; nothing where nothing is marked.
    pub fn told(&self, dot: &str) -> String {
        if self.marked() == 0 {
            return String::new();
        }
        let mut parts = vec![format!("{} open", self.open)];
        parts.extend(self.decided());
        parts.join(dot)
    }

    /// `3 confirmed`, `9 false positives`: what there is of them.
    pub fn decided(&self) -> impl Iterator<Item = String> {
        let positives = match self.false_positive {
            1 => "false positive",
            _ => "false positives",
        };
        [
            (self.confirmed, Verdict::Confirmed.name()),
            (self.false_positive, positives),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
    }
}

/// How findings are gone through.
#[derive(Debug, Default)]
pub struct Triage {
    past: Vec<Act>,
    future: Vec<Act>,
    /// Only what is open is listed.
    pub queue: bool,
    /// Findings of one rule are one entry; `None` where that is so from a number on.
    pub grouped: Option<bool>,
    pub unfolded: BTreeSet<GroupKey>,
    /// The verdict that was given last.
    pub last: Option<Verdict>,
    /// What was marked last, for a note on it.
    pub last_key: Option<String>,
    /// Counts the changes of marks and of what is folded.
    pub revision: u64,
    /// Counts what was done, undone and done again.
    pub acts: u64,
    pub tally: Tally,
}

impl Triage {
    /// Does an act and remembers it. What was undone before is forgotten.
    pub fn act(&mut self, act: Act, marks: &mut Marks, bookmarks: &mut BTreeSet<RowId>) {
        self.play(&act, true, marks, bookmarks);
        self.past.push(act);
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// Takes the last act back.
    pub fn undo(&mut self, marks: &mut Marks, bookmarks: &mut BTreeSet<RowId>) -> Option<&Act> {
        let act = self.past.pop()?;
        self.play(&act, false, marks, bookmarks);
        self.future.push(act);
        self.future.last()
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, marks: &mut Marks, bookmarks: &mut BTreeSet<RowId>) -> Option<&Act> {
        let act = self.future.pop()?;
        self.play(&act, true, marks, bookmarks);
        self.past.push(act);
        self.past.last()
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    fn play(
        &mut self,
        act: &Act,
        forward: bool,
        marks: &mut Marks,
        bookmarks: &mut BTreeSet<RowId>,
    ) {
        self.revision += 1;
        self.acts += 1;
        match &act.done {
            Done::Marks(switches) => {
                for switch in switches {
                    let to = if forward { &switch.to } else { &switch.from };
                    match to {
                        Some(mark) => marks.insert(switch.key.clone(), mark.clone()),
                        None => marks.remove(&switch.key),
                    };
                }
            }
            Done::Bookmark { row, set } => {
                match *set == forward {
                    true => bookmarks.insert(*row),
                    false => bookmarks.remove(row),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn verdict() -> impl Strategy<Value = Option<Mark>> {
        let mark = (0..3usize, ".{0,3}").prop_map(|(n, note)| Mark::new(Verdict::ALL[n], note));
        prop::option::of(mark)
    }

    proptest! {
        #[test]
        fn undoing_everything_leads_back_to_the_start(
            start in prop::collection::btree_map("[a-d]", verdict(), 0..4),
            acts in prop::collection::vec((prop::collection::vec(("[a-d]", verdict()), 1..4), any::<bool>(), 0..4u32), 0..40),
        ) {
            let mut marks: Marks = start.into_iter().filter_map(|(key, mark)| Some((key, mark?))).collect();
            let mut bookmarks = BTreeSet::from([RowId(1)]);
            let first = (marks.clone(), bookmarks.clone());
            let mut triage = Triage::default();
            for (switches, is_mark, row) in acts {
                let row = RowId(row);
                let done = match is_mark {
                    true => {
                        let mut seen = BTreeSet::new();
                        let once = switches.into_iter().filter(|(key, _)| seen.insert(key.clone()));
                        Done::Marks(once.map(|(key, to)| Switch { from: marks.get(&key).cloned(), key, to }).collect())
                    }
                    false => Done::Bookmark { row, set: !bookmarks.contains(&row) },
                };
                triage.act(Act { what: String::new(), done }, &mut marks, &mut bookmarks);
            }
            let last = (marks.clone(), bookmarks.clone());
            while triage.undo(&mut marks, &mut bookmarks).is_some() {}
            prop_assert_eq!(&(marks.clone(), bookmarks.clone()), &first);
            while triage.redo(&mut marks, &mut bookmarks).is_some() {}
            prop_assert_eq!((marks, bookmarks), last);
        }
    }

    #[test]
    fn a_tally_says_what_there_is() {
        let tally = Tally {
            confirmed: 3,
            false_positive: 1,
            look: 1,
            open: 12,
            all: 16,
        };
        assert_eq!(
            tally.told(" · "),
            "12 open · 3 confirmed · 1 false positive"
        );
        assert_eq!(Tally::default().told(" · "), "");
    }
}
