//! Accepting, rejecting and seeing what a recording holds.

use super::{Place, counted, now};
use crate::analysis::trust::{self, Act};
use crate::analysis::{Findings, Settings, Severity};
use crate::cli::{Failure, Sources, case, out};
use crate::session::load::{self, Options};
use crate::session::{Item, Session};
use crate::store::baseline::Verdict;
use crate::text::Raw;
use std::sync::{Arc, PoisonError};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Only this server, by its label or address
    #[arg(long, value_name = "SERVER")]
    server: Option<String>,
    /// Only this tool, prompt or resource
    #[arg(long, value_name = "NAME")]
    tool: Option<String>,
    /// Read the sources as this recording format, whatever their content says
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Accept,
    Reject,
    See,
}

impl Kind {
    fn verb(self) -> &'static str {
        match self {
            Kind::Accept => "accept",
            Kind::Reject => "reject",
            Kind::See => "see",
        }
    }
}

pub fn run(args: &Args, kind: Kind) -> Result<(), Failure> {
    let sources = args.sources.args();
    let verb = kind.verb();
    if sources.is_empty() {
        anyhow::bail!(
            "baseline {verb} needs a SOURCE: a recording, a folder of them, or `-` for standard input"
        );
    }
    if kind == Kind::Reject && args.server.is_none() && args.tool.is_none() {
        anyhow::bail!("say what is rejected, with --server or --tool");
    }
    let store = args.place.store()?;
    let options = Options {
        format: crate::cli::format_named(args.input_format.as_deref())?,
        ..Options::default()
    };
    let (session, findings) = case::whole(&sources, options, Arc::new(Settings::default()))?;
    let session = load::lock_read(&session);
    let findings = findings.read().unwrap_or_else(PoisonError::into_inner);
    let meant = |item: &Item| args.means(&session, item);
    let chosen = |item: &Item, version: usize| {
        let last = version + 1 == item.versions.len() && item.versions[version].until.is_none();
        let verdict = match kind {
            Kind::Accept => Verdict::Accepted,
            Kind::Reject => Verdict::Rejected,
            Kind::See => return None,
        };
        (last && meant(item)).then_some(verdict)
    };
    if !session.items().iter().any(meant) {
        anyhow::bail!("{}", args.nothing(&session));
    }
    let now = now();
    // Whatever else is offered by the servers that are meant was seen on this occasion.
    let servers: Vec<_> = session
        .items()
        .iter()
        .filter(|item| meant(item))
        .map(|item| item.server)
        .collect();
    let act = Act::gather(
        &session,
        &now,
        |item| servers.contains(&item.server),
        chosen,
    );
    let unread = act.unread;
    if act.is_empty() && act.nameless > 0 {
        anyhow::bail!(
            "the recording says neither how its servers are reached nor what they are called, so they could not be recognised again"
        );
    }
    if kind == Kind::Accept {
        warn(&session, &findings, &meant);
    }
    let (noted, _) = store.update(|baseline| act.note(baseline, &now))?;
    let done = match kind {
        Kind::Accept => format!("Accepted {}", counted(noted.accepted, "definition")),
        Kind::Reject => format!("Rejected {}", counted(noted.rejected, "definition")),
        Kind::See => format!("Noted {}", counted(noted.seen, "wording")),
    };
    let also = match noted.seen {
        0 => String::new(),
        _ if kind == Kind::See => String::new(),
        seen => format!(", and noted {} as seen", counted(seen, "other wording")),
    };
    out::say(&format!("{done}{also} in {}.", store.shown()));
    if noted.lost + unread > 0 {
        out::say(&format!(
            "{} could not be kept: there are too many, their names are too long, or the recording cannot be read there.",
            counted(noted.lost + unread, "wording")
        ));
    }
    Ok(())
}

impl Args {
    fn means(&self, session: &Session, item: &Item) -> bool {
        let server = session.server(item.server);
        let is = |word: &String, raw: Raw<'_>| *word == trust::text(raw);
        self.server.as_ref().is_none_or(|word| {
            is(word, server.label.as_raw()) || *word == trust::address(server.command.as_raw())
        }) && self
            .tool
            .as_ref()
            .is_none_or(|word| is(word, item.name.as_raw()))
    }

    /// Why there is nothing to decide on.
    fn nothing(&self, session: &Session) -> String {
        if session.items().is_empty() {
            return "the recording holds no definitions: it begins after they were listed, or its format does not keep them".to_owned();
        }
        let labels: Vec<String> = session
            .servers()
            .iter()
            .take(12)
            .map(|server| server.label.as_raw().label(40))
            .collect();
        let what = match (&self.server, &self.tool) {
            (Some(server), Some(tool)) => format!("no `{tool}` on a server `{server}`"),
            (Some(server), None) => format!("no definitions of a server `{server}`"),
            (None, Some(tool)) => format!("nothing that is called `{tool}`"),
            (None, None) => "no definitions".to_owned(),
        };
        format!(
            "the recording holds {what}; its servers are {}",
            labels.join(", ")
        )
    }
}

/// Says what was found in what is accepted: whoever accepts it should know.
fn warn(session: &Session, findings: &Findings, meant: &dyn Fn(&Item) -> bool) {
    for item in session.items().iter().filter(|item| meant(item)) {
        let Some(from) = item.versions.last().map(|version| version.from) else {
            continue;
        };
        let own = findings
            .for_item(item.id)
            .iter()
            .filter_map(|n| findings.list().get(*n));
        let worst = own
            .filter(|finding| finding.row == from && finding.severity >= Severity::Medium)
            .max_by_key(|finding| finding.severity);
        if let Some(finding) = worst {
            out::say(&format!(
                "Look at `{}` on {} again: {} ({}). It is accepted all the same.",
                match item.name.as_raw() {
                    name if name.is_empty() => item.kind.name().to_owned(),
                    name => name.label(60),
                },
                session.server(item.server).label.as_raw().label(40),
                finding.title,
                finding.severity.name()
            ));
        }
    }
}
