//! What a message shows by itself: its texts, its form, the definitions that it brings.
//!
//! Nothing here remembers anything but which texts are calm, so that several threads can look at once.

use super::calm::{Calm, Known};
use super::detect::{DefinitionAt, Field, TextAt};
use super::looking::{Looking, Seen};
use super::memory::{self, Peers, Scope};
use super::place::{self, Spot};
use super::rank::PlaceKind;
use super::settings::Settings;
use super::signal::Nobody;
use crate::session::study::Studied;
use crate::session::{Item, ItemKind, Session};
use crate::text::{Raw, RawBuf};
use crate::wire::id::MessageKind;
use crate::wire::json::{Doc, Value};
use crate::wire::method;

/// What is the same for all texts of a stretch of messages.
pub(super) struct Texts<'a> {
    pub(super) names: &'a Peers,
    pub(super) settings: &'a Settings,
    pub(super) calm: &'a Calm,
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
        one.form(studied.doc);
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
                    names: &Nobody,
                    settings: self.settings,
                };
                one.text(&at, || format!("/{key}"), None, None);
            }
        }
        let method = session.method(studied.id);
        let tool = (method == method::TOOLS_CALL || method == method::TASKS_RESULT)
            .then(|| session.name(studied.id))
            .filter(|n| !n.is_empty());
        let spots = place::of_message(root, row.kind, row.dir, method.bytes());
        let Some((kind, base, spots)) = spots else {
            return one.seen;
        };
        let scope = Scope {
            session,
            peers: self.names,
            server: one.server,
            own: tool.map(Raw::bytes),
            parameters: Default::default(),
        };
        let around = Around {
            base,
            kind,
            scope: &scope,
            tool,
            item: tool.and_then(|name| session.item(one.server, ItemKind::Tool, name)),
        };
        for spot in &spots {
            self.spot(&mut one, spot, &around);
        }
        one.seen
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
            names: &Nobody,
            settings: self.settings,
        };
        one.text(&at, String::new, None, None);
    }

    /// New versions of definitions that the message brought, by themselves and beside the versions before.
    fn definitions(&self, one: &mut Looking<'_>, doc: &Doc<'_>) {
        let session = one.session;
        for (item, version) in session.brought_by(one.id) {
            let item = session.item_at(*item);
            let body = item
                .versions
                .get(*version)
                .and_then(|v| doc.at(v.body.start as usize));
            let Some(body) = body else { continue };
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
            let earlier = version
                .checked_sub(1)
                .and_then(|v| session.version_json(item, v).ok());
            let earlier = earlier.as_ref().map(|bytes| Doc::parse(bytes));
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
                settings: self.settings,
                session,
            };
            one.definition(&at, around.kind);
        }
    }

    fn spot(&self, one: &mut Looking<'_>, spot: &Spot<'_>, around: &Around<'_>) {
        let text = if spot.key {
            spot.value.key()
        } else {
            spot.value.text()
        };
        let Some(text) = text.filter(|t| !t.as_raw().is_empty()) else {
            return;
        };
        let raw = text.as_raw();
        let known = self
            .calm
            .knows(raw.bytes(), spot.field, one.session.items().len());
        let Known::No(key) = known else { return };
        let at = TextAt {
            raw,
            field: spot.field,
            kind: around.kind,
            names: around.scope,
            settings: self.settings,
        };
        let before = one.seen.placed.len();
        one.text(
            &at,
            || spot.value.pointer(Some(around.base.id())),
            around.tool,
            around.item.map(|item| item.id),
        );
        if one.seen.placed.len() == before {
            self.calm.keep(key);
        }
    }
}
