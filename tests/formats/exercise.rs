//! What must hold for any bytes, whatever format they are read as.

use plainsight::formats::{Format, Known, Line, Message, Origin, Out, Reading, native};
use plainsight::wire::id::MessageKind;
use plainsight::wire::json::Doc;

/// Reads `bytes` as that format and looks at everything that comes of it. Panics where something does not hold.
pub fn exercise(format: &Format, bytes: &[u8]) {
    assert!((format.score)(&bytes[..bytes.len().min(64 << 10)]) <= 100);
    let mut told = Vec::new();
    let mut out = Out::new(&mut told);
    match &format.reading {
        Reading::Lines(lines) => {
            for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
                in_place(lines.peek, lines.message, line);
            }
        }
        Reading::Log(log) => {
            let mut log = log(&Known::default());
            let mut offset = 0;
            for (number, line) in (1..).zip(bytes.split_inclusive(|b| *b == b'\n')) {
                let text = line.strip_suffix(b"\n").unwrap_or(line);
                let text = text.strip_suffix(b"\r").unwrap_or(text);
                let origin = Origin {
                    line: number,
                    offset,
                    len: text.len() as u32,
                };
                log.line(Line { text, origin }, &mut out);
                offset += line.len() as u64;
            }
            log.rest(&mut out);
        }
        Reading::Document(tell) => tell(bytes, &Known::default(), &mut out),
        Reading::Database(tell) => {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), bytes).unwrap();
            tell(file.path(), &Known::default(), &mut out);
        }
    }
    let has_places = !matches!(format.reading, Reading::Database(_));
    let (notes, _) = out.finish().unwrap();
    for note in notes {
        assert!(!note.chars().any(char::is_control), "{note:?}");
    }
    for line in told.split_inclusive(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\n").expect("one entry is one line");
        native_line(line, has_places.then_some(bytes.len()));
    }
}

/// One line of what was told.
fn native_line(line: &[u8], len: Option<usize>) {
    let doc = Doc::parse(line);
    assert!(doc.is_whole(), "{}", line.escape_ascii());
    let root = doc.root().unwrap();
    assert!(root.str("session_id").is_some() && root.str("server_label").is_some());
    let said = ["raw", "text"].iter().filter(|key| root.get(key).is_some());
    assert_eq!(said.count(), 1, "{}", line.escape_ascii());
    if let Some(len) = len
        && let Some(origin) = root.get("origin")
    {
        let numbers: Vec<u64> = (origin.items())
            .map(|n| n.as_i64().unwrap() as u64)
            .collect();
        assert!(
            numbers[1] + numbers[2] <= len as u64,
            "{}",
            line.escape_ascii()
        );
    }
    (native::LINES.peek)(line, &mut |_| {});
}

/// A line that is read in place: what the index sees of it is what is told of it.
fn in_place(peek: plainsight::formats::PeekLine, message: Message, line: &[u8]) {
    let mut seen = Vec::new();
    peek(line, &mut |peek| {
        seen.push((
            peek.kind,
            peek.dir,
            peek.method.to_vec(),
            peek.name.to_vec(),
            peek.id.to_vec(),
        ));
    });
    match message {
        Message::Stands(stands) => {
            let range = stands(line);
            assert!(range.start <= range.end && range.end <= line.len());
        }
        Message::Told(tell) => {
            for (part, seen) in (0..).zip(&seen) {
                let told = tell(line, part);
                if seen.0 == MessageKind::Unreadable {
                    assert_eq!(told, line);
                    continue;
                }
                native_line(&told, None);
                let mut same = Vec::new();
                (native::LINES.peek)(&told, &mut |peek| {
                    same.push((
                        peek.kind,
                        peek.dir,
                        peek.method.to_vec(),
                        peek.name.to_vec(),
                        peek.id.to_vec(),
                    ));
                });
                assert_eq!(&same, std::slice::from_ref(seen), "{}", line.escape_ascii());
            }
        }
    }
}
