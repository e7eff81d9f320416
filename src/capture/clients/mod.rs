//! The configurations of MCP clients: where they are, what servers they name, and how one entry is changed without touching the rest.
