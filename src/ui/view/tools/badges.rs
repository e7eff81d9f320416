//! The badges of an item's row: its version, what was found in it, what it can be taken for.

use crate::analysis::{Category, Severity, rules};
use crate::session::{ChangeKind, Item, RowId, ServerId};
use crate::text::{Raw, identity, width};
use crate::ui::facts::Facts;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, terms};
use crate::ui::widget::Line;
use crate::ui::widget::text::inline;

/// `NEW` for what came after the first listing, `Δ2` for the second wording.
pub fn standing(scene: Scene, item: &Item, version: usize) -> Line {
    let theme = scene.theme;
    if version > 0 {
        let number = (version + 1).to_string();
        let text = if width(&number) > 2 {
            "++".to_owned()
        } else {
            number
        };
        return Line::of(
            format!("{}{text}", theme.glyph(Glyph::Changed)),
            theme.style(Scope::UiBadgeChanged),
        );
    }
    match came_later(scene.facts, item) {
        true => Line::of("NEW", theme.style(Scope::UiBadgeNew)),
        false => Line::new(),
    }
}

/// Whether the item was missing from the first listing.
pub fn came_later(facts: Facts, item: &Item) -> bool {
    let Some(from) = item.versions.first().map(|version| version.from) else {
        return false;
    };
    let changes = facts.session.changes();
    let first = changes.partition_point(|change| change.at < from);
    let there = changes[first..]
        .iter()
        .take_while(|change| change.at == from);
    there
        .take(10_000)
        .any(|change| change.item == item.id && change.kind == ChangeKind::Added)
}

/// What the findings say of an item, as of a message.
#[derive(Default)]
pub struct Found {
    pub worst: Option<Severity>,
    /// Text in its definition that cannot be seen.
    pub hidden: bool,
    /// A name that can be taken for another.
    pub collides: bool,
}

impl Found {
    pub fn of(facts: Facts, item: &Item, at: RowId) -> Found {
        let mut found = Found::default();
        for number in facts.findings.for_item(item.id) {
            let Some(finding) = facts
                .findings
                .list()
                .get(*number)
                .filter(|finding| finding.row <= at)
            else {
                continue;
            };
            found.worst = found.worst.max(Some(finding.severity));
            if !super::evidence::is_defined(finding) {
                continue;
            }
            match finding.rule.category {
                Category::HiddenText => found.hidden = true,
                Category::Collision => found.collides = true,
                _ => {}
            }
        }
        found
    }
}

/// Items that are looked at for the other of two names.
const COMPARED: usize = 4000;

/// `≈ read_file@files`, or `≈ @files` where that is too long: the names are alike anyway.
pub fn collision(scene: Scene, item: &Item, room: usize) -> Line {
    let theme = scene.theme;
    let style = theme.style(Scope::UiBadgeCollides);
    let mut line = Line::of(format!("{} ", theme.glyph(Glyph::Collides)), style);
    let Some(other) = twin(scene.facts, item) else {
        match met(scene.facts, item) {
            Some(Met::BuiltIn) => line.push("built-in", style),
            Some(Met::Server(server)) => {
                line.push("@", style);
                line.append(terms::server(scene, server, 16));
            }
            None => {}
        }
        return line;
    };
    let server = terms::server(scene, other.server, 16);
    let name = inline(other.name.as_raw(), 32, style, theme);
    if line.width() + name.width() + 1 + server.width() <= room {
        line.append(name);
    }
    line.push("@", style);
    line.append(server);
    line
}

/// Whose name it is that an item's can be taken for, where the name is another.
enum Met {
    BuiltIn,
    Server(ServerId),
}

fn met(facts: Facts, item: &Item) -> Option<Met> {
    let numbers = facts.findings.for_item(item.id).iter();
    let findings = numbers.filter_map(|number| facts.findings.list().get(*number));
    findings
        .filter(|finding| finding.rule.category == Category::Collision)
        .find_map(|finding| {
            if finding.rule.id == rules::BUILT_IN.id {
                return Some(Met::BuiltIn);
            }
            let row = finding.related.first()?.row;
            facts.row(row)?;
            Some(Met::Server(facts.session.server_of(row)))
        })
}

/// The item of another server that can be taken for this one.
fn twin<'a>(facts: Facts<'a>, item: &Item) -> Option<&'a Item> {
    let identity = |name: Raw| identity(&String::from_utf8_lossy(name.slice(0..256).bytes()));
    let own = identity(item.name.as_raw());
    let others = facts
        .session
        .items()
        .iter()
        .filter(|other| other.kind == item.kind && other.server != item.server);
    let others: Vec<&Item> = others.take(COMPARED).collect();
    let same = others.iter().find(|other| other.name == item.name);
    same.or_else(|| {
        others
            .iter()
            .find(|other| identity(other.name.as_raw()) == own)
    })
    .copied()
}
