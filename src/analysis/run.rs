//! The runner: studies a session and shows every message to the detectors, as far as there are messages.

use super::detect::{
    self, Argument, CallAt, DefinitionAt, Field, Found, MessageAt, SetAt, TextAt, ToolTrait,
};
use super::findings::{Findings, SharedFindings};
use super::finish::finish;
use super::looking::{Looking, Placed};
use super::memory::{self, Claim, Memory, Order, Scope};
use super::place;
use super::rank::{Category, PlaceKind, Severity};
use super::settings::Settings;
use super::signal::path::PathClass;
use super::signal::{Nobody, path, secret};
use super::story;
use crate::session::study::{self, Studied};
use crate::session::{ChangeKind, ItemKind, RowId, Session, SharedSession, load};
use crate::text::{Raw, RawBuf};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Value};
use crate::wire::method;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLockWriteGuard};

/// An analysis that goes on as its session grows. It keeps what it knows: nothing is looked at twice.
#[derive(Default)]
pub struct Analysis {
    memory: Memory,
    /// Sensitive paths that calls in flight read.
    reads: HashMap<RowId, (PathClass, String)>,
    changes: usize,
}

/// Studies and analyses everything that is indexed, once, with the built-in rules alone. For a session that grows, or
/// with settings, keep an [`Analysis`].
pub fn run(session: &SharedSession, findings: &SharedFindings, grew: &dyn Fn(), stop: &AtomicBool) {
    Analysis::default().advance(session, findings, grew, stop);
}

fn lock(findings: &SharedFindings) -> RwLockWriteGuard<'_, Findings> {
    findings.write().unwrap_or_else(PoisonError::into_inner)
}

impl Analysis {
    /// An analysis that holds the session against what a person set, too.
    pub fn with(settings: Arc<Settings>) -> Analysis {
        let mut analysis = Analysis::default();
        analysis.memory.settings = settings;
        analysis
    }

    /// Goes on until everything that is indexed was analysed, or until `stop`. `grew` is called after each stretch.
    pub fn advance(
        &mut self,
        session: &SharedSession,
        findings: &SharedFindings,
        grew: &dyn Fn(),
        stop: &AtomicBool,
    ) {
        let mut any = false;
        while !stop.load(Ordering::Relaxed) {
            let mut placed = Vec::new();
            let rows = study::advance(session, &mut |studied| {
                let session = load::lock_read(session);
                self.message(&session, studied, &mut placed);
            });
            if rows == 0 {
                break;
            }
            any = true;
            if !placed.is_empty() {
                let session = load::lock_read(session);
                let mut findings = lock(findings);
                for one in placed {
                    let (finding, group) = finish(&session, one);
                    findings.add(finding, group);
                }
            }
            grew();
        }
        if any {
            let session = load::lock_read(session);
            let stories = story::tell(
                &session,
                &findings.read().unwrap_or_else(PoisonError::into_inner),
            );
            lock(findings).set_stories(stories);
            grew();
        }
    }

    fn message(&mut self, session: &Session, studied: &Studied<'_>, out: &mut Vec<Placed>) {
        let (id, row) = (studied.id, &studied.row);
        let mut one = Looking {
            session,
            id,
            server: session.server_of(id),
            out,
            mine: 0,
        };
        self.memory.names.grow(session);
        match row.kind {
            MessageKind::Stderr | MessageKind::Text | MessageKind::Unreadable => {
                let text = studied.body.text();
                let raw = text
                    .as_ref()
                    .map_or(Raw::new(studied.body.message()), RawBuf::as_raw);
                let kind = if row.kind == MessageKind::Stderr {
                    PlaceKind::Stderr
                } else {
                    PlaceKind::Transport
                };
                let at = TextAt {
                    raw,
                    field: Field::Stderr,
                    kind,
                    names: &Nobody,
                    memory: &self.memory,
                };
                one.text(&at, String::new, None, None);
                if row.kind != MessageKind::Unreadable {
                    return;
                }
            }
            MessageKind::Meta => return,
            _ => {}
        }
        let row = session.row(id);
        let at = MessageAt {
            id,
            row,
            server: one.server,
            doc: studied.doc,
            memory: &self.memory,
            session,
        };
        one.whole(&at);
        let Some(root) = studied.doc.root() else {
            return;
        };
        self.definitions(&mut one, root);
        for key in ["id", "method"] {
            if let Some(text) = root.str(key) {
                let at = TextAt {
                    raw: text.as_raw(),
                    field: Field::Token,
                    kind: PlaceKind::Transport,
                    names: &Nobody,
                    memory: &self.memory,
                };
                one.text(&at, || format!("/{key}"), None, None);
            }
        }
        let method = session.method(id);
        let tool = (method == method::TOOLS_CALL || method == method::TASKS_RESULT)
            .then(|| session.name(id))
            .filter(|n| !n.is_empty());
        if row.kind == MessageKind::Request
            && row.dir == Direction::C2s
            && method == method::TOOLS_CALL
        {
            self.call(&mut one, root, session.name(id));
        }
        let item = tool.and_then(|name| session.item(one.server, ItemKind::Tool, name));
        let scope = Scope {
            session,
            peers: &self.memory.names,
            server: one.server,
            own: tool.map(Raw::bytes),
            parameters: Default::default(),
        };
        if let Some((kind, base, spots)) =
            place::of_message(root, row.kind, row.dir, method.bytes())
        {
            for spot in &spots {
                one.spot(spot, base, kind, &scope, &self.memory, tool, item);
            }
        }
        self.remember(&one, root, method);
    }

    /// New versions of definitions that the message brought.
    fn definitions(&mut self, one: &mut Looking<'_, '_>, root: Value<'_>) {
        let session = one.session;
        let brought = session.brought_by(one.id);
        if session.method(one.id) == method::TOOLS_LIST {
            self.memory.listed.insert(one.server);
        }
        self.gone(one);
        if brought.is_empty() {
            return;
        }
        let by_start: HashMap<usize, Value<'_>> = {
            let mut map = HashMap::new();
            for value in root.walk() {
                map.entry(value.range().start).or_insert(value);
            }
            map
        };
        for (item, version) in brought {
            let item = session.item_at(*item);
            let Some(body) = item
                .versions
                .get(*version)
                .and_then(|v| by_start.get(&(v.body.start as usize)).copied())
            else {
                continue;
            };
            if item.kind == ItemKind::Tool {
                self.memory.claims.insert(item.id, Claim::of(body));
            }
            let own = (!item.name.as_raw().is_empty()).then(|| item.name.as_raw());
            let scope = Scope {
                session,
                peers: &self.memory.names,
                server: item.server,
                own: own.map(Raw::bytes),
                parameters: memory::parameters(body),
            };
            let kind = place::kind_of_item(item.kind);
            let tool = own.filter(|_| item.kind == ItemKind::Tool);
            let mine = one.out.len();
            for spot in place::of_item(item.kind, body) {
                one.spot(&spot, body, kind, &scope, &self.memory, tool, Some(item));
            }
            let earlier = version
                .checked_sub(1)
                .and_then(|v| session.version_json(item, v).ok());
            let earlier = earlier.as_ref().map(|bytes| Doc::parse(bytes));
            let change = session
                .changes()
                .iter()
                .rev()
                .find(|c| c.at == one.id && c.item == item.id)
                .copied();
            let at = DefinitionAt {
                item,
                now: body,
                before: earlier.as_ref().and_then(Doc::root),
                change,
                names: &scope,
                memory: &self.memory,
                session,
            };
            one.definition(&at, kind);
            if item.kind == ItemKind::Tool && *version == 0 {
                one.set(&SetAt {
                    item,
                    now: body,
                    session,
                    memory: &self.memory,
                });
                if let Ok(name) = std::str::from_utf8(item.name.as_raw().bytes()) {
                    self.memory.names.admit(item.id, name);
                }
            }
            for placed in &mut one.out[mine..] {
                placed.item = Some(item.id);
            }
        }
    }

    /// Definitions that vanished.
    fn gone(&mut self, one: &mut Looking<'_, '_>) {
        let changes = one.session.changes();
        while let Some(change) = changes.get(self.changes).filter(|c| c.at <= one.id) {
            self.changes += 1;
            let word = match change.kind {
                ChangeKind::Removed => "It is missing from a complete listing.",
                ChangeKind::Returned => "It came back after it was missing from a listing.",
                _ => continue,
            };
            let item = one.session.item_at(change.item);
            let name = item.name.as_raw();
            let found = Found::new(&super::rules::OFFER_CHANGED)
                .shows(name, 0..name.len())
                .because(word)
                .group(format!("{} {:?}", change.kind.name(), item.id));
            one.out.push(Placed {
                found,
                kind: place::kind_of_item(item.kind),
                pointer: String::new(),
                row: change.at,
                server: Some(item.server),
                tool: (item.kind == ItemKind::Tool).then(|| name.to_buf()),
                item: Some(item.id),
            });
        }
    }

    fn call(&mut self, one: &mut Looking<'_, '_>, root: Value<'_>, tool: Raw<'_>) {
        let Some(params) = root.get("params") else {
            return;
        };
        let arguments: Vec<Argument<'_>> = params
            .get("arguments")
            .map_or(Vec::new(), detect::arguments);
        let name = String::from_utf8_lossy(tool.bytes()).into_owned();
        let item = one.session.item(one.server, ItemKind::Tool, tool);
        let at = CallAt {
            row: one.id,
            server: one.server,
            tool: &name,
            arguments: &arguments,
            claim: item.and_then(|i| self.memory.claims.get(&i.id)),
            memory: &self.memory,
            session: one.session,
        };
        one.call(&at, tool, item);
        if let Some(read) = sensitive_read(&name, &arguments) {
            self.reads.insert(one.id, read);
        }
        for argument in &arguments {
            if self.memory.flows.is_empty() {
                self.memory.flows.known(argument.raw().bytes());
            }
        }
    }

    /// What later messages are compared with.
    fn remember(&mut self, one: &Looking<'_, '_>, root: Value<'_>, method: Raw<'_>) {
        let row = one.session.row(one.id);
        for placed in one.out[one.mine..]
            .iter()
            .filter(|p| p.found.severity >= Severity::Medium || p.found.severity == Severity::Info)
        {
            let order = matches!(
                placed.found.rule.category,
                Category::Poisoning | Category::ResultInjection
            );
            if order && !placed.found.clues.named.is_empty() {
                self.memory.remember_order(Order {
                    row: one.id,
                    tool: placed.tool.clone(),
                    severity: placed.found.severity,
                    named: placed.found.clues.named.clone(),
                });
            }
        }
        if !row.kind.is_response() || row.dir != Direction::S2c {
            return;
        }
        let Some(result) = root.get("result") else {
            return;
        };
        if let Some(state) = result.str("requestState") {
            self.memory
                .states
                .insert((one.server, memory::hash(state.as_raw().bytes())));
        }
        if method != method::TOOLS_CALL
            && method != method::RESOURCES_READ
            && method != method::TASKS_RESULT
        {
            return;
        }
        let read = row.pair().and_then(|request| self.reads.remove(&request));
        for value in result.walk() {
            let Some(text) = value.text().filter(|t| t.as_raw().len() >= 16) else {
                continue;
            };
            let bytes = text.as_raw().bytes();
            self.memory.remember_words(one.id, bytes);
            match &read {
                Some((class, what)) => {
                    let is_secret = *class >= PathClass::AgentConfig;
                    self.memory
                        .flows
                        .keep(one.id, one.server, what.clone(), is_secret, bytes);
                }
                None => {
                    for secret in secret::find(bytes)
                        .into_iter()
                        .filter(|s| s.kind.sure && s.range.len() >= 16)
                    {
                        let what = format!("a secret ({})", secret.kind.name);
                        self.memory.flows.keep(
                            one.id,
                            one.server,
                            what,
                            true,
                            &bytes[secret.range],
                        );
                    }
                }
            }
        }
    }
}

/// The worst sensitive path that a call reads.
fn sensitive_read(tool: &str, arguments: &[Argument<'_>]) -> Option<(PathClass, String)> {
    let reads = !ToolTrait::Writes.of(tool)
        || tool.to_lowercase().contains("read")
        || ToolTrait::Runs.of(tool);
    if !reads {
        return None;
    }
    arguments
        .iter()
        .filter(|a| a.is_command() || a.is_path() || !a.is_prose())
        .filter_map(|a| {
            let text = a.str(2_048)?.to_lowercase();
            let (range, class) = path::find(&text)
                .into_iter()
                .max_by_key(|(_, class)| *class)?;
            Some((class, format!("`{}`", Raw::from(&text[range]).label(80))))
        })
        .max_by_key(|(class, _)| *class)
}
