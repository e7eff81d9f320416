//! Floor 4: how a session is seen.

pub mod picture;
pub mod theme;
