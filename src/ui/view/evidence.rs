//! Where a finding's evidence stands in the text that is on the screen.

use super::Scene;
use crate::analysis::{Finding, Severity};
use crate::session::RowId;
use crate::text::Raw;
use crate::ui::theme::Scope;
use crate::ui::widget::text::Lit;
use memchr::memmem;
use std::ops::Range;

/// Evidence that says less is not looked for: it would be found anywhere.
const SHORTEST: usize = 4;
/// Evidence shorter than this is lit only where the finding's pointer says.
pub const TELLING: usize = 8;
/// Findings of one message that are looked for in each of its values.
const MOST: usize = 64;

/// What of a finding's evidence is looked for. A secret in it is masked; then its visible beginning is.
fn needles(finding: &Finding) -> impl Iterator<Item = &[u8]> {
    finding.evidence.iter().filter_map(|evidence| {
        let spanned = evidence.text.as_raw().bytes();
        let spanned =
            &spanned[evidence.span.start.min(spanned.len())..evidence.span.end.min(spanned.len())];
        let masked = memmem::find(spanned, "•".as_bytes());
        let needle = match masked {
            Some(at) => spanned[..at].trim_ascii(),
            None => spanned,
        };
        let long_enough = needle.len() >= SHORTEST || (masked.is_none() && !needle.is_empty());
        long_enough.then_some(needle)
    })
}

/// The spans of `text` that a finding is about.
pub fn spans(scene: Scene, finding: &Finding, text: Raw) -> Vec<Lit> {
    let style = scene.theme.style(Scope::Evidence);
    needles(finding)
        .filter_map(|needle| {
            let start = memmem::find(text.bytes(), needle)?;
            Some(Lit {
                span: start..start + needle.len(),
                style,
            })
        })
        .collect()
}

/// The same in text that is JSON as it was on the wire, where the evidence may stand in escapes.
pub fn spans_in_json(scene: Scene, finding: &Finding, json: Raw) -> Vec<Lit> {
    let style = scene.theme.style(Scope::Evidence);
    needles(finding)
        .filter(|needle| needle.len() >= TELLING)
        .filter_map(|needle| {
            Some(Lit {
                span: in_json(json.bytes(), needle)?,
                style,
            })
        })
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
    let findings = scene.facts.findings;
    for number in findings.by_row(row).iter().take(MOST) {
        let Some(finding) = findings.list().get(*number) else {
            continue;
        };
        let spans = spans(scene, finding, text);
        let mut telling = spans
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
