//! One rule: what a kind of secret looks like, and what is none of it.

use super::value::Shape;
use crate::analysis::signal::secret::{self, Kind};
use regex::bytes::{Captures, Regex, RegexBuilder};
use std::ops::Range;

/// Largest compiled pattern, in bytes; the widest of public rule sets stay well below.
const LARGEST: usize = 64 << 20;

/// What a kind of secret looks like.
pub struct Rule {
    /// As it stands in marks.
    pub name: String,
    regex: Regex,
    /// The group that is the secret; `None` for the first that matched, or the whole where there is none.
    group: Option<usize>,
    /// Literals in lower case of which every match holds one. Empty: the pattern is tried everywhere.
    pub keywords: Vec<String>,
    judge: Judge,
    /// Bytes after a keyword within which a match ends, unless it only goes on.
    pub reach: usize,
}

/// Bytes within which most secrets end, those of other people's rules, and signed tokens, which have three parts.
const REACH: usize = 320;
const FOREIGN: usize = 2 << 10;
const SIGNED: usize = 8 << 10;

/// Bytes of a line that are looked at on either side of a match, so that long lines with many take no time squared.
const LINE: usize = 1 << 10;

/// What is asked of a match before it counts.
enum Judge {
    /// One of the kinds that the detectors know.
    Kind(&'static Kind),
    Shape(Shape),
    Allowed(Allowed),
}

/// Exceptions as the gitleaks format has them.
#[derive(Default)]
pub struct Allowed {
    /// Least bits a byte of the secret.
    pub entropy: Option<f32>,
    pub lists: Vec<AllowList>,
}

/// What a list of exceptions looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    Secret,
    Match,
    Line,
}

/// One list of exceptions.
pub struct AllowList {
    pub target: Target,
    pub regexes: Vec<Regex>,
    /// In lower case; parts of a secret that say that it is none.
    pub stopwords: Vec<String>,
    /// Both a pattern and a word must be there.
    pub all: bool,
}

/// Compiles a pattern as rule sets mean it. Without Unicode tables this takes a hundredth of the time, so they are only for
/// patterns that cannot do without.
///
/// # Errors
/// What is wrong with the pattern.
pub fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    let build = |unicode| {
        RegexBuilder::new(pattern)
            .unicode(unicode)
            .size_limit(LARGEST)
            .build()
    };
    build(false).or_else(|error| build(true).map_err(|_| error))
}

impl Rule {
    pub fn of_kind(kind: &'static Kind) -> Rule {
        Rule {
            name: super::mark::name(kind.name),
            regex: compile(kind.pattern()).expect("the patterns of the detectors are fixed"),
            group: Some(kind.group()),
            // A quote may be escaped where the text stands, so it is no part of what is looked for.
            keywords: vec![kind.keyword().trim_matches('"').to_string()],
            judge: Judge::Kind(kind),
            reach: if kind.keyword() == "eyj" {
                SIGNED
            } else {
                REACH
            },
        }
    }

    /// A rule of our own; group 1 is the secret.
    pub fn own(name: &str, keywords: &[&str], pattern: &str, shape: Shape) -> Rule {
        Rule {
            name: name.to_string(),
            regex: compile(pattern).expect("our own patterns are fixed"),
            group: Some(1),
            keywords: keywords.iter().map(|word| word.to_string()).collect(),
            judge: Judge::Shape(shape),
            reach: REACH,
        }
    }

    pub fn foreign(
        name: String,
        regex: Regex,
        group: Option<usize>,
        keywords: Vec<String>,
        allowed: Allowed,
    ) -> Rule {
        let signed = keywords.iter().any(|word| word.starts_with("ey"));
        Rule {
            name,
            regex,
            group,
            keywords,
            reach: if signed { SIGNED } else { FOREIGN },
            judge: Judge::Allowed(allowed),
        }
    }

    /// Whether a match may begin here at all, by what follows a keyword.
    pub fn is_plausible(&self, after: &[u8]) -> bool {
        match &self.judge {
            Judge::Kind(kind) => kind.is_plausible(after),
            _ => true,
        }
    }

    /// The first match at or after `at`, and the secret in it if it is one.
    pub fn next(&self, text: &[u8], at: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let groups = self.regex.captures_at(text, at)?;
        let whole = groups.get(0)?.range();
        let secret = self
            .secret(&groups)
            .filter(|secret| !secret.is_empty() && self.holds(text, whole.clone(), secret.clone()));
        Some((whole, secret))
    }

    fn secret(&self, groups: &Captures<'_>) -> Option<Range<usize>> {
        match self.group {
            Some(group) => Some(groups.get(group)?.range()),
            None => (groups.iter().skip(1).flatten())
                .find(|group| !group.is_empty())
                .or(groups.get(0))
                .map(|group| group.range()),
        }
    }

    fn holds(&self, text: &[u8], whole: Range<usize>, secret: Range<usize>) -> bool {
        // Names that only sound like one: the place in a list, the token of a progress.
        if super::names::is_harmless(&text[whole.start..secret.start]) {
            return false;
        }
        let value = &text[secret];
        match &self.judge {
            Judge::Kind(kind) => !kind.is_placeholder(value),
            Judge::Shape(shape) => shape.fits(value),
            Judge::Allowed(allowed) => allowed.holds(text, whole, value),
        }
    }
}

impl Allowed {
    fn holds(&self, text: &[u8], whole: Range<usize>, value: &[u8]) -> bool {
        if self
            .entropy
            .is_some_and(|least| secret::entropy(value) < least)
        {
            return false;
        }
        let line = || {
            let first = whole.start.saturating_sub(LINE);
            let last = text.len().min(whole.end + LINE);
            let start = memchr::memrchr(b'\n', &text[first..whole.start]);
            let end = memchr::memchr(b'\n', &text[whole.end..last]);
            &text[start.map_or(first, |at| first + at + 1)
                ..end.map_or(last, |step| whole.end + step)]
        };
        !self.lists.iter().any(|list| {
            let target = match list.target {
                Target::Secret => value,
                Target::Match => &text[whole.clone()],
                Target::Line => line(),
            };
            list.covers(target, value)
        })
    }
}

impl AllowList {
    fn covers(&self, target: &[u8], value: &[u8]) -> bool {
        let lower = value.to_ascii_lowercase();
        let has = |word: &String| memchr::memmem::find(&lower, word.as_bytes()).is_some();
        let by_pattern = self.regexes.iter().any(|regex| regex.is_match(target));
        let by_word = self.stopwords.iter().any(has);
        if self.all {
            (self.regexes.is_empty() || by_pattern) && (self.stopwords.is_empty() || by_word)
        } else {
            by_pattern || by_word
        }
    }
}
