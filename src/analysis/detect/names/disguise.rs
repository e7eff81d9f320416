//! Names that are spelled to be taken for another.

use super::posing;
use crate::analysis::detect::tokens;
use crate::analysis::profile;
use crate::text;

/// How one of two names is made to look like the other; `None` where they are one, differ only in case or separators,
/// or do not look alike.
pub(super) fn of(a: &str, b: &str) -> Option<&'static str> {
    if profile::plain(a) == profile::plain(b) && !is_odd(a) && !is_odd(b) {
        return None;
    }
    let (mine, theirs) = (text::identity(a), text::identity(b));
    if mine == theirs && (is_odd(a) || is_odd(b)) {
        return Some("One of them holds letters that only look like the other's.");
    }
    if text::unleet(&mine) != text::unleet(&theirs) || by_word(a, b) {
        return None;
    }
    Some("Digits, letters or pairs of letters stand for letters that they look like.")
}

/// The key under which names meet that may be a disguise of each other.
pub(super) fn key(name: &str) -> String {
    text::unleet(&text::identity(name))
}

/// It holds what is not seen, or letters of other scripts among Latin ones.
pub(super) fn is_odd(name: &str) -> bool {
    text::lookalike(name.into()).is_some()
        || !text::hidden_in(name.into(), text::Place::Identifier).is_empty()
}

/// Words that are others with `i` and `l` exchanged, though they are long enough to be looked at or well known.
const BOTH: &[&str] = &[
    "alien", "allen", "fail", "fails", "failing", "fall", "falls", "falling", "filer", "flier",
    "mail", "mails", "mall", "malls", "spilt", "split", "tail", "tall", "trial", "wait", "waiter",
    "walt", "walter", "wails", "walls",
];

/// The names differ only in `i` and `l`, as words of their own do: `uri` and `url`, `tail` and `tall`.
pub(super) fn by_word(a: &str, b: &str) -> bool {
    /// Shorter words meet by chance.
    const LONG_ENOUGH: usize = 5;
    let one = |name: &str| name.replace('i', "l");
    if one(&profile::plain(a)) != one(&profile::plain(b)) || by_capital(a, b) {
        return false;
    }
    let (mine, theirs) = (tokens(a), tokens(b));
    let differ = |(x, y): &(&String, &String)| x != y;
    mine.len() == theirs.len()
        && mine.iter().zip(&theirs).filter(differ).all(|(x, y)| {
            let both = |word: &String| BOTH.contains(&word.as_str());
            let known = |word: &String| posing::WORDS.contains(&word.as_str());
            let short = x.len() < LONG_ENOUGH && !known(x) && !known(y);
            short || both(x) && both(y)
        })
}

/// Where they differ, a capital `I` stands for an `l`: nobody writes so.
fn by_capital(a: &str, b: &str) -> bool {
    let pairs = || a.bytes().zip(b.bytes()).filter(|(x, y)| x != y);
    a.len() == b.len()
        && pairs().next().is_some()
        && pairs().all(|pair| matches!(pair, (b'I', b'l') | (b'l', b'I')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_others() {
        for (a, b) in [
            ("verify_domain", "verlfy_domain"),
            ("send_email", "send_ernail"),
            ("view_invoice", "vievv_invoice"),
            ("read_file", "read_fi1e"),
            ("post_order", "p0st_order"),
            ("PaypalSend", "PaypaISend"),
            ("list_repositories", "Iist_repositories"),
            ("read_file", "read_fiie"),
            ("send_email", "send_еmail"),
        ] {
            assert!(of(a, b).is_some() && of(b, a).is_some(), "{a} {b}");
        }
    }

    #[test]
    fn words_are_words() {
        for (a, b) in [
            ("get_uri", "get_url"),
            ("tail_log", "tall_log"),
            ("list_malls", "list_mails"),
            ("get_mail", "get_mall"),
            ("iot_devices", "lot_devices"),
            ("send-email", "sendEmail"),
            ("send_email", "send_email"),
            ("send_email", "read_email"),
        ] {
            assert_eq!(of(a, b), None, "{a} {b}");
        }
    }
}
