//! The vocabularies that are asked: the user's, by name, and then the one that comes with the program.

use bioner_linking::{Linker, Source, Vocabulary};

/// Vocabularies in the order in which they are asked.
#[derive(Default)]
pub struct Vocabularies {
    linker: Linker,
    /// The names of the user's own, which are the first of the linker's.
    own: Vec<String>,
}

impl Vocabularies {
    /// None at all.
    pub fn new() -> Self {
        Vocabularies::default()
    }

    /// Adds one of the user's, to be asked after those added before it. It takes the place of one that
    /// has the same name.
    pub fn add(&mut self, name: &str, vocabulary: Vocabulary) {
        let known = self.own.iter().position(|own| own == name);
        let place = known.unwrap_or(self.own.len());
        match known {
            Some(place) => drop(self.linker.remove(place)),
            None => self.own.push(name.to_owned()),
        }
        self.linker.insert(place, vocabulary);
    }

    /// Takes away one of the user's. `false` if there is none of that name.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(place) = self.own.iter().position(|own| own == name) else { return false };
        self.own.remove(place);
        self.linker.remove(place).is_some()
    }

    /// Sets the vocabulary that comes with the program, which is asked last.
    pub fn set_built_in(&mut self, vocabulary: Vocabulary) {
        let place = self.own.len();
        self.linker.remove(place);
        self.linker.insert(place, vocabulary);
    }

    /// What links mentions.
    pub fn linker(&self) -> &Linker {
        &self.linker
    }

    /// Where the vocabularies come from, as far as they say it, each with the name of the user's
    /// vocabulary that has it; none for the one that comes with the program.
    pub fn sources(&self) -> impl Iterator<Item = (Option<&str>, &Source)> {
        let vocabularies = self.linker.vocabularies().iter().enumerate();
        vocabularies.flat_map(|(place, vocabulary)| {
            let name = self.own.get(place).map(String::as_str);
            vocabulary.sources().iter().map(move |source| (name, source))
        })
    }
}
