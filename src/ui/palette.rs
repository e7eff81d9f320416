//! Commands found by what is typed.
//!
//! Letters in the right order are enough (`vwch` finds `view changes`); words may come from the name and from what the
//! help says. Some commands take more words after their name: `theme ink-dark`, `filter server:mail`.

use super::command::{self, Command};
use super::facts::Facts;
use super::message::Effect;
use super::model::{Focus, Model, View};
use super::prompt::Line;
use super::update::ARGUMENTS;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

/// The commands that were run last, newest first; so many are remembered.
pub const REMEMBERED: usize = 5;

#[derive(Clone, Debug, Default)]
pub struct Palette {
    pub line: Line,
    /// Place among the [`hits`].
    pub selected: usize,
}

/// What a command takes after its name.
pub struct Argument {
    /// The name of the command, as it is typed.
    pub command: &'static str,
    /// What comes after it and what that does.
    pub title: &'static str,
    /// What there is to choose from. Empty: anything can be typed.
    pub offers: fn(&Model, Facts) -> Vec<String>,
    pub run: fn(&mut Model, Facts, &str) -> Vec<Effect>,
}

/// What can be chosen.
#[derive(Clone)]
pub enum What {
    Command(&'static Command),
    Argument(&'static Argument, String),
}

/// Something that fits what is typed.
pub struct Hit {
    pub what: What,
    pub name: String,
    pub title: &'static str,
    /// The heading under which it stands.
    pub group: &'static str,
    pub lit: Lit,
    /// Why it cannot be done now.
    pub reason: Option<String>,
    score: u32,
}

/// Which letters were meant, by their numbers in order.
#[derive(Default)]
pub struct Lit {
    pub name: Vec<u32>,
    pub title: Vec<u32>,
}

/// What fits, best first; where nothing is typed, all that can be pressed here, what was run last on top.
pub fn hits(model: &Model, facts: Facts, typed: &str) -> Vec<Hit> {
    let typed = typed.trim_start();
    if let Some(found) = arguments(model, facts, typed) {
        return found;
    }
    if typed.trim().is_empty() {
        return unasked(model, facts);
    }
    let mut matching = Matching::new(typed);
    let mut hits: Vec<Hit> = command::all()
        .filter_map(|command| {
            let mut hit = plain(model, facts, command);
            let pressed = model.keyboard.keymap.keys_of(command, model.view);
            let by_key = pressed.into_iter().any(|keys| keys.to_string() == typed);
            let found = matching.look(&hit.name, hit.title);
            let (score, lit) = found.or_else(|| by_key.then(Default::default))?;
            // What is pressed by exactly these keys, what is done here, what can be done now.
            hit.score = score + 1000 * u32::from(by_key) + 20 * u32::from(hit.reason.is_none());
            hit.lit = lit;
            Some(hit)
        })
        .collect();
    hits.sort_by_key(|hit| Reverse(hit.score));
    hits
}

/// How many commands there are to be found.
pub fn count() -> usize {
    command::all().count()
}

/// The heading over what was run last.
const LAST: &str = "Run last";

fn unasked(model: &Model, facts: Facts) -> Vec<Hit> {
    let last = model.keyboard.last.iter().filter_map(|name| {
        let command = command::all().find(|command| command.name == *name)?;
        let mut hit = plain(model, facts, command);
        hit.group = LAST;
        Some(hit)
    });
    let groups = command::Group::ALL.iter().flat_map(|group| {
        command::all()
            .filter(move |command| command.group == *group)
            .filter(|command| command.place.holds(model.view, model.focus))
            .filter(|command| !model.keyboard.last.contains(&command.name))
    });
    last.chain(groups.map(|command| plain(model, facts, command)))
        .collect()
}

fn plain(model: &Model, facts: Facts, command: &'static Command) -> Hit {
    Hit {
        what: What::Command(command),
        name: command.name.to_owned(),
        title: command.title,
        group: command.group.name(),
        lit: Default::default(),
        reason: reason(model, facts, command),
        score: 0,
    }
}

/// Why a command cannot be run here and now.
pub fn reason(model: &Model, facts: Facts, command: &Command) -> Option<String> {
    let place = command.place;
    if let Some(views) = place.views.filter(|views| !views.contains(&model.view)) {
        let names: Vec<&str> = views.iter().map(|view: &View| view.name()).collect();
        return Some(format!("This is for {}.", names.join(", ")));
    }
    match place.focus.filter(|focus| *focus != model.focus) {
        Some(Focus::List) => Some("This is for the list: esc leads there.".to_owned()),
        Some(Focus::Detail) => Some("This is for the details: enter leads there.".to_owned()),
        None => (command.disabled)(model, facts).map(str::to_owned),
    }
}

/// What can come after the name of a command that takes more.
fn arguments(model: &Model, facts: Facts, typed: &str) -> Option<Vec<Hit>> {
    let argument = ARGUMENTS.iter().find(|own| {
        typed
            .strip_prefix(own.command)
            .is_some_and(|rest| rest.starts_with(' '))
    })?;
    let word = typed[argument.command.len()..].trim();
    let hit = |word: &str, lit: Vec<u32>, score: u32| Hit {
        what: What::Argument(argument, word.to_owned()),
        name: format!("{} {word}", argument.command),
        title: argument.title,
        group: "",
        lit: Lit {
            name: lit,
            ..Lit::default()
        },
        reason: None,
        score,
    };
    let offers = (argument.offers)(model, facts);
    if offers.is_empty() {
        return Some(vec![hit(word, Vec::new(), 0)]);
    }
    let before = argument.command.chars().count() as u32 + 1;
    let mut matching = Matching::new(word);
    let mut hits: Vec<Hit> = offers
        .iter()
        .filter_map(|offer| {
            let (score, lit) = matching.look(offer, "")?;
            let lit = lit.name.iter().map(|at| at + before);
            Some(hit(offer, lit.collect(), score))
        })
        .collect();
    hits.sort_by_key(|hit| Reverse(hit.score));
    Some(hits)
}

/// What is looked for.
struct Matching {
    /// Letters of a name in their order.
    letters: Pattern,
    /// Words that stand in a name or a title.
    words: Pattern,
    matcher: Matcher,
}

impl Matching {
    fn new(typed: &str) -> Matching {
        let (case, fold) = (CaseMatching::Ignore, Normalization::Smart);
        Matching {
            letters: Pattern::parse(typed, case, fold),
            words: Pattern::new(typed, case, fold, AtomKind::Substring),
            matcher: Matcher::new(Config::DEFAULT),
        }
    }

    /// How well a name with its title fits, and which letters of both are meant. The name counts for more.
    fn look(&mut self, name: &str, title: &str) -> Option<(u32, Lit)> {
        let mut look = |pattern: &Pattern, text: &str| {
            let (mut lit, mut letters) = (Vec::new(), Vec::new());
            let text = Utf32Str::new(text, &mut letters);
            let score = pattern.indices(text, &mut self.matcher, &mut lit)?;
            lit.sort_unstable();
            lit.dedup();
            Some((score, lit))
        };
        if let Some((score, name)) = look(&self.letters, name) {
            let lit = Lit {
                name,
                ..Lit::default()
            };
            return Some((score * 2, lit));
        }
        let (score, lit) = look(&self.words, &format!("{name} {title}"))?;
        let end = name.chars().count() as u32;
        let lit = Lit {
            name: lit.iter().copied().filter(|at| *at < end).collect(),
            title: lit
                .iter()
                .filter(|at| **at > end)
                .map(|at| at - end - 1)
                .collect(),
        };
        Some((score, lit))
    }
}
