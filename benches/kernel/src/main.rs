//! The native half: `cargo run --release -- [tokens]...`, one thread unless RAYON_NUM_THREADS says
//! otherwise. With `--check` nothing is measured.

use std::process::ExitCode;
use std::time::Instant;

use kernel_bench::{Product, check, variant_name, variants};

fn main() -> ExitCode {
    let names: Vec<String> = (0..variants() as usize).map(variant_name).collect();
    let wrong = check();
    println!("{}: {wrong} products wrong", names.join(", "));
    if wrong > 0 || std::env::args().any(|argument| argument == "--check") {
        return ExitCode::from((wrong > 0) as u8);
    }
    // Of no tokens there is nothing to measure.
    let asked = std::env::args().skip(1).filter_map(|a| a.parse().ok());
    let mut counts: Vec<usize> = asked.filter(|&count| count > 0).collect();
    if counts.is_empty() {
        counts = vec![1, 4, 16, 64, 256];
    }
    println!("G operations a second (2 a multiply-accumulate), best of several runs");
    for variant in 0..variants() as usize {
        for bits in [8, 5, 4] {
            for (out, features) in [(960, 576), (576, 576), (3072, 576), (576, 1536)] {
                print!("{:12} Q{bits}_0 {features:4} -> {out:4}", variant_name(variant));
                for &tokens in &counts {
                    print!("  {tokens:3}: {:7.1}", measure(variant, bits, out, features, tokens));
                }
                println!();
            }
        }
    }
    ExitCode::SUCCESS
}

fn measure(variant: usize, bits: u32, out: usize, features: usize, tokens: usize) -> f64 {
    let mut product = Product::new(variant, bits, out, features, tokens);
    let operations = 2.0 * (out * features * tokens) as f64;
    let times = (2e7 / operations).ceil() as usize;
    let mut best = f64::INFINITY;
    let start = Instant::now();
    while start.elapsed().as_secs_f64() < 0.15 {
        let start = Instant::now();
        for _ in 0..times {
            product.run();
        }
        best = best.min(start.elapsed().as_secs_f64() / times as f64);
    }
    operations / best / 1e9
}
