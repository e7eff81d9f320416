//! What a tap costs: a bare pipe, `tee | server | tee`, and `plainsight tap`, side by side in one run.
//!
//! `cargo bench --bench tap [-- ROUNDS MESSAGES]`

#![allow(clippy::print_stdout)]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The argument that makes this program the server.
const SERVER: &str = "as-server";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    if arguments.first().is_some_and(|word| word == SERVER) {
        return serve();
    }
    let number = |n: usize, usual: usize| {
        arguments
            .get(n)
            .and_then(|word| word.parse().ok())
            .unwrap_or(usual)
    };
    let (rounds, messages) = (number(0, 20_000), number(1, 300_000));
    let folder = tempfile::tempdir().expect("a folder");

    latency(folder.path(), 200, rounds, true);
    latency(folder.path(), 100_000, rounds / 20, true);
    latency(folder.path(), 100_000, rounds / 20, false);
    throughput(folder.path(), messages);
    memory(folder.path(), 100 << 20);
}

/// Answers each line with one of the same length.
fn serve() {
    let mut input = BufReader::with_capacity(64 << 10, io::stdin().lock());
    let mut output = io::stdout().lock();
    let mut line = Vec::new();
    let mut answers: Vec<u8> = Vec::new();
    while input.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        answers.extend_from_slice(&line);
        line.clear();
        // What came together is answered together, as a fast server does.
        if memchr::memchr(b'\n', input.buffer()).is_none() || answers.len() > 64 << 10 {
            if output
                .write_all(&answers)
                .and_then(|()| output.flush())
                .is_err()
            {
                return;
            }
            answers.clear();
        }
    }
}

/// Who stands between.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Between {
    Nobody,
    Tee,
    Tap,
}

const ALL: [Between; 3] = [Between::Nobody, Between::Tee, Between::Tap];

struct Running {
    processes: Vec<Child>,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Running {
    fn start(between: Between, folder: &Path) -> Running {
        let server = std::env::current_exe().expect("this program");
        let piped = |command: &mut Command, input: Stdio| {
            command
                .stdin(input)
                .stdout(Stdio::piped())
                .spawn()
                .expect("it starts")
        };
        let mut processes = Vec::new();
        match between {
            Between::Nobody => {
                processes.push(piped(Command::new(server).arg(SERVER), Stdio::piped()))
            }
            Between::Tee => {
                let tee = |name: &str| {
                    let mut command = Command::new("tee");
                    command.arg(folder.join(name));
                    command
                };
                let mut first = piped(&mut tee("requests"), Stdio::piped());
                let input = Stdio::from(first.stdout.take().expect("piped"));
                let mut middle = piped(Command::new(server).arg(SERVER), input);
                let input = Stdio::from(middle.stdout.take().expect("piped"));
                let last = piped(&mut tee("answers"), input);
                processes.extend([first, middle, last]);
            }
            Between::Tap => processes.push(piped(
                Command::new(env!("CARGO_BIN_EXE_plainsight"))
                    .env("XDG_STATE_HOME", folder)
                    .args(["tap", "--name", "bench", "--"])
                    .arg(server)
                    .arg(SERVER),
                Stdio::piped(),
            )),
        }
        let input = processes[0].stdin.take();
        let last = processes.len() - 1;
        let output = processes[last].stdout.take().expect("piped");
        Running {
            processes,
            input,
            output: BufReader::with_capacity(64 << 10, output),
        }
    }

    fn round(&mut self, message: &[u8], answer: &mut Vec<u8>) -> Duration {
        let started = Instant::now();
        let input = self.input.as_mut().expect("open");
        input.write_all(message).expect("it is there");
        answer.clear();
        self.output.read_until(b'\n', answer).expect("it answers");
        let took = started.elapsed();
        assert_eq!(answer.len(), message.len());
        took
    }

    fn end(mut self) {
        self.input = None;
        io::copy(&mut self.output, &mut io::sink()).expect("it ends");
        for mut process in self.processes {
            assert!(process.wait().expect("it ends").success());
        }
    }
}

fn message(n: usize, length: usize) -> Vec<u8> {
    let head = format!(
        r#"{{"jsonrpc":"2.0","id":{n},"method":"tools/call","params":{{"name":"t","arguments":{{"text":""#
    );
    let tail = "\"}}}\n";
    let filling = length.saturating_sub(head.len() + tail.len());
    format!("{head}{}{tail}", "x".repeat(filling)).into_bytes()
}

fn latency(folder: &Path, length: usize, rounds: usize, pinned: bool) {
    if pinned && !pin(true) {
        println!("taskset is not there: not pinned to one core");
    }
    println!(
        "\nround trip of {length} B, {}",
        if pinned { "one core" } else { "all cores" }
    );
    let message = message(1, length);
    let mut answer = Vec::new();
    // In turns, so that all of them have the same weather.
    let mut running: Vec<Running> = ALL.iter().map(|b| Running::start(*b, folder)).collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::with_capacity(rounds); ALL.len()];
    const TURN: usize = 200;
    for turn in 0..rounds.div_ceil(TURN) + 1 {
        for (running, times) in running.iter_mut().zip(&mut times) {
            for _ in 0..TURN {
                let took = running.round(&message, &mut answer);
                // The first turn is for warming up.
                if turn > 0 {
                    times.push(took);
                }
            }
        }
    }
    running.into_iter().for_each(Running::end);
    let at = |times: &[Duration], part: f64| {
        let n = ((times.len() - 1) as f64 * part) as usize;
        times[n].as_secs_f64() * 1e6
    };
    for times in &mut times {
        times.sort_unstable();
    }
    let bare = at(&times[0], 0.5);
    for (between, times) in ALL.iter().zip(&times) {
        let p50 = at(times, 0.5);
        println!(
            "  {:8} p50 {p50:8.1} µs  p99 {:8.1} µs   {:+7.1} µs  × {:.2}",
            format!("{between:?}"),
            at(times, 0.99),
            p50 - bare,
            p50 / bare,
        );
    }
    pin(false);
}

/// Keeps this process and those that it starts on one core, or on all.
fn pin(one: bool) -> bool {
    let cores = if one { "0" } else { "0-1023" };
    let pid = std::process::id().to_string();
    Command::new("taskset")
        .args(["-pc", cores, &pid])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn throughput(folder: &Path, messages: usize) {
    println!("\n{messages} messages of 200 B each way, all cores");
    let block: Vec<u8> = (0..messages).flat_map(|n| message(n, 200)).collect();
    // The best of a few, in turns.
    let mut best = [Duration::MAX; ALL.len()];
    for _ in 0..5 {
        for (between, best) in ALL.iter().zip(&mut best) {
            let mut running = Running::start(*between, folder);
            let mut input = running.input.take().expect("open");
            let started = Instant::now();
            let took = thread::scope(|scope| {
                scope.spawn(|| {
                    // One message a write, as clients do; small enough to be taken together on the way.
                    for message in block.chunks(200) {
                        input.write_all(message).expect("it is there");
                    }
                });
                let mut seen = 0;
                let mut buffer = vec![0; 64 << 10];
                while seen < block.len() {
                    let n = running.output.read(&mut buffer).expect("it answers");
                    assert!(n > 0, "it ended early");
                    seen += n;
                }
                started.elapsed()
            });
            *best = took.min(*best);
            drop(input);
            running.end();
        }
    }
    let tee = best[1].as_secs_f64();
    for (between, best) in ALL.iter().zip(best) {
        let seconds = best.as_secs_f64();
        println!(
            "  {:8} {:9.0} messages/s   × {:.2} of tee",
            format!("{between:?}"),
            messages as f64 / seconds,
            tee / seconds,
        );
    }
    println!("  dropped: {}", dropped(folder));
}

/// What the recordings say that was dropped.
fn dropped(folder: &Path) -> u64 {
    let mut sum = 0;
    let sessions = folder.join("plainsight/sessions");
    for entry in std::fs::read_dir(sessions).expect("recordings").flatten() {
        let text = std::fs::read(entry.path()).expect("a recording");
        let last = text.trim_ascii_end().rsplit(|byte| *byte == b'\n').next();
        let last: serde_json::Value = serde_json::from_slice(last.expect("a line")).expect("JSON");
        sum += last["raw"]["dropped"]
            .as_u64()
            .expect("the last entry tells");
        std::fs::remove_file(entry.path()).expect("removed");
    }
    sum
}

fn memory(folder: &Path, length: usize) {
    let mut running = Running::start(Between::Tap, folder);
    let pid = running.processes[0].id();
    let mut input = running.input.take().expect("open");
    let started = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| input.write_all(&message(1, length)).expect("it is there"));
        let mut answer = Vec::new();
        let read = running.output.read_until(b'\n', &mut answer);
        assert_eq!(read.expect("it answers"), length);
    });
    let took = started.elapsed();
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(
        "\none message of {} MB and its answer: {:.2} s, peak memory of the tap {}",
        length >> 20,
        took.as_secs_f64(),
        peak.map_or("unknown", str::trim),
    );
    drop(input);
    running.end();
}
