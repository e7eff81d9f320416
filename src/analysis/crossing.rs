//! Text that goes from one place of a server to another that strangers write to.
//!
//! A place is what an argument names: a repository, a project, a channel. Where issues, comments or messages of a
//! place were read, strangers may have spoken. What is read from *another* place after that is kept, as hashes, until
//! something is written back to the first.

use super::detect::{Argument, ToolTrait, tokens};
use super::flow::Flows;
use super::memory::hash;
use crate::session::{RowId, ServerId};
use crate::text::RawBuf;
use crate::wire::json::Value;
use std::collections::HashMap;

/// A way from one place to another.
#[derive(Debug)]
pub struct Crossing {
    /// Where strangers spoke.
    pub heard: RowId,
    /// Where it was read.
    pub read: RowId,
    pub from: RawBuf,
    pub bytes: usize,
    pub span: std::ops::Range<usize>,
}

/// What was heard and read so far.
#[derive(Default)]
pub struct Crossings {
    /// Where strangers spoke, and in which result.
    heard: HashMap<(ServerId, u64), RowId>,
    kept: Flows,
    /// The place that each kept text came from.
    places: HashMap<RowId, RawBuf>,
    waiting: HashMap<RowId, (bool, RawBuf)>,
}

/// Most places, kept texts and calls in flight that are remembered.
const MOST: usize = 4_096;

impl Crossings {
    /// A call is made.
    pub fn called(&mut self, row: RowId, server: ServerId, tool: &str, arguments: &[Argument<'_>]) {
        let Some(place) = place(arguments) else {
            return;
        };
        let strangers = hears_strangers(tool);
        let reads = !ToolTrait::Writes.of(tool) && !ToolTrait::Sends.of(tool);
        // Nothing has to be kept before strangers were heard somewhere on the server.
        let kept = self
            .heard
            .keys()
            .any(|(s, p)| *s == server && *p != hash(place.as_raw().bytes()));
        if reads && (strangers || kept) && self.waiting.len() < MOST {
            self.waiting.insert(row, (strangers, place));
        }
    }

    /// A call is answered.
    pub fn answered(&mut self, row: RowId, request: RowId, server: ServerId, result: Value<'_>) {
        let Some((strangers, place)) = self.waiting.remove(&request) else {
            return;
        };
        let key = (server, hash(place.as_raw().bytes()));
        if strangers && self.heard.len() < MOST {
            self.heard.entry(key).or_insert(row);
        }
        let elsewhere = self.heard.keys().any(|(s, p)| *s == server && *p != key.1);
        if strangers || !elsewhere || self.places.len() >= MOST {
            return;
        }
        for text in result.walk().filter_map(|v| v.text()) {
            self.kept
                .keep(row, server, String::new(), false, text.as_raw().bytes());
        }
        self.places.insert(row, place);
    }

    /// Text in an argument that comes from another place of the same server than the one it goes to.
    pub fn crosses(
        &self,
        server: ServerId,
        tool: &str,
        arguments: &[Argument<'_>],
        argument: &Argument<'_>,
    ) -> Option<Crossing> {
        if self.kept.is_empty()
            || !(ToolTrait::Writes.of(tool) || ToolTrait::Sends.of(tool) || hears_strangers(tool))
        {
            return None;
        }
        let to = place(arguments)?;
        let heard = *self.heard.get(&(server, hash(to.as_raw().bytes())))?;
        let leak = self.kept.leak(argument.raw().bytes())?;
        let from = self.places.get(&leak.row)?;
        (*from != to && leak.from == server && heard < leak.row).then(|| Crossing {
            heard,
            read: leak.row,
            from: from.clone(),
            bytes: leak.bytes,
            span: leak.span,
        })
    }
}

/// The place that a call is about: `owner/name`, a project, a channel.
fn place(arguments: &[Argument<'_>]) -> Option<RawBuf> {
    const PLACES: &[&str] = &[
        "repo",
        "repository",
        "project",
        "workspace",
        "space",
        "channel",
        "team",
        "board",
        "notebook",
        "site",
        "bucket",
        "database",
        "conversation",
        "room",
        "group",
    ];
    let of = |words: &[&str]| {
        arguments.iter().find(|a| {
            let tokens = tokens(&a.name);
            a.raw().len() <= 200 && tokens.iter().any(|t| words.contains(&t.as_str()))
        })
    };
    let place = of(PLACES)?;
    let owner =
        of(&["owner", "org", "organization", "organisation"]).filter(|o| o.name != place.name);
    let mut whole = owner.map_or(Vec::new(), |o| [o.raw().bytes(), b"/"].concat());
    whole.extend_from_slice(place.raw().bytes());
    Some(RawBuf::from(whole.to_ascii_lowercase()))
}

/// Tools whose results are written by whoever likes.
fn hears_strangers(tool: &str) -> bool {
    const HEARS: &[&str] = &[
        "issue",
        "issues",
        "comment",
        "comments",
        "review",
        "reviews",
        "discussion",
        "discussions",
        "ticket",
        "tickets",
        "message",
        "messages",
        "mail",
        "mails",
        "email",
        "emails",
        "thread",
        "threads",
        "feedback",
        "inbox",
        "pull",
        "pr",
        "prs",
        "forum",
        "post",
        "posts",
        "reply",
        "replies",
        "history",
    ];
    tokens(tool).iter().any(|t| HEARS.contains(&t.as_str()))
}
