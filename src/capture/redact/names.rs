//! Names of members whose value is a secret, whatever it looks like.

use super::value::Shape;

/// Words of such names, in lower case, with the ways in which their parts are joined: without one of them in a text, none
/// of its members has such a name.
pub const WORDS: &[&str] = &[
    "pass",
    "pwd",
    "secret",
    "token",
    "key",
    "auth",
    "cookie",
    "credential",
    "session",
    "signature",
    "verifier",
];

/// What a name says of its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A scheme and a credential.
    Authorization,
    /// The value, where it has that shape.
    Value(&'static str, Shape),
}

/// Names, without what joins their parts, by how they end.
const ENDINGS: &[(&str, &str, Shape)] = &[
    ("password", "password", Shape::Password),
    ("passwd", "password", Shape::Password),
    ("passphrase", "password", Shape::Password),
    ("pwd", "password", Shape::Password),
    ("passcode", "password", Shape::Password),
    ("secret", "secret", Shape::Password),
    ("secrets", "secret", Shape::Password),
    ("token", "token", Shape::Token),
    ("tokens", "token", Shape::Token),
    ("apikey", "key", Shape::Token),
    ("accesskey", "key", Shape::Token),
    ("accesskeyid", "key", Shape::Token),
    ("secretkey", "key", Shape::Token),
    ("secretaccesskey", "key", Shape::Token),
    ("privatekey", "key", Shape::Token),
    ("signingkey", "key", Shape::Token),
    ("encryptionkey", "key", Shape::Token),
    ("accountkey", "key", Shape::Token),
    ("authkey", "key", Shape::Token),
    ("credential", "credential", Shape::Token),
    ("credentials", "credential", Shape::Token),
    ("sessionid", "session", Shape::Token),
    ("sessionkey", "session", Shape::Token),
    ("codeverifier", "token", Shape::Token),
    ("clientassertion", "token", Shape::Token),
];

/// What ends like one of those and is none: the protocol's own names, and places in lists.
const HARMLESS: &[&str] = &[
    "progresstoken",
    "pagetoken",
    "continuationtoken",
    "nexttoken",
    "synctoken",
    "cancellationtoken",
    "synctokens",
    "maxtokens",
    "inputtokens",
    "outputtokens",
    "mcpsessionid",
    "publicaccesskey",
];

/// What a member's name (decoded) says of its value.
pub fn meaning(name: &[u8]) -> Option<Meaning> {
    // The longest of them has twenty letters; what stands before is free, within reason.
    if name.len() > 96 || name.len() < 3 {
        return None;
    }
    let plain = plain(name);
    let plain = plain.strip_prefix(b"$").unwrap_or(&plain);
    if plain.ends_with(b"authorization") {
        return Some(Meaning::Authorization);
    }
    if matches!(plain, b"cookie" | b"cookies" | b"setcookie" | b"setcookie2") {
        return Some(Meaning::Value("cookie", Shape::Cookie));
    }
    let ends = |word: &&str| plain.ends_with(word.as_bytes());
    if HARMLESS.iter().any(ends) {
        return None;
    }
    (ENDINGS.iter().find(|(word, ..)| ends(word)))
        .map(|(_, rule, shape)| Meaning::Value(rule, *shape))
}

/// A name without what joins its parts.
fn plain(name: &[u8]) -> Vec<u8> {
    (name.iter())
        .filter(|b| {
            !matches!(
                b,
                b'_' | b'-' | b'.' | b' ' | b':' | b'=' | b'"' | b'\'' | b'\\'
            )
        })
        .map(u8::to_ascii_lowercase)
        .collect()
}

/// Whether what stands before a value is a name that only sounds like one of a secret.
pub fn is_harmless(before: &[u8]) -> bool {
    let plain = plain(&before[before.len().saturating_sub(96)..]);
    HARMLESS.iter().any(|word| plain.ends_with(word.as_bytes()))
}

/// What an option on a command line says of the word after it.
pub fn option(word: &[u8]) -> Option<Meaning> {
    let name = word
        .strip_prefix(b"--")
        .or_else(|| word.strip_prefix(b"-"))?;
    meaning(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_however_they_are_joined() {
        for name in [
            "api_key",
            "apiKey",
            "X-API-Key",
            "OPENAI_API_KEY",
            "access.token",
            "clientSecret",
            "DB_PASSWORD",
        ] {
            assert!(meaning(name.as_bytes()).is_some(), "{name}");
        }
        assert_eq!(
            meaning(b"Proxy-Authorization"),
            Some(Meaning::Authorization)
        );
        for name in [
            "progressToken",
            "nextPageToken",
            "max_tokens",
            "author",
            "keyboard",
            "passwordPolicy",
            "key",
            "",
        ] {
            assert_eq!(meaning(name.as_bytes()), None, "{name}");
        }
        assert!(option(b"--github-token").is_some());
        assert!(option(b"token").is_none());
    }
}
