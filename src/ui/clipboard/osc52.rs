//! The terminal's own way.
//!
//! OSC 52 asks the terminal itself to take the text, so it works over SSH; inside tmux the sequence is wrapped so that
//! it passes through to the outer terminal, and sent plainly too, for tmux' own buffer (`set-clipboard on`).

/// Most bytes that are copied: terminals cut or ignore longer sequences (xterm's limit is about 100 KB of base64).
pub const MOST: usize = 74_000;

/// The bytes to write to the terminal so that it copies `text`.
pub fn sequence(text: &str, in_tmux: bool) -> String {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    if in_tmux {
        format!(
            "{plain}\x1bPtmux;{}\x1b\\",
            plain.replace('\x1b', "\x1b\x1b")
        )
    } else {
        plain
    }
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0u32, |word, i| {
            word << 8 | u32::from(chunk.get(i).copied().unwrap_or(0))
        });
        for i in 0..4 {
            let sextet = (word >> (18 - 6 * i)) as usize & 63;
            out.push(if i <= chunk.len() {
                char::from(ALPHABET[sextet])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn tmux_gets_the_sequence_twice() {
        assert_eq!(sequence("f", false), "\x1b]52;c;Zg==\x07");
        assert!(sequence("f", true).ends_with("\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\"));
    }
}
