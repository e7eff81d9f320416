//! What bytes are, by how they begin.

/// What the first bytes tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub mime: Option<&'static str>,
    /// Width and height of an image.
    pub pixels: Option<(u32, u32)>,
    /// They read as text.
    pub text: bool,
}

/// Beginnings, from the specifications of the formats.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x7fELF", "application/x-elf"),
    (b"MZ", "application/x-msdownload"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/x-mach-binary"),
    (b"\0asm", "application/wasm"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
];

/// Knows bytes by their beginning.
pub fn look(bytes: &[u8]) -> Look {
    let text = is_text(bytes);
    let mime = container(bytes).or_else(|| {
        let begins = |(magic, _): &&(&[u8], &str)| bytes.starts_with(magic);
        // Two letters are too few for what reads as text.
        let sure = |(magic, _): &&(&[u8], &str)| !text || magic.len() > 3;
        let mut known = MAGIC.iter().filter(begins).filter(sure);
        known.next().map(|(_, mime)| *mime)
    });
    let pixels = match mime {
        Some("image/png") => Some((big(bytes, 16), big(bytes, 20))),
        Some("image/gif") => Some((little(bytes, 6, 2), little(bytes, 8, 2))),
        Some("image/webp") => webp(bytes),
        Some("image/jpeg") => jpeg(bytes),
        _ => None,
    };
    let pixels = pixels.filter(|(width, height)| *width > 0 && *height > 0);
    Look { mime, pixels, text }
}

/// Formats whose name stands further in.
fn container(bytes: &[u8]) -> Option<&'static str> {
    match (bytes.get(..4)?, bytes.get(8..12)) {
        (b"RIFF", Some(b"WEBP")) => Some("image/webp"),
        (b"RIFF", Some(b"WAVE")) => Some("audio/wav"),
        (b"RIFF", Some(b"AVI ")) => Some("video/x-msvideo"),
        _ => match (bytes.get(4..8)?, bytes.get(8..12)?) {
            (b"ftyp", b"avif") => Some("image/avif"),
            (b"ftyp", b"heic") => Some("image/heic"),
            (b"ftyp", b"M4A ") => Some("audio/mp4"),
            (b"ftyp", _) => Some("video/mp4"),
            _ => None,
        },
    }
}

fn big(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).unwrap_or_default();
    four.iter()
        .fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn little(bytes: &[u8], at: usize, count: usize) -> u32 {
    let own = bytes.get(at..at + count).unwrap_or_default();
    own.iter()
        .rev()
        .fold(0, |word, byte| word << 8 | u32::from(*byte))
}

/// RFC 9649, section 2: the three kinds of the first chunk.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1)),
        b"VP8L" => {
            let bits = little(bytes, 21, 4);
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => Some((little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff)),
        _ => None,
    }
}

/// Goes from segment to segment up to the one that begins a frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let length = (big(bytes, at + 2) >> 16) as usize;
        let frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if frame {
            let sides = big(bytes.get(..at + 9).map(|_| bytes)?, at + 5);
            return Some((sides & 0xffff, sides >> 16));
        }
        at += 2 + length.max(2);
    }
}

/// Whether bytes read as text: UTF-8 (but for a character cut at the end) without controls.
fn is_text(bytes: &[u8]) -> bool {
    let clean = |b: &u8| *b >= 0x20 || matches!(b, b'\n' | b'\r' | b'\t');
    // A character that is cut at the end is three bytes at most.
    let whole = (bytes.len().saturating_sub(3)..=bytes.len()).any(|end| {
        bytes[..end]
            .utf8_chunks()
            .all(|chunk| chunk.invalid().is_empty())
    });
    !bytes.is_empty() && whole && bytes.iter().all(clean)
}

/// Whether two names of types mean the same.
pub fn is_same(claimed: &[u8], found: &str) -> bool {
    /// Types that are another inside.
    const INSIDE: &[(&str, &[&str])] = &[
        (
            "application/zip",
            &[
                "application/vnd.",
                "application/java-archive",
                "application/epub",
            ],
        ),
        ("image/x-icon", &["image/vnd.microsoft.icon"]),
        ("audio/mpeg", &["audio/mp3"]),
        ("audio/wav", &["audio/x-wav", "audio/wave"]),
        ("video/mp4", &["audio/mp4", "audio/m4a", "image/", "video/"]),
        ("audio/ogg", &["video/ogg", "application/ogg", "audio/opus"]),
        ("video/webm", &["audio/webm", "video/x-matroska"]),
        ("image/jpeg", &["image/jpg"]),
        (
            "application/gzip",
            &["application/x-gzip", "application/x-tar"],
        ),
        ("application/x-msdownload", &["application/vnd.microsoft"]),
    ];
    let vague = claimed.is_empty() || claimed == b"application/octet-stream";
    let inside = INSIDE.iter().filter(|(mime, _)| *mime == found);
    vague
        || claimed == found.as_bytes()
        || inside
            .flat_map(|(_, names)| names.iter())
            .any(|name| claimed.starts_with(name.as_bytes()))
}

/// Whether a type is one of bytes that are never text.
pub fn is_binary(claimed: &[u8]) -> bool {
    let begins = |name: &str| claimed.starts_with(name.as_bytes());
    (begins("image/") && !begins("image/svg"))
        || ["audio/", "video/", "application/pdf", "application/zip"]
            .into_iter()
            .any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_read_from_each_header() {
        let png = [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0".as_slice(),
            &[8, 2],
        ]
        .concat();
        assert_eq!(look(&png).pixels, Some((640, 480)));
        assert_eq!(look(b"GIF89a\x80\x02\xe0\x01rest").pixels, Some((640, 480)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03";
        assert_eq!(
            look(jpeg),
            Look {
                mime: Some("image/jpeg"),
                pixels: Some((640, 480)),
                text: false
            }
        );
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0";
        assert_eq!(look(webp).pixels, Some((640, 480)));
    }

    #[test]
    fn cut_and_hostile_headers_are_no_trouble() {
        let whole: &[&[u8]] = &[
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0",
            b"\xff\xd8\xff\xe0\0\0\xff\xff\xff\xff\xff\xc0",
            b"RIFF\0\0\0\0WEBPVP8L",
            b"\0\0\0\x18ftypmp42",
        ];
        for bytes in whole {
            for end in 0..bytes.len() {
                look(&bytes[..end]);
            }
        }
        assert_eq!(look(b"BMW is a car").mime, None);
        assert!(look("héllo".as_bytes()).text && look(&"héllo".as_bytes()[..2]).text);
        assert!(!look(b"a\0b").text);
    }
}
