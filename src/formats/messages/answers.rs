//! What comes back to the calls of a conversation.

use super::blocks::{Kind, blocks, kind};
use super::turns::{Textual, Turns};
use super::xml;
use crate::formats::calls::Answer;
use crate::formats::pieces;
use crate::formats::told::{Entry, Out};
use crate::wire::json::Value;

impl Turns {
    /// An answer that names its call.
    pub(super) fn answer(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        content: Option<Value<'_>>,
        failed: bool,
        out: &mut Out<'_>,
    ) {
        let uri = match self.textual.iter().position(|call| call.id == id) {
            Some(n) => self.textual.remove(n).uri,
            None => None,
        };
        // The first words may be the client's, and name the server.
        let first = blocks(content).next().map(kind);
        let (server, text) = match (&first, content.and_then(Value::text)) {
            (Some(Kind::Text(text)), whole) => match xml::result(text) {
                Some((server, rest)) => (server.map(<[u8]>::to_vec), whole.map(|_| rest.to_vec())),
                None => (None, whole.map(|_| text.clone())),
            },
            _ => (None, None),
        };
        self.unhold(id, server.as_deref(), at, out);
        match (text, content) {
            (Some(text), _) => self.told(at, id, uri.as_deref(), &text, failed, out),
            (None, Some(blocks)) if blocks.is_array() => {
                let answer = Answer::Content {
                    blocks: blocks.raw().bytes(),
                    failed,
                    structured: None,
                    meta: None,
                };
                self.give(at, id, &answer, out);
            }
            (None, Some(other)) if other.is_object() => {
                let block = pieces::array(&[other.raw().bytes().to_vec()]);
                let answer = Answer::Content {
                    blocks: &block,
                    failed,
                    structured: None,
                    meta: None,
                };
                self.give(at, id, &answer, out);
            }
            (None, _) => {
                let text = b"";
                self.give(at, id, &Answer::Text { text, failed }, out);
            }
        }
    }

    /// The end of a result that comes as text.
    pub(super) fn close(
        &mut self,
        at: &Entry<'_>,
        result: Option<(Vec<u8>, Vec<Vec<u8>>)>,
        out: &mut Out<'_>,
    ) {
        let Some((server, texts)) = result else {
            return;
        };
        let fits = |call: &Textual| call.server.as_ref().is_none_or(|of| *of == server);
        let Some(n) = self.textual.iter().position(fits) else {
            return out.skip();
        };
        let call = self.textual.remove(n);
        self.unhold(&call.id, Some(&server), at, out);
        let text = texts.join(&b"\n"[..]);
        self.told(at, &call.id, call.uri.as_deref(), &text, false, out);
    }

    /// An answer in text, in which the client's own words say how it went.
    fn told(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        uri: Option<&[u8]>,
        text: &[u8],
        failed: bool,
        out: &mut Out<'_>,
    ) {
        const REFUSED: [&[u8]; 2] = [
            b"The user denied this operation",
            b"The tool execution failed",
        ];
        let result;
        let answer = if REFUSED.iter().any(|begin| text.starts_with(begin)) {
            Answer::Error(text)
        } else if let (Some(uri), false) = (uri, failed) {
            result = contents(uri, text);
            Answer::Result(&result)
        } else {
            let failed = failed || text.starts_with(b"Error:\n");
            Answer::Text { text, failed }
        };
        self.give(at, id, &answer, out);
    }

    fn give(&mut self, at: &Entry<'_>, id: &[u8], answer: &Answer<'_>, out: &mut Out<'_>) {
        let once = self.once(b"answer", id);
        let at = Entry { once: &once, ..*at };
        self.calls.answer(&at, id, answer, out);
    }
}

/// The result of a resource that was read.
pub(in crate::formats) fn contents(uri: &[u8], text: &[u8]) -> Vec<u8> {
    [
        &b"{\"contents\":[{\"uri\":"[..],
        &pieces::string(uri),
        b",\"text\":",
        &pieces::string(text),
        b"}]}",
    ]
    .concat()
}
