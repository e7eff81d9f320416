//! One message being shown to all detectors.

use super::capability::Capabilities;
use super::detect::launch::LaunchAt;
use super::detect::{
    self, ArgumentsAt, CallAt, DefinitionAt, Detector, FormAt, Found, Look, MessageAt, SetAt, Sink,
    TextAt,
};
use super::flow::Leaks;
use super::memory::{Claim, Memory};
use super::peers::Card;
use super::place;
use super::rank::{Category, PlaceKind};
use super::settings::Settings;
use super::signal::path::PathClass;
use crate::session::{Item, ItemId, ItemKind, RowId, ServerId, Session};
use crate::text::{Raw, RawBuf};
use crate::wire::json::Doc;
use crate::wire::method;

/// What was found, with its place in the session.
pub(super) struct Placed {
    pub(super) found: Found,
    pub(super) kind: PlaceKind,
    pub(super) pointer: String,
    pub(super) row: RowId,
    pub(super) server: Option<ServerId>,
    pub(super) tool: Option<RawBuf>,
    pub(super) item: Option<ItemId>,
}

/// What one message shows.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) placed: Vec<Placed>,
    /// Secrets that are beyond doubt, with their kind.
    pub(super) secrets: Vec<(&'static str, Vec<u8>)>,
    /// A sensitive path that a call reads, with its name for a sentence.
    pub(super) reads: Option<(PathClass, String)>,
    pub(super) leaks: Leaks,
    pub(super) brought: Vec<Brought>,
}

/// A version of a definition that a message brought.
pub(super) struct Brought {
    pub(super) item: ItemId,
    /// Where its JSON begins in the message.
    pub(super) start: usize,
    /// What a new name is found by, where it is compared with others.
    pub(super) card: Option<Card>,
    /// What a tool says of itself, and what it can do.
    pub(super) tool: Option<(Claim, Capabilities)>,
}

impl Placed {
    /// Whether its rule looks at this server, tool and parameter at all.
    pub(super) fn is_looked_at(&self, session: &Session, settings: &Settings) -> bool {
        let server = self
            .server
            .map(|id| session.server(id).label.as_raw().bytes());
        let tool = self.tool.as_ref().map(|tool| tool.as_raw().bytes());
        settings
            .packs
            .looks_at(self.found.rule, server, tool, &self.pointer)
    }
}

/// One message being shown to the detectors.
pub(super) struct Looking<'s> {
    pub(super) session: &'s Session,
    pub(super) id: RowId,
    pub(super) server: ServerId,
    pub(super) seen: Seen,
}

impl<'s> Looking<'s> {
    pub(super) fn at(session: &'s Session, id: RowId, seen: Seen) -> Looking<'s> {
        Looking {
            session,
            id,
            server: session.server_of(id),
            seen,
        }
    }

    pub(super) fn take(
        &mut self,
        sink: Sink,
        kind: PlaceKind,
        pointer: impl Fn() -> String,
        tool: Option<Raw<'_>>,
        item: Option<ItemId>,
    ) {
        self.seen.secrets.extend(sink.secrets);
        let verbatim = self.session.is_verbatim(self.id);
        for mut found in sink.found {
            // A transcript tells what was called, not how the protocol was kept.
            if !verbatim && found.rule.category == Category::Protocol {
                continue;
            }
            if let Some(row) = found.instead_at {
                self.take_at(found, row);
                continue;
            }
            self.seen.placed.push(Placed {
                kind,
                pointer: found.pointer.take().unwrap_or_else(&pointer),
                row: self.id,
                server: Some(self.server),
                tool: tool.filter(|_| !found.about_server).map(Raw::to_buf),
                item: item.filter(|_| !found.about_server),
                found,
            });
        }
    }

    /// Names that are new, beside all others. All of a listing are known before one is compared: what a tool stands
    /// among says whether it belongs there.
    pub(super) fn beside_others(
        &mut self,
        brought: Vec<Brought>,
        doc: &Doc<'_>,
        memory: &mut Memory,
    ) {
        let session = self.session;
        let mut new = Vec::new();
        for brought in brought {
            let item = session.item_at(brought.item);
            if let Some(card) = brought.card {
                memory.names.admit(session, item, card);
                new.extend(doc.at(brought.start).map(|body| (item, body)));
            }
        }
        for (item, now) in new {
            self.set(&SetAt {
                item,
                now,
                session,
                memory,
            });
        }
    }

    /// A finding about an earlier message: what it was became clear only now.
    pub(super) fn take_at(&mut self, found: Found, row: RowId) {
        let server = self.session.server_of(row);
        let name = self.session.name(row);
        let tool = (!name.is_empty()).then_some(name);
        self.seen.placed.push(Placed {
            kind: PlaceKind::Result,
            pointer: String::new(),
            row,
            server: Some(server),
            tool: tool.map(Raw::to_buf),
            item: tool.and_then(|n| Some(self.session.item(server, ItemKind::Tool, n)?.id)),
            found,
        });
    }

    fn each(&self, look: impl Fn(&Detector, &mut Sink)) -> Sink {
        let mut sink = Sink::default();
        detect::ALL
            .iter()
            .for_each(|detector| look(detector, &mut sink));
        sink
    }

    /// What all detectors of texts find in one.
    pub(super) fn text(&self, at: &TextAt<'_>) -> Sink {
        self.each(|d, sink| {
            if let Look::Text(look) = d.look {
                look(at, sink);
            }
        })
    }

    /// What all detectors of arguments find in a call by itself.
    pub(super) fn arguments(&self, at: &ArgumentsAt<'_>) -> Sink {
        self.each(|d, sink| {
            if let Look::Arguments(look) = d.look {
                look(at, sink);
            }
        })
    }

    pub(super) fn form(&mut self, at: &FormAt<'_>) {
        let sink = self.each(|d, sink| {
            if let Look::Form(look) = d.look {
                look(at, sink);
            }
        });
        self.of_message(sink);
    }

    pub(super) fn launch(&mut self, at: &LaunchAt<'_>) {
        let sink = self.each(|d, sink| {
            if let Look::Launch(look) = d.look {
                look(at, sink);
            }
        });
        self.of_message(sink);
    }

    pub(super) fn whole(&mut self, at: &MessageAt<'_>) {
        let sink = self.each(|d, sink| {
            if let Look::Message(look) = d.look {
                look(at, sink);
            }
        });
        self.of_message(sink);
    }

    fn of_message(&mut self, sink: Sink) {
        let name = self.session.name(self.id);
        let tool = (self.session.method(self.id) == method::TOOLS_CALL && !name.is_empty())
            .then_some(name);
        self.take(sink, PlaceKind::Transport, String::new, tool, None);
    }

    pub(super) fn definition(&mut self, at: &DefinitionAt<'_>, kind: PlaceKind) {
        let sink = self.each(|d, sink| {
            if let Look::Definition(look) = d.look {
                look(at, sink);
            }
        });
        let tool = (at.item.kind == ItemKind::Tool).then(|| at.item.name.as_raw());
        self.take(sink, kind, String::new, tool, Some(at.item.id));
    }

    pub(super) fn set(&mut self, at: &SetAt<'_>) {
        let sink = self.each(|d, sink| {
            if let Look::Set(look) = d.look {
                look(at, sink);
            }
        });
        let tool = (at.item.kind == ItemKind::Tool).then(|| at.item.name.as_raw());
        self.take(
            sink,
            place::kind_of_item(at.item.kind),
            String::new,
            tool,
            Some(at.item.id),
        );
    }

    pub(super) fn call(&mut self, at: &CallAt<'_>, tool: Raw<'_>, item: Option<&Item>) {
        let sink = self.each(|d, sink| {
            if let Look::Call(look) = d.look {
                look(at, sink);
            }
        });
        self.take(
            sink,
            PlaceKind::Arguments,
            String::new,
            Some(tool),
            item.map(|i| i.id),
        );
    }
}
