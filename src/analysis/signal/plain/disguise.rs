//! Signs that a text is not written as it is meant.

/// Whether something in a text has to be undone before its words can be seen: characters without width, letters that
/// are drawn otherwise, spaced letters, escape sequences.
pub fn is_disguised(bytes: &[u8]) -> bool {
    if memchr::memchr2(0x1b, 0x08, bytes).is_some() || is_spaced_out(bytes) {
        return true;
    }
    let mut at = 0;
    while let Some(lead) = next_lead(bytes, at) {
        at = lead;
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

/// The next byte that begins a character beyond ASCII. Plain stretches are skipped in large steps.
fn next_lead(bytes: &[u8], mut at: usize) -> Option<usize> {
    const STEP: usize = 64;
    while bytes.get(at..at + STEP).is_some_and(<[u8]>::is_ascii) {
        at += STEP;
    }
    let step = bytes[at..].iter().position(|b| *b >= 0xc2)?;
    Some(at + step)
}

/// Six single letters with single spaces between them, or more.
pub(super) fn is_spaced_out(bytes: &[u8]) -> bool {
    /// Five letters, each with the space behind it, and the sixth letter.
    const RUN: usize = 11;
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let space = |at: usize| bytes.get(at) == Some(&b' ');
    // Any run covers one of the places that are so far apart, with a letter or with a space.
    (0..bytes.len()).step_by(RUN - 1).any(|place| {
        let first = match (space(place), place.checked_sub(1)) {
            (true, Some(before)) => before,
            (true, None) => return false,
            (false, _) => place,
        };
        let pair = |at: usize| letter(at) && space(at + 1);
        let mut start = first;
        while start >= 2 && pair(start - 2) {
            start -= 2;
        }
        let pairs = (start..)
            .step_by(2)
            .take_while(|at| pair(*at))
            .take(5)
            .count();
        pairs == 5 && letter(start + 10)
    })
}
