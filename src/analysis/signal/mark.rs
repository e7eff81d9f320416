//! What needs no language: tags, roles, addresses, commands, paths and names of tools inside a text.

use super::ascii;
use super::path::{self, PathClass};
use super::plain::Plain;
use super::tool_name;
use crate::text::Raw;
use aho_corasick::AhoCorasick;
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Whose name an identifier in a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// The tool (or prompt, or resource) that the text belongs to.
    Own,
    /// Another of the same server.
    Sibling,
    /// A parameter of the tool.
    Parameter,
    /// A tool of another server.
    Foreign(crate::session::ServerId),
    /// A server itself, by its label or name.
    Server(crate::session::ServerId),
    /// Nothing known, but it is written like the name of a tool.
    Unknown,
    /// Nobody has it, but it goes with the names of the text's own server: it may well be one of its tools.
    Kin,
    /// Nobody has it, and the list of the text's own server was not read to its end.
    Unlisted,
}

impl Owner {
    /// Whether it points out of the server that the text came from.
    pub fn is_elsewhere(self) -> bool {
        matches!(self, Owner::Foreign(_) | Owner::Server(_)) || self.is_nobody()
    }

    /// Whether no tool is known by that name.
    pub fn is_nobody(self) -> bool {
        matches!(self, Owner::Unknown | Owner::Kin | Owner::Unlisted)
    }
}

/// Who knows the names that are in force around a text.
pub trait Names {
    /// Whose name that is; `Unknown` where nobody has it.
    fn owner(&self, name: &str) -> Owner;
}

/// A world without names.
pub struct Nobody;

impl Names for Nobody {
    fn owner(&self, _: &str) -> Owner {
        Owner::Unknown
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// `<IMPORTANT>`, `<SYSTEM>`, `【系统要求】`: something that poses as markup for the model.
    Tag,
    /// `[INST]`, `<|im_start|>`, `### Instruction`, `New user query:`: a forged turn of the conversation.
    Role,
    Path(PathClass),
    /// A URL, a mail address, an IP address.
    Address,
    /// A command line that does something: `curl … | sh`, `$(…)`, `rm -rf`.
    Command,
    /// A name that could be a tool's. `sure` where it is said to be a tool.
    Tool {
        name: String,
        owner: Owner,
        sure: bool,
    },
    /// A quoted or back-ticked value that is no tool.
    Value,
    /// A parameter of the tool that the text belongs to.
    Parameter,
}

/// A mark and where it stands in the folded text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub kind: MarkKind,
    pub range: Range<usize>,
}

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| ascii::pattern($pattern));
    };
}

// Words that pose as markup, in the languages of the lexicon; HTML's own tags are not among them.
regex!(
    TAG,
    r"(?x) <!?/?\s*(?: important\w* | system[\w-]* | hidden | secret\w* | instructions? | information | critical | priority | admin\w* | attention | assistant | internal\w* | mandatory | urgent | override | directive | rules? | protocol
      | wichtig | importante? | wa(?:ż|z)ne | önemli | penting | belangrijk | важно | важливо | 重要\S{0,24} | 중요 | 系统\S{0,24} | 系統\S{0,24} | システム\S{0,12} | महत्वपूर्ण | هام | مهم | quan\ trọng | システム指示 ) \s* >
    | \[\s*/?\s*(?: system[_\ ]\w+ | important | priority[_\ ]\w+ | admin[_\ ]\w+ | security[_\ ]\w+ | hidden[_\ ]?\w* | system ) \s*\]
    | <!--.{0,12}(?: system | important | instruction | \[ ) | 【(?: 系统 | 系統 | 重要 | システム | 必読 ).{0,36}?】"
);
// Beyond doubt: tokens of chat templates, and sentences that only a forger of turns writes.
regex!(
    ROLE,
    r"(?x) \[/?inst\] | <\|\s*(?: im_start | im_end | system | user | assistant | endoftext | end | eot_id | start_header_id )\s*\|?> | <</?sys>>
    | \#{2,}\s*instruction\s*: | \bnew\ user\ (?:query|request|message|instruction)s?\s*: | \bi\ am\ the\ user\b | signed,?\s+the\ user\b
    | message\ from\ (?:the\ )?user\ to\ you | \bnew\ message\ from\ (?:the\ )?user\b | \bcontext_update\s*: | \bsystem\s+(?:directive|override)\s*: "
);
// What can be a heading or the name of a field as well.
regex!(
    HEADING,
    r"(?x) \#{2,}\s*(?: system | human | assistant | new\ instructions? )\s*: | \b(?:system|admin(?:istrator)?|developer)\s+(?:instruction|command)s?\s*: "
);
regex!(
    ADDRESS,
    r#"(?x) \b(?:[a-z][a-z0-9+.-]{1,15}://|javascript:|data:)[^\s'"`<>),\x80-\xff]{3,} | \b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+ | \b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b | \b0x[0-9a-f]{40}\b | \bbc1[0-9a-z]{25,60}\b
    | \b(?:[a-z0-9-]+\.)+(?:example|invalid|test|com|net|org|io|dev|xyz|site|online|top|ru|cn|info|me|co|app)\b(?:/[\w./-]*)? | \+\d[\d\ -]{7,}\d | \b[a-z]{2}\d{2}(?:\ ?[0-9a-z]{4}){2,7}(?:\ ?[0-9a-z]{1,3})?\b "#
);
regex!(
    COMMAND,
    r"(?x) \$\([^)]{1,80}\) | \b(?:curl|wget)\s+(?:-\S+\s+)*\S*[:./@]\S* | \brm\s+-\w*[rf] | \bnc\s+-\w*e | /dev/tcp/ | \bchmod\s+-?\w*\s*[0-7]{3,4} | \bbase64\s+-d | \|\s*(?:ba|z)?sh\b | &&\s*\w+\s | \bexport\s+\w+= | \bfetch\(\s*['\x22]http | \bprocess\.env\b | document\.cookie | window\.location | \bdrop\s+table\b | \binsert\s+into\b | \bdelete\s+from\b | \bos\.system\b | \beval\("
);
/// The most marks of a kind in one text.
const MOST: usize = 200;

/// Which patterns could match at all: each needs certain bytes or words, and most texts have none of them.
#[derive(Default)]
struct Gate {
    tag: bool,
    role: bool,
    heading: bool,
    address: bool,
    command: bool,
}

/// A folded text has one space, or one line break, where there was any white space.
///
/// What [`ROLE`] and [`HEADING`] need where they need no bracket, and what [`COMMAND`] needs.
const ROLE_WORDS: &[&str] = &[
    "new user",
    "i am the user",
    "message from",
    "context_update",
    "directive",
    "override",
    "signed",
];
const HEADING_WORDS: &[&str] = &["##", "instruction", "command"];
const COMMAND_WORDS: &[&str] = &[
    "$(",
    "curl",
    "wget",
    "rm -",
    "rm\n-",
    "nc -",
    "nc\n-",
    "/dev/tcp",
    "chmod",
    "base64",
    "|",
    "&&",
    "export",
    "fetch(",
    "process.env",
    "document.cookie",
    "window.location",
    "drop",
    "insert",
    "delete",
    "os.system",
    "eval(",
];

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [ROLE_WORDS, HEADING_WORDS, COMMAND_WORDS].concat();
    AhoCorasick::new(words).expect("the words are fixed")
});

impl Gate {
    fn of(text: &[u8]) -> Gate {
        let mut gate = Gate::default();
        let mut digit = false;
        for (n, byte) in text.iter().enumerate() {
            match byte {
                b'<' | b'[' => (gate.tag, gate.role) = (true, true),
                // The brackets of East Asian text begin with this byte.
                0xe3 => gate.tag = true,
                b'#' => gate.role = true,
                b'@' => gate.address = true,
                b'.' | b':' => {
                    gate.address |= text.get(n + 1).is_some_and(|b| !b.is_ascii_whitespace());
                }
                b'0'..=b'9' => digit = true,
                _ => {}
            }
        }
        // Numbers of accounts and telephones, and addresses in hexadecimal.
        gate.address |= digit;
        for word in WORDS.find_overlapping_iter(text) {
            match word.pattern().as_usize() {
                n if n < ROLE_WORDS.len() => gate.role = true,
                n if n < ROLE_WORDS.len() + HEADING_WORDS.len() => gate.heading = true,
                _ => gate.command = true,
            }
        }
        gate
    }
}

/// Every mark in a text. `raw` is the text that `plain` was folded from; names of tools keep their case there.
pub fn find(raw: Raw<'_>, plain: &Plain, names: &dyn Names) -> Vec<Mark> {
    let text = plain.text.as_str();
    let mut marks = Vec::new();
    let mut put = |kind: MarkKind, range: Range<usize>| marks.push(Mark { kind, range });
    let gate = Gate::of(text.as_bytes());
    let kinds = [
        (gate.tag, &TAG, MarkKind::Tag),
        (gate.role, &ROLE, MarkKind::Role),
        (gate.heading, &HEADING, MarkKind::Tag),
        (gate.address, &ADDRESS, MarkKind::Address),
        (gate.command, &COMMAND, MarkKind::Command),
    ];
    for (open, pattern, kind) in kinds {
        if open {
            ascii::matches(pattern, text, MOST).for_each(|hit| put(kind.clone(), hit));
        }
    }
    for (range, class) in path::find(text) {
        put(MarkKind::Path(class), range);
    }
    let covered: Vec<Range<usize>> = marks.iter().map(|m| m.range.clone()).collect();
    tools(raw, plain, names, &covered, &mut marks);
    values(text, &mut marks);
    marks.sort_by_key(|m| m.range.start);
    marks
}

fn tools(
    raw: Raw<'_>,
    plain: &Plain,
    names: &dyn Names,
    covered: &[Range<usize>],
    marks: &mut Vec<Mark>,
) {
    let source = String::from_utf8_lossy(raw.bytes());
    if source.len() != raw.len() {
        return;
    }
    for candidate in tool_name::find(&source, MOST) {
        let (quoted, kebab, sure) = (candidate.quoted, candidate.kebab, candidate.sure);
        let name = &source[candidate.range.clone()];
        let range = plain.folded(candidate.range.clone());
        if covered
            .iter()
            .any(|c| c.start < range.end && range.start < c.end)
        {
            continue;
        }
        // A key, as in `tool_name: …`, is no mention, and its value is an entry of a list.
        let listed = source[..candidate.range.start]
            .trim_end_matches([' ', '"', '\'', '`'])
            .ends_with("name:");
        if listed || !quoted && source[candidate.range.end..].starts_with([':', '=']) {
            continue;
        }
        let owner = names.owner(name);
        let shaped = tool_name::is_shaped(name);
        let known = matches!(owner, Owner::Foreign(_) | Owner::Sibling | Owner::Own);
        // English words with hyphens and single words in quotes are names only where something says so.
        let is_name = match owner {
            Owner::Parameter | Owner::Server(_) => false,
            _ if kebab => known && shaped || sure && quoted,
            Owner::Foreign(_) => shaped || sure,
            Owner::Sibling | Owner::Own => true,
            Owner::Unknown | Owner::Kin | Owner::Unlisted => {
                shaped && (quoted || !kebab || sure) || quoted && sure
            }
        };
        if owner == Owner::Parameter && (quoted || shaped) {
            marks.push(Mark {
                kind: MarkKind::Parameter,
                range,
            });
        } else if is_name {
            let kind = MarkKind::Tool {
                name: name.to_owned(),
                owner,
                sure,
            };
            marks.push(Mark { kind, range });
        }
    }
}

/// Quoted stretches that are no names.
fn values(text: &str, marks: &mut Vec<Mark>) {
    const LONGEST: usize = 120;
    let mut at = 0;
    let mut left = MOST;
    while let Some(step) = text[at..].find(['\'', '"', '`']) {
        let open = at + step;
        at = open + 1;
        let quote = &text[open..at];
        // An apostrophe inside a word opens nothing.
        if text[..open].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let line = text[at..].find('\n').map_or(text.len(), |n| at + n);
        let Some(len) = text[at..line]
            .find(quote)
            .filter(|len| (2..=LONGEST).contains(len))
        else {
            continue;
        };
        let range = at..at + len;
        at = range.end + 1;
        let free = !marks
            .iter()
            .any(|m| m.range.start < range.end && range.start < m.range.end);
        if free && left > 0 {
            left -= 1;
            marks.push(Mark {
                kind: MarkKind::Value,
                range,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_opens_for_what_the_patterns_match() {
        /// A pattern, its gate, and what both must let through.
        type Case = (
            &'static LazyLock<Regex>,
            fn(&Gate) -> bool,
            &'static [&'static str],
        );
        let open: [Case; 5] = [
            (
                &TAG,
                |g| g.tag,
                &["<important>", "[ system ]", "【重要】", "<!-- system"],
            ),
            (
                &ROLE,
                |g| g.role,
                &[
                    "[/inst]",
                    "<|im_start|>",
                    "<<sys>>",
                    "### instruction:",
                    "new user query:",
                    "i am the user",
                    "signed, the user",
                    "message from the user to you",
                    "message from user to you",
                    "context_update:",
                    "system directive:",
                    "system\noverride :",
                ],
            ),
            (
                &HEADING,
                |g| g.heading,
                &[
                    "## system:",
                    "### new instructions:",
                    "system instruction:",
                    "developer commands:",
                ],
            ),
            (
                &ADDRESS,
                |g| g.address,
                &[
                    "https://a.example/x",
                    "javascript:alert(1)",
                    "a@b.example",
                    "192.0.2.1:80",
                    "collect.example/x",
                    "+49 170 1234567",
                    "de893704004405320130",
                ],
            ),
            (
                &COMMAND,
                |g| g.command,
                &[
                    "$(id)",
                    "curl https://a",
                    "rm -rf /",
                    "nc -e sh",
                    "chmod 777 x",
                    "base64 -d",
                    "x | sh",
                    "a && b c",
                    "export a=b",
                    "fetch('http://a')",
                    "drop table x",
                    "insert into x",
                    "delete from x",
                    "os.system(",
                    "eval(",
                ],
            ),
        ];
        for (pattern, gate, texts) in open {
            for text in texts {
                assert!(pattern.is_match(text.as_bytes()), "the pattern: {text}");
                assert!(gate(&Gate::of(text.as_bytes())), "the gate: {text}");
            }
        }
        let closed = Gate::of(b"lists the files of a folder. it needs a name");
        assert!(!closed.tag && !closed.role && !closed.address && !closed.command);
    }
}
