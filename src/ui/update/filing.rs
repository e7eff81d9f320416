//! Keeping the case on disk, opening it where it was left, and writing its report.

use super::super::clipboard::Copy;
use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::filing::{Errand, Keeping, News, Refused, Sent};
use super::super::lists;
use super::super::message::{Alarm, Effect};
use super::super::model::{Model, View};
use super::super::overlay::{Overlay, Prompt, Purpose};
use super::super::prompt::Line;
use super::{filter, set_cursor, toast, warn};
use crate::analysis::signal::secret;
use crate::session::{RowId, size};
use crate::store::cases::{Change, Left, Record, Review, is_story_key};
use crate::text::Raw;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long after a change the case is written: several in a row are one.
const AFTER: Duration = Duration::from_millis(400);

pub static COMMANDS: &[Command] = &[
    Command {
        name: "report",
        title: "write a report of the case, as Markdown",
        short: "report",
        keys: &["e"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let line = Line::new(&default_name(model));
            model.overlay = Some(Overlay::Prompt(Prompt {
                purpose: Purpose::Report { refused: None },
                line,
            }));
            Vec::new()
        },
        disabled: |model, facts| match (&model.case.reports, facts.is_empty()) {
            (None, _) => Some("No report can be written here."),
            (_, true) => Some("Nothing is recorded yet."),
            _ => None,
        },
    },
    Command {
        name: "copy markdown",
        title: "copy the selected finding as Markdown",
        short: "",
        keys: &[],
        group: Group::Keep,
        place: Where::views(&[View::Findings]),
        run: |model, facts| {
            let number = lists::selected_finding(model);
            let finding = number.and_then(|n| facts.findings.list().get(n));
            match (&model.case.reports, finding) {
                (Some(reports), Some(finding)) => {
                    let text =
                        (reports.one)(facts.session, facts.findings, &review(model), finding);
                    let notes = vec!["secrets masked".to_owned()];
                    let what = "the finding as Markdown".to_owned();
                    vec![Effect::Copy(Copy { text, what, notes })]
                }
                _ => Vec::new(),
            }
        },
        disabled: |model, _| match (&model.case.reports, lists::selected_finding(model)) {
            (None, _) => Some("No report can be written here."),
            (_, None) => Some("Select one finding to copy it."),
            _ => None,
        },
    },
    Command {
        name: "case name",
        title: "give the case a name, by which `plainsight --case NAME` opens it",
        short: "",
        keys: &[],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let line = Line::new(&name(model));
            model.overlay = Some(Overlay::Prompt(Prompt {
                purpose: Purpose::CaseName,
                line,
            }));
            Vec::new()
        },
        disabled: no_file,
    },
    Command {
        name: "case add session",
        title: "take another recording into the case, by its path or id",
        short: "",
        keys: &[],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::Prompt(Prompt {
                purpose: Purpose::AddSource,
                line: Line::default(),
            }));
            Vec::new()
        },
        disabled: |model, facts| match model.case.live {
            true => Some("What is recorded now takes in by itself what begins later."),
            false => no_file(model, facts),
        },
    },
];

fn no_file(model: &Model, _: Facts) -> Option<&'static str> {
    let none = model.case.file.is_none();
    none.then_some("What is open has no file of its own, so no case of it is kept.")
}

fn name(model: &Model) -> String {
    let file = model.case.file.as_ref();
    let kept = file
        .map(|file| file.record.name.clone())
        .filter(|name| !name.is_empty());
    let filing = &model.filing;
    let named = filing.name.clone().or(filing.called.clone()).or(kept);
    named.unwrap_or_else(|| model.case.title.clone())
}

/// `plainsight-incident-2026-01-01.md`
fn default_name(model: &Model) -> String {
    let title = name(model);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let mut slug: String = title
        .chars()
        .map(|c| if plain(c) { c } else { '-' })
        .take(60)
        .collect();
    for end in [".gz", ".zst", ".jsonl", ".json", ".mcp"] {
        slug = slug.trim_end_matches(end).to_owned();
    }
    let today = model
        .case
        .reports
        .as_ref()
        .map_or("", |reports| &reports.today);
    let parts = ["plainsight", slug.trim_matches(['-', '.']), today];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.md", parts.join("-"))
}

fn stamp(model: &Model) -> (u64, usize) {
    (model.triage.acts, model.bookmarks.len())
}

/// What has to be done about the file after each message.
pub fn settle(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(file) = model.case.file.clone() else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    let first = !std::mem::replace(&mut model.filing.greeted, true);
    if first && !file.told.is_empty() {
        effects.extend(warn(model, file.told.join(" ")));
    }
    let progress = facts.session.progress();
    if progress.done && !model.filing.recalled {
        model.filing.recalled = true;
        let record = &file.record;
        if record.left.cursor.is_some() || !record.bookmarks.is_empty() {
            effects.push(Effect::File(Errand::Recall));
        } else {
            effects.extend(restore(model, facts, None));
        }
    }
    let judged = progress.done && progress.studied >= progress.rows && progress.rows > 0;
    if judged && !model.filing.counted {
        model.filing.counted = true;
        effects.extend(lost(model, facts));
    }
    let filing = &model.filing;
    let is_new = stamp(model) != filing.stamp && Some(stamp(model)) != filing.failed;
    if is_new && filing.waiting.is_none() && filing.sent.is_none() {
        let generation = model.next_generation();
        model.filing.waiting = Some(generation);
        effects.push(Effect::Wake(AFTER, Alarm::Keep(generation)));
    }
    effects
}

/// Marks whose findings are not told any more are kept, and that is said.
fn lost(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.marks.is_empty() {
        return Vec::new();
    }
    let told = facts.findings.list().iter();
    let silent = facts.findings.suppressed().iter().map(|one| &one.finding);
    let known: BTreeSet<&str> = told.chain(silent).map(|one| one.id.as_str()).collect();
    let own = model.marks.keys().filter(|key| !is_story_key(key));
    match own.filter(|key| !known.contains(key.as_str())).count() {
        0 => Vec::new(),
        1 => toast(
            model,
            "1 mark belongs to a finding that is not reported now; it is kept.",
        ),
        count => toast(
            model,
            format!("{count} marks belong to findings that are not reported now; they are kept."),
        ),
    }
}

/// Keeps it now, or right after what is being kept already.
fn keep_soon(model: &mut Model) -> Vec<Effect> {
    match model.filing.sent.is_some() {
        true => {
            (model.filing.waiting, model.filing.again) = (None, true);
            Vec::new()
        }
        false => vec![keeping(model, false)],
    }
}

/// What is to be remembered of the filter: nothing where it holds a secret.
fn filter_kept(model: &Model) -> String {
    let good = model.filter.good.as_ref();
    let text = good.map_or("", |good| good.text.as_str());
    match secret::find(text.as_bytes()).is_empty() {
        true => text.to_owned(),
        false => String::new(),
    }
}

fn keeping(model: &mut Model, parting: bool) -> Effect {
    let stamp = stamp(model);
    let filter = filter_kept(model);
    let filing = &mut model.filing;
    (filing.waiting, filing.again) = (None, false);
    filing.sent = Some(Sent {
        marks: model.marks.clone(),
        bookmarks: model.bookmarks.clone(),
        stamp,
        name: filing.name.clone(),
    });
    Effect::File(Errand::Keep(Box::new(Keeping {
        was: filing.kept.clone(),
        marks: model.marks.clone(),
        bookmarks_were: filing.kept_bookmarks.clone(),
        bookmarks: model.bookmarks.clone(),
        cursor: model.cursor,
        left: Left {
            view: model.view.name().to_owned(),
            cursor: None,
            filter,
            queue: model.triage.queue,
            open: model.triage.tally.open,
        },
        name: filing.name.clone(),
        parting,
    })))
}

/// The delay is over.
pub fn due(model: &mut Model, generation: u64) -> Vec<Effect> {
    match model.filing.waiting == Some(generation) {
        true => keep_soon(model),
        false => Vec::new(),
    }
}

/// What is being kept is not done yet, and the screens are to be left.
pub fn unkept(model: &mut Model) -> Vec<Effect> {
    warn(
        model,
        "The case is still being kept, and another plainsight may be in the way. Leaving once more gives up what is not kept yet.",
    )
}

/// What has to be kept before the screens are left; nothing where no case was made of it. To be asked for only when
/// nothing is being kept.
pub fn farewell(model: &mut Model) -> Option<Effect> {
    let is_named = model.case.file.as_ref()?.named;
    let filing = &model.filing;
    let changed = stamp(model) != filing.stamp || filing.name.is_some();
    let wanted = (changed || filing.exists || is_named) && !filing.refused;
    wanted.then(|| keeping(model, true))
}

pub fn told(model: &mut Model, facts: Facts, news: News) -> Vec<Effect> {
    match news {
        News::Kept(Ok((record, bookmarks))) => kept(model, *record, bookmarks),
        News::Kept(Err(why)) => {
            let sent = model.filing.sent.take();
            model.filing.failed = sent.map(|sent| sent.stamp);
            let mut effects = warn(
                model,
                format!(
                    "{why} Your marks are still here: the next one tries again, leaving twice gives them up."
                ),
            );
            effects.extend(once_more(model));
            effects
        }
        News::Recalled { bookmarks, cursor } => {
            model
                .filing
                .kept_bookmarks
                .extend(bookmarks.iter().copied());
            let before = model.bookmarks.len();
            model.bookmarks.extend(bookmarks);
            model.filing.stamp.1 += model.bookmarks.len() - before;
            restore(model, facts, cursor)
        }
        News::Reported(Ok((path, bytes))) => {
            let path = Raw::new(path.as_os_str().as_encoded_bytes()).label(120);
            let count = facts.findings.len();
            toast(
                model,
                format!(
                    "Wrote {path}, {}: {count} findings, secrets masked.",
                    size(bytes)
                ),
            )
        }
        News::Reported(Err(refused)) => not_reported(model, refused),
        News::Added(Ok(_)) => vec![Effect::Reopen],
        News::Added(Err(why)) => warn(model, why),
    }
}

/// What was to be kept while something else was.
fn once_more(model: &mut Model) -> Option<Effect> {
    let again = std::mem::take(&mut model.filing.again);
    again.then(|| keeping(model, false))
}

fn kept(model: &mut Model, record: Record, bookmarks: BTreeSet<RowId>) -> Vec<Effect> {
    let Some(sent) = model.filing.sent.take() else {
        return Vec::new();
    };
    let since = Change::of_marks(&sent.marks, &model.marks);
    let others = Change::of_marks(&sent.marks, &record.marks).len() + bookmarks.len();
    model.filing.kept = record.marks.clone();
    model.marks = record.marks;
    for (key, mark) in since {
        match mark {
            Some(mark) => model.marks.insert(key, mark),
            None => model.marks.remove(&key),
        };
    }
    model.filing.kept_bookmarks = sent.bookmarks.union(&bookmarks).copied().collect();
    let before = model.bookmarks.len();
    model.bookmarks.extend(bookmarks);
    model.filing.stamp = (sent.stamp.0, sent.stamp.1 + model.bookmarks.len() - before);
    model.filing.failed = None;
    model.filing.refused = false;
    // It is told once: another window may give another later.
    if model.filing.name == sent.name {
        model.filing.name = None;
    }
    model.filing.called = Some(record.name).filter(|name| !name.is_empty());
    model.filing.exists = true;
    let mut effects = Vec::from_iter(once_more(model));
    if others == 0 {
        return effects;
    }
    model.triage.revision += 1;
    let told = toast(
        model,
        match others {
            1 => "1 mark of another window on this case came in.".to_owned(),
            count => format!("{count} marks of another window on this case came in."),
        },
    );
    effects.extend(told);
    effects
}

/// Goes where the case was left, if the person does not go about in it already.
fn restore(model: &mut Model, facts: Facts, cursor: Option<RowId>) -> Vec<Effect> {
    let Some(file) = model.case.file.clone().filter(|file| file.exists) else {
        return Vec::new();
    };
    if model.filing.touched {
        return Vec::new();
    }
    let left = &file.record.left;
    if let Some(view) = View::ALL.into_iter().find(|view| view.name() == left.view) {
        model.view = view;
    }
    model.triage.queue = left.queue;
    model.triage.revision += 1;
    let mut effects = Vec::new();
    if !left.filter.is_empty() {
        effects.extend(filter::set_filter(model, facts, &left.filter));
    }
    lists::refresh(model, facts);
    if let Some(row) = cursor.filter(|_| !model.following) {
        set_cursor(model, facts, row);
    }
    if file.told.is_empty() {
        let tally = model.triage.tally;
        let rest: Vec<String> = tally.decided().collect();
        let rest = match rest.is_empty() {
            true => String::new(),
            false => format!(": {}", rest.join(", ")),
        };
        effects.extend(toast(model, format!("The case is as you left it{rest}.")));
    }
    effects
}

/// A name for the report was typed. `refused` is what stood there before and would be replaced now.
pub fn report_to(model: &mut Model, text: &str, refused: Option<&str>) -> Vec<Effect> {
    let text = text.trim();
    if text.is_empty() {
        return warn(model, "Nothing was written: no name was typed.");
    }
    vec![Effect::File(Errand::Report {
        file: text.to_owned(),
        replace: refused == Some(text),
        review: Box::new(review(model)),
    })]
}

/// What the reviewer has to say.
pub fn review(model: &Model) -> Review {
    Review {
        name: name(model),
        marks: model.marks.clone(),
        ..Review::default()
    }
}

fn not_reported(model: &mut Model, refused: Refused) -> Vec<Effect> {
    // It took a while: what was opened meanwhile stays.
    if model.overlay.is_some() {
        let why = match refused.exists {
            true => {
                let file = Raw::from(refused.file.as_str()).label(200);
                format!("No report was written: {file} is there already.")
            }
            false => refused.why,
        };
        return warn(model, why);
    }
    model.overlay = Some(Overlay::Prompt(Prompt {
        line: Line::new(&refused.file),
        purpose: Purpose::Report {
            refused: refused.exists.then_some(refused.file),
        },
    }));
    warn(model, refused.why)
}

/// A name for the case was typed.
pub fn named(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = text.trim();
    if text.is_empty() {
        return warn(model, "A case needs a name.");
    }
    model.filing.name = Some(text.to_owned());
    let shown = Raw::from(text).label(60);
    let mut effects = toast(model, format!("The case is called {shown} now."));
    effects.extend(keep_soon(model));
    effects
}

/// A recording to take in was typed.
pub fn add(text: &str) -> Vec<Effect> {
    match text.trim() {
        "" => Vec::new(),
        word => vec![Effect::File(Errand::Add(word.to_owned()))],
    }
}
