//! What was looked at and what was not, as sentences.

use crate::analysis::MOST_OF_A_TEXT;
use crate::formats::Class;
use crate::session::{ItemKind, Session, Source, size};

/// One sentence a fact, for the end of a report. There is always at least one.
pub fn coverage(session: &Session) -> Vec<String> {
    let mut told: Vec<String> = session.sources().iter().flat_map(of_source).collect();
    if session.sources().is_empty() {
        told.push("Nothing was opened, so nothing was looked at.".into());
    }
    let long = session
        .rows()
        .iter()
        .filter(|row| row.len as usize > MOST_OF_A_TEXT)
        .count() as u64;
    if long > 0 {
        told.push(format!(
            "{} longer than {}: of a text of that length only the start was searched for orders, secrets and patterns.",
            if long == 1 { "1 message is".into() } else { format!("{long} messages are") },
            size(MOST_OF_A_TEXT as u64)
        ));
    }
    let kinds = [
        ItemKind::Tool,
        ItemKind::Prompt,
        ItemKind::Resource,
        ItemKind::Instructions,
    ];
    let defined = session
        .items()
        .iter()
        .filter(|item| kinds.contains(&item.kind))
        .count();
    let wire = session
        .sources()
        .iter()
        .any(|source| source.class == Class::WireComplete && source.messages > 0);
    if wire && defined == 0 {
        told.push(
            "No definition of a tool, prompt or resource is in the recording: whether they are poisoned could not be seen."
                .into(),
        );
    }
    told
}

fn of_source(source: &Source) -> Vec<String> {
    let name = source.name();
    if source.bytes == 0 {
        return vec![format!("{name}: empty file: there was nothing to look at.")];
    }
    let mut told = Vec::new();
    if source.messages == 0 {
        told.push(format!(
            "{name}: no messages in {} ({}, {}).",
            size(source.bytes),
            plural(source.lines, "line"),
            plural(source.blank, "blank one")
        ));
    } else {
        told.push(format!(
            "{name}: {} in {} ({}), analysed.",
            plural(source.messages, "message"),
            plural(source.lines, "line"),
            source.class.name()
        ));
    }
    if source.unreadable > 0 {
        told.push(format!(
            "{name}: {} could not be read as messages; their text was searched all the same.",
            plural(source.unreadable, "line")
        ));
    }
    if source.class != Class::WireComplete {
        told.push(format!("{name}: {}", source.class.meaning()));
    }
    if source.bom > 0 {
        told.push(format!(
            "{name}: has a byte order mark, which was passed over."
        ));
    }
    told.extend(source.notes.iter().map(|note| format!("{name}: {note}")));
    told
}

fn plural(n: u64, word: &str) -> String {
    if n == 1 {
        format!("1 {word}")
    } else {
        format!("{n} {word}s")
    }
}
