//! Signs that a text is not written as it is meant.

/// Whether something in a text has to be undone before its words can be seen: characters without width, letters that
/// are drawn otherwise, spaced letters, escape sequences.
pub fn is_disguised(bytes: &[u8]) -> bool {
    if memchr::memchr2(0x1b, 0x08, bytes).is_some() || is_spaced_out(bytes) {
        return true;
    }
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| *b >= 0xc2) {
        at += step;
        let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
        let odd = match bytes[at] {
            // Soft hyphen; joiner; Arabic mark.
            0xc2 => next(1) == 0xad,
            // Greek, Cyrillic, Armenian right behind a Latin letter.
            0xcd..=0xd6 if at > 0 && bytes[at - 1].is_ascii_alphabetic() => true,
            0xcd => next(1) == 0x8f,
            0xd8 => next(1) == 0x9c,
            0xe1 => next(1) == 0xa0 && (0x8b..=0x8f).contains(&next(2)),
            // Zero-width, bidirectional and other format characters; circled letters.
            0xe2 => match next(1) {
                0x80 => matches!(next(2), 0x8b..=0x8f | 0xaa..=0xae),
                0x81 => matches!(next(2), 0xa0..=0xaf),
                0x92 => next(2) >= 0xb6,
                0x93 => next(2) <= 0xa9,
                _ => false,
            },
            // Full-width letters and digits, variation selectors, the byte order mark.
            0xef => match next(1) {
                0xbc => matches!(next(2), 0x90..=0x99 | 0xa1..=0xba),
                0xbd => matches!(next(2), 0x81..=0x9a),
                0xbb => next(2) == 0xbf,
                _ => false,
            },
            // Mathematical letters.
            0xf0 => next(1) == 0x9d && (0x90..=0x9f).contains(&next(2)),
            0xf3 => true,
            _ => false,
        };
        if odd {
            return true;
        }
        at += 1;
    }
    false
}

/// Six single letters with single spaces between them.
pub(super) fn is_spaced_out(bytes: &[u8]) -> bool {
    let mut run = 0;
    for pair in bytes.windows(2) {
        run = match (pair[0].is_ascii_alphabetic(), pair[1]) {
            (true, b' ') if run % 2 == 0 => run + 1,
            (false, next) if run % 2 == 1 && pair[0] == b' ' && next.is_ascii_alphabetic() => {
                run + 1
            }
            _ => 0,
        };
        if run >= 10 {
            return true;
        }
    }
    false
}
