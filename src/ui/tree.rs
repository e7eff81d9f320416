//! The fold state of a JSON tree: which of the flat nodes are seen.

use super::body;
use super::json::Json;
use crate::wire::json::{Kind, NodeId};
use std::collections::HashSet;

#[derive(Clone, Debug)]
pub struct Tree {
    /// The body it is of.
    pub of: body::Key,
    seen: Vec<NodeId>,
    folded: HashSet<NodeId>,
    pub selected: usize,
    pub offset: usize,
}

/// A message with more nodes starts with its inner values folded.
const UNFOLDED: usize = 3000;

impl Tree {
    pub fn new(of: body::Key, json: &Json) -> Tree {
        let mut folded = HashSet::new();
        if json.nodes().len() > UNFOLDED {
            folded.extend(
                (0u32..)
                    .zip(json.nodes())
                    .filter(|(_, node)| node.depth >= 3)
                    .map(|(id, _)| id),
            );
        }
        let mut tree = Tree {
            of,
            seen: Vec::new(),
            folded,
            selected: 0,
            offset: 0,
        };
        tree.refresh(json);
        tree
    }

    /// The nodes that are seen, in order.
    pub fn seen(&self) -> &[NodeId] {
        &self.seen
    }

    pub fn is_folded(&self, id: NodeId) -> bool {
        self.folded.contains(&id)
    }

    pub fn selected_node(&self) -> Option<NodeId> {
        self.seen.get(self.selected).copied()
    }

    /// Folds or unfolds the selected value; a scalar has nothing to fold.
    pub fn toggle(&mut self, json: &Json) -> bool {
        let Some(id) = self.selected_node() else {
            return false;
        };
        let Some(node) = json.nodes().get(id as usize) else {
            return false;
        };
        if !matches!(node.kind, Kind::Object | Kind::Array) || node.next == id + 1 {
            return false;
        }
        if !self.folded.remove(&id) {
            self.folded.insert(id);
        }
        self.refresh(json);
        true
    }

    /// Folds the selected value, or selects its parent where it is folded or has nothing to fold.
    pub fn fold(&mut self, json: &Json) -> bool {
        let Some(id) = self.selected_node() else {
            return false;
        };
        let Some(node) = json.nodes().get(id as usize) else {
            return false;
        };
        if matches!(node.kind, Kind::Object | Kind::Array)
            && node.next > id + 1
            && self.folded.insert(id)
        {
            self.refresh(json);
            return true;
        }
        match self.seen.binary_search(&node.parent) {
            Ok(at) => {
                self.selected = at;
                true
            }
            Err(_) => false,
        }
    }

    /// Unfolds the selected value.
    pub fn unfold(&mut self, json: &Json) -> bool {
        let opened = self
            .selected_node()
            .is_some_and(|id| self.folded.remove(&id));
        if opened {
            self.refresh(json);
        }
        opened
    }

    /// Opens what hides a node, and selects it.
    pub fn reveal(&mut self, json: &Json, id: NodeId) {
        let mut at = json.at(id).and_then(|at| at.parent());
        while let Some(parent) = at {
            self.folded.remove(&parent.id);
            at = parent.parent();
        }
        self.refresh(json);
        self.selected = self.seen.binary_search(&id).unwrap_or(0);
    }

    fn refresh(&mut self, json: &Json) {
        let nodes = json.nodes();
        self.seen.clear();
        let mut id: NodeId = 0;
        while let Some(node) = nodes.get(id as usize) {
            self.seen.push(id);
            id = if self.folded.contains(&id) {
                node.next.max(id + 1)
            } else {
                id + 1
            };
        }
        self.selected = self.selected.min(self.seen.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::RowId;

    #[test]
    fn folding_hides_what_is_inside_and_keeps_the_selection() {
        let text = r#"{"a":{"b":1,"c":[2,3]},"d":4}"#;
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let mut tree = Tree::new(body::Key::Row(RowId(0)), &json);
        assert_eq!(tree.seen(), [0, 1, 2, 3, 4, 5, 6]);
        tree.selected = 4;
        assert!(tree.fold(&json), "a scalar's parent is selected");
        assert_eq!(tree.selected_node(), Some(3));
        assert!(tree.fold(&json));
        assert_eq!(tree.seen(), [0, 1, 2, 3, 6]);
        assert!(tree.fold(&json));
        assert_eq!(tree.selected_node(), Some(1));
        assert!(tree.toggle(&json));
        assert_eq!(tree.seen(), [0, 1, 6]);
        tree.reveal(&json, 5);
        assert_eq!(tree.selected_node(), Some(5));
        assert_eq!(tree.seen().len(), 7);
    }
}
