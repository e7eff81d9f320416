//! JSON as a flat list of nodes over borrowed bytes.
//!
//! One reader serves the index, the detectors and the screens. It is iterative (a million brackets do not overflow a
//! stack), keeps duplicate keys, numbers of any size and strings with lone surrogates or raw control characters as
//! they are, and where the text stops being JSON it keeps what it has and says where.

mod decode;
mod fault;
mod indent;
mod parse;
mod scan;
mod usual;
mod value;
mod whole;

pub use decode::{Text, decode};
pub use fault::{Fault, FaultKind};
pub use indent::indented;
pub use parse::{Doc, Kind, Limits, Node, NodeId};
pub use scan::{Nesting, skip_space, skip_string, skip_value};
pub use value::Value;
pub use whole::{Judged, Members, Whole};
