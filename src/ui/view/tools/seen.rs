//! What tools were seen doing.

use crate::session::Item;
use crate::ui::facts::Facts;

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
