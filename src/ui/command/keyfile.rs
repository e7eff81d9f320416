//! Keys in a file, to be read and written.
//!
//! ```toml
//! [keys]
//! "call next" = ["]", "ctrl-n"]
//! "copy value" = "Y v"          # one after the other
//! "bookmark" = []               # none
//!
//! [keys.messages]               # in this view only
//! "call next" = "n"
//! ```

use super::keymap::{Entry, Keymap, QUIT};
use super::sequence::Sequence;
use super::{Command, Group, all};
use crate::analysis::{Fault, Reader, nearest};
use crate::text::Raw;
use crate::ui::key::{Code, Key};
use crate::ui::model::View;
use std::fmt::Write;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Reads a file of keys. What cannot be used is told, and what is shipped stays there.
pub fn read(file: &str, text: &str) -> (Keymap, Vec<Fault>) {
    let (mut reader, root) = match Reader::open(file, text) {
        Ok(opened) => opened,
        Err(faults) => return (Keymap::default(), faults),
    };
    reader.only(&root, &["keys"], "a file of keys");
    let (mut entries, mut spans) = (Vec::new(), Vec::new());
    for (table, _) in reader.tables(&root, "keys") {
        section(&mut reader, table, None, &mut entries, &mut spans);
    }
    let (keymap, told) = Keymap::of(&entries);
    for (n, what) in told {
        reader.fault(spans[n].clone(), what);
    }
    reader.faults.sort_by_key(|fault| fault.line);
    (keymap, reader.faults)
}

fn section(
    reader: &mut Reader,
    table: &DeTable<'_>,
    view: Option<View>,
    entries: &mut Vec<Entry>,
    spans: &mut Vec<Range<usize>>,
) {
    // Tables are sorted by name; what comes first in the file counts.
    let mut lines: Vec<_> = table.iter().collect();
    lines.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in lines {
        let (name, span) = (key.get_ref().as_ref(), key.span());
        if let (DeValue::Table(inner), None) = (value.get_ref(), view) {
            match View::ALL
                .into_iter()
                .find(|view| section_name(*view) == name)
            {
                Some(view) => section(reader, inner, Some(view), entries, spans),
                None => {
                    let names = View::ALL.map(section_name);
                    let near = nearest(name, names.iter().map(String::as_str));
                    let what = meant(near, || format!("there are {}.", names.join(", ")));
                    reader.fault(span, format!("no view is called `{}`: {what}", shown(name)));
                }
            }
            continue;
        }
        let Some(command) = all().find(|command| command.name == name) else {
            let near = nearest(name, all().map(|command| command.name));
            let what = meant(near, || "`plainsight keys` lists all of them.".to_owned());
            reader.fault(
                span,
                format!("no command is called `{}`: {what}", shown(name)),
            );
            continue;
        };
        if let Some(view) = view
            && command
                .place
                .views
                .is_some_and(|views| !views.contains(&view))
        {
            let what = format!(
                "`{name}` does nothing in {}, so that it needs no keys there.",
                view.name()
            );
            reader.fault(span, what);
            continue;
        }
        if let Some(keys) = keys(reader, table, command, &span) {
            entries.push(Entry {
                command,
                view,
                keys,
            });
            spans.push(span);
        }
    }
}

/// The keys that a line gives a command; `None` where one of them cannot be used.
fn keys(
    reader: &mut Reader,
    table: &DeTable<'_>,
    command: &Command,
    span: &Range<usize>,
) -> Option<Vec<Sequence>> {
    let mut keys = Vec::new();
    for text in reader.texts(table, command.name)? {
        if text.value.is_empty() {
            continue;
        }
        match sequence(&text.value, command) {
            Ok(sequence) => keys.push(sequence),
            Err(what) => {
                reader.fault(span.clone(), what);
                return None;
            }
        }
    }
    Some(keys)
}

fn sequence(text: &str, command: &Command) -> Result<Sequence, String> {
    if text.trim().is_empty() {
        return Err("a blank is called `space`.".to_owned());
    }
    let Some(sequence) = Sequence::parse(text) else {
        let odd = text
            .split_whitespace()
            .find(|word| Key::parse(word).is_none());
        let odd = odd.unwrap_or(text);
        let bare = odd.rsplit_once('-').map_or(odd, |(_, bare)| bare);
        let near = nearest(&bare.to_lowercase(), Key::names());
        let what = meant(near, || {
            let names: Vec<&str> = Key::names().collect();
            format!(
                "a key is a letter or sign, or one of {}; ctrl- and alt- stand before it.",
                names.join(", ")
            )
        });
        return Err(format!("no key is called `{}`: {what}", shown(odd)));
    };
    let leaves = sequence.keys().contains(&Key::CTRL_C);
    if leaves && command.name != QUIT {
        return Err("`ctrl-c` always quits, and can be given to nothing else.".to_owned());
    }
    match sequence.keys() {
        [_, rest @ ..] if rest.contains(&Key::plain(Code::Esc)) => {
            Err("`esc` drops the keys before it, and cannot come after others.".to_owned())
        }
        _ => Ok(sequence),
    }
}

fn meant(near: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

fn shown(name: &str) -> String {
    Raw::from(name).label(60)
}

fn section_name(view: View) -> String {
    view.name().to_lowercase()
}

/// The keys in force as such a file, every command with what it does.
pub fn print(keymap: &Keymap) -> String {
    let mut out = String::from(
        "# Keys of plainsight. A file of yours need hold no more than what it changes: keys.toml in the folder for settings.\n\
         # Several keys in brackets run the same; keys with blanks between them are pressed in turn; [] is none.\n\
         # ctrl-c always quits.\n\n[keys]\n",
    );
    let mut special: Vec<(View, String)> = Vec::new();
    for group in Group::ALL {
        // Writing into a String cannot fail.
        let _ = write!(out, "\n# {}\n", group.name());
        for command in all().filter(|command| command.group == group) {
            let views = View::ALL
                .into_iter()
                .filter(|view| command.place.views.is_none_or(|own| own.contains(view)));
            let each: Vec<(View, String)> = views
                .map(|view| (view, list(keymap.keys_of(command, view))))
                .collect();
            let often = |keys: &String| each.iter().filter(|(_, other)| other == keys).count();
            let Some((_, usual)) = each.iter().rev().max_by_key(|(_, keys)| often(keys)) else {
                continue;
            };
            let _ = writeln!(
                out,
                "{} = {usual}  # {}",
                quoted(command.name),
                command.title
            );
            for (view, keys) in each.iter().filter(|(_, keys)| keys != usual) {
                special.push((*view, format!("{} = {keys}\n", quoted(command.name))));
            }
        }
    }
    for view in View::ALL {
        let mut lines = special.iter().filter(|(own, _)| *own == view).peekable();
        if lines.peek().is_some() {
            let _ = write!(out, "\n[keys.{}]\n", section_name(view));
            lines.for_each(|(_, line)| out.push_str(line));
        }
    }
    out
}

fn list<'a>(keys: impl Iterator<Item = &'a Sequence>) -> String {
    let keys: Vec<String> = keys.map(|keys| quoted(&keys.names())).collect();
    format!("[{}]", keys.join(", "))
}

/// As TOML writes text: quotes and backslashes are escaped.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::command::Lookup;
    use crate::ui::model::Focus;

    fn runs(keymap: &Keymap, keys: &str, view: View) -> Option<&'static str> {
        match keymap.lookup(Sequence::parse(keys)?.keys(), view, Focus::List) {
            Lookup::Found(command) => Some(command.name),
            _ => None,
        }
    }

    fn told(text: &str) -> (Keymap, Vec<String>) {
        let (keymap, faults) = read("keys.toml", text);
        (keymap, faults.iter().map(Fault::to_string).collect())
    }

    #[test]
    fn what_is_printed_reads_as_the_same_keys() {
        let shipped = print(&Keymap::default());
        let (keymap, faults) = told(&shipped);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(print(&keymap), shipped);
        let mine = "[keys]\n\"call next\" = [\"ctrl-n\", \"W n\"]\n\"theme next\" = []\n\"bytes\" = \"\"\n[keys.messages]\n\"call next\" = \"x\"\n\"quit\" = \"Q Q\"\n";
        let (keymap, _) = told(mine);
        let printed = print(&keymap);
        let (again, faults) = told(&printed);
        assert_eq!(faults, Vec::<String>::new(), "{printed}");
        assert_eq!(print(&again), printed);
        for view in View::ALL {
            assert_eq!(runs(&keymap, "W n", view), runs(&again, "W n", view));
            assert_eq!(runs(&again, "ctrl-c", view), Some("quit"));
        }
        assert_eq!(runs(&again, "x", View::Messages), Some("call next"));
        assert_eq!(runs(&again, "W n", View::Messages), None);
        assert_eq!(runs(&again, "W n", View::Calls), Some("call next"));
    }

    #[test]
    fn a_file_changes_only_what_it_names() {
        let (keymap, faults) = told("[keys]\n\"view flow\" = [\"alt-6\"]\n");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(runs(&keymap, "alt-6", View::Calls), Some("view flow"));
        assert_eq!(runs(&keymap, "6", View::Calls), None);
        assert_eq!(runs(&keymap, "5", View::Calls), Some("view messages"));
    }

    #[test]
    fn what_is_unknown_is_told_with_its_line_and_what_was_meant() {
        let (keymap, faults) = told(
            "[keys]\n\"cal next\" = \"n\"\n\"quit\" = \"entr\"\n\"help\" = \"nonsense\"\n[keys.mesages]\n\"help\" = \"h\"\n",
        );
        assert_eq!(
            faults[..2],
            [
                "keys.toml, line 2: no command is called `cal next`: did you mean `call next`?",
                "keys.toml, line 3: no key is called `entr`: did you mean `enter`?",
            ]
        );
        assert!(
            faults[2].contains("line 4") && faults[2].contains("ctrl- and alt-"),
            "{faults:?}"
        );
        assert!(
            faults[3].contains("line 5") && faults[3].contains("`messages`"),
            "{faults:?}"
        );
        assert_eq!(runs(&keymap, "q", View::Calls), Some("quit"));
        assert_eq!(told("[keys]\nhelp = 3\n").1.len(), 1);
        assert_eq!(told("keys = \n").1.len(), 1);
        assert!(told("[kyes]\n").1[0].contains("did you mean `keys`?"));
        assert_eq!(told("").1, Vec::<String>::new());
    }

    #[test]
    fn two_lines_cannot_have_the_same_keys_in_one_place() {
        let (keymap, faults) =
            told("[keys]\n\"view calls\" = \"alt-x\"\n\"view flow\" = [\"alt-y\", \"alt-x\"]\n");
        assert_eq!(
            faults,
            [
                "keys.toml, line 3: `alt-x` runs `view calls` already, and cannot run `view flow` as well. This line is left out: `view flow` keeps the keys that are shipped."
            ]
        );
        assert_eq!(runs(&keymap, "alt-x", View::Flow), Some("view calls"));
        assert_eq!(runs(&keymap, "6", View::Calls), Some("view flow"));
        assert_eq!(runs(&keymap, "alt-y", View::Calls), None);
    }

    #[test]
    fn a_key_that_begins_others_is_told() {
        let (keymap, faults) =
            told("[keys]\n\"view calls\" = \"alt-x\"\n\"view flow\" = \"alt-x f\"\n");
        assert!(
            faults[0].contains("line 3") && faults[0].contains("begin alike"),
            "{faults:?}"
        );
        assert_eq!(runs(&keymap, "alt-x", View::Flow), Some("view calls"));
        // Within one line, too.
        assert_eq!(told("[keys]\nhelp = [\"W\", \"W h\"]\n").1.len(), 1);
        // The same twice is no harm.
        assert_eq!(told("[keys]\nhelp = [\"W h\", \"W h\"]\n").1.len(), 0);
    }

    #[test]
    fn a_key_that_is_taken_from_what_is_shipped_is_told_until_that_is_given_another() {
        let (keymap, faults) = told("[keys]\n\"view calls\" = \"q\"\n");
        assert_eq!(
            faults,
            [
                "keys.toml, line 2: this takes `q` (quit) away. Give what loses its keys others, or say that it needs none: `\"quit\" = []`."
            ]
        );
        assert_eq!(runs(&keymap, "q", View::Flow), Some("view calls"));
        assert_eq!(runs(&keymap, "ctrl-c", View::Flow), Some("quit"));
        let (keymap, faults) = told("[keys]\n\"view calls\" = \"q\"\nquit = []\n");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(runs(&keymap, "ctrl-c", View::Flow), Some("quit"));
    }

    #[test]
    fn one_view_can_have_keys_of_its_own_over_those_of_all() {
        let (keymap, faults) = told("[keys.messages]\n\"view calls\" = \"c\"\n");
        assert_eq!(
            faults,
            Vec::<String>::new(),
            "one for a view lies over one for all"
        );
        assert_eq!(runs(&keymap, "c", View::Messages), Some("view calls"));
        assert_ne!(runs(&keymap, "c", View::Findings), Some("view calls"));
        assert_eq!(runs(&keymap, "2", View::Messages), None);
        assert_eq!(runs(&keymap, "2", View::Findings), Some("view calls"));
    }

    #[test]
    fn nothing_takes_the_way_out() {
        let (keymap, faults) =
            told("[keys]\nhelp = \"ctrl-c\"\nquit = []\n\"view calls\" = \"W esc\"\n");
        assert!(faults[0].contains("`ctrl-c` always quits"), "{faults:?}");
        assert!(faults[1].contains("`esc` drops"), "{faults:?}");
        assert_eq!(runs(&keymap, "ctrl-c", View::Tools), Some("quit"));
        assert_eq!(runs(&keymap, "?", View::Tools), Some("help"));
        let hostile = "[keys]\n\"\\u001b[31m\\u202e\" = \"\\u001b\"\nhelp = \"\\u202e\\u202e\"\n";
        for fault in told(hostile).1 {
            assert!(!fault.contains(['\u{1b}', '\u{202e}']), "{fault}");
        }
    }
}
