//! plainsight's program.
fn main() {}
