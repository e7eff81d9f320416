//! The quick judgement of JSON that looks as programs write it.

use super::scan::skip_string;
use super::whole::Members;

/// The members of a value as programs write it: no white space but one blank behind a comma or a colon, numbers of a few
/// digits, no deep nesting. `None` for anything else, which is no judgement.
pub fn usual(text: &[u8]) -> Option<Members> {
    const DEEPEST: u32 = 64;
    let mut members = Members::default();
    // The open containers, the innermost in the lowest bit: 1 for an object.
    let (mut open, mut depth) = (0u64, 0);
    let mut at = 0;
    loop {
        let byte = *text.get(at)?;
        at = match byte {
            b'{' | b'[' => {
                let object = byte == b'{';
                at += 1;
                if *text.get(at)? == if object { b'}' } else { b']' } {
                    at + 1
                } else if depth == DEEPEST {
                    return None;
                } else {
                    (open, depth) = (open << 1 | u64::from(object), depth + 1);
                    if object {
                        at = usual_key(text, at, depth, &mut members)?;
                    }
                    continue;
                }
            }
            b'"' => skip_string(text, at)?.0,
            b'0'..=b'9' => {
                let digits = text[at..].iter().take_while(|b| b.is_ascii_digit());
                at + Some(digits.count()).filter(|n| *n < 16)?
            }
            b't' => at + usual_word(text, at, b"true")?,
            b'f' => at + usual_word(text, at, b"false")?,
            b'n' => at + usual_word(text, at, b"null")?,
            _ => return None,
        };
        // What ends here, until something else begins.
        while depth > 0 {
            match (*text.get(at)?, open & 1) {
                (b',', object) => {
                    at = after_blank(text, at + 1);
                    if object == 1 {
                        at = usual_key(text, at, depth, &mut members)?;
                    }
                    break;
                }
                (b'}', 1) | (b']', 0) => (open, depth, at) = (open >> 1, depth - 1, at + 1),
                _ => return None,
            }
        }
        if depth == 0 {
            return (at == text.len()).then_some(members);
        }
    }
}

/// With `at` on a key: where its value begins.
#[inline]
fn usual_key(text: &[u8], at: usize, depth: u32, members: &mut Members) -> Option<usize> {
    if *text.get(at)? != b'"' {
        return None;
    }
    let (end, _) = skip_string(text, at)?;
    if depth == 1 {
        members.note(&text[at + 1..end - 1]);
    }
    (*text.get(end)? == b':').then(|| after_blank(text, end + 1))
}

fn usual_word(text: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    text[at..].starts_with(word).then_some(word.len())
}

#[inline]
fn after_blank(text: &[u8], at: usize) -> usize {
    at + usize::from(text.get(at) == Some(&b' '))
}
