//! The parts that views are made of. None of them knows a view, and none can draw outside of the area it was given.

pub mod canvas;
pub mod json;
pub mod line;
pub mod page;
pub mod pane;
pub mod rows;
pub mod seen;
pub mod text;

pub use canvas::Canvas;
pub use line::Line;
pub use page::Page;
pub use seen::Seen;
