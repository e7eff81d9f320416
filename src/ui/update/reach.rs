//! What belongs to what is selected: its call, its definition, its message, what was found about it, its change.

use super::super::facts::Facts;
use super::super::lists::{self, Shift, Shifted, ToolRow};
use super::super::message::Effect;
use super::super::model::{Focus, Model, View};
use super::super::target::Target;
use super::go::{go_to, place};
use super::seek::nearest_call;
use super::{set_cursor, toast};
use crate::session::{ItemId, ItemKind, RowId, ServerId, Symbol};

/// Findings of a server that are looked through, worst first.
const FINDINGS: usize = 10_000;

/// The call that is selected, or that the message under the cursor belongs to.
pub fn call_here(model: &Model, facts: Facts) -> Option<usize> {
    facts.row(model.cursor)?;
    match model.view {
        View::Calls | View::Flow => lists::call_at(model, facts, model.panes().selected),
        _ => facts.session.call_of(model.cursor),
    }
}

/// The definition that a view's selection is, where it is one, and which version.
pub fn selected_item(model: &Model, facts: Facts) -> Option<(ItemId, Option<usize>)> {
    match model.view {
        View::Tools => match model.lists.tools.get(model.panes().selected)? {
            ToolRow::Item { item, version, .. } => Some((*item, Some(*version))),
            ToolRow::Server(_) | ToolRow::Called { .. } => None,
        },
        View::Changes => item_of(facts, *model.lists.changes.get(model.panes().selected)?),
        View::Findings => {
            let finding = facts.findings.list().get(lists::selected_finding(model)?)?;
            let (server, tool) = (finding.server?, finding.tool.as_ref()?);
            let item = facts.session.item(server, ItemKind::Tool, tool.as_raw())?;
            Some((item.id, None))
        }
        View::Calls | View::Messages | View::Flow => None,
    }
}

fn item_of(facts: Facts, shift: Shift) -> Option<(ItemId, Option<usize>)> {
    match shift.what {
        Shifted::Change(number) => {
            let change = facts.session.changes().get(number)?;
            Some((change.item, None))
        }
        Shifted::Drift { item, version } => Some((item, Some(version))),
    }
}

/// The definition that what is selected is about, or that the message under the cursor brought.
pub fn item_here(model: &Model, facts: Facts) -> Option<ItemId> {
    if let Some((item, _)) = selected_item(model, facts) {
        return Some(item);
    }
    if matches!(model.view, View::Tools | View::Changes) {
        return None;
    }
    let row = call_here(model, facts)
        .and_then(|call| facts.session.calls().get(call).copied())
        .unwrap_or(model.cursor);
    definition_for(facts, row).or_else(|| {
        facts.row(row)?;
        Some(facts.session.brought_by(row).first()?.0)
    })
}

/// The definition in force for what a request asks for.
pub fn definition_for(facts: Facts, row: RowId) -> Option<ItemId> {
    facts.row(row)?;
    let name = facts.session.name(row);
    if name.is_empty() {
        return None;
    }
    let server = facts.session.server_of(row);
    [ItemKind::Tool, ItemKind::Prompt, ItemKind::Resource]
        .into_iter()
        .find_map(|kind| facts.session.item(server, kind, name))
        .map(|item| item.id)
}

/// The tool that what is selected is about: a server and a name that is called somewhere.
pub fn tool_here(model: &Model, facts: Facts) -> Option<(ServerId, Symbol)> {
    if let Some((item, _)) = selected_item(model, facts) {
        let item = facts.session.items().get(item.index())?;
        let tool = facts.session.find_symbol(item.name.as_raw().bytes())?;
        return (item.kind == ItemKind::Tool).then_some((item.server, tool));
    }
    if model.view == View::Tools {
        return None;
    }
    let request = *facts.session.calls().get(call_here(model, facts)?)?;
    let tool = facts.session.row(request).name;
    Some((facts.session.server_of(request), tool))
}

/// Goes to the call of what is selected: its own, or that of its tool nearest to the cursor.
pub fn to_call(model: &mut Model, facts: Facts) -> Vec<Effect> {
    match own_call(model, facts) {
        Some(call) => go_to(model, facts, Target::Call(call)),
        None => match tool_here(model, facts) {
            Some(tool) => nearest_call(model, facts, tool),
            None => Vec::new(),
        },
    }
}

/// The call under the cursor, where the view is about what the cursor is at.
fn own_call(model: &Model, facts: Facts) -> Option<usize> {
    match model.view {
        View::Tools | View::Changes => None,
        _ => call_here(model, facts),
    }
}

pub fn no_call(model: &Model, facts: Facts) -> Option<&'static str> {
    let own = own_call(model, facts);
    let request = own.and_then(|call| facts.session.calls().get(call).copied());
    if model.view == View::Calls && model.focus == Focus::List && request == Some(model.cursor) {
        return Some("This is the call already; enter opens its details.");
    }
    if own.is_some() || tool_here(model, facts).is_some() {
        return None;
    }
    Some(match model.view {
        View::Tools | View::Changes => "This was never called as a tool in this recording.",
        _ => "The message under the cursor belongs to no tool call.",
    })
}

/// Why the definition cannot be gone to.
pub fn no_definition(model: &Model, facts: Facts) -> Option<&'static str> {
    match (item_here(model, facts), model.view, model.focus) {
        (Some(_), View::Tools, Focus::Detail) => Some("This is the definition already."),
        (Some(_), ..) => None,
        (None, View::Tools, _) => Some("A server is selected; its tools are below it."),
        (None, ..) => {
            Some("No definition of this was in force here: the recording holds no listing of it.")
        }
    }
}

/// Why the message cannot be gone to.
pub fn no_message(model: &Model, facts: Facts) -> Option<&'static str> {
    if facts.is_empty() {
        return Some("Nothing is recorded yet.");
    }
    (model.view == View::Messages && model.focus == Focus::List)
        .then_some("This is the message already; enter opens it.")
}

/// The message itself: for a definition the one that brought it.
pub fn message_here(model: &Model, facts: Facts) -> RowId {
    let version = match selected_item(model, facts) {
        Some((item, Some(version))) => facts
            .session
            .items()
            .get(item.index())
            .and_then(|item| item.versions.get(version)),
        _ => None,
    };
    version.map_or(model.cursor, |version| version.from)
}

/// The worst finding about what is selected.
pub fn worst_here(model: &Model, facts: Facts) -> Option<usize> {
    let list = facts.findings.list();
    let worst = |numbers: &mut dyn Iterator<Item = usize>| {
        let known = numbers.filter(|number| *number < list.len());
        known.max_by_key(|number| {
            let finding = &list[*number];
            (
                finding.severity,
                finding.confidence,
                std::cmp::Reverse(*number),
            )
        })
    };
    if model.view == View::Tools
        && let Some(ToolRow::Server(server)) = model.lists.tools.get(model.panes().selected)
    {
        let sorted = model.lists.findings.iter().take(FINDINGS).copied();
        let mut sorted = sorted.filter(|number| *number < list.len());
        return sorted.find(|number| list[*number].server == Some(*server));
    }
    let of_item = |item: ItemId| worst(&mut facts.findings.for_item(item).iter().copied());
    if matches!(model.view, View::Tools | View::Changes) {
        return of_item(selected_item(model, facts)?.0);
    }
    let mut rows = vec![model.cursor];
    if let Some(call) = call_here(model, facts) {
        let call = facts.session.call(call);
        rows.extend([call.request]);
        rows.extend(call.response);
        rows.extend(call.continued);
    }
    rows.sort_unstable();
    rows.dedup();
    let on_rows = rows
        .iter()
        .flat_map(|row| facts.findings.by_row(*row).iter().copied());
    worst(&mut on_rows.into_iter()).or_else(|| of_item(item_here(model, facts)?))
}

pub fn no_worst(model: &Model, facts: Facts) -> Option<&'static str> {
    match worst_here(model, facts) {
        None => Some("Nothing was found about this."),
        Some(number)
            if model.view == View::Findings && lists::selected_finding(model) == Some(number) =>
        {
            Some("This is the worst finding about it already.")
        }
        Some(_) => None,
    }
}

/// The entry of Changes that tells of the definition of what is selected: the last one up to the cursor, else the
/// first one after it.
fn change_here(model: &Model, facts: Facts) -> Option<usize> {
    let item = item_here(model, facts)?;
    let changes = &model.lists.changes;
    let of_it = |shift: &Shift| item_of(facts, *shift).is_some_and(|(own, _)| own == item);
    let here = changes.partition_point(|shift| shift.at <= model.cursor);
    let before = changes[..here].iter().rposition(of_it);
    before.or_else(|| Some(here + changes[here..].iter().position(of_it)?))
}

pub fn no_change(model: &Model, facts: Facts) -> Option<&'static str> {
    if model.view == View::Changes {
        return Some("This is the list of changes; ) and ( go from one to the other.");
    }
    let Some(_) = item_here(model, facts) else {
        return Some("No definition of this is known: the recording holds no listing of it.");
    };
    match (change_here(model, facts), &model.filter.good) {
        (Some(_), _) => None,
        (None, Some(_)) => Some("No change of its definition passes the filter."),
        (None, None) => Some("Its definition did not change in this recording."),
    }
}

pub fn to_change(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(entry) = change_here(model, facts) else {
        return Vec::new();
    };
    let from = place(model);
    model.jumps.leave(from);
    model.view = View::Changes;
    model.focus = Focus::List;
    let at = model.lists.changes[entry].at;
    let panes = model.panes_mut();
    panes.selected = entry;
    (panes.scroll, panes.link) = (0, 0);
    set_cursor(model, facts, at);
    Vec::new()
}

/// The other half of an exchange. Where the views do not show which half it is, it is said.
pub fn to_pair(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(row) = facts.row(model.cursor).and_then(|row| row.pair()) else {
        return Vec::new();
    };
    let from = place(model);
    model.jumps.leave(from);
    set_cursor(model, facts, row);
    if model.view == View::Messages {
        return Vec::new();
    }
    let half = match facts.session.row(row).kind.is_response() {
        true => "response",
        false => "request",
    };
    toast(
        model,
        format!("At the {half}, message {}; o shows it.", row.0 + 1),
    )
}
