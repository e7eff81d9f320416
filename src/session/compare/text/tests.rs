use super::*;
use proptest::prelude::*;

fn compared(old: &str, new: &str) -> Diff {
    diff(
        Raw::from(old),
        Raw::from(new),
        Until::within(Duration::from_secs(60)),
    )
}

fn lit<'t>(diff: &Diff, side: Side, text: &'t str) -> Vec<&'t str> {
    let lines = diff.lines.iter().filter(|line| line.side == side);
    lines
        .flat_map(|line| line.words.iter().map(|word| &text[word.clone()]))
        .collect()
}

fn sides(diff: &Diff) -> Vec<Side> {
    diff.lines.iter().map(|line| line.side).collect()
}

#[test]
fn a_word_that_was_added_is_the_only_thing_lit() {
    let (old, new) = ("Send a mail.\nTo one.\n", "Send a secret mail.\nTo one.\n");
    let diff = compared(old, new);
    assert_eq!(lit(&diff, Side::New, new).concat().trim(), "secret");
    assert_eq!(lit(&diff, Side::Old, old), Vec::<&str>::new());
    assert_eq!(sides(&diff), [Side::Old, Side::New, Side::Same]);
    assert_eq!((diff.added, diff.removed), (7, 0));
    assert!(!diff.cut_short && !diff.hunks[0].only_space);
}

#[test]
fn what_cannot_be_seen_is_a_word_of_its_own() {
    let (old, new) = ("Send a mail.", "Send\u{200b} a mail\u{202e}.");
    let diff = compared(old, new);
    assert_eq!(lit(&diff, Side::New, new), ["\u{200b}", "\u{202e}"]);
    assert!(!diff.hunks[0].only_space);
}

#[test]
fn bytes_that_are_no_text_are_compared_too() {
    let (old, new) = (b"a \xff b".as_slice(), b"a \xfe b".as_slice());
    let diff = diff(
        Raw::new(old),
        Raw::new(new),
        Until::within(Duration::from_secs(60)),
    );
    assert_eq!(diff.lines[1].words, vec![2..3]);
}

#[test]
fn lines_written_anew_are_lit_as_a_whole() {
    let diff = compared(
        "Search the web for a phrase.",
        "Wipes every disk of the machine.",
    );
    assert!(diff.lines.iter().all(|line| line.words.is_empty()));
    assert_eq!((diff.removed, diff.added), (28, 32));
}

#[test]
fn white_space_alone_is_called_so() {
    let broken = compared("one two three\nfour", "one two\nthree four");
    assert!(broken.hunks[0].only_space, "{broken:?}");
    let end = compared("one", "one\n");
    assert!(end.only_end && end.hunks.is_empty());
    assert!(!compared("one", "one").only_end);
}

#[test]
fn a_sentence_that_moved_is_found_again() {
    let (old, new) = (
        "Always ask the person first.\nSend a mail.\nBe kind to all.",
        "Send a mail.\nBe kind to all.\nAlways ask the person first.",
    );
    let diff = compared(old, new);
    let (from, to) = diff.moved[0].clone();
    assert_eq!((&old[from], &new[to]), (&old[..28], &new[29..]));
    let one_line = compared(
        "Always ask the person first. Send a mail to whom it may concern, with care.",
        "Send a mail to whom it may concern, with care. Always ask the person first.",
    );
    assert_eq!(one_line.moved.len(), 1, "{one_line:?}");
    assert!(compared("Send a mail.", "Send two mails.").moved.is_empty());
}

#[test]
fn twenty_thousand_lines_that_all_differ_end_and_say_so() {
    // A few dozen different lines in an order without order: nothing is quick about that.
    let text = |mut seed: u32| -> String {
        let mut out = String::new();
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            out.push_str(&format!("line {} of a text\n", seed >> 26));
        }
        out
    };
    let (old, new) = (text(1), text(2));
    let diff = diff(
        Raw::from(old.as_str()),
        Raw::from(new.as_str()),
        Until::within(Duration::from_millis(1)),
    );
    assert!(diff.cut_short);
    let kept = |side: Side| diff.lines.iter().filter(|line| line.side != side).count();
    assert_eq!((kept(Side::New), kept(Side::Old)), (20_000, 20_000));
}

#[test]
fn no_time_at_all_still_gives_both_texts() {
    let diff = diff(
        Raw::from("a b\nc"),
        Raw::from("a x\nc"),
        Until::within(Duration::ZERO),
    );
    assert!(diff.cut_short);
    assert_eq!(sides(&diff), [Side::Old, Side::Old, Side::New, Side::New]);
}

proptest! {
    #[test]
    fn both_texts_can_be_read_off_the_diff(old in "[ab\n é\u{200b}]{0,60}", new in "[ab\n é\u{200b}]{0,60}") {
        let diff = compared(&old, &new);
        let side = |text: &str, keep: Side| -> Vec<String> {
            diff.lines.iter().filter(|l| l.side == keep || l.side == Side::Same)
                .map(|l| if l.side == Side::Same { new[l.at.clone()].to_owned() } else { text[l.at.clone()].to_owned() })
                .collect()
        };
        let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
        prop_assert_eq!(side(&old, Side::Old), lines(&old));
        prop_assert_eq!(side(&new, Side::New), lines(&new));
        for line in &diff.lines {
            prop_assert!(line.words.iter().all(|word| word.start >= line.at.start && word.end <= line.at.end));
        }
        prop_assert_eq!(diff.hunks.is_empty(), diff.lines.iter().all(|line| line.side == Side::Same));
    }
}
