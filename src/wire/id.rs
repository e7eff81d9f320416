//! Who speaks, and the names of requests.

/// Which way a line of a recording went.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Direction {
    /// Client to server.
    C2s,
    /// Server to client.
    S2c,
    /// The server's standard error.
    Stderr,
    /// The recorder's own word: start, exit, gaps.
    Meta,
}

impl Direction {
    pub fn opposite(self) -> Direction {
        match self {
            Direction::C2s => Direction::S2c,
            Direction::S2c => Direction::C2s,
            other => other,
        }
    }

    /// The word in the native format and in filters.
    pub fn name(self) -> &'static str {
        match self {
            Direction::C2s => "c2s",
            Direction::S2c => "s2c",
            Direction::Stderr => "stderr",
            Direction::Meta => "meta",
        }
    }
}

/// What a line of a recording is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum MessageKind {
    Request,
    Notification,
    /// A response with `result`.
    Result,
    /// A response with `error`.
    Error,
    /// A line of standard error.
    Stderr,
    /// A word of the recorder or of the transport (start, exit, an HTTP status, a stream opened or closed).
    Meta,
    /// Text where a message should be: a banner on standard output, a log line.
    Text,
    /// JSON that is no JSON-RPC message.
    Other,
    /// A line that could not be read as JSON at all.
    Unreadable,
}

impl MessageKind {
    pub fn name(self) -> &'static str {
        match self {
            MessageKind::Request => "request",
            MessageKind::Notification => "notification",
            MessageKind::Result => "result",
            MessageKind::Error => "error",
            MessageKind::Stderr => "stderr",
            MessageKind::Meta => "meta",
            MessageKind::Text => "text",
            MessageKind::Other => "other",
            MessageKind::Unreadable => "unreadable",
        }
    }

    pub fn is_response(self) -> bool {
        matches!(self, MessageKind::Result | MessageKind::Error)
    }
}
