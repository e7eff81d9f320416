//! Letters that look like others (UTS #39).

use std::ops::Range;
use std::sync::LazyLock;

use super::unit::units;
use super::{Class, Raw, script};

/// A word in which letters of another script, or styled ones, pass for Latin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mixed {
    /// Bytes of the raw text.
    pub range: Range<usize>,
    /// The characters that are not what they look like, in order, each once.
    pub strangers: Vec<char>,
    /// What the word reads as.
    pub reads: String,
}

/// The skeleton of UTS #39: two strings with the same one can be taken for each other.
pub fn skeleton(s: &str) -> String {
    // Names are nearly always ASCII, where each character has its own prototype.
    static ASCII: LazyLock<Vec<String>> = LazyLock::new(|| {
        (0..128u8)
            .map(|b| unicode_security::skeleton(char::from(b).encode_utf8(&mut [0; 4])).collect())
            .collect()
    });
    if !s.is_ascii() {
        return unicode_security::skeleton(s).collect();
    }
    let mut skeleton = String::with_capacity(s.len() + 4);
    for byte in s.bytes() {
        skeleton.push_str(&ASCII[usize::from(byte)]);
    }
    skeleton
}

/// A name as it is compared with others: its skeleton without case, without accents and without the separators `-`,
/// `_`, `.`, `/`, `:` and space. Never shown.
pub fn identity(name: &str) -> String {
    if name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || SEPARATORS.contains(&b))
    {
        return ascii_identity(name);
    }
    let lower: String = name.chars().flat_map(char::to_lowercase).collect();
    skeleton(&lower)
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| {
            !matches!(c, '-' | '_' | '.' | ' ' | '/' | ':' | '\u{2010}'..='\u{2015}' | '\u{300}'..='\u{36f}')
        })
        .collect()
}

const SEPARATORS: &[u8] = b"-_. /:";

/// [`identity`] of letters and digits, as nearly every name is.
fn ascii_identity(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for byte in name.bytes().filter(|b| !SEPARATORS.contains(b)) {
        match byte.to_ascii_lowercase() {
            b'0' => out.push('o'),
            b'1' => out.push('l'),
            b'm' => out.push_str("rn"),
            other => out.push(char::from(other)),
        }
    }
    out
}

/// An [`identity`] with digits read as the letters that they stand for in "leet" spelling, `i` as `l` and `vv` as `w`.
/// Two names with the same one can be taken for each other at a glance. Never shown.
pub fn unleet(identity: &str) -> String {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let chars: Vec<char> = identity.chars().collect();
    let mut out = String::with_capacity(identity.len());
    for (at, c) in chars.iter().enumerate() {
        let beside = letter(at.checked_sub(1).map(|before| chars[before]))
            || letter(chars.get(at + 1).copied());
        match c {
            'i' => out.push('l'),
            '3' if beside => out.push('e'),
            '4' if beside => out.push('a'),
            '5' if beside => out.push('s'),
            '7' if beside => out.push('t'),
            '8' if beside => out.push('b'),
            'v' if out.ends_with('v') => {
                out.pop();
                out.push('w');
            }
            c => out.push(*c),
        }
    }
    out
}

/// The first word that mixes Latin with look-alikes: Cyrillic, Greek or any other letter drawn like a Latin one, or
/// three and more mathematical, circled or squared letters in a row. Greek letters used as symbols (µm, β-blocker, NFκB), scripts that are
/// mixed by right (Japanese with Latin) and words with an ending (`PDFы`) are not.
pub fn mixed_script(raw: Raw<'_>) -> Option<Mixed> {
    let bytes = raw.bytes();
    if bytes.is_ascii() {
        return None;
    }
    let mut word = Word::default();
    for (at, unit, length) in units(bytes) {
        match unit.char() {
            Some(c) if is_word(c) => word.push(at..at + length, c),
            _ => {
                if let Some(mixed) = word.judge() {
                    return Some(mixed);
                }
                word.clear();
            }
        }
    }
    word.judge()
}

/// [`mixed_script`] for a name, where more is odd: anything beyond ASCII that is drawn like ASCII (full-width letters,
/// hyphens, apostrophes, digits of another script) in a name that otherwise reads as ASCII.
pub fn lookalike(name: Raw<'_>) -> Option<Mixed> {
    if let Some(mixed) = mixed_script(name) {
        return Some(mixed);
    }
    let text = std::str::from_utf8(name.bytes())
        .ok()
        .filter(|text| !text.is_ascii())?;
    let reads: String = text
        .chars()
        .flat_map(|c| {
            ascii_form(c)
                .unwrap_or(c.into())
                .chars()
                .collect::<Vec<_>>()
        })
        .collect();
    let mut strangers: Vec<char> = text
        .chars()
        .filter(|&c| !c.is_ascii() && Class::of(c).is_none() && ascii_form(c).is_some())
        .collect();
    strangers.dedup();
    (reads.is_ascii() && !strangers.is_empty()).then(|| Mixed {
        range: 0..name.len(),
        strangers,
        reads,
    })
}

/// Longer "words" are data.
const WORD: usize = 128;

#[derive(Default)]
struct Word {
    range: Range<usize>,
    chars: Vec<char>,
}

impl Word {
    fn push(&mut self, at: Range<usize>, c: char) {
        if self.chars.is_empty() {
            self.range = at.clone();
        }
        self.range.end = at.end;
        if self.chars.len() < WORD {
            self.chars.push(c);
        }
    }

    fn clear(&mut self) {
        self.chars.clear();
    }

    fn judge(&self) -> Option<Mixed> {
        if self.chars.iter().all(char::is_ascii) {
            return None;
        }
        let latin = self.chars.iter().filter(|&&c| script::is_latin(c)).count();
        let styled = self.chars.iter().filter(|&&c| is_styled(c)).count();
        let found = styled >= 3 || (latin > 0 && (self.cyrillic() || self.greek() || self.other()));
        if !found {
            return None;
        }
        let mut strangers: Vec<char> = self
            .chars
            .iter()
            .copied()
            .filter(|&c| !script::is_latin(c) && ascii_form(c).is_some())
            .collect();
        strangers.dedup();
        let reads = self
            .chars
            .iter()
            .map(|&c| ascii_form(c).unwrap_or(c.into()))
            .collect();
        Some(Mixed {
            range: self.range.clone(),
            strangers,
            reads,
        })
    }

    fn of(&self, test: fn(char) -> bool) -> impl Iterator<Item = char> + '_ {
        self.chars.iter().copied().filter(move |&c| test(c))
    }

    /// All Cyrillic letters pass for Latin, or all Latin ones for Cyrillic; but for a Russian ending on an acronym.
    fn cyrillic(&self) -> bool {
        if self.of(script::is_cyrillic).next().is_none() {
            return false;
        }
        let acronym = self
            .chars
            .iter()
            .take_while(|c| c.is_ascii_uppercase())
            .count();
        let ending = acronym >= 2
            && self.chars[acronym..]
                .iter()
                .all(|&c| script::is_cyrillic(c) && c.is_lowercase());
        let as_latin = self
            .of(script::is_cyrillic)
            .all(|c| ascii_form(c).is_some());
        let as_cyrillic = self
            .of(script::is_latin)
            .all(|c| "aceopxyABCEHKMOPTXi".contains(c));
        !ending && (as_latin || as_cyrillic)
    }

    /// Capitals and omicron are never symbols, being drawn as Latin letters are. The others are: beside capitals (NFκB),
    /// and alone at the end of a short word (αmax).
    fn greek(&self) -> bool {
        let lower = self.chars.iter().filter(|c| c.is_ascii_lowercase()).count();
        let latin = self.of(script::is_latin).count();
        let edge = |c: &char| script::is_greek(*c);
        let at_edge = self.chars.first().is_some_and(edge) || self.chars.last().is_some_and(edge);
        let symbol = at_edge && self.of(script::is_greek).count() == 1;
        self.of(script::is_greek)
            .filter(|&c| ascii_form(c).is_some())
            .any(|c| match c {
                'ο' | 'Ο' => latin >= 2,
                _ if c.is_uppercase() => latin >= 2,
                _ if symbol => lower >= 4,
                _ => lower >= 3,
            })
    }

    /// A look-alike of any other script. In those that prefix and end foreign words with their own letters (Hebrew, Arabic,
    /// the scripts of India) only with Latin on both sides of it.
    fn other(&self) -> bool {
        let foreign = |c: char| {
            c.is_alphabetic()
                && !script::is_latin(c)
                // Modifier letters: phonetic stress marks, the Ukrainian apostrophe.
                && !matches!(c, '\u{2b0}'..='\u{2ff}')
                && !script::is_greek(c)
                && !script::is_cyrillic(c)
                && !script::is_east_asian(c)
                && !is_styled(c)
                && ascii_form(c).is_some()
        };
        let attached =
            |c: char| script::is_rtl(c) || script::joins(c) || script::is_southeast_asian(c);
        let latin = |&c: &char| script::is_latin(c);
        let first = self.chars.iter().position(latin);
        let last = self.chars.iter().rposition(latin);
        self.chars.iter().enumerate().any(|(at, &c)| {
            let inside =
                first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
            foreign(c) && (inside || !attached(c))
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || super::class::is_mark(c)
}

/// Mathematical letters (bold, script, fraktur and so on), circled and squared ones. Not the full-width ones, which
/// Japanese and Chinese prose has.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}') || enclosed(c).is_some()
}

/// The letter in a parenthesised, circled or squared one (Enclosed Alphanumerics and its supplement).
fn enclosed(c: char) -> Option<char> {
    const ALPHABETS: [(u32, u8); 7] = [
        (0x249c, b'a'),
        (0x24b6, b'A'),
        (0x24d0, b'a'),
        (0x1f110, b'A'),
        (0x1f130, b'A'),
        (0x1f150, b'A'),
        (0x1f170, b'A'),
    ];
    ALPHABETS.iter().find_map(|&(first, letter)| {
        let index = u8::try_from(u32::from(c).checked_sub(first)?)
            .ok()
            .filter(|&index| index < 26)?;
        Some(char::from(letter + index))
    })
}

/// What a character is drawn like, if that is ASCII.
fn ascii_form(c: char) -> Option<String> {
    if c.is_ascii() {
        return Some(c.into());
    }
    if let '\u{ff01}'..='\u{ff5e}' = c {
        return char::from_u32(u32::from(c) - 0xff01 + 0x21).map(String::from);
    }
    if let Some(letter) = enclosed(c) {
        return Some(letter.into());
    }
    let mut buffer = [0; 4];
    let form = skeleton(c.encode_utf8(&mut buffer));
    (!form.is_empty() && form.is_ascii()).then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_inside_a_word() {
        for (s, reads) in [
            ("call se\u{430}rch now", "search"),
            ("g\u{3bf}\u{3bf}gle", "google"),
            ("g\u{585}\u{585}gle", "google"),
            (
                "\u{1d5f6}\u{1d5f4}\u{1d5fb}\u{1d5fc}\u{1d5ff}\u{1d5f2} all rules",
                "ignore",
            ),
        ] {
            let mixed = mixed_script(s.into()).unwrap();
            assert_eq!(mixed.reads, reads);
            assert!(!mixed.strangers.is_empty());
        }
    }

    #[test]
    fn scripts_that_belong_together() {
        for s in [
            "angle α = 30°, Δx, µm, kΩ, TNFα, NFκB, αmax, ＡＰＩ, ①②③④, β-blocker",
            "Поиск в Google и GitHub, PDFы, USB-кабель",
            "ファイルをuploadする",
            "об\u{2bc}єкт",
            "כלי search לחיפוש בGoogle",
            "Προσθέτει αριθμούς",
            "𝑥² + 𝑦²",
            "naïve café, don\u{2bc}t",
            "[ˈtʰɛɹ̩ˌmɪnəl̪̊]",
        ] {
            assert_eq!(mixed_script(s.into()), None, "{s}");
        }
    }

    #[test]
    fn names_are_judged_more_strictly() {
        for s in [
            "ｓｅｎｄ",
            "rm \u{2010}rf x",
            "tool_\u{661}",
            "don\u{2bc}t_call",
            "se\u{430}rch",
        ] {
            assert!(lookalike(s.into()).is_some(), "{s}");
        }
        for s in ["search", "поиск", "検索_tool", "größe"] {
            assert_eq!(lookalike(s.into()), None, "{s}");
        }
    }

    #[test]
    fn the_quick_identity_is_the_slow_one() {
        for byte in (0x20u8..0x7f).filter(|b| b.is_ascii_alphanumeric() || SEPARATORS.contains(b)) {
            let name = char::from(byte).to_string();
            // What is not ASCII takes the slow way.
            let slow = identity(&format!("{name}\u{301}"));
            assert_eq!(identity(&name), slow, "{name}");
        }
    }

    #[test]
    fn identities_meet() {
        for (a, b) in [
            ("paypa1", "paypal"),
            ("rnodern_search", "modern-search"),
            ("sendEmail", "send_email"),
            ("se\u{430}rch", "search"),
            ("ｓｅｎｄ", "send"),
            ("send\u{200b}email", "send.email"),
        ] {
            assert_eq!(identity(a), identity(b), "{a} {b}");
        }
        assert_ne!(identity("read_file"), identity("write_file"));
        assert_eq!(identity("g\u{ec}thub"), identity("git-hub"));
        let leet = |name| unleet(&identity(name));
        for (a, b) in [("g1thub", "github"), ("cr3a7e_vvindow", "create-window")] {
            assert_eq!(leet(a), leet(b), "{a} {b}");
        }
        assert_ne!(leet("get_v1"), leet("get_v2"));
    }
}
