//! Results that carry a command which downloads and runs something.
//!
//! Installation notes are full of them, so this alone is context. It matters when the agent runs the very command
//! (see [`obeyed`](super::obeyed)).

use super::{Detector, Field, Found, Look, Sink, TextAt};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::attack_command;

pub const DETECTOR: Detector = Detector {
    name: "commands in results",
    rules: &[&rules::INJECTION],
    look: Look::Text(look),
};

/// Most of a text that is looked at, and most commands of it that are remembered.
const MOST: usize = 1 << 20;
const MOST_COMMANDS: usize = 8;

fn look(at: &TextAt<'_>, sink: &mut Sink) {
    if at.field != Field::Data {
        return;
    }
    let Ok(text) = std::str::from_utf8(at.raw.slice(0..MOST).bytes()) else {
        return;
    };
    if !["curl", "wget", "/dev/tcp", "owershell", "iwr "]
        .iter()
        .any(|gate| memchr::memmem::find(text.as_bytes(), gate.as_bytes()).is_some())
    {
        return;
    }
    let mut found = Found::new(&rules::INJECTION)
        .severity(Severity::Info)
        .confidence(Confidence::Low)
        .because("It carries a command that downloads and runs something; no call of this recording ran it right away.");
    for span in attack_command::told_in(text)
        .into_iter()
        .take(MOST_COMMANDS)
    {
        found
            .clues
            .named
            .push(text.as_bytes()[span.clone()].to_ascii_lowercase());
        found = found.shows(at.raw, span);
    }
    if !found.evidence.is_empty() {
        sink.put(found);
    }
}
