//! Addresses that run script when they are opened.

use super::{Detector, FormAt, Found, Look, Sink};
use crate::analysis::rules;
use crate::wire::id::Direction;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "addresses that run script",
    rules: &[&rules::SCRIPT_ADDRESS],
    look: Look::Form(look),
};

/// Members that hold addresses which a client opens or draws.
const ADDRESSES: &[&str] = &[
    "websiteUrl",
    "src",
    "uri",
    "url",
    "icon",
    "href",
    "documentationUrl",
    "logo_uri",
];

fn look(at: &FormAt<'_>, sink: &mut Sink) {
    static GATE: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(["javascript:", "vbscript:", "data:text/html"])
            .expect("the words are fixed")
    });
    if at.dir != Direction::S2c || !GATE.is_match(at.doc.bytes()) {
        return;
    }
    let Some(root) = at.doc.root() else { return };
    for value in root.walk() {
        let (Some(text), Some(key)) = (value.text(), value.key()) else {
            continue;
        };
        if !ADDRESSES.iter().any(|a| key.as_raw() == *a) {
            continue;
        }
        let lower = text.as_raw().slice(0..64).bytes().to_ascii_lowercase();
        let lower = lower.trim_ascii_start();
        if [&b"javascript:"[..], b"vbscript:", b"data:text/html"]
            .iter()
            .any(|s| lower.starts_with(s))
        {
            sink.put(
                Found::new(&rules::SCRIPT_ADDRESS)
                    .at(value.pointer(None))
                    .shows(text.as_raw(), 0..text.as_raw().len().min(120))
                    .because("Opening or drawing it would run the server's script."),
            );
        }
    }
}
