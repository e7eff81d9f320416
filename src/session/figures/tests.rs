//! Figures beside a naive count, at every moment, and of recordings that grow.

use super::super::load::{self, Options, lock_read};
use super::super::study::{self, Nobody};
use super::super::{Outcome, Session, SharedSession, SourceArg};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;

/// What happens in a session, one message each.
#[derive(Clone, Debug)]
enum Step {
    /// A call of one of three tools of one of two servers.
    Call(usize, usize),
    /// Something that is no call.
    Ask(usize),
    /// An answer to one of the requests that wait: 0 well, 1 an error of the tool, 2 an error, 3 a request for input, 4 a task.
    Answer(usize, u8),
    /// A request that waits is given up.
    Cancel(usize),
    /// The input that was asked for is given.
    Retry(usize),
    /// The result of a task is asked for.
    Fetch(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0usize..2, 0usize..3).prop_map(|(server, tool)| Step::Call(server, tool)),
        1 => (0usize..2).prop_map(Step::Ask),
        5 => (0usize..8, 0u8..5).prop_map(|(which, how)| Step::Answer(which, how)),
        1 => (0usize..8).prop_map(Step::Cancel),
        1 => (0usize..4).prop_map(Step::Retry),
        1 => (0usize..4).prop_map(Step::Fetch),
    ];
    proptest::collection::vec(step, 1..120)
}

/// The lines of a native recording.
fn lines(steps: &[Step]) -> Vec<String> {
    #[derive(Clone, Copy)]
    struct Asked {
        server: usize,
        id: usize,
        tool: Option<usize>,
    }
    let mut lines = Vec::new();
    let (mut waiting, mut states, mut tasks): (Vec<Asked>, Vec<Asked>, Vec<Asked>) =
        Default::default();
    let say = |lines: &mut Vec<String>, server: usize, dir: &str, raw: String| {
        let n = lines.len();
        let (minutes, seconds) = (n / 60, n % 60);
        lines.push(format!(
            r#"{{"v":1,"session_id":"s{server}","server_label":"s{server}","seq":{},"ts":"2026-03-04T09:{minutes:02}:{seconds:02}.{:06}Z","direction":"{dir}","raw":{raw}}}"#,
            n + 1,
            n * n * 37 % 1_000_000,
        ));
    };
    for step in steps {
        let id = lines.len();
        match *step {
            Step::Call(server, tool) => {
                waiting.push(Asked {
                    server,
                    id,
                    tool: Some(tool),
                });
                say(
                    &mut lines,
                    server,
                    "c2s",
                    format!(
                        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"t{tool}"}}}}"#
                    ),
                );
            }
            Step::Ask(server) => {
                waiting.push(Asked {
                    server,
                    id,
                    tool: None,
                });
                say(
                    &mut lines,
                    server,
                    "c2s",
                    format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#),
                );
            }
            Step::Answer(which, how) if which < waiting.len() => {
                let asked = waiting.remove(which);
                let own = asked.id;
                let result = match how {
                    1 => r#""result":{"isError":true,"content":[]}"#.to_owned(),
                    2 => r#""error":{"code":-1,"message":"no"}"#.to_owned(),
                    3 if asked.tool.is_some() => {
                        states.push(asked);
                        format!(
                            r#""result":{{"resultType":"input_required","requestState":"st{own}"}}"#
                        )
                    }
                    4 if asked.tool.is_some() => {
                        tasks.push(asked);
                        format!(r#""result":{{"task":{{"taskId":"ta{own}"}}}}"#)
                    }
                    _ => r#""result":{"content":[]}"#.to_owned(),
                };
                say(
                    &mut lines,
                    asked.server,
                    "s2c",
                    format!(r#"{{"jsonrpc":"2.0","id":{own},{result}}}"#),
                );
            }
            Step::Cancel(which) if which < waiting.len() => {
                let asked = waiting[which];
                let own = asked.id;
                say(
                    &mut lines,
                    asked.server,
                    "c2s",
                    format!(
                        r#"{{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{"requestId":{own}}}}}"#
                    ),
                );
            }
            Step::Retry(which) if which < states.len() => {
                let asked = states.remove(which);
                let (own, tool) = (asked.id, asked.tool.unwrap_or(0));
                waiting.push(Asked { id, ..asked });
                say(
                    &mut lines,
                    asked.server,
                    "c2s",
                    format!(
                        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"t{tool}","requestState":"st{own}"}}}}"#
                    ),
                );
            }
            Step::Fetch(which) if which < tasks.len() => {
                let asked = tasks.remove(which);
                let own = asked.id;
                waiting.push(Asked {
                    id,
                    tool: None,
                    ..asked
                });
                say(
                    &mut lines,
                    asked.server,
                    "c2s",
                    format!(
                        r#"{{"jsonrpc":"2.0","id":{id},"method":"tasks/result","params":{{"taskId":"ta{own}"}}}}"#
                    ),
                );
            }
            _ => {}
        }
    }
    lines
}

fn open(lines: &[String]) -> SharedSession {
    let mut file = tempfile::NamedTempFile::with_suffix(".jsonl").expect("a file");
    for line in lines {
        writeln!(file, "{line}").expect("a line");
    }
    let args = [SourceArg::Path(file.path().to_owned())];
    let session = load::whole(&args, Options::default()).expect("a recording");
    while study::advance(&session, &mut Nobody) > 0 {}
    session
}

/// Calls, errors, errors of the tool, cancelled, waiting, and some percentiles.
type Line = (u32, u32, u32, u32, u32, Vec<i64>);
/// By server, and by server and tool.
type Counted = BTreeMap<String, Line>;

fn line(tally: &Tally) -> Line {
    let told = [0, 50, 95, 100].map(|n| tally.durations.percentile(n));
    let longest = tally.durations.longest();
    (
        tally.calls,
        tally.errors,
        tally.tool_errors,
        tally.cancelled,
        tally.waiting,
        told.into_iter().chain([longest]).flatten().collect(),
    )
}

fn label(session: &Session, server: ServerId) -> String {
    session.server(server).label.as_raw().label(9)
}

fn told(session: &Session, figures: &Figures) -> Counted {
    let mut told = Counted::new();
    for server in (0..session.servers().len()).map(|n| ServerId(n as u16)) {
        if let Some(tally) = figures.server(server).filter(|tally| tally.calls > 0) {
            told.insert(label(session, server), line(tally));
        }
    }
    for (server, name) in figures.called() {
        let tally = figures.tool(server, name).expect("it is listed");
        let tool = session.symbol(name).label(9);
        told.insert(format!("{}/{tool}", label(session, server)), line(tally));
    }
    told
}

/// The same, from one call after the other.
fn naive(session: &Session) -> Counted {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for call in (0..session.calls().len()).map(|n| session.call(n)) {
        let server = label(session, call.server);
        let tool = format!("{server}/{}", session.symbol(call.tool).label(9));
        for key in [server, tool] {
            let tally = tallies.entry(key).or_default();
            tally.calls += 1;
            match call.outcome {
                Outcome::Pending | Outcome::InputRequired => tally.waiting += 1,
                Outcome::Error => tally.errors += 1,
                Outcome::ToolError => tally.tool_errors += 1,
                Outcome::Cancelled => tally.cancelled += 1,
                Outcome::Ok => {}
            }
            if (call.outcome == Outcome::Ok || call.outcome.is_error())
                && let Some(micros) = call.micros
            {
                tally.durations.add(micros);
            }
        }
    }
    let lines = tallies
        .iter()
        .map(|(key, tally)| (key.clone(), line(tally)));
    lines.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn figures_are_what_a_naive_count_gives_at_every_moment(steps in steps(), moment in 0usize..120) {
        let lines = lines(&steps);
        if lines.is_empty() {
            return Ok(());
        }
        let session = open(&lines);
        let session = lock_read(&session);
        prop_assert_eq!(told(&session, session.figures()), naive(&session));
        // As of a message is what a recording that ends with it gives, wherever one comes from.
        let at = moment.min(lines.len() - 1);
        let before = open(&lines[..=at]);
        let before = lock_read(&before);
        let near = session.figures_at(RowId(at as u32 / 2), None);
        for near in [None, Some(&near), Some(session.figures())] {
            let figures = session.figures_at(RowId(at as u32), near);
            prop_assert_eq!(told(&session, &figures), naive(&before));
            let waiting: Vec<RowId> = figures.waiting().collect();
            let alone: Vec<RowId> = before.figures().waiting().collect();
            prop_assert_eq!(waiting, alone);
        }
    }

    #[test]
    fn a_recording_that_grows_has_the_figures_of_the_whole(steps in steps(), pieces in 1usize..9) {
        let lines = lines(&steps);
        let Some((first, rest)) = lines.split_first() else {
            return Ok(());
        };
        let mut file = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
        writeln!(file, "{first}").unwrap();
        let args = [SourceArg::Path(file.path().to_owned())];
        let options = Options { follow: true, ..Options::default() };
        let mut loading = load::open(&args, options).unwrap();
        let session = loading.session();
        while study::advance(&session, &mut Nobody) > 0 {}
        for piece in rest.chunks(rest.len().div_ceil(pieces).max(1)) {
            let whole = piece.join("\n") + "\n";
            // A line may come in two parts.
            let (begin, end) = whole.split_at(whole.len() / 2);
            for part in [begin, end] {
                file.write_all(part.as_bytes()).unwrap();
                loading.catch_up();
                while study::advance(&session, &mut Nobody) > 0 {}
            }
        }
        let whole = open(&lines);
        let (whole, session) = (lock_read(&whole), lock_read(&session));
        prop_assert_eq!(told(&session, session.figures()), told(&whole, whole.figures()));
    }
}

#[test]
fn methods_are_counted_by_side() {
    let lines = lines(&[
        Step::Call(0, 0),
        Step::Ask(0),
        Step::Answer(0, 0),
        Step::Ask(0),
    ]);
    let session = open(&lines);
    let session = lock_read(&session);
    let used: Vec<(String, u32, u32)> = (session.figures().used(ServerId(0)))
        .map(|used| {
            (
                session.symbol(used.method).label(20),
                used.count,
                used.first.0,
            )
        })
        .collect();
    assert_eq!(
        used,
        [("tools/call".to_owned(), 1, 0), ("ping".to_owned(), 2, 1)]
    );
}
