//! Paths, compared without a file system: by their words alone.

use super::homes;
use crate::analysis::signal::encoding::percent;

/// A path in its plain form: forward slashes, no `.`, no `..` but at the start of a relative one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `/`, `~/`, `c:/`, `//host/`; empty for a relative path.
    root: String,
    names: Vec<String>,
    /// Folders that a relative path climbs out of where it starts, or an absolute one above its root.
    climbs: usize,
}

impl Place {
    /// Understands a path; `None` where nobody can say where it leads: an empty one, one with a NUL or a variable.
    pub fn of(text: &str) -> Option<Place> {
        let text = text.trim();
        if text.is_empty() || text.contains('\0') {
            return None;
        }
        let mut text = text.replace('\\', "/");
        if let Some(rest) = strip(&text, "file:") {
            let rest = rest
                .strip_prefix("//")
                .map_or(rest, |rest| rest.strip_prefix("localhost").unwrap_or(rest));
            text = decoded(rest)?;
        }
        for home in homes::HOME {
            if let Some(rest) = strip(&text, home) {
                text = format!("~{rest}");
            }
        }
        if text.contains('$') {
            return None;
        }
        let (root, rest) = split(&text);
        let mut place = Place {
            root,
            names: Vec::new(),
            climbs: 0,
        };
        for name in rest.split('/') {
            match name {
                "" | "." => {}
                ".." if place.names.pop().is_none() => place.climbs += 1,
                ".." => {}
                name => place.names.push(name.to_owned()),
            }
        }
        Some(place)
    }

    /// It says where it begins, and does not climb above that.
    pub fn is_rooted(&self) -> bool {
        !self.root.is_empty() && self.climbs == 0
    }

    /// Whether it stays where it begins.
    pub fn is_relative(&self) -> bool {
        self.root.is_empty()
    }

    pub fn climbs(&self) -> bool {
        self.climbs > 0
    }

    /// Whether it is this folder or inside of it.
    pub fn is_inside(&self, folder: &Place) -> bool {
        let windows = folder.root.len() == 3 && folder.root.ends_with(":/");
        let same = |a: &String, b: &String| {
            if windows {
                a.to_lowercase() == b.to_lowercase()
            } else {
                a == b
            }
        };
        self.root == folder.root
            && self.climbs == 0
            && self.names.len() >= folder.names.len()
            && self
                .names
                .iter()
                .zip(&folder.names)
                .all(|(a, b)| same(a, b))
    }

    /// The same path below `~`, where it begins with somebody's home folder.
    pub fn below_home(&self) -> Option<Place> {
        let depth = homes::depth(&self.root, &self.names).filter(|_| self.climbs == 0)?;
        Some(Place {
            root: HOME_ROOT.into(),
            names: self.names[depth..].to_vec(),
            climbs: 0,
        })
    }

    /// A path below `~`, below the home folder that another path begins with.
    pub fn moved_to(&self, other: &Place) -> Option<Place> {
        let depth = homes::depth(&other.root, &other.names)?;
        (self.root == HOME_ROOT && self.climbs == 0).then(|| Place {
            root: other.root.clone(),
            names: [&other.names[..depth], &self.names].concat(),
            climbs: 0,
        })
    }

    /// The folder that a file is in.
    pub fn folder(mut self) -> Place {
        self.names.pop();
        self
    }

    pub fn depth(&self) -> usize {
        self.names.len()
    }

    /// The longest folder that holds both.
    pub fn common(&self, other: &Place) -> Option<Place> {
        let names = self
            .names
            .iter()
            .zip(&other.names)
            .take_while(|(a, b)| a == b);
        (self.root == other.root).then(|| Place {
            root: self.root.clone(),
            names: names.map(|(a, _)| a.clone()).collect(),
            climbs: 0,
        })
    }

    /// As it is written in a policy.
    pub fn written(&self) -> String {
        let up = "../".repeat(self.climbs);
        let whole = format!("{}{up}{}", self.root, self.names.join("/"));
        if whole.len() > 2 && whole.ends_with('/') && !whole.ends_with(":/") {
            whole[..whole.len() - 1].to_owned()
        } else {
            whole
        }
    }

    /// The text with its escapes undone once more, where there are any: what a server that decodes would open.
    pub fn of_decoded(text: &str) -> Option<Place> {
        text.contains('%')
            .then(|| decoded(text))
            .flatten()
            .and_then(|text| Place::of(&text))
    }
}

/// What a path below the home folder begins at.
const HOME_ROOT: &str = "~/";

fn strip<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start)
        .then(|| &text[start.len()..])
}

/// Percent escapes undone, up to three times.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..3 {
        if !bytes.contains(&b'%') {
            break;
        }
        bytes = percent(&bytes);
    }
    String::from_utf8(bytes).ok()
}

/// What a path begins at, and the rest.
fn split(text: &str) -> (String, &str) {
    let bytes = text.as_bytes();
    if bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' {
        return (
            format!("{}:/", char::from(bytes[0].to_ascii_lowercase())),
            &text[2..],
        );
    }
    // `/c:/x` is what is left of `file:///c:/x`.
    if bytes.len() >= 4 && bytes[0] == b'/' && bytes[2] == b':' && bytes[1].is_ascii_alphabetic() {
        return split(&text[1..]);
    }
    if let Some(rest) = text.strip_prefix("//") {
        let (host, rest) = rest.split_once('/').unwrap_or((rest, ""));
        if !host.is_empty() {
            return (format!("//{}/", host.to_lowercase()), rest);
        }
    }
    if let Some(rest) = text.strip_prefix('~') {
        let (user, rest) = rest.split_once('/').unwrap_or((rest, ""));
        return (format!("~{user}/"), rest);
    }
    match text.strip_prefix('/') {
        Some(rest) => ("/".into(), rest),
        None => (String::new(), text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(path: &str, root: &str) -> bool {
        let root = Place::of(root).expect("a root");
        Place::of(path).is_some_and(|path| path.is_inside(&root))
    }

    #[test]
    fn paths_are_held_against_roots() {
        for (path, root) in [
            ("/srv/data/a", "/srv/data"),
            ("/srv/data", "/srv/data/"),
            ("/srv/./data/b/../a", "/srv/data"),
            ("file:///srv/data/a%20b", "/srv/data"),
            ("~/src/a", "~/src"),
            ("$HOME/src/a", "~/src"),
            ("C:\\Src\\a", "c:/src"),
            ("file:///c:/src/a", "C:\\src"),
            ("/etc", "/"),
        ] {
            assert!(inside(path, root), "{path} is in {root}");
        }
        for (path, root) in [
            ("/srv/database", "/srv/data"),
            ("/srv/data/../secret", "/srv/data"),
            ("/srv/data/../../../etc/passwd", "/srv/data"),
            ("/../srv/data", "/srv/data"),
            ("~root/work", "~/work"),
            ("$OTHER/data", "/srv/data"),
            ("file:///srv/data/%2e%2e/x", "/srv/data"),
            ("/srv/data/a\0", "/srv/data"),
            ("//share/srv/data", "/srv/data"),
        ] {
            assert!(!inside(path, root), "{path} is not in {root}");
        }
    }

    #[test]
    fn relative_paths_say_whether_they_climb() {
        let climbs = |path: &str| Place::of(path).is_some_and(|p| p.is_relative() && p.climbs());
        assert!(climbs("../x") && climbs("a/../../x") && climbs("..\\x"));
        assert!(!climbs("a/../x") && !climbs("./x") && !climbs("x..y"));
        assert!(Place::of_decoded("a/%252e%252e/%2e%2e/x").is_some_and(|p| p.climbs()));
    }

    #[test]
    fn places_are_written_as_they_are_read() {
        for text in [
            "/",
            "/srv/data",
            "~",
            "~/work",
            "c:/",
            "c:/work",
            "//share/x",
        ] {
            let place = Place::of(text).expect("a path");
            assert_eq!(Place::of(&place.written()), Some(place.clone()), "{text}");
        }
        let common = Place::of("/a/b/c").and_then(|a| a.common(&Place::of("/a/x")?));
        assert_eq!(common.map(|p| p.written()), Some("/a".into()));
    }
}
