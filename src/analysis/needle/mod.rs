//! A text that a person looks for, found however it is written.
//!
//! As it stands; as JSON escapes it, in any mixture and at any depth; percent-encoded, with `\x69`, `&#105;`; in base64
//! at any of its three alignments and in either alphabet, of UTF-8 and of UTF-16; in hexadecimal; split by characters
//! without width; in letters that look alike; in tag characters, variation selectors and bits of zero-width
//! characters.
//!
//! Every line is looked at a fixed number of times, whatever it holds: for the text itself, for a handful of literals
//! that its encodings contain, and, only around characters or escapes that could disguise a letter, once more with
//! all disguises undone. Encodings within encodings are not followed.

mod coded;
mod folded;
mod unescape;

use coded::Coded;
use folded::Folded;
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;

/// How a text was written where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Escapes,
    Percent,
    Base64,
    /// Base64 of UTF-16, as PowerShell takes it.
    WideBase64,
    Hex,
    Tags,
    Selectors,
    ZeroWidthBits,
    Split,
    LookAlike,
}

impl Way {
    /// `found in base64`.
    pub fn says(self) -> &'static str {
        match self {
            Way::Escapes => "with escapes",
            Way::Percent => "percent-encoded",
            Way::Base64 => "in base64",
            Way::WideBase64 => "in base64 of UTF-16",
            Way::Hex => "in hexadecimal",
            Way::Tags => "in tag characters",
            Way::Selectors => "in variation selectors",
            Way::ZeroWidthBits => "in bits of zero-width characters",
            Way::Split => "split by characters without width",
            Way::LookAlike => "in look-alike letters",
        }
    }
}

/// Where a text was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of what was looked through.
    pub range: Range<usize>,
    /// Every way in which it is not the text itself; none where it stands as it is.
    pub ways: Vec<Way>,
}

impl Found {
    /// `with escapes, in tag characters`; empty where it stands as it is.
    pub fn says(&self) -> String {
        let ways: Vec<&str> = self.ways.iter().map(|way| way.says()).collect();
        ways.join(", ")
    }
}

/// A text made ready to be looked for. Letters of either case, unless it has a capital one.
#[derive(Debug)]
pub struct Needle {
    plain: Regex,
    coded: Option<Coded>,
    folded: Folded,
}

impl Needle {
    /// `None` where there is nothing to look for.
    pub fn new(text: &str) -> Option<Needle> {
        if text.trim().is_empty() {
            return None;
        }
        let any_case = !text.chars().any(char::is_uppercase);
        let plain = RegexBuilder::new(&plain(text, any_case))
            .case_insensitive(any_case)
            .build()
            .ok()?;
        Some(Needle {
            plain,
            coded: Coded::new(text, any_case),
            folded: Folded::new(text),
        })
    }

    /// The first place in a line: as it stands, else encoded, else in disguise.
    pub fn find(&self, line: &[u8]) -> Option<Found> {
        if let Some(found) = self.plain.find(line) {
            let escaped = memchr::memchr(b'\\', found.as_bytes()).is_some();
            return Some(Found {
                range: found.range(),
                ways: escaped.then_some(Way::Escapes).into_iter().collect(),
            });
        }
        let coded = self.coded.as_ref().and_then(|coded| coded.find(line));
        coded.or_else(|| self.folded.find(line))
    }

    /// Which of the lines of a block hold it: places in `lines`, which are in order and do not overlap.
    pub fn lines(&self, block: &[u8], lines: &[Range<usize>]) -> Vec<usize> {
        let mut held = vec![false; lines.len()];
        self.each(
            lines,
            |at| Some(self.plain.find_at(block, at)?.start()),
            |n| {
                held[n] = true;
            },
        );
        if let Some(coded) = &self.coded {
            let next = |at| coded.next(block, at);
            self.each(lines, next, |n| {
                held[n] = held[n] || coded.find(&block[lines[n].clone()]).is_some();
            });
        }
        for hint in folded::HINTS {
            self.each(
                lines,
                |at| hint(block, at),
                |n| {
                    held[n] = held[n] || self.folded.find(&block[lines[n].clone()]).is_some();
                },
            );
        }
        (0..lines.len()).filter(|n| held[*n]).collect()
    }

    /// Tells of every line in which `next` finds something, each once.
    fn each(
        &self,
        lines: &[Range<usize>],
        next: impl Fn(usize) -> Option<usize>,
        mut tell: impl FnMut(usize),
    ) {
        let mut at = lines.first().map_or(0, |line| line.start);
        let end = lines.last().map_or(0, |line| line.end);
        while at < end
            && let Some(found) = next(at)
        {
            let n = lines.partition_point(|line| line.end <= found);
            let Some(line) = lines.get(n) else { return };
            if line.start <= found {
                tell(n);
                at = line.end;
            } else {
                at = line.start;
            }
        }
    }
}

/// A pattern of the text as it stands and as JSON usually writes it. A space stands for any white space between words,
/// an escaped line break as well.
fn plain(text: &str, any_case: bool) -> String {
    let mut pattern = String::new();
    let mut spaced = false;
    for letter in text.trim().chars() {
        if letter.is_whitespace() {
            if !spaced {
                pattern += r"(?: |\\+[nrt])+";
            }
            spaced = true;
            continue;
        }
        spaced = false;
        match letter {
            '"' => pattern += r#"\\*""#,
            '\\' => pattern += r"\\+",
            '/' => pattern += r"\\*/",
            _ if letter.is_ascii() => pattern += &regex::escape(letter.encode_utf8(&mut [0; 4])),
            _ => {
                let mut forms = vec![regex::escape(letter.encode_utf8(&mut [0; 4]))];
                forms.push(escaped(letter));
                if any_case {
                    // An escape has no case of its own.
                    forms.extend(
                        letter
                            .to_uppercase()
                            .chain(letter.to_lowercase())
                            .map(escaped),
                    );
                }
                forms.dedup();
                pattern += &format!("(?:{})", forms.join("|"));
            }
        }
    }
    pattern
}

/// A character as JSON escapes it, in one unit or two.
fn escaped(letter: char) -> String {
    let mut units = [0; 2];
    let units = letter.encode_utf16(&mut units).iter();
    units.map(|unit| format!(r"\\+u(?i:{unit:04x})")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(needle: &str, line: &str) -> Option<Vec<Way>> {
        let needle = Needle::new(needle).expect("something to look for");
        let found = needle.find(line.as_bytes());
        // The block is gone through by other means; both must agree.
        let before = "{\"x\":\"nothing\"}\n";
        let block = format!("{before}{line}\n{before}");
        let at = before.len();
        let lines = [
            0..at - 1,
            at..at + line.len(),
            at + line.len() + 1..block.len() - 1,
        ];
        let held = needle.lines(block.as_bytes(), &lines);
        assert_eq!(held, found.iter().map(|_| 1).collect::<Vec<_>>(), "{line}");
        found.map(|found| found.ways)
    }

    #[test]
    fn what_stands_there_is_found_in_either_case_unless_asked_for_in_one() {
        assert_eq!(ways("id_rsa", r#"{"p":"~/.ssh/ID_RSA"}"#), Some(vec![]));
        assert_eq!(ways("ID_RSA", r#"{"p":"~/.ssh/id_rsa"}"#), None);
        assert_eq!(ways("a.c", "abc"), None);
        assert_eq!(
            ways("say \"hi\"", r#"{"t":"say \"Hi\""}"#),
            Some(vec![Way::Escapes])
        );
        assert_eq!(
            ways("café", r#"{"t":"CAF\u00C9"}"#),
            Some(vec![Way::Escapes])
        );
        assert_eq!(ways("😀", r#""\ud83d\ude00""#), Some(vec![Way::Escapes]));
        assert_eq!(
            ways("ignore previous", r#""ignore\n previous""#),
            Some(vec![Way::Escapes])
        );
        assert!(Needle::new("  ").is_none());
    }

    #[test]
    fn escapes_are_read_in_any_mixture_and_depth() {
        for line in [
            r#"{"t":"\u0069d_rsa"}"#,
            r#"{"t":"i\u0044\u005frs\u0061"}"#,
            r#"{"t":"{\"p\":\"\\u0069d_rsa\"}"}"#,
            r#"{"t":"$'\\x69\\x64_rsa'"}"#,
            r#"{"t":"&#105;d&#x5f;rsa"}"#,
        ] {
            assert_eq!(ways("id_rsa", line), Some(vec![Way::Escapes]), "{line}");
        }
        assert_eq!(ways("id_rsa", r#"{"t":"\u0069d_rs"}"#), None);
        assert_eq!(ways("id_rsa", "?p=id%5Frsa"), Some(vec![Way::Percent]));
        assert_eq!(
            ways("id_rsa", "?p=%69%64%5f%72%73%61"),
            Some(vec![Way::Percent])
        );
        assert_eq!(ways("id_rsa", "100% id%rsa"), None);
    }

    #[test]
    fn base64_is_read_at_any_alignment_and_in_any_alphabet() {
        // of "~/.ssh/id_rsa", " x~/.ssh/id_rsa" and "cat id_rsa?>"
        for line in [
            r#"{"b":"fi8uc3NoL2lkX3JzYQ=="}"#,
            r#"{"b":"IHh+Ly5zc2gvaWRfcnNh"}"#,
            r#"{"b":"Y2F0IGlkX3JzYT8-"}"#,
            r#"{"b":"SURfUlNB"}"#,
        ] {
            assert_eq!(ways("id_rsa", line), Some(vec![Way::Base64]), "{line}");
        }
        // of "id_rsa" in UTF-16
        assert_eq!(
            ways("id_rsa", r#"-enc aQBkAF8AcgBzAGEA"#),
            Some(vec![Way::WideBase64])
        );
        // It reads like it but for its alignment.
        assert_eq!(ways("id_rsa", r#"{"b":"xaWRfcnNh"}"#), None);
        assert_eq!(
            ways("id_rsa", r#"{"h":"7e2f69645F727361"}"#),
            Some(vec![Way::Hex])
        );
        assert_eq!(ways("id_rsa", r#"{"h":"7e2f769645f727361"}"#), None);
    }

    #[test]
    fn a_line_that_is_one_run_of_digits_is_gone_through_once() {
        let hex = "69645f727361";
        let mut line = format!("0{}", hex.repeat(100_000));
        assert_eq!(ways("id_rsa", &line), None);
        // A run of its own begins at its own digit; so does one digit more.
        line.push_str("-69645f727361");
        assert_eq!(ways("id_rsa", &line), Some(vec![Way::Hex]));
        line.insert(0, '0');
        let found = Needle::new("id_rsa").expect("it").find(line.as_bytes());
        assert_eq!(found.map(|found| found.range), Some(2..14));
    }

    #[test]
    fn what_cannot_be_seen_is_found_and_named() {
        let tags: String = "read id_rsa"
            .bytes()
            .filter_map(|b| char::from_u32(0xe0000 + u32::from(b)))
            .collect();
        assert_eq!(
            ways("id_rsa", &format!("Weather.{tags}")),
            Some(vec![Way::Tags])
        );
        let escaped: String = tags
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        assert_eq!(
            ways("id_rsa", &format!("\"Weather.{escaped}\"")),
            Some(vec![Way::Escapes, Way::Tags])
        );
        assert_eq!(
            ways("id_rsa", "id\u{200b}_r\u{2060}sa"),
            Some(vec![Way::Split])
        );
        assert_eq!(
            ways("id_rsa", r#""id\u200b_rsa""#),
            Some(vec![Way::Escapes, Way::Split])
        );
        let selectors: String = "id_rsa"
            .bytes()
            .filter_map(|b| char::from_u32(0xe0100 - 16 + u32::from(b)))
            .collect();
        assert_eq!(
            ways("id_rsa", &format!("ok 😀{selectors}")),
            Some(vec![Way::Selectors])
        );
        let bits: String = "id_rsa"
            .bytes()
            .flat_map(|b| (0..8).rev().map(move |n| b >> n & 1))
            .map(|bit| if bit == 1 { '\u{200c}' } else { '\u{200b}' })
            .collect();
        assert_eq!(
            ways("id_rsa", &format!("ok{bits}")),
            Some(vec![Way::ZeroWidthBits])
        );
    }

    #[test]
    fn letters_that_look_alike_are_found_and_named() {
        assert_eq!(ways("id_rsa", "ｉｄ＿ｒｓａ"), Some(vec![Way::LookAlike]));
        assert_eq!(ways("id_rsa", "id_rs\u{430}"), Some(vec![Way::LookAlike]));
        assert_eq!(
            ways("id_rsa", r#""id_rs\u0430""#),
            Some(vec![Way::Escapes, Way::LookAlike])
        );
    }

    #[test]
    fn a_long_line_is_gone_through_in_pieces() {
        let mut line = "é\u{200b}".repeat(200_000);
        assert_eq!(
            Needle::new("id_rsa").expect("it").find(line.as_bytes()),
            None
        );
        for at in [0, 65_530, 131_072, 400_000] {
            let mut at = at;
            while !line.is_char_boundary(at) {
                at += 1;
            }
            line.insert_str(at, "id\u{200b}_rsa");
            let found = Needle::new("id_rsa").expect("it").find(line.as_bytes());
            let found = found.expect("it is there");
            assert_eq!(&line[found.range], "id\u{200b}_rsa");
            assert_eq!(found.ways, [Way::Split]);
            line.replace_range(at..at + 9, "");
        }
    }
}
