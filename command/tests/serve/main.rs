//! `bioner serve`, run as a user would, on a free port and with the real model.

#![cfg(feature = "serve")]
#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

mod describe;
mod docs;
mod extract;
mod files;
mod guard;
mod limits;
mod lines;
mod packed;
mod privacy;
mod schema;
mod server;
mod stop;
