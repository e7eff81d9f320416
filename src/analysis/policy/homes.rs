//! Home folders, whoever's they are: the recording's machine is not this one, and does not say what `~` was there.

use super::places::Place;
use crate::analysis::glob::Glob;

/// Names among the homes that are nobody's.
const NOBODY: &[&str] = &["shared", "public", "default", "linuxbrew"];

/// How `~` is spelled otherwise.
pub(super) const HOME: &[&str] = &["$HOME", "${HOME}", "%USERPROFILE%"];

/// How many names of a path are the home folder that it begins with: `/home/u`, `/Users/u`, `/root`, `c:/Users/u`.
pub(super) fn depth(root: &str, names: &[String]) -> Option<usize> {
    let drive = root.len() == 3 && root.ends_with(":/");
    let first = names.first()?;
    let is = |name: &str| first.eq_ignore_ascii_case(name);
    if root == "/" && first == "root" {
        return Some(1);
    }
    if root == "/" && first == "var" && names.get(1).is_some_and(|name| name == "root") {
        return Some(2);
    }
    let holds = root == "/" && (first == "home" || is("users")) || drive && is("users");
    let owner = names.get(1).filter(|_| holds)?.to_lowercase();
    (!NOBODY.contains(&owner.as_str())).then_some(2)
}

/// Whether an entry of a policy forbids a path: by its words, or because it lies in the folder that is named.
pub(super) fn forbids(entry: &Glob, text: &str, places: &[Option<Place>]) -> bool {
    let matches = |text: String| entry.matches(text.as_bytes());
    let folder = (!entry.as_str().contains('*'))
        .then(|| Place::of(entry.as_str()))
        .flatten()
        .filter(Place::is_rooted);
    let inside = |place: &Place| {
        folder
            .as_ref()
            .is_some_and(|folder| place.is_inside(folder))
    };
    entry.matches(text.as_bytes())
        || places.iter().flatten().any(|place| {
            // What is in somebody's home is in `~`, and `~` may be the home that the entry names.
            let others = [place.below_home(), in_home_of(entry, place)];
            inside(place)
                || matches(place.written())
                || others
                    .into_iter()
                    .flatten()
                    .any(|other| inside(&other) || matches(other.written()))
        })
}

/// A path below `~`, in the home folder that an entry begins with.
fn in_home_of(entry: &Glob, place: &Place) -> Option<Place> {
    let before = entry.as_str().split('*').next()?;
    // What stands before a star within a name is no name.
    let whole = if before.len() < entry.as_str().len() {
        &before[..before.rfind(['/', '\\'])?]
    } else {
        before
    };
    place.moved_to(&Place::of(whole)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forbidden(entry: &str, path: &str) -> bool {
        forbids(&Glob::of(entry), path, &[Place::of(path)])
    }

    #[test]
    fn a_folder_is_forbidden_with_all_that_is_in_it() {
        for (entry, path) in [
            ("~/.ssh", "~/.ssh/id_rsa"),
            ("~/.ssh", "/home/u/.ssh/id_rsa"),
            ("~/.ssh", "/Users/u/.ssh"),
            ("~/.ssh", "/root/.ssh/config"),
            ("~/.ssh", "C:\\Users\\u\\.ssh\\id_rsa"),
            ("~/.ssh/*", "/home/u/src/../.ssh/id_rsa"),
            ("/home/u/.ssh", "~/.ssh/id_rsa"),
            ("/home/u/.ssh/id*", "$HOME/.ssh/id_rsa"),
            ("/srv/secret", "/srv/secret/a/b"),
            ("*/.env", "/srv/app/.env"),
        ] {
            assert!(forbidden(entry, path), "{entry} forbids {path}");
        }
        for (entry, path) in [
            ("~/.ssh", "/srv/.ssh/id_rsa"),
            ("~/.ssh", "/home/u/.sshd"),
            ("~/.ssh", "/Users/Shared/.ssh/a"),
            ("~/.ssh", "~other/.ssh/a"),
            ("/srv/secret", "/srv/secrets"),
            ("/home/u/.ssh", "/home/v/.ssh/a"),
        ] {
            assert!(!forbidden(entry, path), "{entry} does not forbid {path}");
        }
    }
}
