//! x86-64.

pub(crate) mod narrow;
pub(crate) mod pairs;
pub(crate) mod rows;
mod vectors;
pub(crate) mod vnni;
pub(crate) mod vnni512;
