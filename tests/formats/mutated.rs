//! Fixtures with anything done to them, and bytes that are no recording at all, read as every format.

use super::exercise::exercise;
use super::{fixture, table};
use plainsight::formats;
use proptest::prelude::*;
use proptest::sample::Index;

/// One thing done to a text.
#[derive(Clone, Debug)]
enum Change {
    Byte(Index, u8),
    Cut(Index),
    Drop(Index, Index),
    Twice(Index, Index),
    Word(Index, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let words = prop::sample::select(vec![
        "null",
        "{}",
        "[]",
        "\"",
        "\\",
        "}",
        "\n",
        "1e999",
        "-1",
        "99999999999999999999",
        "\u{0}",
        "\u{1b}[2J",
        "\\ud800",
        "true",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}",
    ]);
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        any::<Index>().prop_map(Change::Cut),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Drop(a, b)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Twice(a, b)),
        (any::<Index>(), words).prop_map(|(at, word)| Change::Word(at, word)),
    ]
}

fn apply(text: &mut Vec<u8>, change: &Change) {
    if text.is_empty() {
        return;
    }
    let range = |a: &Index, b: &Index| {
        let (a, b) = (a.index(text.len()), b.index(text.len()));
        a.min(b)..a.max(b)
    };
    match change {
        Change::Byte(at, byte) => {
            let at = at.index(text.len());
            text[at] = *byte;
        }
        Change::Cut(at) => text.truncate(at.index(text.len())),
        Change::Drop(a, b) => drop(text.drain(range(a, b))),
        Change::Twice(a, b) => {
            let piece = text[range(a, b)].to_vec();
            text.extend(piece);
        }
        Change::Word(at, word) => {
            let at = at.index(text.len());
            text.splice(at..at, word.bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn fixtures_with_anything_done_to_them(one in any::<Index>(), changes in prop::collection::vec(change(), 1..6)) {
        let table = table();
        let counted = &table[one.index(table.len())];
        let mut text = std::fs::read(fixture(counted.file)).unwrap();
        for change in &changes {
            apply(&mut text, change);
        }
        exercise(formats::by_id(counted.format).unwrap(), &text);
    }

    #[test]
    fn a_fixture_of_another_format(one in any::<Index>(), other in any::<Index>()) {
        let table = table();
        let text = std::fs::read(fixture(table[one.index(table.len())].file)).unwrap();
        exercise(formats::FORMATS[other.index(formats::FORMATS.len())], &text);
    }

    #[test]
    fn bytes_that_are_no_recording(one in any::<Index>(), text in prop::collection::vec(any::<u8>(), 0..300)) {
        exercise(formats::FORMATS[one.index(formats::FORMATS.len())], &text);
    }
}
