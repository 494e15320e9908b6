//! 5. What the model may write next: an output format's grammar against the model's vocabulary.
//!
//! A format writes its grammar as a [`Program`]; a [`Machine`] runs it for one answer. Whatever
//! tokens are chosen among those [allowed](Machine::allowed), the answer comes to an end, the format
//! can parse it, and each mention in it is whole pieces of the sentence.
//!
//! ```
//! use std::sync::Arc;
//!
//! use bioner::Sentence;
//! use bioner::constraint::{Machine, Op, Program, Vocabulary};
//!
//! // Chemicals, separated by semicolons.
//! let sentence = Sentence::whole("Selegiline and levodopa");
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
//! let vocabulary = Vocabulary::new(tokens.map(|t| Some(t.into())).to_vec(), 0);
//! let mut machine = Machine::new(Arc::new(program), &sentence);
//! assert_eq!(machine.forced(), b"Chemical: ");
//! machine.push_bytes(b"Chemical: Selegiline")?;
//! let mut allowed = Vec::new();
//! machine.allowed(&vocabulary, &mut allowed);
//! assert_eq!(allowed, [0, 8, 9]); // end, "; " or " and"
//! machine.push(&vocabulary, 8)?;
//! assert_eq!(machine.forced(), b""); // "and levodopa", "and" or "levodopa"
//! assert!(machine.push_bytes(b"Selegiline").is_err()); // mentions follow the sentence
//! machine.push_bytes(b"levodopa")?;
//! assert!(machine.may_end() && machine.push_bytes(b"; ").is_err()); // no word is left
//! # Ok::<(), bioner::constraint::Refused>(())
//! ```

mod draft;
mod machine;
mod plan;
mod program;
mod state;
mod vocabulary;

pub use machine::{Machine, Refused};
pub use program::{Condition, Label, Op, Program, Spelled, Spelling, SpellingId};
pub use vocabulary::{TokenId, Vocabulary};

#[cfg(test)]
mod tests;
