//! The list of hits.

use super::search::SearchState;
use super::widget::rows::scrolled_to;
use crate::session::RowId;
use crate::session::filter::Picked;

/// Where the list of hits stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hits {
    pub selected: usize,
    /// First entry that is seen, and how many fit.
    pub offset: usize,
    pub seen: usize,
}

impl Hits {
    /// The list with the hit at the cursor selected, or the one before it.
    pub fn at(search: &SearchState, cursor: RowId) -> Hits {
        Hits {
            selected: search.seen.rank(cursor.index() + 1).saturating_sub(1),
            ..Hits::default()
        }
    }

    /// How many entries fit on a screen of this size: all but the header, the border and the keys.
    pub fn fitting(size: (u16, u16)) -> usize {
        usize::from(size.1.saturating_sub(5))
    }

    /// Keeps what is selected on the screen.
    pub fn settle(&mut self, size: (u16, u16), all: usize) {
        self.seen = Hits::fitting(size);
        self.selected = self.selected.min(all.saturating_sub(1));
        self.offset = scrolled_to(self.selected, self.offset, self.seen.max(1), all);
    }

    /// The messages that are on the screen.
    pub fn rows(self, hits: &Picked) -> impl Iterator<Item = RowId> + '_ {
        let seen = self.offset..self.offset + self.seen;
        seen.map_while(|n| Some(RowId(u32::try_from(hits.nth(n)?).ok()?)))
    }

    /// The message that is selected.
    pub fn row(self, hits: &Picked) -> Option<RowId> {
        Some(RowId(u32::try_from(hits.nth(self.selected)?).ok()?))
    }
}
