//! Words of a command that are not shown by the way: keys and tokens that were given as arguments.

use crate::analysis::signal::secret;
use crate::text::{Raw, RawBuf};
use std::ops::Range;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "(hidden)";

/// Parts of the name of an option or a variable whose value is a secret.
const SECRET: &[&str] = &[
    "token",
    "secret",
    "pass",
    "pwd",
    "api-key",
    "api_key",
    "apikey",
    "access-key",
    "access_key",
    "private",
    "credential",
    "auth",
    "bearer",
    "header",
    "cookie",
    "session",
    "dsn",
];

/// Names of the ways to log in, as they stand before what logs in.
const SCHEMES: &[&str] = &["bearer", "basic", "token", "digest", "apikey", "negotiate"];

/// What a word says of the one behind it.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Plain,
    /// It is a secret.
    Secret,
    /// It is a header, or the name of one.
    Header,
}

/// The parts of each word that are hidden, in order and apart from each other.
pub fn hidden(argv: &[Raw<'_>]) -> Vec<Vec<Range<usize>>> {
    let mut next = Next::Plain;
    argv.iter()
        .map(|word| {
            let bytes = word.bytes();
            let is_option = bytes.starts_with(b"-");
            // A secret may begin with a dash, too: what has the form of an option is shown.
            let is_short = bytes.len() == 2 && is_option;
            let is_value = !is_short && !bytes.starts_with(b"--");
            let told = std::mem::replace(&mut next, after(bytes));
            match told {
                Next::Header if is_value && !bytes.contains(&b':') && !bytes.contains(&b'=') => {
                    next = Next::Secret;
                }
                _ => {}
            }
            match told != Next::Plain && is_value {
                true => whole(bytes),
                false => inside(bytes),
            }
        })
        .collect()
}

/// What a word says of the one behind it.
fn after(word: &[u8]) -> Next {
    let is_option = word.starts_with(b"-");
    let end = word.trim_ascii_end();
    if word == b"-H" || is_option && !word.contains(&b'=') && has(word, &["header"]) {
        return Next::Header;
    }
    let named = match end.split_last() {
        Some((b':' | b'=', name)) => is_secret(name_before(name)),
        _ => is_option && !word.contains(&b'=') && !word.contains(&b':') && is_secret(word),
    };
    let last = end.rsplit(|b| !b.is_ascii_alphanumeric()).next();
    let last = last.unwrap_or_default();
    let is_scheme = !is_option && is_scheme(last);
    match named || is_scheme {
        true => Next::Secret,
        false => Next::Plain,
    }
}

/// What is hidden of a word for what it says itself.
fn inside(word: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = within(word).into_iter().collect();
    // Behind the name of a secret, and behind the name of a way to log in.
    let named = memchr::memchr2_iter(b':', b'=', word)
        .find(|at| is_secret(name_before(&word[..*at])))
        .map(|at| at + 1);
    let blanks = memchr::memchr_iter(b' ', word);
    let scheme = blanks
        .filter(|at| {
            let before = word[..*at].rsplit(|b| !b.is_ascii_alphanumeric()).next();
            is_scheme(before.unwrap_or_default())
        })
        .map(|at| at + 1)
        .next();
    found.extend(named.into_iter().chain(scheme).map(|at| at..word.len()));
    for at in memchr::memmem::find_iter(word, b"://") {
        found.extend(of_address(word, at + 3));
    }
    apart(found)
}

/// What is hidden of an address whose host, with what may stand before it, begins at this byte.
fn of_address(word: &[u8], host: usize) -> Vec<Range<usize>> {
    let rest = &word[host..];
    let query = rest.iter().position(|b| matches!(b, b'?' | b'#'));
    let path = query.map_or(rest, |at| &rest[..at]);
    let authority = &path[..memchr::memchr(b'/', path).unwrap_or(path.len())];
    // What stands behind the colon is a port, or the beginning of a password with a stroke or a question mark in it.
    let port = authority.split(|b| *b == b':').nth(1);
    let is_odd = port.is_some_and(|port| !port.iter().all(u8::is_ascii_digit));
    let user = match memchr::memrchr(b'@', authority) {
        None if is_odd && !rest.starts_with(b"[") => memchr::memrchr(b'@', rest),
        user => user,
    };
    let asks = query.map(|at| host + at + 1..word.len());
    user.map(|at| host..host + at)
        .into_iter()
        .chain(asks)
        .collect()
}

/// The same bytes as ranges that are in order, apart and not empty.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

fn whole(word: &[u8]) -> Vec<Range<usize>> {
    std::iter::once(0..word.len())
        .filter(|range| !range.is_empty())
        .collect()
}

/// A text without these parts, which are in order and apart from each other.
pub fn without(raw: Raw<'_>, hidden: &[Range<usize>]) -> RawBuf {
    let bytes = raw.bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for range in hidden {
        out.extend(&bytes[at..range.start]);
        out.extend(HIDDEN.as_bytes());
        at = range.end;
    }
    out.extend(&bytes[at..]);
    RawBuf::from(out)
}

/// An address without the name and the password in it and without what it asks.
pub fn address(url: Raw<'_>) -> RawBuf {
    let bytes = url.bytes();
    let host = memchr::memmem::find(bytes, b"://").map_or(0, |n| n + 3);
    let parts = of_address(bytes, host).into_iter().chain(within(bytes));
    without(url, &apart(parts.collect()))
}

/// The name that ends here: as far back as it goes, and no further than a name is long.
fn name_before(text: &[u8]) -> &[u8] {
    const LONGEST: usize = 64;
    let quotes = |b: &u8| matches!(b, b'"' | b'\'' | b'\\' | b' ' | b'\t');
    let end = text.iter().rposition(|b| !quotes(b)).map_or(0, |n| n + 1);
    let near = &text[end.saturating_sub(LONGEST)..end];
    let start = near.iter().rposition(|b| b"\"' \t,;&?|{".contains(b));
    &near[start.map_or(0, |n| n + 1)..]
}

fn has(name: &[u8], parts: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    parts
        .iter()
        .any(|part| memchr::memmem::find(&name, part.as_bytes()).is_some())
}

fn is_secret(name: &[u8]) -> bool {
    name.to_ascii_lowercase().ends_with(b"key") || has(name, SECRET)
}

fn is_scheme(word: &[u8]) -> bool {
    SCHEMES
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme.as_bytes()))
}

/// From the first to the last byte of what has the form of a secret.
fn within(bytes: &[u8]) -> Option<Range<usize>> {
    let found = secret::hidden(bytes);
    let start = found.iter().map(|range| range.start).min()?;
    let end = found.iter().map(|range| range.end).max()?;
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_among_words_are_hidden() {
        let key = format!("sk-ant-{}", "a1B2".repeat(10));
        let words = [
            "npx",
            "-y",
            "mcp-remote",
            "--header",
            "Authorization: Bearer x",
            "--port",
            "80",
            "--api-key=abc",
            "TOKEN=q",
            &key,
        ];
        let shown = shown(&words);
        let told = [
            "npx",
            "-y",
            "mcp-remote",
            "--header",
            HIDDEN,
            "--port",
            "80",
            "--api-key=(hidden)",
            "TOKEN=(hidden)",
            "sk-a(hidden)",
        ];
        for (shown, told) in shown.iter().zip(told) {
            assert_eq!(shown.as_raw(), told);
        }
    }

    /// A command line as it is shown.
    fn shown(words: &[&str]) -> Vec<RawBuf> {
        let argv: Vec<Raw<'_>> = words.iter().map(|word| Raw::from(*word)).collect();
        let parts = hidden(&argv);
        let words = argv.iter().zip(parts);
        words.map(|(word, parts)| without(*word, &parts)).collect()
    }

    #[test]
    fn no_way_to_give_a_secret_shows_it() {
        // Every secret has the word `hush` in it; `seen` is what must stay.
        for words in [
            &["--headers", "Authorization", "Bearer hush"][..],
            &["--headers", "X-Mine", "hush", "seen"],
            &["-H", "Authorization: Basic aHVzaA=hush=", "seen"],
            &["-HAuthorization: Token hush"],
            &["--header=Authorization: Bearer hush"],
            &["--header", "Authorization:", "Bearer", "hush", "seen"],
            &["--auth", "Bearer", "hush", "seen"],
            &["Bearer hush=="],
            &["X-Odd: bearer hush"],
            &["https://seen.example?team=one&api_key=hush"],
            &["--url=https://seen.example/x?team=one&api_key=hush"],
            &["postgres://app:hush@seen/x"],
            &["DATABASE_URL=postgres://app:hush@seen:5432/x?password=hush"],
            &["postgres://app:hu/hush@seen/x"],
            &["postgres://app:hush?hush@x/"],
            &["mongodb://a:b@hush@seen/x,mongodb://c:hush@seen/x"],
            &["--token", "-hush", "seen"],
            &["Server=seen;User Id=sa;Password=hush"],
            &[r#"{"seen": 1, "apiKey" : "hush"}"#],
            &["--key", "hush"],
        ] {
            let shown = shown(words);
            let has = |word: &str| {
                shown.iter().any(|shown| {
                    memchr::memmem::find(shown.as_raw().bytes(), word.as_bytes()).is_some()
                })
            };
            assert!(!has("hush"), "{shown:?}");
            let meant = words.iter().any(|word| word.contains("seen"));
            assert_eq!(has("seen"), meant, "{shown:?}");
        }
        let plain = [
            "npx",
            "-y",
            "@scope/pkg@1",
            "--port=80",
            "-",
            "",
            "http://[::1]:8/a@b",
            "C:\\x",
        ];
        let argv: Vec<Raw<'_>> = plain.iter().map(|word| Raw::from(*word)).collect();
        assert!(hidden(&argv).iter().all(Vec::is_empty));
    }

    #[test]
    fn an_address_tells_where_and_nothing_else() {
        let shown = |url: &str| address(Raw::from(url));
        assert_eq!(
            shown("https://a:b@example.com/mcp?key=c#d").as_raw(),
            "https://(hidden)@example.com/mcp?(hidden)"
        );
        assert_eq!(
            shown("http://localhost:1/sse").as_raw(),
            "http://localhost:1/sse"
        );
    }
}
