//! Words in a text that could be names of tools.
//!
//! Found by hand and not by a regex: every result is looked through for them.

use std::ops::Range;

/// A word that could be a name, in the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub range: Range<usize>,
    /// In quotes or back ticks.
    pub quoted: bool,
    /// English writes words with hyphens too.
    pub kebab: bool,
    /// Something says that it is a tool.
    pub sure: bool,
}

/// Longest name that is looked at.
const LONGEST: usize = 64;

/// Words of "tool" that stand in front of a name, and behind it.
const BEFORE: &[&str] = &[
    "tool",
    "tools",
    "outil",
    "herramienta",
    "ferramenta",
    "strumento",
    "werkzeug",
    "инструмент",
    "инструмента",
    "инструментом",
    "інструмент",
    "інструмента",
    "narzędzie",
    "narzędzia",
    "alat",
    "công cụ",
    "أداة",
    "टूल",
    "ツール",
    "工具",
    "도구",
];
const AFTER: &[&str] = &[
    "tool",
    "tools",
    "mcp tool",
    "ツール",
    "工具",
    "도구",
    "aracı",
    "टूल",
    "server",
    "を使",
    "を呼",
    "を実行",
    "-werkzeug",
    "-tool",
];

/// All candidates of a text, in order, at most `most`.
pub fn find(text: &str, most: usize) -> Vec<Candidate> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() && found.len() < most {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            // The rest of a word that begins with a digit or an underscore is no name either.
            if bytes[at - 1].is_ascii_digit() || bytes[at - 1] == b'_' {
                at += bytes[at..].iter().take_while(|b| is_name(**b)).count();
            }
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| is_name(**b)).count();
        word(text, at, end, &mut found);
        at = end;
    }
    found
}

fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}

/// Judges one run of name characters.
fn word(text: &str, start: usize, end: usize, found: &mut Vec<Candidate>) {
    let bytes = text.as_bytes();
    let run = text[start..end].trim_end_matches(['.', '-']);
    let end = start + run.len();
    if run.len() < 2 || run.len() > LONGEST {
        return;
    }
    // Nearly every word is neither quoted nor written like a name.
    let opened = start > 0 && matches!(bytes[start - 1], b'`' | b'\'' | b'"' | 0x80..);
    let shaped = run.bytes().any(|b| matches!(b, b'_' | b'-'))
        || run.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    if !opened && !shaped {
        return;
    }
    let behind = text[end..].strip_prefix("()").unwrap_or(&text[end..]);
    let quoted = text[..start].ends_with(['`', '\'', '"', '‘', '“', '「', '『'])
        && behind.starts_with(['`', '\'', '"', '’', '”', '」', '』']);
    let mut put = |range: Range<usize>, quoted: bool, kebab: bool| {
        let sure = is_said(text, &range);
        found.push(Candidate {
            range,
            quoted,
            kebab,
            sure,
        });
    };
    if quoted {
        return put(start..end, true, false);
    }
    let qualified = run
        .rsplit_once('.')
        .is_some_and(|(_, tail)| tail.contains('_'));
    if qualified {
        return put(start..end, false, false);
    }
    let mut from = start;
    for part in run.split('.') {
        let range = from..from + part.len();
        from = range.end + 1;
        let snake =
            part.contains('_') && part.len() > 2 && !part.starts_with('_') && !part.ends_with('_');
        if snake || is_camel(part) {
            put(range, false, false);
        } else if part.contains('-') && !part.bytes().any(|b| b.is_ascii_uppercase()) {
            put(range, false, true);
        }
    }
}

/// Written as names of tools are: `send_mail`, `sendMail`, `send-mail`; not `SEND_MAIL`, not `mail`.
pub fn is_shaped(name: &str) -> bool {
    let camel = || {
        name.as_bytes()
            .windows(2)
            .any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())
    };
    name.bytes().any(|b| b.is_ascii_lowercase()) && (name.contains(['_', '-']) || camel())
}

/// `sendMail`, not `Send` nor `USB` nor `iPhone`.
fn is_camel(part: &str) -> bool {
    let bytes = part.as_bytes();
    bytes.len() >= 5
        && bytes[0].is_ascii_lowercase()
        && bytes[1].is_ascii_lowercase()
        && part.bytes().all(|b| b.is_ascii_alphanumeric())
        && bytes
            .windows(2)
            .any(|w| w[0].is_ascii_uppercase() && w[1].is_ascii_lowercase())
}

/// Whether the words around say that it is a tool.
fn is_said(text: &str, range: &Range<usize>) -> bool {
    let quotes = |c: char| c.is_whitespace() || "`'\"‘’“”「」『』:".contains(c);
    let before = text[..range.start].trim_end_matches(quotes);
    let tail = before
        .char_indices()
        .rev()
        .nth(20)
        .map_or(before, |(at, _)| &before[at..])
        .to_lowercase();
    let whole = |word: &str| {
        tail.strip_suffix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        })
    };
    // Far gaps do not belong together: `tools:\n\n- a_b`.
    let near = range.start - before.len() <= 6;
    if near && BEFORE.iter().any(|word| whole(word)) {
        return true;
    }
    let after = text[range.end..].trim_start_matches(quotes);
    let gap = text.len() - range.end - after.len();
    gap <= 4
        && AFTER.iter().any(|word| {
            let head = after.get(..word.len());
            head.is_some_and(|h| h.eq_ignore_ascii_case(word))
                && (!word.is_ascii()
                    || !after[word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&str, bool, bool)> {
        find(text, 100)
            .into_iter()
            .map(|c| (&text[c.range], c.quoted, c.sure))
            .collect()
    }

    #[test]
    fn finds_what_is_written_like_a_name() {
        assert_eq!(
            names("call `get_user()` and sendMail."),
            [("get_user", true, false), ("sendMail", false, false)]
        );
        assert_eq!(
            names("the send_email tool, mock.send_mail"),
            [
                ("send_email", false, true),
                ("mock.send_mail", false, false)
            ]
        );
        assert_eq!(names("send_emailを使うとき"), [("send_email", false, true)]);
        assert_eq!(names("1st_x iPhone USB Send e.g. 3.14"), []);
        assert_eq!(names("real-time"), [("real-time", false, false)]);
    }

    #[test]
    fn listens_to_what_is_said() {
        assert_eq!(names("the tool 'search'"), [("search", true, true)]);
        assert_eq!(names("工具 a_b"), [("a_b", false, true)]);
        assert_eq!(names("a_b toolbox"), [("a_b", false, false)]);
    }
}
