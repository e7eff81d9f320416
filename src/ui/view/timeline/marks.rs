//! What stands out in the timeline: findings and changes, so few of them that the bars can still be read.
//!
//! Looked up from the cells, not from what was found: a session with a hundred thousand changes costs a frame no more
//! than one with three.

use crate::analysis::Severity;
use crate::session::RowId;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, terms};

/// What is drawn in a cell in the place of its bar, or the colour of the bar where a sign would crowd others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    pub glyph: Option<Glyph>,
    pub scope: Scope,
}

/// Findings, worst first, that are looked at. Beyond them a cell shows the first of its own.
const FINDINGS: usize = 4000;
/// Cells from one sign to the next, and from one sign of a change to another sign where there are many changes.
const APART: (usize, usize) = (2, 5);
/// One cell in so many with a change, and more, are many.
const MANY: usize = 8;

/// The sign of each cell; `edges` are the first rows of the cells, and the number of rows.
pub fn of(scene: Scene, edges: &[usize]) -> Vec<Option<Sign>> {
    let worst = worst(scene, edges);
    let changed = changed(scene, edges);
    placed(&worst, &changed)
}

/// Which cell a row falls into.
fn cell(edges: &[usize], row: RowId) -> Option<usize> {
    let at = edges.partition_point(|edge| *edge <= row.index());
    at.checked_sub(1).filter(|at| at + 1 < edges.len())
}

/// The worst finding in each cell.
fn worst(scene: Scene, edges: &[usize]) -> Vec<Option<Severity>> {
    let list = scene.facts.findings.list();
    let lists = &scene.model.lists;
    let row = |number: &usize| list.get(*number).map(|finding| finding.row);
    let mut worst = vec![None; edges.len().saturating_sub(1)];
    for number in lists.findings.iter().take(FINDINGS) {
        let Some(finding) = list.get(*number) else {
            continue;
        };
        if let Some(cell) = cell(edges, finding.row).and_then(|cell| worst.get_mut(cell)) {
            *cell = (*cell).max(Some(finding.severity));
        }
    }
    if lists.findings.len() > FINDINGS {
        let in_time = &lists.findings_in_time;
        for (cell, edge) in worst.iter_mut().zip(edges.windows(2)) {
            let first = in_time.partition_point(|n| row(n).is_some_and(|r| r.index() < edge[0]));
            let own = in_time.get(first).and_then(|n| list.get(*n));
            if let Some(own) = own.filter(|own| own.row.index() < edge[1]) {
                *cell = (*cell).max(Some(own.severity));
            }
        }
    }
    worst
}

/// Whether a definition changed in each cell.
fn changed(scene: Scene, edges: &[usize]) -> Vec<bool> {
    let changes = scene.facts.session.changes();
    let first = |edge: usize| changes.partition_point(|change| change.at.index() < edge);
    edges
        .windows(2)
        .map(|edge| first(edge[0]) < first(edge[1]))
        .collect()
}

/// Signs are given out from the worst to the least, each only where it stays apart from those that are there.
fn placed(worst: &[Option<Severity>], changed: &[bool]) -> Vec<Option<Sign>> {
    let mut signs: Vec<Option<Sign>> = vec![None; worst.len()];
    let free = |signs: &[Option<Sign>], at: usize, apart: usize| {
        let near = at.saturating_sub(apart - 1)..(at + apart).min(signs.len());
        signs[near]
            .iter()
            .all(|sign| sign.is_none_or(|sign| sign.glyph.is_none()))
    };
    for severity in [
        Severity::Critical,
        Severity::High,
        Severity::Medium,
        Severity::Low,
    ] {
        for at in (0..worst.len()).filter(|at| worst[*at] == Some(severity)) {
            let sign = severity >= Severity::Medium && free(&signs, at, APART.0);
            signs[at] = Some(Sign {
                glyph: sign.then(|| terms::risk_glyph(severity)),
                scope: terms::risk_scope(severity),
            });
        }
    }
    let changes = changed.iter().filter(|changed| **changed).count();
    let apart = match changes * MANY >= changed.len() {
        true => APART.1,
        false => APART.0,
    };
    for at in (0..changed.len()).filter(|at| changed[*at]) {
        let sign = free(&signs, at, apart);
        if signs[at].is_none() || (sign && worst[at] <= Some(Severity::Low)) {
            signs[at] = Some(Sign {
                glyph: sign.then_some(Glyph::Changed),
                scope: Scope::TimelineChange,
            });
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_never_fill_the_timeline() {
        let signs = placed(&[None; 100], &[true; 100]);
        let drawn = signs.iter().flatten().filter(|sign| sign.glyph.is_some());
        assert_eq!(drawn.count(), 20);
        assert!(
            signs.iter().all(|sign| sign.is_some()),
            "the others are tinted"
        );
        let worst: Vec<_> = (0..100)
            .map(|n| {
                Some(if n == 41 {
                    Severity::Critical
                } else {
                    Severity::High
                })
            })
            .collect();
        let signs = placed(&worst, &[true; 100]);
        let critical = signs[41].expect("it is there");
        assert_eq!(critical.glyph, Some(terms::risk_glyph(Severity::Critical)));
        assert!(
            signs[40].is_some_and(|sign| sign.glyph.is_none()),
            "risk keeps its place"
        );
        let drawn = signs.iter().flatten().filter(|sign| sign.glyph.is_some());
        assert!(drawn.count() <= 50);
    }

    #[test]
    fn a_row_falls_into_one_cell() {
        let edges = [0, 0, 4, 9];
        assert_eq!(cell(&edges, RowId(0)), Some(1));
        assert_eq!(cell(&edges, RowId(3)), Some(1));
        assert_eq!(cell(&edges, RowId(8)), Some(2));
        assert_eq!(cell(&edges, RowId(9)), None);
    }
}
