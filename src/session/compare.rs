//! Two versions of a definition, member by member: what differs, and what that means.
//!
//! The comparison is of the structure, so the order of keys and white space between them do not count. Nothing here
//! judges: whether new words are an attack is for the analysis to say.

mod hints;
mod meaning;
mod same;
mod sentence;
pub mod text;
mod value;
mod words;

use super::schema::{Parameter, Parameters, plain};
use crate::text::{Raw, RawBuf};
use crate::wire::json::{Kind, Value};
use same::same;

pub use hints::{HINTS, Hint, claimed};
pub use meaning::Meaning;
pub use sentence::{Reach, Sentence, Word};
use text::Until;
use words::Budget;
pub use words::Extent;

/// Which part of a definition differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Title,
    Description,
    Parameter,
    Annotation,
    Output,
    /// Any other member: `icons`, `_meta`, `execution`, …
    Other,
    /// A value in the arguments of a call, in its result, or in another message, by its path.
    Argument,
    Result,
    Value,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub part: Part,
    /// What in that part, as the server wrote it: a parameter's path, a hint, a member. Empty for the part itself.
    pub name: RawBuf,
    /// Which property of it, in words of our own: `description`, `default`, `required`. Empty for all of it.
    pub aspect: &'static str,
    pub old: Option<RawBuf>,
    pub new: Option<RawBuf>,
    /// How many characters came and went.
    pub extent: Extent,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of [`Part`], inside of it in the order of the new version.
    pub differences: Vec<Difference>,
    /// What they mean, what matters most first.
    pub meanings: Vec<Meaning>,
    /// The parameters of the old version and of the new one.
    pub before: Parameters,
    pub after: Parameters,
    /// What the old version and the new one say that they return.
    pub gave: Parameters,
    pub gives: Parameters,
    /// There is more than was compared.
    pub cut: bool,
    /// The time was over before it was known how much differs.
    pub cut_short: bool,
}

/// Parameters of one definition that are compared.
const PARAMETERS: usize = 500;
/// Bytes of one text that are compared.
const TEXT: usize = 128 * 1024;

/// The aspect of a hint that says now, or no longer says, what holds without it.
pub const AS_BEFORE: &str = "as before";

/// A comparison being made.
#[derive(Default)]
struct Work {
    out: Comparison,
    budget: Budget,
    /// From then on nothing is compared word by word any more.
    until: Option<Until>,
}

impl Comparison {
    /// Compares two versions, each the root of a definition's JSON (an object, or a string for instructions).
    pub fn of(old: Value<'_>, new: Value<'_>) -> Comparison {
        Work::default().definitions(old, new)
    }

    /// The same for a person who waits. Nothing that has to come out the same every time may be made of it.
    pub fn until(old: Value<'_>, new: Value<'_>, until: Until) -> Comparison {
        Work::of(until).definitions(old, new)
    }

    /// Compares two texts that are no JSON.
    pub fn of_texts(old: Raw, new: Raw, until: Until) -> Comparison {
        let mut work = Work::of(until);
        if old != new {
            let (old, new) = (old.to_buf(), new.to_buf());
            work.push(Part::Value, RawBuf::default(), "", Some(old), Some(new));
        }
        work.out
    }

    /// Whether nothing differs but white space, the case of letters, and hints that say what holds anyway.
    pub fn is_cosmetic(&self) -> bool {
        !self.cut
            && self
                .meanings
                .iter()
                .all(|meaning| *meaning >= Meaning::OnlyCase)
    }
}

impl Work {
    fn of(until: Until) -> Work {
        Work {
            until: Some(until),
            ..Work::default()
        }
    }

    fn definitions(self, old: Value<'_>, new: Value<'_>) -> Comparison {
        let mut work = self;
        if !old.is_object() || !new.is_object() {
            work.text(Part::Description, old, new);
        } else {
            work.members(old, new);
        }
        let mut out = work.out;
        out.differences.sort_by_key(|difference| difference.part);
        out.meanings = meaning::of(&out.differences, &hints::of(old), &hints::of(new));
        out
    }

    fn text(&mut self, part: Part, old: Value<'_>, new: Value<'_>) {
        if !same(old, new) {
            self.push(
                part,
                RawBuf::default(),
                "",
                Some(plain(old)),
                Some(plain(new)),
            );
        }
    }

    fn push(
        &mut self,
        part: Part,
        name: RawBuf,
        aspect: &'static str,
        old: Option<RawBuf>,
        new: Option<RawBuf>,
    ) {
        let cut = |text: Option<RawBuf>| text.map(|text| text.as_raw().slice(0..TEXT).to_buf());
        let long =
            |text: &Option<RawBuf>| text.as_ref().is_some_and(|text| text.as_raw().len() > TEXT);
        self.out.cut |= long(&old) || long(&new);
        let (old, new) = (cut(old), cut(new));
        if self.until.is_some_and(Until::is_over) {
            self.budget = Budget::spent();
            self.out.cut_short = true;
        }
        let extent = Extent::between(old.as_ref(), new.as_ref(), &mut self.budget);
        self.out.differences.push(Difference {
            part,
            name,
            aspect,
            old,
            new,
            extent,
        });
    }

    fn members(&mut self, old: Value<'_>, new: Value<'_>) {
        self.parameters(old, new);
        self.out.cut |= old.items().chain(new.items()).nth(2 * PARAMETERS).is_some();
        for key in keys(old, new) {
            let Ok(name) = std::str::from_utf8(key.as_raw().bytes()) else {
                continue;
            };
            let (before, after) = (old.get(name), new.get(name));
            if before
                .zip(after)
                .is_some_and(|(before, after)| same(before, after))
            {
                continue;
            }
            match name {
                "inputSchema" | "arguments" => self.rest_of_schema(before, after),
                "annotations" => self.annotations(before, after),
                "outputSchema" => self.output(before, after),
                _ => {
                    let part = match name {
                        "name" | "uri" | "uriTemplate" => Part::Name,
                        "title" => Part::Title,
                        "description" => Part::Description,
                        _ => Part::Other,
                    };
                    let label = if part == Part::Other || name.starts_with("uri") {
                        key
                    } else {
                        RawBuf::default()
                    };
                    self.push(part, label, "", before.map(whole), after.map(whole));
                }
            }
        }
    }

    fn parameters(&mut self, old: Value<'_>, new: Value<'_>) {
        let before = Parameters::of_definition(old, PARAMETERS);
        let after = Parameters::of_definition(new, PARAMETERS);
        self.out.before = before.clone();
        self.out.after = after.clone();
        self.out.cut |= before.cut || after.cut;
        for parameter in &after.list {
            match before.get(&parameter.path) {
                Some(earlier) => self.parameter(earlier, parameter),
                None => self.push(
                    Part::Parameter,
                    parameter.path.clone(),
                    "",
                    None,
                    Some(told(parameter)),
                ),
            }
        }
        for parameter in before
            .list
            .iter()
            .filter(|parameter| after.get(&parameter.path).is_none())
        {
            self.push(
                Part::Parameter,
                parameter.path.clone(),
                "",
                Some(told(parameter)),
                None,
            );
        }
    }

    fn parameter(&mut self, old: &Parameter, new: &Parameter) {
        let mut aspect =
            |aspect: &'static str, old: Option<RawBuf>, new: Option<RawBuf>, path: &RawBuf| {
                if old != new {
                    self.push(Part::Parameter, path.clone(), aspect, old, new);
                }
            };
        let required = |parameter: &Parameter| {
            Some(RawBuf::from(if parameter.required {
                "required"
            } else {
                "optional"
            }))
        };
        aspect(
            "type",
            Some(old.kind.clone()),
            Some(new.kind.clone()),
            &new.path,
        );
        aspect("required", required(old), required(new), &new.path);
        aspect(
            "default",
            old.default.clone(),
            new.default.clone(),
            &new.path,
        );
        aspect(
            "choices",
            lines(&old.choices),
            lines(&new.choices),
            &new.path,
        );
        aspect(
            "description",
            old.description.clone(),
            new.description.clone(),
            &new.path,
        );
        let limits = |parameter: &Parameter| {
            let mut limits = parameter.limits.clone();
            limits.sort();
            let limits: Vec<RawBuf> = limits.iter().map(|(key, value)| pair(key, value)).collect();
            lines(&limits)
        };
        aspect("limits", limits(old), limits(new), &new.path);
    }

    /// What differs in the schema beside its parameters.
    fn rest_of_schema(&mut self, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        if !old.is_object() || !new.is_object() {
            return;
        }
        for key in keys(old, new) {
            let Ok(name) = std::str::from_utf8(key.as_raw().bytes()) else {
                continue;
            };
            if ["properties", "required", "$defs", "definitions", "allOf"].contains(&name) {
                continue;
            }
            let (before, after) = (old.get(name), new.get(name));
            if !before
                .zip(after)
                .is_some_and(|(before, after)| same(before, after))
            {
                self.push(
                    Part::Other,
                    pair_of("inputSchema ", &key),
                    "",
                    before.map(whole),
                    after.map(whole),
                );
            }
        }
    }

    fn annotations(&mut self, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let mut names: Vec<RawBuf> = Vec::new();
        for item in [old, new].into_iter().flatten().flat_map(Value::items) {
            if let Some(key) = item
                .key()
                .map(|key| key.into_buf())
                .filter(|key| !names.contains(key))
            {
                names.push(key);
            }
        }
        for key in names.into_iter().take(PARAMETERS) {
            let Ok(name) = std::str::from_utf8(key.as_raw().bytes()) else {
                continue;
            };
            let (before, after) = (
                old.and_then(|at| at.get(name)),
                new.and_then(|at| at.get(name)),
            );
            if !before
                .zip(after)
                .is_some_and(|(before, after)| same(before, after))
            {
                // A hint that is not given has a value all the same.
                let held = |value: Option<Value<'_>>| {
                    value.map_or_else(|| hints::default(name), Value::as_bool)
                };
                let held = held(before).zip(held(after));
                let aspect = match held.is_some_and(|(before, after)| before == after) {
                    true => AS_BEFORE,
                    false => "",
                };
                self.push(
                    Part::Annotation,
                    key,
                    aspect,
                    before.map(whole),
                    after.map(whole),
                );
            }
        }
    }

    fn output(&mut self, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let table = |schema: Option<Value<'_>>| {
            schema
                .map(|schema| Parameters::of_schema(schema, schema, PARAMETERS))
                .unwrap_or_default()
        };
        let fields = |table: &Parameters| {
            let rows: Vec<RawBuf> = table
                .list
                .iter()
                .map(|field| pair(&field.path, &field.kind))
                .collect();
            lines(&rows)
        };
        (self.out.gave, self.out.gives) = (table(old), table(new));
        let (mut before, mut after) = (fields(&self.out.gave), fields(&self.out.gives));
        if before == after {
            (before, after) = (old.map(whole), new.map(whole));
        }
        self.push(Part::Output, RawBuf::default(), "", before, after);
    }
}

/// The keys of two objects, the new one's first, each once.
fn keys(old: Value<'_>, new: Value<'_>) -> Vec<RawBuf> {
    let mut keys: Vec<RawBuf> = Vec::new();
    for item in new.items().chain(old.items()).take(2 * PARAMETERS) {
        if let Some(key) = item
            .key()
            .map(|key| key.into_buf())
            .filter(|key| !keys.contains(key))
        {
            keys.push(key);
        }
    }
    keys
}

/// A string decoded, anything else as JSON, all of it.
fn whole(value: Value<'_>) -> RawBuf {
    match value.kind() {
        Kind::String => plain(value),
        _ => value.raw().slice(0..TEXT + 1).to_buf(),
    }
}

fn lines(texts: &[RawBuf]) -> Option<RawBuf> {
    let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_raw().bytes()).collect();
    (!texts.is_empty()).then(|| texts.join(&b'\n').into())
}

fn pair(key: &RawBuf, value: &RawBuf) -> RawBuf {
    [key.as_raw().bytes(), b": ", value.as_raw().bytes()]
        .concat()
        .into()
}

fn pair_of(word: &str, key: &RawBuf) -> RawBuf {
    [word.as_bytes(), key.as_raw().bytes()].concat().into()
}

/// A whole parameter in words, for one that appeared or went.
fn told(parameter: &Parameter) -> RawBuf {
    let mut out = parameter.kind.as_raw().bytes().to_vec();
    out.extend_from_slice(if parameter.required {
        b", required"
    } else {
        b", optional"
    });
    if let Some(default) = &parameter.default {
        out.extend_from_slice(b", default ");
        out.extend_from_slice(default.as_raw().bytes());
    }
    for (key, value) in &parameter.limits {
        out.extend_from_slice(b", ");
        out.extend_from_slice(key.as_raw().bytes());
        out.push(b' ');
        out.extend_from_slice(value.as_raw().bytes());
    }
    for (n, choice) in parameter.choices.iter().enumerate() {
        out.extend_from_slice(if n == 0 { b", one of " } else { b" | " });
        out.extend_from_slice(choice.as_raw().bytes());
    }
    if let Some(description) = &parameter.description {
        out.push(b'\n');
        out.extend_from_slice(description.as_raw().bytes());
    }
    out.into()
}

#[cfg(test)]
mod tests;
