//! What must not be kept: secrets are replaced before they are written.
