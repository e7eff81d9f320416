//! Asking configured servers for their definitions.
