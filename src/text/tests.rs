//! What must hold for every text, however hostile.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

/// Bytes with everything in them that this room is about.
pub(super) fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        4 => "[ -~]{0,12}".prop_map(String::into_bytes),
        2 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
        4 => proptest::sample::select(vec![
            "\u{1b}[31m", "\u{1b}", "\u{1b}]0;x\u{7}", "\u{9b}", "\u{9d}", "\n", "\r\n", "\r", "\t", "\0",
            "\u{200b}", "\u{200d}", "\u{200c}", "\u{202e}", "\u{2068}", "\u{2069}", "\u{feff}", "\u{ad}", "\u{a0}", "\u{3000}",
            "\u{e0041}", "\u{e0100}", "\u{fe0f}", "\u{fe0e}", "\u{301}", "\u{20dd}", "\u{20e3}", "\u{e33}",
            "👩", "🏽", "❤", "🏴", "🇺", "1", "端", "ｶ", "ﾞ", "ش", "لا", "ש", "क", "\u{94d}", "ष", "ᄀ", "ᅡ", "ᆨ", "\u{1160}",
            "\u{600}", "\u{d4e}", "\u{17d2}", "ក", "\u{fffd}", "\u{e000}", "\u{2028}", "\u{13430}", "⟨", "⟩",
        ])
        .prop_map(|s| s.as_bytes().to_vec()),
        1 => (proptest::sample::select(vec![" ", "\n", "\u{200b}", "\u{301}", "ᄀ", "\u{fffd}", "\u{e33}"]), 0usize..60)
            .prop_map(|(s, times)| s.repeat(times).into_bytes()),
        1 => Just(b"\xed\xa0\xbd".to_vec()),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>(), any::<bool>(), 0usize..200).prop_map(
        |(ascii, keep, seen_only, limit)| Options {
            seen_only,
            ascii,
            breaks: if keep { Breaks::Keep } else { Breaks::Chip },
            limit,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn nothing_hidden_is_let_through(bytes in hostile(), options in options(), exact: bool) {
        let raw = Raw::new(&bytes);
        let shown = if exact { reveal_exact(raw, &options) } else { reveal(raw, &options) };
        for c in shown.as_str().chars() {
            let allowed = Class::of(c).is_none() || (c == '\n' && options.breaks == Breaks::Keep);
            prop_assert!(allowed, "U+{:04X} in {:?}", u32::from(c), shown.as_str());
        }
        prop_assert!(raw.label(20).chars().all(|c| Class::of(c).is_none()));
        prop_assert!(width(&raw.label(20)) <= 20);
    }

    #[test]
    fn pieces_are_the_whole_text_and_all_bytes(bytes in hostile(), options in options()) {
        let shown = reveal(Raw::new(&bytes), &options);
        let (mut out, mut src) = (0, 0);
        for piece in shown.pieces() {
            prop_assert_eq!((piece.out.start, piece.src.start), (out, src));
            prop_assert_eq!(piece.text, &shown.as_str()[piece.out.clone()]);
            if piece.kind == Piece::Text {
                prop_assert_eq!(piece.text.as_bytes(), &bytes[piece.src.clone()]);
            }
            prop_assert!(!piece.src.is_empty());
            (out, src) = (piece.out.end, piece.src.end);
        }
        prop_assert_eq!(out, shown.as_str().len());
        prop_assert_eq!(src + shown.more, bytes.len());
    }

    #[test]
    fn spans_map_there_and_back(bytes in hostile(), options in options(), start in 0usize..220, length in 0usize..40) {
        let shown = reveal(Raw::new(&bytes), &options);
        let covered = bytes.len() - shown.more;
        let span = start.min(covered)..(start + length).min(covered);
        let out = shown.out_range(span.clone());
        prop_assert!(shown.as_str().get(out.clone()).is_some(), "{out:?}");
        let back = shown.src_range(out.clone());
        if !out.is_empty() {
            // What is shown of a span covers it, but for quiet characters at its ends.
            let quiet = |range: std::ops::Range<usize>| shown.pieces().filter(|piece| !piece.out.is_empty())
                .all(|piece| piece.src.end <= range.start || piece.src.start >= range.end);
            prop_assert!(back.start <= span.start || quiet(span.start..back.start));
            prop_assert!(back.end >= span.end || quiet(back.end..span.end));
            prop_assert_eq!(shown.out_range(back), out);
        }
    }

    /// So that a terminal that counts by character and one that counts by cluster agree with ratatui.
    #[test]
    fn widths_do_not_depend_on_clusters(bytes in hostile()) {
        let shown = reveal(Raw::new(&bytes), &Options::default());
        for line in shown.as_str().split('\n') {
            prop_assert_eq!(width(line), line.chars().map(super::width::char_width).sum::<usize>(), "{:?}", line);
            // Ratatui leaves out what is zero cells wide.
            prop_assert!(line.graphemes(true).all(|cluster| width(cluster) > 0), "{:?}", line);
        }
    }

    #[test]
    fn what_is_found_is_shown(bytes in hostile()) {
        let raw = Raw::new(&bytes);
        let list = hidden(raw);
        prop_assert_eq!(has_hidden(raw), !list.is_empty());
        let shown = reveal(raw, &Options::default());
        for found in list.iter().filter(|found| !found.innocent && found.class != Class::VariationSelector) {
            let chip = shown.pieces().any(|piece| piece.kind == Piece::Chip(found.class) && piece.src.start < found.range.end && found.range.start < piece.src.end);
            prop_assert!(chip, "{found:?} in {:?}", shown.as_str());
        }
        prop_assert!(list.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    }
}

/// The tables of categories, clusters and widths are of different Unicode versions, so each character is tried.
#[test]
fn no_character_is_lost_when_drawn() {
    let tried = (0..0x3000)
        .chain(0xa000..0xac00)
        .chain(0xd7b0..0xe010)
        .chain(0xf900..0x18000)
        .chain(0x1b000..0x1fc00);
    for c in tried.chain(0xdfff0..0xe0200).filter_map(char::from_u32) {
        let shown = Raw::from(format!("a{c}b").as_str()).inline();
        assert!(
            shown
                .as_str()
                .graphemes(true)
                .all(|cluster| width(cluster) > 0),
            "U+{:04X}",
            u32::from(c)
        );
        assert!(
            shown.as_str().chars().all(|c| Class::of(c).is_none()),
            "U+{:04X}",
            u32::from(c)
        );
        assert!(shown.width() >= 2 && shown.as_str().len() >= 2);
    }
}

fn shown(s: &str) -> String {
    reveal(s.into(), &Options::default()).into_string()
}

#[test]
fn chips_say_what_they_stand_for() {
    for (raw, expected) in [
        ("a\u{202e}b", "a⟨U+202E RLO⟩b"),
        ("a\u{200b}\u{200b}b", "a⟨ZWSP ×2⟩b"),
        ("\u{1b}[31mred\u{1b}[0m", "⟨ESC[31m⟩red⟨ESC[0m⟩"),
        ("x\u{1b}]0;root@prod\u{7}", "x⟨ESC]0;root@prod BEL⟩"),
        ("a\u{7}b\r", "a⟨BEL⟩b⟨CR⟩"),
        ("tab\tstop\r\nnext", "tab stop\nnext"),
        ("a\u{e000}\u{e000}", "a⟨U+E000 ×2⟩"),
        ("می\u{200c}خواهم", "میخواهم"),
        (
            "\u{1f469}\u{200d}\u{1f4bb} \u{26a0}\u{fe0f}",
            "\u{1f469}\u{1f4bb} \u{26a0}",
        ),
        ("\u{1f44d}\u{1f3fd}", "\u{1f44d}⟨skin tone 4⟩"),
        ("send\u{a0}email", "send⟨NBSP⟩email"),
        ("10\u{202f}000\u{a0}€", "10 000 €"),
        ("ﾊ\u{ff9e}ﾅﾅ", "ﾊ゛ﾅﾅ"),
        (" \u{1161}", " ⟨U+1161⟩"),
        ("\u{301}x", "⟨U+0301⟩x"),
    ] {
        assert_eq!(shown(raw), expected);
    }
    let mut zalgo = String::from("a");
    zalgo.extend(["\u{301}"; 101]);
    assert_eq!(
        shown(&zalgo),
        format!("a{}⟨+97 marks⟩", "\u{301}".repeat(4))
    );
    assert_eq!(shown(&format!("a{}b", " ".repeat(600))), "a⟨600 spaces⟩b");
    assert_eq!(
        shown(&format!("a{}b", "\n".repeat(80))),
        "a\n⟨80 line breaks⟩\nb"
    );
    let tags: String = "before using"
        .chars()
        .filter_map(|c| char::from_u32(0xe0000 + u32::from(c)))
        .collect();
    assert_eq!(shown(&format!("Adds{tags}")), "Adds⟨TAG \"before using\"⟩");
    assert_eq!(
        Raw::new(b"\xff\xfe\xed\xa0\xbd").inline().as_str(),
        "⟨0xFF 0xFE⟩⟨U+D83D⟩"
    );
}

#[test]
fn one_line_and_ascii_forms() {
    assert_eq!(Raw::from("a\n\tb\r\n").inline().as_str(), "a⏎⇥b⏎");
    let options = Options {
        ascii: true,
        breaks: Breaks::Chip,
        ..Options::default()
    };
    assert_eq!(
        reveal("a\u{202e}b\n\u{200b}\u{200b}\t".into(), &options).as_str(),
        "a<U+202E RLO>b\\n<ZWSP x2>\\t"
    );
    assert_eq!(
        Raw::from("a long title\nof two lines").label(12),
        "a long titl…"
    );
    assert_eq!(Raw::from("short").label(12), "short");
}

#[test]
fn exact_leaves_nothing_out() {
    let shown = reveal_exact(
        "می\u{200c}خواهم \u{26a0}\u{fe0f}".into(),
        &Options::default(),
    );
    assert_eq!(shown.as_str(), "می⟨ZWNJ⟩خواهم \u{26a0}⟨VS16⟩");
}

#[test]
fn a_limit_is_told() {
    let shown = reveal(
        "端末 and more".into(),
        &Options {
            limit: 4,
            ..Options::default()
        },
    );
    assert_eq!((shown.as_str(), shown.more), ("端", 12));
}

#[test]
fn a_person_sees_nothing_of_what_is_hidden() {
    let options = Options {
        seen_only: true,
        ..Options::default()
    };
    let seen = |text: &str| reveal(text.into(), &options).as_str().to_owned();
    assert_eq!(seen("a\u{200b}b\u{e0041}\u{1b}[8mc"), "abc");
    assert_eq!(
        seen("a\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nb")
            .matches('\n')
            .count(),
        20
    );
    let padded = format!("a{}b", " ".repeat(120));
    assert_eq!(seen(&padded), padded);
}
