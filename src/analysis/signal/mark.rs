//! What needs no language: tags, roles, addresses, commands, paths and names of tools inside a text.

use super::path::{self, PathClass};
use super::plain::Plain;
use crate::text::Raw;
use regex::Regex;
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
}

impl Owner {
    /// Whether it points out of the server that the text came from.
    pub fn is_elsewhere(self) -> bool {
        matches!(self, Owner::Foreign(_) | Owner::Server(_) | Owner::Unknown)
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
}

/// A mark and where it stands in the folded text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub kind: MarkKind,
    pub range: Range<usize>,
}

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("patterns are fixed"));
    };
}

// Words that pose as markup, in the languages of the lexicon; HTML's own tags are not among them.
regex!(
    TAG,
    r"(?x) <!?/?\s*(?: important\w* | system[\w-]* | hidden | secret\w* | instructions? | information | critical | priority | admin\w* | attention | assistant | internal\w* | mandatory | urgent | override | directive | rules? | protocol
      | wichtig | importante? | wa[żz]ne | önemli | penting | belangrijk | важно | важливо | 重要\S{0,8} | 중요 | 系统\S{0,8} | 系統\S{0,8} | システム\S{0,4} | महत्वपूर्ण | هام | مهم | quan\ trọng | システム指示 ) \s* >
    | \[\s*/?\s*(?: system[_\ ]\w+ | important | priority[_\ ]\w+ | admin[_\ ]\w+ | security[_\ ]\w+ | hidden[_\ ]?\w* | system ) \s*\]
    | <!--.{0,12}(?: system | important | instruction | \[ ) | 【(?: 系统 | 系統 | 重要 | システム | 必読 )[^】]{0,12}】"
);
regex!(
    ROLE,
    r"(?x) \[/?inst\] | <\|\s*(?: im_start | im_end | system | user | assistant | endoftext | end | eot_id | start_header_id )\s*\|?> | <</?sys>> | \#{2,}\s*(?:system\s*)?(?: instructions? | system | human | assistant | new\ instructions? )\s*:
    | \bnew\ user\ (?:query|request|message|instruction)s?\s*: | \bi\ am\ the\ user\b | signed,?\s+the\ user\b | message\ from\ (?:the\ )?user\ to\ you | \b(?:system|admin(?:istrator)?|developer)\s+(?:directive|override|instruction|command|prompt|message)s?\s*: | \bcontext_update\s*: | \bsystem\s+(?:directive|override)\s*: "
);
regex!(
    ADDRESS,
    r#"(?x) \b(?:https?|wss?|ftp|sftp|smb|gopher|file|data|javascript)://?[^\s'"`<>)】」』、。，,]{3,} | \b[\w.+-]+@[\w-]+(?:\.[\w-]+)+ | (?-u:\b)\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?-u:\b) | \b0x[0-9a-f]{40}\b
    | (?-u:\b)(?:[a-z0-9-]+\.)+(?:example|invalid|test|com|net|org|io|dev|xyz|site|online|top|ru|cn|info|me|co|app)(?-u:\b)(?:/[\w./-]*)? | \+\d[\d\ -]{7,}\d | \b[a-z]{2}\d{2}(?:\ ?[0-9a-z]{4}){2,7}\b "#
);
regex!(
    COMMAND,
    r"(?x) \$\([^)]{1,80}\) | \b(?:curl|wget)\s+(?:-\S+\s+)*\S*[:./@]\S* | \brm\s+-\w*[rf] | \bnc\s+-\w*e | /dev/tcp/ | \bchmod\s+-?\w*\s*[0-7]{3,4} | \bbase64\s+-d | \|\s*(?:ba|z)?sh\b | &&\s*\w+\s | \bexport\s+\w+= | \bfetch\(\s*['\x22]http | \bprocess\.env\b | document\.cookie | window\.location | \bdrop\s+table\b | \binsert\s+into\b | \bdelete\s+from\b | \bos\.system\b | \beval\("
);
// A quoted word, or one that is written as identifiers are.
regex!(
    NAME,
    r#"(?x) (?P<q>[`'"‘“「『]) (?P<quoted>[A-Za-z][A-Za-z0-9_.:/-]{1,63}) (?:\(\))? [`'"’”」』]
    | (?-u:\b)(?P<bare>[A-Za-z][A-Za-z0-9]*(?:[_][A-Za-z0-9]+)+(?:\.[a-z_]+)? | [a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]+)+ | [a-z][a-z0-9_]*\.[a-z]+(?:_[a-z]+)+ )(?-u:\b)
    | (?-u:\b)(?P<kebab>[a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?-u:\b)"#
);
// `the X tool`, `tool X`, in the languages that write it apart.
regex!(
    SAID,
    r#"(?xi) (?P<before>(?-u:\b)(?:tools?|outil|herramienta|ferramenta|strumento|werkzeug|инструмент\w*|інструмент\w*|narzędzi\w*|alat|công\ cụ|أداة|टूल|ツール|工具|도구)\s*[`'"“「『:]?\s*)$ | ^[`'"”」』]?\s*(?:mcp\s+)?(?P<after>tools?\b|ツール|工具|도구|aracı|टूल|verktyg|eszköz|server\b|を使|を呼|を実行|-werkzeug|-tool) "#
);

/// The most marks of a kind in one text.
const MOST: usize = 200;

/// Every mark in a text. `raw` is the text that `plain` was folded from; names of tools keep their case there.
pub fn find(raw: Raw<'_>, plain: &Plain, names: &dyn Names) -> Vec<Mark> {
    let text = plain.text.as_str();
    let mut marks = Vec::new();
    let mut put = |kind: MarkKind, range: Range<usize>| marks.push(Mark { kind, range });
    for hit in TAG.find_iter(text).take(MOST) {
        put(MarkKind::Tag, hit.range());
    }
    for hit in ROLE.find_iter(text).take(MOST) {
        put(MarkKind::Role, hit.range());
    }
    for hit in ADDRESS.find_iter(text).take(MOST) {
        put(MarkKind::Address, hit.range());
    }
    for hit in COMMAND.find_iter(text).take(MOST) {
        put(MarkKind::Command, hit.range());
    }
    for (range, class) in path::find(text) {
        put(MarkKind::Path(class), range);
    }
    let covered: Vec<Range<usize>> = marks.iter().map(|m| m.range.clone()).collect();
    tools(raw, plain, names, &covered, &mut marks);
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
    for hit in NAME.captures_iter(&source).take(MOST) {
        let (name, quoted, kebab) = match (hit.name("quoted"), hit.name("bare"), hit.name("kebab"))
        {
            (Some(m), ..) => (m, true, false),
            (_, Some(m), _) => (m, false, false),
            (_, _, Some(m)) => (m, false, true),
            _ => continue,
        };
        let range = plain.folded(name.range());
        if covered
            .iter()
            .any(|c| c.start < range.end && range.start < c.end)
        {
            continue;
        }
        // A key, as in `tool_name: …`, is no mention, and its value is an entry of a list.
        let listed = source[..name.start()]
            .trim_end_matches([' ', '"', '\'', '`'])
            .ends_with("name:");
        if listed || !quoted && source[name.end()..].starts_with([':', '=']) {
            continue;
        }
        let owner = names.owner(name.as_str());
        let around_before = before(&source, name.start());
        let around_after = after(&source, name.end());
        let sure = SAID.is_match(around_before) || SAID.is_match(around_after);
        let shaped = name.as_str().contains(['_', '-'])
            || name.as_str()[1..].contains(|c: char| c.is_ascii_uppercase());
        let known = matches!(owner, Owner::Foreign(_) | Owner::Sibling | Owner::Own);
        // English words with hyphens and single words in quotes are names only where something says so.
        let is_name = match owner {
            Owner::Parameter | Owner::Server(_) => false,
            _ if kebab => known && shaped || sure && quoted,
            Owner::Foreign(_) => shaped || sure,
            Owner::Sibling | Owner::Own => true,
            Owner::Unknown => {
                shaped && (quoted || name.as_str().contains('_') || sure) || quoted && sure
            }
        };
        if is_name {
            let kind = MarkKind::Tool {
                name: name.as_str().to_owned(),
                owner,
                sure,
            };
            marks.push(Mark { kind, range });
        } else if quoted {
            marks.push(Mark {
                kind: MarkKind::Value,
                range,
            });
        }
    }
}

fn before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(36);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

fn after(text: &str, at: usize) -> &str {
    let mut to = (at + 24).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[at..to]
}
