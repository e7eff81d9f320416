//! The content blocks of a message.

use crate::wire::json::{Kind, Value};

/// A content block: its members as they are spelled, empty where it has none of the name.
#[derive(Clone, Copy, Default, Debug)]
pub struct Block<'l> {
    pub kind: &'l [u8],
    pub id: &'l [u8],
    pub name: &'l [u8],
    pub server: &'l [u8],
    pub input: &'l [u8],
    pub tool_use_id: &'l [u8],
    pub content: &'l [u8],
    pub is_error: &'l [u8],
    pub text: &'l [u8],
}

/// A call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'l> {
    pub id: &'l [u8],
    pub name: &'l [u8],
    /// The server, where the block says it; empty where not.
    pub server: &'l [u8],
    pub input: &'l [u8],
}

/// What came back of a call.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'l> {
    pub id: &'l [u8],
    pub content: &'l [u8],
    pub failed: bool,
}

/// What a block says, as JSON is spelled.
#[derive(Clone, Copy, Debug)]
pub enum Said<'l> {
    Call(Call<'l>),
    Answer(Answer<'l>),
    Text(&'l [u8]),
}

impl<'l> Block<'l> {
    /// The place of a member.
    pub fn member(&mut self, key: &[u8]) -> Option<&mut &'l [u8]> {
        Some(match key {
            b"type" => &mut self.kind,
            b"id" => &mut self.id,
            b"name" => &mut self.name,
            b"server_name" => &mut self.server,
            b"input" => &mut self.input,
            b"tool_use_id" => &mut self.tool_use_id,
            b"content" => &mut self.content,
            b"is_error" => &mut self.is_error,
            b"text" => &mut self.text,
            _ => return None,
        })
    }

    /// A block that is parsed.
    pub fn of(value: Value<'l>) -> Block<'l> {
        let mut block = Block::default();
        for item in value.items() {
            let Some(key) = item.key() else { continue };
            if let Some(place) = block.member(key.as_raw().bytes()) {
                *place = item.raw().bytes();
            }
        }
        block
    }

    /// What a string as content stands for.
    pub fn text(text: &'l [u8]) -> Block<'l> {
        Block {
            kind: b"\"text\"",
            text,
            ..Block::default()
        }
    }

    /// `None` for a block with nothing for a session in it (thinking, images, documents), or of a kind that is not
    /// known.
    pub fn said(&self) -> Option<Said<'l>> {
        let kind = super::plain(self.kind);
        match &*kind {
            b"tool_use" | b"mcp_tool_use" | b"server_tool_use"
                if is_string(self.id) && is_string(self.name) =>
            {
                Some(Said::Call(Call {
                    id: self.id,
                    name: self.name,
                    server: self.server,
                    input: self.input,
                }))
            }
            kind if kind.ends_with(b"tool_result") && is_string(self.tool_use_id) => {
                Some(Said::Answer(Answer {
                    id: self.tool_use_id,
                    content: self.content,
                    failed: self.is_error == b"true",
                }))
            }
            b"text" if is_string(self.text) && !is_blank(self.text) => Some(Said::Text(self.text)),
            _ => None,
        }
    }
}

fn is_string(token: &[u8]) -> bool {
    token.first() == Some(&b'"')
}

/// Whether a JSON string has nothing but white space in it, as it is spelled.
fn is_blank(token: &[u8]) -> bool {
    let mut rest = token.strip_prefix(b"\"").unwrap_or(token);
    loop {
        rest = match rest {
            [b'\\', b'n' | b'r' | b't', rest @ ..] => rest,
            [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] => rest,
            [b'"'] | [] => return true,
            _ => return false,
        }
    }
}

/// The blocks of a message; mostly there is one.
#[derive(Clone, Default, Debug)]
pub struct Blocks<'l> {
    first: Option<Block<'l>>,
    others: Vec<Block<'l>>,
}

impl<'l> Blocks<'l> {
    pub fn push(&mut self, block: Block<'l>) {
        if self.first.is_none() {
            self.first = Some(block);
        } else {
            self.others.push(block);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Block<'l>> {
        self.first.iter().chain(&self.others)
    }

    /// The content of a message that is parsed.
    pub fn of(content: Value<'l>) -> Blocks<'l> {
        let mut blocks = Blocks::default();
        match content.kind() {
            Kind::String => blocks.push(Block::text(content.raw().bytes())),
            Kind::Array => {
                for item in content.items().filter(|item| item.is_object()) {
                    blocks.push(Block::of(item));
                }
            }
            _ => {}
        }
        blocks
    }
}
