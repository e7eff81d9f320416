//! Stepping among what is alike: calls of the same tool, messages of the same method, anything of the same server.
//!
//! There is no index of these; entries are looked at one after the other, a slice at a time, so that the other end of
//! ten million messages costs no frame.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::lists;
use super::super::message::{Alarm, Effect};
use super::super::model::{Model, View};
use super::super::walk::{Like, Seek};
use super::go::go_to;
use super::reach::{call_here, selected_item, tool_here};
use super::step::partition;
use super::{set_cursor, warn};
use crate::session::{RowId, ServerId, Session, Symbol};
use crate::text::Raw;
use std::time::Duration;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "same next",
        title: "go to the next call of the same tool, or message of the same method",
        short: "",
        keys: &["J"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| same(model, facts, true),
        disabled: nothing_recorded,
    },
    Command {
        name: "same previous",
        title: "go to the previous call of the same tool, or message of the same method",
        short: "",
        keys: &["K"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| same(model, facts, false),
        disabled: nothing_recorded,
    },
    Command {
        name: "server next",
        title: "go to the next call of the same server; in Messages, the next message",
        short: "",
        keys: &["alt-j"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| same_server(model, facts, true),
        disabled: nothing_recorded,
    },
    Command {
        name: "server previous",
        title: "go to the previous call of the same server; in Messages, the previous message",
        short: "",
        keys: &["alt-k"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| same_server(model, facts, false),
        disabled: nothing_recorded,
    },
];

fn nothing_recorded(_: &Model, facts: Facts) -> Option<&'static str> {
    facts.is_empty().then_some("Nothing is recorded yet.")
}

fn same(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    if facts.row(model.cursor).is_none() {
        return Vec::new();
    }
    let (like, calls) = match tool_here(model, facts) {
        Some((server, tool)) => (Like::Tool(server, tool), true),
        None if selected_item(model, facts).is_some() => {
            return warn(model, "This was never called as a tool in this recording.");
        }
        None => (alike(facts, model.cursor), false),
    };
    start(model, facts, like, calls, forward)
}

/// What a message without a tool has in common with others.
fn alike(facts: Facts, row: RowId) -> Like {
    match facts.session.method_symbol(row) {
        Symbol::NONE => Like::Kind(facts.session.row(row).kind),
        method => Like::Method(method),
    }
}

fn same_server(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    if facts.row(model.cursor).is_none() {
        return Vec::new();
    }
    let server = match model.view {
        View::Messages => facts.session.server_of(model.cursor),
        _ => server_here(model, facts),
    };
    let calls = model.view != View::Messages;
    start(model, facts, Like::Server(server), calls, forward)
}

fn server_here(model: &Model, facts: Facts) -> ServerId {
    let own = tool_here(model, facts).map(|(server, _)| server);
    own.unwrap_or_else(|| facts.session.server_of(model.cursor))
}

fn start(model: &mut Model, facts: Facts, like: Like, calls: bool, forward: bool) -> Vec<Effect> {
    let seek = Seek {
        generation: model.next_generation(),
        like,
        calls,
        forward,
        from: start_of(model, facts, calls),
        next: None,
        filter: filter_of(model),
        turns: false,
        opens: false,
    };
    begin(model, facts, seek)
}

/// A step from within a call is one from its request.
fn start_of(model: &Model, facts: Facts, calls: bool) -> RowId {
    match call_here(model, facts).filter(|_| calls) {
        Some(call) => facts.session.calls()[call],
        None => model.cursor,
    }
}

/// Goes to the call of a tool that is nearest to the cursor: after it, if there is one, else before it.
pub fn nearest_call(
    model: &mut Model,
    facts: Facts,
    (server, tool): (ServerId, Symbol),
) -> Vec<Effect> {
    let seek = Seek {
        generation: model.next_generation(),
        like: Like::Tool(server, tool),
        calls: true,
        forward: true,
        from: model.cursor,
        next: None,
        filter: filter_of(model),
        turns: true,
        opens: true,
    };
    begin(model, facts, seek)
}

fn filter_of(model: &Model) -> u64 {
    model.filter.good.as_ref().map_or(0, |good| good.generation)
}

/// The entries that are looked through, and the message of one.
fn listed(seek: &Seek) -> View {
    match seek.calls {
        true => View::Calls,
        false => View::Messages,
    }
}

fn begin(model: &mut Model, facts: Facts, mut seek: Seek) -> Vec<Effect> {
    let list = listed(&seek);
    let count = lists::len(model, facts, list);
    let anchor = |entry: usize| lists::anchor(model, facts, list, entry);
    seek.next = match seek.forward {
        true => Some(partition(count, |entry| {
            anchor(entry).is_some_and(|row| row <= seek.from)
        })),
        false => partition(count, |entry| {
            anchor(entry).is_some_and(|row| row < seek.from)
        })
        .checked_sub(1),
    };
    go_on(model, facts, seek)
}

/// A slice of the session is looked at; the next one is asked for.
fn go_on(model: &mut Model, facts: Facts, mut seek: Seek) -> Vec<Effect> {
    let list = listed(&seek);
    let count = lists::len(model, facts, list);
    for _ in 0..model.walk.slice {
        let Some(entry) = seek.next.filter(|entry| *entry < count) else {
            return not_found(model, facts, seek);
        };
        let row = lists::anchor(model, facts, list, entry);
        if let Some(row) = row.filter(|row| is_like(facts.session, *row, seek.like)) {
            return found(model, facts, seek, row);
        }
        seek.next = match seek.forward {
            true => Some(entry + 1),
            false => entry.checked_sub(1),
        };
    }
    let alarm = Alarm::Seek(seek.generation);
    model.walk.seek = Some(seek);
    vec![Effect::Wake(Duration::ZERO, alarm)]
}

/// It goes on, unless the person went elsewhere meanwhile.
pub fn woke(model: &mut Model, facts: Facts, generation: u64) -> Vec<Effect> {
    let seek = model
        .walk
        .seek
        .take_if(|seek| seek.generation == generation);
    match seek {
        Some(seek) if seek.filter == filter_of(model) => go_on(model, facts, seek),
        _ => Vec::new(),
    }
}

fn is_like(session: &Session, id: RowId, like: Like) -> bool {
    let row = session.row(id);
    match like {
        Like::Tool(server, tool) => row.name == tool && session.server_of(id) == server,
        Like::Method(method) => row.method == method && !row.kind.is_response(),
        Like::Kind(kind) => row.kind == kind && session.method_symbol(id) == Symbol::NONE,
        Like::Server(server) => session.server_of(id) == server,
    }
}

fn found(model: &mut Model, facts: Facts, seek: Seek, row: RowId) -> Vec<Effect> {
    model.walk.seek = None;
    let call = facts.session.calls().binary_search(&row).ok();
    match call.and_then(|call| seek.target(call)) {
        Some(target) => go_to(model, facts, target),
        None => {
            set_cursor(model, facts, row);
            Vec::new()
        }
    }
}

fn not_found(model: &mut Model, facts: Facts, mut seek: Seek) -> Vec<Effect> {
    if std::mem::take(&mut seek.turns) {
        seek.forward = !seek.forward;
        return begin(model, facts, seek);
    }
    model.walk.seek = None;
    let (which, other) = match seek.forward {
        true => ("last", "later"),
        false => ("first", "earlier"),
    };
    let name = |raw: Raw| raw.label(40);
    let session = facts.session;
    let server = |id: ServerId| {
        session
            .servers()
            .get(id.index())
            .map_or_else(String::new, |server| name(server.label.as_raw()))
    };
    let mut words = match seek.like {
        Like::Tool(id, tool) if seek.opens => format!(
            "{} of {} is never called",
            name(session.symbol(tool)),
            server(id)
        ),
        Like::Tool(id, tool) => format!(
            "This is the {which} call of {} at {}",
            name(session.symbol(tool)),
            server(id)
        ),
        Like::Method(method) => {
            format!("There is no {other} {}", name(session.symbol(method)))
        }
        Like::Kind(kind) => format!("There is no {other} message of this kind ({})", kind.name()),
        Like::Server(id) if seek.calls => format!("There is no {other} call to {}", server(id)),
        Like::Server(id) => format!("There is no {other} message of {}", server(id)),
    };
    if model.filter.good.is_some() {
        words.push_str(" that passes the filter");
    }
    words.push('.');
    warn(model, words)
}
