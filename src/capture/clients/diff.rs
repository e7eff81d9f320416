//! What a change does to a file, to be looked at before: a few lines around it, and no value that is nobody's business.

use super::hide::{HIDDEN, hidden};
use crate::analysis::signal::secret;
use crate::clients::{Config, Node, Value};
use crate::text::RawBuf;
use similar::{Algorithm, ChangeTag, TextDiff};
use std::ops::Range;
use std::time::Duration;

/// Lines before and after a change.
const AROUND: usize = 2;
/// Longest line that is shown whole.
const LONGEST: usize = 600;

/// One line of a difference.
pub struct Line {
    /// `' '`, `'-'` or `'+'`; `'@'` for the head of a new place.
    pub sign: char,
    pub text: RawBuf,
}

/// The difference line by line. Of texts and numbers outside of the words of commands nothing is in it.
pub fn diff(old: &Config, new: &Config) -> Vec<Line> {
    let (left, right) = (masked(old), masked(new));
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .timeout(Duration::from_secs(2))
        .diff_lines(left.as_str(), right.as_str());
    let mut lines = Vec::new();
    for group in diff.grouped_ops(AROUND) {
        if let Some(first) = group.first() {
            lines.push(Line {
                sign: '@',
                text: RawBuf::from(format!("line {}", first.old_range().start + 1).as_str()),
            });
        }
        for op in group {
            let changes: Vec<_> = diff.iter_changes(&op).collect();
            let differ = differ(&changes);
            for change in changes {
                lines.push(Line {
                    sign: match change.tag() {
                        ChangeTag::Equal => ' ',
                        ChangeTag::Delete => '-',
                        ChangeTag::Insert => '+',
                    },
                    text: cut(change.value().trim_end_matches(['\n', '\r']), differ),
                });
            }
        }
    }
    lines
}

/// Where the lines of a change begin to differ.
fn differ(changes: &[similar::Change<&str>]) -> usize {
    let one = |tag| changes.iter().find(|c| c.tag() == tag).map(|c| c.value());
    let (Some(old), Some(new)) = (one(ChangeTag::Delete), one(ChangeTag::Insert)) else {
        return 0;
    };
    old.bytes()
        .zip(new.bytes())
        .take_while(|(a, b)| a == b)
        .count()
}

/// A line, or of a long one what is around the place that matters.
fn cut(line: &str, around: usize) -> RawBuf {
    if line.len() <= LONGEST {
        return RawBuf::from(line);
    }
    let start = boundary(line, around.saturating_sub(LONGEST / 4));
    let end = boundary(line, start + LONGEST);
    let before = if start > 0 { "…" } else { "" };
    let after = if end < line.len() { "…" } else { "" };
    RawBuf::from(format!("{before}{}{after}", &line[start..end]).as_str())
}

/// The beginning of the character at a byte.
fn boundary(line: &str, at: usize) -> usize {
    let at = at.min(line.len());
    (0..=at)
        .rev()
        .find(|at| line.is_char_boundary(*at))
        .unwrap_or(0)
}

/// The text without the values that are not shown.
fn masked(config: &Config) -> String {
    let mut keep: Vec<Range<usize>> = Vec::new();
    let mut hide: Vec<Range<usize>> = Vec::new();
    for server in &config.servers {
        let Ok(site) = &server.site else { continue };
        let items = site.args.iter().flat_map(|list| list.items.iter());
        let command = (!site.joined).then_some(&site.command);
        for (range, hidden) in command.into_iter().chain(items).zip(hidden(&server.argv())) {
            keep.extend(hidden.is_empty().then(|| range.clone()));
        }
        keep.push(site.name.clone());
    }
    keep.sort_by_key(|range| range.start);
    values(&config.root, &mut |node| {
        let kept = keep.binary_search_by_key(&node.span.start, |range| range.start);
        if kept.is_err() {
            hide.push(node.span.clone());
        }
    });
    hide.sort_by_key(|range| range.start);
    let mut out = String::with_capacity(config.text.len());
    let mut at = 0;
    for range in hide {
        if range.start < at {
            continue;
        }
        out.push_str(&config.text[at..range.start]);
        // As many lines as before, so that the lines are numbered as in the file.
        let breaks = config.text[range.clone()].matches('\n').count();
        out.push_str(HIDDEN);
        out.push_str(&"\n".repeat(breaks));
        at = range.end;
    }
    out.push_str(&config.text[at..]);
    without_secrets(out)
}

/// What has the form of a secret in comments.
fn without_secrets(text: String) -> String {
    let mut found = secret::hidden(text.as_bytes());
    found.sort_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in found {
        let (Some(before), true) = (text.get(at..range.start), range.start >= at) else {
            continue;
        };
        out.push_str(before);
        out.push_str(HIDDEN);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Calls back with every text and number.
fn values(node: &Node, call: &mut impl FnMut(&Node)) {
    match &node.value {
        Value::Text(_) | Value::Other => call(node),
        Value::List(items, _) => items.iter().for_each(|item| values(item, call)),
        Value::Map(members, _) => members.iter().for_each(|m| values(&m.node, call)),
        Value::Bool(_) | Value::Null => {}
    }
}
