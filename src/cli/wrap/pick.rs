//! Which configurations and which servers are meant.

use crate::cli::Failure;
use crate::cli::configs::{Found, Looking, files};
use crate::clients::Server;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Choice {
    /// Only the configurations of this client, as in `cursor`
    #[arg(long, value_name = "CLIENT", conflicts_with = "config")]
    client: Option<String>,
    /// Only this configuration
    #[arg(long, value_name = "FILE")]
    config: Vec<PathBuf>,
    /// This server; can be given several times
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "all",
        allow_hyphen_values = true
    )]
    server: Vec<String>,
    /// Every server
    #[arg(long)]
    all: bool,
    /// The configurations of the present folder too, which others may share
    #[arg(long)]
    project: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Choice {
    /// Whether servers are named; else they are listed.
    pub fn chooses(&self) -> bool {
        self.all || !self.server.is_empty()
    }

    pub fn names(&self) -> &[String] {
        &self.server
    }

    pub fn takes(&self, server: &Server) -> bool {
        self.all
            || self
                .server
                .iter()
                .any(|name| server.name() == *name.as_str())
    }

    /// The configurations that are meant. `kept` for those too into which the tap was put.
    pub fn files(&self, kept: bool) -> Result<Vec<Found>, Failure> {
        files(&Looking {
            named: &self.config,
            client: self.client.as_deref(),
            project: self.project,
            kept,
        })
    }
}
