//! What stands in front of a server already.

use super::server::Server;
use crate::text::Raw;

/// Who is in the path of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// The tap of plainsight, wherever that program lies and whatever its version. The word at this place of the
    /// command is where the server's own command begins.
    Plainsight { command: usize },
    /// Another program of that kind.
    Other(&'static str),
}

/// Programs that stand between a client and a server over stdio, by their file's or package's name.
const OTHERS: &[&str] = &[
    "mcpsnoop",
    "mcptee",
    "mcp-context-protector",
    "mcp-recorder",
    "mcp-debug",
    "mcp-trace",
    "mcp-reticle",
    "invariant-gateway",
];

/// Runners that take the name of a package as a word.
const RUNNERS: &[&str] = &[
    "npx", "uvx", "uv", "pipx", "bunx", "bun", "pnpm", "yarn", "node", "python", "python3", "cmd",
];

pub fn wrapped(server: &Server) -> Option<Wrapped> {
    let argv = server.argv();
    let (program, args) = argv.split_first()?;
    let stem = stem(*program);
    if stem.starts_with(b"plainsight") && args.first().is_some_and(|arg| *arg == *"tap") {
        // Written by hand it needs no dashes, and those of the server are then its own.
        let Some(dashes) = dashes(&args[1..]) else {
            return Some(Wrapped::Other("plainsight"));
        };
        let command = dashes + 3;
        return (command < argv.len()).then_some(Wrapped::Plainsight { command });
    }
    let named = |word: &[u8]| {
        OTHERS
            .iter()
            .find(|name| word == name.as_bytes())
            .map(|name| Wrapped::Other(name))
    };
    if let Some(other) = named(stem) {
        return Some(other);
    }
    if !RUNNERS.iter().any(|runner| stem == runner.as_bytes()) {
        return None;
    }
    let mut words = args.iter().take(6);
    words.find_map(|word| named(package(*word)))
}

/// Options of the tap that stand alone.
const FLAGS: &[&str] = &["--redact"];

/// Options of the tap whose value is the next word.
const VALUED: &[&str] = &[
    "--record",
    "--record-dir",
    "--rotate",
    "--redact-rules",
    "--gate",
    "--gate-default",
    "--gate-wait",
    "--grace",
];

/// Where the dashes stand that end the tap's own options. Nothing but these may stand before them: behind any other
/// word they belong to the server.
fn dashes(words: &[Raw<'_>]) -> Option<usize> {
    let is_one_of = |word: &Raw<'_>, names: &[&str]| names.iter().any(|name| *word == **name);
    let mut at = 0;
    loop {
        let word = words.get(at)?;
        let bytes = word.bytes();
        if *word == *"--" {
            return Some(at);
        } else if is_one_of(word, FLAGS) || bytes.starts_with(b"--") && bytes.contains(&b'=') {
            at += 1;
        } else if *word == *"--name" {
            // A name may be any word.
            at += 2;
        } else if is_one_of(word, VALUED) && !words.get(at + 1)?.bytes().starts_with(b"-") {
            at += 2;
        } else {
            return None;
        }
    }
}

/// The file's name without folder and extension.
fn stem(path: Raw<'_>) -> &[u8] {
    let name = path.bytes().rsplit(|b| matches!(b, b'/' | b'\\')).next();
    let name = name.unwrap_or_default();
    let suffix = [b".exe".as_slice(), b".cmd", b".js", b".py"]
        .into_iter()
        .find(|suffix| name.to_ascii_lowercase().ends_with(suffix));
    &name[..name.len() - suffix.map_or(0, <[u8]>::len)]
}

/// The name of a package without scope and version: `@scope/name@1.2` is `name`.
fn package(word: Raw<'_>) -> &[u8] {
    let name = stem(word);
    let version = name.iter().position(|b| matches!(b, b'@' | b'='));
    &name[..version.filter(|at| *at > 0).unwrap_or(name.len())]
}
