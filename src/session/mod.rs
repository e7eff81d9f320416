//! Floor 1: what happened.
//!
//! A [`Session`] is an index, not a store of values: one [`Row`] a message, in order, with requests joined to their
//! responses ([`pair`]), servers and connections ([`server`]), the operations that the agent made ([`call`]) and every
//! version of every definition with the interval in which it was in force ([`definition`]). Two passes fill it: the
//! index ([`load`], from the heads and tails of lines, in parallel) and the study ([`study`], which understands the
//! bodies in order). [`Session::world`] answers what was so as of any message; [`filter`] is the language that picks
//! rows.

mod call;
mod canonical;
mod chunk;
pub mod compare;
mod cost;
mod definition;
mod facts;
mod fate;
mod figures;
pub mod filter;
mod fold;
mod folder;
mod follow;
mod grow;
pub mod load;
mod merge;
mod model;
mod open_error;
mod pair;
mod read;
mod recognise;
mod recorded;
mod row;
pub mod schema;
mod server;
mod source;
mod spool;
pub mod study;
mod symbols;
mod time;
mod told;
mod twin;
mod unpack;
mod waiting;
mod witness;
mod world;

pub use call::{Call, Outcome};
pub use canonical::{canonical, canonical_hash};
pub use chunk::{Batch, Chunks, Scratch};
pub use cost::Cost;
pub use definition::{Change, ChangeKind, Hints, Item, ItemId, ItemKind, Version};
pub use facts::Facts;
pub use fate::Fate;
pub use figures::{Durations, Figures, Tally, Used};
pub use model::{Lag, Progress, Session, SharedSession};
pub use read::{AHEAD, Body, Reader, Window};
pub use recognise::{Recognised, recognise};
pub use recorded::Ruling;
pub use row::{ConnId, Row, RowId, ServerId, SourceId, Symbol};
pub use server::{Connection, Server};
pub use source::{OpenError, Source, SourceArg, ids as format_ids};
pub use time::{Time, duration, size};
pub use waiting::Wait;
pub use witness::Witness;
pub use world::{ServerState, Standing, World};

pub use crate::formats::Flags;
