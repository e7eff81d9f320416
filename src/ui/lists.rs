//! What the views list. Derived from the session, the findings and the filter, and refreshed when one of them changed.

use super::facts::Facts;
use super::figures::{self, Order};
use super::model::{AsOf, Model, View};
use super::troubles::{self, Troubles};
use super::trust;
use crate::formats::Class;
use crate::session::filter::Picked;
use crate::session::{ItemId, ItemKind, RowId, ServerId, Standing, Symbol};
use std::cmp::Reverse;
use std::collections::HashMap;

pub use super::troubles::{
    Trouble, entry_of_finding, finding_of, selected_finding, trouble_at, unfold_to,
};

/// A row of the tree of tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolRow {
    Server(ServerId),
    /// A definition in force, which version of it, and whether it is the last of its server.
    Item {
        item: ItemId,
        version: usize,
        last: bool,
    },
    /// A tool that was called, and whose definition the recording does not hold.
    Called {
        server: ServerId,
        name: Symbol,
        last: bool,
    },
}

impl ToolRow {
    /// Whether both are about the same, wherever it stands.
    pub fn is_same(&self, other: &ToolRow) -> bool {
        match (self, other) {
            (ToolRow::Item { item, .. }, ToolRow::Item { item: other, .. }) => item == other,
            (
                ToolRow::Called { server, name, .. },
                ToolRow::Called {
                    server: other_server,
                    name: other,
                    ..
                },
            ) => (server, name) == (other_server, other),
            _ => self == other,
        }
    }
}

/// An entry of the Changes view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    pub at: RowId,
    pub what: Shifted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shifted {
    /// The number of a change within the session.
    Change(usize),
    /// A wording that is not what was accepted, or that was rejected.
    Drift { item: ItemId, version: usize },
}

/// What the last refresh saw: if nothing of it changed, there is nothing to do.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stamp {
    rows: usize,
    calls: usize,
    changes: usize,
    items: usize,
    findings: usize,
    /// How often findings were judged again.
    turns: u64,
    decided: usize,
    suppressed: usize,
    stories: usize,
    /// Marks, and what is folded of the findings.
    triage: u64,
    filter: u64,
    /// How many parts the filter has brought in.
    parts: u64,
    /// The message of the tree of tools; `None` while another view is seen, which costs nothing then.
    at: Option<u32>,
    folded: usize,
    /// What the figures beside the tools are of, and how they order them.
    figures: (u32, u32),
    order: Order,
}

#[derive(Debug, Default)]
pub struct Lists {
    /// The entries of the Findings view.
    pub troubles: Troubles,
    /// Numbers of stories, worst first; they stand above the findings.
    pub stories: Vec<usize>,
    /// Numbers of findings, worst first.
    pub findings: Vec<usize>,
    /// Numbers of findings that a person suppressed; they stand below the others.
    pub suppressed: Vec<usize>,
    /// Numbers of findings in the order of their messages.
    pub findings_in_time: Vec<usize>,
    /// Numbers of the calls that pass the filter, so far; `None` where all do.
    pub calls: Option<Picked>,
    /// How many calls were looked at for that.
    calls_seen: usize,
    /// Rows that pass the filter, so far; `None` where there is no filter.
    pub passed: Option<Picked>,
    /// Changes within the session and wordings that are not as decided, in the order of their messages.
    pub changes: Vec<Shift>,
    pub tools: Vec<ToolRow>,
    stamp: Stamp,
}

/// The message as of which the world is told.
pub fn at(model: &Model, facts: Facts) -> RowId {
    match model.as_of {
        // A configuration has no before and after.
        _ if facts.session.classes() == [Class::Configuration] => {
            facts.session.last().unwrap_or(model.cursor)
        }
        AsOf::Cursor => model.cursor,
        AsOf::End => facts.session.last().unwrap_or(model.cursor),
    }
}

/// Brings the lists up to date.
pub fn refresh(model: &mut Model, facts: Facts) {
    let at = at(model, facts);
    if model.view == View::Tools {
        figures::refresh(model, facts, at);
    }
    let stamp = Stamp {
        rows: facts.session.len(),
        calls: facts.session.calls().len(),
        changes: facts.session.changes().len(),
        items: facts
            .session
            .items()
            .iter()
            .map(|item| item.versions.len())
            .sum(),
        findings: facts.findings.len(),
        turns: facts.findings.turns(),
        decided: model.decided.len(),
        suppressed: facts.findings.suppressed().len(),
        stories: facts.findings.stories().len(),
        triage: model.triage.revision,
        filter: model.filter.good.as_ref().map_or(0, |good| good.generation),
        parts: model.filter.parts,
        at: (model.view == View::Tools).then_some(at.0),
        folded: model.folded.len(),
        figures: model.told.shown.stamp(),
        order: model.told.order,
    };
    if stamp == model.lists.stamp {
        return;
    }
    let known = &model.lists.stamp;
    let filtered = (stamp.filter, stamp.parts) != (known.filter, known.parts);
    if stamp.filter != known.filter {
        model.lists.calls = model.lists.passed.as_ref().map(|_| Picked::default());
        model.lists.calls_seen = 0;
    }
    let known = &model.lists.stamp;
    let turned = (stamp.turns, stamp.decided) != (known.turns, known.decided);
    let marked = stamp.triage != known.triage;
    let found = (stamp.findings, stamp.suppressed, stamp.stories);
    if filtered || turned || marked || found != (known.findings, known.suppressed, known.stories) {
        troubles::refresh(model, facts);
    }
    let known = &model.lists.stamp;
    if filtered || stamp.calls != known.calls {
        calls(model, facts);
    }
    let known = &model.lists.stamp;
    if filtered || turned || stamp.changes != known.changes || stamp.findings != known.findings {
        model.lists.changes = changes(model, facts);
    }
    if model.view == View::Tools {
        model.lists.tools = tools(model, facts, at);
    }
    model.lists.stamp = stamp;
}

/// Whether a row passes the filter, as far as that is known.
pub fn passes(model: &Model, row: RowId) -> bool {
    model
        .lists
        .passed
        .as_ref()
        .is_none_or(|rows| rows.contains(row.index()))
}

fn changes(model: &Model, facts: Facts) -> Vec<Shift> {
    let within = facts.session.changes().iter().enumerate();
    let mut shifts: Vec<Shift> = within
        .map(|(n, change)| Shift {
            at: change.at,
            what: Shifted::Change(n),
        })
        .collect();
    for (n, finding) in facts.findings.list().iter().enumerate() {
        if !trust::is_drift(finding.rule) {
            continue;
        }
        let brought = facts.session.brought_by(finding.row).iter();
        let mut own = brought.filter(|(item, _)| facts.findings.for_item(*item).contains(&n));
        if let Some((item, version)) = own.next() {
            shifts.push(Shift {
                at: finding.row,
                what: Shifted::Drift {
                    item: *item,
                    version: *version,
                },
            });
        }
    }
    // What was decided on here stays where it was: the next one must not come under a key that is pressed twice.
    for (item, version) in &model.decided {
        let what = Shifted::Drift {
            item: *item,
            version: *version,
        };
        let wording = facts.session.items().get(item.index());
        let wording = wording.and_then(|item| item.versions.get(*version));
        if let Some(wording) = wording.filter(|_| shifts.iter().all(|shift| shift.what != what)) {
            let at = wording.from;
            shifts.push(Shift { at, what });
        }
    }
    shifts.retain(|shift| passes(model, shift.at));
    shifts.sort_by_key(|shift| (shift.at, shift.what));
    shifts
}

/// Takes in the calls whose requests the filter has looked at since.
fn calls(model: &mut Model, facts: Facts) {
    let lists = &mut model.lists;
    let (Some(passed), Some(picked)) = (&lists.passed, &mut lists.calls) else {
        return;
    };
    let calls = facts.session.calls();
    while let Some(request) = calls.get(lists.calls_seen)
        && request.index() < model.filter.upto
    {
        if passed.contains(request.index()) {
            picked.push(lists.calls_seen);
        }
        lists.calls_seen += 1;
    }
}

/// Forgets what is known of the calls from a row on: it was looked at again.
pub fn look_again(model: &mut Model, facts: Facts, from: RowId) {
    let first = facts.session.calls().partition_point(|call| *call < from);
    if let Some(picked) = &mut model.lists.calls
        && first < model.lists.calls_seen
    {
        picked.truncate(first);
        model.lists.calls_seen = first;
    }
}

/// The tree as of a message: servers that had connected, and what they offered then.
fn tools(model: &Model, facts: Facts, at: RowId) -> Vec<ToolRow> {
    if facts.is_empty() {
        return Vec::new();
    }
    let world = facts.session.world(at);
    let items = facts.session.items();
    let mut undefined = undefined(model, facts);
    let mut rows = Vec::new();
    for state in world
        .servers
        .iter()
        .filter(|state| state.standing != Standing::NotYet)
    {
        let server = state.id;
        rows.push(ToolRow::Server(server));
        if model.folded.contains(&server.0) {
            continue;
        }
        let of_server = |(id, version): &(ItemId, usize)| {
            let item = items.get(id.index())?;
            let own = item.server == server && item.kind != ItemKind::ServerInfo;
            own.then(|| {
                let row = ToolRow::Item {
                    item: *id,
                    version: *version,
                    last: false,
                };
                (order(item.kind), place(model, facts, row), *id, row)
            })
        };
        let mut own: Vec<_> = world.in_force.iter().filter_map(of_server).collect();
        for name in undefined.remove(&server).unwrap_or_default() {
            let row = ToolRow::Called {
                server,
                name,
                last: false,
            };
            let after_all = ItemId(u32::MAX);
            own.push((
                order(ItemKind::Tool),
                place(model, facts, row),
                after_all,
                row,
            ));
        }
        // Equals stay as they are listed.
        own.sort_by_key(|(kind, place, item, _)| (*kind, *place, *item));
        rows.extend(own.into_iter().map(|(.., row)| row));
        if let Some(ToolRow::Item { last, .. } | ToolRow::Called { last, .. }) = rows.last_mut() {
            *last = true;
        }
    }
    rows
}

/// Tools that were called so far and are no item of their server, by server.
fn undefined(model: &Model, facts: Facts) -> HashMap<ServerId, Vec<Symbol>> {
    let session = facts.session;
    let mut undefined: HashMap<ServerId, Vec<Symbol>> = HashMap::new();
    for (server, name) in model.told.shown.called() {
        let listed = session.item(server, ItemKind::Tool, session.symbol(name));
        if listed.is_none() {
            undefined.entry(server).or_default().push(name);
        }
    }
    undefined
}

/// Where a tool stands among those of its server.
fn place(model: &Model, facts: Facts, row: ToolRow) -> Reverse<i64> {
    let told = &model.told;
    if told.order == Order::Listed {
        return Reverse(0);
    }
    match row {
        ToolRow::Item { item, version, .. } => {
            let Some(item) = facts.session.items().get(item.index()) else {
                return Reverse(0);
            };
            let tokens = item.versions.get(version).map_or(0, |one| one.cost.tokens);
            told.order.key(figures::of(told, facts, item), tokens)
        }
        ToolRow::Called { server, name, .. } => told.order.key(told.shown.tool(server, name), 0),
        ToolRow::Server(_) => Reverse(0),
    }
}

fn order(kind: ItemKind) -> u8 {
    match kind {
        ItemKind::Instructions => 0,
        ItemKind::Tool => 1,
        ItemKind::Prompt => 2,
        ItemKind::Resource => 3,
        ItemKind::Template => 4,
        ItemKind::ServerInfo => 5,
    }
}

/// How many entries a view lists.
pub fn len(model: &Model, facts: Facts, view: View) -> usize {
    match view {
        View::Findings => model.lists.troubles.len(),
        View::Calls | View::Flow => model
            .lists
            .calls
            .as_ref()
            .map_or(facts.session.calls().len(), Picked::len),
        View::Tools => model.lists.tools.len(),
        View::Changes => model.lists.changes.len(),
        View::Messages => model
            .lists
            .passed
            .as_ref()
            .map_or(facts.session.len(), Picked::len),
    }
}

/// The number of the call that an entry of Calls or Flow is about.
pub fn call_at(model: &Model, facts: Facts, entry: usize) -> Option<usize> {
    match &model.lists.calls {
        Some(calls) => calls.nth(entry),
        None => (entry < facts.session.calls().len()).then_some(entry),
    }
}

/// The message that an entry of Messages is.
pub fn row_at(model: &Model, facts: Facts, entry: usize) -> Option<RowId> {
    let row = match &model.lists.passed {
        Some(rows) => rows.nth(entry)?,
        None => (entry < facts.session.len()).then_some(entry)?,
    };
    u32::try_from(row).ok().map(RowId)
}

/// The message that the cursor goes to when an entry is selected; `None` for the Tools view, which is about a state.
pub fn anchor(model: &Model, facts: Facts, view: View, entry: usize) -> Option<RowId> {
    match view {
        View::Findings => match trouble_at(model, entry)? {
            Trouble::Story(n) => facts
                .findings
                .stories()
                .get(n)?
                .steps
                .first()
                .map(|step| step.row),
            Trouble::Group(n) => {
                let group = model.lists.troubles.groups.get(n)?;
                let first = facts.findings.list().get(*group.findings.first()?);
                first.map(|finding| finding.row)
            }
            Trouble::Finding(n) => facts.findings.list().get(n).map(|finding| finding.row),
            Trouble::Suppressed(n) => facts
                .findings
                .suppressed()
                .get(n)
                .map(|one| one.finding.row),
        },
        View::Calls | View::Flow => facts
            .session
            .calls()
            .get(call_at(model, facts, entry)?)
            .copied(),
        View::Changes => model.lists.changes.get(entry).map(|shift| shift.at),
        View::Messages => row_at(model, facts, entry),
        View::Tools => None,
    }
}

/// The entry of a view that stands for the cursor, keeping `selected` where it already does.
pub fn entry_of_cursor(model: &Model, facts: Facts, view: View, selected: usize) -> usize {
    let cursor = model.cursor;
    if anchor(model, facts, view, selected) == Some(cursor) {
        return selected;
    }
    match view {
        View::Tools => selected,
        View::Findings => {
            let on_it = facts.findings.by_row(cursor);
            let places = on_it.iter().filter_map(|n| entry_of_finding(model, *n));
            places.min().unwrap_or(selected)
        }
        View::Messages => match &model.lists.passed {
            None => cursor.0 as usize,
            Some(rows) => rows.rank(cursor.index() + 1).saturating_sub(1),
        },
        View::Calls | View::Flow => {
            let calls = facts.session.calls();
            let number = match facts
                .row(cursor)
                .and_then(|_| facts.session.call_of(cursor))
            {
                Some(number) => number,
                None => calls
                    .partition_point(|request| *request <= cursor)
                    .saturating_sub(1),
            };
            match &model.lists.calls {
                None => number,
                Some(passing) => passing.rank(number + 1).saturating_sub(1),
            }
        }
        View::Changes => model
            .lists
            .changes
            .partition_point(|shift| shift.at <= cursor)
            .saturating_sub(1),
    }
}
