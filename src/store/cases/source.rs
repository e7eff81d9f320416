//! Recordings of a case: which file it was, and whether it still is that.

use crate::text::Raw;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes by which a recording is known: two that begin alike so far are the same one, that grew.
const HEAD: u64 = 4096;

/// A recording as it was when the case was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Without links in it.
    #[serde(with = "path")]
    pub path: PathBuf,
    pub size: u64,
    pub head: Head,
}

/// The beginning of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many bytes.
    pub bytes: u64,
    /// BLAKE3 of them, in hexadecimal.
    pub hash: String,
}

/// What became of a recording since its case was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is as it was, or longer.
    Same,
    /// It begins as it did, and is shorter.
    Shorter,
    /// Another content stands under its name.
    Replaced,
    /// It cannot be found, or not read.
    Missing,
}

impl Source {
    /// Looks at a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(path: &Path) -> io::Result<Source> {
        let path = fs::canonicalize(path)?;
        let size = fs::metadata(&path)?.len();
        let head = head(&path, HEAD.min(size))?;
        Ok(Source { path, size, head })
    }

    /// Looks at it again.
    pub fn kept(&self) -> Kept {
        let Ok(meta) = fs::metadata(&self.path) else {
            return Kept::Missing;
        };
        match head(&self.path, self.head.bytes) {
            Err(_) => Kept::Missing,
            Ok(head) if head != self.head => Kept::Replaced,
            Ok(_) if meta.len() < self.size => Kept::Shorter,
            Ok(_) => Kept::Same,
        }
    }

    /// Whether the file is this recording at another place: this one's own place is empty. One of which only a short
    /// beginning is known must be as long as it was: many recordings begin with the same few lines.
    pub fn moved_to(&self, other: &Source) -> bool {
        let is_known = self.head.bytes >= HEAD || other.size == self.size;
        self.head.bytes > 0
            && is_known
            && other.size >= self.size
            && head(&other.path, self.head.bytes).is_ok_and(|head| head == self.head)
            && fs::symlink_metadata(&self.path).is_err()
    }

    /// The last part of its path, safe to print.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or(self.path.as_os_str());
        Raw::new(name.as_encoded_bytes()).label(80)
    }
}

fn head(path: &Path, most: u64) -> io::Result<Head> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(Head {
        bytes: bytes.len() as u64,
        hash: blake3::hash(&bytes).to_hex().to_string(),
    })
}

/// A path as JSON: a string, or a list of its bytes where it is no text.
mod path {
    use super::*;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        #[cfg_attr(not(unix), allow(dead_code))]
        Bytes(Vec<u8>),
    }

    pub fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        match path.to_str() {
            Some(text) => text.serialize(to),
            None => path.as_os_str().as_encoded_bytes().serialize(to),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(match Written::deserialize(from)? {
            Written::Text(text) => text.into(),
            #[cfg(unix)]
            Written::Bytes(bytes) => {
                use std::os::unix::ffi::OsStringExt;
                std::ffi::OsString::from_vec(bytes).into()
            }
            #[cfg(not(unix))]
            Written::Bytes(_) => return Err(serde::de::Error::custom("a path of another system")),
        })
    }
}
