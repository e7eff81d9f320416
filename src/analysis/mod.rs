//! Floor 2: what a session means.
//!
//! [`detect`] holds the detectors, one a file, all of one shape; [`rules`] the table of what they know. [`run`](run())
//! shows them every message in order and keeps what they found in [`Findings`]. It is pure: no clock, no files but the
//! session's own, no screen.
//!
//! What a message shows by itself (`texts`: its form, its texts, its arguments, the definitions in it) is looked at by
//! several threads, and once only where it recurs (`before`); what it means beside all that came before goes in order
//! ([`run`](run())).
//!
//! * [`signal`] — what in a text speaks for an order to the model, in any language
//! * [`memory`] — what detectors remember: names in force, orders, states
//! * [`flow`] — what data came in privately and where it goes out again
//! * [`story`] — findings that are one attack
//! * `drift` — what is different between two wordings of a definition, and how bad that is
//! * [`peers`], [`profile`], [`capability`] — names, what their tools are like, and what those can do
//! * `conversation`, `news`, `crossing`, `repetition` — what was agreed, what was said to have changed, what crosses
//!   from place to place, what goes round
//! * [`policy`], [`suppress`], `levels` — what a person permits, silences and sets; `written` reads their files
//! * [`trust`] — which server and which wording it is, for the baseline

mod again;
mod before;
pub mod capability;
mod conversation;
mod crossing;
pub mod detect;
mod drift;
mod finding;
mod findings;
mod finish;
pub mod flow;
mod glob;
mod levels;
mod looking;
pub mod memory;
mod mirrored;
pub mod needle;
mod news;
pub mod peers;
mod place;
pub mod policy;
pub mod profile;
mod rank;
mod repetition;
pub mod rules;
mod run;
mod settings;
mod shape;
pub mod signal;
pub mod story;
pub mod suppress;
mod texts;
pub mod trust;
mod written;

pub use again::{Turned, again};
pub use finding::{Evidence, Finding, Place, Related, Signal};
pub use findings::{Findings, SharedFindings, Suppressed};
pub use glob::Glob;
pub use levels::Level;
pub use policy::Policy;
pub use rank::{Category, Confidence, PlaceKind, Severity};
pub use rules::Rule;
pub use run::{Analysis, run};
pub use settings::{Settings, Silencer, Trusted};
pub use story::{Ending, Left, Step, Story};
pub use suppress::Suppression;
pub use written::{Fault, Reader, nearest};

/// Bytes of one text that are searched for orders to the model. A report says where a message may hold more.
pub const MOST_OF_A_TEXT: usize = 4 << 20;
