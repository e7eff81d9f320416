//! Traces: what programs that are instrumented report of their calls. They know when a call began and ended; what was
//! passed and what came back only where that was turned on.

mod acts;
pub mod langfuse;
mod mcp;
pub mod openinference;
pub mod otlp;
mod span;
