//! What a difference does to a schema, in sentences: a type is widened, a choice is gone, a default is another.

use super::hints::HINTS;
use super::{Comparison, Difference, Part};
use crate::session::schema::{Parameter, Parameters};
use crate::text::{Raw, RawBuf};

/// A sentence without its subject, which is what the difference is about; in words of our own and of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub words: Vec<Word>,
    pub reach: Reach,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Our own.
    Say(&'static str),
    /// Our own, in brackets.
    Aside(&'static str),
    /// A name that the server gave: a path, a member.
    Name(RawBuf),
    /// What stood there before.
    Old(RawBuf),
    /// What stands there now.
    New(RawBuf),
}

/// Whether more passes than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It takes more, or asks for less.
    Wider,
    /// It takes less, or asks for more.
    Narrower,
    /// Neither, or it cannot be told.
    Other,
}

impl Reach {
    /// What stands behind the sentence; empty where there is nothing to say.
    pub fn name(self) -> &'static str {
        match self {
            Reach::Wider => "takes more",
            Reach::Narrower => "takes less",
            Reach::Other => "",
        }
    }

    fn of(wider: bool, narrower: bool) -> Reach {
        match (wider, narrower) {
            (true, false) => Reach::Wider,
            (false, true) => Reach::Narrower,
            _ => Reach::Other,
        }
    }
}

/// Choices, and fields of what is returned, that are told one by one.
const TOLD: usize = 12;

impl Comparison {
    /// What a difference says; none where the texts say it themselves.
    pub fn sentences(&self, difference: &Difference) -> Vec<Sentence> {
        match difference.part {
            Part::Parameter => self.of_parameter(difference),
            Part::Annotation => vec![hint(difference)],
            Part::Output => fields(&self.gave, &self.gives),
            Part::Name => vec![exchanged("is called", difference)],
            Part::Title if difference.old.is_none() => vec![say(&[Word::Say("has a title now")])],
            Part::Title if difference.new.is_none() => {
                vec![say(&[Word::Say("has no title any more")])]
            }
            Part::Other if difference.old.is_none() => vec![say(&[Word::Say("is new")])],
            Part::Other if difference.new.is_none() => vec![say(&[Word::Say("is gone")])],
            Part::Argument | Part::Result | Part::Value if difference.old.is_none() => {
                vec![say(&[Word::Say("is only there in the second")])]
            }
            Part::Argument | Part::Result | Part::Value if difference.new.is_none() => {
                vec![say(&[Word::Say("is only there in the first")])]
            }
            _ => Vec::new(),
        }
    }

    fn of_parameter(&self, difference: &Difference) -> Vec<Sentence> {
        let (old, new) = (
            self.before.get(&difference.name),
            self.after.get(&difference.name),
        );
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => return vec![appeared(new)],
            (Some(_), None) => {
                return vec![say(&[Word::Say("is not asked for any more")])];
            }
            (None, None) => return Vec::new(),
        };
        match difference.aspect {
            "type" => vec![kind(&old.kind, &new.kind)],
            "required" if new.required => vec![narrower(&[Word::Say("must be filled now")])],
            "required" => vec![wider(&[Word::Say("may be left out now")])],
            "default" => vec![default(old, new)],
            "choices" => choices(&old.choices, &new.choices),
            "limits" => limits(old, new),
            _ => Vec::new(),
        }
    }
}

fn say(words: &[Word]) -> Sentence {
    Sentence {
        words: words.to_vec(),
        reach: Reach::Other,
    }
}

fn wider(words: &[Word]) -> Sentence {
    Sentence {
        reach: Reach::Wider,
        ..say(words)
    }
}

fn narrower(words: &[Word]) -> Sentence {
    Sentence {
        reach: Reach::Narrower,
        ..say(words)
    }
}

fn exchanged(verb: &'static str, difference: &Difference) -> Sentence {
    let mut words = vec![Word::Say(verb)];
    match (&difference.old, &difference.new) {
        (Some(old), Some(new)) => words.extend([
            Word::New(new.clone()),
            Word::Say("now, was"),
            Word::Old(old.clone()),
        ]),
        (None, Some(new)) => words.extend([Word::New(new.clone()), Word::Say("now")]),
        (Some(old), None) => words.extend([Word::Old(old.clone()), Word::Say("no longer")]),
        (None, None) => {}
    }
    say(&words)
}

/// A parameter that came.
fn appeared(new: &Parameter) -> Sentence {
    let mut words = vec![
        Word::Say("is new:"),
        Word::New(new.kind.clone()),
        Word::Say(match new.required {
            true => "that must be filled",
            false => "that may be left out",
        }),
    ];
    if let Some(default) = &new.default {
        words.extend([Word::Say("and is then"), Word::New(default.clone())]);
    }
    match new.required {
        true => narrower(&words),
        false => wider(&words),
    }
}

/// `string or null` against `string`.
fn kind(old: &RawBuf, new: &RawBuf) -> Sentence {
    let parts = |kind: &RawBuf| -> Vec<Vec<u8>> {
        let text = kind.as_raw();
        let mut out: Vec<Vec<u8>> = Vec::new();
        let mut at = 0;
        for or in memchr::memmem::find_iter(text.bytes(), b" or ") {
            out.push(text.bytes()[at..or].to_vec());
            at = or + 4;
        }
        out.push(text.bytes()[at..].to_vec());
        out
    };
    let (before, after) = (parts(old), parts(new));
    let takes = |all: &[Vec<u8>], one: &Vec<u8>| {
        all.iter().any(|own| {
            own == one
                || own == b"any"
                || own == b"number" && one == b"integer"
                || own == b"array" && one.starts_with(b"array of ")
                || own == b"array of any" && one.starts_with(b"array")
                || own == b"array of number" && one == b"array of integer"
        })
    };
    let all_of = |mine: &[Vec<u8>], theirs: &[Vec<u8>]| mine.iter().all(|one| takes(theirs, one));
    let (kept, fits) = (all_of(&before, &after), all_of(&after, &before));
    Sentence {
        words: vec![
            Word::Say("takes"),
            Word::New(new.clone()),
            Word::Say("now, took"),
            Word::Old(old.clone()),
        ],
        reach: Reach::of(kept && !fits, fits && !kept),
    }
}

fn default(old: &Parameter, new: &Parameter) -> Sentence {
    let words = match (&old.default, &new.default) {
        (Some(old), Some(new)) => vec![
            Word::Say("is"),
            Word::New(new.clone()),
            Word::Say("when it is left out, was"),
            Word::Old(old.clone()),
        ],
        (None, Some(new)) => vec![
            Word::Say("is"),
            Word::New(new.clone()),
            Word::Say("when it is left out; it had no default"),
        ],
        (Some(old), None) => vec![
            Word::Say("has no default any more, had"),
            Word::Old(old.clone()),
        ],
        (None, None) => Vec::new(),
    };
    say(&words)
}

/// Choices that came and went.
fn choices(old: &[RawBuf], new: &[RawBuf]) -> Vec<Sentence> {
    let listed = |word: fn(RawBuf) -> Word, choices: &[&RawBuf]| {
        let mut words = Vec::new();
        for (n, choice) in choices.iter().take(TOLD).enumerate() {
            if n > 0 {
                words.push(Word::Say("or"));
            }
            words.push(word((*choice).clone()));
        }
        if choices.len() > TOLD {
            words.push(Word::Say("and others"));
        }
        words
    };
    if old.is_empty() || new.is_empty() {
        let (given, free) = (if old.is_empty() { new } else { old }, new.is_empty());
        let given: Vec<&RawBuf> = given.iter().collect();
        let mut words = vec![Word::Say(match free {
            true => "takes any value now, took only",
            false => "takes only",
        })];
        words.extend(listed(if free { Word::Old } else { Word::New }, &given));
        return vec![match free {
            true => wider(&words),
            false => narrower(&words),
        }];
    }
    let came: Vec<&RawBuf> = new.iter().filter(|choice| !old.contains(choice)).collect();
    let went: Vec<&RawBuf> = old.iter().filter(|choice| !new.contains(choice)).collect();
    let mut out = Vec::new();
    if !came.is_empty() {
        let mut words = vec![Word::Say("takes")];
        words.extend(listed(Word::New, &came));
        words.push(Word::Say("too"));
        out.push(wider(&words));
    }
    if !went.is_empty() {
        let mut words = vec![Word::Say("does not take")];
        words.extend(listed(Word::Old, &went));
        words.push(Word::Say("any more"));
        out.push(narrower(&words));
    }
    if out.is_empty() {
        out.push(say(&[Word::Say("takes the same values, in another order")]));
    }
    out
}

/// Keywords of which a larger number lets more pass, and those of which a smaller one does.
const CEILINGS: [&str; 5] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
];
const FLOORS: [&str; 5] = [
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
];

/// Every other keyword, one by one.
fn limits(old: &Parameter, new: &Parameter) -> Vec<Sentence> {
    let of = |parameter: &Parameter, key: &RawBuf| {
        let found = parameter.limits.iter().find(|(own, _)| own == key);
        found.map(|(_, value)| value.clone())
    };
    let mut keys: Vec<RawBuf> = new.limits.iter().map(|(key, _)| key.clone()).collect();
    let gone = old.limits.iter().map(|(key, _)| key.clone());
    keys.extend(gone.filter(|key| of(new, key).is_none()));
    let differs = |key: &RawBuf| (of(old, key), of(new, key));
    keys.iter()
        .map(|key| (key, differs(key)))
        .filter(|(_, (before, after))| before != after)
        .map(|(key, (before, after))| limit(key, before, after))
        .collect()
}

fn limit(key: &RawBuf, before: Option<RawBuf>, after: Option<RawBuf>) -> Sentence {
    let number = |raw: &RawBuf| {
        std::str::from_utf8(raw.as_raw().bytes())
            .ok()
            .and_then(|text| text.parse::<f64>().ok())
    };
    let is = |names: &[&str]| names.iter().any(|name| key.as_raw() == **name);
    let bound = is(&CEILINGS) || is(&FLOORS) || is(&["pattern", "format", "multipleOf"]);
    let name = Word::Name(key.clone());
    let (words, reach) = match (before, after) {
        (Some(old), Some(new)) => {
            let more = number(&old)
                .zip(number(&new))
                .map(|(old, new)| (new > old, new < old));
            let reach = match more {
                Some((up, down)) if is(&CEILINGS) => Reach::of(up, down),
                Some((up, down)) if is(&FLOORS) => Reach::of(down, up),
                _ => Reach::Other,
            };
            let words = vec![
                Word::Say("has"),
                name,
                Word::New(new),
                Word::Say("now, had"),
                Word::Old(old),
            ];
            (words, reach)
        }
        (None, Some(new)) => {
            let words = vec![
                Word::Say("has"),
                name,
                Word::New(new),
                Word::Say("now, had none"),
            ];
            (words, Reach::of(false, bound))
        }
        (Some(old), None) => {
            let words = vec![
                Word::Say("has no"),
                name,
                Word::Say("any more, had"),
                Word::Old(old),
            ];
            (words, Reach::of(bound, false))
        }
        (None, None) => (Vec::new(), Reach::Other),
    };
    Sentence { words, reach }
}

/// An annotation: what it says now, and what that means.
fn hint(difference: &Difference) -> Sentence {
    let known = HINTS
        .iter()
        .find(|hint| difference.name.as_raw() == *hint.name);
    let claim = |text: &Option<RawBuf>, word: fn(RawBuf) -> Word| {
        let mut words = vec![match text {
            Some(text) => word(text.clone()),
            None => Word::Say("not given"),
        }];
        let held = |hint: &super::Hint| match text.as_ref().map(RawBuf::as_raw) {
            Some(text) if text == "true" => Some(true),
            Some(text) if text == "false" => Some(false),
            Some(_) => None,
            None => Some(hint.default),
        };
        if let Some((hint, held)) = known.and_then(|hint| Some((hint, held(hint)?))) {
            words.push(Word::Aside(hint.says[usize::from(!held)]));
        }
        words
    };
    let mut words = vec![Word::Say("is")];
    words.extend(claim(&difference.new, Word::New));
    words.push(Word::Say("now, was"));
    words.extend(claim(&difference.old, Word::Old));
    say(&words)
}

/// What is returned, field by field.
fn fields(old: &Parameters, new: &Parameters) -> Vec<Sentence> {
    let mut out = Vec::new();
    for field in &new.list {
        let name = Word::Name(field.path.clone());
        match old.get(&field.path) {
            None => out.push(say(&[
                Word::Say("holds"),
                name,
                Word::Say("now:"),
                Word::New(field.kind.clone()),
            ])),
            Some(before) if before.kind != field.kind => out.push(say(&[
                Word::Say("holds"),
                name,
                Word::Say("as"),
                Word::New(field.kind.clone()),
                Word::Say("now, was"),
                Word::Old(before.kind.clone()),
            ])),
            Some(before) if before.required != field.required => out.push(say(&[
                Word::Say(match field.required {
                    true => "always holds",
                    false => "may come without",
                }),
                name,
                Word::Say("now"),
            ])),
            Some(_) => {}
        }
    }
    for field in old
        .list
        .iter()
        .filter(|field| new.get(&field.path).is_none())
    {
        out.push(say(&[
            Word::Say("does not hold"),
            Word::Name(field.path.clone()),
            Word::Say("any more"),
        ]));
    }
    out.truncate(4 * TOLD);
    out
}

impl Sentence {
    /// The sentence as text; `show` makes the server's words safe to show.
    pub fn text(&self, show: impl Fn(Raw) -> String) -> String {
        let mut out = String::new();
        for word in &self.words {
            if !out.is_empty() {
                out.push(' ');
            }
            match word {
                Word::Say(text) => out.push_str(text),
                Word::Aside(text) => {
                    out.push('(');
                    out.push_str(text);
                    out.push(')');
                }
                Word::Name(raw) | Word::Old(raw) | Word::New(raw) => {
                    out.push('`');
                    out.push_str(&show(raw.as_raw()));
                    out.push('`');
                }
            }
        }
        if self.reach != Reach::Other {
            out.push_str(" (");
            out.push_str(self.reach.name());
            out.push(')');
        }
        out
    }
}
