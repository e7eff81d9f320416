//! Definitions: everything that a server told the model about itself, every version of it, and when it was in force.

use super::cost::Cost;
use super::row::{ConnId, RowId, ServerId};
use crate::text::{Raw, RawBuf};
use crate::wire::json::Value;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ItemKind {
    /// What the server says of itself: name, title, version, website.
    ServerInfo,
    /// The text that a client may put into the model's context when it connects.
    Instructions,
    Tool,
    Prompt,
    Resource,
    Template,
}

impl ItemKind {
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::ServerInfo => "server info",
            ItemKind::Instructions => "instructions",
            ItemKind::Tool => "tool",
            ItemKind::Prompt => "prompt",
            ItemKind::Resource => "resource",
            ItemKind::Template => "resource template",
        }
    }
}

/// Place in [`Session::items`](super::Session::items).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ItemId(pub u32);

impl ItemId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One tool, prompt, resource, … of one server, through time.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: ItemId,
    pub server: ServerId,
    pub kind: ItemKind,
    /// The name (the URI of a resource); empty for instructions and server info.
    pub name: RawBuf,
    pub versions: Vec<Version>,
}

/// One wording of an item.
#[derive(Clone, Debug)]
pub struct Version {
    /// The message that brought it.
    pub from: RowId,
    /// The message that replaced or removed it.
    pub until: Option<RowId>,
    /// First 16 bytes of the BLAKE3 hash of its canonical JSON (RFC 8785).
    pub hash: [u8; 16],
    /// Where its JSON stands inside the message.
    pub body: Range<u32>,
    pub conn: ConnId,
    pub hints: Hints,
    pub cost: Cost,
}

/// What a tool says of itself in its annotations, where it says so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Hints {
    pub read_only: Option<bool>,
    pub open_world: Option<bool>,
}

impl Hints {
    pub fn of(definition: Value<'_>) -> Hints {
        let annotations = definition.get("annotations");
        let hint = |name| annotations?.get(name)?.as_bool();
        Hints {
            read_only: hint("readOnlyHint"),
            open_world: hint("openWorldHint"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeKind {
    /// Appeared after the first listing.
    Added,
    Redefined,
    /// Missing from a complete listing.
    Removed,
    /// Came back after it was removed.
    Returned,
}

impl ChangeKind {
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Redefined => "redefined",
            ChangeKind::Removed => "removed",
            ChangeKind::Returned => "returned",
        }
    }
}

/// One change of what a server offers.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub at: RowId,
    pub item: ItemId,
    pub kind: ChangeKind,
    /// Place of the version before and after in [`Item::versions`].
    pub from: Option<usize>,
    pub to: Option<usize>,
    /// Another connection, whose client declared other capabilities: a server may well answer it differently.
    pub other_client: bool,
}

/// An item as a message brings it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub kind: ItemKind,
    pub name: RawBuf,
    pub hash: [u8; 16],
    pub body: Range<u32>,
    pub hints: Hints,
    pub cost: Cost,
}

/// Where a batch of items came from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub row: RowId,
    pub server: ServerId,
    pub conn: ConnId,
    /// The client's capabilities of that connection, hashed.
    pub client: u64,
}

#[derive(Default)]
pub struct Definitions {
    items: Vec<Item>,
    by_name: HashMap<(ServerId, ItemKind, RawBuf), ItemId>,
    changes: Vec<Change>,
    by_row: BTreeMap<RowId, Vec<(ItemId, usize)>>,
    /// The pages of a listing that is not complete yet.
    pages: HashMap<(ConnId, ItemKind), Vec<ItemId>>,
    /// Which kinds of which server were listed completely at least once, and by what client.
    listed: HashMap<(ServerId, ItemKind), u64>,
}

impl Definitions {
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub fn find(&self, server: ServerId, kind: ItemKind, name: Raw<'_>) -> Option<&Item> {
        let id = self.by_name.get(&(server, kind, name.to_buf()))?;
        self.items.get(id.0 as usize)
    }

    /// Whether a server's items of a kind were listed to the end at least once.
    pub fn is_listed(&self, server: ServerId, kind: ItemKind) -> bool {
        self.listed.contains_key(&(server, kind))
    }

    /// The versions that a message brought.
    pub fn brought_by(&self, row: RowId) -> &[(ItemId, usize)] {
        self.by_row.get(&row).map_or(&[], |versions| versions)
    }

    /// Takes one page of a listing. `first` and `last` tell its place among the pages.
    pub fn page(
        &mut self,
        origin: Origin,
        kind: ItemKind,
        listed: Vec<Listed>,
        first: bool,
        last: bool,
    ) {
        let key = (origin.conn, kind);
        if first {
            self.pages.remove(&key);
        }
        let known = self.listed.contains_key(&(origin.server, kind));
        for item in listed {
            let id = self.bring(origin, item, known);
            self.pages.entry(key).or_default().push(id);
        }
        if last {
            let present = self.pages.remove(&key).unwrap_or_default();
            self.complete(origin, kind, &present);
        }
    }

    /// Takes a single item that is not part of a listing (instructions, server info).
    pub fn single(&mut self, origin: Origin, item: Listed) {
        let known = self
            .by_name
            .contains_key(&(origin.server, item.kind, item.name.clone()));
        self.bring(origin, item, known);
    }

    fn bring(&mut self, origin: Origin, listed: Listed, known: bool) -> ItemId {
        let key = (origin.server, listed.kind, listed.name.clone());
        let id = *self.by_name.entry(key).or_insert_with(|| {
            let id = ItemId(self.items.len() as u32);
            self.items.push(Item {
                id,
                server: origin.server,
                kind: listed.kind,
                name: listed.name.clone(),
                versions: Vec::new(),
            });
            id
        });
        let other_client = self
            .listed
            .get(&(origin.server, listed.kind))
            .is_some_and(|client| *client != origin.client);
        let item = &mut self.items[id.0 as usize];
        let last = item.versions.len().checked_sub(1);
        if let Some(last) = last {
            let version = &mut item.versions[last];
            if version.until.is_none() && version.hash == listed.hash {
                return id;
            }
            version.until.get_or_insert(origin.row);
        }
        let removed = last.is_some_and(|last| item.versions[last].until != Some(origin.row));
        let kind = match last {
            None => ChangeKind::Added,
            Some(_) if removed => ChangeKind::Returned,
            Some(_) => ChangeKind::Redefined,
        };
        let to = item.versions.len();
        item.versions.push(Version {
            from: origin.row,
            until: None,
            hash: listed.hash,
            body: listed.body,
            conn: origin.conn,
            hints: listed.hints,
            cost: listed.cost,
        });
        self.by_row.entry(origin.row).or_default().push((id, to));
        if last.is_some() || known {
            self.changes.push(Change {
                at: origin.row,
                item: id,
                kind,
                from: last,
                to: Some(to),
                other_client,
            });
        }
        id
    }

    /// What a complete listing does not hold is gone, if the same kind of client asked.
    fn complete(&mut self, origin: Origin, kind: ItemKind, present: &[ItemId]) {
        let same_client = self
            .listed
            .get(&(origin.server, kind))
            .is_none_or(|client| *client == origin.client);
        self.listed.insert((origin.server, kind), origin.client);
        if !same_client {
            return;
        }
        for item in self
            .items
            .iter_mut()
            .filter(|i| i.server == origin.server && i.kind == kind)
        {
            let Some(version) = item.versions.last_mut().filter(|v| v.until.is_none()) else {
                continue;
            };
            if present.contains(&item.id) {
                continue;
            }
            version.until = Some(origin.row);
            let from = Some(item.versions.len() - 1);
            self.changes.push(Change {
                at: origin.row,
                item: item.id,
                kind: ChangeKind::Removed,
                from,
                to: None,
                other_client: false,
            });
        }
    }
}

impl Item {
    /// Place of the version that was in force after the message `at`.
    pub fn in_force(&self, at: RowId) -> Option<usize> {
        let place = self
            .versions
            .partition_point(|v| v.from <= at)
            .checked_sub(1)?;
        self.versions[place]
            .until
            .is_none_or(|until| until > at)
            .then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(name: &str, hash: u8) -> Listed {
        Listed {
            kind: ItemKind::Tool,
            name: RawBuf::from(name),
            hash: [hash; 16],
            body: 0..0,
            hints: Hints::default(),
            cost: Cost::default(),
        }
    }

    fn origin(row: u32, client: u64) -> Origin {
        Origin {
            row: RowId(row),
            server: ServerId(0),
            conn: ConnId(0),
            client,
        }
    }

    fn list(defs: &mut Definitions, row: u32, client: u64, tools: &[(&str, u8)]) {
        let tools = tools
            .iter()
            .map(|(name, hash)| listed(name, *hash))
            .collect();
        defs.page(origin(row, client), ItemKind::Tool, tools, true, true);
    }

    fn changes(defs: &Definitions) -> Vec<(u32, &'static str)> {
        defs.changes()
            .iter()
            .map(|c| (c.at.0, c.kind.name()))
            .collect()
    }

    #[test]
    fn versions_have_intervals() {
        let mut defs = Definitions::default();
        list(&mut defs, 1, 0, &[("a", 1), ("b", 1)]);
        list(&mut defs, 5, 0, &[("a", 2), ("b", 1), ("c", 1)]);
        list(&mut defs, 9, 0, &[("a", 2), ("c", 1)]);
        list(&mut defs, 12, 0, &[("a", 2), ("b", 1), ("c", 1)]);
        assert_eq!(
            changes(&defs),
            [
                (5, "redefined"),
                (5, "added"),
                (9, "removed"),
                (12, "returned")
            ]
        );
        let a = &defs.items()[0];
        assert_eq!(
            [0, 1, 4, 5, 20].map(|at| a.in_force(RowId(at))),
            [None, Some(0), Some(0), Some(1), Some(1)]
        );
        let b = &defs.items()[1];
        assert_eq!(
            [5, 9, 11, 12].map(|at| b.in_force(RowId(at))),
            [Some(0), None, None, Some(1)]
        );
        assert_eq!(defs.brought_by(RowId(5)).len(), 2);
    }

    #[test]
    fn pages_are_one_listing() {
        let mut defs = Definitions::default();
        defs.page(
            origin(1, 0),
            ItemKind::Tool,
            vec![listed("a", 1)],
            true,
            false,
        );
        defs.page(
            origin(2, 0),
            ItemKind::Tool,
            vec![listed("b", 1)],
            false,
            true,
        );
        defs.page(
            origin(3, 0),
            ItemKind::Tool,
            vec![listed("a", 1)],
            true,
            false,
        );
        assert!(defs.changes().is_empty());
        defs.page(
            origin(4, 0),
            ItemKind::Tool,
            vec![listed("b", 1)],
            false,
            true,
        );
        assert!(defs.changes().is_empty(), "{:?}", defs.changes());
    }

    #[test]
    fn another_kind_of_client_removes_nothing() {
        let mut defs = Definitions::default();
        list(&mut defs, 1, 7, &[("a", 1), ("b", 1)]);
        list(&mut defs, 2, 8, &[("a", 1)]);
        assert!(defs.changes().is_empty());
    }

    #[test]
    fn a_tool_listed_twice_in_one_answer_is_a_redefinition() {
        let mut defs = Definitions::default();
        list(&mut defs, 1, 0, &[("a", 1), ("a", 2)]);
        assert_eq!(changes(&defs), [(1, "redefined")]);
        assert_eq!(defs.items()[0].in_force(RowId(1)), Some(1));
    }
}
