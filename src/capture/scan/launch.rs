//! What is plain of a server before it is started: how it would be reached, and with what.

use crate::analysis::signal::secret;
use crate::capture::http::{Upstream, is_loopback};
use crate::clients::{Launch, Server, Wrapped, wrapped};
use crate::text::Raw;

/// Something to know before a server is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern(pub String);

/// A part of a configuration that only the client can fill in, as `${input:key}`.
pub fn placeholder(server: &Server) -> Option<String> {
    let argv = server.argv();
    let shell = argv.iter().any(|word| *word == *"-c");
    let mut texts: Vec<Raw<'_>> = if shell { Vec::new() } else { argv };
    texts.extend(server.env.iter().map(|(_, value)| value.reveal()));
    texts.extend(server.cwd.as_ref().map(|cwd| cwd.as_raw()));
    if let Launch::Http { url, headers, .. } = &server.launch {
        texts.push(url.as_raw());
        texts.extend(headers.iter().map(|(_, value)| value.reveal()));
    }
    texts.iter().find_map(|text| {
        let bytes = text.bytes();
        let start = memchr::memmem::find(bytes, b"${")?;
        let end = start + memchr::memchr(b'}', &bytes[start..])?;
        let name = &bytes[start + 2..end];
        let is_name = name
            .first()
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_' || *b == b'{');
        is_name.then(|| Raw::new(&bytes[start..=end]).label(60))
    })
}

/// What is plain and worth a look; modest, for it is no judgement of the server.
pub fn concerns(server: &Server) -> Vec<Concern> {
    let mut found = Vec::new();
    match &server.launch {
        Launch::Http { url, .. } => {
            if is_open(url.as_raw()) {
                found.push("is reached without encryption (http)".to_owned());
            }
        }
        Launch::Stdio { .. } => command(server, &mut found),
    }
    for (name, value) in &server.env {
        let is_filled = !value.reveal().bytes().starts_with(b"${");
        if is_filled && !secret::find(value.reveal().bytes()).is_empty() {
            found.push(format!(
                "has a secret in its environment, in plain text in the configuration: {}",
                name.as_raw().label(40)
            ));
        }
    }
    found.into_iter().map(Concern).collect()
}

fn command(server: &Server, found: &mut Vec<String>) {
    let all = server.argv();
    let skip = match wrapped(server) {
        Some(Wrapped::Plainsight { command }) => command,
        _ => 0,
    };
    let Some((program, args)) = all.get(skip..).and_then(<[_]>::split_first) else {
        return;
    };
    let program = program.bytes().rsplit(|b| matches!(b, b'/' | b'\\')).next();
    if let Some(package) = runner(program.unwrap_or_default(), args) {
        found.push(format!(
            "runs whatever version of {} is the newest when it starts",
            package.label(60)
        ));
    }
    for arg in args {
        if arg.bytes().starts_with(b"--dangerously")
            || *arg == *"--allow-all"
            || *arg == *"--no-sandbox"
        {
            found.push(format!("is started with {}", arg.label(60)));
        }
    }
    let secrets = args
        .iter()
        .filter(|arg| !secret::find(arg.bytes()).is_empty());
    if secrets.count() > 0 {
        found.push(
            "has a secret among its arguments, which every program on this machine can read".into(),
        );
    }
}

/// The package that a runner fetches without a version.
fn runner<'a>(program: &[u8], args: &[Raw<'a>]) -> Option<Raw<'a>> {
    let words: &[&[u8]] = match program.strip_suffix(b".cmd").unwrap_or(program) {
        b"npx" | b"bunx" => &[b"-y", b"--yes", b"-q", b"--quiet"],
        b"uvx" => &[b"-q", b"--quiet"],
        _ => return None,
    };
    let package = args.iter().find(|arg| !words.contains(&arg.bytes()))?;
    let bytes = package.bytes();
    if bytes.starts_with(b"-") || bytes.starts_with(b".") || bytes.starts_with(b"/") {
        return None;
    }
    let name = bytes.strip_prefix(b"@").unwrap_or(bytes);
    let version = name
        .iter()
        .position(|b| *b == b'@')
        .map(|at| &name[at + 1..]);
    let equals = memchr::memmem::find(bytes, b"==").is_some();
    let pinned = equals || version.is_some_and(|v| v.first().is_some_and(u8::is_ascii_digit));
    (!pinned).then_some(*package)
}

/// Whether an address leads to another machine without encryption.
fn is_open(url: Raw<'_>) -> bool {
    let scheme = b"http://";
    let plain = (url.bytes().get(..scheme.len())).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    let parsed = std::io::read_to_string(url.bytes()).map(|text| Upstream::parse(&text));
    match parsed {
        Ok(Ok(upstream)) => upstream.origin().starts_with("http:") && !is_loopback(upstream.host()),
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::{ALL_SECTIONS, Config, Syntax};

    fn server(entry: &str) -> Server {
        let text = format!(r#"{{"mcpServers": {{"a": {entry}}}}}"#);
        let config = Config::read(text.as_bytes(), Syntax::Json, ALL_SECTIONS).unwrap();
        config.servers.into_iter().next().unwrap()
    }

    #[test]
    fn plain_risks_of_a_launch_are_told() {
        let key = format!("sk-ant-{}", "a1B2".repeat(10));
        for (entry, told) in [
            (
                r#"{"command": "npx", "args": ["-y", "@example/x"]}"#.to_owned(),
                vec!["newest"],
            ),
            (
                r#"{"command": "npx", "args": ["-y", "@example/x@1.2.3"]}"#.into(),
                vec![],
            ),
            (
                r#"{"command": "npx", "args": ["x@latest"]}"#.into(),
                vec!["newest"],
            ),
            (r#"{"command": "uvx", "args": ["x==1.0"]}"#.into(), vec![]),
            (
                r#"{"command": "plainsight", "args": ["tap", "--", "uvx", "x"]}"#.into(),
                vec!["newest"],
            ),
            (
                r#"{"command": "node", "args": ["a.js", "--dangerously-skip"]}"#.into(),
                vec!["--dangerously-skip"],
            ),
            (
                r#"{"url": "http://example.com/mcp"}"#.into(),
                vec!["encryption"],
            ),
            (r#"{"url": "http://127.0.0.1:80/mcp"}"#.into(), vec![]),
            (
                r#"{"url": "HTTP://localhost.example/mcp"}"#.into(),
                vec!["encryption"],
            ),
            (
                format!(r#"{{"command": "x", "env": {{"KEY": "{key}"}}}}"#),
                vec!["KEY"],
            ),
            (
                format!(r#"{{"command": "x", "args": ["{key}"]}}"#),
                vec!["arguments"],
            ),
        ] {
            let found = concerns(&server(&entry));
            assert_eq!(found.len(), told.len(), "{entry}: {found:?}");
            for (found, word) in found.iter().zip(told) {
                assert!(
                    found.0.contains(word) && !found.0.contains("a1B2"),
                    "{found:?}"
                );
            }
        }
    }

    #[test]
    fn what_only_the_client_can_fill_in_is_found() {
        for (entry, told) in [
            (
                r#"{"command": "x", "args": ["a", "--k=${input:key}"]}"#,
                Some("${input:key}"),
            ),
            (
                r#"{"command": "x", "env": {"A": "${env:B}"}}"#,
                Some("${env:B}"),
            ),
            (r#"{"url": "https://x/${TOKEN}"}"#, Some("${TOKEN}")),
            (r#"{"command": "x", "args": ["$5", "${}", "${1}"]}"#, None),
            (r#"{"command": "sh", "args": ["-c", "echo ${HOME}"]}"#, None),
        ] {
            assert_eq!(placeholder(&server(entry)).as_deref(), told, "{entry}");
        }
    }
}
