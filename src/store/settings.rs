//! What a person prefers, in one TOML file of their configuration: read as it is, and changed key by key, so that their
//! comments and the order of their lines stay.

use crate::text::Raw;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Value};

/// More than anybody writes.
const LARGEST: u64 = 1 << 20;

/// Why the settings could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the settings in {path} could not be read: {error}")]
    Read { path: String, error: io::Error },
    #[error("the settings in {path} are not understood at line {line}: {what}")]
    Syntax {
        path: String,
        line: usize,
        what: String,
    },
    #[error("the settings in {path} could not be written: {error}")]
    Write { path: String, error: io::Error },
}

/// The file: `settings.toml` in the folder for settings. `None` where there is no home. It need not be there.
pub fn file() -> Option<PathBuf> {
    Some(super::paths::config()?.join("settings.toml"))
}

/// All of it; empty where there is no such file.
///
/// # Errors
/// When it cannot be opened, is longer than 1 MiB or is no TOML.
pub fn read(file: &Path) -> Result<DocumentMut, Error> {
    let failed = |error| Error::Read {
        path: shown(file),
        error,
    };
    let text = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(DocumentMut::new()),
        Err(error) => return Err(failed(error)),
        Ok(meta) if !meta.is_file() => {
            return Err(failed(io::Error::other("it is not a regular file")));
        }
        Ok(meta) if meta.len() > LARGEST => {
            return Err(failed(io::Error::other("it is longer than 1 MiB")));
        }
        Ok(_) => fs::read_to_string(file).map_err(failed)?,
    };
    text.parse()
        .map_err(|error: toml_edit::TomlError| Error::Syntax {
            path: shown(file),
            line: 1 + text
                .bytes()
                .take(error.span().map_or(0, |span| span.start))
                .filter(|&byte| byte == b'\n')
                .count(),
            what: error.message().escape_debug().to_string(),
        })
}

/// The theme that is preferred, if one is.
pub fn theme(settings: &DocumentMut) -> Option<&str> {
    settings.get("theme")?.as_str()
}

/// Whether the mouse is to be taken, if that is said.
pub fn mouse(settings: &DocumentMut) -> Option<bool> {
    settings.get("mouse")?.as_bool()
}

/// Sets one key at the top of the file and leaves everything else as it stands, comments and all. The file and its
/// folder are made where they are missing; a link leads to the file that is changed.
///
/// # Errors
/// When the file that is there is not understood, or nothing can be written there.
pub fn keep(file: &Path, key: &str, value: impl Into<Value>) -> Result<(), Error> {
    let mut settings = read(file)?;
    let mut value = value.into();
    if let Some(old) = settings.get(key).and_then(|item| item.as_value()) {
        *value.decor_mut() = old.decor().clone();
    }
    settings[key] = toml_edit::Item::Value(value);
    write(file, &settings.to_string()).map_err(|error| Error::Write {
        path: shown(file),
        error,
    })
}

/// Writes beside the file and puts it in its place, so that there is never half of it.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let target = match fs::canonicalize(file) {
        Ok(target) => target,
        Err(_) if fs::symlink_metadata(file).is_ok() => {
            return Err(io::Error::other("it is a link that leads nowhere"));
        }
        Err(_) => file.to_owned(),
    };
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut fresh = tempfile::Builder::new()
        .prefix(".settings-")
        .tempfile_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    if let Ok(meta) = fs::metadata(&target) {
        fresh.as_file().set_permissions(meta.permissions())?;
    }
    fresh.as_file().sync_all()?;
    fresh.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

fn shown(file: &Path) -> String {
    Raw::new(file.as_os_str().as_encoded_bytes()).label(300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_set_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("settings.toml");
        keep(&file, "theme", "mono").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "theme = \"mono\"\n");
        let mine =
            "# mine\ntheme = \"ink-dark\"  # at night\n\n[keys]\n# vim\n\"call next\" = \"n\"\n";
        fs::write(&file, mine).unwrap();
        keep(&file, "theme", "ink-light").unwrap();
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            mine.replace("ink-dark", "ink-light")
        );
        assert_eq!(theme(&read(&file).unwrap()), Some("ink-light"));
        fs::write(&file, "[keys]\na = 1\n").unwrap();
        keep(&file, "theme", "mono").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(theme(&read(&file).unwrap()), Some("mono"), "{text}");
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        assert!(read(&file).unwrap().is_empty());
        fs::write(&file, "a = 1\ntheme = \n").unwrap();
        let told = keep(&file, "theme", "mono").unwrap_err().to_string();
        assert!(
            told.contains("settings.toml are not understood at line 2"),
            "{told}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "a = 1\ntheme = \n");
        let told = read(folder.path()).unwrap_err().to_string();
        assert!(told.contains("not a regular file"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (
            folder.path().join("real.toml"),
            folder.path().join("settings.toml"),
        );
        fs::write(&real, "a = 1\n").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        keep(&link, "theme", "mono").unwrap();
        assert_eq!(
            fs::read_to_string(&real).unwrap(),
            "a = 1\ntheme = \"mono\"\n"
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
