//! Private text that came in a result and goes out in an argument.

use super::{CallAt, Detector, Found, Look, Sink};
use crate::analysis::finding::Evidence;
use crate::analysis::flow::Sameness;
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "private text that leaves",
    rules: &[&rules::EXFILTRATION],
    look: Look::Call(look),
};

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    for (n, leak) in at.leaks {
        let argument = &at.arguments[*n];
        let away = leak.from != at.server;
        let severity = match (away, leak.secret) {
            (true, true) => Severity::Critical,
            (true, false) => Severity::High,
            (false, true) => Severity::Low,
            (false, false) => Severity::Info,
        };
        let how = match leak.sameness {
            Sameness::Verbatim => "word for word".to_owned(),
            Sameness::Encoded(name) => format!("encoded as {name}"),
        };
        let mut found = Found::new(&rules::EXFILTRATION)
            .severity(severity)
            .confidence(if leak.bytes >= 32 {
                Confidence::High
            } else {
                Confidence::Medium
            })
            .at(argument.pointer())
            .related(leak.row, "read")
            .related(at.row, "left")
            .because(format!(
                "{} bytes of {} stand here, {how}{}.",
                leak.bytes,
                leak.what,
                if away {
                    ", and go to another server than they came from"
                } else {
                    "; they go back to the server that they came from"
                }
            ))
            .group(format!("{:?} {}", leak.row, argument.pointer()));
        found.clues.left = Some((leak.what.clone(), leak.bytes as u64));
        found
            .evidence
            .push(Evidence::shortened(argument.raw(), leak.span.clone(), 12));
        sink.put(found);
    }
}
