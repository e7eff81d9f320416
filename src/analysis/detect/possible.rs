//! What the tools of a session could do together.

use super::{Detector, Found, Look, SetAt, Sink};
use crate::analysis::capability::Together;
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "a possible way out",
    rules: &[&rules::POSSIBLE_WAY_OUT],
    look: Look::Set(look),
};

fn look(at: &SetAt<'_>, sink: &mut Sink) {
    let Some(parts) = at.memory.together.completed_by(at.item.id) else {
        return;
    };
    let parts = parts.map(|id| at.session.item_at(id));
    let says: Vec<String> = parts
        .iter()
        .zip(Together::PARTS)
        .map(|(item, (does, _))| {
            let server = at.session.server(item.server).label.as_raw().label(40);
            format!("`{}` of {server} {does}", item.name.as_raw().label(60))
        })
        .collect();
    let name = at.item.name.as_raw();
    let mut found = Found::new(&rules::POSSIBLE_WAY_OUT)
        .at("/name")
        .shows(name, 0..name.len())
        .because(format!("{}.", says.join(", ")));
    for part in parts {
        if let Some(version) = part.versions.first() {
            found = found.related(version.from, "listed");
        }
    }
    sink.put(found);
}
