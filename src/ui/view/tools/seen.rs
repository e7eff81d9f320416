//! What tools were seen doing: their calls up to a message.

use crate::session::{Item, RowId, ServerId, Symbol};
use crate::ui::facts::Facts;
use std::collections::HashMap;

/// Calls of each tool.
pub struct Counts(HashMap<(ServerId, Symbol), u32>);

impl Counts {
    /// One pass over the calls up to a message: ten nanoseconds each.
    pub fn upto(facts: Facts, at: RowId) -> Counts {
        let session = facts.session;
        let mut counts = HashMap::new();
        for request in session.calls().iter().take_while(|request| **request <= at) {
            *counts
                .entry((session.server_of(*request), session.row(*request).name))
                .or_default() += 1;
        }
        Counts(counts)
    }

    pub fn calls(&self, facts: Facts, item: &Item) -> u32 {
        let symbol = facts.session.find_symbol(item.name.as_raw().bytes());
        symbol
            .and_then(|symbol| self.0.get(&(item.server, symbol)).copied())
            .unwrap_or(0)
    }
}

/// The numbers of a tool's calls.
pub fn calls<'a>(facts: Facts<'a>, item: &Item) -> impl Iterator<Item = usize> + 'a {
    let symbol = facts.session.find_symbol(item.name.as_raw().bytes());
    let (server, session) = (item.server, facts.session);
    let calls = session.calls().iter().enumerate();
    calls
        .filter(move |(_, request)| {
            symbol.is_some_and(|symbol| session.row(**request).name == symbol)
                && session.server_of(**request) == server
        })
        .map(|(n, _)| n)
}
