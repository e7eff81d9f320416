//! All findings of a session.

use super::capability::Capabilities;
use super::finding::Finding;
use super::memory::hash;
use super::rank::Severity;
use super::settings::{Decision, Settings, Silencer};
use super::story::{Clues, Story};
use crate::session::filter::Risks;
use crate::session::{ItemId, RowId, Session};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// Those that an instruction led to, and those in which private text left: what stories are made of.
    instructed: BTreeSet<usize>,
    leaks: BTreeSet<usize>,
    settings: Arc<Settings>,
    suppressed: Vec<Suppressed>,
    suppressed_groups: HashMap<u64, usize>,
    leveled: BTreeMap<usize, usize>,
    capabilities: HashMap<ItemId, Capabilities>,
    /// Groups whose findings rest on the baseline, with their crowds.
    on_baseline: HashMap<u64, u64>,
    turns: u64,
}

/// A finding that a person decided not to be told of.
#[derive(Clone, Debug)]
pub struct Suppressed {
    pub finding: Finding,
    pub by: Silencer,
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
    pub rests_on_baseline: bool,
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

    /// Findings that an instruction led to, in their order.
    pub(super) fn instructed(&self) -> impl Iterator<Item = usize> {
        self.instructed.iter().copied()
    }

    /// Findings in which private text left, in their order.
    pub(super) fn leaks(&self) -> impl Iterator<Item = usize> {
        self.leaks.iter().copied()
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

    /// What a tool can do, by the newest version of its definition.
    pub fn capabilities(&self, item: ItemId) -> Capabilities {
        self.capabilities.get(&item).copied().unwrap_or_default()
    }

    pub(super) fn set_capabilities(&mut self, item: ItemId, can: Capabilities) {
        self.capabilities.insert(item, can);
    }

    /// Findings that are one attack, in order.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    pub(super) fn set_stories(&mut self, stories: Vec<Story>) {
        self.stories = stories;
    }

    /// What the analysis was told by a person.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How often what rests on the baseline was judged again: then findings have other places.
    pub fn turns(&self) -> u64 {
        self.turns
    }

    pub(super) fn shared_settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings)
    }

    pub(super) fn set_settings(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
    }

    /// Findings that are not told, in the order in which they appeared.
    pub fn suppressed(&self) -> &[Suppressed] {
        &self.suppressed
    }

    /// Findings with another severity than their evidence gave them: place in [`list`](Self::list), place in
    /// [`Settings::levels`].
    pub fn leveled(&self) -> impl Iterator<Item = (usize, usize)> {
        self.leveled.iter().map(|(place, level)| (*place, *level))
    }

    /// Takes a finding in as the settings say: told, told with another severity, or set aside.
    pub(super) fn judge(&mut self, session: &Session, mut finding: Finding, group: Group) {
        let settings = Arc::clone(&self.settings);
        match settings.decide(session, &mut finding) {
            Decision::Told => {
                self.add(finding, group);
            }
            Decision::Leveled(level) => {
                if let Some(place) = self.add(finding, group) {
                    self.leveled.insert(place, level);
                }
            }
            Decision::Silenced(by) => self.set_aside(finding, &group, by),
        }
    }

    /// Keeps a finding that is not told, or counts it if it is there already.
    fn set_aside(&mut self, finding: Finding, group: &Group, by: Silencer) {
        let key = self.key(group);
        self.note_baseline(key, group);
        match self.suppressed_groups.get(&key) {
            Some(place) => self.suppressed[*place].finding.count += 1,
            None => {
                self.suppressed_groups.insert(key, self.suppressed.len());
                self.suppressed.push(Suppressed { finding, by });
            }
        }
    }

    /// What the same finding is known by. Beyond a crowd, all the rest is the same.
    fn key(&mut self, group: &Group) -> u64 {
        let key = hash(group.key.as_bytes());
        if self.groups.contains_key(&key) || self.suppressed_groups.contains_key(&key) {
            return key;
        }
        let crowd = self.crowds.entry(hash(group.crowd.as_bytes())).or_default();
        *crowd += 1;
        if *crowd > CROWD {
            hash(format!("{} and more", group.crowd).as_bytes())
        } else {
            key
        }
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
                rests_on_baseline: false,
            },
        );
    }

    fn note_baseline(&mut self, key: u64, group: &Group) {
        if group.rests_on_baseline {
            self.on_baseline.insert(key, hash(group.crowd.as_bytes()));
        }
    }

    /// Takes out what rests on the baseline, so that it can be judged again; gives the ids of what was told of it.
    /// Stories have to be told again.
    pub(super) fn without_baseline(&mut self) -> BTreeSet<String> {
        let resting = std::mem::take(&mut self.on_baseline);
        let (mut gone, mut silent) = (BTreeSet::new(), BTreeSet::new());
        for (key, crowd) in resting {
            self.crowds.remove(&crowd);
            gone.extend(self.groups.remove(&key));
            silent.extend(self.suppressed_groups.remove(&key));
        }
        let ids = gone.iter().map(|n| self.list[*n].id.clone()).collect();
        let moved = keep(&mut self.list, &gone);
        let moved_silent = keep(&mut self.suppressed, &silent);
        let place = |n: &usize| moved[*n];
        for found in self.by_row.values_mut() {
            *found = found.iter().filter_map(place).collect();
        }
        for found in self.by_item.values_mut() {
            *found = found.iter().filter_map(place).collect();
        }
        self.by_row.retain(|_, found| !found.is_empty());
        self.by_item.retain(|_, found| !found.is_empty());
        let anew = |n: usize| moved[n].unwrap_or_default();
        self.groups.values_mut().for_each(|n| *n = anew(*n));
        let silenced = self.suppressed_groups.values_mut();
        silenced.for_each(|n| *n = moved_silent[*n].unwrap_or_default());
        let clues = std::mem::take(&mut self.clues).into_iter();
        self.clues = clues
            .filter_map(|(n, clues)| Some((moved[n]?, clues)))
            .collect();
        let leveled = std::mem::take(&mut self.leveled).into_iter();
        self.leveled = leveled
            .filter_map(|(n, level)| Some((moved[n]?, level)))
            .collect();
        self.instructed = self.instructed.iter().filter_map(place).collect();
        self.leaks = self.leaks.iter().filter_map(place).collect();
        self.stories.clear();
        self.turns += 1;
        ids
    }

    /// Adds a finding, or counts it if it is there already; gives its place, if it is one that is told.
    fn add(&mut self, finding: Finding, group: Group) -> Option<usize> {
        let key = self.key(&group);
        self.note_baseline(key, &group);
        if let Some(place) = self.suppressed_groups.get(&key) {
            self.suppressed[*place].finding.count += 1;
            return None;
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
        let told = &self.list[place];
        if told.related.iter().any(|r| r.role == "instructed") {
            self.instructed.insert(place);
        }
        if told.rule.id == super::rules::EXFILTRATION.id {
            self.leaks.insert(place);
        }
        let parts = told.related.iter().filter(|r| r.takes_part());
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
        Some(place)
    }
}

/// Takes places out of a list; gives where each of the others stands now.
fn keep<T>(list: &mut Vec<T>, gone: &BTreeSet<usize>) -> Vec<Option<usize>> {
    let mut next = 0..;
    let moved = (0..list.len())
        .map(|n| match gone.contains(&n) {
            true => None,
            false => next.next(),
        })
        .collect();
    let mut n = 0..;
    list.retain(|_| n.next().is_none_or(|n| !gone.contains(&n)));
    moved
}

impl Risks for Findings {
    fn risk(&self, id: RowId) -> u8 {
        self.worst(id).map_or(0, |severity| severity as u8 + 1)
    }
}
