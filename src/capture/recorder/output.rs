//! The file behind a recording: where its parts are, and how a line gets into it whole or not at all.

use super::{Options, RecordError};
use crate::capture::live;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the parts of a recording are written.
pub struct Place {
    folder: PathBuf,
    /// The name of the first part in front of the number of another, and behind it.
    stem: Vec<u8>,
    end: Vec<u8>,
}

const END: &str = ".mcp.jsonl";

impl Place {
    /// Where the options want it; in a folder, under the session's name.
    pub fn of(options: &Options, session: &str) -> Result<Place, RecordError> {
        if let Some(file) = &options.file {
            let name = file.file_name().ok_or(RecordError::NoName)?;
            let name = name.as_encoded_bytes();
            let dot = match name.strip_suffix(END.as_bytes()) {
                Some(stem) => stem.len(),
                None => (name.iter().rposition(|b| *b == b'.'))
                    .filter(|at| *at > 0)
                    .unwrap_or(name.len()),
            };
            return Ok(Place {
                folder: file.parent().unwrap_or(Path::new("")).to_path_buf(),
                stem: name[..dot].to_vec(),
                end: name[dot..].to_vec(),
            });
        }
        let folder = options
            .folder
            .clone()
            .or_else(crate::store::paths::recordings)
            .ok_or(RecordError::NoFolder)?;
        Ok(Place {
            folder,
            stem: session.as_bytes().to_vec(),
            end: END.as_bytes().to_vec(),
        })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of a part, counted from 1.
    fn part(&self, part: u32) -> PathBuf {
        let mut name = self.stem.clone();
        if part > 1 {
            name.extend_from_slice(format!("-{part}").as_bytes());
        }
        name.extend_from_slice(&self.end);
        self.folder.join(os_name(name))
    }

    /// Creates a part, or the first one after it whose name is free.
    pub fn create(&self, part: &mut u32, ours: bool) -> Result<Output, RecordError> {
        /// Names that are tried.
        const TRIES: u32 = 1000;
        if ours && !self.folder.is_dir() {
            live::make_private(&self.folder).map_err(|error| RecordError::Folder {
                folder: self.folder.clone(),
                error,
            })?;
        }
        let first = *part;
        loop {
            let path = self.part(*part);
            let mut options = OpenOptions::new();
            options.read(true).append(true).create_new(true);
            live::private(&mut options);
            match options.open(&path) {
                Ok(file) => return Ok(Output::new(file, path)),
                // The first part is the one that was asked for; the name of a later one is ours to choose.
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists
                        && first > 1
                        && *part - first < TRIES =>
                {
                    *part += 1;
                }
                Err(error) => return Err(RecordError::Create { path, error }),
            }
        }
    }
}

#[cfg(unix)]
fn os_name(name: Vec<u8>) -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(name)
}

#[cfg(not(unix))]
fn os_name(name: Vec<u8>) -> std::ffi::OsString {
    let mut text = String::new();
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
    }
    text.into()
}

/// An open part.
pub struct Output {
    pub file: Arc<File>,
    pub path: PathBuf,
    /// Bytes that were written to it.
    pub size: u64,
    /// Entries that were written to it.
    pub entries: u64,
    /// Its size when it was last brought to the disk, and when it was last looked at.
    pub synced: u64,
    pub seen: u64,
    /// Where the line that is being written began.
    mark: u64,
    /// The file ends in a part of a line that could not be taken back.
    torn: bool,
}

impl Output {
    fn new(file: File, path: PathBuf) -> Output {
        Output {
            file: Arc::new(file),
            path,
            size: 0,
            entries: 0,
            synced: 0,
            seen: 0,
            mark: 0,
            torn: false,
        }
    }

    /// What is appended from here on belongs together.
    pub fn begin(&mut self) -> io::Result<()> {
        if self.torn {
            self.append(b"\n")?;
            self.torn = false;
        }
        self.mark = self.size;
        Ok(())
    }

    /// Appends bytes. After an error, [`take_back`](Self::take_back) must follow.
    pub fn append(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match (&*self.file).write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => {
                    self.size += n as u64;
                    bytes = &bytes[n..];
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Bytes that were appended since [`begin`](Self::begin).
    pub fn begun(&self) -> usize {
        (self.size - self.mark) as usize
    }

    /// Takes away what was appended since [`begin`](Self::begin), but for the first bytes of it.
    pub fn take_back(&mut self, keep: usize) {
        let end = self.mark + keep as u64;
        if self.size == end {
            return;
        }
        // Only what we wrote: a file that somebody made shorter must not grow again.
        let ours = (self.file.metadata()).is_ok_and(|meta| meta.len() == self.size);
        if ours && self.file.set_len(end).is_ok() {
            self.size = end;
        } else {
            self.torn = true;
        }
    }

    /// Why what was written is not there any more.
    pub fn lost(&self) -> Option<&'static str> {
        let meta = self.file.metadata().ok()?;
        #[cfg(unix)]
        if std::os::unix::fs::MetadataExt::nlink(&meta) == 0 {
            return Some("the recording was removed while it was written");
        }
        (meta.len() < self.size).then_some("the recording was cut short while it was written")
    }
}
