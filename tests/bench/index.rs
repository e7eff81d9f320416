//! How fast a recording is indexed, beside the least that could be done with it: counting its newlines.
//!
//! `cargo bench --bench index` makes a recording of 256 MB and measures it; `cargo bench --bench index -- FILE`
//! measures another. Ratios are of one run, with rounds of both that alternate; the goal is an index at no less than
//! half the speed of counting, with the same number of threads.

#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

mod recording;

use plainsight::session::{SharedSession, SourceArg, load, study};
use std::fs::File;
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const BYTES: u64 = 256 << 20;
const ROUNDS: usize = 15;

fn main() {
    let named = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = match named {
        Some(path) => PathBuf::from(path),
        None => {
            let path = folder.path().join("large.mcp.jsonl");
            recording::write(&path, BYTES, recording::Texts::New)
                .expect("the recording can be written");
            path
        }
    };
    let bytes = std::fs::metadata(&path)
        .expect("the recording is there")
        .len();
    let speed = |time: Duration| bytes as f64 / 1e9 / time.as_secs_f64();
    println!("{bytes} bytes, {} rounds, best of each", ROUNDS);
    let before = resident();
    let session = index(&path, 0);
    let after = resident();
    let (study, ()) = time(|| while study::advance(&session, &mut study::Nobody) > 0 {});
    println!("study     {:13.2} GB/s, one thread", speed(study));
    let messages = load::lock_read(&session).len();
    if let (Some(before), Some(after), Some(end)) = (before, after, resident()) {
        println!(
            "memory    {messages} messages; index {:.1} MB resident, {:.0} bytes a message; studied {:.1} MB",
            after.saturating_sub(before) as f64 / 1e6,
            after.saturating_sub(before) as f64 / messages as f64,
            end.saturating_sub(before) as f64 / 1e6,
        );
    }
    println!("threads   newlines GB/s   index GB/s   ratio");
    for threads in [1, 2] {
        let (mut counting, mut indexing) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            counting = counting.min(time(|| count_newlines(&path, bytes, threads)).0);
            indexing = indexing.min(time(|| index(&path, threads as usize)).0);
        }
        println!(
            "{threads:7}   {:13.2}   {:10.2}   {:5.2}",
            speed(counting),
            speed(indexing),
            counting.as_secs_f64() / indexing.as_secs_f64(),
        );
    }
}

fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begin = Instant::now();
    let done = black_box(work());
    (begin.elapsed(), done)
}

fn index(path: &Path, threads: usize) -> SharedSession {
    let options = load::Options {
        threads,
        ..load::Options::default()
    };
    load::whole(&[SourceArg::Path(path.into())], options).expect("the recording opens")
}

/// Counts with a buffer that stays in the cache, each thread its own part of the file.
fn count_newlines(path: &Path, bytes: u64, threads: u64) -> usize {
    const BUFFER: usize = 256 << 10;
    let file = File::open(path).expect("the recording opens");
    let part = bytes.div_ceil(threads);
    let count = |n: u64| {
        let mut buffer = vec![0; BUFFER];
        let (mut at, end) = (n * part, ((n + 1) * part).min(bytes));
        let mut lines = 0;
        while at < end {
            let want = BUFFER.min((end - at) as usize);
            let have = file
                .read_at(&mut buffer[..want], at)
                .expect("the recording can be read");
            lines += memchr::memchr_iter(b'\n', &buffer[..have]).count();
            at += have as u64;
        }
        lines
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|n| scope.spawn(move || count(n)))
            .collect();
        let own = count(0);
        own + others
            .into_iter()
            .map(|other| other.join().expect("counting ends"))
            .sum::<usize>()
    })
}

/// Bytes of this process in memory; `None` where the system does not say.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = status.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
