use super::*;
use std::fs;
use std::io::Write;

fn start(label: &str) -> Start<'_> {
    let mut meta = Map::new();
    meta.insert("command".into(), serde_json::json!(["server"]));
    Start {
        label,
        transport: Transport::Stdio,
        session: None,
        meta,
    }
}

fn record(options: Options, write: impl FnOnce(&Recorder)) -> PathBuf {
    let (recorder, error) = Recorder::create(start("notes"), options);
    assert!(error.is_none(), "{error:?}");
    let path = recorder.path().expect("a file");
    write(&recorder);
    recorder.finish(Map::new());
    path
}

fn bytes(direction: Direction, bytes: &[u8]) -> Entry<'_> {
    Entry {
        direction,
        body: Body::Bytes(bytes),
        http: None,
        marks: Marks::default(),
    }
}

fn entries(path: &Path) -> Vec<Value> {
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect()
}

fn in_folder() -> (tempfile::TempDir, Options) {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        folder: Some(folder.path().join("sessions")),
        ..Options::default()
    };
    (folder, options)
}

#[test]
fn what_is_written_is_what_passed() {
    let (_folder, options) = in_folder();
    let odd = br#"{"jsonrpc":"2.0","id":1.0,"id":2,"x":"\ud800\/","n":1e400}"#;
    let path = record(options, |recorder| {
        assert_eq!(recorder.write(&bytes(Direction::C2s, odd)), 2);
        assert_eq!(
            recorder.write(&bytes(Direction::S2c, b"Starting \"x\"\x1b[0m")),
            3
        );
        recorder.write(&bytes(Direction::S2c, b"{\"a\":\"\xff\"}"));
        recorder.write(&bytes(Direction::S2c, b""));
        recorder.write(&bytes(Direction::C2s, b"{\n \"a b\" : 1\n}\n"));
        recorder.write(&bytes(Direction::Stderr, "grüße".as_bytes()));
    });
    let text = fs::read(&path).unwrap();
    assert!(memchr::memmem::find(&text, &[b"\"raw\":".as_slice(), odd, b"}\n"].concat()).is_some());
    let lines: Vec<&[u8]> = text.split(|b| *b == b'\n').collect();
    let entry = |n: usize| serde_json::from_slice::<Value>(lines[n]).unwrap();
    assert_eq!(entry(0)["raw"]["event"], "start");
    assert_eq!(entry(0)["raw"]["command"][0], "server");
    assert_eq!(entry(0)["raw"]["redaction"], "none");
    assert_eq!(entry(2)["text"], "Starting \"x\"\u{1b}[0m");
    assert_eq!(entry(3)["text"], "{\"a\":\"\u{fffd}\"}");
    assert_eq!(entry(3)["b64"], "eyJhIjoi/yJ9");
    assert_eq!(entry(4)["text"], "");
    assert_eq!(
        (&entry(5)["raw"], &entry(5)["reflowed"]),
        (&serde_json::json!({"a b": 1}), &true.into())
    );
    assert_eq!(
        (&entry(6)["text"], &entry(6)["direction"]),
        (&"grüße".into(), &"stderr".into())
    );
    assert_eq!(
        (&entry(7)["raw"]["event"], &entry(7)["raw"]["dropped"]),
        (&"exit".into(), &0.into())
    );
    for n in 0..8 {
        if n != 1 {
            assert_eq!(entry(n)["seq"], n as u64 + 1);
            assert_eq!(entry(n)["server_label"], "notes");
        }
    }
}

#[test]
fn lines_of_one_read_are_one_write_and_keep_their_marks() {
    let (_folder, options) = in_folder();
    let buffer = b"{\"id\":1}\r\n{\"id\":2}\nhalf";
    let line = |range: Range<usize>, marks| Line {
        shape: shape_of(&buffer[range.clone()]),
        range,
        marks,
    };
    let crlf = Marks {
        crlf: true,
        ..Marks::default()
    };
    let half = Marks {
        unterminated: true,
        ..Marks::default()
    };
    let path = record(options, |recorder| {
        let lines = [
            line(0..8, crlf),
            line(10..18, Marks::default()),
            line(19..23, half),
        ];
        assert_eq!(recorder.lines(Direction::C2s, buffer, &lines), 4);
    });
    let entries = entries(&path);
    assert_eq!(entries.len(), 5);
    assert_eq!(entries[1]["eol"], "crlf");
    assert_eq!(entries[2]["raw"]["id"], 2);
    assert_eq!(
        (&entries[3]["text"], &entries[3]["unterminated"]),
        (&"half".into(), &true.into())
    );
    assert_eq!(entries[1]["ts"], entries[3]["ts"]);
}

#[test]
fn how_it_travelled_is_told() {
    let (_folder, options) = in_folder();
    let facts = HttpFacts {
        conn_id: "127.0.0.1:5".into(),
        xchg: 3,
        method: Some("POST".into()),
        path: Some("/m\"cp".into()),
        status: Some(401),
        sse: Some(Sse::default()),
        mcp_session_id: Some("s".into()),
        mcp_param_headers: vec![
            ("mcp-param-region".into(), "eu".into()),
            ("mcp-param-n".into(), "1".into()),
        ],
        authorization: Some("Bearer #1234".into()),
        ..HttpFacts::default()
    };
    let path = record(options, |recorder| {
        recorder.write(&Entry {
            direction: Direction::S2c,
            body: Body::None,
            http: Some(&facts),
            marks: Marks::default(),
        });
    });
    let entry = entries(&path).swap_remove(1);
    assert_eq!(
        entry["http"],
        serde_json::json!({"method": "POST", "path": "/m\"cp"})
    );
    assert_eq!(entry["sse"], serde_json::json!({}));
    assert_eq!(
        entry["mcp_param_headers"],
        serde_json::json!([
            {"name": "mcp-param-region", "value": "eu"},
            {"name": "mcp-param-n", "value": "1"},
        ])
    );
    assert_eq!((&entry["status"], &entry["xchg"]), (&401.into(), &3.into()));
}

#[test]
fn a_long_message_is_copied_from_its_file() {
    let (_folder, options) = in_folder();
    let mut json = tempfile::tempfile().unwrap();
    let long = "é".repeat(200_000);
    write!(json, "{{\"id\":1,\"result\":\"{long}\"}}").unwrap();
    let len = json.metadata().unwrap().len();
    let mut other = tempfile::tempfile().unwrap();
    other.write_all(&[0xff; 100_000]).unwrap();
    let path = record(options, |recorder| {
        for (file, len) in [(&json, len), (&other, 100_000)] {
            recorder.write(&Entry {
                body: Body::File { file, len },
                ..bytes(Direction::S2c, b"")
            });
        }
    });
    let entries = entries(&path);
    assert_eq!(entries[1]["raw"]["result"], long.as_str());
    assert_eq!(
        entries[2]["text"].as_str().unwrap().chars().count(),
        100_000
    );
    assert_eq!(entries[2]["b64"].as_str().unwrap().len(), 133_336);
}

#[test]
fn parts_follow_one_another() {
    let (_folder, mut options) = in_folder();
    options.rotate = Some(4000);
    let first = record(options, |recorder| {
        for n in 0..100 {
            recorder.write(&bytes(Direction::C2s, format!("{{\"id\":{n}}}").as_bytes()));
        }
    });
    let mut ids = Vec::new();
    let mut seqs = Vec::new();
    let mut path = first;
    let mut parts = 0;
    loop {
        parts += 1;
        let entries = entries(&path);
        assert_eq!(entries[0]["raw"]["event"], "start");
        if parts > 1 {
            assert_eq!(entries[0]["raw"]["part"], parts);
        }
        ids.extend(entries.iter().filter_map(|e| e["raw"]["id"].as_u64()));
        seqs.extend(entries.iter().map(|e| e["seq"].as_u64().unwrap()));
        let last = &entries[entries.len() - 1]["raw"];
        match last["next"].as_str() {
            Some(next) => path = path.with_file_name(next),
            None => break,
        }
    }
    assert!(parts > 3);
    assert_eq!(ids, (0..100).collect::<Vec<u64>>());
    assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<u64>>());
}

#[test]
fn a_file_that_is_there_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.jsonl");
    fs::write(&file, "mine").unwrap();
    let options = Options {
        file: Some(file.clone()),
        ..Options::default()
    };
    let (recorder, error) = Recorder::create(start("a"), options);
    assert!(matches!(error, Some(RecordError::Create { .. })));
    assert_eq!(recorder.path(), None);
    recorder.write(&bytes(Direction::C2s, b"{}"));
    assert_eq!(recorder.dropped(), 1);
    recorder.finish(Map::new());
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn a_recording_that_is_removed_goes_on_in_another_and_says_so() {
    let (_folder, options) = in_folder();
    let (recorder, _) = Recorder::create(start("a"), options);
    let first = recorder.path().unwrap();
    recorder.write(&bytes(Direction::C2s, b"{\"id\":1}"));
    fs::remove_file(&first).unwrap();
    recorder.0.lock().retry();
    recorder.write(&bytes(Direction::C2s, b"{\"id\":2}"));
    let second = recorder.path().unwrap();
    assert_ne!(first, second);
    recorder.finish(Map::new());
    let entries = entries(&second);
    assert_eq!(entries[1]["raw"]["event"], "dropped");
    assert_eq!(entries[1]["raw"]["count"], 1);
    assert_eq!(entries[2]["raw"]["id"], 2);
    assert_eq!(entries[3]["raw"]["dropped"], 1);
}

#[cfg(unix)]
#[test]
fn only_its_user_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, options) = in_folder();
    let path = record(options, |_| {});
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
}

struct NoSecrets;

impl Redact for NoSecrets {
    fn redact<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]> {
        match memchr::memmem::find(line, b"hunter2") {
            Some(at) => [&line[..at], b"***", &line[at + 7..]].concat().into(),
            None => line.into(),
        }
    }
}

#[test]
fn what_must_not_be_kept_is_not_written() {
    let (_folder, mut options) = in_folder();
    options.redactor = Some(Arc::new(NoSecrets));
    let text = b"{\"a\":\"hunter2\"}";
    let path = record(options, |recorder| {
        let line = Line {
            range: 0..text.len(),
            shape: Shape::Json,
            marks: Marks::default(),
        };
        recorder.lines(Direction::C2s, text, &[line]);
        recorder.write(&bytes(Direction::C2s, b"{}"));
    });
    let entries = entries(&path);
    assert_eq!(entries[0]["raw"]["redaction"], "secrets");
    assert_eq!(entries[1]["raw"]["a"], "***");
    assert_eq!(entries[1]["redacted"], true);
    assert_eq!(entries[2]["redacted"], Value::Null);
}

#[test]
fn labels_become_names_of_files() {
    let id = session_id("../ä b/[x]");
    assert!(id.starts_with("____"), "{id}");
    assert!(
        id.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    );
    assert!(session_id("").starts_with("server-"));
}
