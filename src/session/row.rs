//! One message in the index.

use super::time::Time;
use crate::formats::Flags;
use crate::wire::id::{Direction, MessageKind};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident($int:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub $int);

        impl $name {
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// Place of a message in the session, from 0. What people see is one more.
    RowId(u32)
);
index!(
    /// Place in [`Session::servers`](super::Session::servers).
    ServerId(u16)
);
index!(
    /// Place in [`Session::sources`](super::Session::sources).
    SourceId(u16)
);
index!(
    /// Place in [`Session::connections`](super::Session::connections).
    ConnId(u32)
);
index!(
    /// An interned name: a method, a tool, a resource.
    Symbol(u32)
);

impl Symbol {
    /// The empty name.
    pub const NONE: Symbol = Symbol(0);
}

/// What is kept of a message: 48 bytes. Its body stays in the source.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Where its line begins in the source (or in the source's spool), in bytes.
    pub offset: u64,
    pub time: Time,
    /// Bytes of the line without its newline.
    pub len: u32,
    /// Number of the line in its source, from 1.
    pub line: u32,
    /// The other half of the exchange, or the request that a notification is about.
    pub(super) pair: u32,
    /// What a request is about: tool, prompt, resource.
    pub name: Symbol,
    pub method: Symbol,
    pub conn: ConnId,
    pub source: SourceId,
    /// Which message of its line, from 0: a batch has several.
    pub part: u16,
    pub kind: MessageKind,
    pub dir: Direction,
    pub flags: Flags,
}

pub(super) const UNPAIRED: u32 = u32::MAX;

impl Row {
    /// The response of a request, the request of a response, or the request that a notification is about.
    pub fn pair(&self) -> Option<RowId> {
        (self.pair != UNPAIRED).then_some(RowId(self.pair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_at_most_48_bytes() {
        assert_eq!(size_of::<Row>(), 48);
    }
}
