//! What a change means, in a sentence.

use super::hints::Held;
use super::{AS_BEFORE, Difference, Part};
use crate::text::{RawBuf, has_hidden};

/// What a change does to a tool, as far as its structure tells. Those that matter most come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// It was said to change nothing; now it may destroy.
    NowDestructive,
    /// It was said to change nothing; now it may change things.
    NowWrites,
    /// It was said to only add; now it may destroy.
    NowDestroys,
    /// Text that a person cannot see came.
    HiddenAdded,
    /// A parameter came, in which something stands unless somebody changes it.
    ParameterWithDefault(RawBuf),
    /// A parameter came that must be filled.
    ParameterRequired(RawBuf),
    ParameterAdded(RawBuf),
    /// A parameter that could be left out must be filled now.
    BecameRequired(RawBuf),
    DefaultChanged(RawBuf),
    ChoicesAdded(RawBuf),
    /// It was said to stay inside; now it reaches the outside world.
    NowOpenWorld,
    /// Hints changed in another way.
    HintsChanged(Vec<RawBuf>),
    TypeChanged(RawBuf),
    ParameterRemoved(RawBuf),
    /// Any other change to a parameter that counts.
    ParameterChanged(RawBuf),
    /// The text for the model has more in it, and nothing went.
    TextAdded(usize),
    TextRemoved(usize),
    TextRewritten,
    /// One word of the text.
    TextCorrected,
    TitleChanged,
    OutputChanged,
    OtherChanged(RawBuf),
    /// Only upper and lower case.
    OnlyCase,
    /// Only white space.
    OnlySpace,
    /// A hint says what holds without it, or does not say it any more.
    DefaultHint,
    /// Nothing that this program compares.
    Nothing,
}

impl Meaning {
    /// A clause without a full stop, safe to show.
    pub fn clause(&self) -> String {
        let name = |raw: &RawBuf| format!("`{}`", raw.as_raw().label(40));
        match self {
            Meaning::NowDestructive => "was read-only, now may destroy".to_owned(),
            Meaning::NowWrites => "was read-only, now may change things".to_owned(),
            Meaning::NowDestroys => "was said to only add, now may destroy".to_owned(),
            Meaning::HiddenAdded => "adds text that cannot be seen".to_owned(),
            Meaning::ParameterWithDefault(path) => {
                format!("adds a parameter {} with a default", name(path))
            }
            Meaning::ParameterRequired(path) => {
                format!("adds a parameter {} that must be filled", name(path))
            }
            Meaning::ParameterAdded(path) => format!("adds a parameter {}", name(path)),
            Meaning::BecameRequired(path) => format!("makes {} required", name(path)),
            Meaning::DefaultChanged(path) => format!("changes the default of {}", name(path)),
            Meaning::ChoicesAdded(path) => format!("adds choices to {}", name(path)),
            Meaning::NowOpenWorld => "stayed inside, now reaches the outside world".to_owned(),
            Meaning::HintsChanged(hints) => {
                let names: Vec<String> = hints.iter().take(6).map(name).collect();
                let what = if hints.len() == 1 {
                    "annotation"
                } else {
                    "annotations"
                };
                format!("changes the {what} {}", names.join(", "))
            }
            Meaning::TypeChanged(path) => format!("changes the type of {}", name(path)),
            Meaning::ParameterRemoved(path) => format!("takes the parameter {} away", name(path)),
            Meaning::ParameterChanged(path) => format!("changes the parameter {}", name(path)),
            Meaning::TextAdded(count) => format!("adds {count} characters to the description"),
            Meaning::TextRemoved(count) => {
                format!("takes {count} characters out of the description")
            }
            Meaning::TextRewritten => "rewrites the description".to_owned(),
            Meaning::TextCorrected => "changes a word of the description".to_owned(),
            Meaning::TitleChanged => "changes the title".to_owned(),
            Meaning::OutputChanged => "changes what it returns".to_owned(),
            Meaning::OtherChanged(member) => format!("changes {}", name(member)),
            Meaning::OnlyCase => "only upper and lower case".to_owned(),
            Meaning::OnlySpace => "only white space".to_owned(),
            Meaning::DefaultHint => "says a hint as it holds anyway".to_owned(),
            Meaning::Nothing => "nothing that the model reads".to_owned(),
        }
    }

    /// Whether it widens what the tool may do or asks for, or hides something.
    pub fn is_grave(&self) -> bool {
        *self <= Meaning::NowOpenWorld
    }
}

pub(super) fn of(differences: &[Difference], before: &Held, after: &Held) -> Vec<Meaning> {
    let mut out = Vec::new();
    if before.read_only && !after.read_only {
        out.push(if after.destructive {
            Meaning::NowDestructive
        } else {
            Meaning::NowWrites
        });
    }
    if !before.read_only && !before.destructive && after.destructive {
        out.push(Meaning::NowDestroys);
    }
    if !before.open_world && after.open_world {
        out.push(Meaning::NowOpenWorld);
    }
    if differences.iter().any(adds_hidden) {
        out.push(Meaning::HiddenAdded);
    }
    // Hints of which the meaning is told already.
    let told: &[(&str, bool)] = &[
        ("readOnlyHint", before.read_only && !after.read_only),
        (
            "destructiveHint",
            out.first()
                .is_some_and(|first| *first <= Meaning::NowDestroys),
        ),
        ("openWorldHint", out.contains(&Meaning::NowOpenWorld)),
    ];
    let mut hints = Vec::new();
    for difference in differences {
        let name = difference.name.clone();
        match difference.part {
            Part::Annotation if difference.aspect == AS_BEFORE => out.push(Meaning::DefaultHint),
            Part::Annotation
                if told
                    .iter()
                    .any(|(hint, told)| *told && name.as_raw() == *hint) => {}
            Part::Annotation if name.as_raw() == *"title" => out.push(Meaning::TitleChanged),
            Part::Annotation => hints.push(name),
            Part::Parameter => out.push(parameter(difference)),
            Part::Description => out.push(text(difference)),
            Part::Title | Part::Name => out.push(Meaning::TitleChanged),
            Part::Output => out.push(Meaning::OutputChanged),
            Part::Other | Part::Argument | Part::Result | Part::Value => {
                out.push(Meaning::OtherChanged(name));
            }
        }
    }
    if !hints.is_empty() {
        out.push(Meaning::HintsChanged(hints));
    }
    out.sort();
    out.dedup();
    // Beside something real, spelling is not worth a word.
    if out.iter().any(|meaning| *meaning < Meaning::OnlyCase) {
        out.retain(|meaning| *meaning < Meaning::OnlyCase);
    }
    if out.is_empty() {
        out.push(Meaning::Nothing);
    }
    out
}

fn adds_hidden(difference: &Difference) -> bool {
    let hidden =
        |text: &Option<RawBuf>| text.as_ref().is_some_and(|text| has_hidden(text.as_raw()));
    hidden(&difference.new) && !hidden(&difference.old)
}

fn parameter(difference: &Difference) -> Meaning {
    let name = difference.name.clone();
    let has = |text: &Option<RawBuf>, word: &[u8]| {
        text.as_ref().is_some_and(|text| {
            let bytes = text.as_raw().bytes();
            let first = &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())];
            memchr::memmem::find(first, word).is_some()
        })
    };
    match difference.aspect {
        "" if difference.new.is_none() => Meaning::ParameterRemoved(name),
        "" if has(&difference.new, b", default ") => Meaning::ParameterWithDefault(name),
        "" if has(&difference.new, b", required") => Meaning::ParameterRequired(name),
        "" => Meaning::ParameterAdded(name),
        "required"
            if difference
                .new
                .as_ref()
                .is_some_and(|new| new.as_raw() == *"required") =>
        {
            Meaning::BecameRequired(name)
        }
        "default" => Meaning::DefaultChanged(name),
        "choices" if difference.extent.added > 0 => Meaning::ChoicesAdded(name),
        "type" => Meaning::TypeChanged(name),
        "description" if difference.extent.only_space => Meaning::OnlySpace,
        _ => Meaning::ParameterChanged(name),
    }
}

fn text(difference: &Difference) -> Meaning {
    let extent = difference.extent;
    match (extent.added, extent.removed) {
        _ if extent.only_space => Meaning::OnlySpace,
        _ if extent.only_case => Meaning::OnlyCase,
        (added, 0) => Meaning::TextAdded(added),
        (0, removed) => Meaning::TextRemoved(removed),
        _ if extent.one_word => Meaning::TextCorrected,
        _ => Meaning::TextRewritten,
    }
}
