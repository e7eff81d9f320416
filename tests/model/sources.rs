//! One file or several, native lines or bare ones.

use crate::common::{Recording, open, open_with, study_all, write};
use plainsight::formats;
use plainsight::session::{Outcome, RowId, SourceArg, load};
use plainsight::wire::id::{Direction, MessageKind};
use std::io::Write;

#[test]
fn files_are_merged_by_time() {
    let mut a = Recording::of("a");
    a.at(0).call(1, "first");
    a.at(10).call(2, "third");
    let mut b = Recording::of("b");
    b.at(5).call(1, "second");
    b.at(20).call(2, "fourth");
    let opened = open(&[("a.jsonl", a.bytes()), ("b.jsonl", b.bytes())]);
    let s = opened.get();
    let told: Vec<_> = (0..4).map(|n| s.symbol(s.call(n).tool)).collect();
    assert_eq!(told, ["first", "second", "third", "fourth"]);
    assert!((0..4).all(|n| s.call(n).outcome == Outcome::Ok));
    assert_eq!((s.servers().len(), s.sources().len(), s.len()), (2, 2, 8));
    let times: Vec<_> = s.rows().iter().map(|row| row.time).collect();
    assert!(times.is_sorted());
    let lines: Vec<_> = s.rows().iter().map(|row| row.line).collect();
    assert_eq!(
        lines,
        [1, 2, 1, 2, 3, 4, 3, 4],
        "each file counts its own lines"
    );
}

#[test]
fn a_clock_that_steps_back_reorders_nothing() {
    let mut a = Recording::of("a");
    let request = a.at(100).c2s(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#);
    let response = a.at(50).s2c(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    let mut b = Recording::of("b");
    b.at(70).call(1, "t");
    let opened = open(&[("a.jsonl", a.bytes()), ("b.jsonl", b.bytes())]);
    let s = opened.get();
    let order: Vec<_> = s.rows().iter().map(|row| row.source.0).collect();
    assert_eq!(order, [1, 1, 0, 0]);
    assert_eq!(
        s.response_of(RowId(request.0 + 2)),
        Some(RowId(response.0 + 2))
    );
}

#[test]
fn lines_without_a_time_stay_where_they_are() {
    let mut a = Recording::of("a");
    a.at(10).call(1, "t");
    a.line(r#"{"session_id":"a-1","server_label":"a","direction":"c2s","raw":{"jsonrpc":"2.0","id":2,"method":"ping"}}"#);
    a.at(30).call(3, "u");
    let mut b = Recording::of("b");
    b.at(20).call(1, "v");
    let opened = open(&[("a.jsonl", a.bytes()), ("b.jsonl", b.bytes())]);
    let s = opened.get();
    let order: Vec<_> = s.rows().iter().map(|row| row.source.0).collect();
    assert_eq!(order, [0, 0, 0, 1, 1, 0, 0]);
}

#[test]
fn two_files_of_one_label_are_one_server() {
    let mut a = Recording::of("notes");
    a.call(1, "t");
    let mut b = Recording::of("notes");
    b.reconnect("notes-2").at(60).call(1, "t");
    let opened = open(&[("a.jsonl", a.bytes()), ("b.jsonl", b.bytes())]);
    let s = opened.get();
    assert_eq!((s.servers().len(), s.connections().len()), (1, 2));
    assert_eq!(s.servers()[0].calls, 2);
}

#[test]
fn bare_messages_are_told_apart_by_what_they_are() {
    let bare = concat!(
        "Server starting on stdio...\n",
        r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#,
        "\n",
        r#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18"}}"#,
        "\n",
        r#"{"jsonrpc":"2.0","id":0,"method":"sampling/createMessage","params":{}}"#,
        "\n",
        r#"{"jsonrpc":"2.0","id":0,"result":{"role":"assistant"}}"#,
        "\n",
        "\n",
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}"#,
        "\n",
        r#"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}"#,
        "\n",
    );
    let opened = open(&[("weather.log", bare.as_bytes())]);
    let s = opened.get();
    let told: Vec<_> = s.rows().iter().map(|row| (row.kind, row.dir)).collect();
    use {Direction::*, MessageKind::*};
    assert_eq!(
        told,
        [
            (Text, S2c),
            (Request, C2s),
            (Result, S2c),
            (Request, S2c),
            (Result, C2s),
            (Request, C2s),
            (Error, S2c),
        ]
    );
    assert_eq!(s.sources()[0].format.id, "json-rpc");
    assert_eq!(s.sources()[0].blank, 1);
    assert_eq!(s.servers()[0].label.as_raw(), "weather");
    assert_eq!(s.response_of(RowId(3)), Some(RowId(4)));
    assert_eq!(s.call(0).outcome, Outcome::Error);
}

#[test]
fn bare_files_of_one_name_are_two_connections() {
    let folder = tempfile::tempdir().unwrap();
    let bare = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let mut args = Vec::new();
    for part in ["x", "y"] {
        let inner = folder.path().join(part);
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("notes.jsonl"), bare).unwrap();
        args.push(SourceArg::Path(inner.join("notes.jsonl")));
    }
    let session = load::whole(&args, load::Options::default()).unwrap();
    let s = load::lock_read(&session);
    assert_eq!(s.connections().len(), 2);
    assert!(!s.row(RowId(1)).flags.has(formats::Flags::REUSED));
}

#[test]
fn a_document_is_read_like_lines() {
    let document = br#"[
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "a b"}},
        {"jsonrpc": "2.0", "id": 1, "result": {"content": []}}
    ]"#;
    let opened = open(&[("case.json", document)]);
    let s = opened.get();
    assert_eq!(s.sources()[0].format.id, "json-array");
    assert_eq!(s.symbol(s.call(0).tool), "a b");
    assert_eq!(s.call(0).outcome, Outcome::Ok);
}

#[test]
fn a_compressed_recording_is_read_like_any_other() {
    let mut r = Recording::greeted("notes");
    r.call(1, "t");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(r.bytes()).unwrap();
    let opened = open(&[("notes.jsonl.gz", &packed.finish().unwrap())]);
    let s = opened.get();
    assert_eq!((s.len(), s.calls().len()), (6, 1));
    assert_eq!(s.sources()[0].format.id, "native");
    assert!(s.sources()[0].notes.is_empty());
}

#[test]
fn a_folder_is_every_recording_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut a = Recording::of("a");
    a.call(1, "t");
    write(&folder, "a.jsonl", a.bytes());
    write(&folder, "notes.txt", b"Nothing of interest.\n");
    write(&folder, "empty.jsonl", b"");
    std::fs::create_dir(folder.path().join("deeper")).unwrap();
    let mut b = Recording::of("b");
    b.call(1, "t");
    std::fs::write(folder.path().join("deeper/b.jsonl"), b.bytes()).unwrap();
    let args = [SourceArg::Path(folder.path().into())];
    let session = load::whole(&args, load::Options::default()).unwrap();
    study_all(&session);
    let s = load::lock_read(&session);
    let names: Vec<_> = s.sources().iter().map(|source| source.name()).collect();
    assert_eq!(names, ["a.jsonl", "b.jsonl"]);
    assert_eq!(s.calls().len(), 2);
}

#[test]
fn a_format_may_be_named() {
    let lines = b"{\"method\":\"ping\"}\n{\"method\":\"ping\",\"id\":1}\n";
    let options = load::Options {
        format: formats::by_id("json-rpc"),
        ..load::Options::default()
    };
    let opened = open_with(&[("odd.txt", lines)], options);
    let s = opened.get();
    let kinds: Vec<_> = s.rows().iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [MessageKind::Notification, MessageKind::Request]);
}
