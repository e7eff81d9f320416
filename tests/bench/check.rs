//! How fast a recording is judged, beside ripgrep with as many patterns over the same file, and how many definitions a
//! second are judged.
//!
//! `cargo bench --bench check` makes a recording of 256 MB in which texts recur, as agents read the same files again and
//! again, one in which no two are the same, and a listing of 40,000 tools; `cargo bench --bench check -- FILE` measures
//! another. Rounds of both alternate, and the best of each counts. Without `rg` on the path the ratio is left out.

#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

mod recording;

use plainsight::analysis::{self, Findings, rules};
use plainsight::session::{SourceArg, load};
use recording::Texts;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

const BYTES: u64 = 256 << 20;
const ROUNDS: usize = 3;
const SERVERS: usize = 1_000;
const TOOLS: usize = 40;

/// Patterns of the built-in rules; more of the same kind make as many as there are rules.
const PACKS: [&str; 2] = [
    include_str!("../../src/analysis/rules/builtin/addresses.toml"),
    include_str!("../../src/analysis/rules/builtin/wording.toml"),
];

fn main() {
    let named = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let patterns = folder.path().join("patterns");
    let count = write_patterns(&patterns);
    println!("two threads; {ROUNDS} rounds, best of each; ripgrep with {count} patterns");
    println!("recording              bytes   check MB/s   rg MB/s   check : rg");
    if let Some(path) = named {
        return measure("named", Path::new(&path), &patterns);
    }
    for (name, texts) in [
        ("recurring texts", Texts::Recur),
        ("all texts new", Texts::New),
    ] {
        let path = folder.path().join("large.mcp.jsonl");
        recording::write(&path, BYTES, texts).expect("the recording can be written");
        measure(name, &path, &patterns);
    }
    let path = folder.path().join("listings.mcp.jsonl");
    write_listings(&path);
    let best = (0..ROUNDS).map(|_| check(&path)).min().unwrap_or_default();
    let speed = (SERVERS * TOOLS) as f64 / best.as_secs_f64();
    println!("{} definitions: {speed:.0} a second", SERVERS * TOOLS);
}

fn measure(name: &str, path: &Path, patterns: &Path) {
    let bytes = std::fs::metadata(path)
        .expect("the recording is there")
        .len();
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let (mut judged, mut searched) = (Duration::MAX, None::<Duration>);
    for _ in 0..ROUNDS {
        judged = judged.min(check(path));
        searched = ripgrep(path, patterns).into_iter().chain(searched).min();
    }
    match searched {
        Some(rg) => println!(
            "{name:16} {bytes:11}   {:10.0}   {:7.0}   {:10.2}",
            speed(judged),
            speed(rg),
            judged.as_secs_f64() / rg.as_secs_f64()
        ),
        None => println!(
            "{name:16} {bytes:11}   {:10.0}   no `rg` here",
            speed(judged)
        ),
    }
}

fn check(path: &Path) -> Duration {
    let begin = Instant::now();
    let session = load::whole(&[SourceArg::Path(path.into())], load::Options::default())
        .expect("the recording opens");
    let findings = Arc::new(RwLock::new(Findings::default()));
    analysis::run(&session, &findings, &|| {}, &AtomicBool::new(false));
    begin.elapsed()
}

fn ripgrep(path: &Path, patterns: &Path) -> Option<Duration> {
    let begin = Instant::now();
    Command::new("rg")
        .args(["--no-unicode", "-i", "-c", "-f"])
        .args([patterns, path])
        .stdout(Stdio::null())
        .status()
        .ok()?;
    Some(begin.elapsed())
}

/// Writes as many patterns as there are rules, and gives their number.
fn write_patterns(path: &PathBuf) -> usize {
    let mut patterns: Vec<String> = PACKS
        .iter()
        .flat_map(|pack| pack.lines())
        .filter_map(|line| {
            Some(
                line.split_once("regex = '")?
                    .1
                    .split_once('\'')?
                    .0
                    .to_owned(),
            )
        })
        .collect();
    let most = rules::all().count();
    let words = ["token", "secret", "curl", "before", "ignore"];
    for (n, word) in (patterns.len()..most).zip(words.iter().cycle()) {
        patterns.push(format!(r"{word}[ =:]+[a-z]+{n}"));
    }
    patterns.truncate(most);
    std::fs::write(path, patterns.join("\n")).expect("the patterns can be written");
    patterns.len()
}

/// Servers with tools whose descriptions are like those of real servers, each a little different.
fn write_listings(path: &Path) {
    const VERBS: [&str; 8] = [
        "get", "list", "create", "update", "delete", "search", "send", "read",
    ];
    const THINGS: [&str; 10] = [
        "issue", "file", "message", "branch", "customer", "page", "table", "event", "invoice",
        "label",
    ];
    let mut text = String::new();
    for server in 0..SERVERS {
        let mut put = |direction: &str, raw: &str| {
            let _ = writeln!(
                text,
                r#"{{"v":1,"session_id":"s{server}","server_label":"s{server}","ts":"2026-01-01T00:00:00.000Z","direction":"{direction}","transport":"stdio","raw":{raw}}}"#
            );
        };
        put(
            "c2s",
            r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"#,
        );
        let tools: Vec<String> = (0..TOOLS)
            .map(|n| {
                let (verb, thing) = (VERBS[n % 8], THINGS[(n / 8 + server) % 10]);
                format!(
                    r#"{{"name":"{verb}_{thing}_{server}_{n}","description":"{verb} a {thing} of project {server}. Returns its fields as JSON, or an error if there is no such {thing}. Use `list_{thing}_{server}_1` to find ids; results come in pages of {n}.","inputSchema":{{"type":"object","properties":{{"{thing}_id":{{"type":"string","description":"The id of the {thing} in project {server}"}},"fields":{{"type":"array","items":{{"type":"string"}},"description":"Which fields to return"}},"limit":{{"type":"integer","description":"At most so many, {n} by default"}}}},"required":["{thing}_id"]}},"annotations":{{"readOnlyHint":{}}}}}"#,
                    matches!(verb, "get" | "list" | "search" | "read")
                )
            })
            .collect();
        let listing = format!(
            r#"{{"jsonrpc":"2.0","id":1,"result":{{"tools":[{}]}}}}"#,
            tools.join(",")
        );
        put("s2c", &listing);
    }
    std::fs::write(path, text).expect("the listings can be written");
}
