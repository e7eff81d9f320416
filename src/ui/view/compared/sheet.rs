//! A comparison over the whole screen: both sides, what the differences mean, and its rows.

use super::paint::Painter;
use super::rows::{Row, Rows, Spread};
use super::{cut_short, is_beside, laid, side};
use crate::session::compare::{Comparison, Meaning, Part};
use crate::ui::compared::{Made, Open, Pair, Side};
use crate::ui::target::Target;
use crate::ui::theme::{Scope, Theme};
use crate::ui::view::changes::verdict;
use crate::ui::view::{Scene, terms};
use crate::ui::widget::text::clip;
use crate::ui::widget::{Line, Page};
use std::rc::Rc;
use std::sync::Arc;

/// What a comparison over the whole screen consists of: its head, and its rows.
pub struct Sheet {
    head: Vec<Line>,
    /// Where lines of the head lead.
    pub links: Vec<(usize, Target)>,
    pub body: Option<(Arc<Made>, Rc<Rows>, Spread)>,
}

impl Sheet {
    /// As wide as that.
    pub fn of(scene: Scene, open: &Open, width: u16) -> Sheet {
        let mut page = Page::new(scene.theme, width);
        head(scene, &mut page, open.pair);
        let outcome = scene.model.compared.get(open.pair, scene.model.secrets);
        let body = match outcome {
            Some(Ok(made)) => {
                meaning(&mut page, made, open.pair);
                let spread = Spread {
                    width: usize::from(width),
                    beside: is_beside(scene.model, usize::from(width)),
                    most: usize::MAX / 2,
                    differences: usize::MAX,
                    unfolded: open.unfolded.clone(),
                };
                let rows = laid(scene, made, open.pair, spread.clone());
                page.gap();
                Some((Arc::clone(made), rows, spread))
            }
            Some(Err(why)) => {
                page.gap();
                page.say_indented(why, Scope::UiLoss, 1);
                None
            }
            None => {
                page.gap();
                page.say_indented("Comparing.", Scope::UiProgress, 1);
                None
            }
        };
        Sheet {
            links: page
                .links
                .iter()
                .map(|link| (link.line, link.target))
                .collect(),
            head: page.lines,
            body,
        }
    }

    /// Rows in all.
    pub fn len(&self) -> usize {
        let rows = self.body.as_ref().map_or(0, |(_, rows, _)| rows.rows.len());
        self.head.len() + rows
    }

    /// Rows at which something begins that differs.
    pub fn stops(&self) -> impl Iterator<Item = usize> + '_ {
        let rows = self.body.as_ref().map(|(_, rows, _)| rows);
        let stops = rows.into_iter().flat_map(|rows| rows.stops.iter());
        stops.map(|stop| stop + self.head.len())
    }

    /// The stretch that is folded in a row.
    pub fn fold_at(&self, row: usize) -> Option<(usize, usize)> {
        let (_, rows, _) = self.body.as_ref()?;
        match rows.rows.get(row.checked_sub(self.head.len())?)? {
            Row::Fold(difference, first, _) => Some((*difference, *first)),
            _ => None,
        }
    }

    /// Draws some rows.
    pub fn lines(&self, theme: &Theme, first: usize, count: usize) -> Vec<Line> {
        let mut out: Vec<Line> = self.head.iter().skip(first).take(count).cloned().collect();
        if let Some((made, rows, spread)) = &self.body {
            let mut painter = Painter::new(made, rows, spread, theme);
            let skipped = first.saturating_sub(self.head.len());
            let left = count.saturating_sub(out.len());
            let seen = rows.rows.iter().skip(skipped).take(left);
            out.extend(seen.map(|row| painter.line(row)));
        }
        out
    }
}

/// Both sides, each a link to where it came from.
fn head(scene: Scene, page: &mut Page, pair: Pair) {
    for (sign, scope, which) in [
        ("-", Scope::DiffDel, pair.old),
        ("+", Scope::DiffAdd, pair.new),
    ] {
        let mut line = Line::of(format!(" {sign} "), page.style(scope));
        line.append(side::label(scene, which));
        match side::origin(scene, which) {
            Some(target) => page.link(line, target),
            None => {
                let line = clip(line, page.width, false, page.theme);
                page.line(line);
            }
        }
    }
}

/// Clauses that are told at most.
const MEANINGS: usize = 6;

/// What the differences mean, in sentences.
fn meaning(page: &mut Page, made: &Made, pair: Pair) {
    cut_short(page, made);
    let comparison = &made.comparison;
    if comparison.differences.is_empty() {
        let sentence = "They say the same: nothing differs but, perhaps, the order of members and white space between them.";
        return page.say_indented(sentence, Scope::UiStrong, 1);
    }
    if matches!(pair.new, Side::Call(_) | Side::Message(_)) {
        let sentence = values(comparison, pair);
        return page.say_indented(&sentence, Scope::UiStrong, 1);
    }
    if !pair.is_succession() {
        page.say_indented(
            "Two definitions; read as if the second came in the place of the first:",
            Scope::UiDim,
            1,
        );
    }
    for meaning in comparison.meanings.iter().take(MEANINGS) {
        verdict::clause(page, meaning.is_grave(), &meaning.clause());
    }
    let more = comparison.meanings.len().saturating_sub(MEANINGS);
    if more > 0 {
        let more = format!("and {} more", terms::grouped(more));
        verdict::clause(
            page,
            comparison.meanings[MEANINGS..]
                .iter()
                .any(Meaning::is_grave),
            &more,
        );
    }
}

/// `2 arguments differ; the results are the same.`
fn values(comparison: &Comparison, pair: Pair) -> String {
    let count = |part: Part| {
        let all = comparison.differences.iter();
        all.filter(|difference| difference.part == part).count()
    };
    match (pair.old, pair.new) {
        (Side::Call(_), Side::Call(_)) => {
            let told = |count: usize, one: &str, many: &str| match count {
                0 => format!("the {many} are the same"),
                _ => format!(
                    "{} {}",
                    terms::counted(count, one, many),
                    if count == 1 { "differs" } else { "differ" }
                ),
            };
            let arguments = told(count(Part::Argument), "argument", "arguments");
            let results = match count(Part::Result) {
                0 => "the results are the same".to_owned(),
                count => format!(
                    "the results differ in {}",
                    terms::counted(count, "value", "values")
                ),
            };
            format!("{}; {results}.", capital(&arguments))
        }
        _ => format!(
            "They differ in {}.",
            terms::counted(comparison.differences.len(), "value", "values")
        ),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
