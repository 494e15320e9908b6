//! 5. What the model may write next: an output format's grammar against the model's tokens.
//!
//! - A [`Program`] is the grammar of the answers to one sentence. An output format writes it as
//!   instructions: literals, choices and jumps, and mentions copied from the sentence.
//! - A `Plan` is a program prepared for its sentence. Three analyses are made once: liveness of
//!   registers, floor limits (from where the answer can still end) and costs (of the cheapest way to
//!   the end).
//! - A `State` is the set of threads of a running program, as in Pike's virtual machine. `simulation.rs`
//!   takes it one byte further.
//! - A [`Machine`] is a plan and its current state: it runs the program for one answer. It walks a
//!   state and the [`TokenTrie`], the trie of the model's tokens, side by side to find the tokens
//!   allowed.
//!
//! Whatever tokens are chosen among those [allowed](Machine::allowed), the answer comes to an end, the
//! format can parse it, and each mention in it is whole pieces of the sentence.
//!
//! ```
//! use std::sync::Arc;
//!
//! use bioner::Sentence;
//! use bioner::constraint::{Machine, Op, Program, TokenTrie};
//!
//! // Chemicals, separated by semicolons.
//! let sentence = Arc::new(Sentence::whole("Selegiline and levodopa"));
//! let mut program = Program::new();
//! let plain = program.spelling(&sentence, |piece, _| Some(piece.to_string()));
//! program.literal("Chemical: ");
//! let mention = program.push(Op::Mention(plain));
//! let choice = program.choice();
//! let more = program.literal("; ");
//! program.jump(mention);
//! let end = program.push(Op::Accept);
//! program.set_choice(choice, [more, end]);
//!
//! let tokens = ["", "Chemical", ": ", "Sele", "gil", "ine", "lev", "odopa", "; ", " and", "x"];
//! let trie = TokenTrie::new(tokens.map(|t| Some(t.into())).to_vec(), 0);
//! let mut machine = Machine::new(program, sentence);
//! assert_eq!(machine.forced(), b"Chemical: ");
//! machine.push_bytes(b"Chemical: Selegiline")?;
//! let mut allowed = Vec::new();
//! machine.allowed(&trie, &mut allowed);
//! assert_eq!(allowed, [0, 8, 9]); // end, "; " or " and"
//! machine.push(&trie, 8)?;
//! assert_eq!(machine.forced(), b""); // "and levodopa", "and" or "levodopa"
//! assert!(machine.push_bytes(b"Selegiline").is_err()); // mentions follow the sentence
//! machine.push_bytes(b"levodopa")?;
//! assert!(machine.may_end() && machine.push_bytes(b"; ").is_err()); // no word is left
//! # Ok::<(), bioner::constraint::Refused>(())
//! ```

mod costs;
mod floor_limits;
mod input;
mod liveness;
mod machine;
mod plan;
mod program;
mod simulation;
mod state;
mod table;
mod token_trie;

pub use machine::{Machine, Refused};
pub use program::{Condition, Label, Op, Program, Spelled, Spelling, SpellingId};
pub use token_trie::{TokenId, TokenTrie};

#[cfg(test)]
mod tests;
