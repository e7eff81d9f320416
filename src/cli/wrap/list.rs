//! What configurations there are, and what could be done with them.

use crate::capture::clients::{hidden_words, shown_address, without_secret};
use crate::cli::configs::{Found, shown};
use crate::cli::{Failure, out};
use crate::clients::{Config, Launch, Server, Wrapped, wrapped};
use crate::text::Raw;
use std::process::ExitCode;

#[derive(Clone, Copy, PartialEq)]
pub enum For {
    Wrap,
    Unwrap,
}

/// Lists the servers of each configuration.
pub fn list(files: &[Found], what: For) -> Result<ExitCode, Failure> {
    if files.is_empty() {
        out::say(
            "No configuration of a client with servers in it was found. Name one with --config FILE; --project looks in the present folder too.",
        );
        return Ok(ExitCode::SUCCESS);
    }
    out::results(|out| {
        for file in files {
            writeln!(out, "{}  {}", file.clients, shown(&file.path))?;
            match &file.read {
                Err(why) => writeln!(
                    out,
                    "  cannot be used: {}",
                    Raw::from(why.as_str()).label(300)
                )?,
                Ok((_, config)) => {
                    let names = config.servers.iter().map(label);
                    let width = names
                        .map(|name| crate::text::width(&name))
                        .max()
                        .unwrap_or(0);
                    for server in &config.servers {
                        let name = label(server);
                        let pad = " ".repeat(width - crate::text::width(&name));
                        writeln!(out, "  {name}{pad}  {}", told(server))?;
                    }
                }
            }
        }
        Ok(())
    })?;
    let servers = || files.iter().filter_map(|file| file.read.as_ref().ok());
    let left = servers()
        .flat_map(|(_, config)| &config.servers)
        .filter(|server| match what {
            For::Wrap => server.site.is_ok() && wrapped(server).is_none(),
            For::Unwrap => matches!(wrapped(server), Some(Wrapped::Plainsight { .. })),
        })
        .count();
    out::say(match (what, left) {
        (For::Wrap, 0) => {
            "There is nothing left to wrap. `plainsight unwrap --all` takes the tap out again."
        }
        (For::Unwrap, 0) => "No server is wrapped.",
        (For::Wrap, _) => {
            "Nothing was changed. `plainsight wrap --server NAME` or `plainsight wrap --all` records them from the client's next start on; with --dry-run it shows the change and makes none."
        }
        (For::Unwrap, _) => {
            "Nothing was changed. `plainsight unwrap --server NAME` or `plainsight unwrap --all` takes the tap out again; with --dry-run it shows the change and makes none."
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// The name, and the project where one file has those of many.
pub fn label(server: &Server) -> String {
    let name = server.name().label(40);
    match server.project() {
        Some(project) => format!("{name} ({})", project.label(60)),
        None => name,
    }
}

/// How the server is reached, whether the tap is there, and its command without secrets.
fn told(server: &Server) -> String {
    match &server.launch {
        Launch::Http { url, .. } => format!(
            "http   not wrapped  {}",
            shown_address(url.as_raw()).as_raw().label(100)
        ),
        Launch::Stdio { .. } => {
            let state = match wrapped(server) {
                Some(Wrapped::Plainsight { .. }) if !is_there(server) => {
                    "wrapped, but that plainsight is gone: unwrap it, and wrap it again".into()
                }
                Some(Wrapped::Plainsight { .. }) => "wrapped    ".to_owned(),
                Some(Wrapped::Other(name)) => format!("by {name}"),
                None if Config::is_command_line(server) => {
                    "not wrapped (the command is one text with its arguments)".into()
                }
                None => "not wrapped".to_owned(),
            };
            let off = if server.disabled { "  (off)" } else { "" };
            format!("stdio  {state}{off}  {}", words(server))
        }
    }
}

/// Whether the program that the client is to start still exists, where its path tells.
fn is_there(server: &Server) -> bool {
    let argv = server.argv();
    let Some(program) = argv.first() else {
        return true;
    };
    let path = std::io::read_to_string(program.bytes()).unwrap_or_default();
    let path = std::path::Path::new(&path);
    !path.is_absolute() || path.exists()
}

fn words(server: &Server) -> String {
    let argv = server.argv();
    let skip = match wrapped(server) {
        Some(Wrapped::Plainsight { command }) => command,
        _ => 0,
    };
    let shown: Vec<String> = argv
        .iter()
        .zip(hidden_words(&argv))
        .skip(skip)
        .map(|(word, hidden)| without_secret(*word, &hidden).as_raw().label(80))
        .collect();
    crate::text::elide(&shown.join(" "), 100)
}
