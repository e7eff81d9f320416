//! What was looked at and what was not, as sentences.

use crate::analysis::MOST_OF_A_TEXT;
use crate::formats::Class;
use crate::session::{ItemKind, Session, Source, SourceId, size};

/// One sentence a fact, for the end of a report. There is always at least one.
pub fn coverage(session: &Session) -> Vec<String> {
    let mut told: Vec<String> = session.sources().iter().flat_map(of_source).collect();
    told.extend(of_recorders(session));
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

/// What recorders could not keep, and which of them did not come to their end.
fn of_recorders(session: &Session) -> Vec<String> {
    let mut told = Vec::new();
    let dropped = session.dropped();
    if dropped > 0 {
        told.push(format!(
            "{} could not be recorded, because the disk was full or could not be written: what was in {} is not known.",
            plural(dropped, "message"),
            if dropped == 1 { "it" } else { "them" }
        ));
    }
    for (number, source) in session.sources().iter().enumerate() {
        let cut = u16::try_from(number).map_or(0, |id| session.cut_short(SourceId(id)));
        if cut > 0 {
            told.push(format!(
                "{}: the recording has no end: its recorder was killed, the machine stopped, or it still runs. A message that was on its way then may be missing.",
                source.name()
            ));
        }
    }
    told
}

fn of_source(source: &Source) -> Vec<String> {
    let name = source.name();
    if source.size == 0 {
        return vec![format!("{name}: empty file: there was nothing to look at.")];
    }
    let mut told = Vec::new();
    let (class, size) = (source.class.name(), size(source.size));
    if source.messages > 0 {
        let messages = plural(source.messages, "message");
        let within = match source.is_told() {
            // Its lines are not those of the file.
            true => size.clone(),
            false => plural(source.lines, "line"),
        };
        told.push(format!(
            "{name}: {messages} in {within} ({class}), analysed."
        ));
    } else if source.events > 0 {
        told.push(format!(
            "{name}: no messages and {} in {size} ({class}).",
            plural(source.events, "event"),
        ));
    } else {
        told.push(format!(
            "{name}: no messages in {size} ({}, {}).",
            plural(source.lines, "line"),
            plural(source.blank, "blank one")
        ));
    }
    if source.skipped > 0 {
        told.push(format!(
            "{name}: {} nothing in it of what a server or an agent's tools said.",
            match source.skipped {
                1 => "1 line or record has".to_owned(),
                n => format!("each of {n} lines or records has"),
            }
        ));
    }
    if source.repeated > 0 {
        told.push(format!(
            "{name}: {} elsewhere too (copied or logged twice), each counted and judged once.",
            match source.repeated {
                1 => "1 entry stands".to_owned(),
                n => format!("{n} entries stand"),
            }
        ));
    }
    if source.unreadable > 0 {
        told.push(format!(
            "{name}: {} could not be read as messages; their text was searched all the same.",
            plural(source.unreadable, "line")
        ));
    }
    if source.class != Class::WireComplete {
        let by = source.class.filled_by().unwrap_or_default();
        told.push(format!("{name}: {} {by}", source.class.meaning()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{SourceArg, load, study};

    fn told(events: &[&str]) -> String {
        let line = |raw: &&str| {
            format!(
                r#"{{"v":1,"session_id":"a-1","server_label":"a","seq":1,"direction":"meta","transport":"stdio","raw":{raw}}}"#
            )
        };
        let lines: Vec<String> = events.iter().map(line).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
        let session = load::whole(&[SourceArg::Path(path)], load::Options::default()).unwrap();
        while study::advance(&session, &mut study::Nobody) > 0 {}
        coverage(&load::lock_read(&session)).join("\n")
    }

    #[test]
    fn what_a_recorder_could_not_keep_is_told() {
        const START: &str = r#"{"event":"start","recorder":"plainsight 0.1.0"}"#;
        let cut = told(&[START]);
        assert!(cut.contains("the recording has no end"), "{cut}");
        let ended = told(&[START, r#"{"event":"exit","code":0,"dropped":2}"#]);
        assert!(!ended.contains("has no end"), "{ended}");
        assert!(
            ended.contains("2 messages could not be recorded"),
            "{ended}"
        );
    }
}
