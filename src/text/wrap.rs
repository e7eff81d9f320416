//! Breaking revealed text into rows. Our own, because ratatui's `Paragraph` panics on some hostile text (ratatui#2679).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::{char_width, cluster_width};
use super::{Piece, Shown};

/// Rows of at most `cells` columns (one at least), as ranges of [`Shown::as_str`].
///
/// Rows break at `"\n"`, then at spaces, then before a chip, then between clusters; inside a chip or a cluster only when
/// it alone is wider than a row. Between one row and the next is nothing, or the `"\n"` or the one space at which it was
/// broken. A single character of two cells in a row of one stands alone and too wide.
pub fn wrap(shown: &Shown, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let text = shown.as_str();
    let mut rows = Vec::new();
    let mut start = 0;
    let mut chips = shown
        .pieces()
        .filter(|piece| matches!(piece.kind, Piece::Chip(_)))
        .map(|piece| piece.out)
        .peekable();
    let mut line_chips = Vec::new();
    loop {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        line_chips.clear();
        while let Some(chip) = chips.next_if(|chip| chip.end <= end) {
            line_chips.push(chip);
        }
        wrap_line(text, start..end, &line_chips, cells, &mut rows);
        if end == text.len() {
            return rows;
        }
        start = end + 1;
    }
}

/// What is not broken if it fits.
struct Atom {
    at: Range<usize>,
    cells: usize,
    space: bool,
}

fn wrap_line(
    text: &str,
    line: Range<usize>,
    chips: &[Range<usize>],
    cells: usize,
    rows: &mut Vec<Range<usize>>,
) {
    let mut row = Row {
        at: line.start..line.start,
        cells: 0,
        space: None,
    };
    let mut at = line.start;
    for chip in chips {
        clusters(text, at..chip.start, cells, &mut |atom| {
            row.add(atom, cells, rows)
        });
        at = chip.end;
        let wide = super::width(&text[chip.clone()]);
        if wide <= cells {
            row.add(
                Atom {
                    at: chip.clone(),
                    cells: wide,
                    space: false,
                },
                cells,
                rows,
            );
        } else {
            clusters(text, chip.clone(), cells, &mut |atom| {
                row.add(atom, cells, rows)
            });
        }
    }
    clusters(text, at..line.end, cells, &mut |atom| {
        row.add(atom, cells, rows)
    });
    rows.push(row.at);
}

/// The clusters of a part; one that is wider than a row as its characters.
fn clusters(text: &str, part: Range<usize>, cells: usize, add: &mut dyn FnMut(Atom)) {
    if text[part.clone()].is_ascii() {
        for (offset, byte) in text[part.clone()].bytes().enumerate() {
            let at = part.start + offset;
            add(Atom {
                at: at..at + 1,
                cells: 1,
                space: byte == b' ',
            });
        }
        return;
    }
    for (offset, cluster) in text[part.clone()].grapheme_indices(true) {
        let start = part.start + offset;
        let wide = cluster_width(cluster);
        if wide <= cells {
            add(Atom {
                at: start..start + cluster.len(),
                cells: wide,
                space: cluster == " ",
            });
            continue;
        }
        let mut rest = cluster;
        while let Some(c) = rest.chars().next() {
            // What takes no cell stays with the character before it.
            let length = rest
                .char_indices()
                .skip(1)
                .find(|&(_, c)| char_width(c) > 0)
                .map_or(rest.len(), |(at, _)| at);
            let at = start + cluster.len() - rest.len();
            add(Atom {
                at: at..at + length,
                cells: char_width(c),
                space: false,
            });
            rest = &rest[length..];
        }
    }
}

struct Row {
    at: Range<usize>,
    cells: usize,
    /// Where the last space in the row stands, and the cells up to its end.
    space: Option<(usize, usize)>,
}

impl Row {
    fn add(&mut self, atom: Atom, cells: usize, rows: &mut Vec<Range<usize>>) {
        while self.cells > 0 && self.cells + atom.cells > cells {
            match self.space.take() {
                _ if atom.space => {
                    rows.push(self.at.clone());
                    *self = Row {
                        at: atom.at.end..atom.at.end,
                        cells: 0,
                        space: None,
                    };
                    return;
                }
                Some((space, used)) if space > self.at.start => {
                    rows.push(self.at.start..space);
                    self.at.start = space + 1;
                    self.cells -= used;
                }
                _ => {
                    rows.push(self.at.clone());
                    self.at.start = self.at.end;
                    self.cells = 0;
                }
            }
        }
        self.at.end = atom.at.end;
        self.cells += atom.cells;
        if atom.space {
            self.space = Some((atom.at.start, self.cells));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Breaks, Options, Raw, reveal, width};
    use super::*;
    use proptest::prelude::*;

    fn rows(s: &str, cells: usize) -> Vec<String> {
        let shown = reveal(s.into(), &Options::default());
        wrap(&shown, cells)
            .into_iter()
            .map(|row| shown.as_str()[row].to_owned())
            .collect()
    }

    #[test]
    fn breaks_at_spaces_and_between_clusters() {
        assert_eq!(rows("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(rows("hello world", 5), ["hello", "world"]);
        assert_eq!(rows("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(rows("端末を読む", 5), ["端末", "を読", "む"]);
        assert_eq!(rows("one\n\ntwo\n", 9), ["one", "", "two", ""]);
        assert_eq!(rows("", 9), [""]);
    }

    #[test]
    fn chips_stay_whole_where_they_fit() {
        assert_eq!(rows("safe\u{200b}word", 6), ["safe", "⟨ZWSP⟩", "word"]);
        assert_eq!(rows("a\u{202e}b", 4), ["a⟨U+", "202E", "RLO⟩", "b"]);
    }

    #[test]
    fn a_row_of_one_cell_is_possible() {
        assert_eq!(rows("a端b", 1), ["a", "端", "b"]);
        assert_eq!(rows("ab", 0), ["a", "b"]);
    }

    proptest! {
        #[test]
        fn rows_cover_everything_in_order(bytes in super::super::tests::hostile(), cells in 1usize..20, keep: bool) {
            let breaks = if keep { Breaks::Keep } else { Breaks::Chip };
            let shown = reveal(Raw::new(&bytes), &Options { breaks, ..Options::default() });
            let text = shown.as_str();
            let mut at = 0;
            for row in wrap(&shown, cells) {
                prop_assert!(matches!(&text[at..row.start], "" | " " | "\n"), "{:?}", &text[at..row.start]);
                let alone = text[row.clone()].chars().filter(|&c| char_width(c) > 0).count() == 1;
                prop_assert!(width(&text[row.clone()]) <= cells || alone, "{:?} in {cells}", &text[row.clone()]);
                at = row.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
