//! What stands in `raw`, or in `text` and `b64` where it is no JSON.

use std::fs::File;
use std::io;

/// What an entry carries.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// One message or one line of text, without the end of its line.
    Bytes(&'a [u8]),
    /// A long one that was put aside: the first `len` bytes of the file.
    File { file: &'a File, len: u64 },
    /// Nothing: an answer of HTTP without a body.
    None,
}

/// How a body is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// One whole JSON value on one line: its own bytes.
    Json,
    /// One whole JSON value on several lines: white space between its tokens is dropped.
    JsonLines,
    Text,
    /// Text that is not UTF-8: what can be read of it, and all of it in base 64.
    Bytes,
}

/// Length of the pieces in which a file is read: a multiple of three, for base 64.
const PIECE: usize = 3 << 14;

/// Gives a file's first bytes in pieces; all but the last are as long as they can be.
pub fn pieces(
    file: &File,
    len: u64,
    give: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = vec![0; PIECE];
    let mut at = 0;
    while at < len {
        let want = (len - at).min(PIECE as u64) as usize;
        read_at(file, &mut buffer[..want], at)?;
        give(&buffer[..want])?;
        at += want as u64;
    }
    Ok(())
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    use std::os::unix::fs::FileExt;
    file.read_exact_at(buffer, at)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, buffer: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(buffer)
}

/// Escapes text for the inside of a JSON string, in pieces. What is not UTF-8 becomes U+FFFD.
#[derive(Default)]
pub struct Escape {
    /// The first bytes of a character that a piece ended in.
    begun: Vec<u8>,
}

impl Escape {
    /// A text that is held in one piece.
    pub fn whole(text: &[u8], out: &mut Vec<u8>) {
        lossy(text, out);
    }

    pub fn piece(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        let joined;
        let text = if self.begun.is_empty() {
            piece
        } else {
            joined = [&std::mem::take(&mut self.begun), piece].concat();
            &joined
        };
        let cut = text.len() - begun(text);
        lossy(&text[..cut], out);
        self.begun.extend_from_slice(&text[cut..]);
    }

    pub fn finish(&mut self, out: &mut Vec<u8>) {
        lossy(&std::mem::take(&mut self.begun), out);
    }
}

/// How many bytes at the end may be the start of a character that is not all there.
fn begun(text: &[u8]) -> usize {
    for back in 1..=text.len().min(3) {
        let needs = match text[text.len() - back] {
            0x80..=0xBF => continue,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF7 => 4,
            _ => 1,
        };
        return if needs > back { back } else { 0 };
    }
    0
}

fn lossy(text: &[u8], out: &mut Vec<u8>) {
    for chunk in text.utf8_chunks() {
        escape(chunk.valid().as_bytes(), out);
        if !chunk.invalid().is_empty() {
            out.extend_from_slice("\u{FFFD}".as_bytes());
        }
    }
}

fn escape(text: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    for (at, byte) in text.iter().enumerate() {
        if !matches!(byte, 0..0x20 | b'"' | b'\\' | 0x7f) {
            continue;
        }
        out.extend_from_slice(&text[from..at]);
        from = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
    out.extend_from_slice(&text[from..]);
}

/// Base 64 with padding (RFC 4648, section 4). Pieces but the last must be multiples of three long.
pub fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let byte = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4 {
            out.push(if n <= three.len() {
                SIGNS[(bits >> (18 - 6 * n) & 63) as usize]
            } else {
                b'='
            });
        }
    }
}

/// Drops white space between the tokens of JSON text, in pieces.
#[derive(Default)]
pub struct Reflow {
    in_string: bool,
    escaped: bool,
}

impl Reflow {
    pub fn piece(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        for &byte in piece {
            if self.in_string {
                let ends = byte == b'"' && !self.escaped;
                self.escaped = byte == b'\\' && !self.escaped;
                self.in_string = !ends;
                // A line's end cannot stand in a string, but some readers let it; on our line it would end the line.
                match byte {
                    b'\n' => out.extend_from_slice(b"\\n"),
                    _ => out.push(byte),
                }
                continue;
            }
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                self.in_string = byte == b'"';
                out.push(byte);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn base64_is_padded() {
        for (text, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let mut out = Vec::new();
            base64(text.as_bytes(), &mut out);
            assert_eq!(out, coded.as_bytes());
        }
    }

    #[test]
    fn space_between_tokens_is_dropped_and_no_other() {
        let mut out = Vec::new();
        let mut reflow = Reflow::default();
        for piece in [&b"{\r\n  \"a b\\\""[..], b" \": [ 1 ,\n2 ]", b"\n}\n"] {
            reflow.piece(piece, &mut out);
        }
        assert_eq!(out, br#"{"a b\" ":[1,2]}"#);
    }

    fn escaped(pieces: &[&[u8]]) -> Vec<u8> {
        let (mut out, mut escape) = (vec![b'"'], Escape::default());
        for piece in pieces {
            escape.piece(piece, &mut out);
        }
        escape.finish(&mut out);
        out.push(b'"');
        out
    }

    proptest! {
        #[test]
        fn text_comes_back(text in any::<String>(), cut in 0usize..50) {
            let (a, b) = text.as_bytes().split_at(cut.min(text.len()));
            let back: String = serde_json::from_slice(&escaped(&[a, b])).unwrap();
            prop_assert_eq!(back, text);
        }

        #[test]
        fn bytes_become_valid_json(bytes in prop::collection::vec(any::<u8>(), 0..60), cut in 0usize..60) {
            let (a, b) = bytes.split_at(cut.min(bytes.len()));
            prop_assert!(serde_json::from_slice::<String>(&escaped(&[a, b])).is_ok());
        }
    }
}
