//! What must hold of every recording, whatever is in it.

mod common;
#[path = "properties/lines.rs"]
mod lines;
#[path = "properties/naive.rs"]
mod naive;

use common::{study_all, write};
use naive::Naive;
use plainsight::formats::{self, Format, Message, Reading, native};
use plainsight::session::{Chunks, Row, Scratch, Session, SharedSession, SourceArg, load};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;

/// So many cases; nothing is written beside the sources when one fails.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const NATIVE: Option<&str> = Some("native");

fn options(format: Option<&str>, threads: usize) -> load::Options {
    load::Options {
        format: format.and_then(formats::by_id),
        threads,
        ..load::Options::default()
    }
}

fn read(bytes: &[u8], options: load::Options) -> (SharedSession, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&folder, "a.jsonl", bytes);
    let session = load::whole(&[SourceArg::Path(path)], options).unwrap();
    (session, folder)
}

/// Every row, with all that the index says of it, for comparing.
fn told(session: &Session) -> Vec<Naive> {
    (0..session.len())
        .map(|n| Naive::of_row(session, n))
        .collect()
}

/// Every byte is in exactly one row, or is a newline, a blank line's or a byte order mark's; and the book adds up to the
/// file.
fn accounts_for_every_byte(session: &Session, bytes: &[u8]) {
    let source = &session.sources()[0];
    let (mut at, mut sum) = (0, 0);
    let same = |a: &Row, b: &Row| a.offset == b.offset;
    for row in session.rows().chunk_by(same).map(|parts| parts[0]) {
        let start = row.offset as usize;
        assert!(start >= at, "rows overlap at byte {start}");
        let gap = &bytes[at..start];
        let nobody = gap.split(|b| *b == b'\n').any(|line| !is_blank(line));
        assert!(!nobody, "bytes {at} to {start} are nobody's");
        at = start + row.len as usize;
        // A hole of zeros is a row of its own, and what follows it on its line is another.
        let hole = bytes[start..at].iter().all(|b| *b == 0);
        assert!(
            hole || matches!(bytes.get(at), None | Some(b'\n')),
            "a row ends inside a line"
        );
        sum += row.len as usize;
        let before = bytes[..start].iter().filter(|b| **b == b'\n').count();
        assert_eq!(row.line as usize, before + 1);
    }
    assert!(bytes[at..].split(|b| *b == b'\n').all(is_blank));
    for line in bytes.split(|b| *b == b'\n') {
        let rest = line.strip_prefix(BOM).unwrap_or(line);
        let blank = rest.trim_ascii().is_empty();
        sum += line.len() - rest.len() + if blank { rest.len() } else { 0 };
    }
    sum += bytes.iter().filter(|b| **b == b'\n').count();
    assert_eq!(sum, bytes.len());
    assert_eq!(source.bytes as usize, bytes.len());
    assert_eq!(source.indexed as usize, bytes.len());
}

const BOM: &[u8] = b"\xef\xbb\xbf";

fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(BOM)
        .unwrap_or(line)
        .trim_ascii()
        .is_empty()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_index_is_what_a_naive_reader_finds(lines::File(file) in lines::file(), threads in 1usize..4) {
        let (session, _folder) = read(&file, options(NATIVE, threads));
        let session = load::lock_read(&session);
        let expected = naive::read(&file);
        prop_assert_eq!(told(&session), expected);
        accounts_for_every_byte(&session, &file);
    }

    /// The index looks at the outsides of messages. Where these fooled it, the study has the last word.
    #[test]
    fn what_a_message_is_is_known_after_the_study(lines::File(file) in lines::odd_file()) {
        let (session, _folder) = read(&file, options(NATIVE, 1));
        study_all(&session);
        let session = load::lock_read(&session);
        let kinds: Vec<_> = session.rows().iter().map(|row| row.kind.name()).collect();
        let expected: Vec<_> = naive::read(&file).iter().map(|row| row.kind).collect();
        prop_assert_eq!(kinds, expected);
    }

    /// Chunks that meet anywhere find the same lines.
    #[test]
    fn where_chunks_meet_does_not_matter(lines::File(file) in lines::file(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        let folder = tempfile::tempdir().unwrap();
        let file_at = File::open(write(&folder, "a.jsonl", &file)).unwrap();
        let chunks = Chunks {
            file: &file_at,
            len: file.len() as u64,
            lines: native::LINES,
            keys: Default::default(),
        };
        let mut edges: Vec<u64> = cuts.iter().map(|cut| cut.index(file.len() + 1) as u64).collect();
        edges.extend([0, file.len() as u64]);
        edges.sort();
        let mut scratch = Scratch::default();
        let mut scan = |from, to| {
            let batch = chunks.scan(from..to, false, &mut scratch).unwrap();
            let entries: Vec<_> = batch.entries.iter().map(|e| {
                (e.offset, e.len, e.kind, e.dir, e.part, e.id, batch.names.get(plainsight::session::Symbol(e.method)).to_buf())
            }).collect();
            (entries, batch.lines, batch.blank)
        };
        let whole = scan(0, file.len() as u64);
        let parts: Vec<_> = edges.windows(2).map(|edge| scan(edge[0], edge[1])).collect();
        let joined: Vec<_> = parts.iter().flat_map(|(entries, ..)| entries.clone()).collect();
        prop_assert_eq!(joined, whole.0);
        prop_assert_eq!(parts.iter().map(|p| (p.1, p.2)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)), (whole.1, whole.2));
    }

    /// A recording that is read while it is written gives what it gives when it is read at its end.
    #[test]
    fn a_growing_file_is_the_same_file(lines::File(file) in lines::file(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 1..8)) {
        // A message whose end is there, but not the rest of its line, stays as it was first seen.
        let file: Vec<u8> = String::from_utf8(file)
            .map(|t| t.replace(" \n", "\n").replace("\r\n", "\n").replace("{\"a\":1}}", "{\"a\":1}").into_bytes())
            .unwrap();
        let mut edges: Vec<usize> = cuts.iter().map(|cut| cut.index(file.len() + 1)).collect();
        edges.push(file.len());
        edges.sort();
        let folder = tempfile::tempdir().unwrap();
        let path = write(&folder, "a.jsonl", &file[..edges[0]]);
        let mut loading = load::open(&[SourceArg::Path(path.clone())], options(NATIVE, 1)).unwrap();
        loading.run(&Default::default(), &|| {});
        let mut out = File::options().append(true).open(&path).unwrap();
        for edge in edges.windows(2) {
            out.write_all(&file[edge[0]..edge[1]]).unwrap();
            prop_assert_eq!(loading.catch_up(), edge[1] > edge[0]);
        }
        let grown = loading.session();
        let (whole, _folder) = read(&file, options(NATIVE, 1));
        let (grown, whole) = (load::lock_read(&grown), load::lock_read(&whole));
        for (grown, whole) in told(&grown).iter().zip(told(&whole)) {
            prop_assert_eq!(grown, &whole);
        }
        prop_assert_eq!(grown.len(), whole.len());
        let book = |s: &Session| {
            let source = &s.sources()[0];
            (source.bytes, source.lines, source.blank, source.messages, source.unreadable, source.bom)
        };
        prop_assert_eq!(book(&grown), book(&whole));
        let notes = |s: &Session| s.sources()[0].notes.iter().cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(notes(&grown), notes(&whole));
    }
}

/// Reads, studies, and asks everything of the session that a view may ask.
fn look_at_everything(bytes: &[u8], format: Option<&Format>) {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&folder, "a.jsonl", bytes);
    let options = load::Options {
        format: format.and_then(|format| formats::by_id(format.id)),
        ..load::Options::default()
    };
    let Ok(session) = load::whole(&[SourceArg::Path(path)], options) else {
        return;
    };
    study_all(&session);
    let s = load::lock_read(&session);
    assert_eq!(s.studied(), s.len());
    for n in 0..s.len() {
        let id = plainsight::session::RowId(n as u32);
        let body = s.read(id).unwrap();
        let _ = (
            body.message(),
            body.text(),
            body.seq(),
            body.envelope("status"),
        );
        let _ = (
            s.call_of(id),
            s.request_of(id),
            s.response_of(id),
            s.method(id),
            s.name(id),
        );
        let _ = (s.world(id), s.brought_by(id), s.server_of(id));
    }
    for n in 0..s.calls().len() {
        let call = s.call(n);
        assert!(
            call.response
                .is_none_or(|row| row < plainsight::session::RowId(s.len() as u32))
        );
    }
    for item in s.items() {
        for version in 0..item.versions.len() {
            let _ = s.version_json(item, version).unwrap();
        }
    }
    let _ = (s.changes().len(), s.end(), s.progress());
    // Of a transcript only some lines have an entry.
    let stands = |format: &Format| matches!(&format.reading, Reading::Lines(lines) if matches!(lines.message, Message::Stands(_)));
    if format.is_none_or(stands) && stands(s.sources()[0].format) {
        accounts_for_every_byte(&s, bytes);
    }
}

/// A recording with a few places spoilt.
fn spoilt() -> impl Strategy<Value = lines::File> {
    let damage = (any::<prop::sample::Index>(), any::<u8>(), 0..5u8);
    (lines::file(), prop::collection::vec(damage, 1..8)).prop_map(|(lines::File(mut file), all)| {
        for (at, byte, how) in all {
            if file.is_empty() {
                break;
            }
            let at = at.index(file.len());
            match how {
                0 => file[at] = byte,
                1 => file.insert(at, byte),
                2 => file.truncate(at),
                3 => drop(file.drain(at..(at + 9).min(file.len()))),
                _ => file.insert(at, b"\"{[\\\n"[usize::from(byte) % 5]),
            }
        }
        lines::File(file)
    })
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn spoilt_recordings_are_read_as_far_as_they_go(lines::File(bytes) in spoilt(), format in 0..formats::FORMATS.len()) {
        look_at_everything(&bytes, None);
        look_at_everything(&bytes, Some(formats::FORMATS[format]));
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..2000), format in 0..formats::FORMATS.len()) {
        look_at_everything(&bytes, Some(formats::FORMATS[format]));
    }

    #[test]
    fn nor_any_json_where_a_message_should_be(text in r#"([\[\]{},: \n]|"(id|method|result|error|params|tools|name|raw|direction|task|taskId)"|"c2s"|"tools/(list|call)"|[0-9]{1,3}|null|true){0,80}"#, format in 0..formats::FORMATS.len()) {
        look_at_everything(text.as_bytes(), Some(formats::FORMATS[format]));
    }
}
