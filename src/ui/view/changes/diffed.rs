//! Two texts compared, on one column or side by side. What cannot be seen is made visible first, so that it counts.

use super::painted::Painted;
use crate::text::{Options, Raw, RawBuf, Shown, reveal_exact};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::view::terms;
use crate::ui::widget::diff::{Diff, DiffLine, Side, diff};
use crate::ui::widget::text::{Lit, shown};
use crate::ui::widget::{Line, Page, Seen as Masked};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// From this width on, the old text stands beside the new one.
const SIDE_BY_SIDE: usize = 100;
/// Rows of one comparison.
const ROWS: usize = 200;
/// Lines that are the same are shown this far from those that are not.
const CONTEXT: usize = 3;
/// Comparisons that are kept.
const KEPT: usize = 64;

thread_local! {
    /// By a hash of both texts: the deadline of a large comparison is longer than a frame.
    static MADE: RefCell<HashMap<[u8; 32], Rc<Diff>>> = RefCell::default();
}

fn kept(old: &str, new: &str) -> Rc<Diff> {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(&(old.len() as u64).to_le_bytes())
        .update(old.as_bytes())
        .update(new.as_bytes());
    let key = *hasher.finalize().as_bytes();
    if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
        return made;
    }
    let made = Rc::new(diff(old, new));
    MADE.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Rc::clone(&made));
    });
    made
}

/// Both texts made visible. Where only what is harmless differs, that is made visible too.
fn revealed(old: Raw, new: Raw, theme: &Theme) -> (Shown, Shown) {
    let (before, after) = (shown(old, theme), shown(new, theme));
    if old != new && before.as_str() == after.as_str() {
        let options = Options {
            ascii: theme.look.ascii,
            ..Options::default()
        };
        return (reveal_exact(old, &options), reveal_exact(new, &options));
    }
    (before, after)
}

/// What of a text is evidence.
pub type Evidence<'a> = &'a dyn Fn(Raw) -> Vec<Lit>;

/// Adds the comparison of two texts; one that is not there is no text at all. Of the new one the evidence is lit.
pub fn texts(page: &mut Page, old: Option<&RawBuf>, new: Option<&RawBuf>, evidence: Evidence) {
    let raw = |text: Option<&RawBuf>| text.map_or_else(RawBuf::default, Clone::clone);
    let (before, after) = (raw(old), raw(new));
    let differs = before != after;
    let (before, after) = (
        Masked::of(before.as_raw(), page.theme),
        Masked::of(after.as_raw(), page.theme),
    );
    page.masked |= before.is_masked() || after.is_masked();
    if differs && before.raw() == after.raw() {
        let sentence = "Only a secret in it differs, which is masked; S spells it out.";
        return page.say_indented(sentence, Scope::UiText, 2);
    }
    let lit = evidence(after.raw());
    let (before, after) = revealed(before.raw(), after.raw(), page.theme);
    let difference = kept(before.as_str(), after.as_str());
    if difference.coarse {
        page.say_indented(
            "Compared roughly: the texts are long, and differ much.",
            Scope::UiDim,
            2,
        );
    }
    let beside = page.width >= SIDE_BY_SIDE && old.is_some() && new.is_some();
    let rows = match beside {
        true => side_by_side(page, &difference, &before, (&after, lit)),
        false => unified(page, &difference, &before, (&after, lit)),
    };
    let more = rows.len().saturating_sub(ROWS);
    page.lines.extend(rows.into_iter().take(ROWS));
    if more > 0 {
        let text = format!(
            "{} {} more rows; the definition holds all",
            page.theme.glyph(Glyph::Ellipsis),
            terms::grouped(more)
        );
        page.say_indented(&text, Scope::UiDim, 2);
    }
}

/// The lines of a comparison that are shown: those that differ, what is near them, and how many are left out.
enum Seen<'d> {
    Line(&'d DiffLine),
    Left(usize),
}

fn near(difference: &Diff) -> Vec<Seen<'_>> {
    let lines = &difference.lines;
    let mut keep = vec![false; lines.len()];
    for (n, line) in lines.iter().enumerate() {
        if line.side != Side::Same {
            let end = (n + CONTEXT + 1).min(lines.len());
            keep[n.saturating_sub(CONTEXT)..end].fill(true);
        }
    }
    let mut out = Vec::new();
    let mut left = 0;
    for (line, keep) in lines.iter().zip(keep) {
        if !keep {
            left += 1;
            continue;
        }
        if left > 0 {
            out.push(Seen::Left(std::mem::take(&mut left)));
        }
        out.push(Seen::Line(line));
    }
    if left > 0 {
        out.push(Seen::Left(left));
    }
    out
}

fn left_out(page: &Page, count: usize) -> Line {
    let glyph = page.theme.glyph(Glyph::Ellipsis);
    let text = format!(
        "  {glyph} {}",
        terms::counted(count, "line is the same", "lines are the same")
    );
    Line::of(text, page.style(Scope::DiffHunk))
}

fn unified(page: &Page, difference: &Diff, before: &Shown, after: (&Shown, Vec<Lit>)) -> Vec<Line> {
    let cells = page.width.saturating_sub(4).max(8);
    let (old, new) = (
        Painted::of(before, cells, page.theme),
        Painted::of(after.0, cells, page.theme).with(after.1),
    );
    let mut out = Vec::new();
    for seen in near(difference) {
        let line = match seen {
            Seen::Left(count) => {
                out.push(left_out(page, count));
                continue;
            }
            Seen::Line(line) => line,
        };
        let (sign, scope, text) = match line.side {
            Side::Same => (" ", Scope::DiffContext, &new),
            Side::Old => ("-", Scope::DiffDel, &old),
            Side::New => ("+", Scope::DiffAdd, &new),
        };
        for (n, row) in text.rows(line).into_iter().enumerate() {
            let sign = if n == 0 { sign } else { " " };
            let mut whole = Line::of(format!("  {sign} "), page.style(scope));
            whole.append(row);
            out.push(whole);
        }
        if out.len() > ROWS * 2 {
            break;
        }
    }
    out
}

fn side_by_side(
    page: &Page,
    difference: &Diff,
    before: &Shown,
    after: (&Shown, Vec<Lit>),
) -> Vec<Line> {
    let cells = page.width.saturating_sub(2 + 3) / 2;
    let (old, new) = (
        Painted::of(before, cells, page.theme),
        Painted::of(after.0, cells, page.theme).with(after.1),
    );
    let mut out = Vec::new();
    let style = page.style(Scope::DiffHunk);
    let (mut gone, mut came) = (
        vec![Line::of("before", style)],
        vec![Line::of("since", style)],
    );
    beside(page, &mut out, &mut gone, &mut came, cells);
    for seen in near(difference) {
        match seen {
            Seen::Line(line) if line.side == Side::Old => gone.extend(old.rows(line)),
            Seen::Line(line) if line.side == Side::New => came.extend(new.rows(line)),
            Seen::Line(line) => {
                beside(page, &mut out, &mut gone, &mut came, cells);
                let same = new.rows(line);
                gone.extend(same.iter().cloned());
                came.extend(same);
                beside(page, &mut out, &mut gone, &mut came, cells);
            }
            Seen::Left(count) => {
                beside(page, &mut out, &mut gone, &mut came, cells);
                out.push(left_out(page, count));
            }
        }
        if out.len() + gone.len() + came.len() > ROWS * 2 {
            break;
        }
    }
    beside(page, &mut out, &mut gone, &mut came, cells);
    out
}

/// Puts the rows of both sides next to each other.
fn beside(
    page: &Page,
    out: &mut Vec<Line>,
    gone: &mut Vec<Line>,
    came: &mut Vec<Line>,
    cells: usize,
) {
    let border = format!(" {} ", page.theme.glyph(Glyph::BorderVertical));
    let (mut gone, mut came) = (
        std::mem::take(gone).into_iter(),
        std::mem::take(came).into_iter(),
    );
    loop {
        let (left, right) = (gone.next(), came.next());
        if left.is_none() && right.is_none() {
            return;
        }
        let mut line = Line::of("  ", page.style(Scope::UiText));
        let used = left.as_ref().map_or(0, Line::width);
        if let Some(row) = left {
            line.append(row);
        }
        line.push(
            " ".repeat(cells.saturating_sub(used)),
            page.style(Scope::UiText),
        );
        line.push(border.clone(), page.style(Scope::UiBorder));
        if let Some(row) = right {
            line.append(row);
        }
        out.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Look;

    fn page_of(width: u16, old: &str, new: &str) -> Vec<String> {
        let theme =
            Theme::builtin("terminal", Look::default()).expect("the terminal theme is built in");
        let mut page = Page::new(&theme, width);
        texts(
            &mut page,
            Some(&RawBuf::from(old)),
            Some(&RawBuf::from(new)),
            &|_| Vec::new(),
        );
        page.text().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_narrow_page_has_the_old_line_above_the_new_one() {
        assert_eq!(
            page_of(
                40,
                "Send a mail.\nBe kind.",
                "Send a secret mail.\nBe kind."
            ),
            [
                "  - Send a mail.",
                "  + Send a secret mail.",
                "    Be kind."
            ]
        );
    }

    #[test]
    fn a_wide_page_has_them_side_by_side() {
        let rows = page_of(100, "one\nsame", "two\nmore\nsame");
        assert!(
            rows[1].trim_start().starts_with("one") && rows[1].ends_with("two"),
            "{rows:?}"
        );
        assert!(rows.iter().all(|row| row.contains('│')), "{rows:?}");
        assert_eq!(
            rows.iter()
                .filter(|row| row.matches("same").count() == 2)
                .count(),
            1
        );
    }

    #[test]
    fn what_cannot_be_seen_counts_and_is_shown() {
        let rows = page_of(60, "Send a mail.", "Send a mail.\u{200b}\u{200b}");
        assert!(rows[1].contains("⟨ZWSP"), "{rows:?}");
        let theme =
            Theme::builtin("terminal", Look::default()).expect("the terminal theme is built in");
        let (old, new) = revealed(Raw::from("3 000 km"), Raw::from("3\u{a0}000 km"), &theme);
        assert_ne!(
            old.as_str(),
            new.as_str(),
            "a no-break space is harmless, but it is the difference"
        );
    }

    #[test]
    fn far_lines_that_are_the_same_are_left_out() {
        let lines: Vec<String> = (0..40).map(|n| format!("line {n}")).collect();
        let old = lines.join("\n");
        let rows = page_of(60, &old, &old.replace("line 20", "line twenty"));
        assert!(rows[0].contains("17 lines are the same"), "{rows:?}");
        assert_eq!(rows.len(), 1 + 3 + 2 + 3 + 1);
    }

    #[test]
    fn a_comparison_without_end_is_cut() {
        let text = |word: &str| {
            (0..3000)
                .map(|n| format!("{word} {n}\n"))
                .collect::<String>()
        };
        let rows = page_of(60, &text("a"), &text("b"));
        assert!(rows.len() <= ROWS + 2);
        assert!(rows.last().is_some_and(|row| row.contains("more rows")));
    }
}
