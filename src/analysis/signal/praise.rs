//! Praise and pressure: what steers a model's choice between tools.

use crate::text::Raw;
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static PRAISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi-u) \bbest\s+tool\b | \b(?:instead\s+of|rather\s+than|over|before)\s+(?:any|all|every)\s+other\s+tools?\b | \b(?:highest|top|absolute)\s+priority\b | \balways\s+(?:use|prefer|choose|call)\s+this\s+(?:tool\s+)?(?:first|instead|over|rather)\b
        | \buse\s+this\s+tool\s+(?:rather\s+than|instead\s+of)\s+(?:others|the\s+others|other\s+tools)\b | \bmost\s+(?:reliable|powerful|trusted|accurate)\s+tool\b | \bmust\s+(?:always\s+)?(?:use|call)\s+this\s+(?:tool|function)\s+(?:first|before\s+any)\b
        | \bpreferred\s+over\s+(?:all\s+)?other\b | \bthe\s+only\s+(?:tool|correct)\b",
    )
    .expect("the pattern is fixed")
});

/// The first such phrase in a text.
pub fn find(raw: Raw<'_>) -> Option<Range<usize>> {
    PRAISE
        .find(raw.slice(0..64 << 10).bytes())
        .map(|m| m.range())
}
