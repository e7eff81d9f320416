//! What a message shows by itself: its texts, its form, the definitions that it brings.
//!
//! Nothing here remembers anything but which texts are calm, so that several threads can look at once.

use super::before::{self, Before, Look};
use super::capability::Capabilities;
use super::detect::{
    self, Argument, ArgumentsAt, Asked, DefinitionAt, Field, FormAt, Sink, TextAt, ToolTrait,
};
use super::flow::Flows;
use super::looking::{Brought, Looking, Seen};
use super::memory::{self, Claim, Peers, Scope};
use super::peers::Card;
use super::place::{self, Spot};
use super::rank::PlaceKind;
use super::settings::Settings;
use super::signal::path::{self, PathClass};
use super::signal::{Nobody, Owner};
use crate::session::study::Studied;
use crate::session::{Body, Item, ItemKind, RowId, Session, Version};
use crate::text::{Raw, RawBuf};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Value};
use crate::wire::method;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// What is the same for all texts of a stretch of messages.
pub(super) struct Texts<'a> {
    pub(super) names: &'a Peers,
    pub(super) settings: &'a Settings,
    pub(super) before: &'a Before,
    /// The private texts that were known before this stretch.
    pub(super) flows: &'a Flows,
}

/// A text's surroundings.
struct Around<'a> {
    base: Value<'a>,
    kind: PlaceKind,
    scope: &'a Scope<'a>,
    tool: Option<Raw<'a>>,
    item: Option<&'a Item>,
}

impl Texts<'_> {
    /// Looks at one message.
    pub(super) fn of(&self, session: &Session, studied: &Studied<'_>) -> Seen {
        let mut one = Looking::at(session, studied.id, Seen::default());
        let row = session.row(studied.id);
        match row.kind {
            MessageKind::Stderr | MessageKind::Text | MessageKind::Unreadable => {
                self.line(&mut one, studied, row.kind);
                if row.kind != MessageKind::Unreadable {
                    return one.seen;
                }
            }
            MessageKind::Meta => return one.seen,
            _ => {}
        }
        one.form(&FormAt {
            doc: studied.doc,
            dir: row.dir,
        });
        let Some(root) = studied.doc.root() else {
            return one.seen;
        };
        self.definitions(&mut one, studied.doc);
        for key in ["id", "method"] {
            if let Some(text) = root.str(key) {
                let at = TextAt {
                    raw: text.as_raw(),
                    field: Field::Token,
                    kind: PlaceKind::Transport,
                    names: &Asked::new(&Nobody),
                    settings: self.settings,
                };
                let sink = one.text(&at);
                one.take(sink, at.kind, || format!("/{key}"), None, None);
            }
        }
        if row.kind == MessageKind::Request
            && row.dir == Direction::C2s
            && session.method(studied.id) == method::TOOLS_CALL
        {
            self.call(&mut one, root);
        }
        self.body(&mut one, root);
        one.seen
    }

    /// What a call passes to its tool.
    fn call(&self, one: &mut Looking<'_>, root: Value<'_>) {
        let Some(passed) = root.at(&["params", "arguments"]) else {
            return;
        };
        let tool = one.session.name(one.id);
        let name = String::from_utf8_lossy(tool.bytes());
        let arguments = detect::arguments(passed);
        one.seen.reads = sensitive_read(&name, &arguments);
        one.seen.leaks = self.flows.leaks(arguments.iter().map(|a| a.raw().bytes()));
        let item = one.session.item(one.server, ItemKind::Tool, tool);
        let hints = item
            .and_then(|item| Some(item.versions[item.in_force(one.id)?].hints))
            .unwrap_or_default();
        let key = before::of_call(tool.bytes(), hints, passed.raw().bytes());
        let look = match self.before.look(key, &Nobody) {
            Some(None) => return,
            Some(Some(look)) => look,
            None => {
                let sink = one.arguments(&ArgumentsAt {
                    tool: &name,
                    arguments: &arguments,
                    hints,
                    settings: self.settings,
                });
                let asked = Vec::new();
                let look = Arc::new(Look { asked, sink });
                self.before.keep(key, &look);
                look
            }
        };
        let item = item.map(|item| item.id);
        one.take(
            look.sink.clone(),
            PlaceKind::Arguments,
            String::new,
            Some(tool),
            item,
        );
    }

    /// The texts of a message that are no definitions.
    fn body(&self, one: &mut Looking<'_>, root: Value<'_>) {
        let session = one.session;
        let row = session.row(one.id);
        let mut method = session.method(one.id);
        if method.is_empty() && row.kind.is_response() && !session.brought_by(one.id).is_empty() {
            // A listing that nobody was seen to ask for: its definitions were looked at as such.
            method = Raw::from(method::TOOLS_LIST);
        }
        let Some(body) = place::of_message(root, row.kind, row.dir, method.bytes()) else {
            return;
        };
        let tool = (method == method::TOOLS_CALL || method == method::TASKS_RESULT)
            .then(|| session.name(one.id))
            .filter(|n| !n.is_empty());
        let scope = Scope {
            session,
            peers: self.names,
            server: one.server,
            own: tool.map(Raw::bytes),
            parameters: Default::default(),
        };
        let around = Around {
            base: body.base,
            kind: body.kind,
            scope: &scope,
            tool,
            item: tool.and_then(|name| session.item(one.server, ItemKind::Tool, name)),
        };
        let key = before::of_body(body.base.raw().bytes(), body.field, body.kind);
        let known = self.before.look(key, &scope);
        if known.is_some_and(|look| look.is_none_or(|look| look.sink.is_empty())) {
            return;
        }
        let mut whole = Some(Vec::new());
        for spot in body.spots() {
            let asked = self.spot(one, &spot, &around);
            whole = whole.zip(asked).map(|(mut all, asked)| {
                all.extend(asked);
                all
            });
        }
        if let Some(mut asked) = whole {
            asked.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            asked.dedup_by(|(a, _), (b, _)| a == b);
            let sink = Sink::default();
            self.before.keep(key, &Arc::new(Look { asked, sink }));
        }
    }

    /// A line that is no message.
    fn line(&self, one: &mut Looking<'_>, studied: &Studied<'_>, kind: MessageKind) {
        let text = studied.body.text();
        let raw = text
            .as_ref()
            .map_or(Raw::new(studied.body.message()), RawBuf::as_raw);
        let kind = if kind == MessageKind::Stderr {
            PlaceKind::Stderr
        } else {
            PlaceKind::Transport
        };
        let at = TextAt {
            raw,
            field: Field::Stderr,
            kind,
            names: &Asked::new(&Nobody),
            settings: self.settings,
        };
        let sink = one.text(&at);
        one.take(sink, kind, String::new, None, None);
    }

    /// New versions of definitions that the message brought, by themselves and beside the versions before. One thread
    /// looks at all of a listing: while it holds the session it must not wait for others who want it, too.
    fn definitions(&self, one: &mut Looking<'_>, doc: &Doc<'_>) {
        let session = one.session;
        let brought = session.brought_by(one.id);
        // A listing mostly replaces what one listing brought: that message is read once.
        let mut earlier: BTreeMap<RowId, Body> = BTreeMap::new();
        for (item, version) in brought {
            let before = earlier_version(session.item_at(*item), *version);
            if let Some(before) = before
                && let Entry::Vacant(free) = earlier.entry(before.from)
                && let Ok(body) = session.read(before.from)
            {
                free.insert(body);
            }
        }
        for (item, version) in brought {
            let item = session.item_at(*item);
            let start = item.versions.get(*version).map(|v| v.body.start as usize);
            if let Some(body) = start.and_then(|start| doc.at(start)) {
                self.definition(one, item, *version, body, &earlier);
            }
        }
    }

    fn definition(
        &self,
        one: &mut Looking<'_>,
        item: &Item,
        version: usize,
        body: Value<'_>,
        earlier: &BTreeMap<RowId, Body>,
    ) {
        let session = one.session;
        let own_name = item.name.as_raw().bytes();
        let label = session.server(item.server).label.as_raw().bytes();
        let compared = version == 0 && is_compared(item.kind);
        one.seen.brought.push(Brought {
            item: item.id,
            start: body.range().start,
            card: compared.then(|| Card::of(label, item, body)).flatten(),
            tool: (item.kind == ItemKind::Tool).then(|| {
                let name = String::from_utf8_lossy(own_name);
                (Claim::of(body), Capabilities::of(&name, body))
            }),
        });
        let own = (!item.name.as_raw().is_empty()).then(|| item.name.as_raw());
        let scope = Scope {
            session,
            peers: self.names,
            server: item.server,
            own: own.map(Raw::bytes),
            parameters: memory::parameters(body),
        };
        let around = Around {
            base: body,
            kind: place::kind_of_item(item.kind),
            scope: &scope,
            tool: own.filter(|_| item.kind == ItemKind::Tool),
            item: Some(item),
        };
        for spot in place::of_item(item.kind, body) {
            self.spot(one, &spot, &around);
        }
        let earlier = earlier_version(item, version).and_then(|before| {
            let message = earlier.get(&before.from)?.message();
            let range = before.body.start as usize..before.body.end as usize;
            Some(Doc::parse(message.get(range)?))
        });
        let changes = session.changes();
        let change = changes[changes.partition_point(|c| c.at < one.id)..]
            .iter()
            .take_while(|c| c.at == one.id)
            .find(|c| c.item == item.id)
            .copied();
        let at = DefinitionAt {
            item,
            now: body,
            before: earlier.as_ref().and_then(Doc::root),
            change,
            names: &scope,
            peers: self.names,
            settings: self.settings,
            session,
        };
        one.definition(&at, around.kind);
    }

    /// Looks at one text. Gives the names that were asked for, if there is nothing in it.
    fn spot(
        &self,
        one: &mut Looking<'_>,
        spot: &Spot<'_>,
        around: &Around<'_>,
    ) -> Option<Vec<(String, Owner)>> {
        let text = if spot.key {
            spot.value.key()
        } else {
            spot.value.text()
        };
        let Some(text) = text.filter(|t| !t.as_raw().is_empty()) else {
            return Some(Vec::new());
        };
        let raw = text.as_raw();
        let key = before::of_text(raw.bytes(), spot.field, around.kind);
        let look = match self.before.look(key, around.scope) {
            Some(None) => return Some(Vec::new()),
            Some(Some(look)) => look,
            None => {
                let names = Asked::new(around.scope);
                let sink = one.text(&TextAt {
                    raw,
                    field: spot.field,
                    kind: around.kind,
                    names: &names,
                    settings: self.settings,
                });
                let asked = names.into_asked();
                let look = Arc::new(Look { asked, sink });
                self.before.keep(key, &look);
                look
            }
        };
        if look.sink.is_empty() {
            return Some(look.asked.clone());
        }
        one.take(
            look.sink.clone(),
            around.kind,
            || spot.value.pointer(Some(around.base.id())),
            around.tool,
            around.item.map(|item| item.id),
        );
        None
    }
}

/// The worst sensitive path that a call reads.
fn sensitive_read(tool: &str, arguments: &[Argument<'_>]) -> Option<(PathClass, String)> {
    let reads = !ToolTrait::Writes.of(tool)
        || tool.to_lowercase().contains("read")
        || ToolTrait::Runs.of(tool);
    if !reads {
        return None;
    }
    arguments
        .iter()
        .filter(|a| a.is_command() || a.is_path() || !a.is_prose())
        .filter_map(|a| {
            let text = a.str(2_048)?.to_lowercase();
            let (range, class) = path::find(&text)
                .into_iter()
                .max_by_key(|(_, class)| *class)?;
            Some((class, format!("`{}`", Raw::from(&text[range]).label(80))))
        })
        .max_by_key(|(class, _)| *class)
}

/// Names that are compared with those of other servers.
fn is_compared(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Tool | ItemKind::Prompt | ItemKind::Resource | ItemKind::Template
    )
}

fn earlier_version(item: &Item, version: usize) -> Option<&Version> {
    item.versions.get(version.checked_sub(1)?)
}
