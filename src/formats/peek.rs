//! What the index wants to know of a message.

use crate::wire::id::{Direction, MessageKind};
use std::borrow::Cow;

/// The outside of one message, borrowed from its line.
#[derive(Clone, Debug)]
pub struct Peek<'l> {
    /// What tells connections apart (the native `session_id`); empty where the format has none.
    pub conn: Cow<'l, [u8]>,
    /// The server's label; empty where the format has none.
    pub label: Cow<'l, [u8]>,
    /// Microseconds since the epoch; `i64::MIN` where the line has no time.
    pub micros: i64,
    /// `None` where the line does not say and the method leaves it open.
    pub dir: Option<Direction>,
    pub kind: MessageKind,
    /// The id as it is spelled (`1`, `1.0` and `"1"` are three ids); empty where there is none.
    pub id: &'l [u8],
    pub method: Cow<'l, [u8]>,
    /// Tool, prompt or resource that a request is about; the event of a recorder's line.
    pub name: Cow<'l, [u8]>,
    pub flags: Flags,
    /// By what the same entry is known wherever it is copied to; empty where it is not.
    pub once: Cow<'l, [u8]>,
    /// The line of the file that it comes from, from 1; 0 where it is the line itself.
    pub line: u32,
    /// A response whose server only its request tells; the label is for one without a request.
    pub late: bool,
}

impl Peek<'_> {
    /// A line of which nothing is known yet.
    pub fn of(kind: MessageKind) -> Self {
        Peek {
            conn: Cow::Borrowed(b""),
            label: Cow::Borrowed(b""),
            micros: i64::MIN,
            dir: None,
            kind,
            id: b"",
            method: Cow::Borrowed(b""),
            name: Cow::Borrowed(b""),
            flags: Flags::NONE,
            once: Cow::Borrowed(b""),
            line: 0,
            late: false,
        }
    }
}

/// Facts of a row in one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flags(u16);

impl Flags {
    pub const NONE: Flags = Flags(0);
    /// Came over HTTP.
    pub const HTTP: Flags = Flags(1);
    /// The recorder kept only a part of the message.
    pub const TRUNCATED: Flags = Flags(1 << 1);
    /// The last line of its file, without an end.
    pub const TORN: Flags = Flags(1 << 2);
    /// A response that no request in flight asked for.
    pub const ORPHAN: Flags = Flags(1 << 3);
    /// A second response to the same request.
    pub const SECOND: Flags = Flags(1 << 4);
    /// A request whose id was still in flight.
    pub const REUSED: Flags = Flags(1 << 5);
    /// The request was cancelled.
    pub const CANCELLED: Flags = Flags(1 << 6);
    /// A result with `isError: true`.
    pub const TOOL_ERROR: Flags = Flags(1 << 7);
    /// A result that asks for input before the operation can go on.
    pub const INPUT_REQUIRED: Flags = Flags(1 << 8);
    /// A request that goes on with an earlier one (a retry with input, a task's result).
    pub const CONTINUES: Flags = Flags(1 << 9);
    /// The response was recorded before its request.
    pub const EARLY: Flags = Flags(1 << 10);
    /// The message has an `id` member that is `null`.
    pub const NULL_ID: Flags = Flags(1 << 11);
    /// A line longer than the index can address.
    pub const HUGE: Flags = Flags(1 << 12);
    /// The message was redacted when it was recorded.
    pub const REDACTED: Flags = Flags(1 << 13);
    /// The line is part of a JSON-RPC batch.
    pub const BATCH: Flags = Flags(1 << 14);

    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn set(&mut self, other: Flags) {
        self.0 |= other.0;
    }

    #[must_use]
    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }

    #[must_use]
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}
