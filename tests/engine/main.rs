//! The engine as its users see it. One program, so that what the tests share is compiled and linked once.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

mod common;

mod adversarial;
mod adversarial_growth;
mod formats;
mod golden_sentences;
mod model_adapter;
mod model_batch;
mod model_file;
mod model_parity;
mod pipeline;
mod scripted;
