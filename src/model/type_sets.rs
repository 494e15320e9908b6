//! Which entity types the model can be asked for in one question.

use serde::Serialize;

use super::gguf::Metadata;
use crate::error::{Error, Result};
use bioner_documents::plain_type_name;

/// The sets of entity types that a model was tuned to be asked for together. A model finds much less
/// when it is asked for types that no training corpus annotates together, because it has rarely seen
/// such a question. So a file can name its sets in `bioner.type_sets`: one set on each line, names
/// separated by commas, synonyms of a type in the same set. Types that no one set has are then asked
/// for in several questions.
///
/// With a file that names no sets, all types are asked for in one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TypeSets(Vec<Vec<String>>);

/// The most sets that a file may have.
const MAX_SETS: usize = 64;

impl TypeSets {
    /// Reads the sets from a file's metadata.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if there are more than [`MAX_SETS`].
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
        if sets.len() > MAX_SETS {
            return Err(Error::ModelFile(format!("its bioner.type_sets are {}", sets.len())));
        }
        Ok(TypeSets(sets))
    }

    /// Divides the types asked for into questions. Each question is a list of indices into `types`.
    ///
    /// There is one question if there are no sets, or if `types` is exactly one of the sets, in the
    /// set's order. Otherwise each type is asked for with the first set that has it, and the types in no
    /// set come together in a last question. Questions are in the order of the sets.
    ///
    /// The order of `types` matters because sets may share types. Such a set is how one corpus
    /// annotates them: its names in its own order ask for exactly that, and any other order asks for
    /// each type with its first set.
    pub fn questions<S: AsRef<str>>(&self, types: &[S]) -> Vec<Vec<usize>> {
        let asked: Vec<String> = types.iter().map(|name| plain_type_name(name.as_ref())).collect();
        let plain_set =
            |names: &Vec<String>| names.iter().map(|name| plain_type_name(name)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn questions(sets: &str, types: &[&str]) -> Vec<Vec<usize>> {
        TypeSets::parse(sets).expect("few sets").questions(types)
    }

    #[test]
    fn a_type_is_asked_for_with_the_first_set_that_has_it() {
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
    fn a_whole_set_in_its_order_is_one_question() {
        let sets = "Cell\nDisease\nCell, Disease, Gene";
        assert_eq!(questions(sets, &["cell", "Disease", "Gene"]), [[0, 1, 2]]);
        assert_eq!(questions(sets, &["Gene", "Disease", "Cell"]), [[2], [1], [0]]);
        assert_eq!(questions(sets, &["Cell", "Disease"]), [[0], [1]]);
    }

    #[test]
    fn without_sets_there_is_one_question() {
        for sets in ["", " , \n"] {
            assert_eq!(questions(sets, &["A", "B"]), [[0, 1]]);
        }
    }

    #[test]
    fn too_many_sets_are_refused() {
        assert!(TypeSets::parse(&"A\n".repeat(MAX_SETS)).is_ok());
        let error = TypeSets::parse(&"A\n".repeat(MAX_SETS + 1)).unwrap_err();
        assert_eq!(error.code(), "model-file");
    }
}
