//! Questions that ask people for secrets.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rules;
use crate::analysis::signal::lexicon::{self, Concept};
use crate::analysis::signal::plain::Plain;
use crate::wire::json::Value;

pub const DETECTOR: Detector = Detector {
    name: "questions for secrets",
    rules: &[&rules::ASKS_FOR_SECRET],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(root) = at.doc.root() else { return };
    let asks: Vec<Value<'_>> = match root.get("method") {
        Some(method)
            if method
                .text()
                .is_some_and(|m| m.as_raw() == "elicitation/create") =>
        {
            root.get("params").into_iter().collect()
        }
        Some(_) => return,
        None => root
            .at(&["result", "inputRequests"])
            .map_or(Vec::new(), |requests| {
                requests.items().filter_map(|r| r.get("params")).collect()
            }),
    };
    for ask in asks {
        let fields = ask.at(&["requestedSchema", "properties"]);
        for field in fields.iter().flat_map(|f| f.items()) {
            let Some(key) = field.key() else { continue };
            let raw = key.as_raw();
            let words = super::arguments::tokens(&String::from_utf8_lossy(raw.bytes())).join(" ");
            if is_secret(&words) {
                sink.put(
                    Found::new(&rules::ASKS_FOR_SECRET)
                        .at(field.pointer(None))
                        .shows(raw, 0..raw.len())
                        .because("A field of the form asks for a secret."),
                );
            }
        }
    }
}

fn is_secret(words: &str) -> bool {
    const NAMES: &[&str] = &[
        "password",
        "passwd",
        "passphrase",
        "secret",
        "api key",
        "private key",
        "token",
        "credential",
        "credentials",
        "pin",
        "cvv",
        "otp",
        "seed phrase",
    ];
    let plain = Plain::of(words.into());
    words.split(' ').any(|w| NAMES.contains(&w))
        || lexicon::find(&plain.text)
            .iter()
            .any(|h| h.concept == Concept::Secret && h.end - h.start >= 4)
}
