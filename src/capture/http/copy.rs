//! The copy of a body for the record: decoded where it is in a coding that is known, else the bytes as they came.

use super::decode::Decoder;
use super::kept::Kept;
use hyper::HeaderMap;
use hyper::header::CONTENT_ENCODING;

/// A copy that is being made.
pub struct Copy {
    decoder: Decoder,
    plain: Kept,
    /// The bytes as they came, where they are in a coding: nothing may be missing because nobody could read it.
    coded: Kept,
    is_coded: bool,
}

impl Copy {
    /// Of the body that these headers speak of.
    pub fn of(headers: &HeaderMap) -> Copy {
        Copy {
            decoder: Decoder::of(headers),
            plain: Kept::default(),
            coded: Kept::default(),
            is_coded: headers.contains_key(CONTENT_ENCODING),
        }
    }

    pub fn push(&mut self, data: &[u8]) {
        let plain = &mut self.plain;
        self.decoder.feed(data, &mut |bytes| plain.push(bytes));
        if self.is_coded {
            self.coded.push(data);
        }
    }

    /// Notes that there was something, not what.
    pub fn push_any(&mut self, data: &[u8]) {
        for kept in [&mut self.plain, &mut self.coded] {
            if kept.is_empty() {
                kept.push(&data[..data.len().min(1)]);
            }
        }
    }

    /// What is kept, and whether it could be decoded.
    pub fn take(&mut self) -> (Kept, bool) {
        let (plain, coded) = (
            std::mem::take(&mut self.plain),
            std::mem::take(&mut self.coded),
        );
        // A body that ends before its coding says anything was not read either.
        let read = self.decoder.is_readable() && (coded.is_empty() || !plain.is_empty());
        match read {
            true => (plain, true),
            false => (coded, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn copied(coding: Option<&'static str>, data: &[u8]) -> (Vec<u8>, bool) {
        let mut headers = HeaderMap::new();
        if let Some(coding) = coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        let mut copy = Copy::of(&headers);
        data.chunks(3).for_each(|piece| copy.push(piece));
        let (kept, decoded) = copy.take();
        (kept.bytes().unwrap().to_vec(), decoded)
    }

    #[test]
    fn what_cannot_be_decoded_is_kept_as_it_came() {
        assert_eq!(copied(None, b"{\"id\":1}"), (b"{\"id\":1}".to_vec(), true));
        for coding in ["br", "gzip", "zstd"] {
            let told = copied(Some(coding), b"{\"id\":1}");
            assert_eq!(told, (b"{\"id\":1}".to_vec(), false), "{coding}");
        }
    }
}
