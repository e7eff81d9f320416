//! Floor 0: what a string really contains.
//!
//! Everything that comes from a recording, a server, a file name or an error of the system is [`Raw`]: bytes that have
//! no `Display`. [`reveal`] turns them into [`Shown`], in which every character that a person could not see, or that
//! a terminal could obey, stands as a visible chip (`⟨ZWSP⟩`, `⟨ESC[31m⟩`, `⟨TAG "decoded text"⟩`), with a map back to
//! the original offsets. The rule: allow by Unicode category, deny the rest.
//!
//! * [`reveal`], [`Raw::inline`], [`Raw::label`], [`wrap`], [`width`] — for the screen
//! * [`escape`], [`json_string`], [`json_text`], [`plain`], [`evidence`] — for files, streams and the clipboard
//! * [`hidden`], [`hidden_in`], [`mixed_script`], [`lookalike`], [`identity`] — for judging a text

mod chip;
mod class;
mod colour;
mod confusable;
mod export;
mod hidden;
mod innocent;
mod isolate;
mod padding;
mod raw;
mod repaint;
mod reveal;
mod scan;
mod script;
mod sequence;
mod shown;
mod smuggled;
mod tokens;
mod unit;
mod width;
mod wrap;

#[cfg(test)]
mod tests;

pub use class::Class;
pub use confusable::{Mixed, identity, lookalike, mixed_script, skeleton, unleet};
pub use export::{escape, evidence, json_string, json_text, plain};
pub use hidden::{Hidden, Place, has_hidden, hidden, hidden_in};
pub use raw::{Raw, RawBuf};
pub use reveal::{Breaks, Options, reveal, reveal_exact};
pub use shown::{Piece, PieceRef, Shown};
pub use tokens::tokens;
pub use width::{elide, truncate, width};
pub use wrap::wrap;
