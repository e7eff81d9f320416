//! What is no recording, or a broken one: each gets a sentence that says what, where and what to do, and the rest of
//! the file is still read.

mod common;

use common::{Opened, Recording, open, study_all, write};
use plainsight::session::{Flags, Outcome, RowId, SourceArg, load};
use plainsight::wire::id::MessageKind;
use std::io::Write;
use std::path::Path;

/// The sentence with which opening fails.
fn refused(path: &Path) -> String {
    match load::open(&[SourceArg::Path(path.into())], load::Options::default()) {
        Ok(_) => panic!("{} opens", path.display()),
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn says(sentence: &str, parts: &[&str]) {
    for part in parts {
        assert!(sentence.contains(part), "no \"{part}\" in: {sentence}");
    }
    assert!(sentence.ends_with('.'), "no sentence: {sentence}");
    assert!(!sentence.chars().any(char::is_control), "{sentence:?}");
}

/// Opens a file of one name with these bytes.
fn read(bytes: &[u8]) -> Opened {
    open(&[("case.mcp.jsonl", bytes)])
}

fn note(opened: &Opened) -> String {
    let notes = opened.get().sources()[0].notes.clone();
    assert_eq!(notes.len(), 1, "{notes:?}");
    notes[0].clone()
}

/// A recording, something bad, and a call after it.
fn around(bad: &[u8]) -> Vec<u8> {
    let mut r = Recording::of("notes");
    r.call(1, "before");
    let mut bytes = r.bytes().to_vec();
    bytes.extend(bad);
    let mut r = Recording::of("notes");
    r.call(2, "after");
    bytes.extend(r.bytes());
    bytes
}

/// Both calls around the bad part are whole, and belong to the one server that there is.
#[track_caller]
fn the_rest_is_read(opened: &Opened) {
    let s = opened.get();
    assert_eq!(s.studied(), s.len());
    assert_eq!(s.calls().len(), 2);
    for (n, tool) in ["before", "after"].into_iter().enumerate() {
        assert_eq!(s.symbol(s.call(n).tool), tool);
        assert_eq!(s.call(n).outcome, Outcome::Ok);
    }
    assert_eq!(s.servers().len(), 1);
    assert!(s.progress().done);
    assert_eq!(s.progress().bytes, s.progress().total);
}

#[test]
fn a_missing_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere.jsonl");
    says(
        &refused(&path),
        &["nowhere.jsonl", "no such file or folder", "Check the name"],
    );
}

#[test]
fn a_folder_without_recordings() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "readme.txt", b"Hello.\n");
    says(
        &refused(folder.path()),
        &["holds no recordings", "name one"],
    );
}

#[test]
fn an_empty_file_has_nothing_in_it() {
    for bytes in [&b""[..], b"\n\n \n", b"\xef\xbb\xbf"] {
        let opened = read(bytes);
        let s = opened.get();
        assert!(s.is_empty() && s.servers().is_empty());
        assert!(s.last().is_none() && s.end().is_none());
        assert!(s.progress().done);
    }
}

#[test]
fn what_is_no_recording() {
    let folder = tempfile::tempdir().unwrap();
    for (bytes, what) in [
        (&b"\x7fELF\x02\x01\x01\0\0\0"[..], "an executable"),
        (b"PK\x03\x04rest", "a zip archive"),
        (b"SQLite format 3\0", "SQLite"),
        (
            b"Content-Length: 20\r\n\r\n{\"jsonrpc\":\"2.0\"}",
            "Content-Length headers",
        ),
        (b"\0\x01\x02\x03", "binary data"),
        (b"{\"a\": 1}\n", "JSON, but no messages"),
        (b"Dear diary,\n", "text, but no log"),
    ] {
        let path = write(&folder, "odd.bin", bytes);
        says(
            &refused(&path),
            &[
                "odd.bin",
                "not a recording",
                what,
                "Formats: native",
                "--format",
            ],
        );
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_to_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("pipe");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    says(
        &refused(&fifo),
        &["pipe", "a named pipe", "`-` for standard input"],
    );
    says(&refused(Path::new("/dev/zero")), &["/dev/zero", "a device"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    symlink(&second, &first).unwrap();
    symlink(&first, &second).unwrap();
    says(
        &refused(&first),
        &["first", "leads back to itself", "Name the file"],
    );
    let dangling = folder.path().join("dangling");
    symlink("gone.jsonl", &dangling).unwrap();
    says(
        &refused(&dangling),
        &["dangling", "a link to gone.jsonl", "not there"],
    );
    // A folder that holds itself is searched once.
    symlink(folder.path(), folder.path().join("again")).unwrap();
    says(&refused(folder.path()), &["holds no recordings"]);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_an_attack() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{1b}]0;owned\u{7}\u{202e}b.jsonl");
    says(&refused(&path), &["⟨", "no such file"]);
    let mut r = Recording::of("x");
    r.call(1, "t");
    std::fs::write(&path, r.bytes()).unwrap();
    let session = load::whole(&[SourceArg::Path(path)], load::Options::default()).unwrap();
    let name = load::lock_read(&session).sources()[0].name();
    assert!(
        !name.chars().any(|c| c.is_control() || c == '\u{202e}'),
        "{name:?}"
    );
}

#[test]
fn a_last_line_that_was_cut_off() {
    let mut bytes = around(b"");
    let whole = bytes.len();
    bytes.extend(br#"{"v":1,"session_id":"notes-1","server_label":"notes","direction":"c2s","raw":{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"caf"#);
    bytes.push(0xc3);
    let opened = read(&bytes);
    the_rest_is_read(&opened);
    let at = format!(
        "at byte {whole}, is not complete ({} bytes)",
        bytes.len() - whole
    );
    says(&note(&opened), &["The last line", &at, "cut off there"]);
    let s = opened.get();
    let last = s.row(s.last().unwrap());
    assert_eq!(last.kind, MessageKind::Unreadable);
    assert!(last.flags.has(Flags::TORN));
    assert_eq!(s.sources()[0].unreadable, 1);
}

#[test]
fn a_last_message_without_a_newline_is_a_message() {
    let mut bytes = around(b"");
    bytes.pop();
    let opened = read(&bytes);
    the_rest_is_read(&opened);
    assert!(opened.get().sources()[0].notes.is_empty());
}

#[test]
fn lines_that_are_not_json() {
    for bad in [
        &b"Segmentation fault (core dumped)\n"[..],
        b"{\"session_id\":\"notes-1\",\"server_la\n",
        b"{\"a\":1}{\"b\":2}\n",
        b"[[[[[[\n",
        b"\"\n",
        b"{]}\n",
    ] {
        let opened = read(&around(bad));
        the_rest_is_read(&opened);
        let s = opened.get();
        assert_eq!(
            s.row(RowId(2)).kind,
            MessageKind::Unreadable,
            "{}",
            bad.escape_ascii()
        );
        assert_eq!(s.sources()[0].unreadable, 1);
        assert_eq!(s.read(RowId(2)).unwrap().line(), bad.trim_ascii_end());
        assert_eq!(s.row(RowId(3)).line, 4);
    }
}

#[test]
fn invalid_utf8_stays_as_it_is() {
    let line = b"{\"session_id\":\"notes-1\",\"server_label\":\"notes\",\"direction\":\"s2c\",\"raw\":{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\"caf\xe9 \xc0\xaf\xed\xa0\x80\"}}}\n";
    let opened = read(&around(line));
    the_rest_is_read(&opened);
    let s = opened.get();
    assert_eq!(s.row(RowId(2)).kind, MessageKind::Notification);
    assert_eq!(s.read(RowId(2)).unwrap().line(), line.trim_ascii_end());
}

#[test]
fn nesting_a_million_deep() {
    const DEPTH: usize = 1_000_000;
    let deep = |open: &str, close: &str| {
        let inside = format!("{}1{}", open.repeat(DEPTH), close.repeat(DEPTH));
        format!(
            r#"{{"session_id":"notes-1","server_label":"notes","direction":"s2c","raw":{{"jsonrpc":"2.0","id":9,"result":{{"tools":[{{"name":"deep","inputSchema":{inside}}}]}}}}}}"#
        )
    };
    let ask = r#"{"session_id":"notes-1","server_label":"notes","direction":"c2s","raw":{"jsonrpc":"2.0","id":9,"method":"tools/list"}}"#;
    for line in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        deep("[", ""),
        "[".repeat(DEPTH),
    ] {
        let opened = read(&around(format!("{ask}\n{line}\n").as_bytes()));
        the_rest_is_read(&opened);
        assert_eq!(opened.get().len(), 6);
    }
}

#[test]
fn duplicate_keys_are_read_as_most_readers_do() {
    let twice = concat!(
        r#"{"session_id":"notes-1","server_label":"notes","direction":"c2s","raw":{"jsonrpc":"2.0","id":7,"method":"ping","method":"tools/call","params":{"name":"mild","name":"wild"}}}"#,
        "\n",
    );
    let opened = read(&around(twice.as_bytes()));
    let s = opened.get();
    assert_eq!(s.calls().len(), 3);
    assert_eq!(s.method(RowId(2)), "tools/call");
    assert_eq!(s.name(RowId(2)), "wild", "the last of two is what runs");
}

#[test]
fn an_id_that_is_null() {
    let null = concat!(
        r#"{"session_id":"notes-1","server_label":"notes","direction":"c2s","raw":{"jsonrpc":"2.0","id":null,"method":"ping"}}"#,
        "\n",
        r#"{"session_id":"notes-1","server_label":"notes","direction":"s2c","raw":{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}}"#,
        "\n",
    );
    let opened = read(&around(null.as_bytes()));
    the_rest_is_read(&opened);
    let s = opened.get();
    assert_eq!(
        s.row(RowId(2)).kind,
        MessageKind::Request,
        "null is no notification"
    );
    assert!(s.row(RowId(2)).flags.has(Flags::NULL_ID));
    assert_eq!(s.row(RowId(3)).kind, MessageKind::Error);
}

#[test]
fn byte_order_marks_are_passed_over() {
    let opened = read(&[b"\xef\xbb\xbf", &around(b"")[..]].concat());
    the_rest_is_read(&opened);
    {
        let s = opened.get();
        assert_eq!((s.sources()[0].bom, s.sources()[0].notes.len()), (3, 0));
        assert_eq!((s.row(RowId(0)).offset, s.row(RowId(0)).line), (3, 1));
    }
    let mut r = Recording::of("notes");
    r.call(1, "before");
    let at = r.bytes().len();
    let mut other = Recording::of("notes");
    other.call(2, "after");
    let opened = read(&[r.bytes(), b"\xef\xbb\xbf", other.bytes()].concat());
    the_rest_is_read(&opened);
    says(
        &note(&opened),
        &[&format!("at byte {at}"), "files were joined there"],
    );
}

#[test]
fn other_line_ends() {
    let text = String::from_utf8(around(b"")).unwrap();
    let opened = read(text.replace('\n', "\r\n").as_bytes());
    the_rest_is_read(&opened);
    assert!(opened.get().sources()[0].notes.is_empty());
    drop(opened);
    let opened = read(text.replace('\n', "\r").as_bytes());
    let notes = opened.get().sources()[0].notes.join(" ");
    says(&notes, &["carriage returns", "convert them"]);
    // U+2028, a line feed to JavaScript, does not end a line.
    let opened = read(&around("{\"session_id\":\"notes-1\",\"server_label\":\"notes\",\"direction\":\"stderr\",\"text\":\"a\u{2028}b\u{85}c\"}\n".as_bytes()));
    the_rest_is_read(&opened);
    assert_eq!(opened.get().row(RowId(2)).kind, MessageKind::Stderr);
}

#[test]
fn a_hole_of_zeros_hides_nothing_behind_it() {
    let before = around(b"").len() / 2;
    let hole = [0; 4096];
    for bad in [&hole[..], &[&hole[..], b"\n"].concat()] {
        let opened = read(&around(bad));
        the_rest_is_read(&opened);
        says(
            &note(&opened),
            &["only zeros from byte", "4096 bytes", "lost"],
        );
        let s = opened.get();
        assert_eq!(s.row(RowId(2)).kind, MessageKind::Unreadable);
        assert_eq!(s.row(RowId(2)).len, 4096);
        assert!(s.row(RowId(2)).offset as usize > before - 10);
    }
    // At the end, where a machine that stopped leaves it.
    let opened = read(&[&around(b"")[..], &hole].concat());
    the_rest_is_read(&opened);
    says(&note(&opened), &["4096 bytes"]);
}

#[test]
fn a_line_of_seventy_megabytes() {
    let mut bytes = around(b"");
    let long = "long ".repeat(14 << 20);
    write!(bytes, r#"{{"session_id":"notes-1","server_label":"notes","direction":"c2s","raw":{{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{"name":"large","arguments":{{"text":"{long}"}}}}}}}}"#).unwrap();
    bytes.push(b'\n');
    bytes.extend(Recording::of("notes").tap(|r| r.call(8, "last")).bytes());
    drop(long);
    let opened = read(&bytes);
    let s = opened.get();
    assert_eq!(s.calls().len(), 4);
    assert_eq!(s.symbol(s.call(2).tool), "large");
    assert_eq!(s.symbol(s.call(3).tool), "last");
    assert_eq!(s.call(3).outcome, Outcome::Ok);
    let row = s.row(s.call(2).request);
    assert_eq!(
        u64::from(row.len) + row.offset + 1,
        s.row(s.call(3).request).offset
    );
    let body = s.read(s.call(2).request).unwrap();
    assert_eq!((body.line().len(), body.missing()), (row.len as usize, 0));
}

trait Tap {
    fn tap<T>(self, work: impl FnOnce(&mut Self) -> T) -> Self;
}

impl Tap for Recording {
    fn tap<T>(mut self, work: impl FnOnce(&mut Self) -> T) -> Self {
        work(&mut self);
        self
    }
}

#[test]
fn a_compressed_file_that_was_cut_off() {
    let mut r = Recording::of("notes");
    for id in 0..2000 {
        r.call(id, &format!("tool-{id}"));
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(r.bytes()).unwrap();
    let mut packed = packer.finish().unwrap();
    packed.truncate(packed.len() / 2);
    let opened = open(&[("notes.jsonl.gz", &packed)]);
    let s = opened.get();
    assert!(s.calls().len() > 100);
    says(
        &s.sources()[0].notes[0],
        &["compressed data", "cut off", "bytes before that were read"],
    );
}

#[test]
fn a_document_that_breaks_off_in_its_middle() {
    let document = br#"[
  {"jsonrpc":"2.0","id":1,"method":"ping"},
  {"jsonrpc":"2.0","id":1 "result":{}},
  {"jsonrpc":"2.0","id":2,"method":"ping"}
]"#;
    let opened = open(&[("case.json", document)]);
    {
        let s = opened.get();
        let pings = s
            .rows()
            .iter()
            .filter(|row| row.kind == MessageKind::Request);
        assert_eq!(pings.count(), 2);
    }
    says(
        &note(&opened),
        &["stops being JSON at byte", "went on at byte"],
    );
}

#[test]
fn a_file_that_shrinks_while_it_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(&folder, "a.jsonl", &around(b""));
    let mut loading =
        load::open(&[SourceArg::Path(path.clone())], load::Options::default()).unwrap();
    loading.run(&Default::default(), &|| {});
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_len(10).unwrap();
    assert!(loading.catch_up());
    let session = loading.session();
    study_all(&session);
    let s = load::lock_read(&session);
    says(
        &s.sources()[0].notes[0],
        &["became shorter", "a source of its own"],
    );
    assert!(s.read(RowId(3)).is_err());
    assert_eq!(s.sources()[1].size, 10);
}
