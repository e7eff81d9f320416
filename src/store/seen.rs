//! What was seen of recordings when they were judged: how many calls, and the worst that was found. One line a file, in the
//! state folder; the last one counts. It spares work and tells of earlier looks, and nothing depends on it.

use super::paths;
use std::collections::HashMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Longest file that is read; beyond, it is begun anew.
const LONGEST: u64 = 4 << 20;

/// What was seen of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub calls: u64,
    /// The name of a severity; empty where nothing was found.
    pub worst: String,
    /// The version of the rules.
    pub rules: String,
}

/// Everything that was seen.
#[derive(Debug, Default)]
pub struct Seen {
    looks: HashMap<Key, Look>,
}

/// A file as it was: hash of its path, size, time of its last change in nanoseconds.
type Key = (String, u64, u128);

/// Where it is kept; `None` where there is no home.
pub fn file() -> Option<PathBuf> {
    Some(paths::state()?.join("seen"))
}

impl Seen {
    /// What this person's earlier looks left; nothing where that cannot be read.
    pub fn of_user() -> Seen {
        file().map_or_else(Seen::default, |file| Seen::read(&file))
    }

    pub fn read(file: &Path) -> Seen {
        let mut text = String::new();
        let read =
            fs::File::open(file).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
        if read.is_err() {
            return Seen::default();
        }
        let looks = text.lines().filter_map(entry).collect();
        Seen { looks }
    }

    /// What was seen of the file, if it is as it was.
    pub fn of(&self, path: &Path) -> Option<&Look> {
        self.looks.get(&key(path)?)
    }
}

fn entry(line: &str) -> Option<(Key, Look)> {
    let mut words = line.split(' ');
    let key = (
        words.next()?.to_owned(),
        words.next()?.parse().ok()?,
        words.next()?.parse().ok()?,
    );
    let calls = words.next()?.parse().ok()?;
    let mut word = || {
        let word = words.next()?;
        let is_plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is_plain.then(|| word.trim_matches('-').to_owned())
    };
    let (worst, rules) = (word()?, word()?);
    let look = Look {
        calls,
        worst,
        rules,
    };
    Some((key, look))
}

fn key(path: &Path) -> Option<Key> {
    let meta = fs::metadata(path).ok()?;
    let real = fs::canonicalize(path).ok()?;
    let hash = blake3::hash(real.as_os_str().as_encoded_bytes()).to_hex();
    let changed = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((hash[..16].to_owned(), meta.len(), changed.as_nanos()))
}

/// Notes what was seen of some files, in the file of that name.
///
/// # Errors
/// Where it cannot be written.
pub fn note(file: &Path, looks: &[(PathBuf, Look)]) -> io::Result<()> {
    let mut text = String::new();
    for (path, look) in looks {
        let Some((hash, size, changed)) = key(path) else {
            continue;
        };
        let worst = if look.worst.is_empty() {
            "-"
        } else {
            &look.worst
        };
        text += &format!(
            "{hash} {size} {changed} {} {worst} {}\n",
            look.calls, look.rules
        );
    }
    if text.is_empty() {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(folder)?;
    }
    let is_full = fs::metadata(file).is_ok_and(|meta| meta.len() > LONGEST);
    let mut options = OpenOptions::new();
    options
        .create(true)
        .append(!is_full)
        .write(true)
        .truncate(is_full);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    options.open(file)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_holds_until_the_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/seen");
        let recording = folder.path().join("a b.jsonl");
        fs::write(&recording, "one").unwrap();
        let look = Look {
            calls: 3,
            worst: "high".into(),
            rules: "abc".into(),
        };
        note(&file, &[(recording.clone(), look.clone())]).unwrap();
        assert_eq!(Seen::read(&file).of(&recording), Some(&look));
        let calm = Look {
            worst: String::new(),
            ..look
        };
        note(&file, &[(recording.clone(), calm.clone())]).unwrap();
        assert_eq!(Seen::read(&file).of(&recording), Some(&calm));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&recording, "two lines").unwrap();
        assert_eq!(Seen::read(&file).of(&recording), None);
    }

    #[test]
    fn nonsense_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("seen");
        fs::write(&file, "x\n1 2 3\na 1 1 1 \u{1b}[2J x\n\n").unwrap();
        assert!(Seen::read(&file).looks.is_empty());
        assert!(Seen::read(&folder.path().join("none")).looks.is_empty());
    }
}
