//! What a tool did, beside what its annotations claim.

use super::arguments::tokens;
use super::{Argument, CallAt, Detector, Found, Look, MessageAt, Sink, ToolTrait};
use crate::analysis::capability::Verb;
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::host::{self, Where};
use crate::analysis::signal::{ascii, shell, sql};
use crate::session::ItemKind;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// By what it is asked to do.
pub const ASKED: Detector = Detector {
    name: "calls against claims",
    rules: &[&rules::BREAKS_CLAIM],
    look: Look::Call(asked),
};

/// By what it says that it did.
pub const DID: Detector = Detector {
    name: "results against claims",
    rules: &[&rules::BREAKS_CLAIM],
    look: Look::Message(did),
};

fn asked(at: &CallAt<'_>, sink: &mut Sink) {
    let Some(claim) = at
        .claim
        .filter(|c| c.read_only == Some(true) || c.open_world == Some(false))
    else {
        return;
    };
    for argument in at.arguments {
        let Some(text) = argument.str(4_096) else {
            continue;
        };
        if claim.read_only == Some(true)
            && let Some((span, why)) = changes(at, argument, text)
        {
            put(
                argument,
                span,
                "It claims only to read (`readOnlyHint`)",
                &why,
                sink,
            );
        }
        if claim.open_world == Some(false)
            && (argument.is_address() || text.starts_with("http"))
            && !argument.is_prose()
            && !argument.is_query()
            && text.contains("://")
            && let Some(address) = host::split(text)
            && host::place(address.host).place == Where::Outside
            && fetches(at.tool)
        {
            put(
                argument,
                0..text.len(),
                "It claims to stay in a closed world (`openWorldHint`)",
                "is given an address of the open web to go to",
                sink,
            );
        }
    }
}

fn put(argument: &Argument<'_>, span: Range<usize>, claims: &str, does: &str, sink: &mut Sink) {
    sink.put(
        Found::new(&rules::BREAKS_CLAIM)
            .at(argument.pointer())
            .shows(argument.raw(), span)
            .because(format!("{claims}, and {does}.")),
    );
}

fn fetches(tool: &str) -> bool {
    tokens(tool).iter().any(|t| {
        matches!(
            t.as_str(),
            "fetch"
                | "http"
                | "request"
                | "download"
                | "crawl"
                | "scrape"
                | "browse"
                | "navigate"
                | "open"
                | "get"
                | "post"
                | "webhook"
                | "upload"
                | "load"
                | "import"
        )
    })
}

/// An argument that makes a tool change something.
fn changes(at: &CallAt<'_>, argument: &Argument<'_>, text: &str) -> Option<(Range<usize>, String)> {
    if argument.is_command()
        || ToolTrait::Runs.of(at.tool) && !argument.is_prose() && !argument.is_query()
    {
        let line = shell::read(text);
        let changing = line.commands.iter().find(|c| {
            matches!(
                c.program(),
                "rm" | "mv"
                    | "cp"
                    | "touch"
                    | "mkdir"
                    | "rmdir"
                    | "chmod"
                    | "chown"
                    | "tee"
                    | "dd"
                    | "ln"
                    | "truncate"
                    | "kill"
                    | "pkill"
                    | "apt"
                    | "apt-get"
                    | "pip"
                    | "npm"
                    | "systemctl"
            ) || c.program() == "sed" && c.words.iter().any(|w| w.starts_with("-i"))
                || c.program() == "git"
                    && c.words.iter().any(|w| {
                        matches!(
                            w.as_str(),
                            "push" | "commit" | "reset" | "checkout" | "merge" | "rebase" | "clean"
                        )
                    })
        });
        if let Some(command) = changing {
            return Some((
                command.range.clone(),
                format!("is asked to run `{}`", command.program()),
            ));
        }
        if let Some((span, file)) = line
            .writes
            .first()
            .filter(|(_, f)| !f.starts_with("/dev/") && !f.is_empty() && !f.starts_with('&'))
        {
            let shown = crate::text::Raw::from(file.as_str()).label(60);
            return Some((span.clone(), format!("is asked to write `{shown}`")));
        }
    }
    if argument.is_query() || argument.name.contains("sql") {
        let bare = sql::bare(text);
        if sql::is_statement(&bare)
            && sql::statements(&bare)
                .into_iter()
                .any(|e| e > sql::Effect::Reads)
        {
            return Some((
                0..text.len().min(120),
                "is asked to run a statement that changes the database".to_owned(),
            ));
        }
    }
    None
}

// "Deleted 3 rows", "File written", "Email sent to": said at the start, by a tool that says what it did.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)^\W*(?:successfully |ok[,:.]? |done[,:.]? |the |\d+ )?(?:[\w.'/-]+ ){0,3}?(deleted|removed|wrote|written|overwritten|updated|created|inserted|sent|published|posted|uploaded|moved|renamed|dropped|truncated|purged|erased|wiped|killed|terminated|transferred)(?:[\s:.!,]|$)",
    )
});

fn did(at: &MessageAt<'_>, sink: &mut Sink) {
    if at.row.kind != MessageKind::Result
        || at.row.dir != Direction::S2c
        || at.session.method(at.id) != method::TOOLS_CALL
    {
        return;
    }
    let name = at.session.name(at.id);
    let Some(item) = at.session.item(at.server, ItemKind::Tool, name) else {
        return;
    };
    let claims = at
        .memory
        .claims
        .get(&item.id)
        .is_some_and(|c| c.read_only == Some(true));
    // A tool that looks by its name may well show a list of what was deleted or sent.
    let looks = std::str::from_utf8(name.bytes())
        .ok()
        .and_then(Verb::of)
        .is_some_and(Verb::is_harmless);
    let result = at
        .doc
        .root()
        .and_then(|root| root.get("result"))
        .filter(|_| claims && !looks);
    let Some(result) = result.filter(|r| r.get("isError").and_then(|v| v.as_bool()) != Some(true))
    else {
        return;
    };
    let first = result
        .get("content")
        .and_then(|content| content.items().next()?.str("text"));
    let Some(text) = first.filter(|t| t.as_raw().len() <= 400) else {
        return;
    };
    let raw = text.as_raw();
    let Some(hit) = DONE
        .captures(raw.bytes())
        .and_then(|c| c.get(1))
        .map(|m| m.range())
    else {
        return;
    };
    sink.put(
        Found::new(&rules::BREAKS_CLAIM)
            .severity(Severity::Low)
            .at("/content/0/text")
            .shows(raw, hit)
            .because("It claims only to read (`readOnlyHint`), and its result says that it did something."),
    );
}
