//! All rules, and the search for what they mean.
//!
//! One automaton looks for the keywords of all rules at once; a pattern is tried only around its keywords. That is worth
//! a factor of sixty over trying every pattern everywhere.

use super::key_block::{KEY_HEAD, KeyBlocks};
use super::mark;
use super::rule::Rule;
use super::value::Shape;
use crate::analysis::signal::secret;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes before a keyword in which its secret may begin.
const BEFORE: usize = 96;
/// Longest stretch that is looked at in one go, so that no text makes a search quadratic.
const STRETCH: usize = 4 << 10;

/// All rules.
pub struct Table {
    rules: Vec<Rule>,
    gate: AhoCorasick,
    /// By pattern of the gate: the rules that have it as a keyword.
    owners: Vec<Vec<u16>>,
    /// Rules without keywords.
    always: Vec<usize>,
}

/// Where a secret stands, and by which rule it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'t> {
    pub range: Range<usize>,
    pub rule: &'t str,
}

impl Table {
    /// The rules of the program, and more.
    pub fn with(more: Vec<Rule>) -> Table {
        let known = secret::kinds()
            .iter()
            .filter(|kind| kind.keyword() != KEY_HEAD);
        let mut rules: Vec<Rule> = known.map(Rule::of_kind).collect();
        rules.extend(own());
        rules.extend(more);
        let mut words: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        // Nobody owns these: they open the gate for members of such names.
        for word in super::names::WORDS.iter().chain(&[KEY_HEAD]) {
            words.entry(word.to_string()).or_default();
        }
        for (n, rule) in rules.iter().enumerate() {
            for word in &rule.keywords {
                words.entry(word.clone()).or_default().push(n as u16);
            }
        }
        let always = (0..rules.len()).filter(|n| rules[*n].keywords.is_empty());
        Table {
            always: always.collect(),
            gate: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(AhoCorasickKind::DFA))
                .build(words.keys())
                .expect("keywords are short"),
            owners: words.into_values().collect(),
            rules,
        }
    }

    /// Whether there is anything to look at: a keyword, or a rule that has none.
    pub fn is_open(&self, text: &[u8]) -> bool {
        !self.always.is_empty() || self.gate.is_match(text)
    }

    /// The secrets in a text, in order, apart from each other. Marks are left alone, and end what stands beside them.
    pub fn find(&self, text: &[u8]) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        for piece in mark::between_marks(text) {
            let base = piece.start;
            for mut one in self.find_between(&text[piece]) {
                one.range = one.range.start + base..one.range.end + base;
                found.push(one);
            }
        }
        found
    }

    fn find_between(&self, text: &[u8]) -> Vec<Found<'_>> {
        let mut windows: BTreeMap<u16, Vec<Range<usize>>> = BTreeMap::new();
        let mut found = Vec::new();
        let mut blocks = KeyBlocks::of(text);
        for hit in self.gate.find_overlapping_iter(text) {
            let owners = &self.owners[hit.pattern().as_usize()];
            if owners.is_empty() && hit.len() == KEY_HEAD.len() {
                found.extend(blocks.around(hit.range()));
            }
            for owner in owners {
                let rule = &self.rules[usize::from(*owner)];
                if !rule.is_plausible(&text[hit.end()..]) {
                    continue;
                }
                let end = (hit.end() + rule.reach).min(text.len());
                let wide = hit.start().saturating_sub(BEFORE)..end;
                let of_rule = windows.entry(*owner).or_default();
                match of_rule.last_mut() {
                    Some(last)
                        if last.end >= wide.start
                            && wide.end - last.start < STRETCH.max(rule.reach * 2) =>
                    {
                        last.end = wide.end;
                    }
                    _ => of_rule.push(wide),
                }
            }
        }
        for n in &self.always {
            let reach = self.rules[*n].reach;
            let starts = (0..text.len()).step_by(STRETCH);
            let all = starts.map(|at| at..(at + STRETCH + reach).min(text.len()));
            windows.insert(*n as u16, all.collect());
        }
        for (n, windows) in windows {
            let rule = &self.rules[usize::from(n)];
            let mut at = 0;
            for window in windows {
                // A match may have gone on far into the windows behind its own.
                let window = window.start.max(at)..window.end;
                at = at.max(search(rule, text, window, &mut found));
            }
        }
        apart(found)
    }
}

/// Tries a rule in a window. A match that reaches its end is tried again with more of the text. Returns
/// where the last match ended.
fn search<'t>(
    rule: &'t Rule,
    text: &[u8],
    window: Range<usize>,
    found: &mut Vec<Found<'t>>,
) -> usize {
    let (mut at, mut end) = (window.start, window.end);
    while at < window.end {
        let Some((whole, secret)) = rule.next(&text[..end], at) else {
            return at;
        };
        if whole.end == end && end < text.len() {
            end = (end + (end - at) * 4).min(text.len());
            continue;
        }
        if let Some(range) = secret {
            found.push(Found {
                range,
                rule: &rule.name,
            });
        }
        at = whole.end.max(at + 1);
    }
    at
}

/// Joins what overlaps; the wider one names the rule.
pub fn apart(mut found: Vec<Found<'_>>) -> Vec<Found<'_>> {
    found.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end)));
    let mut out: Vec<Found<'_>> = Vec::new();
    for one in found {
        match out.last_mut() {
            Some(last) if one.range.start < last.range.end => {
                if one.range.len() > last.range.len() {
                    last.rule = one.rule;
                }
                last.range.end = last.range.end.max(one.range.end);
            }
            _ => out.push(one),
        }
    }
    out
}

/// Rules of our own: credentials by where they stand.
fn own() -> Vec<Rule> {
    const NAMES: &str = "(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|credentials?)";
    const WORDS: &[&str] = &[
        "password",
        "passwd",
        "passphrase",
        "pwd",
        "secret",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "access_key",
        "access-key",
        "accesskey",
        "secret_key",
        "secret-key",
        "private_key",
        "private-key",
        "credential",
    ];
    vec![
        Rule::own(
            "authorization",
            &["authorization"],
            r#"(?i)\bauthorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:bearer|basic|token|digest|negotiate|apikey|dpop|oauth)\s+)?([^\s"'\\,;]{8,})"#,
            Shape::Token,
        ),
        Rule::own(
            "bearer-token",
            &["bearer"],
            r"(?i)\bbearer\s+([A-Za-z0-9._~+/=-]{12,})",
            Shape::Token,
        ),
        Rule::own(
            "basic-credentials",
            &["basic"],
            r"(?i)\bbasic\s+([A-Za-z0-9+/]{8,}={0,2})",
            Shape::Basic,
        ),
        Rule::own(
            "cookie",
            &["cookie"],
            r#"(?i)\b(?:set-)?cookie\\?["']?\s*:\s*\\?["']?([^\r\n"'\\]{4,})"#,
            Shape::Cookie,
        ),
        Rule::own(
            "url-parameter",
            &[
                "key=",
                "token=",
                "sig=",
                "signature=",
                "credential=",
                "assertion=",
                "verifier=",
                "auth=",
                "code=",
                "session=",
                "sid=",
                "samlresponse=",
            ],
            r#"(?i)[?&#;](?:[a-z0-9_.-]*(?:key|token|sig|signature|credential|assertion|verifier)|auth|code|[a-z_.-]*session|sid|samlresponse)=([^&#\s"'<>\\]{8,})"#,
            Shape::Token,
        ),
        Rule::own(
            "url-password",
            &["password=", "passwd=", "pwd=", "secret="],
            r#"(?i)[?&#;][a-z0-9_.-]*(?:password|passwd|pwd|secret)=([^&#\s"'<>\\]{4,})"#,
            Shape::Anything,
        ),
        Rule::own(
            "url-userinfo",
            &["://"],
            r#"(?i)\b[a-z][a-z0-9+.-]*://[^\s/:@"'<>\\]{0,128}:([^\s/@"'<>\\]{1,256})@[A-Za-z0-9.\[-]"#,
            Shape::Anything,
        ),
        Rule::own(
            "url-userinfo",
            &["://"],
            r#"(?i)\b[a-z][a-z0-9+.-]*://([A-Za-z0-9_.~%+-]{16,256})@[A-Za-z0-9.\[-]"#,
            Shape::Token,
        ),
        Rule::own(
            "assigned",
            WORDS,
            &format!(
                r#"(?i)\b[a-z0-9_.-]*{NAMES}\\?["']?\s*(?:=>|=|:)\s*\\?["']?([^\s"',;<>{{}}()\\$&]{{8,512}})"#
            ),
            Shape::Token,
        ),
        Rule::own(
            "environment",
            &["password=", "passwd=", "passphrase=", "pwd=", "secret="],
            r#"(?i)\b[a-z0-9_]*(?:password|passwd|passphrase|pwd|secret)=["']?([^\s"',;<>{}()\\$&]{6,512})"#,
            Shape::Password,
        ),
        Rule::own(
            "option",
            WORDS,
            &format!(r#"(?i)(?:^|[\s"'])--?[a-z-]*{NAMES}(?:=|\s+)["']?([^\s"'\\]{{6,512}})"#),
            Shape::Password,
        ),
        Rule::own(
            "option",
            &["-u ", "--user"],
            r#"(?:^|[\s"'])(?:-u|--user)[ =]["']?[^\s:"'\\]{1,64}:([^\s"'\\]{4,256})"#,
            Shape::Password,
        ),
    ]
}
