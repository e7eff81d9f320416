//! The recordings of several connections made one file: a recording like any other, of as many sessions.

use crate::capture::live::{make_private, private};
use crate::capture::recorder::session_id;
use crate::store::paths;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A new folder for the parts, beside where the whole is going to be, and the usual place of the whole. `None` where
/// there is no home.
pub fn parts_folder(file: Option<&Path>) -> io::Result<Option<(PathBuf, PathBuf)>> {
    let whole = match file {
        Some(file) => file.to_owned(),
        None => match paths::recordings() {
            Some(folder) => folder.join(format!("{}.mcp.jsonl", session_id("scan"))),
            None => return Ok(None),
        },
    };
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".parts");
    let parts = whole.with_file_name(name);
    make_private(&parts)?;
    Ok(Some((parts, whole)))
}

/// Writes the parts one after the other into a new file, and removes them.
///
/// # Errors
/// Where the file is there already, or something cannot be read or written; the parts stay.
pub fn join(parts: &[PathBuf], folder: &Path, whole: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    let mut out = BufWriter::new(options.open(whole)?);
    for part in parts {
        copy(part, &mut out)?;
    }
    out.flush()?;
    out.get_ref().sync_all()?;
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
