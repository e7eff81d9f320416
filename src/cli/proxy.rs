//! `plainsight proxy`: stand before a server that speaks HTTP, and record.

use super::redacting::{self, RedactArgs};
use super::{Failure, out};
use crate::capture::http::{Proxy, Settings, Upstream};
use crate::capture::recorder;
use crate::capture::redact::Key;
use crate::store::paths;
use crate::text::Raw;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// 7574 is PLSI on the keys of a telephone.
const LISTEN: &str = "127.0.0.1:7574";

#[derive(clap::Args)]
#[command(after_help = "\
Give the printed address to the client in the place of the server's own; all paths are the same. Streamable HTTP of all \
revisions and the older HTTP+SSE pass as they come, and each session is recorded in a file of its own: that of its \
Mcp-Session-Id, and where there is none that of its connection, which further connections of the same program join \
where it is certain that they belong to it.

A server that wants a sign-in with OAuth cannot be recorded here: its metadata name its own address, and clients refuse \
when that is not the one they were given. Let mcp-remote sign in, and record its standard streams instead, with this as \
the server's command in the client's configuration:

  plainsight tap --name NAME -- npx -y mcp-remote https://mcp.example.com/mcp

Where the configuration runs mcp-remote already, `plainsight wrap --server NAME` puts that in.")]
pub struct Args {
    /// The server's address, as the client has it now: http://127.0.0.1:8000/mcp
    #[arg(long, value_name = "URL")]
    upstream: String,
    /// Where to listen; port 0 for any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = LISTEN, value_parser = address)]
    listen: SocketAddr,
    /// The server's name in the recording; its host otherwise
    #[arg(long)]
    name: Option<String>,
    /// The folder for the recordings
    #[arg(long, value_name = "FOLDER")]
    record_dir: Option<PathBuf>,
    /// Begin a new file when one has this many bytes; K, M and G may follow the number
    #[arg(long, value_name = "SIZE", value_parser = super::size::of_part)]
    rotate: Option<u64>,
    #[command(flatten)]
    redacting: RedactArgs,
    /// Let a page of this origin ask, such as https://app.example; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// A further name that this proxy goes by in the Host header; may be repeated
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Permit an address in --listen that other machines can reach
    #[arg(long)]
    allow_remote: bool,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let upstream = Upstream::parse(&args.upstream)?;
    let label = args.name.clone().unwrap_or_else(|| upstream.label());
    if args.allow_remote && !args.listen.ip().is_loopback() {
        out::say(
            "Other machines can reach this proxy, and whoever reaches it can use the server. What passes is not encrypted.",
        );
    }
    let redactor = args.redacting.redactor(Key::of_machine)?;
    let (redactor, notes) = match redactor {
        Some((redactor, notes)) => (Some(Arc::new(redactor) as _), notes),
        None => (None, Vec::new()),
    };
    redacting::tell(&notes);
    let origin = upstream.origin();
    let proxy = Proxy::bind(Settings {
        upstream,
        listen: args.listen,
        remote: args.allow_remote,
        label,
        allow_origins: args.allow_origin.clone(),
        notes,
        allow_hosts: args.allow_host.clone(),
        recorder: recorder::Options {
            folder: args.record_dir.clone(),
            rotate: args.rotate,
            redactor,
            ..recorder::Options::default()
        },
        say: Box::new(out::say),
    })?;
    let folder = args.record_dir.clone().or_else(paths::recordings);
    let folder = folder.map_or_else(
        || "nowhere, because the home folder is not known".to_string(),
        |folder| Raw::new(folder.as_os_str().as_encoded_bytes()).label(400),
    );
    out::say(&format!(
        "Recording what passes to {origin} into {folder}. Give the client this address instead of the server's; stop with Ctrl-C."
    ));
    let url = proxy.url();
    out::results(|out| writeln!(out, "{url}"))?;
    proxy.run()?;
    Ok(ExitCode::SUCCESS)
}

/// An address and a port; a port alone is one of this machine's own address.
fn address(word: &str) -> Result<SocketAddr, String> {
    let whole = match word.strip_prefix("localhost:").unwrap_or(word) {
        port if port.parse::<u16>().is_ok() => format!("127.0.0.1:{port}"),
        _ => word.to_string(),
    };
    whole
        .parse()
        .map_err(|_| format!("give an address and a port, such as {LISTEN}"))
}
