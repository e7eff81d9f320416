//! Wordings that are not what was accepted, or that were rejected.

use super::{compared, verdict};
use crate::session::{Item, Session, Version};
use crate::store::baseline::{Verdict, Wording};
use crate::text::Raw;
use crate::ui::body::{Key, Slot};
use crate::ui::compared::{Pair, Side};
use crate::ui::theme::Scope;
use crate::ui::trust::Standing;
use crate::ui::view::{Scene, terms, tools};
use crate::ui::widget::{Line, Page};

/// A wording of the session beside the baseline.
#[derive(Clone, Copy)]
pub struct Drift<'a> {
    pub item: &'a Item,
    pub version: usize,
    pub wording: &'a Version,
}

impl<'a> Drift<'a> {
    pub fn of(
        session: &'a Session,
        item: crate::session::ItemId,
        version: usize,
    ) -> Option<Drift<'a>> {
        let item = session.items().get(item.index())?;
        let wording = item.versions.get(version)?;
        Some(Drift {
            item,
            version,
            wording,
        })
    }

    /// What was accepted beside what is there.
    pub fn pair(&self) -> Pair {
        Pair {
            old: Side::Accepted(self.item.id, self.version),
            new: Side::Version(self.item.id, self.version),
        }
    }

    /// Another wording was accepted.
    pub fn is_changed(&self, scene: Scene) -> bool {
        matches!(self.standing(scene), Standing::Changed(accepted) if accepted.text.is_some())
    }

    fn standing<'m>(&self, scene: Scene<'m>) -> Standing<'m> {
        scene
            .model
            .trust
            .standing(scene.facts.session, self.item, self.version)
    }
}

/// `against baseline 2026-11-22`, and what is different.
pub fn brief(scene: Scene, drift: Drift) -> Line {
    let theme = scene.theme;
    let (badge, scope, rest) = match drift.standing(scene) {
        Standing::New(_) => ("not accepted".to_owned(), Scope::UiBadgeNew, None),
        Standing::Decided(wording) => (decided(wording), of_verdict(wording), None),
        Standing::Changed(accepted) => {
            let comparison = scene.model.compared.get(drift.pair(), scene.model.secrets);
            let day = accepted
                .decision
                .as_ref()
                .map_or("", |decision| decision.day());
            let badge = format!("against baseline {}", Raw::from(day).label(10));
            let made = comparison.and_then(|outcome| outcome.as_ref().ok());
            let rest = made.map(|made| super::brief::line(&made.comparison, theme));
            (badge, Scope::UiBadgeChanged, rest)
        }
    };
    let mut line = Line::of(badge, theme.style(scope));
    if let Some(rest) = rest {
        line.push(terms::dot(theme), theme.style(Scope::UiDim));
        line.append(rest);
    }
    line
}

fn of_verdict(wording: &Wording) -> Scope {
    match wording.is(Verdict::Rejected) {
        true => Scope::RiskHigh,
        false => Scope::UiDim,
    }
}

/// `rejected on 2026-11-22`
fn decided(wording: &Wording) -> String {
    wording
        .decision
        .as_ref()
        .map_or_else(String::new, |decision| {
            format!(
                "{} on {}",
                decision.verdict.name(),
                Raw::from(decision.day()).label(10)
            )
        })
}

pub fn note(scene: Scene, drift: Drift) -> String {
    match drift.standing(scene) {
        Standing::New(_) => "not accepted".to_owned(),
        Standing::Decided(wording) => decided(wording),
        Standing::Changed(_) => "against the baseline".to_owned(),
    }
}

/// Where the accepted wording comes from, and how to decide.
fn origin(page: &mut Page, wording: &Wording) {
    let Some(decision) = &wording.decision else {
        return;
    };
    let text = format!(
        "The wording of {} was {} on {}, in {}.",
        Raw::from(wording.day()).label(10),
        decision.verdict.name(),
        Raw::from(decision.day()).label(10),
        Raw::from(decision.source.as_str()).label(60)
    );
    page.say_indented(&text, Scope::UiDim, 1);
}

pub fn page(scene: Scene, page: &mut Page, drift: Drift) {
    let json = match scene
        .model
        .bodies
        .get(Key::Version(drift.item.id, drift.version))
    {
        Slot::Ready(json) => Some(json),
        Slot::Failed(why) => return page.say_indented(why, Scope::UiLoss, 1),
        Slot::Reading | Slot::Unknown => None,
    };
    match drift.standing(scene) {
        Standing::New(seen) => {
            let kind = drift.item.kind.name();
            let what = match seen {
                Some(wording) => format!(
                    "a {kind} that was seen since {} and on which you did not decide",
                    Raw::from(wording.day()).label(10)
                ),
                None => format!("a {kind} that you never saw on this server"),
            };
            verdict::clause(page, false, &what);
            verdict::found_here(scene, page, drift.item, drift.wording.from);
            ask(page);
            if let Some(json) = json {
                tools::definition(scene, page, drift.item, json);
            }
        }
        Standing::Decided(wording) => {
            let grave = wording.is(Verdict::Rejected);
            verdict::clause(page, grave, &decided(wording));
            origin(page, wording);
            verdict::found_here(scene, page, drift.item, drift.wording.from);
            if let Some(json) = json {
                tools::definition(scene, page, drift.item, json);
            }
        }
        Standing::Changed(accepted) => {
            match scene.model.compared.get(drift.pair(), scene.model.secrets) {
                Some(Ok(made)) => {
                    for meaning in made.comparison.meanings.iter().take(verdict::MEANINGS) {
                        verdict::clause(page, meaning.is_grave(), &meaning.clause());
                    }
                }
                _ if accepted.text.is_none() => verdict::clause(
                    page,
                    false,
                    "another wording than was accepted, of which only the hash is kept",
                ),
                _ => {}
            }
            origin(page, accepted);
            verdict::found_here(scene, page, drift.item, drift.wording.from);
            ask(page);
            if accepted.text.is_some() {
                compared::page(scene, page, drift.pair());
            }
        }
    }
}

fn ask(page: &mut Page) {
    page.gap();
    page.say_indented(
        "A accepts this wording, R rejects it; both are noted with the day and this recording.",
        Scope::UiDim,
        1,
    );
}
