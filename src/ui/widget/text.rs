//! Revealed text as styled lines: chips in the colour that is theirs alone, spans of evidence lit.

use super::line::Line;
use super::seen::Seen;
use crate::text::{Breaks, Options, Piece, Raw, Shown, reveal, width, wrap};
use crate::ui::theme::{Glyph, Scope, Theme};
use ratatui::style::Style;
use std::ops::Range;

/// A span of the raw text that is drawn in a style of its own.
#[derive(Clone, Debug)]
pub struct Lit {
    /// Bytes of the raw text.
    pub span: Range<usize>,
    pub style: Style,
}

/// Reveals for a theme: ASCII chips where only ASCII may be shown. What is not to be seen was masked before.
pub fn shown(raw: Raw, theme: &Theme) -> Shown {
    reveal(
        raw,
        &Options {
            ascii: theme.look.ascii,
            seen_only: theme.seen_only,
            ..Options::default()
        },
    )
}

/// Part of revealed text as a line, each piece in its style.
pub fn styled(shown: &Shown, part: Range<usize>, lit: &[Lit], base: Style, theme: &Theme) -> Line {
    styled_code(shown, part, lit, &[], base, theme)
}

/// [`styled`], for code: the tints are in order and apart, and lie below everything else.
pub fn styled_code(
    shown: &Shown,
    part: Range<usize>,
    lit: &[Lit],
    tints: &[Lit],
    base: Style,
    theme: &Theme,
) -> Line {
    let own = shown.src_range(part.clone());
    let first = tints.partition_point(|tint| tint.span.end <= own.start);
    let last = tints.partition_point(|tint| tint.span.start < own.end);
    let tints: Vec<(Range<usize>, Style)> = tints[first..last.max(first)]
        .iter()
        .map(|tint| (shown.out_range(tint.span.clone()), tint.style))
        .collect();
    let mut tinted = 0;
    let spans: Vec<(Range<usize>, Style)> = lit
        .iter()
        .map(|lit| (shown.out_range(lit.span.clone()), lit.style))
        .collect();
    let mut line = Line::new();
    for piece in shown.pieces() {
        if piece.out.end <= part.start {
            continue;
        }
        if piece.out.start >= part.end {
            break;
        }
        let mut at = piece.out.start.max(part.start);
        let end = piece.out.end.min(part.end);
        while at < end {
            // Of spans over each other the first counts.
            let over = spans.iter().find(|(span, _)| span.contains(&at));
            let starts = spans.iter().map(|(span, _)| span.start);
            while tints.get(tinted).is_some_and(|(span, _)| span.end <= at) {
                tinted += 1;
            }
            let tint = tints.get(tinted);
            let under = tint.filter(|(span, _)| span.contains(&at));
            let edge = tint.map(|(span, _)| match span.start > at {
                true => span.start,
                false => span.end,
            });
            let own = under.map_or(base, |(_, style)| base.patch(*style));
            let own = match piece.kind {
                Piece::Chip(_) => own.patch(theme.style(Scope::Hidden)),
                _ => own,
            };
            let next = starts
                .filter(|start| *start > at)
                .chain(over.map(|(span, _)| span.end))
                .chain(edge)
                .min()
                .unwrap_or(end)
                .clamp(at + 1, end);
            let style = over.map_or(own, |(_, style)| match piece.kind {
                Piece::Chip(_) => style.patch(theme.style(Scope::Hidden)),
                _ => own.patch(*style),
            });
            if let Some(text) = shown.as_str().get(at..next) {
                line.push(text.replace('\n', " "), style);
            }
            at = next;
        }
    }
    line
}

/// Bytes of one text that are revealed for a page, however far into it the evidence stands.
const REVEALED: usize = 64 * 1024;
/// Rows that are kept before the evidence, where a text is cut around it.
const CONTEXT: usize = 2;

/// Text over as many rows as it takes, at most `most`; then how much is left is said. Where the first lit span would
/// not be seen, the text is cut around it.
pub fn wrapped(
    raw: Raw,
    lit: &[Lit],
    base: Style,
    theme: &Theme,
    cells: usize,
    most: usize,
) -> Vec<Line> {
    wrapped_code(raw, (lit, &[]), base, theme, cells, most)
}

/// [`wrapped`], for code: with spans lit, and tints below them.
pub fn wrapped_code(
    raw: Raw,
    (lit, tints): (&[Lit], &[Lit]),
    base: Style,
    theme: &Theme,
    cells: usize,
    most: usize,
) -> Vec<Line> {
    let to_evidence = lit.iter().map(|lit| lit.span.start).min().unwrap_or(0);
    // Most letters take a byte and a cell; where they take more, more is read.
    let bytes = |each: usize| {
        let needed = most.saturating_mul(cells.max(1)).saturating_mul(each);
        let needed = needed.max(4096).saturating_add(to_evidence);
        needed.min(REVEALED).min(raw.len())
    };
    let reveal = |bytes: usize| {
        let visible = Seen::of(raw.slice(0..bytes), theme);
        let shown = shown(visible.raw(), theme);
        let rows = wrap(&shown, cells);
        (visible, shown, rows)
    };
    let mut read = bytes(2);
    let (mut visible, mut shown, mut rows) = reveal(read);
    // The last row may go on behind what was read, and the secret that it begins with.
    let enough = |shown: &Shown, rows: &[Range<usize>]| {
        let from = first_row(shown, rows, &visible.lit(lit)).unwrap_or(0);
        rows.len() > from.saturating_add(most) + REACH / cells.max(1)
    };
    if read < bytes(8) && !enough(&shown, &rows) {
        read = bytes(8);
        (visible, shown, rows) = reveal(read);
    }
    let part = raw.slice(0..read);
    let lit = &*visible.lit(lit);
    let tints = &*visible.lit(tints);
    let dim = theme.style(Scope::UiDim);
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let from = first_row(&shown, &rows, lit)
        .filter(|row| *row >= most)
        .map(|row| row.saturating_sub(CONTEXT));
    let mut lines = Vec::new();
    let line = |row: &Range<usize>| styled_code(&shown, row.clone(), lit, tints, base, theme);
    let last = match from {
        None => most.min(rows.len()),
        Some(from) => {
            let head = CONTEXT.min(most);
            lines.extend(rows[..head].iter().map(line));
            lines.push(Line::of(
                format!("{ellipsis} {} rows", from.saturating_sub(head)),
                dim,
            ));
            (from + most.saturating_sub(head)).min(rows.len())
        }
    };
    lines.extend(rows[from.unwrap_or(0)..last].iter().map(line));
    let seen = rows
        .get(last.wrapping_sub(1))
        .map_or(0, |row| shown.src_range(row.clone()).end);
    if last < rows.len() || part.len() < raw.len() || shown.more > 0 {
        let seen = visible.original(seen..seen).end;
        let rest = crate::session::size(raw.len().saturating_sub(seen) as u64);
        lines.push(Line::of(
            format!("{ellipsis} {rest} more, z shows all"),
            dim,
        ));
    }
    for line in &mut lines {
        line.masked = visible.is_masked();
    }
    lines
}

/// The row in which the first lit span begins.
fn first_row(shown: &Shown, rows: &[Range<usize>], lit: &[Lit]) -> Option<usize> {
    let start = lit
        .iter()
        .map(|lit| shown.out_range(lit.span.clone()).start)
        .min()?;
    Some(rows.partition_point(|row| row.end <= start)).filter(|row| *row < rows.len())
}

/// Bytes behind those that are seen to which a secret may reach.
const REACH: usize = 512;

/// Text on one line of at most `cells`.
pub fn inline(raw: Raw, cells: usize, base: Style, theme: &Theme) -> Line {
    inline_lit(raw, &[], cells, base, theme)
}

/// [`inline`] with spans lit.
pub fn inline_lit(raw: Raw, lit: &[Lit], cells: usize, base: Style, theme: &Theme) -> Line {
    let limit = cells.saturating_mul(8).saturating_add(128);
    let options = Options {
        ascii: theme.look.ascii,
        breaks: Breaks::Chip,
        seen_only: theme.seen_only,
        limit,
    };
    // A secret is known by what stands beyond the cells that are seen.
    let near = raw.slice(0..limit.saturating_add(REACH));
    let seen = Seen::of(near, theme);
    let shown = reveal(seen.raw(), &options);
    let all = 0..shown.as_str().len();
    let mut line = styled(&shown, all, &seen.lit(lit), base, theme);
    line.masked = seen.is_masked();
    let more = shown.more > 0 || near.len() < raw.len();
    clip(line, cells, more, theme)
}

/// A line cut to `cells`, with `…` where something is missing.
pub fn clip(line: Line, cells: usize, more: bool, theme: &Theme) -> Line {
    if line.width() <= cells && !more {
        return line;
    }
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let room = cells.saturating_sub(1);
    let mut used = 0;
    let mut out = Line::new();
    out.masked = line.masked;
    for run in line.runs() {
        let wide = width(&run.text);
        if used + wide > room {
            let kept = crate::text::truncate(&run.text, room - used);
            out.push(kept, run.style);
            break;
        }
        used += wide;
        out.push(run.text.clone(), run.style);
    }
    if cells > 0 {
        out.push(ellipsis, theme.style(Scope::UiDim));
    }
    out
}

/// Our own text over as many rows as it takes.
pub fn prose(text: &str, cells: usize) -> Vec<String> {
    let shown = reveal(Raw::from(text), &Options::default());
    wrap(&shown, cells)
        .into_iter()
        .map(|row| shown.as_str()[row].to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Look;

    fn theme() -> Theme {
        Theme::builtin("terminal", Look::default()).expect("the terminal theme is built in")
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| line.runs().map(|run| run.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn chips_have_the_colour_of_hidden_text_and_nothing_else_has() {
        let theme = theme();
        let line = inline(Raw::from("a\u{200b}b ⟨ZWSP⟩"), 40, Style::new(), &theme);
        let hidden: Vec<&str> = line
            .runs()
            .filter(|run| run.style.fg == theme.style(Scope::Hidden).fg && run.style.fg.is_some())
            .map(|run| run.text.as_str())
            .collect();
        assert_eq!(hidden, ["⟨ZWSP⟩"]);
    }

    #[test]
    fn a_lit_span_falls_on_its_own_letters_also_over_a_break() {
        let theme = theme();
        let lit = Lit {
            span: 4..9,
            style: Style::new().fg(ratatui::style::Color::Red),
        };
        let lines = wrapped(
            Raw::from("one two three"),
            &[lit],
            Style::new(),
            &theme,
            7,
            9,
        );
        let red: Vec<&str> = lines
            .iter()
            .flat_map(|line| line.runs())
            .filter(|run| run.style.fg == Some(ratatui::style::Color::Red))
            .map(|run| run.text.as_str())
            .collect();
        assert_eq!(red.concat(), "twot");
    }

    #[test]
    fn what_is_too_long_says_how_much_more_there_is() {
        let theme = theme();
        let text = "word ".repeat(200);
        let lines = texts(&wrapped(
            Raw::from(text.as_str()),
            &[],
            Style::new(),
            &theme,
            10,
            3,
        ));
        assert_eq!(lines.len(), 4);
        assert!(lines[3].contains("more, z shows all"), "{lines:?}");
    }

    #[test]
    fn a_long_text_is_cut_around_its_evidence() {
        let theme = theme();
        let text = format!(
            "{}the secret\n{}",
            "line\n".repeat(100),
            "tail\n".repeat(100)
        );
        let lit = Lit {
            span: 504..510,
            style: Style::new(),
        };
        let lines = texts(&wrapped(
            Raw::from(text.as_str()),
            &[lit],
            Style::new(),
            &theme,
            20,
            6,
        ));
        assert_eq!(
            lines[..6],
            ["line", "line", "… 96 rows", "line", "line", "the secret"]
        );
        assert!(
            lines
                .last()
                .is_some_and(|line| line.ends_with("more, z shows all")),
            "{lines:?}"
        );
    }

    #[test]
    fn a_line_is_cut_to_its_cells() {
        let theme = theme();
        for cells in 0..12 {
            let line = inline(
                Raw::from("日本語 text\u{202e}"),
                cells,
                Style::new(),
                &theme,
            );
            assert!(line.width() <= cells.max(1), "{cells}: {}", line.width());
        }
    }
}
