//! The real screens, driven by keys.

mod fixture;
mod hostile;
mod keys;
mod sizes;
