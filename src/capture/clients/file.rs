//! The file of a configuration: read whole, and replaced whole or not at all.

use crate::clients::LONGEST;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Why a file cannot be read or replaced. The path is added by whoever knows it.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("it cannot be read: {0}")]
    Read(io::Error),
    #[error("it is no file")]
    NoFile,
    #[error("it is longer than {} MiB", LONGEST >> 20)]
    TooLong,
    #[error("it has a second name (a hard link), and replacing it would part the two")]
    TwoNames,
    #[error("it was changed by another program in this moment; run the command again")]
    Changed,
    #[error("it cannot be written: {0}")]
    Write(io::Error),
}

/// A file as it was read.
#[derive(Debug)]
pub struct Opened {
    /// As it was named.
    pub path: PathBuf,
    /// Without symbolic links on the way: what is replaced.
    pub real: PathBuf,
    pub bytes: Vec<u8>,
}

impl Opened {
    pub fn read(path: &Path) -> Result<Opened, FileError> {
        let real = fs::canonicalize(path).map_err(FileError::Read)?;
        Ok(Opened {
            path: path.to_owned(),
            bytes: read(&real)?,
            real,
        })
    }

    /// Whether the name leads elsewhere by a symbolic link of its own.
    pub fn is_link(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|meta| meta.file_type().is_symlink())
    }

    /// Puts this content in the file's place, if it still is as it was read. Mode and owner stay.
    pub fn replace(&self, bytes: &[u8]) -> Result<(), FileError> {
        let meta = fs::metadata(&self.real).map_err(FileError::Read)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            if meta.nlink() > 1 {
                return Err(FileError::TwoNames);
            }
        }
        if meta.permissions().readonly() {
            return Err(FileError::Write(io::ErrorKind::PermissionDenied.into()));
        }
        let folder = self.real.parent().unwrap_or(Path::new("."));
        let mut new = tempfile::Builder::new()
            .prefix(".plainsight-")
            .tempfile_in(folder)
            .map_err(FileError::Write)?;
        let write = |file: &mut File| -> io::Result<()> {
            file.write_all(bytes)?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt;
                let now = file.metadata()?;
                if (now.uid(), now.gid()) != (meta.uid(), meta.gid()) {
                    std::os::unix::fs::fchown(&*file, Some(meta.uid()), Some(meta.gid()))?;
                }
            }
            file.set_permissions(meta.permissions())?;
            file.sync_all()
        };
        write(new.as_file_mut()).map_err(FileError::Write)?;
        if read(&self.real)? != self.bytes {
            return Err(FileError::Changed);
        }
        new.persist(&self.real)
            .map_err(|error| FileError::Write(error.error))?;
        Ok(())
    }
}

fn read(real: &Path) -> Result<Vec<u8>, FileError> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A named pipe would wait for its writer.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(real).map_err(FileError::Read)?;
    let meta = file.metadata().map_err(FileError::Read)?;
    if !meta.is_file() {
        return Err(FileError::NoFile);
    }
    let mut bytes = Vec::new();
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(FileError::Read)?;
    match bytes.len() as u64 > LONGEST {
        true => Err(FileError::TooLong),
        false => Ok(bytes),
    }
}
