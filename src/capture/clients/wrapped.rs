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
        let dashes = args.iter().position(|arg| *arg == *"--")?;
        let command = dashes + 2;
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
