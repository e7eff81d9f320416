//! The signs on the screen, each with an ASCII twin, each one cell wide.

use super::scope::named;

named! {
/// A sign. The theme says which character it is; the twin stands in where only ASCII may be shown.
Glyph {
    RiskCritical = "risk.critical",
    RiskHigh = "risk.high",
    RiskMedium = "risk.medium",
    RiskLow = "risk.low",
    RiskInfo = "risk.info",
    DirC2s = "dir.c2s",
    DirS2c = "dir.s2c",
    DirStderr = "dir.stderr",
    DirMeta = "dir.meta",
    DirUnreadable = "dir.unreadable",
    TreeBranch = "tree.branch",
    TreeLast = "tree.last",
    TreeLine = "tree.line",
    TreeOpen = "tree.open",
    TreeClosed = "tree.closed",
    PairFirst = "pair.first",
    PairLine = "pair.line",
    PairLast = "pair.last",
    PairNone = "pair.none",
    BorderHorizontal = "border.horizontal",
    BorderVertical = "border.vertical",
    BorderTopLeft = "border.top-left",
    BorderTopRight = "border.top-right",
    BorderBottomLeft = "border.bottom-left",
    BorderBottomRight = "border.bottom-right",
    ScrollTrack = "scroll.track",
    ScrollThumb = "scroll.thumb",
    Bar1 = "bar.1",
    Bar2 = "bar.2",
    Bar3 = "bar.3",
    Bar4 = "bar.4",
    Bar5 = "bar.5",
    Bar6 = "bar.6",
    Bar7 = "bar.7",
    Bar8 = "bar.8",
    Cursor = "cursor",
    CursorTime = "cursor.time",
    Ellipsis = "ellipsis",
    Separator = "separator",
    To = "to",
    Changed = "changed",
    Collides = "collides",
    Hidden = "hidden",
    Mark = "mark",
    Bookmark = "bookmark",
    Following = "following",
    Playing = "playing",
    Paused = "paused",
    Yes = "yes",
    No = "no",
    Cancelled = "cancelled",
    Pending = "pending",
    FlowLane = "flow.lane",
    FlowLine = "flow.line",
    FlowStart = "flow.start",
    FlowEnd = "flow.end",
    FlowCross = "flow.cross",
    FlowRight = "flow.right",
    FlowLeft = "flow.left",
    TaintLine = "taint.line",
    TaintDown = "taint.down",
    TaintSide = "taint.side",
    TaintOut = "taint.out",
    TaintBack = "taint.back",
}
}

impl Glyph {
    /// A bar of `value` out of `most`: one eighth for anything above nothing, all of it for the most.
    pub fn bar(value: u64, most: u64) -> Option<Glyph> {
        const BARS: [Glyph; 8] = [
            Glyph::Bar1,
            Glyph::Bar2,
            Glyph::Bar3,
            Glyph::Bar4,
            Glyph::Bar5,
            Glyph::Bar6,
            Glyph::Bar7,
            Glyph::Bar8,
        ];
        if value == 0 {
            return None;
        }
        let eighths = (u128::from(value.min(most)) * 8).div_ceil(u128::from(most.max(1)));
        Some(BARS[(eighths as usize).clamp(1, 8) - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_anything_above_nothing() {
        assert_eq!(Glyph::bar(0, 10), None);
        assert_eq!(Glyph::bar(1, 1_000_000), Some(Glyph::Bar1));
        assert_eq!(Glyph::bar(5, 10), Some(Glyph::Bar4));
        assert_eq!(Glyph::bar(10, 10), Some(Glyph::Bar8));
        assert_eq!(Glyph::bar(u64::MAX, u64::MAX), Some(Glyph::Bar8));
        assert_eq!(Glyph::bar(3, 0), Some(Glyph::Bar1));
    }
}
