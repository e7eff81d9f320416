//! One call: the arrow to the server, and the one back.

use super::lanes::{CLIENT, Lanes};
use super::marks::Mark;
use crate::session::{Call, Outcome, duration, size};
use crate::text::{RawBuf, width};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::view::{Scene, calls, terms, times};
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Canvas, Line, Seen};
use crate::wire::json::Kind;

/// Cells of an arrow that are not its text: its ends, and a piece of line on both sides.
const ARROW: u16 = 5;
/// Bytes behind those that are seen by which a secret is known.
const SECRET: usize = 512;
/// Cells of what is said beside the server's lane.
const TITLE: u16 = 60;

pub struct Exchange<'c> {
    pub call: &'c Call,
    /// What changed before the next call.
    pub changes: Vec<Mark>,
    /// Cells beside the lane that are taken.
    pub beside: u16,
}

impl Exchange<'_> {
    pub fn draw(&self, scene: Scene, canvas: &mut Canvas, lanes: &Lanes) {
        let theme = scene.theme;
        let time = times::brief(scene, self.call.request);
        canvas.put(1, 0, &time, theme.style(Scope::TextTime));
        lanes.draw(scene, canvas, 0);
        lanes.draw(scene, canvas, 1);
        match lanes.column(self.call.server) {
            Some(to) => {
                self.request(scene, canvas, lanes, to);
                self.answer(scene, canvas, lanes, to);
                self.risk(scene, canvas, lanes, to);
            }
            None => self.elsewhere(scene, canvas, lanes),
        }
        for mark in &self.changes {
            mark.draw(scene, canvas, lanes, lanes.column(self.call.server));
        }
    }

    /// A line from one lane to another, over those between.
    fn line(scene: Scene, canvas: &mut Canvas, lanes: &Lanes, y: u16, to: u16, scope: Scope) {
        let style = scene.theme.style(scope);
        let cells = to.saturating_sub(CLIENT + 1);
        canvas.repeat(
            CLIENT + 1,
            y,
            cells,
            scene.theme.glyph(Glyph::FlowLine),
            style,
        );
        // The lanes go through in their own colour: a line that changes it from row to row looks broken.
        let lane = scene.theme.style(Scope::FlowLane);
        for column in lanes.columns().filter(|column| *column < to) {
            canvas.put(column, y, scene.theme.glyph(Glyph::FlowCross), lane);
        }
    }

    /// `├──read_file ~/.ssh/id_rsa──►│`
    fn request(&self, scene: Scene, canvas: &mut Canvas, lanes: &Lanes, to: u16) {
        let theme = scene.theme;
        let style = theme.style(Scope::FlowRequest);
        Exchange::line(scene, canvas, lanes, 0, to, Scope::FlowRequest);
        let lane = theme.style(Scope::FlowLane);
        canvas.put(CLIENT, 0, theme.glyph(Glyph::FlowStart), lane);
        canvas.put(to - 1, 0, theme.glyph(Glyph::FlowRight), style);
        let room = usize::from((to - CLIENT).saturating_sub(ARROW));
        canvas.line(CLIENT + 2, 0, &self.asked(scene, room));
    }

    /// The tool, and the first text among its arguments.
    fn asked(&self, scene: Scene, room: usize) -> Line {
        let theme = scene.theme;
        let mut line = terms::tool(scene, scene.facts.session.symbol(self.call.tool), room);
        let left = room.saturating_sub(line.width() + 1);
        let json = scene.model.bodies.row(self.call.request).ready();
        let first = json
            .and_then(calls::arguments)
            .and_then(|arguments| arguments.items().find(|item| item.kind() == Kind::String));
        if let Some(text) = first.filter(|_| left >= 6) {
            line.push(" ", theme.style(Scope::UiText));
            let dim = theme.style(Scope::UiDim);
            let (key, text) = (text.key(), text.text(left * 8 + SECRET));
            let seen = Seen::member(key.as_ref().map(RawBuf::as_raw), text.as_raw(), theme);
            line.append(inline(seen.raw(), left, dim, theme));
        }
        clip(line, room, false, theme)
    }

    /// `│◄──1.7 KB · 38 ms──┤`
    fn answer(&self, scene: Scene, canvas: &mut Canvas, lanes: &Lanes, to: u16) {
        let theme = scene.theme;
        let room = usize::from((to - CLIENT).saturating_sub(ARROW));
        let (glyph, outcome) = terms::outcome(self.call.outcome, theme);
        let mut line = Line::new();
        if self.call.outcome != Outcome::Ok {
            line.push(format!("{glyph} {} ", self.call.outcome.name()), outcome);
        }
        let Some(text) = self.answered(theme, room.saturating_sub(line.width())) else {
            let text = format!(" {glyph} {}", without_answer(self.call.outcome));
            let line = clip(Line::of(text, outcome), room + 2, false, theme);
            canvas.line(CLIENT + 1, 1, &line);
            return;
        };
        let style = theme.style(Scope::FlowResponse);
        Exchange::line(scene, canvas, lanes, 1, to, Scope::FlowResponse);
        canvas.put(CLIENT + 1, 1, theme.glyph(Glyph::FlowLeft), style);
        let lane = theme.style(Scope::FlowLane);
        canvas.put(to, 1, theme.glyph(Glyph::FlowEnd), lane);
        line.push(text, style);
        canvas.line(CLIENT + 3, 1, &clip(line, room, false, theme));
    }

    /// Its size, and how long it took where there is room for that too.
    fn answered(&self, theme: &Theme, room: usize) -> Option<String> {
        self.call.response?;
        let bytes = size(u64::from(self.call.bytes_out));
        let both = self
            .call
            .micros
            .map(|micros| format!("{bytes}{}{}", terms::dot(theme), duration(micros)));
        Some(both.filter(|both| width(both) <= room).unwrap_or(bytes))
    }

    /// The worst finding in the call, beside the server's lane.
    fn risk(&self, scene: Scene, canvas: &mut Canvas, lanes: &Lanes, to: u16) {
        let Some(severity) = calls::worst(scene.facts, self.call) else {
            return;
        };
        let (text, style) = terms::short_risk(severity, scene.theme);
        let x = to + 2 + self.beside;
        // Nothing else stands to the right of the lane in this row: the title may run over the others.
        let room = usize::from(lanes.width.saturating_sub(x + 1).min(TITLE));
        let mut line = Line::of(text, style);
        let title = self.title(scene);
        if let Some(title) = title.filter(|_| room >= line.width() + 8) {
            line.push(" ", style);
            line.push(title, scene.theme.style(Scope::UiDim));
        }
        canvas.line(x, 0, &clip(line, room.max(1), false, scene.theme));
    }

    fn title(&self, scene: Scene) -> Option<String> {
        let list = scene.facts.findings.list();
        let numbers = calls::messages(self.call)
            .flat_map(|row| scene.facts.findings.by_row(row).iter().copied());
        let worst = numbers.max_by_key(|number| (list[*number].severity, usize::MAX - number));
        worst.map(|number| list[number].title.clone())
    }

    /// A call to a server whose lane finds no room.
    fn elsewhere(&self, scene: Scene, canvas: &mut Canvas, lanes: &Lanes) {
        let theme = scene.theme;
        let style = theme.style(Scope::FlowRequest);
        let lane = theme.style(Scope::FlowLane);
        canvas.put(CLIENT, 0, theme.glyph(Glyph::FlowStart), lane);
        let room = usize::from(lanes.gap.saturating_sub(3));
        let mut to = Line::of(format!("{} ", theme.glyph(Glyph::FlowRight)), style);
        to.append(terms::server(
            scene,
            self.call.server,
            room.saturating_sub(2),
        ));
        let mut line = Line::of(theme.glyph(Glyph::FlowLine), style);
        line.append(self.asked(scene, room.saturating_sub(1)));
        canvas.line(CLIENT + 1, 0, &line);
        canvas.line(CLIENT + 2, 1, &clip(to, room, false, theme));
    }
}

fn without_answer(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Cancelled => "cancelled",
        _ => "no answer",
    }
}
