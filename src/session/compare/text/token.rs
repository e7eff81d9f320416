//! The words of a text, as a comparison counts them.

/// Text in pieces that are compared as one: words, stretches of blanks, and every other character by itself. Letters of
/// scripts that put no blanks between words stand alone, and so do bytes that are no text.
pub fn tokens(text: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::with_capacity(text.len() / 4);
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        let mut open: Option<(Sort, usize)> = None;
        for (n, letter) in chunk.valid().char_indices() {
            let sort = Sort::of(letter);
            if let Some((last, from)) = open {
                if last == sort && sort != Sort::Alone {
                    continue;
                }
                out.push(&text[at + from..at + n]);
            }
            open = Some((sort, n));
        }
        if let Some((_, from)) = open {
            out.push(&text[at + from..at + chunk.valid().len()]);
        }
        at += chunk.valid().len();
        for byte in 0..chunk.invalid().len() {
            out.push(&text[at + byte..=at + byte]);
        }
        at += chunk.invalid().len();
    }
    out
}

/// Whether a piece is white, and can be seen to be.
pub fn is_blank(token: &[u8]) -> bool {
    token
        .iter()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Blank,
    Alone,
}

impl Sort {
    fn of(letter: char) -> Sort {
        /// From here on scripts put no blanks between words (CJK radicals, kana, ideographs, Hangul).
        const DENSE: char = '\u{2e80}';
        match letter {
            ' ' | '\t' => Sort::Blank,
            // A mark belongs to the letter before it.
            '\u{300}'..='\u{36f}' | '_' => Sort::Word,
            _ if letter.is_alphanumeric() && letter < DENSE => Sort::Word,
            _ => Sort::Alone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_blanks_and_everything_else_stand_apart() {
        let shown = |text: &[u8]| -> Vec<String> {
            tokens(text)
                .iter()
                .map(|token| token.escape_ascii().to_string())
                .collect()
        };
        assert_eq!(
            shown(b"read_file  (two)\n"),
            ["read_file", "  ", "(", "two", ")", "\\n"]
        );
        assert_eq!(tokens("a\u{200b}\u{200b}b".as_bytes()).len(), 4);
        assert_eq!(tokens("日本語".as_bytes()).len(), 3);
        assert_eq!(shown(b"a\xff\xfeb"), ["a", "\\xff", "\\xfe", "b"]);
    }

    #[test]
    fn together_they_are_the_text() {
        for text in ["", "Ünïcode e\u{301} x", "a b\tc\r\n\n "] {
            assert_eq!(tokens(text.as_bytes()).concat(), text.as_bytes());
        }
    }
}
