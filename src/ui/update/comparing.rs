//! Comparing: two versions, two servers' tools, what was accepted with what is there, any two calls or messages.

use super::super::command::{Command, Group, Where};
use super::super::compared::{Choice, Open, Pair, Side};
use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::lists::{self, Shifted, ToolRow};
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::super::overlay::Overlay;
use super::super::trust::Standing;
use super::super::view::compared;
use super::super::widget::rows::scrolled_to;
use super::reach::item_here;
use super::{copy, go, toast, warn};
use crate::analysis::PlaceKind;
use crate::session::{Item, ItemId, RowId};
use crate::text::{Raw, identity};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "compare versions",
        title: "compare two versions of the definition under the cursor",
        short: "",
        keys: &["D v"],
        group: Group::Compare,
        place: Where::EVERYWHERE,
        run: versions,
        disabled: |model, facts| match defined(model, facts) {
            None => Some(NO_DEFINITION),
            Some((item, _)) if item.versions.len() < 2 => Some(
                "This recording holds one version of it. D b compares it with what you accepted.",
            ),
            Some(_) => None,
        },
    },
    Command {
        name: "compare servers",
        title: "compare with what another server calls the same, or nearly so",
        short: "",
        keys: &["D n"],
        group: Group::Compare,
        place: Where::EVERYWHERE,
        run: namesakes,
        disabled: no_definition,
    },
    Command {
        name: "compare baseline",
        title: "compare with the wording that you accepted",
        short: "",
        keys: &["D b"],
        group: Group::Compare,
        place: Where::EVERYWHERE,
        run: baseline,
        disabled: |model, facts| match model.trust.baseline.is_empty() {
            true => Some("The baseline is empty: A accepts a definition as it is."),
            false => no_definition(model, facts),
        },
    },
    Command {
        name: "compare mark",
        title: "mark this definition, call or message, to compare another with it",
        short: "",
        keys: &["D m"],
        group: Group::Compare,
        place: Where::EVERYWHERE,
        run: mark,
        disabled: |model, facts| {
            subject(model, facts)
                .is_none()
                .then_some("There is nothing under the cursor that could be compared.")
        },
    },
    Command {
        name: "compare marked",
        title: "compare what is marked with this",
        short: "",
        keys: &["D d"],
        group: Group::Compare,
        place: Where::EVERYWHERE,
        run: with_marked,
        disabled: |model, facts| match (model.compared.marked, subject(model, facts)) {
            (None, _) => Some("Nothing is marked to be compared with; D m marks what is here."),
            (_, None) => Some("There is nothing under the cursor that could be compared."),
            _ => None,
        },
    },
    Command {
        name: "side by side",
        title: "show what is compared side by side, or one below the other",
        short: "",
        keys: &["|"],
        group: Group::Compare,
        place: Where::views(&[View::Changes]),
        run: |model, _| {
            let width = compared::page_width(model);
            turn_columns(model, width);
            Vec::new()
        },
        disabled: |_, _| None,
    },
];

const NO_DEFINITION: &str =
    "Nothing under the cursor has a definition in this recording that could be compared.";

fn no_definition(model: &Model, facts: Facts) -> Option<&'static str> {
    defined(model, facts).is_none().then_some(NO_DEFINITION)
}

/// The definition that what is under the cursor is about, and which version of it.
fn defined<'a>(model: &Model, facts: Facts<'a>) -> Option<(&'a Item, usize)> {
    let item = |id: ItemId| facts.session.items().get(id.index());
    match model.view {
        View::Tools => match model.lists.tools.get(model.panes().selected)? {
            ToolRow::Item {
                item: id, version, ..
            } => Some((item(*id)?, *version)),
            ToolRow::Server(_) | ToolRow::Called { .. } => None,
        },
        View::Changes => match model.lists.changes.get(model.panes().selected)?.what {
            Shifted::Change(number) => {
                let change = facts.session.changes().get(number)?;
                Some((item(change.item)?, change.to.or(change.from)?))
            }
            Shifted::Drift { item: id, version } => Some((item(id)?, version)),
        },
        View::Findings | View::Calls | View::Messages | View::Flow => {
            let found = item_here(model, facts)?;
            let found = item(found)?;
            let at = selected_row(model, facts);
            let brought = facts.session.brought_by(at).iter();
            let mut brought = brought
                .filter(|(id, _)| *id == found.id)
                .map(|(_, version)| *version);
            let version = brought.next_back().or_else(|| found.in_force(at));
            Some((found, version.or(found.versions.len().checked_sub(1))?))
        }
    }
}

/// The message that what is selected is about.
fn selected_row(model: &Model, facts: Facts) -> RowId {
    let finding = (model.view == View::Findings)
        .then(|| lists::selected_finding(model))
        .flatten()
        .and_then(|number| facts.findings.list().get(number));
    finding.map_or(model.cursor, |finding| finding.row)
}

/// What is under the cursor, as one side of a comparison.
fn subject(model: &Model, facts: Facts) -> Option<Side> {
    let version = |(item, version): (&Item, usize)| Side::Version(item.id, version);
    let row = selected_row(model, facts);
    facts.row(row)?;
    let call = || {
        let call = facts.session.call_of(row)?;
        facts.session.calls().get(call).map(|row| Side::Call(*row))
    };
    match model.view {
        View::Tools | View::Changes => defined(model, facts).map(version),
        View::Calls | View::Flow => call(),
        View::Messages => Some(Side::Message(row)),
        View::Findings => {
            let finding = lists::selected_finding(model)?;
            let finding = facts.findings.list().get(finding)?;
            let about_words = finding.place.kind == PlaceKind::Definition;
            let words = about_words.then(|| defined(model, facts)).flatten();
            words
                .map(version)
                .or_else(call)
                .or(Some(Side::Message(row)))
        }
    }
}

/// Puts a comparison on top of the views.
pub fn open(model: &mut Model, pair: Pair) -> Vec<Effect> {
    model.overlay = Some(Overlay::Compared(Open::new(pair)));
    Vec::new()
}

fn choose(model: &mut Model, choice: Choice) -> Vec<Effect> {
    model.overlay = Some(Overlay::Choice(choice));
    Vec::new()
}

fn versions(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some((item, version)) = defined(model, facts) else {
        return Vec::new();
    };
    let all = item.versions.len();
    let entries = (0..all).map(|version| Side::Version(item.id, version));
    let choice = Choice {
        title: "Versions of this definition",
        base: Side::Version(item.id, version),
        entries: entries.collect(),
        selected: match version {
            0 => 1.min(all.saturating_sub(1)),
            version => version - 1,
        },
        free: true,
    };
    choose(model, choice)
}

/// Items that are looked at for one of the same name.
const LOOKED_AT: usize = 200_000;
/// Items that are offered.
const OFFERED: usize = 200;

fn namesakes(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some((item, version)) = defined(model, facts) else {
        return Vec::new();
    };
    /// Cells of a name that are compared.
    const NAME: usize = 200;
    let looks = |name: Raw| identity(&name.label(NAME));
    let own = looks(item.name.as_raw());
    let alike = facts.session.items().iter().take(LOOKED_AT);
    let alike = alike.filter(|other| {
        other.kind == item.kind
            && other.id != item.id
            && (other.name == item.name || looks(other.name.as_raw()) == own)
    });
    let latest = |other: &Item| {
        let version = other.in_force(model.cursor);
        let version = version.or(other.versions.len().checked_sub(1))?;
        Some(Side::Version(other.id, version))
    };
    let entries: Vec<Side> = alike.filter_map(latest).take(OFFERED).collect();
    let base = Side::Version(item.id, version);
    match entries.as_slice() {
        [] => {
            let kind = item.kind.name();
            let text = format!(
                "No other server has a {kind} of this name, or of one that looks like it. D m marks this one, D d compares any other with it."
            );
            warn(model, text)
        }
        [other] => {
            let pair = in_order(facts, *other, base);
            open(model, pair)
        }
        _ => choose(
            model,
            Choice {
                title: "The same name, or one that looks like it",
                base,
                entries,
                selected: 0,
                free: false,
            },
        ),
    }
}

fn baseline(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some((item, version)) = defined(model, facts) else {
        return Vec::new();
    };
    let accepted = model
        .trust
        .known(facts.session, item, version)
        .iter()
        .any(|known| known.accepted().is_some());
    if !accepted {
        return warn(
            model,
            "You accepted no wording of this yet; A accepts it as it is.",
        );
    }
    let standing = model.trust.standing(facts.session, item, version);
    if let Standing::Decided(wording) = standing
        && wording.is(crate::store::baseline::Verdict::Accepted)
    {
        let day = wording
            .decision
            .as_ref()
            .map_or("", |decision| decision.day());
        let text = format!(
            "It is word for word what you accepted on {}.",
            Raw::from(day).label(10)
        );
        return toast(model, text);
    }
    let pair = Pair {
        old: Side::Accepted(item.id, version),
        new: Side::Version(item.id, version),
    };
    open(model, pair)
}

fn mark(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let side = subject(model, facts);
    model.compared.marked = side;
    toast(
        model,
        "Marked for comparing. Go to another and press D d to see how they differ.",
    )
}

fn with_marked(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let (Some(marked), Some(side)) = (model.compared.marked, subject(model, facts)) else {
        return Vec::new();
    };
    let as_message = |side: Side| match side {
        Side::Call(row) => Side::Message(row),
        other => other,
    };
    let is_words = |side: Side| matches!(side, Side::Version(..) | Side::Accepted(..));
    if marked == side {
        return warn(
            model,
            "This is what is marked. Go to another and press D d there.",
        );
    }
    if is_words(marked) != is_words(side) {
        return warn(
            model,
            "A definition can be compared with a definition only; D m marks this instead.",
        );
    }
    let (marked, side) = match (marked, side) {
        (Side::Call(_), Side::Call(_)) => (marked, side),
        _ => (as_message(marked), as_message(side)),
    };
    let pair = in_order(facts, marked, side);
    open(model, pair)
}

/// The earlier one first.
fn in_order(facts: Facts, a: Side, b: Side) -> Pair {
    let at = |side: Side| match side {
        Side::Version(item, version) => facts
            .session
            .items()
            .get(item.index())
            .and_then(|item| item.versions.get(version))
            .map(|version| (version.from, item)),
        Side::Call(row) | Side::Message(row) => Some((row, ItemId(0))),
        Side::Accepted(..) => None,
    };
    match at(a) <= at(b) {
        true => Pair { old: a, new: b },
        false => Pair { old: b, new: a },
    }
}

/// From columns to one below the other, and back.
fn turn_columns(model: &mut Model, width: u16) {
    let beside = compared::is_beside(model, usize::from(width));
    model.compared.beside = Some(!beside);
}

/// A key for the comparison that is open.
pub fn key(model: &mut Model, facts: Facts, key: Key, mut at: Open) -> Vec<Effect> {
    let measured = compared::measured(model, facts, &at);
    let last = measured.rows.saturating_sub(1);
    let page = measured.seen.max(1);
    at.row = at.row.min(last);
    let mut stops = measured.stops.iter().copied();
    match (key.code, key.ctrl) {
        (Code::Char('q'), false) => return Vec::new(),
        (Code::Char('j'), false) | (Code::Down, _) => at.row += 1,
        (Code::Char('k'), false) | (Code::Up, _) => at.row = at.row.saturating_sub(1),
        (Code::Char('d'), true) => at.row += page / 2,
        (Code::Char('u'), true) => at.row = at.row.saturating_sub(page / 2),
        (Code::PageDown, _) => at.row += page,
        (Code::PageUp, _) => at.row = at.row.saturating_sub(page),
        (Code::Char('g'), false) | (Code::Home, _) => at.row = 0,
        (Code::Char('G'), false) | (Code::End, _) => at.row = last,
        (Code::Char('n'), false) | (Code::Tab, _) => {
            at.row = stops.find(|stop| *stop > at.row).unwrap_or(at.row);
        }
        (Code::Char('p'), false) | (Code::BackTab, _) => {
            at.row = stops.take_while(|stop| *stop < at.row).last().unwrap_or(0);
        }
        (Code::Char('|'), false) => {
            turn_columns(model, model.size.0.saturating_sub(2));
        }
        (Code::Char('s'), false) => at.pair = at.pair.turned(),
        (Code::Char('S'), false) => model.secrets = !model.secrets,
        (Code::Char('y'), false) => {
            model.overlay = Some(Overlay::Compared(at));
            return copy::copy(model, facts);
        }
        (Code::Enter | Code::Char(' '), _) => {
            if let Some(target) = measured.link {
                return go::go_to(model, facts, target);
            }
            if let Some(fold) = measured.fold {
                at.unfolded.insert(fold);
            }
        }
        _ => {}
    }
    // Something else may stand there now, with more rows or fewer.
    let measured = compared::measured(model, facts, &at);
    at.row = at.row.min(measured.rows.saturating_sub(1));
    at.offset = scrolled_to(at.row, at.offset, measured.seen.max(1), measured.rows);
    model.overlay = Some(Overlay::Compared(at));
    Vec::new()
}

/// A key for a list to choose from.
pub fn choice_key(model: &mut Model, facts: Facts, key: Key, mut choice: Choice) -> Vec<Effect> {
    let last = choice.entries.len().saturating_sub(1);
    let at = choice.selected;
    choice.selected = match (key.code, key.ctrl) {
        (Code::Char('q'), false) => return Vec::new(),
        (Code::Char('j'), false) | (Code::Down | Code::Tab, _) => at + 1,
        (Code::Char('k'), false) | (Code::Up | Code::BackTab, _) => at.saturating_sub(1),
        (Code::Char('d'), true) | (Code::PageDown, _) => at + 6,
        (Code::Char('u'), true) | (Code::PageUp, _) => at.saturating_sub(6),
        (Code::Char('g'), false) | (Code::Home, _) => 0,
        (Code::Char('G'), false) | (Code::End, _) => last,
        (Code::Char(' '), false) if choice.free => {
            choice.base = choice.entries.get(at).copied().unwrap_or(choice.base);
            at
        }
        (Code::Enter, _) => match choice.entries.get(at).copied() {
            Some(entry) if entry != choice.base => {
                let pair = in_order(facts, entry, choice.base);
                return open(model, pair);
            }
            Some(_) => {
                let text = "It is the one that is marked; j and k go to another.";
                model.overlay = Some(Overlay::Choice(choice));
                return warn(model, text);
            }
            None => at,
        },
        _ => at,
    }
    .min(last);
    model.overlay = Some(Overlay::Choice(choice));
    Vec::new()
}
