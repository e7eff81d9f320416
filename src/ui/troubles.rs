//! What the Findings view lists: stories, findings worst first, and those that a person suppressed. Where there are many,
//! those of one rule are one entry, which unfolds.

use super::facts::Facts;
use super::lists::passes;
use super::model::{Model, View};
use super::triage::{GroupKey, Tally};
use crate::analysis::{Finding, Story};
use crate::store::cases::story_key;
use std::collections::HashMap;

/// From so many findings on, those of one rule are one entry.
const MANY: usize = 60;
/// So many of one rule, at least.
const FOLDED: usize = 4;

/// What an entry of the Findings view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The number of a story.
    Story(usize),
    /// The place of a group in [`Troubles::groups`].
    Group(usize),
    /// The number of a finding.
    Finding(usize),
    /// The number of a suppressed finding.
    Suppressed(usize),
}

/// Findings of one rule and severity, under one entry.
#[derive(Clone, Debug)]
pub struct Group {
    pub key: GroupKey,
    /// Numbers of its findings, as they are sorted.
    pub findings: Vec<usize>,
    pub folded: bool,
}

/// The entries of the Findings view.
#[derive(Debug, Default)]
pub struct Troubles {
    entries: Vec<Trouble>,
    pub groups: Vec<Group>,
    /// The entry of each finding that is listed; of one that is folded, its group's.
    places: HashMap<usize, usize>,
}

impl Troubles {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn at(&self, entry: usize) -> Option<Trouble> {
        self.entries.get(entry).copied()
    }

    /// The entry that a finding is, or is folded in.
    pub fn place(&self, finding: usize) -> Option<usize> {
        self.places.get(&finding).copied()
    }

    fn push(&mut self, trouble: Trouble) {
        self.entries.push(trouble);
    }
}

/// Lists anew.
pub fn refresh(model: &mut Model, facts: Facts) {
    model.triage.tally = Tally::of(facts.findings, &model.marks);
    let worst_first = facts.findings.sorted();
    let listed = |n: &usize| {
        let finding = &facts.findings.list()[*n];
        passes(model, finding.row) && (!model.triage.queue || is_open(model, finding))
    };
    let findings: Vec<usize> = worst_first.into_iter().filter(listed).collect();
    let mut in_time = findings.clone();
    in_time.sort_by_key(|n| (facts.findings.list()[*n].row, *n));
    let told = |story: &Story| {
        let mut found = story.findings.iter().filter(|n| **n < facts.findings.len());
        found.any(&listed)
    };
    let stories = facts.findings.stories().iter().enumerate();
    let stories: Vec<usize> = stories
        .filter(|(_, story)| told(story))
        .map(|(n, _)| n)
        .collect();
    let suppressed = facts.findings.suppressed().iter().enumerate();
    let suppressed: Vec<usize> = suppressed
        .filter(|(_, one)| !model.triage.queue && passes(model, one.finding.row))
        .map(|(n, _)| n)
        .collect();
    let mut troubles = Troubles::default();
    stories
        .iter()
        .for_each(|n| troubles.push(Trouble::Story(*n)));
    grouped(model, facts, &findings, &mut troubles);
    suppressed
        .iter()
        .for_each(|n| troubles.push(Trouble::Suppressed(*n)));
    model.lists.troubles = troubles;
    model.lists.stories = stories;
    model.lists.suppressed = suppressed;
    model.lists.findings = findings;
    model.lists.findings_in_time = in_time;
}

/// The findings, each alone or under its group.
fn grouped(model: &Model, facts: Facts, findings: &[usize], troubles: &mut Troubles) {
    let key = |n: usize| {
        let finding = &facts.findings.list()[n];
        (finding.severity, finding.rule.id)
    };
    let groups = model.triage.grouped.unwrap_or(findings.len() >= MANY);
    let mut members: HashMap<GroupKey, Vec<usize>> = HashMap::new();
    if groups {
        for n in findings {
            members.entry(key(*n)).or_default().push(*n);
        }
        members.retain(|_, group| group.len() >= FOLDED);
    }
    for n in findings {
        if !members.contains_key(&key(*n)) {
            let is_member = troubles.groups.iter().any(|group| group.key == key(*n));
            if !is_member {
                troubles.places.insert(*n, troubles.entries.len());
                troubles.push(Trouble::Finding(*n));
            }
            continue;
        }
        // The group stands where the worst of it would.
        let own = members.remove(&key(*n)).unwrap_or_default();
        let folded = !model.triage.unfolded.contains(&key(*n));
        let head = troubles.entries.len();
        troubles.push(Trouble::Group(troubles.groups.len()));
        for member in &own {
            match folded {
                true => {
                    troubles.places.insert(*member, head);
                }
                false => {
                    troubles.places.insert(*member, troubles.entries.len());
                    troubles.push(Trouble::Finding(*member));
                }
            }
        }
        troubles.groups.push(Group {
            key: key(*n),
            findings: own,
            folded,
        });
    }
}

/// Whether something has still to be done about a finding.
pub fn is_open(model: &Model, finding: &Finding) -> bool {
    let mark = model.marks.get(&finding.id);
    mark.is_none_or(|mark| !mark.verdict.is_decided())
}

/// What a mark on a story is kept under: its first finding tells it from others, however it goes on.
pub fn key_of(facts: Facts, story: &Story) -> Option<String> {
    let first = story.findings.first()?;
    let finding = facts.findings.list().get(*first)?;
    Some(story_key(&finding.id))
}

pub fn trouble_at(model: &Model, entry: usize) -> Option<Trouble> {
    model.lists.troubles.at(entry)
}

/// The finding that an entry of the Findings view is, told or suppressed.
pub fn finding_of(facts: Facts<'_>, trouble: Trouble) -> Option<&Finding> {
    match trouble {
        Trouble::Story(_) | Trouble::Group(_) => None,
        Trouble::Finding(n) => facts.findings.list().get(n),
        Trouble::Suppressed(n) => facts.findings.suppressed().get(n).map(|one| &one.finding),
    }
}

/// The number of the finding that is selected in the Findings view; `None` where it is another entry.
pub fn selected_finding(model: &Model) -> Option<usize> {
    match trouble_at(model, model.panes[View::Findings as usize].selected)? {
        Trouble::Finding(number) => Some(number),
        Trouble::Story(_) | Trouble::Group(_) | Trouble::Suppressed(_) => None,
    }
}

/// The entry of the Findings view that a finding is, or is folded in.
pub fn entry_of_finding(model: &Model, number: usize) -> Option<usize> {
    model.lists.troubles.place(number)
}

/// The group of a finding is unfolded, so that the finding has an entry of its own.
pub fn unfold_to(model: &mut Model, facts: Facts, number: usize) {
    let groups = &model.lists.troubles.groups;
    let group = groups
        .iter()
        .find(|group| group.folded && group.findings.contains(&number));
    if let Some(key) = group.map(|group| group.key) {
        model.triage.unfolded.insert(key);
        model.triage.revision += 1;
        super::lists::refresh(model, facts);
    }
}
