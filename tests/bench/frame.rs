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
