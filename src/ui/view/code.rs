//! The texts on the screen that may be code.

use super::{calls, tree_of};
use crate::ui::body::Key;
use crate::ui::code::{self, Job, Lang, Passage, guess, of_answer};
use crate::ui::facts::Facts;
use crate::ui::json::{At, Json};
use crate::ui::model::{Model, View};
use crate::ui::overlay::Overlay;
use crate::wire::json::Kind;

/// Texts of one message that are looked at.
const TEXTS: usize = 200;

/// What has to be painted for what is on the screen now.
pub fn jobs(model: &mut Model, facts: Facts) -> Vec<Job> {
    if let Some(Overlay::Zoom(zoom)) = &model.overlay {
        let (Some(part), true) = (zoom.code(!model.secrets), zoom.page() == 0) else {
            return Vec::new();
        };
        let json = model.bodies.get(part.of).ready();
        let lang = || match part.spaced {
            true => Some(Lang::Json),
            false => language(json?, part),
        };
        let text = || zoom.part(!model.secrets).0.to_buf();
        return model.codes.want(part, lang, text).into_iter().collect();
    }
    let page = matches!(model.view, View::Calls | View::Flow) && tree_of(model, facts).is_none();
    let Some(call) = calls::selected(model, facts).filter(|_| page) else {
        return Vec::new();
    };
    let masks = !model.secrets;
    let Model { bodies, codes, .. } = model;
    let arguments = bodies.row(call.request).ready().and_then(calls::arguments);
    let answer = call.response.and_then(|row| {
        let root = bodies.row(row).ready()?.root()?;
        Some((row, root.get("result").or_else(|| root.get("error"))?))
    });
    let asked = arguments.map(|at| (call.request, at));
    let file = arguments.and_then(of_answer);
    let mut jobs = Vec::new();
    for (row, at) in asked.into_iter().chain(answer) {
        let texts = at.within().filter(|at| at.kind() == Kind::String);
        for text in texts.take(TEXTS) {
            let part = Passage {
                of: Key::Row(row),
                node: text.id,
                masks,
                spaced: false,
            };
            let answers = file.filter(|_| row != call.request && is_content(text));
            let lang = || guess(text).or(answers);
            jobs.extend(codes.want(part, lang, || code::text_of(text, masks)));
        }
    }
    jobs
}

/// The language of one value, by itself.
fn language(json: &Json, part: Passage) -> Option<Lang> {
    guess(json.at(part.node)?)
}

/// Whether it is the text of a result, not a word beside it.
fn is_content(at: At) -> bool {
    at.key().is_some_and(|key| key.as_raw() == "text")
}
