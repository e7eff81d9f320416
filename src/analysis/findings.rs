//! All findings of a session, and how they are looked up.

use super::finding::Finding;
use super::rank::Severity;
use crate::session::filter::Risks;
use crate::session::{ItemId, RowId};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Findings in the order in which they appeared; a number in this order names one.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    by_row: HashMap<RowId, Vec<usize>>,
    by_item: HashMap<ItemId, Vec<usize>>,
    counts: [u32; 5],
}

pub type SharedFindings = Arc<RwLock<Findings>>;

impl Findings {
    /// Takes a finding in; `item` is the definition that it is about, where it is about one.
    pub fn push(&mut self, finding: Finding, item: Option<ItemId>) {
        let number = self.list.len();
        self.counts[finding.severity as usize] += 1;
        self.by_row.entry(finding.row).or_default().push(number);
        if let Some(item) = item {
            self.by_item.entry(item).or_default().push(number);
        }
        self.list.push(finding);
    }

    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Numbers of the findings that a message shows.
    pub fn by_row(&self, row: RowId) -> &[usize] {
        self.by_row.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Numbers of the findings about a definition.
    pub fn for_item(&self, item: ItemId) -> &[usize] {
        self.by_item.get(&item).map_or(&[], Vec::as_slice)
    }

    pub fn worst(&self, row: RowId) -> Option<Severity> {
        self.by_row(row)
            .iter()
            .map(|number| self.list[*number].severity)
            .max()
    }

    /// How many there are of each severity, from info to critical.
    pub fn counts(&self) -> [u32; 5] {
        self.counts
    }

    /// Numbers of all findings, worst first, then surest, then in order of appearance.
    pub fn sorted(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = (0..self.list.len()).collect();
        numbers.sort_by_key(|n| {
            let finding = &self.list[*n];
            (
                std::cmp::Reverse((finding.severity, finding.confidence)),
                *n,
            )
        });
        numbers
    }
}

impl Risks for Findings {
    fn risk(&self, id: RowId) -> u8 {
        self.worst(id).map_or(0, |severity| severity as u8 + 1)
    }
}
