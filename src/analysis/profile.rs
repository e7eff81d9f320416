//! What is kept of a definition so that it can be compared with others without reading it again.

use super::detect::tokens;
use super::memory::hash;
use super::signal::encoding::percent;
use crate::session::{Item, Server};
use crate::wire::json::{Kind, Text, Value};

/// The fingerprints of one definition.
pub struct Profile {
    /// The hash of the whole definition.
    hash: [u8; 16],
    /// The hash of the description's letters and digits, if there are enough of them to say something.
    pub(super) said: Option<u64>,
    /// Letters and digits of the description, in bytes.
    length: usize,
    /// The names of the parameters, hashed together, and how many.
    parameters: (u64, usize),
    /// Hashes of the words of the name and of the beginning of the description, sorted.
    pub(super) words: Vec<u64>,
    /// What it is about: words of the name that are no verbs, or else of the description, and parameters that are not
    /// everybody's.
    topics: Vec<u64>,
    /// The name is only a verb.
    is_bare_verb: bool,
}

/// How much of a description is kept as words, in bytes.
const OPENING: usize = 256;
/// How much of it is compared word for word.
const SAID: usize = 4_096;
/// Descriptions shorter than this are the same by chance.
const SHORT: usize = 12;
/// From here on nobody writes the same twice.
const LONG: usize = 40;

/// Verbs, and words that say nothing of what a tool is about.
const VERBS: &[&str] = &[
    "add", "ask", "call", "cancel", "check", "clear", "close", "convert", "copy", "count",
    "create", "delete", "describe", "disable", "do", "download", "edit", "enable", "execute",
    "export", "fetch", "find", "generate", "get", "import", "insert", "list", "load", "lookup",
    "make", "manage", "move", "open", "post", "push", "put", "query", "read", "remove", "rename",
    "reply", "resolve", "run", "save", "search", "send", "set", "show", "start", "stop", "sync",
    "test", "update", "upload", "use", "view", "write", "all", "and", "by", "for", "from", "in",
    "my", "of", "on", "or", "the", "to", "with", "a", "an", "new", "mcp", "tool", "id", "info",
];

/// Parameters that tools of every kind have.
const EVERYBODYS: &[&str] = &[
    "content",
    "cursor",
    "data",
    "date",
    "description",
    "end",
    "file",
    "filter",
    "format",
    "id",
    "input",
    "key",
    "limit",
    "message",
    "name",
    "offset",
    "options",
    "page",
    "path",
    "query",
    "start",
    "text",
    "title",
    "to",
    "type",
    "url",
    "value",
];

/// What is put before or after a name to make it look better than another.
const PRAISE: &[&str] = &[
    "advanced",
    "best",
    "better",
    "enhanced",
    "enterprise",
    "fixed",
    "genuine",
    "hardened",
    "improved",
    "max",
    "official",
    "optimised",
    "optimized",
    "original",
    "patched",
    "plus",
    "premium",
    "pro",
    "real",
    "recommended",
    "reliable",
    "safe",
    "safer",
    "secure",
    "secured",
    "smart",
    "super",
    "true",
    "trusted",
    "turbo",
    "ultra",
    "validated",
    "verified",
];

/// What is put there without praise: versions, variants.
const VARIANT: &[&str] = &[
    "2",
    "3",
    "admin",
    "ai",
    "alt",
    "auto",
    "beta",
    "cached",
    "copy",
    "custom",
    "default",
    "direct",
    "ex",
    "ext",
    "extended",
    "extra",
    "fast",
    "faster",
    "final",
    "full",
    "helper",
    "internal",
    "latest",
    "lite",
    "local",
    "mcp",
    "modern",
    "native",
    "new",
    "next",
    "prod",
    "proxy",
    "quick",
    "remote",
    "standard",
    "tool",
    "unified",
    "universal",
    "updated",
    "upgraded",
    "v0",
    "v1",
    "v2",
    "v3",
    "v4",
    "v5",
    "wrapped",
    "wrapper",
    "x",
];

/// How a name is dressed up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Dress {
    /// `_v2`, `new_`, `_proxy`.
    Variant,
    /// `secure_`, `_pro`, `official_`.
    Praise,
}

fn dress(word: &str) -> Option<Dress> {
    if PRAISE.contains(&word) {
        Some(Dress::Praise)
    } else if VARIANT.contains(&word) {
        Some(Dress::Variant)
    } else {
        None
    }
}

impl Profile {
    pub(super) fn of(item: &Item, name: &str, body: Value<'_>) -> Profile {
        let name_words = tokens(name);
        let mut words: Vec<u64> = name_words.iter().map(|w| word(w.as_bytes())).collect();
        let telling = |w: &str| w.len() >= 3 && !VERBS.contains(&w) && dress(w).is_none();
        let mut topics: Vec<u64> = name_words
            .iter()
            .filter(|w| telling(w))
            .map(|w| word(w.as_bytes()))
            .collect();
        let is_bare_verb = topics.is_empty();
        let description = body.str("description");
        let description = description
            .as_ref()
            .map_or(&b""[..], |t| t.as_raw().bytes());
        let opening = &description[..description.len().min(OPENING)];
        for said in opening.split(|b| !is_letter(*b)).filter(|w| w.len() >= 3) {
            words.push(word(said));
            let lower = || String::from_utf8_lossy(said).to_lowercase();
            if is_bare_verb && said.len() >= 4 && telling(lower().trim_end_matches('s')) {
                topics.push(word(said));
            }
        }
        for parameter in parameter_names(body) {
            let key = word(&[b"(", parameter.as_raw().bytes()].concat());
            words.push(key);
            if !EVERYBODYS.iter().any(|name| parameter.as_raw() == *name) {
                topics.push(key);
            }
        }
        words.sort_unstable();
        words.dedup();
        let (said, length) = said(&description[..description.len().min(SAID)]);
        Profile {
            hash: item.versions.first().map_or([0; 16], |v| v.hash),
            said: (length >= SHORT).then_some(said),
            length,
            parameters: parameters(body),
            words,
            topics,
            is_bare_verb,
        }
    }

    /// The same definition to the last letter, the name included.
    pub fn is_same(&self, other: &Profile) -> bool {
        self.hash == other.hash
    }

    /// It says the same of itself and takes the same: one was copied from the other.
    pub fn is_copy(&self, other: &Profile) -> bool {
        match (self.said, other.said) {
            (Some(a), Some(b)) => a == b,
            // Nothing is said; what it takes has to do.
            _ => {
                self.length == other.length
                    && self.parameters == other.parameters
                    && self.parameters.1 > 0
            }
        }
    }

    /// Copied, and too long to be alike by chance.
    pub fn is_long_copy(&self, other: &Profile) -> bool {
        self.is_copy(other) && self.length >= LONG
    }

    /// What it is about, as far as it is known.
    pub fn topics(&self) -> &[u64] {
        &self.topics
    }

    /// The name is only a verb, as `search` is: many servers have it.
    pub fn is_bare_verb(&self) -> bool {
        self.is_bare_verb
    }

    /// Name or description holds one of these words.
    pub fn mentions(&self, words: &[u64]) -> bool {
        words.iter().any(|w| self.words.binary_search(w).is_ok())
    }
}

/// The words by which a server is known: those of its label and of the name that it gives itself.
pub fn known_as(server: &Server) -> Vec<u64> {
    const GENERIC: &[&str] = &[
        "server", "mcp", "tool", "tools", "client", "local", "remote", "test", "main", "prod",
        "work", "home", "plus", "official", "service", "demo", "model", "context", "protocol",
        "the", "for", "and", "api",
    ];
    [&server.label, &server.name]
        .iter()
        .filter_map(|name| std::str::from_utf8(name.as_raw().bytes()).ok())
        .flat_map(tokens)
        .filter(|w| w.len() >= 3 && !GENERIC.contains(&w.as_str()))
        .map(|w| word(w.as_bytes()))
        .collect()
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The hash of a word without case and plural.
pub fn word(word: &[u8]) -> u64 {
    let stem = match word {
        [stem @ .., b's' | b'S'] if stem.len() >= 3 => stem,
        _ => word,
    };
    stem.iter()
        .fold(FNV, |hash, b| step(hash, b.to_ascii_lowercase()))
}

/// FNV-1a: every letter of every description goes through it, and equal hashes of unlike words do no harm here.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// The hash of the letters and digits of a text, and how many they are.
fn said(text: &[u8]) -> (u64, usize) {
    text.iter()
        .filter(|b| is_letter(**b))
        .fold((FNV, 0), |(hash, length), b| {
            (step(hash, b.to_ascii_lowercase()), length + 1)
        })
}

fn parameter_names(body: Value<'_>) -> impl Iterator<Item = Text<'_>> {
    const MOST: usize = 200;
    let properties = body.at(&["inputSchema", "properties"]);
    properties
        .filter(|p| p.kind() == Kind::Object)
        .into_iter()
        .flat_map(|p| p.items().take(MOST))
        .filter_map(|v| v.key())
}

fn parameters(body: Value<'_>) -> (u64, usize) {
    parameter_names(body).fold((0, 0), |(sum, n), key| {
        (hash(key.as_raw().bytes()).wrapping_add(sum), n + 1)
    })
}

/// The letters and digits of a name, in lower case.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// An address without escapes, case and a slash at its end.
pub fn plain_address(address: &str) -> String {
    let bytes = percent(address.as_bytes());
    let text = String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned());
    text.trim_end_matches('/').to_lowercase()
}

/// The name without words of dress at its ends, every way to take them off.
pub fn undressed(name: &str) -> Vec<String> {
    taken_off(name).into_iter().map(|(bare, _)| bare).collect()
}

/// What makes `dressed` out of `bare` (a [`plain`] name), if it is dress alone.
pub fn dress_over(dressed: &str, bare: &str) -> Option<Dress> {
    let bare = plain(bare);
    taken_off(dressed)
        .into_iter()
        .find(|(left, _)| *left == bare)
        .map(|(_, dress)| dress)
}

fn taken_off(name: &str) -> Vec<(String, Dress)> {
    let mut words = tokens(name);
    // `echo2` is a dressed `echo`, and `list_items2` a dressed `list_items`.
    if let Some(last) = words.last_mut() {
        let stem = last.trim_end_matches(|c: char| c.is_ascii_digit());
        if stem.len() >= 3 && stem.len() < last.len() && !stem.ends_with('v') {
            let digits = last.split_off(stem.len());
            if matches!(digits.as_str(), "2" | "3") {
                words.push(digits);
            } else {
                last.push_str(&digits);
            }
        }
    }
    let front = words
        .iter()
        .take(2)
        .map_while(|w| dress(w))
        .collect::<Vec<_>>();
    let back = words
        .iter()
        .rev()
        .take(2)
        .map_while(|w| dress(w))
        .collect::<Vec<_>>();
    let mut found = Vec::new();
    for left in 0..=front.len() {
        for right in 0..=back.len() {
            if left + right == 0 || left + right >= words.len() {
                continue;
            }
            let bare = words[left..words.len() - right].concat();
            let worn = front[..left].iter().chain(&back[..right]).max();
            if let Some(worn) = worn.filter(|_| bare.len() >= 3) {
                found.push((bare, *worn));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_comes_off() {
        assert_eq!(undressed("secure_list_items"), ["listitems"]);
        assert_eq!(undressed("listItems_v2"), ["listitems"]);
        assert_eq!(undressed("echo2"), ["echo"]);
        assert!(undressed("list_items").is_empty() && undressed("sha256").is_empty());
        assert_eq!(
            dress_over("send-mail-pro", "send_mail"),
            Some(Dress::Praise)
        );
        assert_eq!(
            dress_over("send-mail-proxy", "send_mail"),
            Some(Dress::Variant)
        );
        assert_eq!(dress_over("send_mail_list", "send_mail"), None);
    }

    #[test]
    fn words_have_no_case_and_no_plural() {
        assert_eq!(word(b"Files"), word(b"file"));
        assert_ne!(word(b"is"), word(b"i"));
    }
}
