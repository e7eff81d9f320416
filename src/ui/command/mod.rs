//! The one registry of what a person can do. The keymap, the help, the palette, the key line and README's table of
//! keys are views of it.

use super::facts::Facts;
use super::key::Key;
use super::message::Effect;
use super::model::{Focus, Model, View};
use super::update;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Something that a person can do.
pub struct Command {
    /// What the palette calls it: `call next`.
    pub name: &'static str,
    /// What the help says.
    pub title: &'static str,
    /// What the key line says, in a word; commands with the same word share a place. Empty: not there.
    pub short: &'static str,
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
    Program,
}

impl Group {
    pub const ALL: [Group; 8] = [
        Group::Step,
        Group::Go,
        Group::Find,
        Group::Keep,
        Group::Look,
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

/// The command that a key runs here. One that is for a certain view comes before one that is for all.
pub fn of_key(key: Key, view: View, focus: Focus) -> Option<&'static Command> {
    static KEYMAP: OnceLock<HashMap<Key, Vec<&'static Command>>> = OnceLock::new();
    let keymap = KEYMAP.get_or_init(|| {
        let mut keymap: HashMap<Key, Vec<&'static Command>> = HashMap::new();
        for command in all() {
            for key in command.keys.iter().filter_map(|name| Key::parse(name)) {
                keymap.entry(key).or_default().push(command);
            }
        }
        keymap
    });
    let mut here = keymap
        .get(&key)?
        .iter()
        .copied()
        .filter(|command| command.place.holds(view, focus));
    let first = here.next()?;
    Some(
        here.find(|command| command.place.views.is_some())
            .filter(|_| first.place.views.is_none())
            .unwrap_or(first),
    )
}

/// The keys of a command as a person reads them: `j ↓`.
pub fn shown_keys(command: &Command) -> String {
    let keys: Vec<String> = command
        .keys
        .iter()
        .filter_map(|name| Key::parse(name))
        .map(|k| k.to_string())
        .collect();
    keys.join(" ")
}

/// The table of keys for the README, in Markdown.
pub fn markdown() -> String {
    let mut out = String::from("| keys | what they do |\n| --- | --- |\n");
    for group in Group::ALL {
        for command in all().filter(|command| command.group == group && !command.keys.is_empty()) {
            let keys: Vec<String> = command
                .keys
                .iter()
                .filter_map(|name| Key::parse(name))
                .map(|key| format!("`{}`", key.to_string().replace('|', "\\|")))
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
                    Key::parse(key).is_some(),
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
    fn no_key_means_two_things_in_one_place() {
        for view in View::ALL {
            for focus in [Focus::List, Focus::Detail] {
                let mut seen: HashMap<(Key, bool), &str> = HashMap::new();
                for command in all().filter(|command| command.place.holds(view, focus)) {
                    for key in command.keys.iter().filter_map(|name| Key::parse(name)) {
                        let special = command.place.views.is_some();
                        if let Some(other) = seen.insert((key, special), command.name) {
                            panic!(
                                "{key} is both {other} and {} in {}",
                                command.name,
                                view.name()
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_key_for_one_view_comes_before_a_key_for_all() {
        for view in View::ALL {
            for command in all().filter(|command| {
                command
                    .place
                    .views
                    .is_some_and(|views| views.contains(&view))
            }) {
                for key in command.keys.iter().filter_map(|name| Key::parse(name)) {
                    let focus = command.place.focus.unwrap_or(Focus::List);
                    assert_eq!(
                        of_key(key, view, focus).map(|found| found.name),
                        Some(command.name)
                    );
                }
            }
        }
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
