//! The log of mcptee: a YAML document a pair of messages, `in: {…}` and `out: {…}`, without times.

use super::text_log;
use super::told::{Line, Log, Transport};
use super::{Class, Entry, Format, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::json::Doc;

pub static FORMAT: Format = Format {
    id: "mcptee",
    title: "log of mcptee (YAML)",
    class: Class::WireComplete,
    signs: "lines `---`, `in: {…}` and `out: {…}`",
    score,
    reading: Reading::Log(|_| Box::new(Tee)),
};

fn score(head: &[u8]) -> u8 {
    let (messages, _) = text_log::count(head, |line| {
        message(line).is_some_and(|(_, text)| is_message(text))
    });
    let (ours, all) = text_log::count(head, |line| line == b"---" || message(line).is_some());
    match messages {
        0 => 0,
        // The last line may be cut by the window.
        _ if ours + 1 >= all => 90,
        _ => (60 * ours / all) as u8,
    }
}

/// Whether an object has what only messages have; it may be cut. YAML of other programs has an `in` and an `out`, too.
fn is_message(text: &[u8]) -> bool {
    let doc = Doc::parse(text);
    let object = doc.root().filter(|root| root.is_object());
    object.is_some_and(|object| {
        ["jsonrpc", "method"]
            .iter()
            .any(|key| object.get(key).is_some())
    })
}

fn message(line: &[u8]) -> Option<(Direction, &[u8])> {
    let inward = line
        .strip_prefix(b"in: ")
        .map(|text| (Direction::C2s, text));
    inward.or_else(|| {
        line.strip_prefix(b"out: ")
            .map(|text| (Direction::S2c, text))
    })
}

struct Tee;

impl Log for Tee {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        out.note(
            "It has no times, and two messages that passed at once may stand in either order.",
        );
        match message(line.text) {
            Some((dir, text)) => {
                let entry = Entry {
                    transport: Transport::Stdio,
                    ..Entry::at(line.origin)
                };
                out.message(&entry, Some(dir), text.trim_ascii());
            }
            None if line.text == b"---" || line.text.trim_ascii().is_empty() => {}
            None => out.skip(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    #[test]
    fn each_line_is_a_message() {
        let log = "---\nin: {\"id\":1,\"method\":\"ping\"}\nout: {\"id\":1,\"result\":{}}\n---\nout: a banner\nin:  {\"id\":1.0}\n";
        let (lines, notes) = told(&FORMAT, log.as_bytes(), &Known::default());
        let begin = r#"{"session_id":"","server_label":"","direction":"#;
        assert_eq!(
            lines,
            [
                format!(r#"{begin}"c2s","transport":"stdio","raw":{{"id":1,"method":"ping"}}}}"#),
                format!(r#"{begin}"s2c","transport":"stdio","raw":{{"id":1,"result":{{}}}}}}"#),
                format!(r#"{begin}"s2c","transport":"stdio","text":"a banner"}}"#),
                format!(r#"{begin}"c2s","transport":"stdio","raw":{{"id":1.0}}}}"#),
            ]
        );
        assert_eq!(notes.len(), 1);
        assert_eq!(score(log.as_bytes()), 90);
        assert_eq!(score(b"in: a\nout: b\n"), 0);
        assert_eq!(score(b"in: {\"a\":1}\nout: {\"b\":2}\n"), 0);
        assert_eq!(score(b"# T\n\n* `in: {`\nin: {x}\n"), 0);
        assert_eq!(score(b""), 0);
    }
}
