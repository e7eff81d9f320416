//! What of a value goes to the clipboard, and in which form.
//!
//! A copy is pasted into a shell, a chat, a report: nothing in it may be obeyed there, and nothing in it be overlooked.
//! A text of which all can be seen goes as it is. One with something hidden in it goes as a JSON string, exact and
//! harmless, in which that stands as escapes; and that is said. Secrets are masked until they are asked for.

use super::body::{Errand, Key};
use super::clipboard::{AT_MOST, Copy};
use super::json::{At, Json};
use super::path::Path;
use super::view::pretty;
use super::widget::Seen;
use crate::session::Session;
use crate::text::{Options, Raw, RawBuf, json_string, json_text, plain, reveal};
use crate::wire::json::{Kind, NodeId};
use std::sync::Arc;

/// A part of a message, or what leads to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the screens show it, with signs for what cannot be seen.
    Shown,
    /// Decoded, where it is a string.
    Value,
    Pointer,
    Jq,
    Key,
    /// All of the message, spaced.
    Message,
    /// The line as it stands in the recording.
    Line,
}

/// What is to be copied.
#[derive(Clone, Debug)]
pub struct Taking {
    pub of: Key,
    pub node: NodeId,
    pub form: Form,
    /// Secrets stay masked.
    pub masks: bool,
    /// The body, where it is read already.
    pub json: Option<Arc<Json>>,
}

/// Steps of a path that are copied.
const STEPS: usize = 4096;

/// Said where secrets stay masked.
pub const MASKED: &str = "secrets masked as shown; S spells them out";
const AS_STRING: &str = "as a JSON string, because something in it cannot be seen";
const SIGNS: &str = "with signs for what cannot be seen (Y v copies it exactly)";
const ESCAPED: &str = "what cannot be seen in it as \\u escapes";

impl Taking {
    /// What it takes to read the body without holding the session, where it is not read yet.
    pub fn errand(&self, session: &Session) -> Option<Errand> {
        match self.json {
            Some(_) => None,
            None => Errand::new(session, self.of),
        }
    }

    /// The text; `Err` says why there is none.
    pub fn take(&self, json: &Json) -> Result<Copy, String> {
        let at = match self.form {
            Form::Message | Form::Line => json.root(),
            _ => json.at(self.node),
        };
        let nothing = || "There is nothing to copy here.".to_owned();
        match (self.form, at) {
            (Form::Line, _) | (Form::Message, None) => {
                let whole = matches!(at, Some(at) if at.is_container());
                Ok(self.of_text(
                    Raw::new(json.line()).to_buf(),
                    whole,
                    "the line as recorded",
                ))
            }
            (_, None) => Err(nothing()),
            (Form::Message, Some(at)) => {
                let what = match self.of {
                    Key::Row(_) => "the message",
                    Key::Version(..) => "the definition",
                };
                Ok(self.of_text(pretty(at), true, what))
            }
            (Form::Shown, Some(at)) => Ok(self.shown(at)),
            (Form::Value, Some(at)) => {
                let text = match at.kind() {
                    Kind::String => at.text(AT_MOST),
                    _ => pretty(at),
                };
                let json = at.kind() != Kind::String;
                let mut copy = self.named(at.key(), text, json, "the value");
                if at.size() > AT_MOST {
                    copy.notes.push("the rest is too long".to_owned());
                }
                Ok(copy)
            }
            (Form::Pointer, Some(at)) => {
                let path = Path::of(at, STEPS);
                let mut copy = self.of_text(path.pointer(), false, "the JSON pointer");
                self.say_twice(at, &path, &mut copy);
                Ok(copy)
            }
            (Form::Jq, Some(at)) => {
                let path = Path::of(at, STEPS);
                let text = RawBuf::from(path.jq().as_str());
                let mut copy = self.of_text(text, false, "the jq expression");
                self.say_twice(at, &path, &mut copy);
                Ok(copy)
            }
            (Form::Key, Some(at)) => match (at.key(), at.parent()) {
                (Some(key), _) => Ok(self.of_text(key, false, "the key")),
                (None, Some(_)) => {
                    let place = RawBuf::from(at.place().to_string().as_str());
                    Ok(self.of_text(place, false, "the number of the item"))
                }
                (None, None) => Err("The outermost value has no key.".to_owned()),
            },
        }
    }

    fn shown(&self, at: At) -> Copy {
        let text = match at.kind() {
            Kind::String => at.text(AT_MOST),
            _ => pretty(at),
        };
        let key = at.key();
        let seen = match self.masks {
            true => Seen::member_masked(key.as_ref().map(RawBuf::as_raw), text.as_raw()),
            false => Seen::spelled(text.as_raw()),
        };
        let options = Options {
            limit: AT_MOST,
            ..Options::default()
        };
        let shown = reveal(seen.raw(), &options);
        let mut notes = Vec::new();
        if shown.has_chips() {
            notes.push(SIGNS.to_owned());
        }
        if seen.is_masked() {
            notes.push(MASKED.to_owned());
        }
        if at.size() > AT_MOST {
            notes.push("the rest is too long".to_owned());
        }
        Copy {
            text: shown.into_string(),
            what: "what is shown".to_owned(),
            notes,
        }
    }

    /// What leads to a value may lead others elsewhere.
    fn say_twice(&self, at: At, path: &Path, copy: &mut Copy) {
        if path.cut {
            copy.notes.push(format!("only its last {STEPS} steps"));
        }
        let twice = |at: At| {
            let (Some(key), Some(parent)) = (at.key(), at.parent()) else {
                return false;
            };
            let mut after = parent.items().skip(at.place() + 1);
            after.any(|other| other.key().as_ref() == Some(&key))
        };
        let mut steps = std::iter::successors(Some(at), |at| at.parent()).take(STEPS);
        if steps.any(twice) {
            let note = "which leads others to a later member of the same name";
            copy.notes.push(note.to_owned());
        }
    }

    fn of_text(&self, text: RawBuf, json: bool, what: &str) -> Copy {
        self.named(None, text, json, what)
    }

    /// A text, what is secret in it masked. `json` says that it is JSON already.
    fn named(&self, key: Option<RawBuf>, text: RawBuf, json: bool, what: &str) -> Copy {
        let seen = match self.masks {
            true => Seen::member_masked(key.as_ref().map(RawBuf::as_raw), text.as_raw()),
            false => Seen::spelled(text.as_raw()),
        };
        let mut notes = Vec::new();
        let text = harmless(seen.raw(), json, &mut notes);
        if seen.is_masked() {
            notes.push(MASKED.to_owned());
        }
        let what = what.to_owned();
        Copy { text, what, notes }
    }
}

/// A text as it may be pasted anywhere.
fn harmless(raw: Raw, json: bool, notes: &mut Vec<String>) -> String {
    if let Some(text) = plain(raw) {
        return text;
    }
    if json {
        notes.push(ESCAPED.to_owned());
        return json_text(raw);
    }
    notes.push(AS_STRING.to_owned());
    let mut out = String::with_capacity(raw.len() + 2);
    json_string(raw, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::RowId;

    fn take(text: &str, node: NodeId, form: Form, masks: bool) -> Copy {
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let taking = Taking {
            of: Key::Row(RowId(0)),
            node,
            form,
            masks,
            json: None,
        };
        taking.take(&json).expect("there is something")
    }

    #[test]
    fn what_can_be_seen_goes_as_it_is() {
        for (json, text) in [
            (
                r#""two\nlines\tand \"quotes\" \\ é""#,
                "two\nlines\tand \"quotes\" \\ é",
            ),
            ("\"👩\u{200d}💻 café\u{a0}!\"", "👩\u{200d}💻 café\u{a0}!"),
            ("12.50", "12.50"),
            (r#"{"a":[1]}"#, "{\n  \"a\": [\n    1\n  ]\n}"),
        ] {
            let copy = take(json, 0, Form::Value, true);
            assert_eq!((copy.text.as_str(), copy.notes.len()), (text, 0), "{json}");
        }
    }

    #[test]
    fn what_cannot_be_seen_or_would_be_obeyed_is_spelled() {
        for (json, text) in [
            (r#""a\u200bb""#, r#""a\u200bb""#),
            (r#""ls\u001b[2K\u0008""#, r#""ls\u001b[2K\u0008""#),
            (r#""\u202etxt.exe""#, r#""\u202etxt.exe""#),
            (r#""\ud83d""#, r#""\ud83d""#),
        ] {
            let copy = take(json, 0, Form::Value, true);
            assert_eq!(copy.text, text);
            assert_eq!(copy.notes, [AS_STRING]);
        }
        let copy = take("{\"k\":\"a\u{200b}\"}", 0, Form::Line, true);
        assert_eq!(copy.text, r#"{"k":"a\u200b"}"#);
        assert_eq!(copy.notes, [ESCAPED]);
        let copy = take("{\"a\u{200b}/b\":1}", 1, Form::Pointer, true);
        assert_eq!(copy.text, r#""/a\u200b~1b""#);
        let copy = take("{\"a\u{200b}\":1}", 1, Form::Key, true);
        assert_eq!(copy.text, r#""a\u200b""#);
    }

    #[test]
    fn a_secret_goes_masked_until_it_is_asked_for() {
        let text = r#"{"api_key":"Zt7Lw2RbN8YcD4kQ9vXw7Rz2L"}"#;
        for form in [Form::Value, Form::Message, Form::Line] {
            let copy = take(text, 1, form, true);
            assert!(!copy.text.contains("YcD4"), "{copy:?}");
            assert!(copy.notes.contains(&MASKED.to_owned()), "{copy:?}");
            let copy = take(text, 1, form, false);
            assert!(
                copy.text.contains("YcD4") && copy.notes.is_empty(),
                "{copy:?}"
            );
        }
    }

    #[test]
    fn a_path_says_where_it_leads_others() {
        let text = r#"{"a":{"b":1},"a":{"b":2}}"#;
        let first = take(text, 2, Form::Jq, true);
        assert_eq!(first.text, ".a.b");
        assert_eq!(first.notes.len(), 1, "{first:?}");
        assert!(take(text, 4, Form::Jq, true).notes.is_empty());
        assert_eq!(take("[0,5]", 2, Form::Key, true).text, "1");
    }
}
