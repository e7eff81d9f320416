//! The proxy for Streamable HTTP and the older HTTP+SSE.
