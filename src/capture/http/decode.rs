//! Undoes a content coding for the record. What goes to the client keeps it.

use flate2::write::{MultiGzDecoder, ZlibDecoder};
use hyper::HeaderMap;
use hyper::header::CONTENT_ENCODING;
use std::io::{self, Write};

/// Most bytes that are made of one body: a few kilobytes can say gigabytes.
const MOST: u64 = 256 << 20;

/// The coding of one body.
pub enum Decoder {
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>, u64),
    Deflate(Box<ZlibDecoder<Vec<u8>>>, u64),
    /// One that is not known here, more than one, or a body that is not of its coding.
    Unreadable,
}

impl Decoder {
    /// By the header of the body. The codings' names are those of RFC 9110, 8.4.1.
    pub fn of(headers: &HeaderMap) -> Decoder {
        let mut codings = headers.get_all(CONTENT_ENCODING).iter();
        let coding = match (codings.next(), codings.next()) {
            (None, _) => return Decoder::Plain,
            (Some(only), None) => only.as_bytes().trim_ascii().to_ascii_lowercase(),
            _ => return Decoder::Unreadable,
        };
        match coding.as_slice() {
            b"" | b"identity" => Decoder::Plain,
            b"gzip" | b"x-gzip" => Decoder::Gzip(Box::new(MultiGzDecoder::new(Vec::new())), 0),
            b"deflate" => Decoder::Deflate(Box::new(ZlibDecoder::new(Vec::new())), 0),
            _ => Decoder::Unreadable,
        }
    }

    pub fn is_readable(&self) -> bool {
        !matches!(self, Decoder::Unreadable)
    }

    /// Reads on, and gives the plain bytes that are there now.
    pub fn feed(&mut self, bytes: &[u8], plain: &mut dyn FnMut(&[u8])) {
        let read = match self {
            Decoder::Plain => {
                plain(bytes);
                return;
            }
            Decoder::Gzip(decoder, made) => inflate(decoder.as_mut(), bytes, made, plain, |d| {
                std::mem::take(d.get_mut())
            }),
            Decoder::Deflate(decoder, made) => inflate(decoder.as_mut(), bytes, made, plain, |d| {
                std::mem::take(d.get_mut())
            }),
            Decoder::Unreadable => return,
        };
        if read.is_err() {
            *self = Decoder::Unreadable;
        }
    }
}

fn inflate<D: Write>(
    decoder: &mut D,
    bytes: &[u8],
    made: &mut u64,
    plain: &mut dyn FnMut(&[u8]),
    take: impl Fn(&mut D) -> Vec<u8>,
) -> io::Result<()> {
    for piece in bytes.chunks(4096) {
        // Events must be read when they pass, not when enough of them are there. What comes before a fault counts: clients
        // take it, too.
        let read = decoder.write_all(piece).and_then(|()| decoder.flush());
        let out = take(decoder);
        *made += out.len() as u64;
        if *made > MOST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        plain(&out);
        read?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use hyper::header::HeaderValue;

    fn decoder(coding: &'static str) -> Decoder {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        Decoder::of(&headers)
    }

    fn fed(decoder: &mut Decoder, pieces: &[&[u8]]) -> Vec<Vec<u8>> {
        pieces
            .iter()
            .map(|piece| {
                let mut out = Vec::new();
                decoder.feed(piece, &mut |plain| out.extend_from_slice(plain));
                out
            })
            .collect()
    }

    #[test]
    fn reads_what_is_there_at_once() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(b"data: 1\n\n").unwrap();
        gzip.flush().unwrap();
        let first = std::mem::take(gzip.get_mut());
        gzip.write_all(b"data: 2\n\n").unwrap();
        let second = gzip.finish().unwrap();
        let mut decoder = decoder("GZIP");
        assert_eq!(
            fed(&mut decoder, &[&first, &second]),
            [b"data: 1\n\n", b"data: 2\n\n"]
        );
        assert!(decoder.is_readable());
    }

    #[test]
    fn knows_deflate_and_gives_up_on_others() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"{}").unwrap();
        let coded = zlib.finish().unwrap();
        assert_eq!(fed(&mut decoder("deflate"), &[&coded]), [b"{}"]);
        assert!(!decoder("br").is_readable());
        let mut wrong = decoder("gzip");
        assert_eq!(fed(&mut wrong, &[b"no gzip at all", b"x"]), [b"", b""]);
        assert!(!wrong.is_readable());
    }

    #[test]
    fn what_comes_before_a_fault_is_read() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(b"{\"orders\":1}").unwrap();
        let mut coded = gzip.finish().unwrap();
        coded.extend_from_slice(b"no member of gzip at all");
        let mut decoder = decoder("gzip");
        assert_eq!(fed(&mut decoder, &[&coded]).concat(), b"{\"orders\":1}");
        assert!(!decoder.is_readable());
    }

    #[test]
    fn a_bomb_is_put_down() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![0; 1 << 20];
        for _ in 0..300 {
            gzip.write_all(&zeros).unwrap();
        }
        let bomb = gzip.finish().unwrap();
        let (mut decoder, mut made) = (decoder("gzip"), 0);
        decoder.feed(&bomb, &mut |plain| made += plain.len() as u64);
        assert!(!decoder.is_readable() && made <= MOST);
    }
}
