//! Floor 0: what a string really contains.
//!
//! Everything that comes from a recording, a server, a file name or an error of the system is [`Raw`]: bytes that have
//! no `Display`. [`reveal`] turns them into [`Shown`], in which every character that a person could not see, or that
//! a terminal could obey, stands as a visible chip (`⟨ZWSP⟩`, `⟨ESC[31m⟩`, `⟨TAG "decoded text"⟩`), with a map back to
//! the original offsets. `hardening.md`'s rule: allow by Unicode category, deny the rest.

mod raw;

pub use raw::{Raw, RawBuf};
