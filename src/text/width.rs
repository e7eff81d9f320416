//! How many terminal cells a string takes.
//!
//! The sum over grapheme clusters, because ratatui draws cluster by cluster: the width of a whole string would count
//! the Arabic ligature lam-alef as one cell where a terminal, and ratatui, use two.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The cells that `s` takes in ratatui's buffer. For our own text and what [`reveal`](super::reveal) lets through.
pub fn width(s: &str) -> usize {
    if s.is_ascii() {
        return s.bytes().filter(|b| !b.is_ascii_control()).count();
    }
    s.graphemes(true).map(cluster_width).sum()
}

/// The longest prefix that takes at most `cells`, cut between clusters.
pub fn truncate(s: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in s.grapheme_indices(true) {
        used += cluster_width(cluster);
        if used > cells {
            return &s[..at];
        }
    }
    s
}

/// `s`, or a prefix of it with `…` at its end that together take at most `cells`.
pub fn elide(s: &str, cells: usize) -> String {
    if width(s) <= cells {
        return s.to_owned();
    }
    match cells {
        0 => String::new(),
        _ => format!("{}…", truncate(s, cells - 1).trim_end()),
    }
}

/// The width of one cluster as ratatui's `Buffer` counts it: that of `unicode-width`, and one cell for each halfwidth
/// voiced sound mark. (`unicode-width` 0.2.3 counts that cell itself, so ratatui 0.30.2 has it twice; such marks are
/// therefore never let through as they are.)
pub(super) fn cluster_width(cluster: &str) -> usize {
    if cluster.chars().any(char::is_control) {
        return 0;
    }
    cluster.width() + cluster.chars().filter(|&c| is_sound_mark(c)).count()
}

/// The width of a character on its own, as a terminal counts that knows nothing of clusters.
pub(super) fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// U+FF9E and U+FF9F.
pub(super) fn is_sound_mark(c: char) -> bool {
    matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn agrees_with_ratatui() {
        for s in [
            "plain",
            "端末 ターミナル",
            "لا إله",
            "ｶﾞｷﾞ",
            "e\u{301}a",
            "कार्त्स्न्य",
            "🇺🇦 flag",
            "กำ",
            "한국어",
            "ﾊﾟ ﾞ",
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 1));
            let (x, _) = buffer.set_stringn(0, 0, s, 80, Style::default());
            assert_eq!(width(s), usize::from(x), "{s}");
        }
    }

    #[test]
    fn cuts_between_clusters() {
        assert_eq!(truncate("端末", 3), "端");
        assert_eq!(truncate("e\u{301}e\u{301}", 1), "e\u{301}");
        assert_eq!(elide("端末を読む", 6), "端末…");
        assert_eq!(elide("same", 4), "same");
        assert_eq!(elide("more", 3), "mo…");
        assert_eq!(elide("more", 0), "");
    }
}
