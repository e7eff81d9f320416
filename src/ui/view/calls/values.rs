//! A JSON value as a readable tree: keys aligned, text wrapped, findings beside what they are about.

use crate::analysis::Finding;
use crate::session::RowId;
use crate::text::{RawBuf, width};
use crate::ui::blob::Blob;
use crate::ui::body::Key;
use crate::ui::code::Passage;
use crate::ui::json::{At, DECODED};
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, evidence, terms};
use crate::ui::widget::text::{Lit, clip, prose, wrapped_code};
use crate::ui::widget::{Line, Page, Seen, json};
use crate::wire::json::{Kind, NodeId};

/// Rows that one value may take.
const ROWS: usize = 10;
/// Members of one object that are shown.
const MEMBERS: usize = 40;
/// The widest column of keys.
const KEYS: usize = 18;
/// Nesting is drawn up to this column; what is deeper stands there.
const DEEPEST: usize = 24;

/// The values of one message, and what its findings' pointers count from.
pub struct Values<'a> {
    scene: Scene<'a>,
    row: RowId,
    base: NodeId,
}

impl<'a> Values<'a> {
    pub fn of(scene: Scene<'a>, row: RowId, base: At) -> Values<'a> {
        Values {
            scene,
            row,
            base: base.id,
        }
    }

    /// Puts a value on the page.
    pub fn show(&self, page: &mut Page, at: At, indent: usize) {
        if !at.is_container() {
            return self.member(page, at, "", indent, 0);
        }
        let name = |(n, item): (usize, At)| {
            item.key()
                .map_or_else(|| format!("{n}"), |key| key.as_raw().label(24))
        };
        let keys: Vec<String> = at.items().take(MEMBERS).enumerate().map(name).collect();
        let column = keys
            .iter()
            .map(|key| width(key))
            .max()
            .unwrap_or(0)
            .min(KEYS);
        for (item, key) in at.items().zip(&keys) {
            self.member(page, item, key, indent, column);
        }
        let more = at.items().skip(MEMBERS).count();
        if more > 0 {
            let sentence = format!("and {} more; o shows the message", terms::grouped(more));
            page.say_indented(&sentence, Scope::UiDim, indent);
        }
    }

    /// One member, its key in a column of `column` cells.
    pub fn member(&self, page: &mut Page, at: At, key: &str, indent: usize, column: usize) {
        let theme = self.scene.theme;
        let pad = column.saturating_sub(width(key));
        let label = format!("{}{key}{} ", " ".repeat(indent), " ".repeat(pad));
        let blank = " ".repeat(width(&label));
        let (name, text) = (at.key(), at.text(DECODED));
        let name = name.as_ref().map(RawBuf::as_raw);
        let text = Seen::member(name, text.as_raw(), theme);
        page.masked |= text.is_masked();
        let (lit, notes) = self.annotations(at, &text, page.width.saturating_sub(width(&blank)));
        let part = Passage {
            of: Key::Row(self.row),
            node: at.id,
            masks: theme.masks,
            spaced: false,
        };
        let tints = self.scene.model.codes.tints(part, theme);
        let lang = self.scene.model.codes.lang(part).map(|lang| lang.name());
        let key_style = theme.style(Scope::JsonKey);
        let nested = at.count() > 0;
        let mut said = false;
        if nested {
            page.line(Line::of(label, key_style));
        } else if let Some(blob) = Blob::of(at) {
            said = true;
            let line = Line::of(label, key_style);
            bytes(page, &blob, line, &blank);
        } else {
            for (n, row) in self
                .rows(
                    at,
                    &text,
                    (&lit, &tints),
                    page.width.saturating_sub(blank.len()).max(8),
                )
                .into_iter()
                .enumerate()
            {
                let mut line = Line::of(
                    if n == 0 { label.clone() } else { blank.clone() },
                    key_style,
                );
                line.append(row);
                if let Some(lang) =
                    lang.filter(|lang| n == 0 && line.width() + lang.len() + 3 <= page.width)
                {
                    line.push(format!("   {lang}"), theme.style(Scope::UiDim));
                    said = true;
                }
                page.line(line);
            }
        }
        let lang = lang.filter(|_| !said && !nested);
        let lang = lang.map(|lang| Line::of(lang, theme.style(Scope::UiDim)));
        for note in lang.into_iter().chain(notes) {
            let mut line = Line::of(blank.clone(), theme.style(Scope::UiText));
            line.append(note);
            page.line(clip(line, page.width, false, theme));
        }
        if nested && indent < DEEPEST {
            self.show(page, at, indent + 2);
        }
    }

    fn rows(&self, at: At, text: &Seen, lit: (&[Lit], &[Lit]), cells: usize) -> Vec<Line> {
        let theme = self.scene.theme;
        let scope = match at.kind() {
            Kind::String => Scope::UiText,
            Kind::Number => Scope::JsonNumber,
            _ => Scope::JsonLiteral,
        };
        if text.raw().is_empty() {
            return vec![Line::of("(empty)", theme.style(Scope::UiDim))];
        }
        wrapped_code(text.raw(), lit, theme.style(scope), theme, cells, ROWS)
    }

    /// What the findings of the message say about one value: the spans to light, and for each finding its title, its
    /// reason and its rule.
    pub fn annotations(&self, at: At, text: &Seen, cells: usize) -> (Vec<Lit>, Vec<Line>) {
        let scene = self.scene;
        let about = scene.facts.findings.by_row(self.row);
        let (mut lit, mut notes) = (Vec::new(), Vec::new());
        let dim = scene.theme.style(Scope::UiDim);
        if text.is_masked() {
            let note = "A secret in it is masked; S spells it out.";
            notes.push(Line::of(note, dim));
        }
        if about.is_empty() {
            return (lit, notes);
        }
        let pointer = at.pointer(self.base);
        let findings = about
            .iter()
            .filter_map(|number| scene.facts.findings.list().get(*number));
        let mut here: Vec<&Finding> = findings
            .filter(|finding| finding.place.pointer == pointer)
            .collect();
        here.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        for finding in here {
            lit.extend(evidence::spans(scene, finding, text.raw()));
            let glyph = scene.theme.glyph(terms::risk_glyph(finding.severity));
            let style = scene.theme.style(terms::risk_scope(finding.severity));
            notes.push(Line::of(format!("{glyph} {}", finding.title), style));
            let reason = format!("{} ({})", reason(finding), finding.rule.id);
            for row in prose(&reason, cells.saturating_sub(2).max(8)) {
                notes.push(Line::of(format!("  {row}"), dim));
            }
        }
        (lit, notes)
    }
}

/// What bytes are, and their hash where it is at hand; `line` is what stands before it.
fn bytes(page: &mut Page, blob: &Blob, mut line: Line, blank: &str) {
    line.append(json::described(blob, page.theme));
    let hash = blob
        .hash_at_once()
        .map(|hash| format!("{blank}BLAKE3 {hash}"));
    let hash = hash.map(|hash| Line::of(hash, page.style(Scope::UiDim)));
    for line in [Some(line), hash].into_iter().flatten() {
        page.line(clip(line, page.width, false, page.theme));
    }
}

/// The first sentence of what a finding explains.
fn reason(finding: &Finding) -> &str {
    let text = match finding.explanation.is_empty() {
        true => finding.rule.why,
        false => &finding.explanation,
    };
    match text.find(". ") {
        Some(end) => &text[..=end],
        None => text,
    }
}
