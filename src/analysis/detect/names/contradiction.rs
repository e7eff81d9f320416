//! Titles and annotations that say the contrary of the name.

use crate::analysis::capability::Verb;
use crate::analysis::detect::{DefinitionAt, Detector, Found, Look, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::ItemKind;
use crate::text::Raw;
use crate::wire::json::Value;

pub const DETECTOR: Detector = Detector {
    name: "titles and annotations against names",
    rules: &[&rules::MISLEADING_TITLE, &rules::MISLEADING_HINT],
    look: Look::Definition(look),
};

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    if at.item.kind != ItemKind::Tool {
        return;
    }
    let Ok(name) = std::str::from_utf8(at.item.name.as_raw().bytes()) else {
        return;
    };
    let Some(verb) = Verb::of(name) else { return };
    for path in [&["title"][..], &["annotations", "title"]] {
        let Some(title) = at.now.at(path).and_then(Value::text) else {
            continue;
        };
        let raw = title.as_raw();
        let Some(said) = std::str::from_utf8(raw.bytes()).ok().and_then(Verb::of) else {
            continue;
        };
        if said.is_harmless() != verb.is_harmless() {
            sink.put(
                Found::new(&rules::MISLEADING_TITLE)
                    .at(format!("/{}", path.join("/")))
                    .shows(raw, 0..raw.len())
                    .because(format!(
                        "The name `{}` says that it {}, the title that it {}.",
                        Raw::from(name).label(60),
                        verb.says(),
                        said.says()
                    )),
            );
            break;
        }
    }
    let read_only = at
        .now
        .at(&["annotations", "readOnlyHint"])
        .and_then(Value::as_bool);
    if read_only == Some(true) && !verb.is_harmless() {
        let severity = match verb {
            Verb::Destroy | Verb::Pay => Severity::Medium,
            _ => Severity::Low,
        };
        sink.put(
            Found::new(&rules::MISLEADING_HINT)
                .severity(severity)
                .at("/annotations/readOnlyHint")
                .shows(at.item.name.as_raw(), 0..name.len())
                .because(format!(
                    "The name says that it {}, and `readOnlyHint` that it changes nothing.",
                    verb.says()
                )),
        );
    }
}
