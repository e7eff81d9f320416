//! The real screens, driven by keys.

mod fixture;
mod keys;
mod sizes;
