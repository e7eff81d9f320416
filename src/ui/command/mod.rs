//! The one registry of what a person can do. The keymap, the help, the palette, the key line and README's table of
//! keys are views of it.

use super::facts::Facts;
use super::key::Key;
use super::message::Effect;
use super::model::{Focus, Model, View};
use super::update;

mod keyfile;
mod keymap;
mod sequence;

pub use keyfile::{print, read};
pub use keymap::{Keymap, Lookup};
pub use sequence::{Sequence, shown as shown_keys};

/// Something that a person can do.
pub struct Command {
    /// What the palette calls it: `call next`.
    pub name: &'static str,
    /// What the help says.
    pub title: &'static str,
    /// What the key line says, in a word; commands with the same word share a place. Empty: not there.
    pub short: &'static str,
    /// As shipped: one key, or several in turn with blanks between them (`Y v`).
    pub keys: &'static [&'static str],
    pub group: Group,
    pub place: Where,
    pub run: fn(&mut Model, Facts) -> Vec<Effect>,
    /// Why it cannot be done now, in a sentence.
    pub disabled: fn(&Model, Facts) -> Option<&'static str>,
}

/// Headings of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Views,
    Move,
    Step,
    Go,
    Find,
    Keep,
    Look,
    Compare,
    Program,
}

impl Group {
    pub const ALL: [Group; 9] = [
        Group::Step,
        Group::Go,
        Group::Find,
        Group::Keep,
        Group::Look,
        Group::Compare,
        Group::Move,
        Group::Views,
        Group::Program,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Group::Views => "Views",
            Group::Move => "Moving",
            Group::Step => "Stepping through time",
            Group::Go => "Going to what belongs together",
            Group::Find => "Finding",
            Group::Keep => "Marking and taking along",
            Group::Look => "How it is shown",
            Group::Compare => "Comparing",
            Group::Program => "The program",
        }
    }
}

/// In which views, and in which pane, a command applies.
#[derive(Clone, Copy)]
pub struct Where {
    pub views: Option<&'static [View]>,
    pub focus: Option<Focus>,
}

impl Where {
    pub const EVERYWHERE: Where = Where {
        views: None,
        focus: None,
    };

    pub const fn views(views: &'static [View]) -> Where {
        Where {
            views: Some(views),
            focus: None,
        }
    }

    pub fn holds(self, view: View, focus: Focus) -> bool {
        self.views.is_none_or(|views| views.contains(&view))
            && self.focus.is_none_or(|own| own == focus)
    }
}

/// A command is never disabled.
pub fn always(_: &Model, _: Facts) -> Option<&'static str> {
    None
}

/// All commands, in the order of the help within each group.
pub fn all() -> impl Iterator<Item = &'static Command> {
    update::COMMANDS.iter().flat_map(|group| group.iter())
}

/// What the prefixes that are shipped are for: the title over what can come after them.
const PREFIXES: &[(&str, &str)] = &[
    ("D", "Compare"),
    ("Y", "Copy"),
    ("Z", "Fold"),
    ("m", "Mark"),
];

/// What keys that begin other keys are for.
pub fn prefix_title(pressed: &[Key]) -> Option<&'static str> {
    let found = PREFIXES
        .iter()
        .find(|(prefix, _)| Sequence::parse(prefix).is_some_and(|prefix| prefix.keys() == pressed));
    found.map(|(_, title)| *title)
}

/// The table of keys for the README, in Markdown.
pub fn markdown() -> String {
    let mut out = String::from("| keys | what they do |\n| --- | --- |\n");
    for group in Group::ALL {
        for command in all().filter(|command| command.group == group && !command.keys.is_empty()) {
            let keys: Vec<String> = command
                .keys
                .iter()
                .filter_map(|names| Sequence::parse(names))
                .map(|keys| format!("`{}`", keys.to_string().replace('|', "\\|")))
                .collect();
            out.push_str(&format!("| {} | {} |\n", keys.join(" "), command.title));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_name_and_every_command_is_told_apart() {
        let mut names: Vec<&str> = all().map(|command| command.name).collect();
        for command in all() {
            assert!(!command.title.is_empty(), "{} says nothing", command.name);
            for key in command.keys {
                assert!(
                    Sequence::parse(key).is_some(),
                    "{}: no key is called {key}",
                    command.name
                );
            }
        }
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "two commands have one name");
    }

    #[test]
    fn the_readme_table_lists_every_command_with_a_key() {
        let table = markdown();
        assert_eq!(
            table.lines().count(),
            2 + all().filter(|command| !command.keys.is_empty()).count()
        );
        assert!(table.contains("`q`"));
    }
}
