//! What a server asks of the client's model: secrets, and the context of other servers.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::lexicon::{self, Concept};
use crate::analysis::signal::path;
use crate::analysis::signal::plain::Plain;
use crate::wire::json::Value;

pub const DETECTOR: Detector = Detector {
    name: "questions to the model",
    rules: &[&rules::SAMPLING],
    look: Look::Message(look),
};

/// Most of one text that is looked at.
const MOST: usize = 16 << 10;

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(root) = at.doc.root() else { return };
    let is_sampling = |v: Value<'_>| {
        v.str("method")
            .is_some_and(|m| m.as_raw() == "sampling/createMessage")
    };
    if is_sampling(root) {
        root.get("params").into_iter().for_each(|p| one(p, sink));
    } else if let Some(requests) = root.at(&["result", "inputRequests"]) {
        requests
            .items()
            .filter(|r| is_sampling(*r))
            .filter_map(|r| r.get("params"))
            .for_each(|p| one(p, sink));
    }
}

fn one(params: Value<'_>, sink: &mut Sink) {
    if let Some(context) = params
        .get("includeContext")
        .filter(|v| v.text().is_some_and(|t| t.as_raw() == "allServers"))
    {
        let raw = context.raw();
        sink.put(
            Found::new(&rules::SAMPLING)
                .severity(Severity::Low)
                .at(context.pointer(None))
                .shows(raw, 0..raw.len())
                .because("It wants what the model knows from all other servers, too."),
        );
    }
    let texts = params
        .get("messages")
        .into_iter()
        .flat_map(|m| m.walk())
        .chain(params.get("systemPrompt"))
        .filter(|v| {
            v.key()
                .is_none_or(|k| k.as_raw() == "text" || k.as_raw() == "systemPrompt")
        });
    for value in texts {
        let Some(text) = value.text() else { continue };
        let raw = text.as_raw();
        let plain = Plain::of(raw.slice(0..MOST));
        let hits = lexicon::find(&plain.text);
        let has = |concept: Concept| hits.iter().find(|h| h.concept == concept);
        let act = [
            Concept::Read,
            Concept::Tell,
            Concept::Pass,
            Concept::Content,
        ]
        .into_iter()
        .any(|c| has(c).is_some());
        let secret = hits.iter().find(|h| {
            matches!(h.concept, Concept::Secret | Concept::Conversation) && h.end - h.start >= 5
        });
        let wanted = path::find(&plain.text)
            .into_iter()
            .map(|(range, _)| range)
            .next()
            .or_else(|| secret.map(|h| h.start..h.end));
        let (Some(span), true, None) = (wanted, act, has(Concept::Dont).or(has(Concept::About)))
        else {
            continue;
        };
        sink.put(
            Found::new(&rules::SAMPLING)
                .at(value.pointer(None))
                .shows(plain.text.as_str().into(), span)
                .because("It has the client's model tell a secret, a private file or what was said before."),
        );
        return;
    }
}
