//! What the keys do, and what was pressed of keys that come in turn.

use super::command::Keymap;
use super::key::Key;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Default)]
pub struct Keyboard {
    /// The keys in force.
    pub keymap: Arc<Keymap>,
    /// The beginning of a sequence: the next key goes on with it.
    pub pending: Vec<Key>,
    /// Names of the commands that were run from the palette last, newest first.
    pub last: Vec<&'static str>,
    /// The file in which a person can change the keys.
    pub file: Option<PathBuf>,
    /// What is wrong in it, in sentences.
    pub faults: Vec<String>,
}
