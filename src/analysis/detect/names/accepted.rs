//! Names that look like those of tools that the person trusts, of servers that are not there.

use super::{disguise, name_of};
use crate::analysis::detect::baseline::marked;
use crate::analysis::detect::{Detector, Found, Look, SetAt, Sink};
use crate::analysis::memory::hash;
use crate::analysis::rules;
use crate::session::ItemKind;
use crate::store::baseline::{Baseline, Kind};
use crate::text::Raw;
use std::collections::HashMap;
use std::sync::Arc;

pub const DETECTOR: Detector = Detector {
    name: "names of trusted tools",
    rules: &[&rules::LOOKS_LIKE],
    look: Look::Set(|at, sink| marked(sink, |sink| look(at, sink))),
};

/// Tools that were accepted, by how their names look: places of server and tool in the baseline.
#[derive(Debug)]
pub struct Accepted {
    pub baseline: Arc<Baseline>,
    alike: HashMap<u64, Vec<(u32, u32)>>,
}

/// Tools of one look that are compared.
const MOST: usize = 8;

impl Accepted {
    pub fn of(baseline: Arc<Baseline>) -> Accepted {
        let mut all: HashMap<u64, Vec<(u32, u32)>> = HashMap::new();
        for (server, known) in baseline.servers().iter().enumerate() {
            for (place, item) in known.items().iter().enumerate() {
                if item.kind == Kind::Tool && item.accepted().is_some() {
                    let kept = all
                        .entry(hash(disguise::key(&item.name).as_bytes()))
                        .or_default();
                    if kept.len() < MOST {
                        kept.push((server as u32, place as u32));
                    }
                }
            }
        }
        Accepted {
            baseline,
            alike: all,
        }
    }
}

fn look(at: &SetAt<'_>, sink: &mut Sink) {
    if at.item.kind != ItemKind::Tool {
        return;
    }
    let accepted = at.memory.accepted();
    let baseline = &accepted.baseline;
    let Ok(name) = std::str::from_utf8(at.item.name.as_raw().bytes()) else {
        return;
    };
    let key = hash(disguise::key(name).as_bytes());
    let Some(alike) = accepted.alike.get(&key) else {
        return;
    };
    let label = at.session.server(at.item.server).label.as_raw();
    for (server, place) in alike {
        let known = baseline.servers().get(*server as usize);
        let Some((known, item)) = known.and_then(|k| Some((k, k.items().get(*place as usize)?)))
        else {
            continue;
        };
        let theirs = known.identity.label.as_deref().unwrap_or("another server");
        // A trusted tool of that name is nobody's disguise.
        let own = known.identity.label.as_deref().map(str::as_bytes) == Some(label.bytes());
        let trusted = alike.iter().any(|(server, place)| {
            let known = baseline.servers().get(*server as usize);
            known
                .and_then(|k| k.items().get(*place as usize))
                .is_some_and(|i| i.name == name)
        });
        // What stands in the session is told of there.
        let there = at
            .memory
            .names
            .alike(at.item, name)
            .into_iter()
            .any(|id| name_of(at.session.item_at(id)) == item.name);
        let Some(why) = disguise::of(name, &item.name).filter(|_| !own && !trusted && !there)
        else {
            continue;
        };
        let shown = Raw::from(item.name.as_str()).label(60);
        sink.put(
            Found::new(&rules::LOOKS_LIKE)
                .title(format!(
                    "{}: `{}` and `{shown}` of {}",
                    rules::LOOKS_LIKE.title,
                    Raw::from(name).label(60),
                    Raw::from(theirs).label(40)
                ))
                .at("/name")
                .shows(at.item.name.as_raw(), 0..name.len())
                .because(format!(
                    "You accepted `{shown}` of {}, which is another server. {why}",
                    Raw::from(theirs).label(40)
                ))
                .group(format!("accepted {shown}")),
        );
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Settings;
    use crate::analysis::rules::Example;
    use crate::store::baseline::{
        Client, Covers, Decision, Hash, Identity, Shown, Sighting, Verdict,
    };

    fn settings(tool: &str, verdict: Verdict) -> Arc<Settings> {
        let mut baseline = Baseline::default();
        let identity = Identity {
            address: Some("uvx mailer".into()),
            label: Some("mailer".into()),
            client: Client::Unknown,
        };
        let (at, source) = ("2026-01-01T00:00:00Z".to_owned(), "a.jsonl".to_owned());
        let shown = Shown {
            kind: Kind::Tool,
            name: tool.into(),
            hash: Hash([1; 16]),
            text: None,
            covers: Covers::All,
            sighting: Sighting {
                at: at.clone(),
                source: source.clone(),
            },
        };
        let decision = Decision {
            verdict,
            at,
            source,
        };
        let entry = baseline.entry(&identity).expect("a place");
        assert!(entry.note(shown, Some(decision)));
        Arc::new(Settings {
            baseline: baseline.into(),
            ..Settings::default()
        })
    }

    fn is_found(example: &Example, settings: &Arc<Settings>) -> bool {
        example
            .worst(&rules::LOOKS_LIKE, Arc::clone(settings))
            .expect("a recording")
            .is_some()
    }

    #[test]
    fn a_disguise_of_what_was_accepted_is_told() {
        let trusted = settings("verify_payment", Verdict::Accepted);
        assert!(is_found(&Example::Name("verlfy_payment"), &trusted));
        for innocent in ["verify_payment", "verify-payment", "verify_payments"] {
            assert!(!is_found(&Example::Name(innocent), &trusted), "{innocent}");
        }
        let rejected = settings("verify_payment", Verdict::Rejected);
        assert!(!is_found(&Example::Name("verlfy_payment"), &rejected));
    }
}
