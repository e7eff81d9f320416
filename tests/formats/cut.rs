//! A file that is cut anywhere tells the same up to there.

use super::{fixture, open, table};
use plainsight::formats::{self, Reading};
use plainsight::session::load::{Options, lock_read};
use plainsight::session::{RowId, Session};
use plainsight::wire::json::Doc;

/// An entry with its place: line, offset and length in the file.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub origin: (u64, u64, u64),
    /// What is told, without the place.
    told: String,
}

/// The entries of the only source of a session, in their order.
pub fn entries(session: &Session) -> Vec<Entry> {
    let in_place = matches!(session.sources()[0].format.reading, Reading::Lines(_));
    let rows = (0..session.len()).map(|n| RowId(n as u32));
    rows.map(|id| {
        let row = session.row(id);
        let body = session.read(id).unwrap();
        let line = body.line().escape_ascii().to_string();
        let told = format!("{:?} {:?} {}", row.kind, row.dir, without_origin(&line));
        let origin = match in_place {
            true => (u64::from(row.line), row.offset, u64::from(row.len)),
            false => origin(body.envelope("origin").unwrap().as_raw().bytes()),
        };
        Entry { origin, told }
    })
    .collect()
}

fn origin(json: &[u8]) -> (u64, u64, u64) {
    let doc = Doc::parse(json);
    let numbers = doc.root().unwrap().items();
    let numbers: Vec<u64> = numbers.map(|n| n.as_i64().unwrap() as u64).collect();
    (numbers[0], numbers[1], numbers[2])
}

fn without_origin(line: &str) -> String {
    let mark = r#",\"origin\":["#;
    match line.find(mark) {
        Some(at) => {
            let end = line[at..].find(']').unwrap();
            format!("{}{}", &line[..at], &line[at + end..])
        }
        None => line.to_owned(),
    }
}

/// About how many cuts of one fixture.
const CUTS: usize = 120;

#[test]
fn what_stands_before_a_cut_is_told_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for counted in table() {
        let path = fixture(counted.file);
        let format = formats::by_id(counted.format).unwrap();
        if matches!(format.reading, Reading::Database(_)) {
            continue;
        }
        let options = Options {
            format: Some(format),
            ..Options::default()
        };
        let text = std::fs::read(&path).unwrap();
        let whole = entries(&lock_read(&open(&path, options.clone())));
        let cut_file = folder.path().join(counted.file);
        for cut in (1..text.len()).step_by((text.len() / CUTS).max(1)) {
            std::fs::write(&cut_file, &text[..cut]).unwrap();
            let session = open(&cut_file, options.clone());
            let session = lock_read(&session);
            let before = |entry: &&Entry| entry.origin.1 + entry.origin.2 < cut as u64;
            let told = entries(&session);
            let told: Vec<_> = told.iter().filter(before).collect();
            let expected: Vec<_> = whole.iter().filter(before).collect();
            // The entry that was cut may be told as far as it is there.
            let same = told.len() <= expected.len() + 1 && told.starts_with(&expected);
            assert!(
                same,
                "{} cut at {cut}:\n{told:#?}\n{expected:#?}",
                counted.file
            );
        }
    }
}
