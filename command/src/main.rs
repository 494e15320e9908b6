//! The program `bioner`.

use std::process::ExitCode;

use bioner_command::Shipped;

fn main() -> ExitCode {
    bioner_command::run(std::env::args_os(), &Shipped::default()).into()
}
