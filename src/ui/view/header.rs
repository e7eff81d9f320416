//! The two rows on top.
//!
//! ```text
//!  plainsight  incident.jsonl · wire-complete · 4 servers · 61 tools · 212 calls · 09:14:02–09:31:47    ▲ 2 critical ▲ 5 high
//!  1 Findings  2 Calls  3 Tools  4 Changes  5 Messages  6 Flow                     as of 09:21:13 · call 143/212
//! ```

use super::{Scene, gate, terms, times};
use crate::analysis::Severity;
use crate::formats::Class;
use crate::session::{ItemKind, Lag, Source, duration, size};
use crate::text::width;
use crate::ui::lists;
use crate::ui::model::{AsOf, View};
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
    let between = " · ";
    for least in (0..=6u8).rev() {
        let kept: Vec<&str> = parts
            .iter()
            .filter(|(weight, _)| *weight <= least)
            .map(|(_, text)| text.as_str())
            .collect();
        let text = kept.join(between);
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

/// What the tab of a view says.
fn tab(view: View) -> String {
    format!(" {} {} ", view as usize + 1, view.name())
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
        x = canvas.put(x, 0, &tab(view), style);
    }
    let mut note = as_of(scene);
    let fits = |note: &str| usize::from(x) + width(note) + 2 <= usize::from(canvas.width());
    if scene.model.as_a_person && !fits(&note) {
        // Of the two, how the texts are to be taken must be seen.
        note = SEEN_BY_A_PERSON.to_owned();
    }
    let cells = u16::try_from(width(&note)).unwrap_or(0);
    if x + cells + 2 <= canvas.width() {
        canvas.put_right(
            x,
            0,
            canvas.width() - x - 1,
            &note,
            theme.style(Scope::UiDim),
        );
    }
}

/// `as a person sees it`, for the narrowest terminal.
const SEEN_BY_A_PERSON: &str = "seen by a person";

/// The view whose tab is at a column.
pub fn tab_at(column: u16) -> Option<View> {
    let mut x = 0;
    View::ALL.into_iter().find(|view| {
        x += tab(*view).len();
        usize::from(column) < x
    })
}

/// `as of 09:21:13 · call 143/212`
fn as_of(scene: Scene) -> String {
    let Scene { model, facts, .. } = scene;
    if facts.is_empty() {
        return String::new();
    }
    let at = lists::at(model, facts);
    let calls = facts.session.calls().len();
    let when = match model.as_of {
        AsOf::Cursor => format!("as of {}", terms::time_of(scene, at)),
        AsOf::End => format!("as of the end, {}", terms::time_of(scene, at)),
    };
    let place = match facts.session.call_at(model.cursor) {
        Some(call) => format!(
            "call {}/{}",
            terms::grouped(call + 1),
            terms::grouped(calls)
        ),
        None => format!(
            "message {}/{}",
            terms::grouped(model.cursor.index() + 1),
            terms::grouped(facts.session.len())
        ),
    };
    let reads = if model.as_a_person {
        format!("{} · ", super::AS_A_PERSON)
    } else {
        String::new()
    };
    format!("{reads}{when} · {place}")
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
        assert_eq!(tab_at(0), Some(View::Findings));
        assert_eq!(tab_at(13), Some(View::Calls));
        assert_eq!(tab_at(200), None);
    }
}
