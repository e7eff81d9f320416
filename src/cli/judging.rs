//! What every verb that judges a session takes: the person's own rules, policy and baseline.

use super::Failure;
use crate::analysis::Settings;
use std::sync::Arc;

#[derive(clap::Args, Clone)]
pub struct JudgingArgs {}

impl JudgingArgs {
    /// Reads what the arguments and the user's configuration name.
    pub fn settings(&self) -> Result<Arc<Settings>, Failure> {
        Ok(Arc::new(Settings::default()))
    }
}
