//! What the model needs to know from the body of one message.

use super::definition::{Hints, ItemKind, Listed};
use super::pair::id_key;
use super::recorded::Recorded;
use super::symbols::Symbols;
use crate::formats::Flags;
use crate::text::RawBuf;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Kind, Value};
use crate::wire::method;
use std::hash::RandomState;
use std::ops::Range;

/// Facts of one message, taken from its JSON without looking at the session.
#[derive(Default, Debug)]
pub struct Facts {
    /// What the message really is, where the quick look of the index may have been fooled.
    pub kind: Option<MessageKind>,
    /// Method and name of a request for which the quick look found others: it saw the first of two equal keys, and
    /// readers take the last.
    pub about: Option<(RawBuf, RawBuf)>,
    pub flags: Flags,
    pub tokens: Tokens,
    pub listing: Option<Listing>,
    /// A listing was asked for from a cursor on: its answer is not the first page.
    pub later_page: bool,
    /// Instructions and server info.
    pub singles: Vec<Listed>,
    pub hello: Option<Box<Hello>>,
    /// What the recorder says of its own work.
    pub recorded: Option<Recorded>,
    /// What a call or its answer says, where it may be met twice.
    pub same: Option<Same>,
}

/// A keyed hash of what a call asks, or of what its answer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Same {
    Call(u64),
    Answer(u64),
}

/// Keyed hashes of the tokens that join messages to operations.
#[derive(Default, Clone, Copy, Debug)]
pub struct Tokens {
    /// The progress token that a request gives, and the one that a notification names.
    pub progress_given: Option<u64>,
    pub progress_of: Option<u64>,
    /// The id that a `notifications/cancelled` names.
    pub cancels: Option<u64>,
    /// `requestState` as a server gave it, and as a retry carries it.
    pub state_given: Option<u64>,
    pub state_used: Option<u64>,
    pub task_made: Option<u64>,
    pub task_used: Option<u64>,
}

#[derive(Debug)]
pub struct Listing {
    pub kind: ItemKind,
    pub items: Vec<Listed>,
    pub last: bool,
}

/// What the two sides say of themselves.
#[derive(Default, Debug)]
pub struct Hello {
    pub protocol: Option<RawBuf>,
    pub client: Option<RawBuf>,
    pub client_version: Option<RawBuf>,
    pub client_capabilities: Option<RawBuf>,
    pub server: Option<RawBuf>,
    pub title: Option<RawBuf>,
    pub version: Option<RawBuf>,
    pub capabilities: Option<RawBuf>,
}

/// What is known of the message from the index.
pub struct Outside<'a> {
    pub kind: MessageKind,
    pub dir: Direction,
    /// The method, or for a response that of its request.
    pub method: &'a [u8],
    /// What a request is about.
    pub name: &'a [u8],
    /// The case has recordings of several kinds: a call may be met twice.
    pub mixed: bool,
}

const META: &str = "_meta";

impl Facts {
    pub fn of(doc: &Doc<'_>, outside: &Outside<'_>, keys: &RandomState) -> Facts {
        let mut facts = Facts::default();
        let Some(root) = doc.root().filter(|root| root.is_object()) else {
            return facts;
        };
        if outside.kind == MessageKind::Meta {
            facts.recorded = Some(Recorded::of(root));
            return facts;
        }
        let hash = |value: Value<'_>| id_key(keys, value.raw().bytes());
        facts.kind = exact_kind(root);
        if facts.kind == Some(MessageKind::Request) {
            facts.about = about(root, outside);
        }
        if let Some(params) = root.get("params") {
            facts.of_params(params, outside, &hash);
        }
        if let Some(result) = root.get("result") {
            facts.of_result(result, outside, &hash);
        }
        if outside.mixed {
            facts.same = super::twin::same(root, outside, keys);
        }
        facts
    }

    fn of_params(
        &mut self,
        params: Value<'_>,
        outside: &Outside<'_>,
        hash: &dyn Fn(Value<'_>) -> u64,
    ) {
        let meta = params.get(META);
        if outside.kind == MessageKind::Request {
            self.tokens.progress_given = meta.and_then(|meta| meta.get("progressToken")).map(hash);
        }
        self.tokens.state_used = params.get("requestState").map(hash);
        self.later_page = params.get("cursor").is_some_and(|c| c.kind() != Kind::Null);
        match outside.method {
            b"notifications/progress" => {
                self.tokens.progress_of = params.get("progressToken").map(hash)
            }
            b"notifications/cancelled" => self.tokens.cancels = params.get("requestId").map(hash),
            b"initialize" => self.hello_mut().initialize(params),
            m if m.starts_with(b"tasks/") || m == method::TASKS_STATUS.as_bytes() => {
                self.tokens.task_used = params.get("taskId").map(hash);
            }
            _ => {}
        }
        if let Some(meta) = meta {
            self.tokens.task_used = self.tokens.task_used.or(meta
                .at(&["io.modelcontextprotocol/related-task", "taskId"])
                .map(hash));
            if outside.dir == Direction::C2s
                && meta
                    .get("io.modelcontextprotocol/protocolVersion")
                    .is_some()
            {
                self.hello_mut().modern(meta);
            }
        }
    }

    fn of_result(
        &mut self,
        result: Value<'_>,
        outside: &Outside<'_>,
        hash: &dyn Fn(Value<'_>) -> u64,
    ) {
        if result
            .get("isError")
            .is_some_and(|v| v.kind() == Kind::True)
        {
            self.flags.set(Flags::TOOL_ERROR);
        }
        if result
            .str("resultType")
            .is_some_and(|t| t.as_raw() == "input_required")
        {
            self.flags.set(Flags::INPUT_REQUIRED);
        }
        self.tokens.state_given = result.get("requestState").map(hash);
        self.tokens.task_made = result.at(&["task", "taskId"]).map(hash);
        if let Some(info) = result.at(&[META, "io.modelcontextprotocol/serverInfo"]) {
            self.server_info(info);
        }
        match outside.method {
            // The recording began after the request: a list of definitions says itself what it is.
            b"" if outside.dir == Direction::S2c && lists_tools(result) => {
                self.list(result, ItemKind::Tool, "tools", "name");
            }
            b"initialize" | b"server/discover" => {
                if let Some(info) = result.get("serverInfo") {
                    self.server_info(info);
                }
                if let Some(text) = result.get("instructions") {
                    self.singles
                        .push(listed(ItemKind::Instructions, RawBuf::default(), text));
                }
                let hello = self.hello_mut();
                hello.protocol = result.str("protocolVersion").map(|t| t.into_buf());
                hello.capabilities = result.get("capabilities").map(|v| v.raw().to_buf());
            }
            b"tools/list" => self.list(result, ItemKind::Tool, "tools", "name"),
            b"prompts/list" => self.list(result, ItemKind::Prompt, "prompts", "name"),
            b"resources/list" => self.list(result, ItemKind::Resource, "resources", "uri"),
            b"resources/templates/list" => self.list(
                result,
                ItemKind::Template,
                "resourceTemplates",
                "uriTemplate",
            ),
            _ => {}
        }
    }

    fn server_info(&mut self, info: Value<'_>) {
        let name = |key| info.str(key).map(|t| t.into_buf());
        let hello = self.hello_mut();
        (hello.server, hello.title, hello.version) = (name("name"), name("title"), name("version"));
        self.singles
            .push(listed(ItemKind::ServerInfo, RawBuf::default(), info));
    }

    fn list(&mut self, result: Value<'_>, kind: ItemKind, key: &str, name: &str) {
        let Some(array) = result.get(key).filter(|v| v.is_array()) else {
            return;
        };
        let items = array
            .items()
            .filter(|item| item.is_object())
            .map(|item| {
                listed(
                    kind,
                    item.str(name).map(|t| t.into_buf()).unwrap_or_default(),
                    item,
                )
            })
            .collect();
        let last = result
            .get("nextCursor")
            .is_none_or(|c| c.kind() == Kind::Null);
        self.listing = Some(Listing { kind, items, last });
    }

    fn hello_mut(&mut self) -> &mut Hello {
        self.hello.get_or_insert_default()
    }
}

impl Hello {
    fn initialize(&mut self, params: Value<'_>) {
        self.client = params
            .at(&["clientInfo", "name"])
            .and_then(Value::text)
            .map(|t| t.into_buf());
        self.client_version = params
            .at(&["clientInfo", "version"])
            .and_then(Value::text)
            .map(|t| t.into_buf());
        self.client_capabilities = params.get("capabilities").map(|v| v.raw().to_buf());
    }

    fn modern(&mut self, meta: Value<'_>) {
        let of = |key: &str| meta.get(&format!("io.modelcontextprotocol/{key}"));
        let info = of("clientInfo");
        self.protocol = of("protocolVersion")
            .and_then(Value::text)
            .map(|t| t.into_buf());
        self.client = info.and_then(|info| info.str("name")).map(|t| t.into_buf());
        self.client_version = info
            .and_then(|info| info.str("version"))
            .map(|t| t.into_buf());
        self.client_capabilities = of("clientCapabilities").map(|v| v.raw().to_buf());
    }
}

fn lists_tools(result: Value<'_>) -> bool {
    let tools = result.get("tools").filter(|tools| tools.is_array());
    tools.is_some_and(|tools| {
        let mut items = tools.items().peekable();
        items.peek().is_some()
            && items.all(|tool| tool.str("name").is_some() && tool.get("inputSchema").is_some())
    })
}

/// Method and name of a request, where the index has others.
fn about(root: Value<'_>, outside: &Outside<'_>) -> Option<(RawBuf, RawBuf)> {
    let method = root.str("method")?.into_buf();
    let said = method::names(method.as_raw().bytes())
        .and_then(|key| root.get("params")?.str(key))
        .map(|text| text.into_buf())
        .unwrap_or_default();
    let known = |said: &RawBuf, known: &[u8]| Symbols::cut(said.as_raw().bytes()) == known;
    (!known(&method, outside.method) || !known(&said, outside.name)).then_some((method, said))
}

fn exact_kind(root: Value<'_>) -> Option<MessageKind> {
    let has = |key| root.get(key).is_some();
    Some(
        match (has("method"), has("result"), has("error"), has("id")) {
            (true, false, false, true) => MessageKind::Request,
            (true, false, false, false) => MessageKind::Notification,
            (false, _, true, _) => MessageKind::Error,
            (false, true, false, true) => MessageKind::Result,
            _ => MessageKind::Other,
        },
    )
}

fn listed(kind: ItemKind, name: RawBuf, value: Value<'_>) -> Listed {
    let Range { start, end } = value.range();
    Listed {
        kind,
        name,
        hash: super::canonical::hash_of(value),
        body: start as u32..end as u32,
        hints: Hints::of(value),
        cost: super::cost::Cost::of(kind, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(kind: MessageKind, method: &str, json: &str) -> Facts {
        let outside = Outside {
            kind,
            dir: if kind.is_response() {
                Direction::S2c
            } else {
                Direction::C2s
            },
            method: method.as_bytes(),
            name: b"",
            mixed: false,
        };
        Facts::of(&Doc::parse(json.as_bytes()), &outside, &RandomState::new())
    }

    #[test]
    fn reads_a_listing_and_its_place() {
        let facts = facts(
            MessageKind::Result,
            "tools/list",
            r#"{"id":1,"result":{"tools":[{"name":"a"},{"name":"b"}],"nextCursor":"x"}}"#,
        );
        let listing = facts.listing.unwrap();
        assert_eq!((listing.items.len(), listing.last), (2, false));
        assert_eq!(listing.items[1].name.as_raw(), "b");
    }

    #[test]
    fn knows_a_listing_that_nobody_was_seen_to_ask_for() {
        let tools = |body: &str| facts(MessageKind::Result, "", body).listing.is_some();
        assert!(tools(
            r#"{"id":1,"result":{"tools":[{"name":"a","inputSchema":{}}]}}"#
        ));
        assert!(!tools(r#"{"id":1,"result":{"tools":["hammer"]}}"#));
        assert!(!tools(r#"{"id":1,"result":{"tools":[]}}"#));
    }
}
