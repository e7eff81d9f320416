//! Files that are packed: compressed, or in another encoding than UTF-8. Told by their content.

use super::read::At;
use super::spool::Spool;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};

/// Most that a compressed file may grow to.
const MOST: u64 = 64 << 30;
/// Most that it may grow by: gzip cannot do more than about 1,030 to 1, text of real sessions does 3 to 20.
const MOST_RATIO: u64 = 200;
/// Below this size a ratio says nothing.
const SMALL: u64 = 16 << 20;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Packing {
    Gzip,
    Zstd,
    /// With the lower byte first, as PowerShell's `>` writes it; or with the higher.
    Utf16 {
        low_first: bool,
    },
}

/// A file unpacked, as far as it could be.
pub struct Opened {
    pub file: File,
    pub notes: Vec<String>,
}

impl Packing {
    /// For a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Utf16 { .. } => "UTF-16",
        }
    }

    pub fn of(head: &[u8]) -> Option<Packing> {
        Some(match head {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Packing::Zstd,
            [0xff, 0xfe, ..] => Packing::Utf16 { low_first: true },
            [0xfe, 0xff, ..] => Packing::Utf16 { low_first: false },
            _ => return None,
        })
    }

    /// Unpacks into a spool. What comes before damage or a limit is kept, and a note says so.
    ///
    /// # Errors
    /// Where the spool cannot be written.
    pub fn unpack(self, file: &File) -> io::Result<Opened> {
        let packed = file.metadata()?.len();
        let input = BufReader::with_capacity(1 << 16, At { file, offset: 0 });
        match self {
            Packing::Gzip => inflate(MultiGzDecoder::new(input), packed),
            Packing::Zstd => inflate(Frames::new(input), packed),
            Packing::Utf16 { low_first } => recode(input, low_first),
        }
    }
}

fn inflate(input: impl Read, packed: u64) -> io::Result<Opened> {
    let mut input = input.take(MOST.min((packed * MOST_RATIO).max(SMALL)));
    let mut spool = Spool::new()?;
    let mut notes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => spool.write_all(&buffer[..n])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                notes.push(format!(
                    "The compressed data is damaged or cut off ({error}); the {} bytes before that were read.",
                    spool.bytes()
                ));
                break;
            }
        }
    }
    if input.limit() == 0 {
        notes.push(format!(
            "The file decompresses to more than {MOST_RATIO} times its size; only the first {} bytes were read. Decompress it yourself if it is genuine.",
            spool.bytes()
        ));
    }
    let (file, _) = spool.finish()?;
    Ok(Opened { file, notes })
}

/// The frames of a zstd file, one after the other: tools that append write several.
struct Frames<R: Read> {
    input: R,
    decoder: ruzstd::decoding::FrameDecoder,
    begun: bool,
}

impl<R: Read> Frames<R> {
    fn new(input: R) -> Frames<R> {
        Frames {
            input,
            decoder: ruzstd::decoding::FrameDecoder::new(),
            begun: false,
        }
    }
}

impl<R: io::BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy;
        loop {
            if self.begun {
                let n = self.decoder.read(buffer)?;
                if n > 0 {
                    return Ok(n);
                }
                if !self.decoder.is_finished() {
                    let most = BlockDecodingStrategy::UptoBytes(buffer.len());
                    self.decoder
                        .decode_blocks(&mut self.input, most)
                        .map_err(io::Error::other)?;
                    continue;
                }
                self.begun = false;
            }
            if self.input.fill_buf()?.is_empty() {
                return Ok(0);
            }
            match self.decoder.init(&mut self.input) {
                Ok(()) => self.begun = true,
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

/// UTF-16 to UTF-8. Half of a pair becomes its three bytes, so that it can be seen as what it is.
fn recode(mut input: impl Read, low_first: bool) -> io::Result<Opened> {
    let mut spool = Spool::new()?;
    let mut notes = vec![String::from(
        "The file is UTF-16: it was decoded, and places in it are counted in the decoded text.",
    )];
    let mut buffer = vec![0; 1 << 16];
    let mut held = 0;
    let mut first = true;
    let mut high: Option<u16> = None;
    let mut text = Vec::new();
    loop {
        let n = match input.read(&mut buffer[held..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let have = held + n;
        text.clear();
        for pair in buffer[..have].chunks_exact(2) {
            let unit = match low_first {
                true => u16::from_le_bytes([pair[0], pair[1]]),
                false => u16::from_be_bytes([pair[0], pair[1]]),
            };
            if std::mem::take(&mut first) && unit == 0xfeff {
                continue;
            }
            match (high.take(), unit) {
                (Some(high), 0xdc00..0xe000) => {
                    let pair =
                        0x10000 + ((u32::from(high) & 0x3ff) << 10 | (u32::from(unit) & 0x3ff));
                    push(pair, &mut text);
                    continue;
                }
                (Some(high), _) => push(u32::from(high), &mut text),
                (None, _) => {}
            }
            match unit {
                0xd800..0xdc00 => high = Some(unit),
                _ => push(u32::from(unit), &mut text),
            }
        }
        if n == 0 {
            if let Some(high) = high {
                push(u32::from(high), &mut text);
            }
            spool.write_all(&text)?;
            if have % 2 == 1 {
                notes.push(String::from(
                    "Its last byte is half of a character: the file is cut off there.",
                ));
            }
            break;
        }
        spool.write_all(&text)?;
        held = have % 2;
        buffer[0] = buffer[have - held];
    }
    let (file, _) = spool.finish()?;
    Ok(Opened { file, notes })
}

/// Appends a code point; a lone surrogate in the form that UTF-8 would give it.
fn push(code: u32, text: &mut Vec<u8>) {
    match char::from_u32(code) {
        Some(c) => text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        None => text.extend_from_slice(&[
            0xe0 | (code >> 12) as u8,
            0x80 | (code >> 6 & 0x3f) as u8,
            0x80 | (code & 0x3f) as u8,
        ]),
    }
}

/// A private copy with a name, for what a library opens by its path.
pub fn named(file: &File) -> io::Result<tempfile::NamedTempFile> {
    let mut copy = tempfile::NamedTempFile::new()?;
    io::copy(&mut At { file, offset: 0 }, &mut copy)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::super::spool::of_bytes;
    use super::*;

    fn unpacked(bytes: &[u8]) -> (Vec<u8>, Vec<String>) {
        let file = of_bytes(bytes).unwrap();
        let opened = Packing::of(bytes).unwrap().unpack(&file).unwrap();
        let mut text = Vec::new();
        let mut all = At {
            file: &opened.file,
            offset: 0,
        };
        all.read_to_end(&mut text).unwrap();
        (text, opened.notes)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    #[test]
    fn damaged_archives_give_what_they_have() {
        for packed in [gzip, zstd] {
            let whole = packed(&b"line\n".repeat(100_000));
            let (text, notes) = unpacked(&whole[..whole.len() - 6]);
            assert!(text.starts_with(b"line\n"));
            assert!(notes[0].contains("cut off"), "{notes:?}");
        }
        let (text, notes) = unpacked(&[0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0]);
        assert!(text.is_empty() && notes[0].contains("damaged"), "{notes:?}");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let (text, notes) = unpacked(&gzip(&vec![b' '; 50_000_000]));
        assert_eq!(text.len() as u64, SMALL);
        assert!(notes[0].contains("times its size"));
    }

    #[test]
    fn frames_are_read_one_after_the_other() {
        let both = [zstd(b"one\n"), zstd(b"two\n")].concat();
        assert_eq!(unpacked(&both).0, b"one\ntwo\n");
    }

    #[test]
    fn utf_16_of_either_order_is_decoded() {
        let text = "\u{feff}a\u{e9}\u{1f600}";
        let low: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&low, &high] {
            let (text, notes) = unpacked(bytes);
            assert_eq!(text, "a\u{e9}\u{1f600}".as_bytes());
            assert_eq!(notes.len(), 1);
        }
        let (text, notes) = unpacked(&[0xff, 0xfe, 0x00, 0xd8, b'a', 0, 7]);
        assert_eq!(text, b"\xed\xa0\x80a");
        assert!(notes[1].contains("half"), "{notes:?}");
    }
}
