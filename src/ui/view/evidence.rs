//! Where a finding's evidence stands in the text that is on the screen.

use super::Scene;
use crate::analysis::signal::secret::MASK;
use crate::analysis::{Finding, Severity};
use crate::session::RowId;
use crate::text::Raw;
use crate::ui::facts::Facts;
use crate::ui::theme::Scope;
use crate::ui::widget::Seen;
use crate::ui::widget::text::Lit;
use memchr::memmem;
use std::cell::OnceCell;
use std::ops::Range;

/// What stands before a mask is looked for by itself if it says this much: less would be found anywhere.
const SHORTEST: usize = 4;
/// Evidence shorter than this is lit only where the finding's pointer says.
pub const TELLING: usize = 8;
/// Findings of one message that are looked for in each of its values.
const MOST: usize = 64;

/// What of a finding's evidence is looked for.
fn needles(finding: &Finding) -> impl Iterator<Item = &[u8]> {
    finding
        .evidence
        .iter()
        .map(|evidence| evidence.spanned().bytes())
}

/// The part before the mask, of evidence in which a secret is masked.
fn before_mask(needle: &[u8]) -> Option<&[u8]> {
    let at = memmem::find(needle, MASK.as_bytes())?;
    Some(needle[..at].trim_ascii())
}

/// Where evidence stands in a text, the secrets of which are spelled out or masked as they are in the evidence.
fn place(text: Raw, masked: &OnceCell<Seen>, needle: &[u8]) -> Option<Range<usize>> {
    let find = |text: Raw, needle: &[u8]| {
        let start = memmem::find(text.bytes(), needle)?;
        Some(start..start + needle.len())
    };
    if needle.is_empty() {
        return None;
    }
    let Some(before) = before_mask(needle) else {
        return find(text, needle);
    };
    let in_masked = || {
        let masked = masked.get_or_init(|| Seen::masked(text).into_owned());
        find(masked.raw(), needle).map(|at| masked.original(at))
    };
    let visible = || find(text, before).filter(|_| before.len() >= SHORTEST);
    find(text, needle).or_else(in_masked).or_else(visible)
}

/// The spans of `text` that a finding is about.
pub fn ranges(finding: &Finding, text: Raw) -> Vec<Range<usize>> {
    let masked = OnceCell::new();
    needles(finding)
        .filter_map(|needle| place(text, &masked, needle))
        .collect()
}

/// The same, lit.
pub fn spans(scene: Scene, finding: &Finding, text: Raw) -> Vec<Lit> {
    light(scene, ranges(finding, text)).collect()
}

/// Spans as they are drawn.
pub fn light(scene: Scene, ranges: Vec<Range<usize>>) -> impl Iterator<Item = Lit> {
    let style = scene.theme.style(Scope::Evidence);
    ranges.into_iter().map(move |span| Lit { span, style })
}

/// The spans in text that is JSON as it was on the wire, where the evidence may stand in escapes.
pub fn ranges_in_json(finding: &Finding, json: Raw) -> Vec<Range<usize>> {
    needles(finding)
        .map(|needle| before_mask(needle).unwrap_or(needle))
        .filter(|needle| needle.len() >= TELLING)
        .filter_map(|needle| in_json(json.bytes(), needle))
        .collect()
}

/// The findings of a message that are looked for in its values.
fn of_message(facts: Facts<'_>, row: RowId) -> impl Iterator<Item = &Finding> {
    let numbers = facts.findings.by_row(row).iter().take(MOST);
    numbers.filter_map(move |number| facts.findings.list().get(*number))
}

/// The spans of one value of a message, which stands at a pointer, that are evidence.
pub fn in_value(facts: Facts, row: RowId, pointer: &str, text: Raw) -> Vec<Range<usize>> {
    of_message(facts, row)
        .flat_map(|finding| {
            let here = finding.place.pointer == pointer;
            let ranges = ranges(finding, text).into_iter();
            ranges.filter(move |range| here || range.len() >= TELLING)
        })
        .collect()
}

/// The spans of a message's JSON that are evidence.
pub fn in_wire(facts: Facts, row: RowId, json: Raw) -> Vec<Range<usize>> {
    of_message(facts, row)
        .flat_map(|finding| ranges_in_json(finding, json))
        .collect()
}

/// Where decoded text stands in JSON: as it is, with the usual escapes, or the longest of its parts that needs none.
fn in_json(json: &[u8], needle: &[u8]) -> Option<Range<usize>> {
    let mut written = Vec::with_capacity(needle.len());
    for byte in needle {
        match byte {
            b'"' | b'\\' => written.extend([b'\\', *byte]),
            b'\n' => written.extend(b"\\n"),
            b'\r' => written.extend(b"\\r"),
            b'\t' => written.extend(b"\\t"),
            _ => written.push(*byte),
        }
    }
    let at = |part: &[u8]| memmem::find(json, part).map(|start| start..start + part.len());
    at(&written).or_else(|| {
        let plain = |b: &u8| !(b.is_ascii_graphic() || *b == b' ') || matches!(b, b'"' | b'\\');
        let longest = needle.split(plain).max_by_key(|part| part.len())?;
        at(longest).filter(|_| longest.len() >= TELLING)
    })
}

/// What the findings of a message say of one of its texts: the spans, and how bad the worst of them is.
pub fn in_message(scene: Scene, row: RowId, text: Raw) -> (Vec<Lit>, Option<Severity>) {
    let (mut lit, mut worst) = (Vec::new(), None);
    for finding in of_message(scene.facts, row) {
        let mut telling = spans(scene, finding, text)
            .into_iter()
            .filter(|lit| lit.span.len() >= TELLING)
            .peekable();
        if telling.peek().is_some() {
            worst = worst.max(Some(finding.severity));
        }
        lit.extend(telling);
    }
    (lit, worst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_found_behind_escapes() {
        let json = br#"{"a": "read \"it\"\nand \u00fcber send all of it"}"#;
        let found = |needle: &str| in_json(json, needle.as_bytes()).map(|r| &json[r]);
        assert_eq!(found("\"it\"\nand"), Some(&br#"\"it\"\nand"#[..]));
        assert_eq!(
            found("über send all of it"),
            Some(&b"ber send all of it"[..])
        );
        assert_eq!(found("nothing of the kind"), None);
    }
}
