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

/// The command that leaves.
pub(super) const QUIT: &str = "quit";

/// What a file says of one command: its keys, in all views or in one.
pub struct Entry {
    pub command: &'static Command,
    pub view: Option<View>,
    pub keys: Vec<Sequence>,
}

impl Binding {
    fn of(command: &'static Command, keys: Sequence, views: u8, only: Option<View>) -> Binding {
        Binding {
            command,
            keys,
            views,
            special: only.is_some() || command.place.views.is_some(),
        }
    }

    /// Whether both hold in some place.
    fn meets(&self, other: &Binding) -> bool {
        let (a, b) = (self.command.place.focus, other.command.place.focus);
        self.views & other.views != 0 && (a.is_none() || b.is_none() || a == b)
    }

    /// Whether one of them could not be pressed somewhere because of the other. The same keys for one view and for all
    /// are no clash: the view comes first.
    fn clashes(&self, other: &Binding) -> bool {
        self.meets(other)
            && match self.keys == other.keys {
                true => self.special == other.special,
                false => self.keys.clashes(&other.keys),
            }
    }

    /// Whether this, from a file, comes in the place of one that is shipped.
    fn takes(&self, shipped: &Binding) -> bool {
        self.clashes(shipped) || self.meets(shipped) && self.keys == shipped.keys && !self.special
    }

    /// Why it cannot be beside another from the same file.
    fn told_clash(&self, other: &Binding) -> String {
        let (name, keys) = (self.command.name, &self.keys);
        let (first, begun) = (other.command.name, &other.keys);
        let kept = format!("This line is left out: `{name}` keeps the keys that are shipped.");
        match keys == begun {
            true => {
                format!("`{keys}` runs `{first}` already, and cannot run `{name}` as well. {kept}")
            }
            false => format!(
                "`{keys}` and `{begun}` (`{first}`) begin alike, so that the longer could never be pressed. {kept}"
            ),
        }
    }

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
                .map(move |keys| Binding::of(command, keys, views_of(command), None))
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
            let keys = Sequence::parse(keys).expect(keys);
            keymap
                .bindings
                .push(Binding::of(command, keys, views_of(command), None));
        }
        keymap
    }

    /// The keys as shipped, but for the commands that the entries give others. What is wrong with an entry is told
    /// with its number; one that takes away keys that it cannot have is left out as a whole.
    pub fn of(entries: &[Entry]) -> (Keymap, Vec<(usize, String)>) {
        let mut told = Vec::new();
        let mut own: Vec<(usize, Binding)> = Vec::new();
        let mut used: Vec<&Entry> = Vec::new();
        for (n, entry) in entries.iter().enumerate() {
            // A view's own entry comes in the place of the one for all views.
            let others = entries.iter().filter(|other| {
                entry.view.is_none()
                    && other.view.is_some()
                    && other.command.name == entry.command.name
            });
            let elsewhere = others
                .filter_map(|other| other.view)
                .fold(0, |bits, view| bits | bit(view));
            let views = match entry.view {
                Some(view) => bit(view),
                None => views_of(entry.command) & !elsewhere,
            };
            let mut fresh: Vec<Binding> = Vec::new();
            let mut wrong = None;
            for keys in &entry.keys {
                let binding = Binding::of(entry.command, keys.clone(), views, entry.view);
                let before = own.iter().map(|(_, other)| other).chain(&fresh);
                let clash = before.into_iter().find(|other| binding.clashes(other));
                match clash {
                    Some(other)
                        if other.keys == *keys && other.command.name == binding.command.name => {}
                    Some(other) => wrong = wrong.or(Some(binding.told_clash(other))),
                    None => fresh.push(binding),
                }
            }
            match wrong {
                Some(wrong) => told.push((n, wrong)),
                None => {
                    own.extend(fresh.into_iter().map(|binding| (n, binding)));
                    used.push(entry);
                }
            }
        }
        let mut lost: Vec<Vec<(String, &str)>> = vec![Vec::new(); entries.len()];
        let mut bindings: Vec<Binding> = own.iter().map(|(_, binding)| binding.clone()).collect();
        for mut binding in Keymap::default().bindings {
            let given = used
                .iter()
                .filter(|entry| entry.command.name == binding.command.name);
            let given = given.map(|entry| entry.view.map_or(u8::MAX, bit));
            binding.views &= !given.fold(0, |bits, view| bits | view);
            for (n, other) in own
                .iter()
                .filter(|(_, other)| other.command.name != binding.command.name)
            {
                if other.takes(&binding) {
                    binding.views &= !other.views;
                    lost[*n].push((binding.keys.to_string(), binding.command.name));
                }
            }
            if binding.views != 0 {
                bindings.push(binding);
            }
        }
        for (n, lost) in lost.iter().enumerate() {
            if let Some((_, first)) = lost.first() {
                let names: Vec<String> = lost
                    .iter()
                    .map(|(keys, name)| format!("`{keys}` ({name})"))
                    .collect();
                told.push((n, format!(
                    "this takes {} away. Give what loses its keys others, or say that it needs none: `\"{first}\" = []`.",
                    names.join(", ")
                )));
            }
        }
        let mut keymap = Keymap { bindings };
        keymap.keep_a_way_out();
        told.sort_by_key(|(n, _)| *n);
        (keymap, told)
    }

    /// Whatever a file says, `ctrl-c` leaves.
    fn keep_a_way_out(&mut self) {
        let leaves = Sequence::single(Key::CTRL_C);
        let there = self.bindings.iter().filter(|own| own.keys == leaves);
        let there = there.fold(0, |bits, own| bits | own.views);
        let lacking = View::ALL.iter().fold(0, |bits, view| bits | bit(*view)) & !there;
        let quit = all().find(|command| command.name == QUIT);
        if let Some(quit) = quit.filter(|_| lacking != 0) {
            self.bindings.push(Binding::of(quit, leaves, lacking, None));
        }
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
