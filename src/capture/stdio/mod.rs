//! The tap: between a client and the standard streams of a server.
