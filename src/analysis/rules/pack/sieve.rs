//! All patterns that look at one kind of text, looked for in one pass.
//!
//! An automaton finds the words that patterns need; only around them the patterns themselves are tried. What a text
//! costs does not grow with the number of rules unless it holds what they look for.

use super::pattern::Pattern;
use super::{PackRule, Rule};
use crate::analysis::MOST_OF_A_TEXT;
use crate::analysis::detect::Field;
use crate::analysis::signal::plain::{Plain, is_disguised};
use crate::text::Raw;
use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexSet, RegexSetBuilder};
use std::cell::OnceCell;
use std::ops::Range;

/// A rule that was met in a text.
#[derive(Debug)]
pub struct Hit {
    pub rule: &'static Rule,
    /// Where, in bytes of the text; at least one.
    pub spans: Vec<Range<usize>>,
}

/// Around the word that a pattern needs, this much is searched for the pattern.
const BEFORE: usize = 2 << 10;
const AFTER: usize = 4 << 10;
/// Places of one pattern in a text that are told.
const MOST_SPANS: usize = 5;

#[derive(Debug)]
pub struct Sieve {
    gate: Option<AhoCorasick>,
    /// For each word of the gate, the patterns that need it.
    owners: Vec<Vec<usize>>,
    /// Patterns without such words, and their places among the patterns: those of the text as it stands, and of the
    /// folded text.
    always: [Option<Always>; 2],
    patterns: Vec<Ready>,
    rules: Vec<(&'static Rule, [Range<usize>; 3])>,
}

/// Patterns that any text could match, by their places; the set says which do. Where they are too many for a set,
/// each is tried.
#[derive(Debug)]
struct Always {
    set: Option<RegexSet>,
    places: Vec<usize>,
}

#[derive(Debug)]
struct Ready {
    regex: Regex,
    decoded: bool,
    anchored: (bool, bool),
}

impl Sieve {
    /// The patterns that look at a field; `None` where there are none.
    pub fn of<'r>(rules: impl Iterator<Item = &'r PackRule>, field: Field) -> Option<Sieve> {
        let mut sieve = Sieve {
            gate: None,
            owners: Vec::new(),
            always: [None, None],
            patterns: Vec::new(),
            rules: Vec::new(),
        };
        let mut words: Vec<(&[u8], usize)> = Vec::new();
        let (mut wordless, mut gated) = (Vec::new(), Vec::new());
        for rule in rules.filter(|rule| rule.fields.contains(&field)) {
            let ranges = [&rule.any, &rule.all, &rule.unless].map(|patterns| {
                let start = sieve.patterns.len();
                for pattern in patterns {
                    let n = sieve.patterns.len();
                    words.extend(pattern.words.iter().map(|word| (&word[..], n)));
                    if pattern.words.is_empty() {
                        wordless.push((pattern, n));
                    } else {
                        gated.push((pattern, n));
                    }
                    sieve.patterns.push(Ready {
                        regex: pattern.regex.clone(),
                        decoded: pattern.decoded,
                        anchored: pattern.anchored,
                    });
                }
                start..sieve.patterns.len()
            });
            sieve.rules.push((rule.rule, ranges));
        }
        words.sort();
        let mut gate: Vec<&[u8]> = Vec::new();
        for (word, n) in words {
            if gate.last() != Some(&word) {
                gate.push(word);
                sieve.owners.push(Vec::new());
            }
            if let Some(owners) = sieve.owners.last_mut() {
                owners.push(n);
            }
        }
        sieve.gate = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&gate)
            .ok()
            .filter(|_| !gate.is_empty());
        if sieve.gate.is_none() {
            // More words than an automaton holds: every pattern is tried as if it had none.
            wordless.extend(gated);
        }
        let (folded, standing): (Vec<_>, Vec<_>) =
            wordless.into_iter().partition(|(p, _)| p.decoded);
        sieve.always = [always(&standing), always(&folded)];
        (!sieve.rules.is_empty()).then_some(sieve)
    }

    /// The rules that are met in a text.
    pub fn find(&self, raw: Raw<'_>) -> Vec<Hit> {
        let raw = raw.slice(0..MOST_OF_A_TEXT);
        let mut search = Search {
            sieve: self,
            raw,
            folded: None,
            short: OnceCell::new(),
            places: Vec::new(),
        };
        search.words();
        if search.places.is_empty() {
            return Vec::new();
        }
        let met = self.rules.iter();
        met.filter_map(|(rule, ranges)| search.rule(rule, ranges))
            .collect()
    }
}

fn always(wordless: &[(&Pattern, usize)]) -> Option<Always> {
    let sources = wordless.iter().map(|(pattern, _)| pattern.regex.as_str());
    // With Unicode's classes for all where one needs them.
    let build = |unicode: bool| {
        RegexSetBuilder::new(sources.clone())
            .unicode(unicode)
            .case_insensitive(true)
            .build()
    };
    let ascii = sources.clone().all(str::is_ascii);
    let set = if ascii {
        build(false).or_else(|_| build(true))
    } else {
        build(true)
    };
    (!wordless.is_empty()).then(|| Always {
        set: set.ok(),
        places: wordless.iter().map(|(_, n)| *n).collect(),
    })
}

/// One text being searched.
struct Search<'s, 't> {
    sieve: &'s Sieve,
    raw: Raw<'t>,
    /// The whole text folded, where disguises are undone in it.
    folded: Option<Plain>,
    /// The same, for a text that is as short as the surroundings of one word.
    short: OnceCell<Plain>,
    /// For each pattern, the stretches to try it in, in bytes of the text; empty where nothing was found.
    places: Vec<Vec<Range<usize>>>,
}

impl<'s> Search<'s, '_> {
    /// Looks for the words in the text as it stands and, where it is disguised, as it is meant.
    fn words(&mut self) {
        let bytes = self.raw.bytes();
        self.gate(bytes, &self.sieve.always[0], |at| at);
        let decodes = self.sieve.patterns.iter().any(|pattern| pattern.decoded);
        if self.sieve.always[1].is_some() || decodes && is_disguised(bytes) {
            let plain = Plain::of(self.raw);
            self.gate(plain.text.as_bytes(), &self.sieve.always[1], |range| {
                plain.source(range)
            });
            self.folded = Some(plain);
        }
    }

    fn gate(
        &mut self,
        bytes: &[u8],
        always: &'s Option<Always>,
        source: impl Fn(Range<usize>) -> Range<usize>,
    ) {
        let sieve = self.sieve;
        let whole = self.raw.len();
        for hit in sieve
            .gate
            .iter()
            .flat_map(|gate| gate.find_overlapping_iter(bytes))
        {
            let span = source(hit.range());
            let wide = span.start.saturating_sub(BEFORE)..(span.end + AFTER).min(whole);
            for owner in &sieve.owners[hit.pattern().as_usize()] {
                self.put(*owner, wide.clone());
            }
        }
        match always {
            Some(Always {
                set: Some(set),
                places,
            }) => {
                for n in set.matches(bytes) {
                    self.put(places[n], 0..whole);
                }
            }
            Some(Always { set: None, places }) => {
                places.iter().for_each(|n| self.put(*n, 0..whole));
            }
            None => {}
        }
    }

    fn put(&mut self, pattern: usize, wide: Range<usize>) {
        if self.places.is_empty() {
            self.places = vec![Vec::new(); self.sieve.patterns.len()];
        }
        let list = &mut self.places[pattern];
        match list.last_mut() {
            Some(last) if wide.start <= last.end && last.start <= wide.end => {
                *last = last.start.min(wide.start)..last.end.max(wide.end);
            }
            _ => list.push(wide),
        }
    }

    /// Whether a rule is met. What it must not find is looked for last: most rules are not met without it.
    fn rule(&self, rule: &'static Rule, [any, all, unless]: &[Range<usize>; 3]) -> Option<Hit> {
        let mut spans = Vec::new();
        for n in any.clone() {
            spans.extend(self.spans(n));
        }
        if spans.is_empty() && !any.is_empty() {
            return None;
        }
        for n in all.clone() {
            let found = self.spans(n);
            if found.is_empty() {
                return None;
            }
            spans.extend(found);
        }
        if unless.clone().any(|n| !self.spans(n).is_empty()) {
            return None;
        }
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup();
        spans.truncate(MOST_SPANS);
        (!spans.is_empty()).then_some(Hit { rule, spans })
    }

    /// Where a pattern matches, in bytes of the text.
    fn spans(&self, n: usize) -> Vec<Range<usize>> {
        let pattern = &self.sieve.patterns[n];
        let mut spans: Vec<Range<usize>> = Vec::new();
        for place in &self.places[n] {
            let (start, end) = pattern.anchored;
            if start && place.start > 0 || end && place.end < self.raw.len() {
                continue;
            }
            let part = self.raw.slice(place.clone());
            let folded;
            let (bytes, plain): (&[u8], Option<&Plain>) = match (&self.folded, pattern.decoded) {
                (_, false) => (part.bytes(), None),
                (Some(plain), true) => {
                    let range = plain.folded(place.clone());
                    (&plain.text.as_bytes()[range], Some(plain))
                }
                (None, true) if part.len() == self.raw.len() => {
                    let plain = self.short.get_or_init(|| Plain::of(part));
                    (plain.text.as_bytes(), Some(plain))
                }
                (None, true) => {
                    folded = Plain::of(part);
                    (folded.text.as_bytes(), Some(&folded))
                }
            };
            // Where the stretch begins, in the bytes of what it was cut from.
            let base = match (&self.folded, pattern.decoded) {
                (Some(plain), true) => plain.folded(place.clone()).start,
                _ => 0,
            };
            let whole = self.folded.is_some() && pattern.decoded;
            for hit in pattern.regex.find_iter(bytes).take(MOST_SPANS) {
                let range = base + hit.start()..base + hit.end();
                spans.push(match plain {
                    Some(plain) if whole => plain.source(range),
                    Some(plain) => {
                        let source = plain.source(range);
                        place.start + source.start..place.start + source.end
                    }
                    None => place.start + range.start..place.start + range.end,
                });
            }
            if spans.len() >= MOST_SPANS {
                break;
            }
        }
        spans
    }
}
