//! How long it takes to filter and to search a long session: all of its messages, and up to the first hit.
//!
//! ```console
//! $ cargo bench --bench find
//! $ PLAINSIGHT_BENCH=recording.jsonl cargo bench --bench find
//! ```
//!
//! The goals: 0.4 s for a filter over ten million messages, 0.3 s for a text in 1 GB.

use divan::Bencher;
use plainsight::analysis::Findings;
use plainsight::analysis::needle::Needle;
use plainsight::session::filter::Filter;
use plainsight::session::{RowId, SourceArg, load, study};
use plainsight::ui::Case;
use plainsight::ui::effect;
use plainsight::ui::message::{Effect, Message};
use plainsight::ui::search::SearchState;
use std::sync::{Arc, LazyLock, RwLock};

fn main() {
    divan::main();
}

/// How many times the incident is repeated where no recording is named: about 100,000 messages.
const REPEATS: usize = 300;

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let source = match std::env::var_os("PLAINSIGHT_BENCH") {
        Some(path) => SourceArg::Path(path.into()),
        None => {
            let SourceArg::Bundled { bytes, .. } = plainsight::cli::demo_source() else {
                unreachable!("the incident is bundled")
            };
            let bytes: &'static [u8] = Box::leak(bytes.repeat(REPEATS).into_boxed_slice());
            SourceArg::Bundled {
                name: "long",
                bytes,
            }
        }
    };
    let session = load::whole(&[source], load::Options::default()).expect("the session opens");
    while study::advance(&session, &mut study::Nobody) > 0 {}
    Case {
        title: "bench".into(),
        session,
        findings: Arc::new(RwLock::new(Findings::default())),
        ..Case::default()
    }
});

const FILTERS: [&str; 8] = [
    "server:mail*",
    "tool:read*,send*",
    "method:tools/call dir:c2s",
    "status:error,tool-error",
    "dur:>1s",
    "risk:>=high",
    "after:12:00 before:13:00",
    "id_rsa",
];

#[divan::bench(args = FILTERS, sample_count = 5)]
fn filter(bencher: Bencher, source: &str) {
    let filter = Arc::new(Filter::parse(source).expect("a filter"));
    let rows = CASE.session.read().expect("nobody panicked").len();
    bencher.bench_local(|| {
        let (mut from, mut count) = (0, 0);
        while from < rows {
            let asked = Effect::Filter {
                generation: 1,
                filter: Arc::clone(&filter),
                from,
                again: Vec::new(),
            };
            let Some(Message::Filtered(found)) = effect::run(&CASE, &asked) else {
                unreachable!("a filter is answered with what passes")
            };
            from = found.part.range.end;
            count += found.part.words.iter().map(|w| w.count_ones()).sum::<u32>();
        }
        count
    });
}

/// Texts to look for, the last of them nowhere.
const TEXTS: [&str; 3] = ["id_rsa", "private key", "nowhere to be found"];

#[divan::bench(args = TEXTS, sample_count = 5)]
fn search(bencher: Bencher, text: &str) {
    bencher.bench_local(|| searched(text, usize::MAX));
}

#[divan::bench(args = TEXTS, sample_count = 5)]
fn first_part(bencher: Bencher, text: &str) {
    bencher.bench_local(|| searched(text, 1));
}

fn searched(text: &str, parts: usize) -> usize {
    let needle = Needle::new(text).expect("something to look for");
    let mut state = SearchState::new(text, needle, 1, RowId(0));
    for _ in 0..parts {
        let rows = state.next(&CASE.session.read().expect("nobody panicked"));
        let (Some(rows), Some(needle)) = (rows, state.needle.clone()) else {
            break;
        };
        let search = plainsight::ui::search::Search {
            generation: 1,
            needle,
            rows,
        };
        let Some(Message::Found(found)) = effect::run(&CASE, &Effect::Search(search)) else {
            unreachable!("a search is answered with what was found")
        };
        state.take(found);
    }
    state.hits.len()
}
