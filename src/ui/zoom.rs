//! One value, all of it, over the whole screen.

use crate::text::{Options, Raw, RawBuf, Shown, reveal};

/// Bytes that are revealed for one page: wrapping them takes a millisecond or two.
const PAGE: usize = 64 * 1024;

#[derive(Clone, Debug)]
pub struct Zoom {
    pub title: String,
    text: RawBuf,
    /// Bytes of the value that were not decoded for the screen.
    pub more: usize,
    page: usize,
    pub shown: Shown,
    /// First line that is seen.
    pub scroll: usize,
}

impl Zoom {
    pub fn new(title: String, text: RawBuf, more: usize) -> Zoom {
        let mut zoom = Zoom {
            title,
            text,
            more,
            page: 0,
            shown: Shown::default(),
            scroll: 0,
        };
        zoom.show();
        zoom
    }

    pub fn page(&self) -> usize {
        self.page
    }

    pub fn pages(&self) -> usize {
        self.text.as_raw().len().div_ceil(PAGE).max(1)
    }

    /// Turns to another page, if there is one.
    pub fn turn(&mut self, forward: bool) {
        let page = if forward {
            self.page + 1
        } else {
            self.page.wrapping_sub(1)
        };
        if page < self.pages() {
            self.page = page;
            self.scroll = 0;
            self.show();
        }
    }

    fn show(&mut self) {
        let bytes = self.text.as_raw().bytes();
        let edge = |at: usize| {
            (at.saturating_sub(4)..=at.min(bytes.len()))
                .rev()
                .find(|at| bytes.get(*at).is_none_or(|b| *b & 0xc0 != 0x80))
        };
        let start = edge(self.page * PAGE).unwrap_or(0);
        let end = edge((self.page + 1) * PAGE).unwrap_or(bytes.len());
        self.shown = reveal(Raw::new(bytes).slice(start..end), &Options::default());
    }
}
