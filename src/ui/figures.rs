//! The figures that the screens tell beside the tools, and in what order they put them.

use super::facts::Facts;
use super::model::Model;
use crate::analysis::Severity;
use crate::session::{Figures, Item, ItemKind, RowId, ServerId, Tally};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// In which order the tools of a server stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the server listed them.
    #[default]
    Listed,
    Calls,
    Errors,
    /// By the duration that one call in twenty exceeds.
    Duration,
    /// By what the definition costs in the model's context.
    Cost,
}

impl Order {
    pub fn next(self) -> Order {
        match self {
            Order::Listed => Order::Calls,
            Order::Calls => Order::Errors,
            Order::Errors => Order::Duration,
            Order::Duration => Order::Cost,
            Order::Cost => Order::Listed,
        }
    }

    /// What the title of the list says; nothing where they stand as ever.
    pub fn name(self) -> &'static str {
        match self {
            Order::Listed => "",
            Order::Calls => "by calls",
            Order::Errors => "by errors",
            Order::Duration => "by p95",
            Order::Cost => "by context",
        }
    }

    /// By what a tool is sorted: the most comes first.
    pub fn key(self, tally: Option<&Tally>, tokens: u32) -> Reverse<i64> {
        let zero = Tally::default();
        let tally = tally.unwrap_or(&zero);
        Reverse(match self {
            Order::Listed => 0,
            Order::Calls => i64::from(tally.calls),
            Order::Errors => i64::from(tally.failed()),
            Order::Duration => tally.durations.percentile(95).unwrap_or(-1),
            Order::Cost => i64::from(tokens),
        })
    }
}

/// What is told of the tools.
#[derive(Default)]
pub struct Told {
    pub order: Order,
    /// The figures as of the message of the tree of tools.
    pub shown: Arc<Figures>,
    /// What was found about servers themselves, by server, in the order of the findings.
    about: HashMap<ServerId, Vec<(RowId, Severity)>>,
    /// Findings that were looked at for that, and how often they had been judged again.
    looked: (usize, u64),
}

impl Told {
    /// The worst that was found about a server itself up to a message, not about what it offers.
    pub fn worst_of(&self, server: ServerId, at: RowId) -> Option<Severity> {
        let found = self.about.get(&server)?.iter();
        let known = found.filter(|(row, _)| *row <= at);
        known.map(|(_, severity)| *severity).max()
    }
}

/// Brings the figures up to the message as of which the tree is told.
pub fn refresh(model: &mut Model, facts: Facts, at: RowId) {
    let told = &mut model.told;
    if facts.is_empty() {
        told.shown = Arc::default();
    } else {
        told.shown = facts.session.figures_at(at, Some(&told.shown));
    }
    let (list, turns) = (facts.findings.list(), facts.findings.turns());
    if turns != told.looked.1 || list.len() < told.looked.0 {
        told.about.clear();
        told.looked = (0, turns);
    }
    for finding in &list[told.looked.0..] {
        if let (Some(server), None) = (finding.server, &finding.tool) {
            let found = told.about.entry(server).or_default();
            found.push((finding.row, finding.severity));
        }
    }
    told.looked.0 = list.len();
}

/// The figures of a tool as of the message of the tree; `None` while it was not called.
pub fn of<'t>(told: &'t Told, facts: Facts, item: &Item) -> Option<&'t Tally> {
    if item.kind != ItemKind::Tool {
        return None;
    }
    let name = facts.session.find_symbol(item.name.as_raw().bytes())?;
    told.shown.tool(item.server, name)
}
