//! Packages that runners fetch: which, whether in a version that stays, and whether their names pose as others'.

use super::super::names::one_apart;
use crate::text::{self, Raw};

/// A package that is run.
#[derive(Debug)]
pub struct Ran<'a> {
    /// As it is written, with its version.
    pub package: Raw<'a>,
    /// Its place among the arguments.
    pub at: usize,
    /// Without its version.
    pub name: &'a [u8],
    pub pinned: bool,
    registry: Registry,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Registry {
    Npm,
    Python,
    Container,
}

/// A runner: its program, the words behind that, where it fetches from, options whose value is the next word, and those
/// that name the package.
struct Runner {
    program: &'static str,
    verbs: &'static [&'static str],
    registry: Registry,
    valued: &'static [&'static str],
    names: &'static [&'static str],
}

const NPM_VALUED: &[&str] = &[
    "--registry",
    "--cache",
    "--prefix",
    "--userconfig",
    "-c",
    "--call",
    "--workspace",
    "-w",
];
const UV_VALUED: &[&str] = &[
    "--python",
    "-p",
    "--with",
    "--with-editable",
    "--index",
    "--index-url",
    "-i",
    "--extra-index-url",
    "--directory",
    "--project",
    "--env-file",
    "--cache-dir",
    "--python-preference",
];
const CONTAINER_VALUED: &[&str] = &[
    "-e",
    "--env",
    "-v",
    "--volume",
    "--mount",
    "--name",
    "-p",
    "--publish",
    "--network",
    "--net",
    "-u",
    "--user",
    "-w",
    "--workdir",
    "--env-file",
    "--entrypoint",
    "-h",
    "--hostname",
    "--add-host",
    "-l",
    "--label",
    "-m",
    "--memory",
    "--cpus",
    "--platform",
    "--pull",
    "--gpus",
    "--runtime",
    "--security-opt",
    "--cap-add",
    "--cap-drop",
    "--device",
    "--tmpfs",
    "--log-driver",
    "--ulimit",
    "--restart",
    "--shm-size",
    "--ipc",
    "--pid",
];

const fn npm(program: &'static str, verbs: &'static [&'static str]) -> Runner {
    Runner {
        program,
        verbs,
        registry: Registry::Npm,
        valued: NPM_VALUED,
        names: &["-p", "--package"],
    }
}

const fn python(program: &'static str, verbs: &'static [&'static str]) -> Runner {
    Runner {
        program,
        verbs,
        registry: Registry::Python,
        valued: UV_VALUED,
        names: &["--from", "--spec"],
    }
}

const fn container(program: &'static str) -> Runner {
    Runner {
        program,
        verbs: &["run"],
        registry: Registry::Container,
        valued: CONTAINER_VALUED,
        names: &[],
    }
}

const RUNNERS: &[Runner] = &[
    npm("npx", &[]),
    npm("bunx", &[]),
    npm("bun", &["x"]),
    npm("pnpx", &[]),
    npm("pnpm", &["dlx"]),
    npm("yarn", &["dlx"]),
    npm("npm", &["exec"]),
    python("uvx", &[]),
    python("uv", &["tool", "run"]),
    python("pipx", &["run"]),
    container("docker"),
    container("podman"),
];

/// The package that a program with these arguments fetches and runs.
pub fn ran<'a>(program: &[u8], args: &[Raw<'a>]) -> Option<Ran<'a>> {
    let runner = RUNNERS.iter().find(|runner| {
        let verbs = args.iter().zip(runner.verbs);
        program == runner.program.as_bytes()
            && args.len() >= runner.verbs.len()
            && verbs.clone().all(|(arg, verb)| *arg == **verb)
    })?;
    let is_one_of = |word: &[u8], list: &[&str]| list.iter().any(|known| word == known.as_bytes());
    let mut at = runner.verbs.len();
    let mut first = None;
    while let Some(word) = args.get(at) {
        let bytes = word.bytes();
        let equals = memchr::memchr(b'=', bytes).filter(|_| bytes.starts_with(b"--"));
        if let Some(equals) = equals {
            if is_one_of(&bytes[..equals], runner.names) {
                first = Some((at, word.slice(equals + 1..bytes.len())));
                break;
            }
            at += 1;
        } else if is_one_of(bytes, runner.names) {
            first = args.get(at + 1).map(|package| (at + 1, *package));
            break;
        } else if is_one_of(bytes, runner.valued) {
            at += 2;
        } else if bytes.starts_with(b"-") {
            at += 1;
        } else {
            first = Some((at, *word));
            break;
        }
    }
    let (at, package) = first?;
    let bytes = package.bytes();
    // A folder of one's own, and what only the client knows.
    if bytes.is_empty()
        || bytes.starts_with(b".")
        || bytes.starts_with(b"/")
        || bytes.starts_with(b"~")
        || bytes.starts_with(b"$")
    {
        return None;
    }
    let (name, pinned) = match runner.registry {
        Registry::Npm => npm_version(bytes),
        Registry::Python => python_version(bytes),
        Registry::Container => image_version(bytes),
    };
    Some(Ran {
        package,
        at,
        name,
        pinned,
        registry: runner.registry,
    })
}

fn is_number(version: &[u8]) -> bool {
    let version = version.strip_prefix(b"v").unwrap_or(version);
    version.first().is_some_and(u8::is_ascii_digit)
}

/// Of a repository, what stands behind the address.
fn of_repository(package: &[u8], mark: u8) -> Option<(&[u8], bool)> {
    let is = package.starts_with(b"git+")
        || package.starts_with(b"github:")
        || memchr::memmem::find(package, b"://").is_some();
    let path = memchr::memmem::find(package, b"://").map_or(0, |at| at + 3);
    is.then(|| {
        (
            package,
            memchr::memrchr(mark, &package[path..]).is_some_and(|at| path + at + 1 < package.len()),
        )
    })
}

fn npm_version(package: &[u8]) -> (&[u8], bool) {
    if let Some(repository) = of_repository(package, b'#') {
        return repository;
    }
    let scope = usize::from(package.starts_with(b"@"));
    match memchr::memchr(b'@', &package[scope..]).map(|at| scope + at) {
        Some(at) => (&package[..at], is_number(&package[at + 1..])),
        None => (package, false),
    }
}

fn python_version(package: &[u8]) -> (&[u8], bool) {
    if let Some(repository) = of_repository(package, b'@') {
        return repository;
    }
    let end = package.iter().position(|b| b"@=<>!~[ ".contains(b));
    let end = end.unwrap_or(package.len());
    let (name, rest) = package.split_at(end);
    let rest = match memchr::memchr(b']', rest) {
        Some(at) if rest.starts_with(b"[") => &rest[at + 1..],
        _ => rest,
    };
    let version = rest.strip_prefix(b"@").or(rest.strip_prefix(b"=="));
    (name, version.is_some_and(is_number))
}

fn image_version(image: &[u8]) -> (&[u8], bool) {
    if let Some(at) = memchr::memmem::find(image, b"@sha256:") {
        return (&image[..at], true);
    }
    let path = memchr::memrchr(b'/', image).map_or(0, |at| at + 1);
    match memchr::memchr(b':', &image[path..]).map(|at| path + at) {
        Some(at) => (&image[..at], &image[at + 1..] != b"latest"),
        None => (image, false),
    }
}

/// Owners of packages that are well known: nobody else can publish under these names.
const SCOPES: &[&str] = &[
    "modelcontextprotocol",
    "anthropic-ai",
    "playwright",
    "upstash",
    "supabase",
    "notionhq",
    "browserbasehq",
    "cloudflare",
    "executeautomation",
    "wonderwhy-er",
    "microsoft",
    "stripe",
    "sentry",
];

/// Packages that are well known, of which the first column says who has them.
const PACKAGES: &[(Registry, &str)] = &[
    (Registry::Npm, "mcp-remote"),
    (Registry::Npm, "firecrawl-mcp"),
    (Registry::Npm, "chrome-devtools-mcp"),
    (Registry::Npm, "figma-developer-mcp"),
    (Registry::Npm, "tavily-mcp"),
    (Registry::Npm, "exa-mcp-server"),
    (Registry::Npm, "supergateway"),
    (Registry::Python, "mcp-server-time"),
    (Registry::Python, "mcp-server-git"),
    (Registry::Python, "mcp-server-fetch"),
    (Registry::Python, "mcp-server-sqlite"),
    (Registry::Python, "mcp-atlassian"),
    (Registry::Python, "blender-mcp"),
    (Registry::Python, "workspace-mcp"),
];

/// The well-known package or owner as which this one poses.
pub fn poses_as(ran: &Ran<'_>) -> Option<String> {
    let name = std::io::read_to_string(ran.name).ok()?;
    if ran.registry == Registry::Container {
        return None;
    }
    if let Some((scope, _)) = name.strip_prefix('@').and_then(|rest| rest.split_once('/')) {
        if SCOPES.contains(&scope) {
            return None;
        }
        let known = SCOPES.iter().find(|known| is_like(scope, known))?;
        return Some(format!("@{known}"));
    }
    if PACKAGES.iter().any(|(_, known)| *known == name) {
        return None;
    }
    let mut known = PACKAGES
        .iter()
        .filter(|(registry, _)| *registry == ran.registry);
    known
        .find(|(_, known)| is_like(&name, known))
        .map(|(_, known)| (*known).to_owned())
}

/// Names that the eye takes for one: letters that look alike, or in a long name one that is lost, doubled or swapped.
fn is_like(name: &str, known: &str) -> bool {
    const LONG: usize = 9;
    let key = |name: &str| text::unleet(&text::identity(name));
    let separators = |name: &str| name.replace(['-', '_', '.'], "");
    // One letter for another makes other words: `server-git` and `server-gif`.
    let same_length = name.chars().count() == known.chars().count();
    let swapped = {
        let mut letters = [name, known].map(|name| name.chars().collect::<Vec<_>>());
        letters
            .iter_mut()
            .for_each(|letters| letters.sort_unstable());
        letters[0] == letters[1]
    };
    let plural = name.strip_suffix('s') == Some(known) || known.strip_suffix('s') == Some(name);
    key(name) == key(known)
        || known.len() >= LONG && separators(name) == separators(known)
        || known.len() >= LONG && one_apart(name, known) && (!same_length || swapped) && !plural
}
