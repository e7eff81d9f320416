//! The recordings of several connections made one file: a recording like any other, of as many sessions.

use crate::capture::live::{make_private, private};
use crate::capture::recorder::session_id;
use crate::store::paths;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A new folder for the parts of this recording, beside it.
///
/// # Errors
/// As of creating folders.
pub fn parts_folder(whole: &Path) -> io::Result<PathBuf> {
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".parts");
    let parts = whole.with_file_name(name);
    make_private(&parts)?;
    Ok(parts)
}

/// Where recordings of a scan are kept, without the end of the name. `None` where there is no home.
pub fn usual_place() -> Option<PathBuf> {
    Some(paths::recordings()?.join(session_id("scan")))
}

/// Writes the parts one after the other into a new file.
///
/// # Errors
/// Where the file is there already, or something cannot be read or written.
pub fn join(parts: &[PathBuf], whole: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    let mut out = BufWriter::new(options.open(whole)?);
    for part in parts {
        copy(part, &mut out)?;
    }
    out.flush()?;
    out.get_ref().sync_all()
}

/// Takes the parts away once they are joined.
///
/// # Errors
/// As of removing files.
pub fn remove_parts(parts: &[PathBuf], folder: &Path) -> io::Result<()> {
    for part in parts {
        fs::remove_file(part)?;
    }
    fs::remove_dir(folder)
}

/// Copies a part; a last line that was cut off gets its end, so that the next part begins on a line of its own.
fn copy(part: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut from = BufReader::new(File::open(part)?);
    let mut buffer = vec![0; 64 << 10];
    let mut last = b'\n';
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        last = buffer[count - 1];
        out.write_all(&buffer[..count])?;
    }
    match last {
        b'\n' => Ok(()),
        _ => out.write_all(b"\n"),
    }
}
