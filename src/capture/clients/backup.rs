//! What configurations were before the tap was first put into them: one copy each, in the state folder, which goes when
//! the last tap is taken out.

use crate::capture::live::{make_private, private};
use crate::store::paths;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub struct Backups {
    folder: PathBuf,
}

impl Backups {
    /// Those of this user; `None` where there is no home.
    pub fn of_user() -> Option<Backups> {
        Some(Backups::at(&paths::state()?.join("wrapped")))
    }

    pub fn at(folder: &Path) -> Backups {
        Backups {
            folder: folder.to_owned(),
        }
    }

    /// Waits until no other plainsight changes configurations; until the file is dropped no other does.
    pub fn lock(&self) -> io::Result<File> {
        make_private(&self.folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        private(&mut options);
        let file = options.open(self.folder.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Where the copy of this file is, or would be.
    pub fn path(&self, real: &Path) -> PathBuf {
        self.folder.join(format!("{}.backup", key(real)))
    }

    /// Keeps a copy. `anew` where nothing is wrapped in the file yet, so that a copy that is there is of no use;
    /// otherwise that stays.
    pub fn keep(&self, real: &Path, bytes: &[u8], anew: bool) -> io::Result<PathBuf> {
        let path = self.path(real);
        if anew {
            self.forget(real)?;
        } else if path.exists() {
            return Ok(path);
        }
        make_private(&self.folder)?;
        // The name first: a copy without one is found again, but by no one who looks for all of them.
        if let Some(name) = real.to_str() {
            write_new(&self.name_file(real), name.as_bytes())?;
        }
        write_new(&path, bytes)?;
        Ok(path)
    }

    pub fn read(&self, real: &Path) -> Option<Vec<u8>> {
        fs::read(self.path(real)).ok()
    }

    pub fn forget(&self, real: &Path) -> io::Result<()> {
        for path in [self.path(real), self.name_file(real)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// The files of which a copy is kept, sorted.
    pub fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let names = entries.flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> = names
            .filter(|path| path.extension().is_some_and(|e| e == "path"))
            .filter_map(|path| fs::read_to_string(path).ok())
            .map(PathBuf::from)
            .collect();
        files.sort();
        files
    }

    fn name_file(&self, real: &Path) -> PathBuf {
        self.folder.join(format!("{}.path", key(real)))
    }
}

fn key(real: &Path) -> String {
    let hash = blake3::hash(real.as_os_str().as_encoded_bytes());
    hash.to_hex()[..24].to_owned()
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    let mut file = match options.open(path) {
        // Left by a run that was ended between the two files.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            options.open(path)?
        }
        other => other?,
    };
    file.write_all(bytes)?;
    file.sync_all()
}
