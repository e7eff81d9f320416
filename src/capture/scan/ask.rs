//! What is asked, whatever it travels over: the newest revision first, then the handshake, then every listing.

use super::Trouble;
use super::message::{Era, HANDSHAKE, MODERN, Said, error, read};
use crate::text::RawBuf;
use std::collections::VecDeque;
use std::time::Duration;

/// The way to a server. Both calls record what passes.
pub trait Wire {
    /// Sends a request and waits for its answer, at most so long. What the server asks meanwhile is answered.
    fn ask(&mut self, said: &Said, most: Option<Duration>) -> Result<Vec<u8>, Trouble>;
    /// Sends a notification.
    fn tell(&mut self, said: &Said) -> Result<(), Trouble>;
    /// Is told which revision is spoken from here on.
    fn speaks(&mut self, protocol: &RawBuf);
    /// The listings that the server said have changed since this was last asked.
    fn changes(&mut self) -> Vec<&'static str>;
}

/// How many definitions a server listed; `None` of what it does not offer.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Counts {
    pub tools: Option<usize>,
    pub prompts: Option<usize>,
    pub resources: Option<usize>,
    pub templates: Option<usize>,
    /// A listing had more pages than are asked for, or gave a page twice.
    pub cut: bool,
}

/// What was learnt, however far it went.
#[derive(Default)]
pub struct Told {
    pub protocol: Option<String>,
    pub counts: Counts,
}

/// Most pages of one listing.
const PAGES: usize = 100;
/// Longest cursor that is sent back.
const CURSOR: usize = 4096;
/// The answer to the question that old servers do not know is waited for at most so long.
const DISCOVER: Duration = Duration::from_secs(10);

/// Most times that a listing is asked for, where the server says that it has changed meanwhile.
const ROUNDS: usize = 3;

struct Listing {
    method: &'static str,
    /// Of the result.
    member: &'static str,
    /// That offers it.
    capability: &'static str,
    /// Servers with the capability may not know it.
    optional: bool,
}

const fn listing(method: &'static str, member: &'static str, capability: &'static str) -> Listing {
    Listing {
        method,
        member,
        capability,
        optional: false,
    }
}

const LISTINGS: &[Listing] = &[
    listing("tools/list", "tools", "tools"),
    listing("prompts/list", "prompts", "prompts"),
    listing("resources/list", "resources", "resources"),
    Listing {
        optional: true,
        ..listing("resources/templates/list", "resourceTemplates", "resources")
    },
];

pub fn everything(
    wire: &mut dyn Wire,
    discover: bool,
    timeout: Duration,
    told: &mut Told,
) -> Result<(), Trouble> {
    let mut asking = Asking { wire, next: 1 };
    let modern = match discover {
        true => asking.discover(timeout, told)?,
        false => None,
    };
    let (era, offers) = match modern {
        Some(offers) => (Era::Modern, offers),
        None => (Era::Handshake, asking.initialize(told)?),
    };
    asking.wire.changes();
    let mut wanted: VecDeque<&Listing> = LISTINGS
        .iter()
        // Tools are asked for in any case: they are what matters most.
        .filter(|listing| listing.member == "tools" || offers.contains(&listing.capability))
        .collect();
    let mut asked: Vec<&str> = Vec::new();
    while let Some(listing) = wanted.pop_front() {
        let offered = offers.contains(&listing.capability);
        let count = match asking.list(listing, era, &mut told.counts.cut) {
            Err(Trouble::Refused { .. }) if !offered || listing.optional => None,
            other => Some(other?),
        };
        match listing.member {
            "tools" => told.counts.tools = count,
            "prompts" => told.counts.prompts = count,
            "resources" => told.counts.resources = count,
            _ => told.counts.templates = count,
        }
        asked.push(listing.method);
        // Some servers add to their tools when they are greeted, and say so only then: they are asked again at once.
        for changed in asking.wire.changes() {
            let times = asked.iter().filter(|method| **method == changed).count();
            let waits = wanted.iter().any(|listing| listing.method == changed);
            let listing = LISTINGS.iter().find(|listing| listing.method == changed);
            if let Some(listing) = listing.filter(|_| !waits && (1..ROUNDS).contains(&times)) {
                wanted.push_front(listing);
            }
        }
    }
    Ok(())
}

struct Asking<'w> {
    wire: &'w mut dyn Wire,
    next: u64,
}

impl Asking<'_> {
    fn id(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// What a server of the newest revision offers; `None` where it is none.
    fn discover(
        &mut self,
        timeout: Duration,
        told: &mut Told,
    ) -> Result<Option<Vec<&'static str>>, Trouble> {
        let said = Said::discover(self.id());
        let answer = match self.wire.ask(&said, Some(DISCOVER.min(timeout / 2))) {
            Ok(answer) => answer,
            // Old servers refuse, or say nothing at all.
            Err(Trouble::Late(_) | Trouble::Status { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        let doc = read(&answer);
        let Some(result) = doc.root().and_then(|root| root.get("result")) else {
            return Ok(None);
        };
        let speaks = result.get("supportedVersions").is_some_and(|versions| {
            versions
                .items()
                .any(|v| v.text().is_some_and(|v| v.as_raw() == *MODERN))
        });
        if !speaks {
            return Ok(None);
        }
        told.protocol = Some(MODERN.into());
        self.wire.speaks(&RawBuf::from(MODERN));
        Ok(Some(offers(result)))
    }

    fn initialize(&mut self, told: &mut Told) -> Result<Vec<&'static str>, Trouble> {
        let said = Said::initialize(self.id());
        let answer = self.wire.ask(&said, None)?;
        let doc = read(&answer);
        let Some(result) = doc.root().and_then(|root| root.get("result")) else {
            return Err(refused(&answer, said.method));
        };
        let protocol = result.str("protocolVersion").map(|text| text.into_buf());
        let protocol = protocol.unwrap_or_else(|| RawBuf::from(HANDSHAKE));
        told.protocol = Some(protocol.as_raw().label(20));
        self.wire.speaks(&protocol);
        self.wire.tell(&Said::initialized())?;
        Ok(offers(result))
    }

    /// All pages of a listing, counted.
    fn list(&mut self, listing: &Listing, era: Era, cut: &mut bool) -> Result<usize, Trouble> {
        let mut count = 0;
        let mut seen: Vec<RawBuf> = Vec::new();
        loop {
            let cursor = seen.last().map(RawBuf::as_raw);
            let said = Said::list(self.id(), listing.method, era, cursor);
            let answer = self.wire.ask(&said, None)?;
            let doc = read(&answer);
            let Some(result) = doc.root().and_then(|root| root.get("result")) else {
                return Err(refused(&answer, listing.method));
            };
            count += result
                .get(listing.member)
                .map_or(0, |items| items.items().count());
            let Some(next) = result.str("nextCursor").map(|text| text.into_buf()) else {
                return Ok(count);
            };
            if seen.len() + 1 == PAGES || seen.contains(&next) || next.as_raw().len() > CURSOR {
                *cut = true;
                return Ok(count);
            }
            seen.push(next);
        }
    }
}

fn refused(answer: &[u8], method: &'static str) -> Trouble {
    let doc = read(answer);
    let said = doc.root().and_then(error);
    Trouble::Refused {
        method,
        said: said.unwrap_or_else(|| "the answer has neither a result nor an error".into()),
    }
}

/// The capabilities that the listings need.
fn offers(result: crate::wire::json::Value<'_>) -> Vec<&'static str> {
    let has = |name: &str| {
        result
            .at(&["capabilities", name])
            .is_some_and(|v| v.is_object())
    };
    ["tools", "prompts", "resources"]
        .into_iter()
        .filter(|name| has(name))
        .collect()
}
