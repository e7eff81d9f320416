use super::*;
use crate::formats::told::Out;
use crate::formats::{Format, Known, Reading, detect};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// What a format tells of a database, without the places, and the notes.
pub(in crate::formats) fn told(format: &Format, path: &Path) -> (Vec<String>, Vec<String>) {
    let mut lines = Vec::new();
    let mut out = Out::new(&mut lines);
    let Reading::Database(tell) = &format.reading else {
        panic!("no database")
    };
    tell(path, &Known::default(), &mut out);
    let (notes, _) = out.finish().unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let without = |line: &str| {
        let at = line.find(",\"origin\":[").unwrap();
        let end = at + line[at..].find(']').unwrap() + 1;
        format!("{}{}", &line[..at], &line[end..])
    };
    (lines.lines().map(without).collect(), notes)
}

/// A fixture of the table of formats.
pub(in crate::formats) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/formats/fixtures")
        .join(name)
}

fn texts(path: &Path) -> (Vec<String>, Vec<String>) {
    let mut sink = Vec::new();
    let mut out = Out::new(&mut sink);
    let mut texts = Vec::new();
    if let Some(database) = Database::open(path, &mut out) {
        database.rows(
            "SELECT text FROM t ORDER BY rowid",
            &[],
            &mut out,
            |cells, _| {
                texts.push(String::from_utf8(cells[0].bytes().to_vec()).unwrap());
            },
        );
    }
    (texts, out.finish().unwrap().0)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn nothing_is_written_beside_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a?b#c%20.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode=WAL; CREATE TABLE t(text); INSERT INTO t VALUES ('one');",
        )
        .unwrap();
    drop(connection);
    let before = (names(folder.path()), std::fs::read(&path).unwrap());
    assert_eq!(before.0.len(), 1);
    assert_eq!(texts(&path), (vec!["one".to_owned()], vec![]));
    assert_eq!(
        (names(folder.path()), std::fs::read(&path).unwrap()),
        before
    );
}

#[test]
fn what_stands_in_the_log_ahead_is_read_from_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Connection::open(&path).unwrap();
    writer
        .execute_batch("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t(text); INSERT INTO t VALUES ('new');")
        .unwrap();
    let before = names(folder.path());
    assert!(before.contains(&"a.db-wal".to_owned()), "{before:?}");
    assert_eq!(texts(&path), (vec!["new".to_owned()], vec![]));
    assert_eq!(names(folder.path()), before);
    // The writer goes on as if nobody had looked.
    writer
        .execute_batch("INSERT INTO t VALUES ('newer');")
        .unwrap();
    assert_eq!(texts(&path).0, ["new", "newer"]);
}

#[test]
fn a_damaged_database_gives_what_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("CREATE TABLE t(text)").unwrap();
    for n in 0..200 {
        let text = format!("{n}{}", "x".repeat(500));
        writer.execute("INSERT INTO t VALUES (?1)", [text]).unwrap();
    }
    drop(writer);
    let mut bytes = std::fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xff);
    std::fs::write(&path, &bytes).unwrap();
    let (texts, notes) = texts(&path);
    assert!(!texts.is_empty() && texts.len() < 200, "{}", texts.len());
    assert!(notes[0].contains("damaged"), "{notes:?}");
}

#[test]
fn views_in_the_place_of_tables_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch(
            "CREATE VIEW t AS WITH RECURSIVE n(text) AS (SELECT 'x' UNION ALL SELECT text FROM n) SELECT text FROM n",
        )
        .unwrap();
    let (texts, notes) = texts(&path);
    assert!(texts.is_empty() && notes.len() == 1, "{notes:?}");
    let mut sink = Vec::new();
    let mut out = Out::new(&mut sink);
    let database = Database::open(&path, &mut out).unwrap();
    assert!(!database.has("t", &["text"], &mut out));
}

#[test]
fn what_is_no_database_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    std::fs::write(&path, [MAGIC, &[7; 5000]].concat()).unwrap();
    let (texts, notes) = texts(&path);
    assert!(texts.is_empty() && notes.len() == 1, "{notes:?}");
}

#[test]
fn tables_are_looked_for_by_their_whole_names() {
    let head = |sql: &str| [MAGIC, sql.as_bytes()].concat();
    let asked = |sql: &str| score(&head(sql), &["part"], &[]);
    assert!(asked("CREATE TABLE part (id)") > 90);
    assert!(asked("CREATE TABLE `part` (id)") > 90);
    assert_eq!(asked("CREATE TABLE parts(id)"), 0);
    assert_eq!(score(b"CREATE TABLE part(id)", &["part"], &[]), 0);
    assert_eq!(detect(MAGIC).format.map(|f| f.id), None);
}
