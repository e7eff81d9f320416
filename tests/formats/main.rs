//! Every recording format, by its fixture: recognised by its content alone, counted as a person counted it, and the same
//! up to wherever the file is cut.

mod cut;
mod exercise;
mod mutated;

use plainsight::formats::{self, Class, Reading};
use plainsight::session::load::{self, Options, lock_read};
use plainsight::session::{Session, SharedSession, SourceArg, study};
use plainsight::wire::id::MessageKind;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A fixture with what was counted in it by hand.
struct Counted {
    file: &'static str,
    format: &'static str,
    counts: BTreeMap<&'static str, usize>,
}

fn table() -> Vec<Counted> {
    let lines = include_str!("table.txt").lines();
    let told = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    told.map(|line| {
        let mut words = line.split_whitespace();
        let (file, format) = (words.next().unwrap(), words.next().unwrap());
        let counts = words.map(|word| {
            let (name, count) = word.split_once('=').unwrap();
            (name, count.parse().unwrap())
        });
        Counted {
            file,
            format,
            counts: counts.collect(),
        }
    })
    .collect()
}

fn fixture(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/formats/fixtures")
        .join(file)
}

fn open(path: &Path, options: Options) -> SharedSession {
    let session = load::whole(&[SourceArg::Path(path.to_owned())], options)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    while study::advance(&session, &mut study::Nobody) > 0 {}
    session
}

fn count(session: &Session) -> BTreeMap<&'static str, usize> {
    let of = |kinds: &[MessageKind]| {
        let rows = session.rows().iter();
        rows.filter(|row| kinds.contains(&row.kind)).count()
    };
    use MessageKind::*;
    BTreeMap::from([
        ("messages", session.len() - of(&[Meta])),
        ("requests", of(&[Request])),
        ("notifications", of(&[Notification])),
        ("results", of(&[Result])),
        ("errors", of(&[Error])),
        ("calls", session.calls().len()),
        ("stderr", of(&[Stderr])),
        ("text", of(&[Text])),
        ("meta", of(&[Meta])),
        ("unreadable", of(&[Unreadable])),
    ])
}

#[test]
fn each_fixture_is_what_was_counted() {
    let mut wrong = Vec::new();
    for counted in table() {
        let session = open(&fixture(counted.file), Options::default());
        let session = lock_read(&session);
        let format = session.sources()[0].format.id;
        if format != counted.format {
            wrong.push(format!("{} is read as {format}", counted.file));
        }
        let found = count(&session);
        for (name, expected) in &counted.counts {
            match found.get(name) {
                Some(found) if found == expected => {}
                found => wrong.push(format!(
                    "{}: {name} are {found:?}, and {expected} by hand",
                    counted.file
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_format_has_a_fixture_and_says_what_it_is_known_by() {
    let table = table();
    let mut missing = Vec::new();
    for format in formats::FORMATS {
        if !table.iter().any(|counted| counted.format == format.id) {
            missing.push(format.id);
        }
        assert!(
            !format.signs.is_empty() && !format.title.is_empty(),
            "{}",
            format.id
        );
        assert!(
            format
                .id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        );
    }
    assert!(missing.is_empty(), "no fixture for {missing:?}");
    let mut ids: Vec<_> = formats::FORMATS.iter().map(|format| format.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), formats::FORMATS.len());
}

#[test]
fn every_format_has_a_fuzz_target() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    let targets = manifest.lines().filter(|line| line.starts_with("name = "));
    let mut targets: Vec<_> = (targets.skip(1))
        .map(|line| line.trim_start_matches("name = ").trim_matches('"'))
        .collect();
    let mut ids: Vec<_> = formats::FORMATS.iter().map(|format| format.id).collect();
    targets.sort_unstable();
    ids.sort_unstable();
    assert_eq!(targets, ids);
}

/// Nobody else is nearly as sure of a fixture as its own format is.
#[test]
fn recognition_leaves_no_doubt() {
    let mut doubts = Vec::new();
    for counted in table() {
        let bytes = std::fs::read(fixture(counted.file)).unwrap();
        let found = formats::detect(&bytes);
        let [(first, sure), (second, other), ..] = found.scores[..] else {
            panic!("several formats")
        };
        if first.id != counted.format || sure < other + 10 {
            doubts.push(format!(
                "{}: {} {sure}, {} {other}",
                counted.file, first.id, second.id
            ));
        }
    }
    assert!(doubts.is_empty(), "\n{}\n", doubts.join("\n"));
}

/// A transcript has calls and no handshake; a log of connections has no calls.
#[test]
fn what_a_fixture_holds_fits_its_class() {
    for counted in table() {
        let session = open(&fixture(counted.file), Options::default());
        let session = lock_read(&session);
        let found = count(&session);
        match session.sources()[0].class {
            Class::WireComplete => assert!(found["messages"] > 0, "{}", counted.file),
            Class::CallsOnly => assert!(found["requests"] > 0, "{}", counted.file),
            Class::ConnectionsOnly | Class::Configuration => {
                assert_eq!(found["calls"], 0, "{}", counted.file);
                assert!(found["meta"] > 0, "{}", counted.file);
            }
        }
    }
}

/// Rows say where they stand: the line and the bytes of the file, unless it has none.
#[test]
fn what_is_told_leads_back_to_its_place() {
    for counted in table() {
        let path = fixture(counted.file);
        let text = std::fs::read(&path).unwrap();
        let session = open(&path, Options::default());
        let session = lock_read(&session);
        let source = &session.sources()[0];
        if matches!(
            source.format.reading,
            Reading::Lines(_) | Reading::Database(_)
        ) {
            continue;
        }
        for entry in cut::entries(&session) {
            let (line, offset, len) = entry.origin;
            let (offset, end) = (offset as usize, (offset + len) as usize);
            assert!(len > 0 && end <= text.len(), "{}: {entry:?}", counted.file);
            if line > 0 {
                let before = text[..offset].iter().filter(|b| **b == b'\n').count();
                assert_eq!(line as usize, before + 1, "{}: {entry:?}", counted.file);
            }
        }
    }
}
