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
    "passw",
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

/// The part of each word that is hidden.
pub fn hidden(argv: &[Raw<'_>]) -> Vec<Option<Range<usize>>> {
    let mut after_secret = false;
    argv.iter()
        .map(|word| {
            let bytes = word.bytes();
            let is_option = bytes.starts_with(b"-");
            let value = std::mem::take(&mut after_secret) && !is_option;
            if value {
                return Some(0..bytes.len());
            }
            let equals = memchr::memchr(b'=', bytes);
            let name = &bytes[..equals.unwrap_or(bytes.len())];
            let named = name.len() < 64 && is_secret(name);
            match equals {
                Some(at) if named => Some(at + 1..bytes.len()),
                None if named && is_option => {
                    after_secret = true;
                    None
                }
                _ => within(bytes),
            }
        })
        .collect()
}

/// A text without its secrets.
pub fn without(raw: Raw<'_>, hidden: Option<Range<usize>>) -> RawBuf {
    let Some(range) = hidden else {
        return raw.to_buf();
    };
    let bytes = raw.bytes();
    RawBuf::from(
        [
            &bytes[..range.start],
            HIDDEN.as_bytes(),
            &bytes[range.end..],
        ]
        .concat(),
    )
}

/// An address without the name and the password in it and without what it asks.
pub fn address(url: Raw<'_>) -> RawBuf {
    let bytes = url.bytes();
    let query = bytes.iter().position(|b| matches!(b, b'?' | b'#'));
    let asks = query.is_some();
    let bytes = &bytes[..query.unwrap_or(bytes.len())];
    let host = bytes
        .windows(3)
        .position(|w| w == b"://")
        .map_or(0, |n| n + 3);
    let end = memchr::memchr(b'/', &bytes[host..]).map_or(bytes.len(), |n| host + n);
    let user = memchr::memrchr(b'@', &bytes[host..end]).map_or(host, |n| host + n);
    let mut out = bytes[..host].to_vec();
    if user > host {
        out.extend(HIDDEN.as_bytes());
    }
    out.extend(&bytes[user..]);
    let shown = RawBuf::from(out);
    let mut shown = without(shown.as_raw(), within(shown.as_raw().bytes()));
    if asks {
        shown = RawBuf::from([shown.as_raw().bytes(), b"?", HIDDEN.as_bytes()].concat());
    }
    shown
}

fn is_secret(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET
        .iter()
        .any(|part| memchr::memmem::find(&name, part.as_bytes()).is_some())
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
        let argv: Vec<Raw<'_>> = words.iter().map(|word| Raw::from(*word)).collect();
        let shown: Vec<RawBuf> = argv
            .iter()
            .zip(hidden(&argv))
            .map(|(word, range)| without(*word, range))
            .collect();
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
