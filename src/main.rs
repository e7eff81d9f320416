//! plainsight's program.

fn main() -> std::process::ExitCode {
    plainsight::cli::main()
}
