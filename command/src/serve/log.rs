//! What is told on standard error. Nothing of it comes from a text: no path but the server's own, no
//! query, no header, no id, no message that quotes what a client sent.

use std::fmt;
use std::io::Write;

use clap::ValueEnum;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Level {
    /// Only what goes wrong with the server itself.
    Errors,
    /// Also a line for each request.
    Requests,
    /// Also each connection.
    Debug,
}

/// Writes a line, if the level wants it. If standard error is closed nobody reads it.
pub fn line(chosen: Level, level: Level, what: fmt::Arguments<'_>) {
    if level <= chosen {
        let _ = writeln!(std::io::stderr(), "bioner: {what}");
    }
}

/// Has panics told by their places alone: their messages may quote a text.
pub fn hide_texts_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("?".to_owned(), ToString::to_string);
        line(Level::Errors, Level::Errors, format_args!("panic at {place} [internal]"));
    }));
}
