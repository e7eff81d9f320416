//! The two rows on top.
//!
//! ```text
//!  plainsight  incident.jsonl · wire-complete · 4 servers · 61 tools · 212 calls · 09:14:02–09:31:47    ▲ 2 critical ▲ 5 high
//!  1 Findings  2 Calls  3 Tools  4 Changes  5 Messages  6 Flow                     as of 09:21:13 · call 143/212
//! ```

use super::{Scene, gate, terms, times};
use crate::analysis::Severity;
use crate::formats::Class;
use crate::session::{ItemKind, Lag, RowId, Source, duration, size};
use crate::text::width;
use crate::ui::facts::Facts;
use crate::ui::lists;
use crate::ui::model::{AsOf, Model, View};
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line};

pub fn draw(scene: Scene, canvas: &mut Canvas) {
    canvas.style(scene.theme.style(Scope::UiHeader));
    let all = usize::from(canvas.width().saturating_sub(3));
    let everything = left(scene, usize::MAX).width();
    // What is wrong comes before what is open, but the mildest severities come after all.
    let short = verdict(scene, all / 2, Severity::Medium);
    let long = verdict(scene, all / 2, Severity::Info);
    let right = if everything + long.width() < all {
        long
    } else {
        short
    };
    let right_cells = u16::try_from(right.width()).unwrap_or(0);
    let left_cells = canvas.width().saturating_sub(right_cells + 3);
    canvas.line(1, 0, &left(scene, usize::from(left_cells)));
    canvas.line(canvas.width().saturating_sub(right_cells + 1), 0, &right);
}

/// What is open; the parts that matter least go first where there is little room.
fn left(scene: Scene, cells: usize) -> Line {
    let dim = scene.theme.style(Scope::UiHeader);
    let session = scene.facts.session;
    let name = Line::of("plainsight", scene.theme.style(Scope::UiHeaderName)).with("  ", dim);
    let tools = session
        .items()
        .iter()
        .filter(|item| item.kind == ItemKind::Tool)
        .count();
    let mut parts: Vec<(u8, String)> = vec![(0, scene.model.case.title.clone())];
    let lag = session.lag();
    match lag.running {
        0 if scene.model.case.live => parts.push((1, "nothing runs".to_owned())),
        0 => {}
        running => parts.push((1, format!("{running} running"))),
    }
    let classes = session.classes();
    if !classes.is_empty() {
        // The silence of a source that cannot tell is no good news: its class stays as long as anything does.
        let last = match classes[..] {
            [Class::WireComplete] => 3,
            _ => 0,
        };
        let told: Vec<&str> = match classes[..] {
            [one] => vec![one.name()],
            _ => classes.iter().map(|class| class.word()).collect(),
        };
        parts.push((last, told.join(" + ")));
    }
    parts.push((
        2,
        terms::counted(session.servers().len(), "server", "servers"),
    ));
    parts.push((4, terms::counted(tools, "tool", "tools")));
    parts.push((1, terms::counted(session.calls().len(), "call", "calls")));
    parts.extend(times::whole(scene).map(|whole| (5, whole)));
    let between = terms::dot(scene.theme);
    for least in (0..=6u8).rev() {
        let kept: Vec<&str> = parts
            .iter()
            .filter(|(weight, _)| *weight <= least)
            .map(|(_, text)| text.as_str())
            .collect();
        let text = kept.join(&between);
        if name.width() + width(&text) <= cells || least == 0 {
            let mut line = name;
            line.push(text, dim);
            return clip(line, cells, false, scene.theme);
        }
    }
    name
}

/// Findings by severity, loss, progress.
fn verdict(scene: Scene, cells: usize, mildest: Severity) -> Line {
    let theme = scene.theme;
    let session = scene.facts.session;
    let mut line = Line::new();
    let mut push = |part: Line| {
        if line.width() + part.width() + 2 <= cells {
            if !line.is_empty() {
                line.push("  ", theme.style(Scope::UiHeader));
            }
            line.append(part);
        }
    };
    if let Some(waits) = gate::waits(scene) {
        push(waits);
    }
    let unreadable: u64 = session.sources().iter().map(Source::lost).sum();
    if unreadable > 0 {
        push(Line::of(
            format!(
                "{} {unreadable} unreadable",
                theme.glyph(Glyph::DirUnreadable)
            ),
            theme.style(Scope::UiLoss),
        ));
    }
    if session.dropped() > 0 {
        push(Line::of(
            format!(
                "{} {} not recorded",
                theme.glyph(Glyph::DirUnreadable),
                session.dropped()
            ),
            theme.style(Scope::UiLoss),
        ));
    }
    let progress = session.progress();
    let lag = session.lag();
    if lag.running > 0 && progress.done {
        if let Some(behind) = behind(lag) {
            push(Line::of(behind, theme.style(Scope::UiProgress)));
        }
    } else if !progress.done || progress.studied < progress.rows {
        let (now, all, what) = if progress.done {
            (progress.studied as u64, progress.rows as u64, "studied")
        } else {
            (progress.bytes, progress.total, "indexed")
        };
        let percent = (u128::from(now) * 100)
            .checked_div(u128::from(all))
            .unwrap_or(0);
        push(Line::of(
            format!("{what} {percent} %"),
            theme.style(Scope::UiProgress),
        ));
    }
    let waits = session.figures().waiting().count();
    let waits_live = waits > 0 && session.sources().iter().any(Source::may_answer);
    if waits_live {
        let text = format!(
            "{} {} waiting",
            theme.glyph(Glyph::Pending),
            terms::grouped(waits)
        );
        push(Line::of(text, theme.style(Scope::OutcomePending)));
    }
    let counts = scene.facts.findings.counts();
    for severity in Severity::ALL.into_iter().rev() {
        let count = counts[severity as usize];
        if count > 0 && severity >= mildest {
            let glyph = theme.glyph(terms::risk_glyph(severity));
            push(Line::of(
                format!("{glyph} {count} {}", severity.name()),
                theme.style(terms::risk_scope(severity)),
            ));
        }
    }
    if waits > 0 && !waits_live && mildest == Severity::Info {
        let text = format!(
            "{} {} unanswered",
            theme.glyph(Glyph::Pending),
            terms::grouped(waits)
        );
        push(Line::of(text, theme.style(Scope::OutcomePending)));
    }
    line
}

/// How far the screens are behind what is recorded; `None` while a person would not notice.
fn behind(lag: Lag) -> Option<String> {
    const NOTICED: i64 = 500_000;
    if lag.bytes > 1 << 20 {
        return Some(format!("{} behind", size(lag.bytes)));
    }
    let noticed = lag.messages > 0 && lag.micros > NOTICED;
    noticed.then(|| {
        let messages = terms::counted(lag.messages, "message", "messages");
        format!("{messages}, {} behind", duration(lag.micros))
    })
}

/// Cells that are kept for what moment is shown; where the names of all views leave fewer, only the present view is
/// named.
const MOMENT: usize = 19;

/// What the tab of a view says.
fn tab(model: &Model, view: View) -> String {
    let all: usize = View::ALL.iter().map(|view| view.name().len() + 4).sum();
    let number = view as usize + 1;
    match view == model.view || all + MOMENT <= usize::from(model.size.0) {
        true => format!(" {number} {} ", view.name()),
        false => format!(" {number} "),
    }
}

pub fn tabs(scene: Scene, canvas: &mut Canvas) {
    let theme = scene.theme;
    let mut x = 0;
    for view in View::ALL {
        let style = theme.style(if view == scene.model.view {
            Scope::UiTabActive
        } else {
            Scope::UiTab
        });
        x = canvas.put(x, 0, &tab(scene.model, view), style);
    }
    let room = usize::from(canvas.width().saturating_sub(x + 2));
    let moment = moment(scene);
    let mut said = moment.words.iter();
    if let Some(words) = said.find(|words| width(words) <= room) {
        let cells = u16::try_from(width(words)).unwrap_or(0);
        let style = theme.style(moment.scope);
        canvas.put(canvas.width() - cells - 1, 0, words, style);
    }
}

/// `as a person sees it`, for the narrowest terminal.
const SEEN_BY_A_PERSON: &str = "seen by a person";

/// The view whose tab is at a column.
pub fn tab_at(model: &Model, column: u16) -> Option<View> {
    let mut x = 0;
    View::ALL.into_iter().find(|view| {
        x += tab(model, *view).len();
        usize::from(column) < x
    })
}

/// Which moment is shown: the same from the most words to the fewest.
struct Moment {
    words: Vec<String>,
    scope: Scope,
}

/// `as of 09:21:13 · call 143/212`; loud where the world is not told as of the cursor.
fn moment(scene: Scene) -> Moment {
    let Scene { model, facts, .. } = scene;
    let mut words = Vec::new();
    let mut scope = Scope::UiDim;
    if facts.is_empty() {
        return Moment { words, scope };
    }
    let end = lists::at(model, facts);
    let apart = model.as_of == AsOf::End && end != model.cursor;
    let (call, message) = (call_place(facts, model.cursor), message_place(scene));
    let dot = terms::dot(scene.theme);
    let when = |row: RowId| {
        let known = facts.row(row).is_some_and(|row| row.time.known());
        known.then(|| terms::time_of(scene, row).trim().to_owned())
    };
    let joined = |parts: &[&str]| -> String {
        let parts: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
        parts.join(&dot)
    };
    let here = when(model.cursor).unwrap_or_default();
    let near = call.as_deref().unwrap_or(&message);
    if apart {
        scope = Scope::UiToastWarn;
        let end = match when(end) {
            Some(time) => format!("as of the end, {time}"),
            None => "as of the end".to_owned(),
        };
        words.push(joined(&[
            &end,
            &format!("the cursor is at {here}, {near}").replace(" ,", ""),
        ]));
        words.push(joined(&[&end, near]));
        words.push("as of the end".to_owned());
    } else {
        let at = match (model.as_of, here.as_str()) {
            (_, "") => String::new(),
            (AsOf::End, _) => format!("as of the end, {here}"),
            (AsOf::Cursor, _) => format!("as of {here}"),
        };
        words.push(joined(&[&at, call.as_deref().unwrap_or(""), &message]));
        words.push(joined(&[&at, near]));
        words.push(joined(&[&here, near]));
        words.push(joined(&[
            &here,
            near.rsplit(' ').next().unwrap_or_default(),
        ]));
        words.push(if here.is_empty() { message } else { here });
    }
    if model.as_a_person {
        for words in &mut words {
            *words = joined(&[super::AS_A_PERSON, words]);
        }
        // Of the two, how the texts are to be taken must be seen.
        words.push(super::AS_A_PERSON.to_owned());
        words.push(SEEN_BY_A_PERSON.to_owned());
    }
    Moment { words, scope }
}

/// `call 143/212`, where the message belongs to one.
fn call_place(facts: Facts, row: RowId) -> Option<String> {
    let call = facts.session.call_of(row)?;
    let calls = facts.session.calls().len();
    Some(format!(
        "call {}/{}",
        terms::grouped(call + 1),
        terms::grouped(calls)
    ))
}

fn message_place(scene: Scene) -> String {
    let all = scene.facts.session.len();
    let number = scene.model.cursor.index() + 1;
    format!("message {}/{}", terms::grouped(number), terms::grouped(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_told_when_it_can_be_noticed() {
        let lag = Lag {
            running: 1,
            messages: 1200,
            micros: 2_500_000,
            bytes: 100,
        };
        assert_eq!(behind(lag).unwrap(), "1,200 messages, 2.5 s behind");
        assert_eq!(
            behind(Lag {
                micros: 90_000,
                ..lag
            }),
            None
        );
        assert_eq!(
            behind(Lag {
                bytes: 5_000_000,
                ..lag
            })
            .unwrap(),
            "5.0 MB behind"
        );
    }

    #[test]
    fn a_click_on_a_tab_finds_its_view() {
        let mut model = crate::ui::testing::empty_model();
        assert_eq!(tab_at(&model, 0), Some(View::Findings));
        assert_eq!(tab_at(&model, 13), Some(View::Calls));
        assert_eq!(tab_at(&model, 200), None);
        model.size = (60, 20);
        model.view = View::Tools;
        assert_eq!(tab_at(&model, 2), Some(View::Findings));
        assert_eq!(tab_at(&model, 13), Some(View::Tools));
        assert_eq!(tab_at(&model, 18), Some(View::Messages));
    }
}
