//! How the field's terms are written on every screen: times, servers, tools, severities, outcomes.

use super::Scene;
use crate::analysis::Severity;
use crate::formats::Class;
use crate::session::filter::Picked;
use crate::session::{Outcome, RowId, ServerId, SourceId, duration};
use crate::text::{Raw, lookalike, width};
use crate::ui::model::View;
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::widget::text::{Lit, inline, inline_lit};
use crate::ui::widget::{Line, Page};
use ratatui::style::Style;
use std::borrow::Cow;

pub use super::times::{time, time_of};

pub fn risk_scope(severity: Severity) -> Scope {
    match severity {
        Severity::Critical => Scope::RiskCritical,
        Severity::High => Scope::RiskHigh,
        Severity::Medium => Scope::RiskMedium,
        Severity::Low => Scope::RiskLow,
        Severity::Info => Scope::RiskInfo,
    }
}

pub fn risk_glyph(severity: Severity) -> Glyph {
    match severity {
        Severity::Critical => Glyph::RiskCritical,
        Severity::High => Glyph::RiskHigh,
        Severity::Medium => Glyph::RiskMedium,
        Severity::Low => Glyph::RiskLow,
        Severity::Info => Glyph::RiskInfo,
    }
}

/// `▲ CRITICAL`
pub fn risk(severity: Severity, theme: &Theme) -> Line {
    let text = format!(
        "{} {}",
        theme.glyph(risk_glyph(severity)),
        severity.name().to_uppercase()
    );
    Line::of(text, theme.style(risk_scope(severity)))
}

/// `▲ crit`: in a column of six cells.
pub fn short_risk(severity: Severity, theme: &Theme) -> (String, Style) {
    let word = match severity {
        Severity::Critical => "crit",
        Severity::High => "high",
        Severity::Medium => "med",
        Severity::Low => "low",
        Severity::Info => "info",
    };
    (
        format!("{} {word}", theme.glyph(risk_glyph(severity))),
        theme.style(risk_scope(severity)),
    )
}

/// `▲ critical`: in a column of ten cells.
pub fn long_risk(severity: Severity, theme: &Theme) -> (String, Style) {
    let glyph = theme.glyph(risk_glyph(severity));
    (
        format!("{glyph} {}", severity.name()),
        theme.style(risk_scope(severity)),
    )
}

/// A server's label, in its colour.
pub fn server(scene: Scene, id: ServerId, cells: usize) -> Line {
    let style = scene.theme.style(Scope::server(id.index()));
    match scene.facts.session.servers().get(id.index()) {
        Some(server) if server.label.as_raw().is_empty() && server.name.as_raw().is_empty() => {
            Line::of(format!("server {}", id.index() + 1), style)
        }
        Some(server) if server.label.as_raw().is_empty() => {
            inline(server.name.as_raw(), cells, style, scene.theme)
        }
        Some(server) => inline(server.label.as_raw(), cells, style, scene.theme),
        None => Line::new(),
    }
}

/// A server's label as text.
pub fn server_name(scene: Scene, id: ServerId) -> String {
    server(scene, id, 40)
        .runs()
        .map(|run| run.text.as_str())
        .collect()
}

/// A tool's name, letters in it that are not what they look like lit; one without is said to have none.
pub fn tool(scene: Scene, name: Raw, cells: usize) -> Line {
    if name.is_empty() {
        return Line::of("(no name)", scene.theme.style(Scope::UiDim));
    }
    let style = scene.theme.style(Scope::TextTool);
    inline_lit(
        name,
        &odd_letters(scene.theme, name),
        cells,
        style,
        scene.theme,
    )
}

/// Letters of a name that only look like others.
fn odd_letters(theme: &Theme, name: Raw) -> Vec<Lit> {
    /// The longest name that is looked at.
    const LONGEST: usize = 256;
    if name.len() > LONGEST || name.bytes().is_ascii() {
        return Vec::new();
    }
    let Some(mixed) = lookalike(name) else {
        return Vec::new();
    };
    let style = theme.style(Scope::Evidence);
    let mut lit = Vec::new();
    for odd in &mixed.strangers {
        let letter = odd.to_string();
        let places = memchr::memmem::find_iter(name.bytes(), letter.as_bytes());
        lit.extend(places.map(|at| Lit {
            span: at..at + letter.len(),
            style,
        }));
    }
    lit
}

/// The sign and style of an outcome.
pub fn outcome(outcome: Outcome, theme: &Theme) -> (&str, Style) {
    let (glyph, scope) = match outcome {
        Outcome::Ok => (Glyph::Yes, Scope::OutcomeOk),
        Outcome::ToolError | Outcome::Error => (Glyph::No, Scope::OutcomeError),
        Outcome::Cancelled => (Glyph::Cancelled, Scope::OutcomeCancelled),
        Outcome::Pending | Outcome::InputRequired => (Glyph::Pending, Scope::OutcomePending),
    };
    (theme.glyph(glyph), theme.style(scope))
}

/// What the title of a list says of filter and search, in at most so many cells.
pub fn filter_note(scene: Scene, cells: usize) -> String {
    let model = scene.model;
    let search = search_note(scene, cells.min(60));
    let Some(good) = &model.filter.good else {
        return Raw::from(search.as_str()).label(cells);
    };
    let (dot, counts) = (dot(scene.theme), passed(scene));
    let text = |cells| Raw::from(good.text.as_str()).label(cells);
    let short = counts.rsplit(dot.as_str()).next().unwrap_or_default();
    let both = |filter: String| match search.is_empty() {
        true => filter,
        false => format!("{filter}  {search}"),
    };
    let ways = [
        both(format!("{}{dot}{counts}", text(60))),
        both(format!("{}{dot}{counts}", text(20))),
        format!("{}{dot}{counts}", text(20)),
        format!("{}{dot}{short}", text(20)),
        text(20),
    ];
    let fitting = ways.into_iter().find(|way| width(way) <= cells);
    fitting.unwrap_or_else(|| text(cells))
}

/// What was searched for, and how far that is: `/id_rsa · hit 3 of 57 · in base64 · 40 % looked through`.
pub fn search_note(scene: Scene, cells: usize) -> String {
    let search = &scene.model.search;
    if search.text.is_empty() {
        return String::new();
    }
    let dot = dot(scene.theme);
    let (all, cursor) = (search.seen.len(), scene.model.cursor.index());
    let listing = matches!(
        scene.model.view,
        View::Findings | View::Tools | View::Changes
    );
    let selected = scene.model.panes().selected;
    let hit = |at: usize, all: usize| format!("hit {} of {}", grouped(at), grouped(all));
    let at = match &search.listed {
        _ if search.missed => "no hit".to_owned(),
        Some(entries) => match entries.binary_search(&selected) {
            Ok(at) => hit(at + 1, entries.len()),
            Err(_) => counted(entries.len(), "hit", "hits"),
        },
        None if !listing && search.seen.contains(cursor) => hit(search.seen.rank(cursor) + 1, all),
        None => counted(all, "hit", "hits"),
    };
    let rows = scene.facts.session.len();
    let how_far = match search.next(scene.facts.session) {
        Some(_) if search.stopped => format!("{dot}stopped at {} %", search.share(rows)),
        Some(_) => format!("{dot}{} % looked through", search.share(rows)),
        None => String::new(),
    };
    let quote = search.quotes.get(&scene.model.cursor);
    let ways = match quote.and_then(Option::as_ref) {
        Some(quote) if !quote.ways.is_empty() => format!("{dot}{}", quote.ways),
        _ => String::new(),
    };
    let text = |cells| Raw::from(search.text.as_str()).label(cells);
    let ways = [
        format!("/{}{dot}{at}{ways}{how_far}", text(30)),
        format!("/{}{dot}{at}{how_far}", text(20)),
        format!("/{}{dot}{at}", text(12)),
        format!("/{}", text(20)),
    ];
    let fitting = ways.into_iter().find(|way| width(way) <= cells);
    fitting.unwrap_or_else(|| text(cells))
}

/// How much a filter let through: `1,234 of 10,000,000 · 63 % looked at`.
pub fn passed(scene: Scene) -> String {
    let (state, all) = (&scene.model.filter, scene.facts.session.len());
    let count = scene.model.lists.passed.as_ref().map_or(all, Picked::len);
    // What passes is counted in messages, whatever a view lists of them.
    let of = match scene.model.view {
        View::Messages => "",
        _ => " messages",
    };
    let counts = format!("{} of {}{of}", grouped(count), grouped(all));
    let dot = dot(scene.theme);
    let under_way = state.good.as_ref().is_some_and(|good| good.running);
    match (state.upto < all, state.stopped) {
        (true, true) => format!("{counts}{dot}stopped at {} %", state.share(all)),
        (true, false) if under_way => format!("{counts}{dot}{} % looked at", state.share(all)),
        _ => counts,
    }
}

/// What stands between the parts of a line: ` · `.
pub fn dot(theme: &Theme) -> String {
    format!(" {} ", theme.glyph(Glyph::Separator))
}

/// Our own words, with the signs in them that the theme may show. Never for text of a recording, which would be changed.
pub fn own<'t>(text: &'t str, theme: &Theme) -> Cow<'t, str> {
    if !theme.look.ascii || text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '·' => out.push_str(theme.glyph(Glyph::Separator)),
            '…' => out.push_str(theme.glyph(Glyph::Ellipsis)),
            '–' | '−' => out.push('-'),
            '×' => out.push('x'),
            '•' => out.push('*'),
            '↑' => out.push_str("up"),
            '↓' => out.push_str("down"),
            '←' => out.push_str("left"),
            '→' => out.push_str("right"),
            'Δ' => out.push_str(theme.glyph(Glyph::Changed)),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// What stands between the ends of a span of time.
pub fn dash(theme: &Theme) -> &'static str {
    if theme.look.ascii { "-" } else { "–" }
}

/// `1 finding`, `2 findings`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", grouped(count))
    }
}

/// A number with its thousands apart: `12,345`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number in five cells: `1,234`, `12 k`, `1.2 M`.
pub fn short_count(number: u64) -> String {
    match number {
        0..10_000 => grouped(number as usize),
        10_000..1_000_000 => format!("{} k", number / 1_000),
        1_000_000..10_000_000 => format!("{:.1} M", number as f64 / 1e6),
        _ => format!("{} M", number / 1_000_000),
    }
}

/// A duration in seven cells: `38 ms`, `2.4 s`, `3m05s`.
pub fn took(micros: i64) -> String {
    match micros {
        60_000_000..3_600_000_000 => {
            format!("{}m{:02}s", micros / 60_000_000, micros / 1_000_000 % 60)
        }
        3_600_000_000.. => {
            format!(
                "{}h{:02}m",
                micros / 3_600_000_000,
                micros / 60_000_000 % 60
            )
        }
        _ => duration(micros),
    }
}

/// Why a view is empty for which no source of the case can have anything, and which source would.
pub fn unfilled(scene: Scene, fills: fn(Class) -> bool) -> Option<String> {
    let classes = scene.facts.session.classes();
    if classes.iter().any(|class| fills(*class)) {
        return None;
    }
    let first = classes.first()?;
    let by = first.filled_by().unwrap_or_default();
    Some(format!("{} {by}", first.meaning()))
}

/// Most other places of a message that are named.
const PLACES: usize = 6;

/// Where else a message stands: copies in other files, and the same call in a recording of another kind.
pub fn elsewhere(scene: Scene, page: &mut Page, row: RowId) {
    let session = scene.facts.session;
    let file = |source: SourceId| session.sources()[source.index()].name();
    let witnesses = session.witnesses(row);
    for witness in witnesses.iter().take(PLACES) {
        let place = format!(
            "{}:{}",
            file(witness.source),
            grouped(witness.line as usize)
        );
        page.line(Line::of(
            format!("  Also at {place}"),
            page.style(Scope::UiDim),
        ));
    }
    if witnesses.len() > PLACES {
        let more = format!("  and {} more places", grouped(witnesses.len() - PLACES));
        page.line(Line::of(more, page.style(Scope::UiDim)));
    }
    let Some(twin) = session.twin(row) else {
        return;
    };
    let other = session.row(twin);
    let mut line = Line::of("  Also told by ", page.style(Scope::UiDim));
    let place = format!("{}:{}", file(other.source), grouped(other.line as usize));
    line.push(place, page.style(Scope::UiLink));
    page.link(line, Target::Row(twin));
    if session.twins_agree(row) == Some(false) {
        page.say_indented(
            "The two do not hold the same text: what the agent saw is not what the server sent.",
            Scope::UiLoss,
            2,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_counted() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1234), "1,234");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(counted(1, "call", "calls"), "1 call");
        assert_eq!(counted(1000, "call", "calls"), "1,000 calls");
    }
}
