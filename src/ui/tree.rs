//! The fold state of a JSON tree: which of the flat nodes are seen.

use super::body;
use super::json::Json;
use crate::wire::json::{Kind, Node, NodeId};

#[derive(Clone, Debug)]
pub struct Tree {
    /// The body it is of.
    pub of: body::Key,
    seen: Vec<NodeId>,
    /// By node.
    folded: Vec<bool>,
    pub selected: usize,
    pub offset: usize,
}

/// A message with more nodes starts with its inner values folded.
const UNFOLDED: usize = 3000;
/// As deep as those stay open.
const OPEN: u16 = 3;

/// Whether there is something inside.
fn is_full(id: NodeId, node: &Node) -> bool {
    matches!(node.kind, Kind::Object | Kind::Array) && node.next > id + 1
}

impl Tree {
    pub fn new(of: body::Key, json: &Json) -> Tree {
        let mut tree = Tree {
            of,
            seen: Vec::new(),
            folded: Vec::new(),
            selected: 0,
            offset: 0,
        };
        let deepest = match json.nodes().len() > UNFOLDED {
            true => OPEN,
            false => u16::MAX,
        };
        tree.to_depth(json, deepest);
        tree
    }

    /// The nodes that are seen, in order.
    pub fn seen(&self) -> &[NodeId] {
        &self.seen
    }

    pub fn is_folded(&self, id: NodeId) -> bool {
        self.folded.get(id as usize).copied().unwrap_or(false)
    }

    pub fn selected_node(&self) -> Option<NodeId> {
        self.seen.get(self.selected).copied()
    }

    /// Sets a fold; `false` if it was so already.
    fn set(&mut self, id: NodeId, folded: bool) -> bool {
        match self.folded.get_mut(id as usize) {
            Some(was) => std::mem::replace(was, folded) != folded,
            None => false,
        }
    }

    /// The selected node, if it can be folded.
    fn foldable(&self, json: &Json) -> Option<NodeId> {
        let id = self.selected_node()?;
        is_full(id, json.nodes().get(id as usize)?).then_some(id)
    }

    /// Folds or unfolds the selected value; a scalar has nothing to fold.
    pub fn toggle(&mut self, json: &Json) -> bool {
        let Some(id) = self.foldable(json) else {
            return false;
        };
        self.set(id, !self.is_folded(id));
        self.refresh(json);
        true
    }

    /// Folds the selected value, or selects its parent where it is folded or has nothing to fold.
    pub fn fold(&mut self, json: &Json) -> bool {
        if let Some(id) = self.foldable(json)
            && self.set(id, true)
        {
            self.refresh(json);
            return true;
        }
        self.to_parent(json)
    }

    /// Unfolds the selected value.
    pub fn unfold(&mut self, json: &Json) -> bool {
        let opened = self.selected_node().is_some_and(|id| self.set(id, false));
        if opened {
            self.refresh(json);
        }
        opened
    }

    /// Folds everything from this depth on, and opens what is above; the root is at depth 0.
    pub fn to_depth(&mut self, json: &Json, depth: u16) {
        let nodes = (0u32..).zip(json.nodes());
        self.folded = nodes
            .map(|(id, node)| node.depth >= depth && is_full(id, node))
            .collect();
        self.refresh(json);
    }

    /// Folds the selected value and those beside it; where all of them are folded, opens them.
    pub fn fold_siblings(&mut self, json: &Json) -> bool {
        let Some(parent) = self.selected_node().and_then(|id| json.at(id)?.parent()) else {
            return false;
        };
        let full = |id: NodeId| is_full(id, &json.nodes()[id as usize]);
        let beside: Vec<NodeId> = parent
            .items()
            .map(|at| at.id)
            .filter(|id| full(*id))
            .collect();
        let fold = beside.iter().any(|id| !self.is_folded(*id));
        for id in &beside {
            self.set(*id, fold);
        }
        self.refresh(json);
        !beside.is_empty()
    }

    /// Selects the value that the selected one is in.
    pub fn to_parent(&mut self, json: &Json) -> bool {
        let parent = self.selected_node().and_then(|id| json.at(id)?.parent());
        self.select(parent.map(|parent| parent.id))
    }

    /// Selects the value beside the selected one.
    pub fn to_sibling(&mut self, json: &Json, forward: bool) -> bool {
        let sibling = || {
            let at = json.at(self.selected_node()?)?;
            let parent = at.parent()?;
            match forward {
                true => json
                    .at(json.nodes()[at.id as usize].next)
                    .filter(|next| next.parent().is_some_and(|other| other.id == parent.id)),
                false => parent.items().take_while(|item| item.id < at.id).last(),
            }
        };
        let sibling = sibling().map(|at| at.id);
        self.select(sibling)
    }

    fn select(&mut self, id: Option<NodeId>) -> bool {
        match id.and_then(|id| self.seen.binary_search(&id).ok()) {
            Some(place) => {
                self.selected = place;
                true
            }
            None => false,
        }
    }

    /// Opens what hides a node, and selects it.
    pub fn reveal(&mut self, json: &Json, id: NodeId) {
        let mut at = json.at(id).and_then(|at| at.parent());
        while let Some(parent) = at {
            self.set(parent.id, false);
            at = parent.parent();
        }
        self.refresh(json);
        self.selected = self.seen.binary_search(&id).unwrap_or(0);
    }

    /// Finds out what is seen. The selected value stays so, or what it is folded in.
    fn refresh(&mut self, json: &Json) {
        let selected = self.selected_node();
        let nodes = json.nodes();
        self.seen.clear();
        let mut id: NodeId = 0;
        while let Some(node) = nodes.get(id as usize) {
            self.seen.push(id);
            id = if self.folded.get(id as usize) == Some(&true) {
                node.next.max(id + 1)
            } else {
                id + 1
            };
        }
        self.selected = match selected.map(|id| self.seen.binary_search(&id)) {
            Some(Ok(place)) => place,
            Some(Err(after)) => after.saturating_sub(1),
            None => 0,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::RowId;

    fn tree(text: &str) -> (Json, Tree) {
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let tree = Tree::new(body::Key::Row(RowId(0)), &json);
        (json, tree)
    }

    #[test]
    fn folding_hides_what_is_inside_and_keeps_the_selection() {
        let (json, mut tree) = tree(r#"{"a":{"b":1,"c":[2,3]},"d":4}"#);
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

    #[test]
    fn all_of_it_folds_to_a_depth() {
        let (json, mut tree) = tree(r#"{"a":{"b":1,"c":[2,3]},"d":4,"e":[[]]}"#);
        tree.selected = 5;
        tree.to_depth(&json, 1);
        assert_eq!(tree.seen(), [0, 1, 6, 7]);
        assert_eq!(tree.selected_node(), Some(1), "what it is folded in");
        tree.to_depth(&json, 2);
        assert_eq!(tree.seen(), [0, 1, 2, 3, 6, 7, 8]);
        assert_eq!(tree.selected_node(), Some(1));
        tree.to_depth(&json, u16::MAX);
        assert_eq!(tree.seen().len(), json.nodes().len());
    }

    #[test]
    fn siblings_are_gone_through_and_folded_together() {
        let (json, mut tree) = tree(r#"{"a":{"b":1},"c":2,"d":[3]}"#);
        tree.selected = 1;
        assert!(tree.to_sibling(&json, true));
        assert_eq!(tree.selected_node(), Some(3));
        assert!(tree.to_sibling(&json, true) && !tree.to_sibling(&json, true));
        assert_eq!(tree.selected_node(), Some(4));
        assert!(tree.fold_siblings(&json));
        assert_eq!(tree.seen(), [0, 1, 3, 4]);
        assert!(tree.to_sibling(&json, false) && tree.to_sibling(&json, false));
        assert_eq!(tree.selected_node(), Some(1));
        assert!(!tree.to_sibling(&json, false));
        assert!(tree.fold_siblings(&json));
        assert_eq!(tree.seen().len(), 6);
        assert!(tree.to_parent(&json) && !tree.to_parent(&json));
        assert!(!tree.fold_siblings(&json), "the root has none");
    }

    #[test]
    fn a_large_one_starts_with_its_outer_values() {
        let text = format!("[[[[{}0]]]]", "0,".repeat(4000));
        let (json, tree) = tree(&text);
        assert_eq!(json.root().map(|at| at.count()), Some(1));
        assert_eq!(tree.seen().len(), 4);
    }
}
