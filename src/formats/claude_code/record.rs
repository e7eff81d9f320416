//! One record: a line of a transcript.

use super::block::{Block, Blocks, Call, Said};
use super::plain;
use crate::formats::naming::{CLAUDE_CODE, Known, normalised};
use crate::wire::json::{Kind, Value};
use std::borrow::Cow;

/// Who a record is of.
#[derive(Clone, Copy, Default, Debug)]
pub enum Speaker<'l> {
    User,
    Assistant,
    /// The record does not say; what is a call or an answer is one all the same.
    #[default]
    Unsaid,
    /// A kind of record that has nothing for a session in it.
    Nobody,
    /// The record with which a stream begins.
    Start(Value<'l>),
}

/// A record: its members as they are spelled, empty where it has none of the name. Where one has a name twice, the first
/// counts.
#[derive(Default, Debug)]
pub struct Record<'l> {
    pub speaker: Speaker<'l>,
    pub session: &'l [u8],
    pub stamp: &'l [u8],
    pub uuid: &'l [u8],
    /// Whose tool was called, and which, where the record says it.
    pub server: &'l [u8],
    pub tool: &'l [u8],
    /// What an answer has besides its content.
    pub mcp_meta: &'l [u8],
    /// Written by the client, not by a person.
    pub is_meta: bool,
    pub blocks: Blocks<'l>,
}

/// The tool of a call, as its server knows it.
#[derive(Debug)]
pub struct Tool<'a> {
    /// `None` for a tool of the client's own.
    pub server: Option<Cow<'a, [u8]>>,
    pub name: Cow<'a, [u8]>,
}

impl Speaker<'_> {
    /// By the record's `type`, and the role of its message where it has none.
    pub fn of(kind: &[u8], role: &[u8]) -> Self {
        let word = if kind.is_empty() { role } else { kind };
        match &*plain(word) {
            b"user" => Speaker::User,
            b"assistant" => Speaker::Assistant,
            _ if kind.is_empty() => Speaker::Unsaid,
            _ => Speaker::Nobody,
        }
    }

    /// The event that what is said is told as.
    pub fn event(&self) -> &'static str {
        match self {
            Speaker::User => "user",
            _ => "assistant",
        }
    }
}

impl<'l> Record<'l> {
    /// The place of a member that is kept as it is spelled.
    pub fn member(&mut self, key: &[u8]) -> Option<&mut &'l [u8]> {
        Some(match key {
            b"sessionId" | b"session_id" => &mut self.session,
            b"timestamp" => &mut self.stamp,
            b"uuid" => &mut self.uuid,
            b"attributionMcpServer" => &mut self.server,
            b"attributionMcpTool" => &mut self.tool,
            b"mcpMeta" => &mut self.mcp_meta,
            _ => return None,
        })
    }

    /// Whether a member of this name, where it is true, says that no person wrote the record.
    pub fn is_mark(key: &[u8]) -> bool {
        matches!(key, b"isMeta" | b"isCompactSummary")
    }

    /// A record that is parsed.
    pub fn of(root: Value<'l>) -> Record<'l> {
        let mut record = Record::default();
        let (mut kind, mut subtype, mut message) = (&b""[..], &b""[..], None);
        for item in root.items() {
            let Some(key) = item.key() else { continue };
            let raw = item.raw().bytes();
            let place = match key.as_raw().bytes() {
                b"type" => Some(&mut kind),
                b"subtype" => Some(&mut subtype),
                b"message" => {
                    message.get_or_insert(item);
                    None
                }
                key if Self::is_mark(key) => {
                    record.is_meta |= item.kind() == Kind::True;
                    None
                }
                key => record.member(key),
            };
            if let Some(place) = place.filter(|place| place.is_empty()) {
                *place = raw;
            }
        }
        let first = |key: &str| {
            let is = |item: &Value<'_>| item.key().is_some_and(|name| name.as_raw() == key);
            message.and_then(|message| message.items().find(is))
        };
        let role = first("role").map_or(&b""[..], |role| role.raw().bytes());
        record.speaker = Speaker::of(kind, role);
        if &*plain(kind) == b"system" && &*plain(subtype) == b"init" {
            record.speaker = Speaker::Start(root);
        } else if let Some(content) = first("content") {
            record.blocks = Blocks::of(content);
        }
        record
    }

    /// What it says, in order: its entries.
    pub fn said(&self) -> impl Iterator<Item = Said<'l>> {
        let has_text = match self.speaker {
            Speaker::User => !self.is_meta,
            Speaker::Assistant => true,
            _ => false,
        };
        let nothing = matches!(self.speaker, Speaker::Nobody);
        let said = self.blocks.iter().filter_map(Block::said);
        said.filter(move |said| !nothing && (has_text || !matches!(said, Said::Text(_))))
    }

    /// By what its text with this number is known in a copy of the record; empty where the record has no id.
    pub fn once(&self, text: usize) -> Vec<u8> {
        if self.uuid.is_empty() {
            return Vec::new();
        }
        [b"said ", &*plain(self.uuid), format!(" {text}").as_bytes()].concat()
    }

    /// Whose tool a call is for. `name` is the one that the model saw.
    pub fn tool<'a>(&self, call: &Call<'l>, name: &'a [u8]) -> Tool<'a>
    where
        'l: 'a,
    {
        if !call.server.is_empty() {
            return Tool {
                server: Some(plain(call.server)),
                name: Cow::Borrowed(name),
            };
        }
        if !name.starts_with(CLAUDE_CODE.prefix.as_bytes()) {
            return Tool {
                server: None,
                name: Cow::Borrowed(name),
            };
        }
        self.attributed(name)
            .unwrap_or_else(|| match CLAUDE_CODE.split(name, &Known::default()) {
                Some(split) => Tool {
                    server: Some(Cow::Owned(split.server)),
                    name: Cow::Owned(split.tool),
                },
                None => Tool {
                    server: None,
                    name: Cow::Borrowed(name),
                },
            })
    }

    /// What the record says of it, where that is about this call: it says it once, whatever number of calls it has.
    fn attributed<'a>(&self, name: &'a [u8]) -> Option<Tool<'a>>
    where
        'l: 'a,
    {
        let server = Some(plain(self.server)).filter(|server| !server.is_empty())?;
        let tool = plain(self.tool);
        if tool.is_empty() {
            let mut known = Known::default();
            known.server(&server);
            let split = CLAUDE_CODE.split(name, &known)?;
            return Some(Tool {
                server: Some(server),
                name: Cow::Owned(split.tool),
            });
        }
        let end = [CLAUDE_CODE.separator.as_bytes(), &normalised(&tool)].concat();
        let of_servers = |said: &Said<'_>| matches!(said, Said::Call(call) if plain(call.name).starts_with(CLAUDE_CODE.prefix.as_bytes()));
        (name.ends_with(&end) || self.said().filter(of_servers).count() == 1).then_some(Tool {
            server: Some(server),
            name: tool,
        })
    }
}
