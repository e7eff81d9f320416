//! The real screens, driven by keys.

mod baseline;
mod changes;
mod complaints;
mod figures;
mod fixture;
mod flow;
mod gate;
mod hostile;
mod incident;
mod keys;
mod offers;
mod palette;
mod picker;
mod places;
mod reach;
mod search;
mod secrets;
mod seen;
mod sequences;
mod sizes;
mod suppressed;
mod themes;
mod tools;
mod triage;
mod walking;
mod widths;
