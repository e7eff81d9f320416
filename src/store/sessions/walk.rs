//! Looking around: by places and names alone, so that thousands of files are no matter.

use super::super::paths;
use super::Found;
use crate::clients::{Os, Surroundings, kept, places, recording_ids};
use crate::session::recognise;
use crate::text::Raw;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Most files that are looked at in one folder.
const MOST: usize = 5_000;

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looking<'a> {
    /// Only those of this client.
    pub client: Option<&'a str>,
    /// The clients' configurations, too.
    pub configs: bool,
}

/// Everyone who can be named as a client.
pub fn clients() -> Vec<&'static str> {
    let mut ids = vec!["plainsight", "mcpsnoop", "here"];
    ids.extend(recording_ids());
    for id in crate::clients::ids() {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Files that are recordings by their places and names, newest first; configurations come last. Folders that cannot be
/// read are passed over: this is a list to choose from, not a search that has to be complete.
pub fn find(looking: &Looking<'_>) -> Vec<Found> {
    let home = etcetera::home_dir().ok();
    let here = std::env::current_dir().unwrap_or_default();
    let around = home.as_deref().map(|home| Surroundings {
        os: Os::HERE,
        home,
        project: &here,
        env: &|name| std::env::var_os(name),
    });
    let mut found = Vec::new();
    let own = [
        (paths::recordings(), "plainsight", "plainsight"),
        (paths::mcpsnoop(), "mcpsnoop", "mcpsnoop"),
        (Some(here.clone()), "this folder", "here"),
    ];
    let wanted = |client: &str| looking.client.is_none_or(|wanted| wanted == client);
    for (folder, keeper, client) in own {
        if let Some(folder) = folder.filter(|_| wanted(client)) {
            look_in(&folder, keeper, client, &mut found);
        }
    }
    let kept = around.as_ref().map(kept).unwrap_or_default();
    for place in kept.iter().filter(|place| wanted(place.id)) {
        for path in place.files() {
            found.extend(of(path, place.client, place.id));
        }
    }
    let newest_first = |a: &Found, b: &Found| {
        b.modified
            .cmp(&a.modified)
            .then_with(|| a.path.cmp(&b.path))
    };
    found.sort_by(newest_first);
    if looking.configs {
        let places = around.as_ref().map(places).unwrap_or_default();
        let places = places.into_iter().filter(|place| wanted(place.id));
        let mut configs: Vec<Found> = places
            .filter_map(|place| of(place.path, place.client, place.id))
            .collect();
        configs.sort_by(newest_first);
        found.extend(configs);
    }
    let mut paths = std::collections::HashSet::new();
    found.retain(|one| paths.insert(one.path.clone()));
    tell_apart(&mut found);
    found
}

/// The recording that an id of [`find`] means; of those whose files are named so, the newest.
pub fn by_id(id: &str) -> Option<Found> {
    let found = find(&Looking {
        configs: true,
        ..Looking::default()
    });
    let exact = found.iter().filter(|found| found.id == id);
    let named = found.iter().filter(|found| id_of(&found.path) == id);
    let is_recording = |found: &&Found| {
        recognise(&found.path, MOST_PACKED).is_ok_and(|known| known.detected.format.is_some())
    };
    exact.chain(named).find(is_recording).cloned()
}

/// Packed files that are longer are not unpacked to see what is in them.
pub(super) const MOST_PACKED: u64 = 8 << 20;

fn look_in(folder: &Path, keeper: &'static str, client: &'static str, found: &mut Vec<Found>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten().take(MOST) {
        let path = entry.path();
        if may_be_recording(&path) {
            found.extend(of(path, keeper, client));
        }
    }
}

/// A regular file. No link is followed.
fn of(path: PathBuf, keeper: &'static str, client: &'static str) -> Option<Found> {
    let meta = fs::symlink_metadata(&path).ok()?;
    meta.is_file().then(|| Found {
        keeper,
        client,
        id: id_of(&path),
        bytes: meta.len(),
        modified: meta.modified().unwrap_or(SystemTime::UNIX_EPOCH),
        path,
    })
}

/// By its name, so that looking around does not read every file of a folder.
fn may_be_recording(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    matches!(
        extension,
        "jsonl" | "ndjson" | "json" | "log" | "gz" | "zst" | "har" | "flows" | "yaml"
    )
}

/// Names that say nothing of a file: what tells them apart is the folder.
const COMMON: &[&str] = &[
    "events",
    "api_conversation_history",
    "ui_messages",
    "state",
    "sessions",
    "mcp",
    "settings",
    "config",
];

fn id_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let is_log = name.ends_with(b".log");
    let end = match is_log {
        true => name.len() - 4,
        false => memchr::memchr(b'.', name)
            .filter(|at| *at > 0)
            .unwrap_or(name.len()),
    };
    // A word that begins with a dash would be taken for an option.
    let stem = match name[..end].iter().position(|b| *b != b'-') {
        Some(at) => &name[at..end],
        None => &name[..end],
    };
    let folder = path.parent().and_then(Path::file_name);
    let folder = folder.map_or(&b""[..], |name| name.as_encoded_bytes());
    let is_common = COMMON.iter().any(|common| stem == common.as_bytes());
    let id: Vec<u8> = if let Some(server) = folder.strip_prefix(b"mcp-logs-") {
        [server, b"-", stem].concat()
    } else if is_common && !is_log && !folder.is_empty() {
        match name.ends_with(b".json") && stem == b"api_conversation_history" || stem == b"events" {
            true => folder.to_vec(),
            false => [folder, b"-", stem].concat(),
        }
    } else if stem.starts_with(b"rollout-") && stem.len() > 36 {
        stem[stem.len() - 36..].to_vec()
    } else if stem == b"Zed" {
        b"zed".to_vec()
    } else {
        stem.strip_prefix(b"mcpServer.").unwrap_or(stem).to_vec()
    };
    let id: Vec<u8> = id
        .into_iter()
        .map(|b| if b == b' ' { b'-' } else { b })
        .collect();
    Raw::new(&id).label(80)
}

/// Gives those of one id another, which stays while their files stay where they are.
fn tell_apart(found: &mut [Found]) {
    let mut times: HashMap<String, u32> = HashMap::new();
    for one in found.iter() {
        *times.entry(one.id.clone()).or_default() += 1;
    }
    for one in found.iter_mut().filter(|one| times[&one.id] > 1) {
        let hash = blake3::hash(one.path.as_os_str().as_encoded_bytes()).to_hex();
        one.id = format!("{}~{}", one.id, &hash[..6]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_say_which_file_it_is() {
        for (path, id) in [
            ("/s/notes-1-ab.mcp.jsonl", "notes-1-ab"),
            ("/l/mcp-server-my files.log", "mcp-server-my-files"),
            (
                "/l/window1/mcpServer.mcp.config.usrlocal.notes.log",
                "mcp.config.usrlocal.notes",
            ),
            (
                "/c/mcp-logs-notes/2026-07-02T07-26-37-555Z.jsonl",
                "notes-2026-07-02T07-26-37-555Z",
            ),
            ("/t/1721/api_conversation_history.json", "1721"),
            ("/s/9ab/events.jsonl", "9ab"),
            ("/g/globalStorage/state.vscdb", "globalStorage-state"),
            (
                "/x/rollout-2026-01-01T00-00-00-0196f8a0-1111-7222-8333-444455556666.jsonl.zst",
                "0196f8a0-1111-7222-8333-444455556666",
            ),
        ] {
            assert_eq!(id_of(Path::new(path)), id, "{path}");
        }
    }

    #[test]
    fn no_two_have_one_id() {
        let folder = tempfile::tempdir().unwrap();
        let mut found = Vec::new();
        for name in ["a.log", "a.jsonl", "b.jsonl"] {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            found.extend(of(path, "this folder", "here"));
        }
        tell_apart(&mut found);
        let mut ids: Vec<_> = found.iter().map(|one| one.id.clone()).collect();
        assert!(ids[0].starts_with("a~") && ids[2] == "b", "{ids:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }
}
