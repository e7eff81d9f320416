//! Where one has been: the jump list, as an editor has it.

use super::model::{Focus, View};
use crate::session::{ItemId, RowId};

/// A place in the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub view: View,
    pub cursor: RowId,
    pub selected: usize,
    pub scroll: usize,
    pub focus: Focus,
    pub item: Option<ItemId>,
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
    /// Remembers the place that is being left. What lay ahead is forgotten.
    pub fn leave(&mut self, place: Place) {
        if self.past.last() != Some(&place) {
            self.past.push(place);
        }
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
            selected: 0,
            scroll: 0,
            focus: Focus::List,
            item: None,
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
    fn a_new_jump_forgets_what_lay_ahead() {
        let mut jumps = Jumps::default();
        jumps.leave(place(1));
        jumps.back(place(2));
        jumps.leave(place(5));
        assert!(!jumps.has_future());
        assert!(jumps.has_past());
    }
}
