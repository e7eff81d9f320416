//! What must not be kept: secrets are replaced before they are written.
//!
//! A secret becomes `«redacted:rule:hash8:length»`. The hash is keyed with a key of this machine, so that the same secret
//! can be seen in two places, and nobody who has only the recording can guess at it.
//!
//! ```text
//! message ── gate (keywords, escapes, base64) ──▶ spots ──▶ spliced
//!                                                  │ text as it stands       (table)
//!                                                  │ members by their names  (names, value)
//!                                                  │ strings without escapes (decoded), JSON in strings
//!                                                  └ what base64 says        (base64)
//! ```

mod base64;
mod decoded;
mod entry;
pub mod gitleaks;
mod key;
mod key_block;
mod mark;
mod names;
mod redactor;
mod rule;
mod spots;
mod table;
#[cfg(test)]
mod tests;
mod value;

pub use key::Key;
pub use redactor::Redactor;

use std::sync::LazyLock;

/// The key of this machine, read once. Tests leave the state folder of who runs them alone.
static KEY: LazyLock<Key> = LazyLock::new(|| {
    if cfg!(test) {
        Key::random()
    } else {
        Key::of_machine()
    }
});

/// What is kept of a credential: its scheme, if it has one, and a mark. `hash("Bearer", token)` is
/// `Bearer «redacted:authorization:1a2b3c4d:40»`. The same value has the same hash in recordings and exports of this machine.
pub fn hash(scheme: &str, value: &[u8]) -> String {
    let mark = mark::mark(&KEY, "authorization", value);
    if scheme.is_empty() {
        mark
    } else {
        format!("{scheme} {mark}")
    }
}

/// What is kept of the value of an `Authorization` header: [`hash`] of it, with its scheme if that is a well-known one.
pub fn authorization(header: &[u8]) -> String {
    let header = header.trim_ascii();
    let word = header.iter().position(u8::is_ascii_whitespace);
    let scheme = word.and_then(|end| scheme(&header[..end]));
    match (scheme, word) {
        (Some(scheme), Some(end)) => hash(scheme, header[end..].trim_ascii()),
        _ => hash("", header),
    }
}

/// Schemes of the IANA registry that are in use, and those that everybody knows.
const SCHEMES: &[&str] = &[
    "Basic",
    "Bearer",
    "Digest",
    "DPoP",
    "GNAP",
    "HOBA",
    "Mutual",
    "Negotiate",
    "NTLM",
    "OAuth",
    "PrivateToken",
    "SCRAM-SHA-256",
    "Token",
    "ApiKey",
    "AWS4-HMAC-SHA256",
];

fn scheme(word: &[u8]) -> Option<&'static str> {
    let known = |name: &&&str| name.as_bytes().eq_ignore_ascii_case(word);
    SCHEMES.iter().find(known).copied()
}
