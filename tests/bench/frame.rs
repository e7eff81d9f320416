//! How long a frame takes: every view at 200×60, over the bundled incident and over a long session.
//!
//! ```console
//! $ cargo bench --bench frame
//! ```
//!
//! The goal is 4 ms for a full frame at any size of session.

use divan::Bencher;
use plainsight::analysis::{self, Findings};
use plainsight::session::{SourceArg, load};
use plainsight::ui::Case;
use plainsight::ui::testing::Stage;
use plainsight::ui::theme::{Depth, Look, Theme};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, RwLock};

fn main() {
    divan::main();
}

/// How many times the incident is repeated for the long session: about 100,000 messages.
const REPEATS: usize = 300;

fn case(source: SourceArg) -> Case {
    let session = load::whole(&[source], load::Options::default()).expect("the session opens");
    let findings = Arc::new(RwLock::new(Findings::default()));
    analysis::run(&session, &findings, &|| {}, &AtomicBool::new(false));
    Case {
        title: "bench".into(),
        session,
        findings,
        ..Case::default()
    }
}

static SHORT: LazyLock<Case> = LazyLock::new(|| case(plainsight::cli::demo_source()));

static LONG: LazyLock<Case> = LazyLock::new(|| {
    let SourceArg::Bundled { bytes, .. } = plainsight::cli::demo_source() else {
        unreachable!("the incident is bundled")
    };
    let bytes: &'static [u8] = Box::leak(bytes.repeat(REPEATS).into_boxed_slice());
    case(SourceArg::Bundled {
        name: "long",
        bytes,
    })
});

const VIEWS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

fn stage(case: &Case, view: &str) -> Stage {
    let look = Look {
        depth: Depth::TrueColor,
        ascii: false,
    };
    let theme = Theme::builtin("ink-dark", look).expect("a built-in theme");
    let mut stage = Stage::new(case.clone(), 200, 60).with_theme(theme);
    stage.keys(view).keys("jjj");
    stage
}

#[divan::bench(args = VIEWS)]
fn short(bencher: Bencher, view: &str) {
    let stage = stage(&SHORT, view);
    bencher.bench_local(|| stage.buffer());
}

#[divan::bench(args = VIEWS)]
fn long(bencher: Bencher, view: &str) {
    let stage = stage(&LONG, view);
    bencher.bench_local(|| stage.buffer());
}

/// A step and the frame after it.
#[divan::bench(args = VIEWS)]
fn long_scrolling(bencher: Bencher, view: &str) {
    let mut stage = stage(&LONG, view);
    bencher.bench_local(|| {
        stage.keys("j");
        stage.buffer()
    });
}

/// A call with one argument of this many bytes.
fn with_argument(bytes: usize) -> Case {
    let head = r#"{"v":1,"session_id":"a","server_label":"box","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run","arguments":{"command":""#;
    let line = "echo 'one' && ls -la \\\"$HOME\\\" # and on\\n";
    let mut text = String::with_capacity(bytes + 1024);
    text.push_str(head);
    text.push_str(&line.repeat(bytes / line.len()));
    text.push_str("\"}}}}\n");
    let bytes: &'static [u8] = Box::leak(text.into_bytes().into_boxed_slice());
    case(SourceArg::Bundled {
        name: "large.mcp.jsonl",
        bytes,
    })
}

static LARGE: LazyLock<[Case; 2]> =
    LazyLock::new(|| [with_argument(1 << 20), with_argument(100 << 20)]);

/// A frame of the tree and of the page of a call with a value of 1 MB and of 100 MB, once it is read.
#[divan::bench(args = ["5", "2", "2x"])]
fn value_of_1_mb(bencher: Bencher, view: &str) {
    let stage = stage(&LARGE[0], view);
    bencher.bench_local(|| stage.buffer());
}

#[divan::bench(args = ["5", "2", "2x"], sample_count = 10)]
fn value_of_100_mb(bencher: Bencher, view: &str) {
    let stage = stage(&LARGE[1], view);
    bencher.bench_local(|| stage.buffer());
}

/// Opening all of it: what runs beside the screens, and its first frame.
#[divan::bench(args = [0, 1], sample_count = 10)]
fn value_opened(bencher: Bencher, large: usize) {
    bencher.bench_local(|| {
        let mut stage = stage(&LARGE[large], "2");
        stage.keys("z");
        stage.buffer()
    });
}
