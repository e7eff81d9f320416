//! What a call uses: programs, paths, hosts, wherever they stand in its arguments.

use super::line::{self, Line, Ran};
use super::places::Place;
use crate::analysis::detect::{Argument, ToolTrait};
use crate::analysis::signal::host;
use std::ops::Range;

/// Something that a call uses, and where it says so.
#[derive(Clone, Debug)]
pub struct Use<T> {
    pub what: T,
    /// Place among the arguments.
    pub argument: usize,
    /// In the argument.
    pub span: Range<usize>,
}

/// A path as it is written and as it reads, once and with its escapes undone; `None` where nobody can say.
pub type Path = (String, Vec<Option<Place>>);

/// All that a call uses.
#[derive(Debug, Default)]
pub struct Uses {
    pub programs: Vec<Use<Ran>>,
    /// Command lines that are too long, or no text.
    pub unread: Vec<Use<()>>,
    pub paths: Vec<Use<Path>>,
    pub hosts: Vec<Use<String>>,
    /// There is more of them than is looked at.
    pub more: bool,
}

/// Longest command line, path or address that is looked at.
const LONGEST: usize = 16 << 10;
/// Most of a kind that are looked at in one call.
const MOST: usize = 500;

/// Most addresses of one argument, and the bytes of one that matter for its host.
const MOST_ADDRESSES: usize = 100;
const LONGEST_ADDRESS: usize = 2 << 10;

/// The last place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|n| text.is_char_boundary(*n))
        .unwrap_or(0)
}

/// Looks through the arguments of a call.
pub fn of(tool: &str, arguments: &[Argument<'_>]) -> Uses {
    let mut uses = Uses::default();
    let named = arguments.iter().any(Argument::is_command);
    let runs = ToolTrait::Runs.of(tool) && !named;
    let mut n = 0;
    while n < arguments.len() {
        let argument = &arguments[n];
        let other = argument.is_prose()
            || argument.is_operand()
            || argument.is_query()
            || argument.is_code();
        if argument.is_command() || runs && !other {
            n = uses.line(arguments, n);
            continue;
        }
        if let Some(text) = argument.str(LONGEST) {
            uses.text(argument, n, text);
        } else if argument.is_path() {
            uses.unread.push(whole(argument, n));
        }
        n += 1;
    }
    let lists = [uses.programs.len(), uses.paths.len(), uses.hosts.len()];
    uses.more |= lists.iter().any(|len| *len > MOST);
    uses.programs.truncate(MOST);
    uses.paths.truncate(MOST);
    uses.hosts.truncate(MOST);
    uses
}

fn whole(argument: &Argument<'_>, n: usize) -> Use<()> {
    Use {
        what: (),
        argument: n,
        span: 0..argument.raw().len(),
    }
}

impl Uses {
    /// A command line, or a list of words that is one. Gives the place behind it.
    fn line(&mut self, arguments: &[Argument<'_>], n: usize) -> usize {
        let pointer = arguments[n].pointer();
        let list = pointer.strip_suffix("/0").map_or(0, |list| {
            let inside = |a: &&Argument<'_>| {
                let pointer = a.pointer();
                let tail = pointer
                    .strip_prefix(list)
                    .and_then(|rest| rest.strip_prefix('/'));
                tail.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
            };
            arguments[n..].iter().take_while(inside).count()
        });
        let words: Option<Vec<&str>> = arguments[n..n + list]
            .iter()
            .map(|argument| argument.str(LONGEST))
            .collect();
        let line = match (words, arguments[n].str(LONGEST)) {
            // A list of whole lines is no list of words.
            (Some(words), _) if words.len() > 1 && !words[0].trim().contains(' ') => {
                let line = line::of_words(&words);
                self.take(line, n, 0..words[0].len());
                return n + list;
            }
            (_, Some(text)) => line::read(text),
            _ => {
                self.unread.push(whole(&arguments[n], n));
                return n + 1;
            }
        };
        self.take(line, n, 0..0);
        n + 1
    }

    /// What a line uses. `instead` stands for spans that are none, where the line was a list of words.
    fn take(&mut self, line: Line, n: usize, instead: Range<usize>) {
        let span = |span: Range<usize>| {
            if instead.is_empty() {
                span
            } else {
                instead.clone()
            }
        };
        let reaches = line.runs.iter().any(|ran| match &ran.what {
            line::Runs::Program(word) => is_of_the_net(word),
            _ => false,
        });
        if line.cut {
            self.unread.push(Use {
                what: (),
                argument: n,
                span: span(0..1),
            });
        }
        for ran in line.runs.into_iter().take(MOST + 1) {
            let span = span(ran.span.clone());
            self.programs.push(Use {
                what: ran,
                argument: n,
                span,
            });
        }
        for (word, at) in line.words.into_iter().take(MOST + 1) {
            self.word(&word, n, span(at), reaches);
        }
    }

    /// One word of a command line.
    fn word(&mut self, word: &str, n: usize, span: Range<usize>, reaches: bool) {
        let value = match word.split_once('=') {
            Some((option, value)) if option.starts_with('-') || !option.contains('/') => value,
            // `-f/etc/x`: a value that is glued to its option.
            _ if word.starts_with('-') => match word.find(['/', '~']) {
                Some(at) => &word[at..],
                None => return,
            },
            _ => word,
        };
        let value = value.trim_start_matches('@');
        if let Some(host) = address(value) {
            self.hosts.push(Use {
                what: host,
                argument: n,
                span,
            });
            return;
        }
        if reaches && let Some(host) = bare_host(value) {
            self.hosts.push(Use {
                what: host,
                argument: n,
                span: span.clone(),
            });
        }
        if leads_somewhere(value) || value.starts_with("..") || value.contains("/..") {
            self.path(value, n, span);
        }
    }

    /// An argument that is no command line.
    fn text(&mut self, argument: &Argument<'_>, n: usize, text: &str) {
        let whole = 0..text.len();
        let trimmed = text.trim();
        let file = trimmed
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("file:"));
        if file || argument.is_path() && !trimmed.contains("://") {
            self.path(trimmed, n, whole);
            return;
        }
        if argument.is_prose() {
            return;
        }
        let mut at = 0;
        for _ in 0..MOST_ADDRESSES {
            let Some(found) = text[at..].find("://") else {
                break;
            };
            let colon = at + found;
            let head =
                text[..colon].rfind(|c: char| !(c.is_ascii_alphanumeric() || "+.-".contains(c)));
            let start = head.map_or(0, |h| {
                h + text[h..].chars().next().map_or(1, char::len_utf8)
            });
            let near = floor(text, start + LONGEST_ADDRESS);
            let end =
                text[start..near].find(|c: char| c.is_whitespace() || "\"'<>`|^{}".contains(c));
            let end = end.map_or(near, |end| start + end);
            let host = address(&text[start..end]);
            at = if host.is_some() {
                end.max(colon + 3)
            } else {
                colon + 3
            };
            if let Some(host) = host {
                self.hosts.push(Use {
                    what: host,
                    argument: n,
                    span: start..end,
                });
            }
        }
        self.more |= text[at..].contains("://");
        if at > 0 {
            return;
        }
        let words: &[&str] = &["host", "hostname", "domain", "server", "url", "endpoint"];
        if words.contains(&argument.name.as_str())
            && let Some(host) = bare_host(trimmed)
        {
            self.hosts.push(Use {
                what: host,
                argument: n,
                span: whole,
            });
        } else if !trimmed.contains('\n') && leads_somewhere(trimmed) {
            self.path(trimmed, n, whole);
        }
    }

    fn path(&mut self, text: &str, n: usize, span: Range<usize>) {
        let places = std::iter::once(Place::of(text))
            .chain(Place::of_decoded(text).map(Some))
            .collect();
        self.paths.push(Use {
            what: (text.to_owned(), places),
            argument: n,
            span,
        });
    }
}

/// Folders at the root of a machine: what begins with one is a path, whatever its parameter is called.
const TOPS: &[&str] = &[
    "home",
    "users",
    "etc",
    "var",
    "tmp",
    "root",
    "opt",
    "usr",
    "srv",
    "mnt",
    "media",
    "private",
    "proc",
    "dev",
    "bin",
    "sbin",
    "lib",
    "lib64",
    "sys",
    "run",
    "boot",
    "volumes",
    "library",
    "system",
    "applications",
    "data",
    "workspace",
    "app",
    "work",
];

fn leads_somewhere(text: &str) -> bool {
    let bytes = text.as_bytes();
    let drive = bytes.len() > 2
        && bytes[0].is_ascii_alphabetic()
        && bytes[1] == b':'
        && matches!(bytes[2], b'\\' | b'/');
    let top = text
        .strip_prefix('/')
        .map(|rest| rest.split('/').next().unwrap_or(rest));
    drive
        || text == "/"
        || text.starts_with("~/")
        || text == "~"
        || text.starts_with("$HOME")
        || text.starts_with("\\\\")
        || top.is_some_and(|top| TOPS.contains(&top.to_lowercase().as_str()))
}

/// Schemes that reach a machine, whatever it is called.
const NETWORK: &[&str] = &[
    "http",
    "https",
    "ws",
    "wss",
    "ftp",
    "ftps",
    "sftp",
    "ssh",
    "git",
    "git+ssh",
    "git+https",
    "svn",
    "ldap",
    "ldaps",
    "gopher",
    "dict",
    "tftp",
    "smb",
    "rsync",
    "telnet",
    "tcp",
    "udp",
    "redis",
    "mysql",
    "postgres",
    "postgresql",
    "mongodb",
    "amqp",
    "mqtt",
    "imap",
    "smtp",
];

/// The host of an address with a scheme, or of `user@host:path`; in lower case, without port and last dot.
fn address(text: &str) -> Option<String> {
    if text.contains("://") {
        let address = host::split(text)?;
        let scheme = address.scheme.to_ascii_lowercase();
        // `note://today` names no machine.
        let reaches = NETWORK.contains(&scheme.as_str()) || bare_host(address.host).is_some();
        return (scheme != "file" && reaches).then(|| plain(address.host));
    }
    let (user, rest) = text.split_once('@')?;
    let (host, _) = rest.split_once(':')?;
    let word = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
    };
    (word(user) && word(host)).then(|| plain(host))
}

fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_lowercase()
}

/// A host alone, with or without a port or a path behind it.
fn bare_host(text: &str) -> Option<String> {
    let text = text.split_once('@').map_or(text, |(_, rest)| rest);
    let host = text.split(['/', ':', '?', '#']).next().unwrap_or(text);
    let label = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let numbers = labels
        .iter()
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let top = labels
        .last()
        .is_some_and(|top| top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()));
    let file = [
        "txt", "md", "json", "toml", "yaml", "yml", "sh", "py", "js", "ts", "rs", "log", "html",
        "csv", "zip", "gz",
    ];
    let is_file = labels.last().is_some_and(|top| file.contains(top));
    let named = labels.len() >= 2
        && labels.iter().all(|part| label(part))
        && (top && !is_file || numbers && labels.len() == 4);
    (named || host == "localhost").then(|| plain(host))
}

/// Programs whose operands are hosts.
fn is_of_the_net(program: &str) -> bool {
    const NET: &[&str] = &[
        "curl",
        "wget",
        "nc",
        "ncat",
        "netcat",
        "ssh",
        "scp",
        "sftp",
        "ftp",
        "telnet",
        "ping",
        "nslookup",
        "dig",
        "host",
        "rsync",
        "http",
        "https",
        "socat",
        "openssl",
        "whois",
        "traceroute",
    ];
    NET.contains(&program.rsplit(['/', '\\']).next().unwrap_or(program))
}
