//! What a person's policy forbids: servers that are there, calls that were made, definitions that lack something.

use super::{CallAt, DefinitionAt, Detector, Look, MessageAt, Sink};
use crate::analysis::policy::{Call, Policy};
use crate::analysis::rules;
use crate::session::ItemKind;
use crate::text::Raw;
use crate::wire::id::Direction;
use crate::wire::method;

/// Servers, when they are greeted and asked for what they offer; resources, when they are read.
pub const SERVERS: Detector = Detector {
    name: "servers against the policy",
    rules: &[
        &rules::FORBIDDEN_SERVER,
        &rules::UNLISTED_SERVER,
        &rules::PATH_OUTSIDE_ROOTS,
        &rules::HOST_NOT_ALLOWED,
    ],
    look: Look::Message(server),
};

/// Calls.
pub const CALLS: Detector = Detector {
    name: "calls against the policy",
    rules: &[
        &rules::FORBIDDEN_SERVER,
        &rules::UNLISTED_SERVER,
        &rules::FORBIDDEN_TOOL,
        &rules::UNLISTED_TOOL,
        &rules::COMMAND_NOT_ALLOWED,
        &rules::PATH_OUTSIDE_ROOTS,
        &rules::HOST_NOT_ALLOWED,
        &rules::ARGUMENT_LIMIT,
    ],
    look: Look::Call(call),
};

/// Definitions of tools.
pub const DEFINITIONS: Detector = Detector {
    name: "definitions against the policy",
    rules: &[&rules::MISSING_ANNOTATION],
    look: Look::Definition(definition),
};

fn server(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(policy) = &at.memory.settings.policy else {
        return;
    };
    let method = at.session.method(at.id);
    if method == method::RESOURCES_READ && at.row.dir == Direction::C2s {
        resource(at, policy, sink);
    }
    let greets = [method::INITIALIZE, method::DISCOVER, method::TOOLS_LIST];
    if greets.iter().any(|greets| method == *greets) {
        let server = at.session.server(at.server);
        policy
            .server(server.label.as_raw().bytes())
            .into_iter()
            .for_each(|found| sink.put(found));
    }
}

fn resource(at: &MessageAt<'_>, policy: &Policy, sink: &mut Sink) {
    let Some(params) = at.doc.root().and_then(|root| root.get("params")) else {
        return;
    };
    let arguments = super::arguments(params);
    let server = at.session.server(at.server);
    let found = policy.resource(&Call {
        server: server.label.as_raw().bytes(),
        tool: Raw::EMPTY,
        arguments: &arguments,
        whole: Some(params),
    });
    found.into_iter().for_each(|found| sink.put(found));
}

fn call(at: &CallAt<'_>, sink: &mut Sink) {
    let Some(policy) = &at.memory.settings.policy else {
        return;
    };
    let server = at.session.server(at.server);
    let found = policy.call(&Call {
        server: server.label.as_raw().bytes(),
        tool: at.session.name(at.row),
        arguments: at.arguments,
        whole: at.whole,
    });
    found.into_iter().for_each(|found| sink.put(found));
}

fn definition(at: &DefinitionAt<'_>, sink: &mut Sink) {
    let Some(policy) = &at.settings.policy else {
        return;
    };
    if at.item.kind == ItemKind::Tool {
        let server = at.session.server(at.item.server);
        let found = policy.definition(server.label.as_raw().bytes(), at.item.name.as_raw(), at.now);
        found.into_iter().for_each(|found| sink.put(found));
    }
}
