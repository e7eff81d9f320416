//! Hints by which clients approve calls, and that now say otherwise: also where they are no longer said.

use super::Pair;
use crate::analysis::detect::Found;
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::compare::{Meaning, claimed};

pub fn look(pair: &Pair<'_>, found: &mut Vec<Found>) {
    let meanings = pair.comparison.meanings.iter();
    let told: Vec<&Meaning> = meanings
        .filter(|meaning| {
            matches!(
                meaning,
                Meaning::NowDestructive
                    | Meaning::NowWrites
                    | Meaning::NowDestroys
                    | Meaning::NowOpenWorld
            )
        })
        .collect();
    let grave = told
        .iter()
        .any(|meaning| **meaning != Meaning::NowOpenWorld);
    let Some(first) = told.first() else { return };
    // A rewrite that leaves all hints out says less than one that turns them round.
    let says = |hint: &str, value: bool| claimed(pair.new, hint) == Some(value);
    let outright =
        says("readOnlyHint", false) || says("destructiveHint", true) || pair.only_hints();
    let what = match claimed(pair.new, "readOnlyHint").is_none() && **first <= Meaning::NowWrites {
        true => "`readOnlyHint` is gone, so that it holds no more: ",
        false => "",
    };
    let clauses: Vec<String> = told.iter().map(|meaning| meaning.clause()).collect();
    let shown = pair.new.get("annotations").unwrap_or(pair.new).raw();
    let mut flipped = Found::new(&rules::HINT_DROPPED);
    match **first {
        Meaning::NowDestroys => {
            flipped = flipped.title("A tool that was said to only add may destroy now")
        }
        Meaning::NowOpenWorld => {
            flipped =
                flipped.title("A tool that was said to stay inside reaches the outside world now")
        }
        _ => {}
    }
    found.push(
        flipped
            .severity(match grave && outright {
                true => Severity::High,
                false => Severity::Medium,
            })
            .at("/annotations")
            .shows(shown, 0..shown.len().min(200))
            .because(format!("{what}The tool {}.", clauses.join("; "))),
    );
}
