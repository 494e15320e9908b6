//! Which types go well together in one question.

use serde::Serialize;

use super::gguf::Metadata;
use crate::error::{Error, Result};

/// The sets of types that a model was tuned to be asked for together. What it has learned of a type it
/// has learned in the company of others: asked for types that no corpus annotates together, it takes
/// the question for one that it has rarely seen, and finds much less. So a file can say its sets
/// (`bioner.type_sets`: a line a set, names separated by commas, a type's other names among them), and
/// what is asked for is put as several questions where no set has all of it.
///
/// A file that does not say is asked everything at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TypeSets(Vec<Vec<String>>);

/// The most sets a file may have.
const MOST_SETS: usize = 64;

impl TypeSets {
    /// # Errors
    /// [`Error::ModelFile`] if there are too many.
    pub(super) fn read(metadata: &Metadata) -> Result<Self> {
        Self::parse(metadata.text("bioner.type_sets")?.unwrap_or_default())
    }

    fn parse(text: &str) -> Result<Self> {
        let names = |line: &str| -> Vec<String> {
            line.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let sets: Vec<_> = text.lines().map(names).filter(|names| !names.is_empty()).collect();
        if sets.len() > MOST_SETS {
            return Err(Error::ModelFile(format!("its bioner.type_sets are {}", sets.len())));
        }
        Ok(TypeSets(sets))
    }

    /// The questions to put: the types of each, as indices into those asked for. All of them in one if
    /// just they are a set, in its order, or if there are no sets. Else each goes to the first set that
    /// has it; the questions come in the order of the sets, with the types that are in none in a last
    /// one. (Order counts because a set that others share its types with is one corpus' way of seeing
    /// them: the names in its own order ask for that, in any other order for each type at its best.)
    pub fn questions<S: AsRef<str>>(&self, types: &[S]) -> Vec<Vec<usize>> {
        let asked: Vec<String> = types.iter().map(|name| plain(name.as_ref())).collect();
        let plain_set = |names: &Vec<String>| names.iter().map(|name| plain(name)).collect();
        let sets: Vec<Vec<String>> = self.0.iter().map(plain_set).collect();
        if sets.is_empty() || sets.contains(&asked) {
            return vec![(0..asked.len()).collect()];
        }
        let mut questions = vec![Vec::new(); sets.len() + 1];
        for (index, name) in asked.iter().enumerate() {
            let set = sets.iter().position(|names| names.contains(name));
            questions[set.unwrap_or(sets.len())].push(index);
        }
        questions.retain(|types| !types.is_empty());
        questions
    }
}

/// A name as names are compared: `Cell type`, `cell_type` and `CellType` are one.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn questions(sets: &str, types: &[&str]) -> Vec<Vec<usize>> {
        TypeSets::parse(sets).expect("few sets").questions(types)
    }

    #[test]
    fn a_type_goes_to_the_first_set_that_has_it() {
        let sets = "Cell, Cell type, Cancer\nChemical, Drug, Disease\n\nGene,Protein,";
        for (types, expected) in [
            (&["Disease", "Chemical"][..], vec![vec![0, 1]]),
            (&["Gene", "drug", "Disease"], vec![vec![1, 2], vec![0]]),
            (&["cell_type", "PROTEIN", "Cell"], vec![vec![0, 2], vec![1]]),
            (&["Symptom", "Disease", "Side effect"], vec![vec![1], vec![0, 2]]),
            (&["Symptom"], vec![vec![0]]),
        ] {
            assert_eq!(questions(sets, types), expected, "{types:?}");
        }
    }

    #[test]
    fn a_whole_set_in_its_order_is_asked_for_at_once() {
        let sets = "Cell\nDisease\nCell, Disease, Gene";
        assert_eq!(questions(sets, &["cell", "Disease", "Gene"]), [[0, 1, 2]]);
        assert_eq!(questions(sets, &["Gene", "Disease", "Cell"]), [[2], [1], [0]]);
        assert_eq!(questions(sets, &["Cell", "Disease"]), [[0], [1]]);
    }

    #[test]
    fn without_sets_everything_is_asked_for_at_once() {
        for sets in ["", " , \n"] {
            assert_eq!(questions(sets, &["A", "B"]), [[0, 1]]);
        }
    }

    #[test]
    fn too_many_sets_are_refused() {
        assert!(TypeSets::parse(&"A\n".repeat(MOST_SETS)).is_ok());
        let error = TypeSets::parse(&"A\n".repeat(MOST_SETS + 1)).unwrap_err();
        assert_eq!(error.code(), "model-file");
    }
}
