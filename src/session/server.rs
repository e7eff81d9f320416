//! Servers, and the connections to them.

use super::row::{ConnId, RowId, ServerId, SourceId};
use crate::text::RawBuf;

/// One server as the recording tells servers apart: by label. What it says of itself (`name`, `version`) is its own
/// claim: "The server `name` is not guaranteed to be unique".
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// The recorder's or the client's name for it.
    pub label: RawBuf,
    /// `serverInfo`, as claimed.
    pub name: RawBuf,
    pub title: RawBuf,
    pub version: RawBuf,
    /// The protocol revision in force.
    pub protocol: RawBuf,
    /// `stdio`, `http`, or empty where the recording does not say.
    pub transport: &'static str,
    /// Both sides' capabilities, as JSON.
    pub capabilities: RawBuf,
    pub client_capabilities: RawBuf,
    /// The client's name and version, as claimed.
    pub client: RawBuf,
    pub client_version: RawBuf,
    /// The command line or address that the recorder started or reached, its parts joined by spaces.
    pub command: RawBuf,
    pub first: Option<RowId>,
    pub last: Option<RowId>,
    pub calls: u32,
    /// Calls that ended with an error of either kind.
    pub errors: u32,
    pub connections: Vec<ConnId>,
}

/// What tells connections apart: key, label, and for one without a key the file that it is in.
pub(super) type ConnectionKey = (Box<[u8]>, Box<[u8]>, Option<SourceId>);

/// One connection: what the recording's session id tells apart.
#[derive(Clone, Debug)]
pub struct Connection {
    pub server: ServerId,
    pub source: SourceId,
    pub key: RawBuf,
    /// Its first message; beyond every row until there is one.
    pub first: RowId,
    /// Where it ended, if the recording says so, and how.
    pub closed: Option<RowId>,
    pub exit_code: Option<i64>,
    /// Its recorder writes an end when it can, and there is none yet: it runs, or it was killed.
    pub end_is_due: bool,
    /// Entries that the recorder could not write, by its own count.
    pub dropped: u64,
    /// The hash of the client's capabilities: a server may offer other tools to another client.
    pub client: u64,
    /// The same over their canonical form, which is stable from run to run; `None` where nobody said any.
    pub capabilities: Option<[u8; 16]>,
    /// Who recorded it named the server; otherwise its label is the connection's key, or the file's name.
    pub named: bool,
    /// The command line or address of this connection, as far as the recorder says it.
    pub command: RawBuf,
}
