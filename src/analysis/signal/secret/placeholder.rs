//! What stands where a secret would, and is none.

use super::Kind;

/// Parts of what people write where a secret goes, in lower case.
pub const PLACEHOLDERS: &[&str] = &[
    "your",
    "placeholder",
    "changeme",
    "change-me",
    "change_me",
    "xxxx",
    "****",
    "....",
    "dummy",
    "insert",
    "todo",
];

/// `xxxx`, `your-key-here`, `${TOKEN}`, the keys of the providers' own documentation, and words.
pub(super) fn is_placeholder(secret: &[u8], kind: &Kind) -> bool {
    let lower = secret.to_ascii_lowercase();
    let has = |word: &str| memchr::memmem::find(&lower, word.as_bytes()).is_some();
    if PLACEHOLDERS.iter().chain(&["redacted"]).any(|w| has(w))
        || lower == b"akiaiosfodnn7example"
        || has("wjalrxutnfemi/k7mdeng")
    {
        return true;
    }
    const DEFAULTS: &[&str] = &[
        "password",
        "secret",
        "postgres",
        "mysql",
        "changeit",
        "hunter2",
        "letmein",
        "passw0rd",
        "p@ssw0rd",
        "password1",
        "password123",
        "example",
        "admin123",
        "rootpass",
        "mypassword",
        "pass123",
        "username",
    ];
    if kind.assigned && DEFAULTS.iter().any(|d| lower == d.as_bytes()) {
        return true;
    }
    let distinct = {
        let mut seen = [false; 256];
        secret.iter().for_each(|b| seen[usize::from(*b)] = true);
        seen.iter().filter(|s| **s).count()
    };
    if kind.assigned && !kind.sure {
        let digits = secret.iter().filter(|b| b.is_ascii_digit()).count();
        let letters = secret.iter().filter(|b| b.is_ascii_alphabetic()).count();
        // A word or an expression of a program is no secret.
        if digits < 2
            || letters < 4
            || secret.contains(&b'(')
            || entropy(secret) < 3.0
            || has("process.env")
            || has("example")
            || has("test")
        {
            return true;
        }
    }
    distinct < 6
}

/// Shannon's entropy, in bits a byte.
pub fn entropy(bytes: &[u8]) -> f32 {
    let mut counts = [0u32; 256];
    bytes.iter().for_each(|b| counts[usize::from(*b)] += 1);
    let len = bytes.len() as f32;
    counts
        .iter()
        .filter(|c| **c > 0)
        .map(|c| *c as f32 / len)
        .map(|p| -p * p.log2())
        .sum()
}
