//! The log of changes: a state, and then values that are set, items that are appended, members that are taken away.

use super::chat::Chat;
use crate::formats::Known;
use crate::formats::told::{Entry, Line, Log, Out};
use crate::wire::json::{Doc, Value};

pub(super) struct Changes {
    chat: Chat,
}

impl Changes {
    pub(super) fn new(known: &Known) -> Changes {
        Changes {
            chat: Chat::new(known),
        }
    }

    fn change(&mut self, at: &Entry<'_>, change: Value<'_>, out: &mut Out<'_>) -> Option<()> {
        let kind = change.get("kind")?.as_i64()?;
        let value = change.get("v");
        if kind == 0 {
            self.chat.replace(at, value?.get("requests"), out);
            return Some(());
        }
        let path: Vec<Value<'_>> = change.get("k")?.items().collect();
        let index = |n: usize| usize::try_from(path.get(n)?.as_i64()?).ok();
        let is = |n: usize, name: &str| {
            let key = path.get(n).and_then(|key| key.text());
            key.is_some_and(|key| key.as_raw() == name)
        };
        if !is(0, "requests") {
            return None;
        }
        let from = change
            .get("i")
            .and_then(Value::as_i64)
            .and_then(|i| usize::try_from(i).ok());
        let Some(request) = index(1) else {
            // All requests.
            match kind {
                1 => self.chat.replace(at, value, out),
                2 => match value {
                    Some(items) => self.chat.extend(at, from, items, out),
                    None => return None,
                },
                _ => return None,
            }
            return Some(());
        };
        if path.len() == 2 && kind == 1 {
            self.chat.set(request, at, value?, out);
        } else if is(2, "response") {
            match (kind, index(3)) {
                (1, None) => self.chat.respond(request, at, Some(0), value?, out),
                (2, None) => {
                    let items = value?;
                    self.chat.respond(request, at, from, items, out);
                }
                (1, Some(part)) => {
                    let value = value?.raw().bytes();
                    self.chat
                        .change((request, part), at, &path[4..], Some(value), out);
                }
                _ => return None,
            }
        } else if is(2, "result") && kind == 1 && value?.is_object() {
            self.chat.finish(request, out);
        } else if is(2, "message") && kind == 1 && path.len() == 3 {
            self.chat.ask(request, at, value, out);
        } else {
            return None;
        }
        Some(())
    }
}

impl Log for Changes {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let at = Entry::at(line.origin);
        let change = doc.root().filter(|_| doc.is_whole());
        if change
            .and_then(|change| self.change(&at, change, out))
            .is_none()
        {
            out.skip();
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        self.chat.rest(out);
    }
}
