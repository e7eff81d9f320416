//! What a server is called when nobody says so.

use super::recorder::lossy_text;
use std::ffi::OsString;

/// Programs that only start another, which is named in their arguments.
const LAUNCHERS: &[&str] = &[
    "npx", "bunx", "uvx", "pipx", "npm", "pnpm", "yarn", "bun", "deno", "node", "tsx", "ts-node",
    "uv", "python", "pythonw", "py", "ruby", "php", "java", "dotnet", "docker", "podman", "env",
    "sh", "bash", "zsh", "cmd", "go", "cargo", "nix",
];

/// Words of launchers that stand before the program.
const VERBS: &[&str] = &["run", "exec", "x", "dlx", "tool", "start", "--"];

/// Options of launchers that take the next word.
const WITH_VALUE: &[&str] = &[
    "-p",
    "--package",
    "--from",
    "--with",
    "--python",
    "--directory",
    "--project",
    "-e",
    "--env",
    "-v",
    "--volume",
    "--name",
    "--network",
    "--mount",
    "-w",
    "--workdir",
    "-u",
    "--user",
    "--prefix",
    "-jar",
    "-cp",
];

/// A label from the command of a server: `npx -y @scope/server-everything@1.2` is `server-everything`.
pub fn label_of(command: &[OsString]) -> String {
    let words: Vec<String> = command
        .iter()
        .map(|word| lossy_text(word.as_encoded_bytes()))
        .collect();
    let mut words = words.iter().map(String::as_str).peekable();
    let mut found = words.next().unwrap_or_default();
    while is_launcher(found) {
        let launcher = name(found);
        let Some(next) = program(&launcher, &mut words) else {
            return launcher;
        };
        found = next;
    }
    let name = name(found);
    if name.is_empty() {
        "server".into()
    } else {
        name
    }
}

fn is_launcher(word: &str) -> bool {
    let name = name(word);
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    LAUNCHERS.contains(&name.as_str()) || LAUNCHERS.contains(&plain)
}

/// The word that names what a launcher starts.
fn program<'w>(launcher: &str, words: &mut impl Iterator<Item = &'w str>) -> Option<&'w str> {
    while let Some(word) = words.next() {
        match word {
            "-m" | "-jar" | "--from" => return words.next(),
            // A program in the argument itself has no name.
            "-c" | "--eval" => return None,
            "-e" if launcher == "node" => return None,
            _ if WITH_VALUE.contains(&word) => {
                words.next();
            }
            _ if word.starts_with('-') || VERBS.contains(&word) => {}
            _ if launcher == "env" && word.contains('=') => {}
            _ => return Some(word),
        }
    }
    None
}

/// A word without its path, scope, version and extension.
fn name(word: &str) -> String {
    let word = word.trim_end_matches(['/', '\\']);
    let last = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let plain = match last.find('@').filter(|at| *at > 0) {
        Some(at) => &last[..at],
        None => last,
    };
    // A container's tag, an extra or a version of Python's.
    let plain = plain.split([':', '[', '=']).next().unwrap_or(plain);
    let stem = [
        "py", "js", "mjs", "cjs", "ts", "mts", "exe", "cmd", "bat", "sh", "jar", "rb",
    ]
    .iter()
    .find_map(|end| plain.strip_suffix(end)?.strip_suffix('.'))
    .filter(|stem| !stem.is_empty())
    .unwrap_or(plain);
    stem.chars()
        .map(|c| if c.is_control() { '_' } else { c })
        .take(64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_called_by_their_names() {
        for (command, label) in [
            ("npx -y @scope/server-everything", "server-everything"),
            (
                "npx -y @scope/server-everything@1.2.3 stdio",
                "server-everything",
            ),
            ("npx -p typescript tsx src/main.ts", "main"),
            ("uvx mcp-server-git --repository /x", "mcp-server-git"),
            ("uvx --from mcp-server-git==1.0 run", "mcp-server-git"),
            ("uv run --directory /srv server.py", "server"),
            ("python foo.py", "foo"),
            (
                "/usr/bin/python3.12 -u -m mcp_server_time --tz UTC",
                "mcp_server_time",
            ),
            ("node /opt/app/dist/index.js", "index"),
            (
                "docker run -i --rm -e TOKEN ghcr.io/github/github-mcp-server:latest",
                "github-mcp-server",
            ),
            ("/usr/local/bin/my-server --port 1", "my-server"),
            ("sh -c exit", "sh"),
            ("C:\\tools\\server.exe", "server"),
            ("python3", "python3"),
            ("env A=b ./run.sh", "run"),
        ] {
            let words: Vec<OsString> = command.split(' ').map(OsString::from).collect();
            assert_eq!(label_of(&words), label, "{command}");
        }
        assert_eq!(label_of(&[]), "server");
    }
}
