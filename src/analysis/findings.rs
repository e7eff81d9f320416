//! All findings of a session.

use super::finding::Finding;
use super::memory::hash;
use super::rank::Severity;
use super::story::{Clues, Story};
use crate::session::filter::Risks;
use crate::session::{ItemId, RowId};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Findings that one thread adds to while others look at them.
pub type SharedFindings = Arc<RwLock<Findings>>;

/// Findings in the order in which they appeared. The same thing found again is counted, not repeated.
#[derive(Default, Debug)]
pub struct Findings {
    list: Vec<Finding>,
    by_row: HashMap<RowId, Vec<usize>>,
    by_item: HashMap<ItemId, Vec<usize>>,
    groups: HashMap<u64, usize>,
    crowds: HashMap<u64, u32>,
    stories: Vec<Story>,
    clues: HashMap<usize, Clues>,
}

/// Different findings of one rule about one tool, before the rest goes into one.
const CROWD: u32 = 40;

/// What makes two findings the same.
pub(super) struct Group {
    pub key: String,
    /// Rule, server and tool.
    pub crowd: String,
    pub item: Option<ItemId>,
    pub clues: Clues,
}

impl Findings {
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Places of the findings that a message shows, in [`list`](Self::list).
    pub fn by_row(&self, row: RowId) -> &[usize] {
        self.by_row.get(&row).map_or(&[], |found| found)
    }

    /// Every message that shows a finding.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &[usize])> {
        self.by_row
            .iter()
            .map(|(row, found)| (*row, found.as_slice()))
    }

    /// The worst that was found in a message.
    pub fn worst(&self, row: RowId) -> Option<Severity> {
        self.by_row(row)
            .iter()
            .map(|n| self.list[*n].severity)
            .max()
    }

    /// Places of the findings about a tool, prompt, resource, … or its definition.
    pub fn for_item(&self, item: ItemId) -> &[usize] {
        self.by_item.get(&item).map_or(&[], |found| found)
    }

    /// How many there are of each severity, from `info` to `critical`.
    pub fn counts(&self) -> [u32; 5] {
        let mut counts = [0; 5];
        self.list
            .iter()
            .for_each(|f| counts[f.severity as usize] += 1);
        counts
    }

    /// Places, worst first; equals in the order in which they appeared.
    pub fn sorted(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.list.len()).collect();
        places.sort_by_key(|n| {
            let f = &self.list[*n];
            (std::cmp::Reverse((f.severity, f.confidence)), f.row, *n)
        });
        places
    }

    /// What a finding says beyond its own text.
    pub(super) fn clues(&self, place: usize) -> &Clues {
        static NONE: Clues = Clues {
            hides: false,
            named: Vec::new(),
            by: None,
            left: None,
        };
        self.clues.get(&place).unwrap_or(&NONE)
    }

    /// Findings that are one attack, in order.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    pub(super) fn set_stories(&mut self, stories: Vec<Story>) {
        self.stories = stories;
    }

    /// Takes a finding in as it is; `item` is the definition that it is about, where it is about one.
    pub fn push(&mut self, finding: Finding, item: Option<ItemId>) {
        let key = format!("{} {:?} {}", finding.id, finding.row, self.list.len());
        self.add(
            finding,
            Group {
                crowd: key.clone(),
                key,
                item,
                clues: Clues::default(),
            },
        );
    }

    /// Adds a finding, or counts it if it is there already.
    pub(super) fn add(&mut self, finding: Finding, group: Group) {
        let crowd = self.crowds.entry(hash(group.crowd.as_bytes())).or_default();
        let mut key = hash(group.key.as_bytes());
        if !self.groups.contains_key(&key) {
            *crowd += 1;
            if *crowd > CROWD {
                key = hash(format!("{} and more", group.crowd).as_bytes());
            }
        }
        let row = finding.row;
        let place = match self.groups.get(&key) {
            Some(place) => {
                let old = &mut self.list[*place];
                if !self
                    .by_row
                    .get(&row)
                    .is_some_and(|found| found.contains(place))
                {
                    old.count += 1;
                }
                // The same in a worse place is the worse.
                if finding.severity > old.severity {
                    (old.severity, old.confidence) = (finding.severity, finding.confidence);
                    old.explanation.clone_from(&finding.explanation);
                    old.related.extend(finding.related.iter().copied());
                }
                *place
            }
            None => {
                self.groups.insert(key, self.list.len());
                self.list.push(finding);
                self.list.len() - 1
            }
        };
        let parts = self.list[place].related.iter().filter(|r| r.takes_part());
        let related: Vec<RowId> = parts.map(|r| r.row).collect();
        for row in std::iter::once(row).chain(related) {
            let found = self.by_row.entry(row).or_default();
            if !found.contains(&place) {
                found.push(place);
            }
        }
        let clues = self.clues.entry(place).or_default();
        clues.hides |= group.clues.hides;
        clues.by = clues.by.take().or(group.clues.by);
        clues.left = clues.left.take().or(group.clues.left);
        for named in group.clues.named {
            if !clues.named.contains(&named) {
                clues.named.push(named);
            }
        }
        if let Some(item) = group.item {
            let found = self.by_item.entry(item).or_default();
            if !found.contains(&place) {
                found.push(place);
            }
        }
    }
}

impl Risks for Findings {
    fn risk(&self, id: RowId) -> u8 {
        self.worst(id).map_or(0, |severity| severity as u8 + 1)
    }
}
