//! The bodies of captured exchanges: their codings, and whether they speak JSON-RPC.

use crate::wire::json::{Doc, Value};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memmem;
use std::borrow::Cow;
use std::io::Read;

/// Most bytes that are made of all the coded bodies of one capture: a few kilobytes can say gigabytes.
pub const ROOM: u64 = 256 << 20;

/// Undoes a content coding (names of RFC 9110, 8.4.1), taking what it makes off `room`. `None` for a coding that is not
/// known here, for more than one, and where nothing could be made of it.
pub fn plain<'a>(bytes: Cow<'a, [u8]>, coding: &[u8], room: &mut u64) -> Option<Cow<'a, [u8]>> {
    let coding = coding.trim_ascii().to_ascii_lowercase();
    let made = match coding.as_slice() {
        b"" | b"identity" => return Some(bytes),
        b"gzip" | b"x-gzip" => read(MultiGzDecoder::new(&*bytes), *room),
        // Some send the bare stream under this name.
        b"deflate" => read(ZlibDecoder::new(&*bytes), *room)
            .or_else(|| read(DeflateDecoder::new(&*bytes), *room)),
        _ => None,
    }?;
    *room = room.saturating_sub(made.len() as u64);
    Some(Cow::Owned(made))
}

/// What can be read: a body that breaks off is read as far as it goes.
fn read(decoder: impl Read, room: u64) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let _ = decoder.take(room).read_to_end(&mut made);
    (!made.is_empty()).then_some(made)
}

/// Whether a body is a JSON-RPC message, or a batch of them.
pub fn is_rpc(body: &[u8]) -> bool {
    // Most bodies of a browser's capture are something else, and large.
    if !matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
        || memmem::find(body, b"\"jsonrpc\"").is_none()
    {
        return false;
    }
    let doc = Doc::parse(body);
    let is = |value: Value<'_>| value.get("jsonrpc").is_some();
    doc.root()
        .is_some_and(|root| is(root) || root.is_array() && root.items().next().is_some_and(is))
}

/// Whether a body is a stream of events that has to do with MCP: messages, or where a client is to send its own.
pub fn is_rpc_stream(body: &[u8]) -> bool {
    memmem::find(body, b"\"jsonrpc\"").is_some()
        || memmem::find(body, b"event: endpoint").is_some()
        || memmem::find(body, b"event:endpoint").is_some()
}

/// What a message (or a batch) is about: whether it asks for an answer, and whether it is one.
pub fn asks_and_answers(message: &[u8]) -> (bool, bool) {
    let doc = Doc::parse(message);
    let Some(root) = doc.root() else {
        return (false, false);
    };
    let asks = |v: Value<'_>| v.get("method").is_some() && v.get("id").is_some();
    let answers = |v: Value<'_>| {
        v.get("method").is_none() && (v.get("result").is_some() || v.get("error").is_some())
    };
    if root.is_array() {
        (root.items().any(asks), root.items().any(answers))
    } else {
        (asks(root), answers(root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    #[test]
    fn codings_are_undone() {
        let text = b"{\"jsonrpc\":\"2.0\"}";
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text).unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(text).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(text).unwrap();
        for (coding, bytes) in [
            ("GZIP", gzip.finish().unwrap()),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", bare.finish().unwrap()),
            ("identity", text.to_vec()),
        ] {
            let made = plain(Cow::Owned(bytes), coding.as_bytes(), &mut ROOM.clone());
            assert_eq!(made.as_deref(), Some(&text[..]), "{coding}");
        }
        assert_eq!(plain(Cow::Borrowed(text), b"br", &mut ROOM.clone()), None);
    }

    #[test]
    fn a_bomb_takes_no_more_than_the_room() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&vec![0; 1 << 20]).unwrap();
        let bomb = gzip.finish().unwrap();
        let mut room = 1000;
        assert_eq!(
            plain(Cow::Borrowed(&bomb), b"gzip", &mut room).map(|b| b.len()),
            Some(1000)
        );
        assert_eq!(room, 0);
        assert_eq!(plain(Cow::Borrowed(&bomb), b"gzip", &mut room), None);
    }

    #[test]
    fn other_json_is_no_rpc() {
        assert!(is_rpc(b" [{\"jsonrpc\":\"2.0\",\"id\":1}]"));
        assert!(!is_rpc(b"{\"a\":{\"jsonrpc\":\"2.0\"}}"));
        assert!(!is_rpc(b"var a = {\"jsonrpc\":1}"));
        assert_eq!(
            asks_and_answers(b"{\"id\":1,\"method\":\"a\"}"),
            (true, false)
        );
        assert_eq!(
            asks_and_answers(b"[{\"id\":1,\"result\":{}}]"),
            (false, true)
        );
    }
}
