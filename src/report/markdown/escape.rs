//! Text in Markdown that stays text: no link, image, heading, table or HTML can come of it.
//!
//! What stands in a recording goes into code spans, spelled by [`text::escape`](crate::text::escape). Sentences of our own
//! may name such things: in them every sign that Markdown knows is escaped, and words that a reader would make links of
//! (addresses, mentions) become code spans too.

use crate::analysis::signal::secret;
use crate::text::{Raw, RawBuf, escape};

/// Longer than any secret that is known, in bytes.
const MARGIN: usize = 16 << 10;

/// Secrets in it masked.
pub fn masked(raw: Raw<'_>) -> RawBuf {
    match secret::mask(raw.bytes()) {
        Some((masked, _)) => RawBuf::from(masked),
        None => raw.to_buf(),
    }
}

/// Text of a recording as a code span on one line, at most `most` characters of it, secrets masked.
pub fn code(raw: Raw<'_>, most: usize) -> String {
    let (raw, cut) = beginning(raw, most);
    let text = escape(raw.as_raw());
    let mut kept: String = text.chars().take(most).collect();
    if cut || kept.len() < text.len() {
        kept.push('…');
    }
    span(&kept)
}

/// As much of a text as `most` characters may need, secrets masked; and whether that is not all of it. A recording may
/// hold megabytes where a line is shown.
fn beginning(raw: Raw<'_>, most: usize) -> (RawBuf, bool) {
    let bytes = raw.bytes();
    let enough = most.saturating_mul(4);
    let Some(bytes) = bytes.get(..enough.saturating_add(MARGIN)) else {
        return (masked(raw), false);
    };
    // A secret that begins before the margin ends in it, so what stands before is masked as it would be in the whole.
    let kept = match secret::mask(bytes) {
        Some((mut masked, place)) => {
            masked.truncate(place(enough));
            masked
        }
        None => bytes[..enough].to_vec(),
    };
    (RawBuf::from(kept), true)
}

/// Text on one line, as a code span.
pub fn span(text: &str) -> String {
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let edge = |c: char| c == '`' || c == ' ';
    let pad = match text.starts_with(edge) || text.ends_with(edge) {
        true => " ",
        false => "",
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The same in a table, where a pipe would end the cell even inside of a code span.
pub fn cell(span: &str) -> String {
    span.replace('|', "\\|")
}

/// A sentence of our own; what it has between backticks stays code.
pub fn prose(sentence: &str) -> String {
    let sentence = masked(Raw::from(sentence));
    let line = sentence.as_raw().inline().into_string();
    let parts: Vec<&str> = line.split('`').collect();
    let closed = parts.len() % 2 == 1;
    let mut out = String::new();
    for (n, part) in parts.iter().enumerate() {
        match n % 2 == 1 && closed && !part.is_empty() {
            true => out.push_str(&span(part)),
            false => {
                if n > 0 && (!closed || n % 2 == 1) {
                    out.push_str("\\`");
                }
                words(part, &mut out);
            }
        }
    }
    at_start(out.trim_start())
}

/// At the start of a line some signs begin a list or a heading.
fn at_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
    match line.starts_with(['-', '+', '=']) || numbered {
        true => format!("{}\\{}", &line[..digits], &line[digits..]),
        false => line.to_owned(),
    }
}

fn words(part: &str, out: &mut String) {
    for (n, word) in part.split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        let low = word.to_lowercase();
        let is_link = word.contains('@') || word.contains("#") || low.contains("://");
        if is_link || low.contains("www.") || low.contains("mailto:") {
            out.push_str(&span(word));
            continue;
        }
        for sign in word.chars() {
            if matches!(
                sign,
                '\\' | '`'
                    | '*'
                    | '_'
                    | '['
                    | ']'
                    | '<'
                    | '>'
                    | '#'
                    | '|'
                    | '~'
                    | '&'
                    | '$'
                    | '!'
                    | '{'
                    | '}'
            ) {
                out.push('\\');
            }
            out.push(sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_comes_of_hostile_text() {
        assert_eq!(
            prose("The tool `a` said [x](http://evil.example) <img src=x> # *b*"),
            "The tool `a` said `[x](http://evil.example)` \\<img src=x\\> `#` \\*b\\*"
        );
        assert_eq!(
            prose("mail audit@evil.example now"),
            "mail `audit@evil.example` now"
        );
        assert_eq!(prose("one ` alone <b>"), "one \\` alone \\<b\\>");
        assert_eq!(
            code(Raw::from("a`b|c\n![x](y)\u{202e}"), 80),
            "``a`b|c\\n![x](y)\\u{202e}``"
        );
        assert_eq!(code(Raw::from("`"), 80), "`` ` ``");
        assert_eq!(code(Raw::from("abcdef"), 3), "`abc…`");
        assert_eq!(code(Raw::from(""), 3), "(empty)");
        assert_eq!(prose("- a list"), "\\- a list");
        assert_eq!(prose(" 1. a list"), "1\\. a list");
    }

    #[test]
    fn secrets_are_masked() {
        let token = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
        assert!(!code(Raw::from(token.as_str()), 200).contains(&token));
        // Also where it would be cut, and after another that is masked.
        for before in [0, 150, 780, 799, 800] {
            let long = "x ".repeat(before / 2) + &token + &" and more".repeat(9000);
            let shown = code(Raw::from(long.as_str()), 200);
            assert!(!shown.contains(&token[..12]), "{shown}");
            assert!(shown.ends_with("…`") && shown.chars().count() <= 203);
        }
        assert!(!prose(&format!("It sent {token} away.")).contains(&token));
    }

    proptest! {
        /// Outside of code spans nothing is left that Markdown or HTML would take for more than a letter.
        #[test]
        fn signs_outside_of_code_are_escaped(text in "[ -~\n]{0,60}") {
            for shown in [prose(&text), code(Raw::from(text.as_str()), 100)] {
                prop_assert!(!shown.contains('\n'));
                let mut rest = shown.as_str();
                while let Some(sign) = rest.chars().next() {
                    if let Some(escaped) = rest.strip_prefix('\\') {
                        rest = &escaped[1..];
                    } else if sign == '`' {
                        let fence = rest.len() - rest.trim_start_matches('`').len();
                        let close = "`".repeat(fence);
                        let mut at = fence;
                        loop {
                            let found = rest[at..].find(&close).map(|n| at + n);
                            prop_assert!(found.is_some(), "{shown}");
                            let start = found.unwrap_or(0);
                            let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
                            at = start + run;
                            if run == fence { break; }
                        }
                        rest = &rest[at..];
                    } else {
                        prop_assert!(!"*_[]<>#|~&$!{}@".contains(sign), "{shown}");
                        rest = &rest[sign.len_utf8()..];
                    }
                }
            }
        }
    }
}
