//! A recording in several parts is one case.

use super::recording::{entries, events, exit, messages, open};
use super::tapped::{State, outcome};
use plainsight::session::load::lock_read;
use plainsight::wire::id::Direction;

#[test]
fn parts_open_as_one_case_with_every_message() {
    const MESSAGES: usize = 3000;
    let state = State::new();
    let data: Vec<u8> = (0..MESSAGES)
        .flat_map(|n| {
            format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"ping\"}}\n").into_bytes()
        })
        .collect();
    // An answer to each request.
    let script = r#"sed -u 's/"method":"ping"/"result":{}/'"#;
    let out = outcome(
        &mut state.tap(
            &["--rotate", "64K", "--name", "notes"],
            &["sh", "-c", script],
        ),
        &data,
    );
    assert!(out.status.success());
    let mut paths = state.recordings();
    assert!(paths.len() > 4, "{paths:?}");
    // The first has no number, and `-10` stands before `-2`.
    paths.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    let mut seq = 0;
    for (n, path) in paths.iter().enumerate() {
        let entries = entries(path);
        for entry in &entries {
            seq += 1;
            assert_eq!(entry.seq, seq);
        }
        let start = &events(&entries, "start")[0];
        assert_eq!(start["part"].as_u64(), (n > 0).then_some(n as u64 + 1));
        match paths.get(n + 1) {
            Some(next) => assert_eq!(
                events(&entries, "rotate")[0]["next"],
                next.file_name().unwrap().to_str().unwrap()
            ),
            None => assert_eq!(exit(&entries)["dropped"], 0),
        }
    }
    let session = open(&paths);
    assert_eq!(messages(&session, Direction::C2s), MESSAGES);
    assert_eq!(messages(&session, Direction::S2c), MESSAGES);
    let session = lock_read(&session);
    assert_eq!(session.servers().len(), 1);
    let answered = (session.rows().iter())
        .filter(|row| row.dir == Direction::S2c && row.pair().is_some())
        .count();
    assert_eq!(
        answered, MESSAGES,
        "answers find their requests across parts"
    );
}
