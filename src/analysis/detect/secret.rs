//! Secrets in what goes out and what comes back.

use super::{Detector, Field, Found, Look, Sink, TextAt};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::secret;

pub const DETECTOR: Detector = Detector {
    name: "secrets",
    rules: &[&rules::SECRET_IN_ARGUMENT, &rules::SECRET_IN_RESULT],
    look: Look::Text(look),
};

fn look(at: &TextAt<'_>, sink: &mut Sink) {
    let rule = match at.field {
        Field::Argument => &rules::SECRET_IN_ARGUMENT,
        Field::Data | Field::Stderr | Field::Question => &rules::SECRET_IN_RESULT,
        _ => return,
    };
    let secrets = secret::find(at.raw.bytes());
    /// Shorter ones stand in other texts by chance.
    const SHORTEST: usize = 16;
    sink.secrets.extend(
        secrets
            .iter()
            .filter(|s| s.kind.sure && s.range.len() >= SHORTEST)
            .map(|s| (s.kind.name, at.raw.slice(s.range.clone()).bytes().to_vec())),
    );
    let mut kinds: Vec<&'static str> = secrets.iter().map(|s| s.kind.name).collect();
    kinds.dedup();
    let Some(first) = secrets.iter().find(|s| s.kind.sure).or(secrets.first()) else {
        return;
    };
    let sure = first.kind.sure;
    let mut found = Found::new(rule)
        .severity(if sure { rule.severity } else { Severity::Low })
        .confidence(if sure {
            Confidence::High
        } else {
            Confidence::Low
        })
        .because(format!(
            "{} secret{} in this text: {}.",
            secrets.len(),
            if secrets.len() == 1 { "" } else { "s" },
            kinds.join(", ")
        ));
    for secret in secrets.iter().take(4) {
        found = found.shows(at.raw, secret.range.clone());
    }
    sink.put(found);
}
