//! What becomes of a file while it is open: it may be rotated, written anew, made shorter, or deleted.

use super::source::{self, Source};
use std::fs::{self, File, Metadata};
use std::io;

/// What became of a file since it was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Fate {
    /// It is there, and has what it had.
    #[default]
    Same,
    /// It is shorter than what was read of it.
    Shorter,
    /// Its name belongs to another file now.
    Replaced,
    /// Its name is gone.
    Deleted,
}

impl Fate {
    /// What a person should know of it.
    pub fn sentence(self) -> Option<&'static str> {
        Some(match self {
            Fate::Same => return None,
            Fate::Shorter => {
                "The file became shorter while it was open: it was truncated or rewritten. What is in it now is read as a source of its own."
            }
            Fate::Replaced => {
                "The file was replaced while it was open, as when a log is rotated. What is written under its name now is read as a source of its own."
            }
            Fate::Deleted => {
                "The file was deleted while it was open. What it held can be read until it is closed here."
            }
        })
    }

    /// Whether there is another content under the name.
    pub fn is_new_content(self) -> bool {
        matches!(self, Fate::Shorter | Fate::Replaced)
    }
}

impl Source {
    /// What became of its file. Of a document, which clients write anew each time, only whether it is still there.
    pub(super) fn fate(&self) -> Fate {
        if self.spooled || self.pipe.is_some() {
            return Fate::Same;
        }
        let at_its_name = match fs::metadata(&self.at) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Fate::Deleted,
            Err(_) => return Fate::Same,
        };
        let (ours, read) = match &self.told {
            None => (self.file.metadata(), self.bytes),
            Some(telling) => {
                let telling = source::lock(telling);
                match telling.read_to() {
                    Some(read) => (telling.original().metadata(), read),
                    None => return Fate::Same,
                }
            }
        };
        match ours {
            Ok(ours) if !is_same(&ours, &at_its_name) => Fate::Replaced,
            Ok(ours) if ours.len() < read => Fate::Shorter,
            _ => Fate::Same,
        }
    }
}

/// Whether both are of one file.
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (a.dev(), a.ino()) == (b.dev(), b.ino())
    }
    #[cfg(not(unix))]
    {
        a.created().ok() == b.created().ok()
    }
}

/// Whether something is in the file by now: an empty one has no format yet.
pub(super) fn has_content(path: &std::path::Path) -> bool {
    File::open(path)
        .and_then(|file| file.metadata())
        .is_ok_and(|meta| meta.len() > 0)
}

#[cfg(test)]
mod tests {
    use super::super::load::{self, Loading, Options, lock_read};
    use super::super::source::SourceArg;
    use super::*;
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    const PING: &str = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";
    const PONG: &str = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n";

    fn followed(path: &Path) -> Loading {
        let options = Options {
            follow: true,
            ..Options::default()
        };
        let mut loading = load::open(&[SourceArg::Path(path.into())], options).unwrap();
        loading.run(&AtomicBool::new(true), &|| {});
        loading
    }

    /// Looks twice: what happened is told once.
    fn look(loading: &mut Loading) -> (usize, Vec<Fate>) {
        let mut growing = loading.may_grow();
        assert!(!growing.is_empty());
        assert!(loading.look_after(&mut growing));
        assert!(!loading.look_after(&mut growing));
        loading.grow_all(growing.into_iter());
        let session = loading.session();
        let session = lock_read(&session);
        let fates = session.sources().iter().map(|source| source.fate);
        (session.len(), fates.collect())
    }

    #[test]
    fn a_log_that_is_rotated_goes_on_as_another_source() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, PING).unwrap();
        let mut loading = followed(&path);
        let old = folder.path().join("a.jsonl.1");
        fs::rename(&path, &old).unwrap();
        // The last words of the old one, and the first of the new one.
        let both = [PING, PONG].concat();
        fs::OpenOptions::new().append(true).open(&old).unwrap();
        let mut file = fs::OpenOptions::new().append(true).open(&old).unwrap();
        std::io::Write::write_all(&mut file, PONG.as_bytes()).unwrap();
        fs::write(&path, &both).unwrap();
        let (rows, fates) = look(&mut loading);
        assert_eq!((rows, fates), (4, vec![Fate::Replaced, Fate::Same]));
    }

    #[test]
    fn a_log_that_is_truncated_is_read_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, [PING, PONG].concat()).unwrap();
        let mut loading = followed(&path);
        fs::write(&path, PING).unwrap();
        let (rows, fates) = look(&mut loading);
        assert_eq!((rows, fates), (3, vec![Fate::Shorter, Fate::Same]));
    }

    #[test]
    fn a_log_that_is_deleted_keeps_what_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, PING).unwrap();
        let mut loading = followed(&path);
        let mut growing = loading.may_grow();
        fs::remove_file(&path).unwrap();
        assert!(loading.look_after(&mut growing));
        let session = loading.session();
        let session = lock_read(&session);
        let source = &session.sources()[0];
        assert_eq!(source.fate, Fate::Deleted);
        assert_eq!(source.notes, [Fate::Deleted.sentence().unwrap()]);
        assert_eq!(
            session.read(super::super::RowId(0)).unwrap().line(),
            PING.trim_end().as_bytes()
        );
    }
}
