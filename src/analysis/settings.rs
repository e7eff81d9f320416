//! What a person set for the analysis, beside the built-in rules.
//!
//! Nothing of it is ever read from beside a recording: it is named on the command line or stands in the user's own
//! configuration.

/// Read once at the start, the same for a whole analysis.
#[derive(Debug, Default)]
pub struct Settings {}
