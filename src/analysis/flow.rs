//! What data came in privately, and where it goes out again.
//!
//! Private are the results of calls that read a sensitive path, and results with secrets in them. Their text is kept as
//! hashes of all stretches of sixteen characters without white space, so that a part is known again however it is
//! wrapped; secrets are kept by themselves. Only hashes are kept, under a key of this run.

use super::signal::encoding::{base64, percent, unhex};
use crate::session::{RowId, ServerId};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::ops::Range;

/// Characters of a stretch that is known again.
const GRAM: usize = 16;
/// Characters that must be known in a row before it is a leak.
const ENOUGH: usize = 24;
/// Most of one private text, and most stretches in all.
const MOST_OF_ONE: usize = 64 << 10;
const MOST: usize = 1 << 21;
/// Most of one argument that is compared.
const MOST_OF_ARGUMENT: usize = 1 << 20;

/// How a text stands in an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sameness {
    Verbatim,
    Encoded(&'static str),
}

/// Private text in an argument.
#[derive(Clone, Debug)]
pub struct Leak {
    /// The result that it came in.
    pub row: RowId,
    pub from: ServerId,
    /// What it is, for a sentence: "a private key", "`~/.netrc`".
    pub what: String,
    /// Holds a secret, or came from where secrets are.
    pub secret: bool,
    /// Bytes of the private text that stand in the argument.
    pub bytes: usize,
    /// In the argument.
    pub span: Range<usize>,
    pub sameness: Sameness,
}

struct Origin {
    row: RowId,
    server: ServerId,
    what: String,
    secret: bool,
}

/// The private texts of a session.
#[derive(Default)]
pub struct Flows {
    origins: Vec<Origin>,
    grams: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    /// Which hashes could be among them: most stretches of an argument are told apart here.
    sieve: Sieve,
    /// Stretches that went out before they came in, or stand in public texts: nobody's secret.
    public: HashSet<u64, BuildHasherDefault<Hashed>>,
    key: RandomState,
}

/// Private texts in the arguments of one call.
#[derive(Default, Debug)]
pub struct Leaks {
    /// The arguments by their places, with what leaves in them.
    pub found: Vec<(usize, Leak)>,
    /// How many private texts were known.
    as_of: usize,
}

impl Flows {
    /// The leaks in the arguments of a call.
    pub fn leaks<'t>(&self, arguments: impl Iterator<Item = &'t [u8]>) -> Leaks {
        let found = arguments
            .enumerate()
            .filter_map(|(n, text)| Some((n, self.leak(text)?)));
        Leaks {
            found: found.collect(),
            as_of: self.origins.len(),
        }
    }

    /// Whether no private text came since those were looked for.
    pub fn is_as_of(&self, leaks: &Leaks) -> bool {
        self.origins.len() == leaks.as_of
    }

    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// Remembers a private text.
    pub fn keep(
        &mut self,
        row: RowId,
        server: ServerId,
        what: String,
        is_secret: bool,
        text: &[u8],
    ) {
        let number = self.origins.len() as u32;
        let mut any = false;
        let text = &text[..text.len().min(MOST_OF_ONE)];
        for (hash, range) in grams(&self.key, text) {
            if self.grams.len() >= MOST {
                break;
            }
            if !self.public.contains(&hash) && !is_plain(text, &range) {
                self.grams.entry(hash).or_insert(number);
                self.sieve.add(hash);
                any = true;
            }
        }
        if any {
            self.origins.push(Origin {
                row,
                server,
                what,
                secret: is_secret,
            });
        }
    }

    /// Remembers what the agent knew before anything private came: it is no leak when it is said again.
    pub fn known(&mut self, text: &[u8]) {
        /// Most of an argument that is remembered: what an agent says by itself is short.
        const MOST_KNOWN: usize = 2 << 10;
        if self.public.len() < MOST {
            let text = &text[..text.len().min(MOST_KNOWN)];
            let hashes: Vec<u64> = grams(&self.key, text)
                .map(|(h, _)| h)
                .filter(|h| !self.grams.contains_key(h))
                .collect();
            self.public.extend(hashes);
        }
    }

    /// The largest part of a private text that stands in an argument, as it is or encoded.
    pub fn leak(&self, argument: &[u8]) -> Option<Leak> {
        let argument = &argument[..argument.len().min(MOST_OF_ARGUMENT)];
        if argument.len() < GRAM || self.origins.is_empty() {
            return None;
        }
        if let Some(leak) = self.match_in(argument) {
            return Some(leak);
        }
        let whole = 0..argument.len();
        let decoded = |bytes: Vec<u8>, name: &'static str| {
            let mut leak = self.match_in(&bytes)?;
            leak.span = whole.clone();
            leak.sameness = Sameness::Encoded(name);
            Some(leak)
        };
        for range in digit_runs(argument) {
            let digits = &argument[range.clone()];
            let hit = base64(digits)
                .and_then(|b| decoded(b, "base64"))
                .or_else(|| unhex(digits).and_then(|b| decoded(b, "hexadecimal")));
            if let Some(mut leak) = hit {
                leak.span = range;
                return Some(leak);
            }
        }
        if memchr::memchr(b'%', argument).is_some()
            && let Some(leak) = decoded(percent(argument), "percent escapes")
        {
            return Some(leak);
        }
        decoded(argument.iter().rev().copied().collect(), "reversed text")
    }

    fn match_in(&self, text: &[u8]) -> Option<Leak> {
        let mut best: Option<(u32, Range<usize>, usize)> = None;
        let mut run: Option<(u32, Range<usize>, usize)> = None;
        for (hash, range) in grams(&self.key, text) {
            let origin = self.sieve.may_hold(hash).then(|| self.grams.get(&hash));
            run = match (origin.flatten(), run.take()) {
                (Some(origin), Some((o, span, n))) if *origin == o => {
                    Some((o, span.start..range.end, n + 1))
                }
                (Some(origin), _) => Some((*origin, range, 1)),
                (None, _) => None,
            };
            if let Some((_, _, n)) = &run
                && best.as_ref().is_none_or(|(_, _, most)| n > most)
            {
                best = run.clone();
            }
        }
        let (origin, span, n) = best?;
        let bytes = n + GRAM - 1;
        let origin = &self.origins[origin as usize];
        (bytes >= ENOUGH || origin.secret && bytes >= GRAM + 4).then(|| Leak {
            row: origin.row,
            from: origin.server,
            what: origin.what.clone(),
            secret: origin.secret,
            bytes: span.len(),
            span,
            sameness: Sameness::Verbatim,
        })
    }
}

/// Hashes of all stretches of [`GRAM`] bytes of a text without its white space, with where they stand.
fn grams<'t>(
    key: &RandomState,
    text: &'t [u8],
) -> impl Iterator<Item = (u64, Range<usize>)> + use<'t> {
    let (salt, other) = (key.hash_one(0u8), key.hash_one(1u8));
    let mut window = 0u128;
    // Where the last bytes of the window stand.
    let mut places = [0usize; GRAM];
    let mut solid = 0usize;
    text.iter().enumerate().filter_map(move |(at, byte)| {
        if byte.is_ascii_whitespace() {
            return None;
        }
        window = window >> 8 | u128::from(*byte) << 120;
        places[solid % GRAM] = at;
        solid += 1;
        (solid >= GRAM).then(|| {
            // One multiplication of both halves under secret salts, folded: an argument is hashed at every byte.
            let product = u128::from(window as u64 ^ salt)
                .wrapping_mul(u128::from((window >> 64) as u64 ^ other));
            let hash = product as u64 ^ (product >> 64) as u64;
            (hash, places[solid % GRAM]..at + 1)
        })
    })
}

/// The finalizer of SplitMix64: every bit of the input touches every bit of the output.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A bit for each of the last bits of a hash.
#[derive(Default)]
struct Sieve(Vec<u64>);

impl Sieve {
    const BITS: u32 = 20;

    fn place(hash: u64) -> (usize, u64) {
        let bit = (hash >> (64 - Sieve::BITS)) as usize;
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, hash: u64) {
        self.0.resize(1 << (Sieve::BITS - 6), 0);
        let (word, bit) = Sieve::place(hash);
        self.0[word] |= bit;
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = Sieve::place(hash);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// Hashes that are hashes already.
#[derive(Default, Clone, Copy)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |h, b| mix(h ^ u64::from(*b)));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// Rules of dashes and repeated letters are in every text.
fn is_plain(text: &[u8], range: &Range<usize>) -> bool {
    let mut seen = [false; 256];
    let distinct = text[range.clone()]
        .iter()
        .filter(|b| {
            !b.is_ascii_whitespace() && !std::mem::replace(&mut seen[usize::from(**b)], true)
        })
        .count();
    distinct < 7
}

/// Runs of base64 or hexadecimal digits, white space inside allowed.
fn digit_runs(text: &[u8]) -> Vec<Range<usize>> {
    let digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_');
    let mut runs = Vec::new();
    let mut at = 0;
    while at < text.len() && runs.len() < 32 {
        if !digit(&text[at]) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < text.len()
            && (digit(&text[end])
                || matches!(text[end], b'\n' | b'\r') && text.get(end + 1).is_some_and(digit))
        {
            end += 1;
        }
        if end - at >= 24 {
            runs.push(at..end);
        }
        at = end + 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: &[u8] = b"[default]\nkey = blue-harbour-97-lantern-QX7\nregion = nowhere-1\n";

    fn flows() -> Flows {
        let mut flows = Flows::default();
        flows.keep(RowId(4), ServerId(0), "a file".into(), true, PRIVATE);
        flows
    }

    #[test]
    fn knows_private_text_again() {
        let flows = flows();
        let leak = flows
            .leak(b"note: key = blue-harbour-97-lantern-QX7, thanks")
            .unwrap();
        assert_eq!((leak.row, leak.sameness), (RowId(4), Sameness::Verbatim));
        assert!(leak.span.start >= 5 && leak.span.end <= 41);
        let wrapped = flows
            .leak(b"key=blue-harbour-\n  97-lantern-QX7 region = no")
            .unwrap();
        assert_eq!(wrapped.sameness, Sameness::Verbatim);
    }

    #[test]
    fn knows_encoded_text_again() {
        let flows = flows();
        let hex: String = PRIVATE.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(
            flows.leak(hex.as_bytes()).unwrap().sameness,
            Sameness::Encoded("hexadecimal")
        );
        let reversed: Vec<u8> = PRIVATE.iter().rev().copied().collect();
        assert_eq!(
            flows.leak(&reversed).unwrap().sameness,
            Sameness::Encoded("reversed text")
        );
        assert_eq!(
            flows
                .leak(b"W2RlZmF1bHRdCmtleSA9IGJsdWUtaGFyYm91ci05Ny1sYW50ZXJuLVFYNwo=")
                .unwrap()
                .sameness,
            Sameness::Encoded("base64")
        );
    }

    #[test]
    fn what_was_known_is_no_leak() {
        let mut flows = Flows::default();
        flows.known(PRIVATE);
        flows.keep(RowId(1), ServerId(0), "a file".into(), true, PRIVATE);
        assert!(flows.is_empty() && flows.leak(PRIVATE).is_none());
        assert!(
            self::flows()
                .leak(b"nothing of the kind stands in this text")
                .is_none()
        );
    }
}
