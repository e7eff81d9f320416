//! What configurations there are, and what could be done with them.

use crate::capture::clients::{
    Config, Launch, Server, Wrapped, hidden_words, shown_address, without_secret, wrapped,
};
use crate::cli::configs::{Found, shown};
use crate::cli::{Failure, out};
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
    let (verb, does) = match what {
        For::Wrap => ("wrap", "records them from the client's next start on"),
        For::Unwrap => ("unwrap", "takes the tap out again"),
    };
    out::say(&format!(
        "Nothing was changed. `plainsight {verb} --server NAME` or `plainsight {verb} --all` {does}; with --dry-run it shows the change and makes none."
    ));
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
        .map(|(word, hidden)| without_secret(*word, hidden).as_raw().label(80))
        .collect();
    crate::text::elide(&shown.join(" "), 100)
}
