//! How the time of each stage grows with the length of a text: for every kind of text that
//! `tests/engine/common/hostile.rs` has, from 1 kB to 5 MB.
//!
//! `cargo bench --bench growth -- [LENGTH [STAGE]]`: up to so many bytes, and only that stage. Prints a table in
//! Markdown: for each stage the times for prose, and those for the two other kinds that take longest. What
//! takes longer than the limit for one length is not tried with the next.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers of tests

#[path = "../../tests/engine/common/mod.rs"]
#[allow(dead_code)]
mod common;

use std::time::Duration;

use common::growth::{Given, Stage, stages};
use common::hostile::KINDS;

/// The lengths, in bytes.
const LENGTHS: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 5_000_000];

/// What takes longer is not tried with a longer text.
const LIMIT: Duration = Duration::from_secs(20);

fn main() {
    // Cargo adds options of its own.
    let mut asked = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let most: usize = asked.next().and_then(|most| most.parse().ok()).unwrap_or(usize::MAX);
    let only = asked.next();
    println!("| stage | text | 1 kB | 10 kB | 100 kB | 1 MB | 5 MB |");
    println!("|---|---|---|---|---|---|---|");
    let stages = stages();
    for stage in stages.iter().filter(|stage| only.as_ref().is_none_or(|name| stage.name == *name))
    {
        measure(stage, most);
    }
}

/// Prints a row for prose and one for each of the two kinds that take longest.
fn measure(stage: &Stage, most: usize) {
    let mut of_kinds: Vec<(&str, Vec<Duration>)> = Vec::new();
    for kind in KINDS {
        let mut times = Vec::new();
        for length in LENGTHS.into_iter().filter(|&length| length <= most) {
            let given = Given::new(kind.text(length));
            let tries = if length < 1_000_000 { 3 } else { 1 };
            let time = (0..tries).map(|_| stage.time(&given)).min().unwrap_or_default();
            times.push(time);
            if time > LIMIT {
                break;
            }
        }
        of_kinds.push((kind.name, times));
    }
    let (prose, others) = of_kinds.split_at_mut(1);
    // The longest at the greatest length; what was given up before that first.
    others.sort_by_key(|(_, times)| (times.len(), std::cmp::Reverse(times.last().copied())));
    print(&stage.name, &prose[0]);
    for other in &others[..2] {
        print("", other);
    }
}

fn print(stage: &str, (kind, times): &(&str, Vec<Duration>)) {
    let shown = |time: Option<&Duration>| match time.map(Duration::as_secs_f64) {
        None => "–".to_owned(),
        Some(seconds) if seconds < 0.001 => format!("{:.0} µs", seconds * 1e6),
        Some(seconds) if seconds < 1.0 => format!("{:.1} ms", seconds * 1e3),
        Some(seconds) => format!("{seconds:.1} s"),
    };
    let cells: Vec<String> = (0..LENGTHS.len()).map(|at| shown(times.get(at))).collect();
    println!("| {stage} | {kind} | {} |", cells.join(" | "));
}
