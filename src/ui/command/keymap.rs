//! Which keys run which commands, where.

use super::sequence::Sequence;
use super::{Command, all};
use crate::ui::key::Key;
use crate::ui::model::{Focus, View};

/// The keys in force.
#[derive(Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// One sequence of keys for one command.
#[derive(Clone)]
struct Binding {
    command: &'static Command,
    keys: Sequence,
    /// The views in which it holds, a bit each.
    views: u8,
    /// It is for certain views: there it comes before what is for all.
    special: bool,
}

impl Binding {
    fn holds(&self, view: View, focus: Focus) -> bool {
        self.views & bit(view) != 0 && self.command.place.focus.is_none_or(|own| own == focus)
    }
}

/// What keys that were pressed lead to.
#[derive(Clone, Copy)]
pub enum Lookup {
    Found(&'static Command),
    /// They are the beginning of something.
    Prefix,
    Nothing,
}

impl Default for Keymap {
    /// The keys as shipped, which are those in the registry.
    fn default() -> Keymap {
        let bindings = all().flat_map(|command| {
            let keys = command.keys.iter();
            keys.filter_map(|names| Sequence::parse(names))
                .map(move |keys| Binding {
                    command,
                    keys,
                    views: views_of(command),
                    special: command.place.views.is_some(),
                })
        });
        Keymap {
            bindings: bindings.collect(),
        }
    }
}

fn bit(view: View) -> u8 {
    1 << view as u8
}

/// The views that a command is for, a bit each.
fn views_of(command: &Command) -> u8 {
    View::ALL
        .iter()
        .filter(|view| command.place.views.is_none_or(|own| own.contains(view)))
        .fold(0, |bits, view| bits | bit(*view))
}

impl Keymap {
    /// The keys as shipped, and these besides: names of commands with their keys.
    #[cfg(test)]
    pub fn with(more: &[(&str, &str)]) -> Keymap {
        let mut keymap = Keymap::default();
        for (name, keys) in more {
            let command = all().find(|command| command.name == *name).expect(name);
            keymap.bindings.push(Binding {
                command,
                keys: Sequence::parse(keys).expect(keys),
                views: views_of(command),
                special: command.place.views.is_some(),
            });
        }
        keymap
    }

    /// What the keys that were pressed lead to in a place.
    pub fn lookup(&self, pressed: &[Key], view: View, focus: Focus) -> Lookup {
        let begun = self.after(pressed, view, focus);
        match begun.iter().find(|(rest, _)| rest.is_empty()) {
            Some((_, command)) => Lookup::Found(command),
            None if begun.is_empty() => Lookup::Nothing,
            None => Lookup::Prefix,
        }
    }

    /// What could still be pressed after these keys, and what it would run. What is for certain views comes before
    /// what is for all.
    pub fn after(
        &self,
        pressed: &[Key],
        view: View,
        focus: Focus,
    ) -> Vec<(&[Key], &'static Command)> {
        let mut found: Vec<(&[Key], &Binding)> = Vec::new();
        for binding in self.bindings.iter().filter(|own| own.holds(view, focus)) {
            let Some(rest) = binding.keys.after(pressed) else {
                continue;
            };
            match found.iter_mut().find(|(other, _)| *other == rest) {
                Some(other) if binding.special && !other.1.special => *other = (rest, binding),
                Some(_) => {}
                None => found.push((rest, binding)),
            }
        }
        let found = found.into_iter();
        found.map(|(rest, own)| (rest, own.command)).collect()
    }

    /// The keys of a command in a view.
    pub fn keys_of<'a>(
        &'a self,
        command: &'a Command,
        view: View,
    ) -> impl Iterator<Item = &'a Sequence> {
        let own = move |binding: &&Binding| {
            binding.command.name == command.name && binding.views & bit(view) != 0
        };
        self.bindings.iter().filter(own).map(|own| &own.keys)
    }

    /// The keys of a command as a person reads them: `j ↓`, or `Y v, ctrl-y`.
    pub fn shown(&self, command: &Command, view: View) -> String {
        let keys: Vec<String> = self
            .keys_of(command, view)
            .map(Sequence::to_string)
            .collect();
        let several = keys.iter().any(|keys| keys.contains(' '));
        keys.join(if several { ", " } else { " " })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(keymap: &Keymap, keys: &str, view: View) -> Option<&'static str> {
        match keymap.lookup(Sequence::parse(keys)?.keys(), view, Focus::List) {
            Lookup::Found(command) => Some(command.name),
            _ => None,
        }
    }

    #[test]
    fn a_key_for_one_view_comes_before_a_key_for_all() {
        let keymap = Keymap::default();
        for binding in keymap.bindings.iter().filter(|binding| binding.special) {
            let focus = binding.command.place.focus.unwrap_or(Focus::List);
            for view in View::ALL.iter().filter(|view| binding.holds(**view, focus)) {
                match keymap.lookup(binding.keys.keys(), *view, focus) {
                    Lookup::Found(command) => assert_eq!(command.name, binding.command.name),
                    _ => panic!("{} runs nothing in {}", binding.keys, view.name()),
                }
            }
        }
    }

    #[test]
    fn no_keys_mean_two_things_in_one_place_and_no_prefix_is_a_command() {
        let keymap = Keymap::default();
        for (n, one) in keymap.bindings.iter().enumerate() {
            for other in &keymap.bindings[n + 1..] {
                let (a, b) = (one.command.place.focus, other.command.place.focus);
                let meet = one.views & other.views != 0 && (a.is_none() || b.is_none() || a == b);
                let shadows = one.special != other.special && one.keys == other.keys;
                assert!(
                    !meet || shadows || !one.keys.clashes(&other.keys),
                    "{} is {}, {} is {}",
                    one.keys,
                    one.command.name,
                    other.keys,
                    other.command.name
                );
            }
        }
    }

    #[test]
    fn every_key_runs_its_command() {
        let keymap = Keymap::default();
        assert_eq!(found(&keymap, "q", View::Flow), Some("quit"));
        assert_eq!(found(&keymap, "5", View::Flow), Some("view messages"));
        assert_eq!(found(&keymap, "alt-q", View::Flow), None);
    }
}
