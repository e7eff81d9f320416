//! How much of a model's context a text takes.
//!
//! Every model has a tokenizer of its own, and none of them is in here: this is an estimate by classes of characters. On
//! 93 definitions of tools in English it gave 10 % more than OpenAI's `o200k_base` and 15 % more than `cl100k_base`; with
//! texts in Chinese, Japanese, Korean, Russian and Arabic it stayed within a fifth of the former.

use super::Raw;

/// About how many tokens a text is.
pub fn tokens(raw: Raw<'_>) -> u64 {
    let mut count = 0;
    for chunk in raw.bytes().utf8_chunks() {
        count += of_text(chunk.valid());
        count += chunk.invalid().len() as u64;
    }
    count
}

/// What characters have in common that are cut into tokens alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Upper,
    Digit,
    Space,
    Break,
    Punctuation,
    /// Chinese, Japanese, Korean: about a token a character.
    Ideograph,
    /// Letters of other alphabets.
    Letter,
    /// Signs, emoji, characters that cannot be seen: spelled out in bytes, most of them.
    Sign,
}

impl Kind {
    fn of(c: char) -> Kind {
        match c {
            'a'..='z' => Kind::Lower,
            'A'..='Z' => Kind::Upper,
            '0'..='9' => Kind::Digit,
            ' ' => Kind::Space,
            '\n' | '\r' | '\t' => Kind::Break,
            '\0'..='\x7f' => Kind::Punctuation,
            '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}' => Kind::Ideograph,
            _ if c.is_alphabetic() => Kind::Letter,
            _ => Kind::Sign,
        }
    }

    /// Whether a character goes on with a run of this kind.
    fn takes(self, next: Kind) -> bool {
        self == next && next != Kind::Sign || self == Kind::Break && next == Kind::Space
    }
}

fn of_text(text: &str) -> u64 {
    let mut count = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut kind = Kind::of(c);
        let mut run = 1u64;
        while let Some(next) = chars.peek().map(|next| Kind::of(*next)) {
            // A capital begins a word.
            if kind == Kind::Upper && run == 1 && next == Kind::Lower {
                kind = Kind::Lower;
            } else if !kind.takes(next) {
                break;
            }
            run += 1;
            chars.next();
        }
        count += match kind {
            // Most words are one token, with the space before them.
            Kind::Lower => run.div_ceil(9),
            Kind::Upper | Kind::Digit | Kind::Punctuation | Kind::Letter => run.div_ceil(3),
            Kind::Space => u64::from(run > 1),
            Kind::Break => 1,
            Kind::Ideograph => (run * 4).div_ceil(5),
            Kind::Sign => (c.len_utf8() as u64 - 1).max(1),
        };
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beside each text what `o200k_base` makes of it.
    #[test]
    fn is_within_a_fourth_of_a_true_count() {
        for (text, exact) in [
            (
                "List the entries of a folder, one a line, folders with a trailing slash. Use this before read_file, which fails on folders.",
                28,
            ),
            (
                "列出文件夹中的条目，每行一个，文件夹末尾带斜杠。请不要读取私钥。",
                27,
            ),
            ("フォルダの項目を一行ずつ一覧表示します。", 15),
            ("폴더의 항목을 한 줄에 하나씩 나열합니다.", 15),
            ("Перечислить содержимое папки, по одному на строку.", 15),
            ("قائمة محتويات المجلد، واحد في كل سطر", 13),
            ("\u{e0061}\u{e006c}\u{e0073}\u{e006f}\u{200b}\u{200b}", 17),
        ] {
            let told = tokens(Raw::from(text));
            assert!(
                told * 4 <= exact * 5 && told * 4 >= exact * 3,
                "{told} for {exact}: {text}"
            );
        }
        assert_eq!(tokens(Raw::new(b"")), 0);
        assert_eq!(tokens(Raw::new(b"\xff\xfe")), 2);
    }
}
