//! Signals: what in a text speaks for an order to the model, in any language.
//!
//! [`plain`] folds a text, [`lexicon`] finds words, [`mark`] finds what needs no language, [`reading`] puts both
//! into sentences, [`order`] weighs them.

pub mod anchor;
pub mod ascii;
pub mod attack_command;
pub mod encoding;
pub mod escape;
pub mod host;
pub mod lexicon;
pub mod mark;
pub mod order;
pub mod path;
pub mod plain;
pub mod program;
pub mod reading;
pub mod secret;
pub mod shell;
pub mod sql;
pub mod tool_name;

pub use mark::{Names, Nobody, Owner};
pub use order::{Kind, Verdict, Voice, weigh};

/// Builds what the first text needs, with several threads and while the session is still being indexed.
pub fn warm() {
    lexicon::warm();
    anchor::warm();
    secret::warm();
}
