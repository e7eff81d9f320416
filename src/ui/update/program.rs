//! The views, and the program itself.

use super::super::command::{Command, Group, Where, always};
use super::super::help::Help;
use super::super::message::Effect;
use super::super::model::{Focus, View};
use super::super::overlay::Overlay;
use super::super::palette::Palette;
use super::go::place;

macro_rules! show {
    ($view:ident, $name:literal, $title:literal, $key:literal) => {
        Command {
            name: $name,
            title: $title,
            short: "",
            keys: &[$key],
            group: Group::Views,
            place: Where::EVERYWHERE,
            run: |model, _| {
                if model.view != View::$view {
                    model.jumps.leave(place(model));
                    model.view = View::$view;
                    model.focus = Focus::List;
                }
                Vec::new()
            },
            disabled: always,
        }
    };
}

pub static VIEWS: &[Command] = &[
    show!(
        Findings,
        "view findings",
        "what is wrong here, worst first",
        "1"
    ),
    show!(Calls, "view calls", "what the agent did", "2"),
    show!(
        Tools,
        "view tools",
        "who is connected and what they offer",
        "3"
    ),
    show!(
        Changes,
        "view changes",
        "which definitions changed, and how",
        "4"
    ),
    show!(Messages, "view messages", "what was on the wire", "5"),
    show!(Flow, "view flow", "who talked to whom", "6"),
];

pub static COMMANDS: &[Command] = &[
    Command {
        name: "help",
        title: "the keys of this view",
        short: "help",
        keys: &["?"],
        group: Group::Program,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::Help(Help::default()));
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "sources",
        title: "what is open: format, class, what could not be read",
        short: "",
        keys: &["i"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::Sources(0));
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "palette",
        title: "commands by name",
        short: "",
        keys: &[":"],
        group: Group::Program,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::Palette(Palette::default()));
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "suspend",
        title: "back to the shell for a while (fg returns)",
        short: "",
        keys: &["ctrl-z"],
        group: Group::Program,
        place: Where::EVERYWHERE,
        run: |_, _| vec![Effect::Suspend],
        disabled: always,
    },
    Command {
        name: "quit",
        title: "quit",
        short: "quit",
        keys: &["q", "ctrl-c"],
        group: Group::Program,
        place: Where::EVERYWHERE,
        run: |_, _| vec![Effect::Quit],
        disabled: always,
    },
];
