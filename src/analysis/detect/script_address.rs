//! Addresses that run script when they are opened.

use super::{Detector, FormAt, Found, Look, Sink};
use crate::analysis::rules;
use crate::wire::id::Direction;
use crate::wire::json::Value;

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

/// What such addresses begin with.
const SCRIPTS: &[&[u8]] = &[b"javascript:", b"vbscript:", b"data:text/html"];

fn look(at: &FormAt<'_>, sink: &mut Sink) {
    if at.dir != Direction::S2c {
        return;
    }
    let Some(root) = at.doc.root() else { return };
    for value in root.walk().filter(|value| holds_address(*value)) {
        let Some(text) = value.text() else { continue };
        let lower = text.as_raw().slice(0..64).bytes().to_ascii_lowercase();
        let lower = lower.trim_ascii_start();
        if SCRIPTS.iter().any(|script| lower.starts_with(script)) {
            sink.put(
                Found::new(&rules::SCRIPT_ADDRESS)
                    .at(value.pointer(None))
                    .shows(text.as_raw(), 0..text.as_raw().len().min(120))
                    .because("Opening or drawing it would run the server's script."),
            );
        }
    }
}

/// Keys are compared as they are spelled, which is quick; only one with an escape in it is decoded.
fn holds_address(value: Value<'_>) -> bool {
    let Some(quoted) = value.raw_key() else {
        return false;
    };
    if quoted.contains(&b'\\') {
        return value
            .key()
            .is_some_and(|key| ADDRESSES.iter().any(|a| key.as_raw() == *a));
    }
    let key = &quoted[1..quoted.len().max(2) - 1];
    ADDRESSES.iter().any(|address| address.as_bytes() == key)
}
