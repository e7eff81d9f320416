//! Texts in which a rule's patterns are: the rules that are data.

use super::{Detector, Found, Look, Sink, TextAt};

pub const DETECTOR: Detector = Detector {
    name: "patterns",
    // They come with the settings.
    rules: &[],
    look: Look::Text(look),
};

fn look(at: &TextAt<'_>, sink: &mut Sink) {
    for hit in at.settings.packs.find(at.raw, at.field) {
        let mut found = Found::new(hit.rule);
        for span in hit.spans {
            found = found.shows(at.raw, span);
        }
        sink.put(found);
    }
}
