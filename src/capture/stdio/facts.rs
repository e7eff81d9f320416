//! What the first lines of a recording say of the server and its client.

use crate::capture::recorder::{Redact, lossy_text};
use crate::capture::{account, process};
use serde_json::{Map, Value, json};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Longest file whose content is hashed: larger than any runtime that starts servers.
const LONGEST: u64 = 1 << 30;
/// Most arguments that are looked at as files.
const FILES: usize = 4;

/// The facts that are known at once.
pub fn start(
    command: &[OsString],
    server: Option<u32>,
    redactor: Option<&dyn Redact>,
) -> Map<String, Value> {
    let mut facts = Map::new();
    let words = match redactor {
        Some(redactor) => redactor.argv(command),
        None => command.iter().map(|word| text(word)).collect(),
    };
    facts.insert("command".into(), words.into());
    if let Ok(folder) = std::env::current_dir() {
        facts.insert("cwd".into(), text(folder.as_os_str()).into());
    }
    let mut names: Vec<String> = std::env::vars_os().map(|(name, _)| text(&name)).collect();
    names.sort_unstable();
    facts.insert("env_names".into(), names.into());
    if let Some(program) = command.first().and_then(|word| program(word)) {
        facts.insert("exe".into(), text(program.as_os_str()).into());
    }
    if let Some(server) = server {
        facts.insert("pid".into(), server.into());
    }
    facts.insert("tap_pid".into(), std::process::id().into());
    if let Some(client) = rustix::process::getppid() {
        let pid = client.as_raw_nonzero().get();
        facts.insert("client".into(), process::facts(pid.unsigned_abs()));
    }
    let uid = rustix::process::getuid().as_raw();
    let user = json!({"uid": uid, "name": account::name(uid)});
    facts.insert("user".into(), user);
    facts
}

/// What takes a while to find out: the hash of the program, and of the files among its arguments.
pub fn executable(command: &[OsString]) -> Map<String, Value> {
    let mut facts = Map::new();
    if let Some(program) = command.first().and_then(|word| program(word)) {
        // What runs is what the links lead to.
        let path = fs::canonicalize(&program).unwrap_or(program);
        facts.insert("exe".into(), text(path.as_os_str()).into());
        if let Ok(hash) = hash(&path) {
            facts.insert("exe_hash".into(), hash.into());
        }
    }
    let files: Vec<Value> = command
        .iter()
        .skip(1)
        .filter(|word| !word.as_encoded_bytes().starts_with(b"-"))
        .map(Path::new)
        .filter(|path| path.is_file())
        .take(FILES)
        .filter_map(|path| {
            let hash = hash(path).ok()?;
            Some(json!({"path": text(path.as_os_str()), "hash": hash}))
        })
        .collect();
    if !files.is_empty() {
        facts.insert("files".into(), files.into());
    }
    facts
}

/// `blake3:` and the hash in hexadecimal digits.
fn hash(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    if !meta.is_file() || meta.len() > LONGEST {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(format!("blake3:{}", hasher.finalize().to_hex()))
}

/// The file of a program, found as the system finds it.
fn program(word: &OsStr) -> Option<PathBuf> {
    let path = Path::new(word);
    if word.as_encoded_bytes().contains(&b'/') {
        return path.exists().then(|| path.to_path_buf());
    }
    let runs = |path: &PathBuf| {
        path.is_file() && rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
    };
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(path))
        .find(runs)
}

fn text(word: &OsStr) -> String {
    lossy_text(word.as_encoded_bytes())
}
