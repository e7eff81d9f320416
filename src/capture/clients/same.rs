//! Whether two readings of a configuration differ in nothing but commands.

use crate::clients::{Config, Node, Server};
use crate::text::RawBuf;

impl Config {
    /// Whether this and the other are the same but for the servers at these places.
    pub fn same_but(&self, other: &Config, changed: &[&Server]) -> bool {
        let paths: Vec<_> = changed.iter().map(|server| &server.path).collect();
        same(&self.root, &other.root, &mut Vec::new(), &paths)
    }
}

/// Compares two trees, leaving out the words of the commands of entries at those paths.
fn same<'t>(
    a: &'t Node,
    b: &'t Node,
    path: &mut Vec<&'t RawBuf>,
    changed: &[&Vec<RawBuf>],
) -> bool {
    let is_changed = changed.iter().any(|other| {
        other.len() == path.len() && other.iter().zip(path.iter()).all(|(x, y)| x == *y)
    });
    if is_changed {
        return entry_same(a, b);
    }
    if !a.is_map() || !b.is_map() {
        let named = |node: &'t Node| node.get("name").and_then(|m| m.node.text());
        // A list of servers: each is found by its name.
        if !a.items().is_empty() && a.items().len() == b.items().len() {
            return a.items().iter().zip(b.items()).all(|(a, b)| {
                if let Some(name) = named(a) {
                    path.push(name);
                    let same = same(a, b, path, changed);
                    path.pop();
                    same
                } else {
                    a.means(b)
                }
            });
        }
        return a.means(b);
    }
    a.members().len() == b.members().len()
        && a.members().iter().zip(b.members()).all(|(a, b)| {
            if a.key != b.key {
                return false;
            }
            path.push(&a.key);
            let same = same(&a.node, &b.node, path, changed);
            path.pop();
            same
        })
}

/// Whether two entries differ in nothing but the words of the command.
fn entry_same(a: &Node, b: &Node) -> bool {
    let words = ["command", "cmd", "args", "path"];
    let rest = |node: &Node| -> Vec<usize> {
        let members = node.members().iter().enumerate();
        members
            .filter(|(_, m)| !words.iter().any(|word| m.key.as_raw() == **word))
            .map(|(n, _)| n)
            .collect()
    };
    let (left, right) = (rest(a), rest(b));
    let same_rest = left.len() == right.len()
        && left.iter().zip(&right).all(|(n, m)| {
            let (a, b) = (&a.members()[*n], &b.members()[*m]);
            a.key == b.key && a.node.means(&b.node)
        });
    let inner = |node: &Node| node.get("command").filter(|m| m.node.is_map()).is_some();
    same_rest
        && match (inner(a), inner(b)) {
            (true, true) => a
                .get("command")
                .zip(b.get("command"))
                .is_some_and(|(a, b)| entry_same(&a.node, &b.node)),
            (one, other) => one == other,
        }
}
