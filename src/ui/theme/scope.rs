//! What a cell can mean. The screens ask for a meaning, never for a colour.

/// An enum whose values have dotted names in the theme files.
macro_rules! named {
    ($(#[$outer:meta])* $kind:ident { $($(#[$meta:meta])* $value:ident = $name:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $kind { $($(#[$meta])* $value,)* }

        impl $kind {
            pub const ALL: &'static [$kind] = &[$($kind::$value,)*];

            /// The name in theme files.
            pub const fn name(self) -> &'static str {
                match self { $($kind::$value => $name,)* }
            }
        }
    };
}
pub(super) use named;

named! {
/// A meaning with a style. In a theme file a scope that is not given falls back to the left part of its name:
/// `diff.add.word` to `diff.add`, that to `diff`.
Scope {
    /// The page: what every cell has before anything is drawn.
    UiBackground = "ui.background",
    UiText = "ui.text",
    UiStrong = "ui.strong",
    UiDim = "ui.dim",
    UiBorder = "ui.border",
    UiBorderFocus = "ui.border.focus",
    UiTitle = "ui.title",
    UiTitleFocus = "ui.title.focus",
    UiHeader = "ui.header",
    UiHeaderName = "ui.header.name",
    UiTab = "ui.tab",
    UiTabActive = "ui.tab.active",
    UiColumn = "ui.column",
    /// The row under the cursor in the pane that has the keys.
    UiSelect = "ui.select",
    /// The row under the cursor in a pane that does not have the keys.
    UiSelectBlur = "ui.select.blur",
    UiCursor = "ui.cursor",
    UiKey = "ui.key",
    UiKeyDisabled = "ui.key.disabled",
    UiBadge = "ui.badge",
    UiBadgeNew = "ui.badge.new",
    UiBadgeChanged = "ui.badge.changed",
    UiBadgeCollides = "ui.badge.collides",
    /// A search hit.
    UiMatch = "ui.match",
    UiMatchCurrent = "ui.match.current",
    UiInput = "ui.input",
    UiInputError = "ui.input.error",
    UiPopup = "ui.popup",
    UiPopupBorder = "ui.popup.border",
    UiToast = "ui.toast",
    UiToastWarn = "ui.toast.warn",
    UiError = "ui.error",
    /// Dropped or unreadable lines, in the header.
    UiLoss = "ui.loss",
    UiLink = "ui.link",
    UiEmpty = "ui.empty",
    UiScroll = "ui.scroll",
    UiScrollThumb = "ui.scroll.thumb",
    UiProgress = "ui.progress",
    TextTime = "text.time",
    TextSize = "text.size",
    TextId = "text.id",
    TextMethod = "text.method",
    TextTool = "text.tool",
    TextCode = "text.code",
    TextHeading = "text.heading",
    OutcomeOk = "outcome.ok",
    OutcomeError = "outcome.error",
    OutcomeCancelled = "outcome.cancelled",
    OutcomePending = "outcome.pending",
    RiskCritical = "risk.critical",
    RiskHigh = "risk.high",
    RiskMedium = "risk.medium",
    RiskLow = "risk.low",
    RiskInfo = "risk.info",
    /// Text that a person could not have seen. Magenta, and nothing else is.
    Hidden = "hidden",
    /// The span that a finding is about.
    Evidence = "evidence",
    /// The lines around it.
    EvidenceContext = "evidence.context",
    DirC2s = "dir.c2s",
    DirS2c = "dir.s2c",
    DirStderr = "dir.stderr",
    DirMeta = "dir.meta",
    DirUnreadable = "dir.unreadable",
    DiffContext = "diff.context",
    DiffHunk = "diff.hunk",
    DiffAdd = "diff.add",
    DiffAddWord = "diff.add.word",
    DiffDel = "diff.del",
    DiffDelWord = "diff.del.word",
    JsonKey = "json.key",
    JsonString = "json.string",
    JsonNumber = "json.number",
    JsonLiteral = "json.literal",
    JsonPunct = "json.punct",
    /// Code within arguments and results.
    Syntax = "syntax",
    SyntaxKeyword = "syntax.keyword",
    SyntaxString = "syntax.string",
    SyntaxNumber = "syntax.number",
    SyntaxComment = "syntax.comment",
    SyntaxFunction = "syntax.function",
    SyntaxType = "syntax.type",
    SyntaxOperator = "syntax.operator",
    SyntaxVariable = "syntax.variable",
    Server0 = "server.0",
    Server1 = "server.1",
    Server2 = "server.2",
    Server3 = "server.3",
    Server4 = "server.4",
    Server5 = "server.5",
    Server6 = "server.6",
    Server7 = "server.7",
    Timeline = "timeline",
    /// Cells of the timeline in which nothing is wrong.
    TimelineTraffic = "timeline.traffic",
    TimelineCursor = "timeline.cursor",
    TimelineChange = "timeline.change",
    TimelineMark = "timeline.mark",
    FlowLane = "flow.lane",
    FlowRequest = "flow.request",
    FlowResponse = "flow.response",
    /// Data that came from one lane and leaves by another.
    FlowTaint = "flow.taint",
    MarkConfirmed = "mark.confirmed",
    MarkFalsePositive = "mark.false-positive",
    MarkLook = "mark.look",
    MarkBookmark = "mark.bookmark",
}
}

impl Scope {
    /// The colour of the server with this number in the session; colours repeat after eight.
    pub fn server(number: usize) -> Scope {
        const LANES: [Scope; 8] = [
            Scope::Server0,
            Scope::Server1,
            Scope::Server2,
            Scope::Server3,
            Scope::Server4,
            Scope::Server5,
            Scope::Server6,
            Scope::Server7,
        ];
        LANES[number % LANES.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_different() {
        let mut names: Vec<_> = Scope::ALL.iter().map(|scope| scope.name()).collect();
        assert!(names.iter().all(|name| {
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
        }));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Scope::ALL.len());
    }

    #[test]
    fn the_value_is_the_place_in_the_table() {
        for (place, scope) in Scope::ALL.iter().enumerate() {
            assert_eq!(*scope as usize, place);
        }
    }

    #[test]
    fn servers_share_eight_colours() {
        assert_eq!(Scope::server(1), Scope::server(9));
        assert_ne!(Scope::server(0), Scope::server(7));
    }
}
