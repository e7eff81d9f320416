//! What servers said that they changed, and nobody asked for since.

use crate::session::{ItemId, ItemKind, RowId, ServerId, Session};
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;
use std::collections::HashMap;

/// What is listed by one method, and said to have changed by one notification.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Offer {
    Tools,
    Prompts,
    Resources,
}

impl Offer {
    pub const ALL: [Offer; 3] = [Offer::Tools, Offer::Prompts, Offer::Resources];

    pub const fn name(self) -> &'static str {
        match self {
            Offer::Tools => "tools",
            Offer::Prompts => "prompts",
            Offer::Resources => "resources",
        }
    }

    /// What a notification says that changed.
    fn told_by(method: Raw<'_>) -> Option<Offer> {
        match method.bytes() {
            m if m == method::TOOLS_CHANGED.as_bytes() => Some(Offer::Tools),
            m if m == method::PROMPTS_CHANGED.as_bytes() => Some(Offer::Prompts),
            m if m == method::RESOURCES_CHANGED.as_bytes() => Some(Offer::Resources),
            _ => None,
        }
    }

    /// What a request lists. Templates are listed beside resources, and one notification is about both.
    fn listed_by(method: Raw<'_>) -> Option<Offer> {
        match method.bytes() {
            m if m == method::TOOLS_LIST.as_bytes() => Some(Offer::Tools),
            m if m == method::PROMPTS_LIST.as_bytes() => Some(Offer::Prompts),
            m if m == method::RESOURCES_LIST.as_bytes()
                || m == method::TEMPLATES_LIST.as_bytes() =>
            {
                Some(Offer::Resources)
            }
            _ => None,
        }
    }
}

/// A server said that what it offers changed, and nobody asked for it since.
#[derive(Debug)]
pub struct News {
    pub at: RowId,
    /// The last time that it said so.
    latest: RowId,
    /// It came with a listing, or so shortly behind it that both may tell of the same: servers that set up their tools
    /// one by one say so each time.
    pub with_listing: bool,
    /// Calls of tools since, by the definitions of before.
    pub calls: Vec<(RowId, ItemId)>,
    /// Requests of the client since.
    requests: u32,
    /// That the client goes on was told.
    told: bool,
}

impl News {
    /// Whether with this message of the client it is plain that it goes on without asking: a recording that ends
    /// behind the news leaves it open.
    pub fn goes_on(&self, session: &Session, id: RowId) -> bool {
        /// A client that asks does so at once; this many requests later it will not.
        const REQUESTS: u32 = 3;
        /// Microseconds.
        const LONG: i64 = 60_000_000;
        let row = session.row(id);
        let waited = row.time.since(session.row(self.at).time);
        let asks = row.kind == MessageKind::Request && is_work(session.method(id));
        !self.told
            && row.dir == Direction::C2s
            && (asks && self.requests + 1 >= REQUESTS || waited.is_some_and(|w| w >= LONG))
    }
}

/// Requests that work with the server, and do not only look whether it is there.
fn is_work(method: Raw<'_>) -> bool {
    method != "ping" && method != method::INITIALIZE && method != method::DISCOVER
}

/// All news of a session.
#[derive(Default, Debug)]
pub struct AllNews {
    news: HashMap<(ServerId, Offer), News>,
    /// Where what a server offers was listed last.
    listed: HashMap<(ServerId, Offer), RowId>,
}

const MOST_CALLS: usize = 1_000;

impl AllNews {
    pub fn of(&self, server: ServerId, offer: Offer) -> Option<&News> {
        self.news.get(&(server, offer))
    }

    pub fn listed(&self, server: ServerId, offer: Offer) -> bool {
        self.listed.contains_key(&(server, offer))
    }

    /// Takes in a message, after the detectors saw it.
    pub fn note(&mut self, session: &Session, id: RowId, server: ServerId) {
        let row = session.row(id);
        let method = session.method(id);
        match (row.kind, row.dir) {
            (MessageKind::Notification, Direction::S2c) => {
                if let Some(offer) = Offer::told_by(method) {
                    self.told(session, id, server, offer);
                }
            }
            (MessageKind::Request, Direction::C2s) => self.asked(session, id, server, method),
            (MessageKind::Result, Direction::S2c) => {
                if let Some(offer) = Offer::listed_by(method) {
                    self.answered(session, id, server, offer);
                }
            }
            _ => {}
        }
    }

    fn told(&mut self, session: &Session, id: RowId, server: ServerId, offer: Offer) {
        /// Microseconds between a listing and what belongs to it.
        const SHORTLY: i64 = 1_000_000;
        let time = session.row(id).time;
        let with_listing = self.listed.get(&(server, offer)).is_some_and(|listing| {
            let waited = time.since(session.row(*listing).time);
            waited.is_some_and(|waited| (0..SHORTLY).contains(&waited))
        });
        let fresh = News {
            at: id,
            latest: id,
            with_listing,
            calls: Vec::new(),
            requests: 0,
            told: false,
        };
        let kept = self.news.entry((server, offer)).or_insert(fresh);
        kept.latest = id;
        if kept.with_listing && !with_listing {
            kept.at = id;
            kept.with_listing = false;
            kept.told = false;
        }
    }

    fn asked(&mut self, session: &Session, id: RowId, server: ServerId, method: Raw<'_>) {
        for offer in Offer::ALL {
            let Some(news) = self.news.get_mut(&(server, offer)) else {
                continue;
            };
            if Offer::listed_by(method) == Some(offer) {
                // It asks, whatever it is answered.
                news.requests = 0;
                continue;
            }
            news.told |= news.goes_on(session, id);
            news.requests += u32::from(is_work(method));
            if offer == Offer::Tools
                && method == method::TOOLS_CALL
                && news.calls.len() < MOST_CALLS
                && let Some(item) = session.item(server, ItemKind::Tool, session.name(id))
            {
                news.calls.push((id, item.id));
            }
        }
    }

    fn answered(&mut self, session: &Session, id: RowId, server: ServerId, offer: Offer) {
        self.listed.insert((server, offer), id);
        // News that came while the listing was on its way may not be in it.
        let asked = session.row(id).pair().unwrap_or(id);
        let Some(news) = self.news.get_mut(&(server, offer)) else {
            return;
        };
        if news.latest < asked {
            self.news.remove(&(server, offer));
            return;
        }
        if news.at < asked {
            news.at = news.latest;
            news.calls.clear();
        }
        news.with_listing = true;
        news.requests = 0;
    }
}
