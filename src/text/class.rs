//! What kinds of characters a person cannot see, or a terminal would obey.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Why a character is not shown as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// U+E0000–E007F: an invisible copy of ASCII.
    Tag,
    /// U+FE00–FE0F, U+E0100–E01EF and the Mongolian ones: 256 values, so each can carry a byte.
    VariationSelector,
    /// Zero-width space, joiners, word joiner, invisible operators, U+FEFF.
    ZeroWidth,
    /// Marks, embeddings, overrides and isolates that reorder what is read (CVE-2021-42574).
    Bidi,
    /// Escape sequences of terminals (ESC, CSI, OSC, DCS, …) and the C1 controls.
    Escape,
    /// The other C0 controls and DEL.
    Control,
    /// Private use: means what a font says it means.
    PrivateUse,
    /// Unassigned code points and noncharacters.
    Unassigned,
    /// A lone half of a UTF-16 pair, which JSON can carry.
    Surrogate,
    /// Bytes that are no UTF-8, or a run of U+FFFD that tells that decoding failed before.
    InvalidUtf8,
    /// More combining marks than a base can carry readably.
    Combining,
    /// Blanks that are no U+0020: no-break and other spaces, fillers, the empty Braille cell.
    Blank,
    /// A run of spaces or line breaks that pushes what follows out of sight.
    Spaces,
    /// U+2028 and U+2029: line ends to some readers only.
    Separator,
    /// Other format characters: soft hyphen, annotation anchors, musical and hieroglyph controls.
    Format,
}

impl Class {
    pub const ALL: [Class; 15] = [
        Class::Tag,
        Class::VariationSelector,
        Class::ZeroWidth,
        Class::Bidi,
        Class::Escape,
        Class::Control,
        Class::PrivateUse,
        Class::Unassigned,
        Class::Surrogate,
        Class::InvalidUtf8,
        Class::Combining,
        Class::Blank,
        Class::Spaces,
        Class::Separator,
        Class::Format,
    ];

    /// The name for people, in the plural: "zero-width characters".
    pub fn name(self) -> &'static str {
        match self {
            Class::Tag => "tag characters",
            Class::VariationSelector => "variation selectors",
            Class::ZeroWidth => "zero-width characters",
            Class::Bidi => "bidirectional controls",
            Class::Escape => "terminal escape sequences",
            Class::Control => "control characters",
            Class::PrivateUse => "private-use characters",
            Class::Unassigned => "unassigned code points",
            Class::Surrogate => "lone surrogates",
            Class::InvalidUtf8 => "bytes that are no UTF-8",
            Class::Combining => "stacked combining marks",
            Class::Blank => "blank characters",
            Class::Spaces => "padding",
            Class::Separator => "line separators",
            Class::Format => "format characters",
        }
    }

    /// The class of a character by itself, or `None` when it may be shown. Line feed and tab are `Control` here: who
    /// lets them through does so knowingly.
    pub fn of(c: char) -> Option<Class> {
        // Most text is in these ranges, and the category of each is a binary search.
        match c {
            ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{34e}' => return None,
            '\u{3a3}'..='\u{52f}' | '\u{621}'..='\u{669}' => return None,
            '\u{3001}'..='\u{303f}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}' => {
                return None;
            }
            '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => return None,
            _ => {}
        }
        listed(c).or_else(|| by_category(c))
    }
}

/// What the general category alone would not tell.
fn listed(c: char) -> Option<Class> {
    Some(match c {
        '\u{1b}' | '\u{80}'..='\u{9f}' => Class::Escape,
        '\u{e0000}'..='\u{e007f}' => Class::Tag,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Class::VariationSelector,
        '\u{180b}'..='\u{180d}' | '\u{180f}' => Class::VariationSelector,
        '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' => Class::ZeroWidth,
        '\u{2060}'..='\u{2064}' | '\u{feff}' => Class::ZeroWidth,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => Class::Bidi,
        '\u{2066}'..='\u{206f}' => Class::Bidi,
        // Fillers and inherent vowels with no ink, the empty Braille cell, the null note head, the object replacement.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => Class::Blank,
        '\u{17b4}' | '\u{17b5}' | '\u{16fe4}' => Class::Blank,
        '\u{2800}' | '\u{1d159}' | '\u{fffc}' => Class::Blank,
        '\u{13430}'..='\u{13455}' => Class::Format,
        _ => return None,
    })
}

fn by_category(c: char) -> Option<Class> {
    Some(match c.general_category() {
        GeneralCategory::Control => Class::Control,
        GeneralCategory::Format => Class::Format,
        GeneralCategory::PrivateUse => Class::PrivateUse,
        GeneralCategory::Unassigned => Class::Unassigned,
        GeneralCategory::Surrogate => Class::Surrogate,
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => Class::Separator,
        GeneralCategory::SpaceSeparator if c != ' ' => Class::Blank,
        _ => return None,
    })
}

/// Whether a character is drawn onto the one before it: marks, and the two letters that Unicode's cluster rules treat
/// as such (Thai and Lao AM).
pub(super) fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}'
        | '\u{370}'..='\u{482}'
        | '\u{48a}'..='\u{590}'
        | '\u{621}'..='\u{64a}' => return false,
        '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}' => {
            return false;
        }
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => return false,
        _ => {}
    }
    matches!(c, '\u{e33}' | '\u{eb3}')
        || matches!(
            c.general_category(),
            GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_agree_with_the_tables() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            let slow = listed(c).or_else(|| by_category(c));
            assert_eq!(Class::of(c), slow, "U+{:04X}", u32::from(c));
            if is_mark(c) != is_mark_by_category(c) {
                panic!(
                    "U+{:04X}: the shortcut for marks disagrees with the category",
                    u32::from(c)
                );
            }
        }
    }

    fn is_mark_by_category(c: char) -> bool {
        use unicode_properties::GeneralCategoryGroup;
        matches!(c, '\u{e33}' | '\u{eb3}')
            || c.general_category_group() == GeneralCategoryGroup::Mark
    }

    #[test]
    fn every_class_has_a_name_of_its_own() {
        let mut names: Vec<_> = Class::ALL.iter().map(|class| class.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Class::ALL.len());
    }
}
