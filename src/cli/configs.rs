//! The configurations of clients on this machine, for the verbs that read or change them.

use super::Failure;
use crate::capture::clients::{Backups, Opened};
use crate::clients::{ALL_SECTIONS, Config, Os, Place, Section, Surroundings, Syntax, ids, places};
use crate::text::Raw;
use std::path::{Path, PathBuf};

/// A configuration that is there.
pub struct Found {
    /// The clients that read it.
    pub clients: String,
    pub id: &'static str,
    pub of_project: bool,
    pub sections: Vec<Section>,
    pub path: PathBuf,
    /// What is in it, or the sentence why that is not known.
    pub read: Result<(Opened, Config), String>,
}

/// Where to look.
pub struct Looking<'a> {
    /// These files and no others, if there are any.
    pub named: &'a [PathBuf],
    /// Only those of this client.
    pub client: Option<&'a str>,
    /// Those of the present folder too.
    pub project: bool,
    /// Those into which the tap was put, wherever they are.
    pub kept: bool,
}

/// The configurations that are meant, in the order of the clients; each file once. Those in which there is no server are
/// not among them unless named.
pub fn files(looking: &Looking<'_>) -> Result<Vec<Found>, Failure> {
    let home = etcetera::home_dir()
        .map_err(|_| anyhow::anyhow!("there is no home folder: name a file with --config"));
    let here = std::env::current_dir().unwrap_or_default();
    let mut found: Vec<Found> = Vec::new();
    if !looking.named.is_empty() {
        let known = home.map(|home| known(&home, &here)).unwrap_or_default();
        for path in looking.named {
            let of = known.iter().find(|place| same(&place.path, path));
            add(
                &mut found,
                path,
                of.map(|place| (place.client, place.id)),
                of.is_some_and(|place| place.of_project),
                ALL_SECTIONS,
            );
        }
        return Ok(found);
    }
    let known = known(&home?, &here);
    if let Some(id) = looking.client
        && !ids().contains(&id)
    {
        anyhow::bail!("no client is called `{id}`; known are {}", ids().join(", "));
    }
    for place in known {
        let wanted = looking.client.is_none_or(|id| id == place.id);
        if wanted && (looking.project || !place.of_project) && place.path.exists() {
            add(
                &mut found,
                &place.path,
                Some((place.client, place.id)),
                place.of_project,
                place.sections,
            );
        }
    }
    // Wherever the tap was put, it is found again.
    if looking.kept && looking.client.is_none() {
        let wrapped = Backups::of_user().map(|backups| backups.files());
        for path in wrapped.unwrap_or_default() {
            if path.exists() && !found.iter().any(|found| same(&found.path, &path)) {
                add(&mut found, &path, None, false, ALL_SECTIONS);
            }
        }
    }
    found.retain(|found| match &found.read {
        Ok((_, config)) => !config.servers.is_empty(),
        Err(_) => true,
    });
    Ok(found)
}

fn known(home: &Path, here: &Path) -> Vec<Place> {
    places(&Surroundings {
        os: Os::HERE,
        home,
        project: here,
        env: &|name| std::env::var_os(name),
    })
}

fn same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(a) == real(b)
}

/// Reads a file and adds it, or adds the client to those that read it.
fn add(
    found: &mut Vec<Found>,
    path: &Path,
    of: Option<(&'static str, &'static str)>,
    of_project: bool,
    sections: &[Section],
) {
    if let Some(there) = found.iter_mut().find(|there| same(&there.path, path)) {
        if let Some((client, _)) = of
            && !there.clients.contains(client)
        {
            there.clients = format!("{}, {client}", there.clients);
        }
        return;
    }
    let read = Opened::read(path)
        .map_err(|why| why.to_string())
        .and_then(|opened| {
            let config = Config::read(&opened.bytes, Syntax::of(path), sections);
            config
                .map(|config| (opened, config))
                .map_err(|why| why.to_string())
        });
    let (clients, id) = of.unwrap_or(("A client", ""));
    found.push(Found {
        clients: clients.to_owned(),
        id,
        of_project,
        sections: sections.to_vec(),
        path: path.to_owned(),
        read,
    });
}

/// A path as a person reads it.
pub fn shown(path: &Path) -> String {
    Raw::new(path.as_os_str().as_encoded_bytes()).label(300)
}
