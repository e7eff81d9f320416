//! The runner: studies a session and shows every message to the detectors, as far as there are messages.

use super::before::Before;
use super::capability::Capabilities;
use super::detect::launch::LaunchAt;
use super::detect::{self, Argument, CallAt, Found, MessageAt};
use super::findings::{Findings, SharedFindings};
use super::finish::finish;
use super::looking::{Looking, Placed, Seen};
use super::memory::{self, Memory, Order};
use super::place;
use super::rank::{Category, Severity};
use super::settings::Settings;
use super::signal::path::PathClass;
use super::story;
use super::texts::Texts;
use crate::session::study::{self, Studied, Visitor};
use crate::session::{ChangeKind, ItemId, ItemKind, RowId, Session, SharedSession, load};
use crate::text::Raw;
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
    before: Before,
    /// Sensitive paths that calls in flight read.
    reads: HashMap<RowId, (PathClass, String)>,
    changes: usize,
    /// What tools can do, not yet among the findings.
    capable: Vec<(ItemId, Capabilities)>,
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
        lock(findings).set_settings(Arc::clone(&self.memory.settings));
        while !stop.load(Ordering::Relaxed) {
            let mut placed = Vec::new();
            let mut judge = Judge {
                analysis: self,
                placed: &mut placed,
            };
            if study::advance(session, &mut judge) == 0 {
                break;
            }
            any = true;
            let capable = std::mem::take(&mut self.capable);
            if !placed.is_empty() || !capable.is_empty() {
                let session = load::lock_read(session);
                let mut findings = lock(findings);
                for (item, can) in capable {
                    findings.set_capabilities(item, can);
                }
                for one in placed {
                    if !one.is_looked_at(&session, &self.memory.settings) {
                        continue;
                    }
                    let (finding, group) = finish(&session, one);
                    findings.judge(&session, finding, group);
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
}

/// Judges messages as they are studied.
struct Judge<'a> {
    analysis: &'a mut Analysis,
    placed: &'a mut Vec<Placed>,
}

impl Visitor for Judge<'_> {
    type Seen = Seen;

    fn begin(&mut self, session: &Session) {
        self.analysis.memory.names.grow(session);
    }

    fn look(&self, session: &Session, studied: &Studied<'_>) -> Seen {
        if session.is_told_elsewhere(studied.id) {
            return Seen::default();
        }
        let texts = Texts {
            names: &self.analysis.memory.names,
            settings: &self.analysis.memory.settings,
            before: &self.analysis.before,
            flows: &self.analysis.memory.flows,
        };
        texts.of(session, studied)
    }

    fn take(&mut self, session: &Session, studied: &Studied<'_>, seen: Seen) {
        let mut one = Looking::at(session, studied.id, seen);
        self.analysis.message(&mut one, studied);
        self.placed.append(&mut one.seen.placed);
    }
}

impl Analysis {
    /// What a message means beside all that came before it.
    fn message(&mut self, one: &mut Looking<'_>, studied: &Studied<'_>) {
        let (session, id) = (one.session, studied.id);
        let row = session.row(id);
        if row.kind == MessageKind::Meta {
            return self.configured(one, studied);
        }
        if matches!(row.kind, MessageKind::Stderr | MessageKind::Text)
            || session.is_told_elsewhere(id)
        {
            return;
        }
        one.whole(&MessageAt {
            id,
            row,
            server: one.server,
            doc: studied.doc,
            body: studied.body,
            memory: &self.memory,
            session,
        });
        let Some(root) = studied.doc.root() else {
            return;
        };
        self.definitions(one, studied.doc);
        let method = session.method(id);
        if row.kind == MessageKind::Request
            && row.dir == Direction::C2s
            && method == method::TOOLS_CALL
        {
            self.call(one, root, session.name(id));
        }
        self.remember(one, root, method);
        self.memory
            .conversations
            .note(session, id, one.server, root);
        self.memory.repetition.note(session, id, one.server, root);
    }

    /// A server that a client is set up to start.
    fn configured(&self, one: &mut Looking<'_>, studied: &Studied<'_>) {
        let root = studied.doc.root();
        let told = root.filter(|root| {
            let event = root.str("event");
            event.is_some_and(|event| event.as_raw() == "configured")
        });
        let Some(entry) = told.and_then(|root| root.get("entry")) else {
            return;
        };
        one.launch(&LaunchAt {
            server: one.server,
            entry,
            memory: &self.memory,
            session: one.session,
        });
    }

    /// New versions of definitions that the message brought: what they claim, and their names beside all others.
    fn definitions(&mut self, one: &mut Looking<'_>, doc: &Doc<'_>) {
        self.gone(one);
        let mut brought = std::mem::take(&mut one.seen.brought);
        for brought in &mut brought {
            if let Some((claim, can)) = brought.tool.take() {
                self.memory.claims.insert(brought.item, claim);
                self.memory.together.take(brought.item, can);
                self.capable.push((brought.item, can));
            }
        }
        one.beside_others(brought, doc, &mut self.memory);
    }

    /// Definitions that vanished.
    fn gone(&mut self, one: &mut Looking<'_>) {
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
            one.seen.placed.push(Placed {
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

    fn call(&mut self, one: &mut Looking<'_>, root: Value<'_>, tool: Raw<'_>) {
        let Some(params) = root.get("params") else {
            return;
        };
        let arguments: Vec<Argument<'_>> = params
            .get("arguments")
            .map_or(Vec::new(), detect::arguments);
        let name = String::from_utf8_lossy(tool.bytes()).into_owned();
        let item = one.session.item(one.server, ItemKind::Tool, tool);
        let flows = &self.memory.flows;
        if !flows.is_as_of(&one.seen.leaks) {
            one.seen.leaks = flows.leaks(arguments.iter().map(|a| a.raw().bytes()));
        }
        let leaks = std::mem::take(&mut one.seen.leaks.found);
        let at = CallAt {
            leaks: &leaks,
            row: one.id,
            server: one.server,
            tool: &name,
            arguments: &arguments,
            whole: params.get("arguments"),
            claim: item.and_then(|i| self.memory.claims.get(&i.id)),
            memory: &self.memory,
            session: one.session,
        };
        one.call(&at, tool, item);
        self.memory
            .crossings
            .called(one.id, one.server, &name, &arguments);
        if let Some(read) = one.seen.reads.take() {
            self.reads.insert(one.id, read);
        }
        for argument in &arguments {
            if self.memory.flows.is_empty() {
                self.memory.flows.known(argument.raw().bytes());
            }
        }
    }

    /// What later messages are compared with.
    fn remember(&mut self, one: &Looking<'_>, root: Value<'_>, method: Raw<'_>) {
        let row = one.session.row(one.id);
        for placed in
            one.seen.placed.iter().filter(|p| {
                p.found.severity >= Severity::Medium || p.found.severity == Severity::Info
            })
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
        if let Some(request) = row.pair() {
            self.memory
                .crossings
                .answered(one.id, request, one.server, result);
        }
        let read = row.pair().and_then(|request| self.reads.remove(&request));
        let Some((class, what)) = read else {
            for (kind, secret) in &one.seen.secrets {
                let what = format!("a secret ({kind})");
                self.memory
                    .flows
                    .keep(one.id, one.server, what, true, secret);
            }
            return;
        };
        for value in result.walk() {
            let Some(text) = value.text().filter(|t| t.as_raw().len() >= 16) else {
                continue;
            };
            let is_secret = class >= PathClass::AgentConfig;
            let bytes = text.as_raw().bytes();
            self.memory
                .flows
                .keep(one.id, one.server, what.clone(), is_secret, bytes);
        }
    }
}
