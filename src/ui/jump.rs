//! Where one has been: the jump list, as an editor has it.

use super::model::{Focus, Panes, View};
use super::walk::TreeSpot;
use crate::session::{ItemId, RowId};

/// A place in the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub view: View,
    pub cursor: RowId,
    pub panes: Panes,
    pub focus: Focus,
    pub item: Option<ItemId>,
    /// What was selected in the JSON tree.
    pub tree: Option<TreeSpot>,
}

impl Place {
    /// Whether two places are one for a person who comes back: how far a pane was scrolled does not matter.
    fn is_where(&self, other: &Place) -> bool {
        (self.view, self.cursor, self.item) == (other.view, other.cursor, other.item)
            && self.panes.selected == other.panes.selected
    }
}

/// Places left, and places come back from.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    past: Vec<Place>,
    future: Vec<Place>,
}

/// Most places that are kept.
const KEPT: usize = 200;

impl Jumps {
    /// Remembers the place that is being left, once. What lay ahead is forgotten.
    pub fn leave(&mut self, place: Place) {
        self.past.retain(|other| !other.is_where(&place));
        self.past.push(place);
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
        self.future.clear();
    }

    pub fn back(&mut self, from: Place) -> Option<Place> {
        let to = self.past.pop()?;
        self.future.push(from);
        Some(to)
    }

    pub fn forward(&mut self, from: Place) -> Option<Place> {
        let to = self.future.pop()?;
        self.past.push(from);
        Some(to)
    }

    /// Goes so many places back, or forward.
    pub fn travel(&mut self, from: Place, places: usize, forward: bool) -> Option<Place> {
        let mut to = None;
        for _ in 0..places {
            let here = to.unwrap_or(from);
            to = match forward {
                true => self.forward(here)?,
                false => self.back(here)?,
            }
            .into();
        }
        to
    }

    /// The places that were left, the last one first.
    pub fn past(&self) -> impl DoubleEndedIterator<Item = &Place> + ExactSizeIterator {
        self.past.iter().rev()
    }

    /// The places that were come back from, the nearest one first.
    pub fn future(&self) -> impl DoubleEndedIterator<Item = &Place> + ExactSizeIterator {
        self.future.iter().rev()
    }

    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn has_future(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: u32) -> Place {
        Place {
            view: View::Calls,
            cursor: RowId(row),
            panes: Panes::default(),
            focus: Focus::List,
            item: None,
            tree: None,
        }
    }

    #[test]
    fn back_and_forward_end_where_they_began() {
        let mut jumps = Jumps::default();
        jumps.leave(place(1));
        jumps.leave(place(2));
        assert_eq!(jumps.back(place(3)), Some(place(2)));
        assert_eq!(jumps.back(place(2)), Some(place(1)));
        assert_eq!(jumps.back(place(1)), None);
        assert_eq!(jumps.forward(place(1)), Some(place(2)));
        assert_eq!(jumps.forward(place(2)), Some(place(3)));
        assert!(!jumps.has_future());
    }

    #[test]
    fn a_place_is_kept_once_where_it_was_left_last() {
        let mut jumps = Jumps::default();
        for row in [1, 2, 1, 3, 1] {
            jumps.leave(place(row));
        }
        let kept: Vec<u32> = jumps.past().map(|place| place.cursor.0).collect();
        assert_eq!(kept, [1, 3, 2]);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_ahead() {
        let mut jumps = Jumps::default();
        jumps.leave(place(1));
        jumps.back(place(2));
        jumps.leave(place(5));
        assert!(!jumps.has_future());
        assert!(jumps.has_past());
    }
}
