//! Names, each kept once.

use super::row::Symbol;
use crate::text::Raw;
use std::collections::HashMap;

/// An interner of untrusted names.
pub struct Symbols {
    by_name: HashMap<Box<[u8]>, Symbol>,
    names: Vec<Box<[u8]>>,
}

/// Longest name that is kept whole. Longer ones are cut in the index; the body still has them.
const LONGEST: usize = 256;
/// Most names: a recording that uses more different ones is an attack on memory, and the rest share one name.
const MOST: usize = 1 << 20;
const OVERFLOW: &[u8] = b"(too many different names)";

impl Default for Symbols {
    fn default() -> Self {
        let mut symbols = Symbols {
            by_name: HashMap::new(),
            names: Vec::new(),
        };
        symbols.intern(b"");
        symbols
    }
}

impl Symbols {
    /// As much of a name as is kept.
    pub fn cut(name: &[u8]) -> &[u8] {
        &name[..name.len().min(LONGEST)]
    }

    pub fn intern(&mut self, name: &[u8]) -> Symbol {
        let name = Self::cut(name);
        if let Some(symbol) = self.by_name.get(name) {
            return *symbol;
        }
        if self.names.len() >= MOST && name != OVERFLOW {
            return self.intern(OVERFLOW);
        }
        let symbol = Symbol(self.names.len() as u32);
        self.by_name.insert(name.into(), symbol);
        self.names.push(name.into());
        symbol
    }

    pub fn find(&self, name: &[u8]) -> Option<Symbol> {
        self.by_name.get(Self::cut(name)).copied()
    }

    pub fn get(&self, symbol: Symbol) -> Raw<'_> {
        Raw::new(self.names.get(symbol.index()).map_or(b"", |name| name))
    }

    /// Every name, in the order of their symbols.
    pub fn iter(&self) -> impl Iterator<Item = Raw<'_>> {
        self.names.iter().map(|name| Raw::new(name))
    }
}
