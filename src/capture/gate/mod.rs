//! The gate: a call is held before it reaches the server until a person, or a time limit, decides.
