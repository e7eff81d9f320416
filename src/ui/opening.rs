//! Opening all of a value: done elsewhere where it is large, or has to be decoded, hashed or dumped.

use super::blob::{Blob, DECODED, hex_of};
use super::body::Key;
use super::facts;
use super::json::{At, Json};
use super::model::Case;
use super::path::Path;
use super::view;
use super::zoom::{MOST, Value, Zoom};
use crate::analysis::signal::secret;
use crate::text::RawBuf;
use crate::wire::json::{Kind, NodeId};
use std::sync::Arc;

/// What is to be opened.
#[derive(Clone, Debug)]
pub struct Opening {
    pub of: Key,
    pub node: NodeId,
    pub json: Arc<Json>,
    /// As bytes with their offsets.
    pub hex: bool,
    /// Secrets are masked in what is dumped.
    pub masks: bool,
}

/// Steps of a path in a title.
const STEPS: usize = 12;

impl Opening {
    /// Whether it is opened at once: short text, nothing to decode.
    pub fn is_light(at: At) -> bool {
        at.size() <= super::body::AT_ONCE as usize && Blob::of(at).is_none()
    }

    /// Takes as long as the value is large.
    pub fn run(&self, case: &Case) -> Option<Zoom> {
        let at = self.json.at(self.node)?;
        let blob = Blob::of(at);
        let mut value = match (&blob, self.hex) {
            (None, false) => facts::with(case, |facts| view::opened(facts, self.of, at)),
            _ => Value {
                title: Path::of(at, STEPS).jq(),
                text: self.dumped(at, blob.as_ref()),
                at: Some((self.of, self.node)),
                ..Value::default()
            },
        };
        if self.hex {
            value.title.push_str(", its bytes");
            value.dumped = true;
        }
        value.described = blob.is_some();
        value.more = at.size().saturating_sub(match blob {
            Some(_) => DECODED,
            None => MOST,
        });
        Some(Zoom::new(value))
    }

    fn dumped(&self, at: At, blob: Option<&Blob>) -> RawBuf {
        let bytes = match blob {
            Some(blob) => blob.decoded(),
            None if at.kind() == Kind::String => at.text(MOST).as_raw().bytes().to_vec(),
            None => self.json.bytes()[at.range()].to_vec(),
        };
        let mut shown = bytes.clone();
        // Of text that is read the zoom masks the secrets itself, and can spell them out.
        let read = blob.is_some_and(|blob| blob.look.text) && !self.hex;
        if self.masks && !read {
            mask(&mut shown);
        }
        match blob {
            Some(blob) => blob.description(&bytes, &shown, self.hex).into(),
            None => hex_of(&shown).into(),
        }
    }
}

/// Bytes that are looked through for secrets: those that are dumped, and a little more.
const SEARCHED: usize = 300 * 1024;

/// Puts asterisks over the secrets, so that all other bytes keep their offsets.
fn mask(bytes: &mut [u8]) {
    let hidden = secret::hidden(&bytes[..bytes.len().min(SEARCHED)]);
    for range in hidden {
        bytes[range].fill(b'*');
    }
}
