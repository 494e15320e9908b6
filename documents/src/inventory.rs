//! The entity types that the models of this project are tuned for, and the sets of them that are asked
//! for together. All of it comes from `types.json`, which training, engine, page and extension share.
//!
//! Types of other names can be asked for too; a model knows nothing of them but their names.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The most types that the inventory may have: each has a marker of its own in the output format
/// `compact`, and these are numbered.
pub const MAX_INVENTORY: usize = 40;

/// All types and all presets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Inventory {
    /// The types. A new one is added at the end, because models know types by their index.
    pub types: Vec<TypeEntry>,
    /// The presets, in the order in which they are listed everywhere.
    pub presets: Vec<Preset>,
    /// The index of a type by its names, as [`plain_type_name`] compares them.
    #[serde(skip)]
    by_name: HashMap<String, usize>,
}

/// One entity type.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TypeEntry {
    /// The name by which it is known.
    pub name: String,
    /// Other names by which it can be asked for, narrower ones among them.
    pub synonyms: Vec<String>,
    /// What it is, in one sentence.
    pub definition: String,
    /// What belongs to it.
    pub includes: String,
    /// What does not.
    pub excludes: String,
    /// For each corpus that annotates it, what it means there.
    pub corpora: Map<String, Value>,
}

/// Types that belong to one kind of text and are asked for in one question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Preset {
    /// Its name, as users give it.
    pub name: String,
    /// The names of its types, in the order in which they are asked for.
    pub types: Vec<String>,
}

/// The inventory of this version, in JSON.
pub const INVENTORY_JSON: &str = include_str!("../types.json");

/// The inventory of this version.
pub fn inventory() -> &'static Inventory {
    static INVENTORY: OnceLock<Inventory> = OnceLock::new();
    INVENTORY.get_or_init(|| {
        #[expect(
            clippy::expect_used,
            reason = "the file is part of the program, and tests read it"
        )]
        let mut inventory: Inventory =
            serde_json::from_str(INVENTORY_JSON).expect("types.json is an inventory");
        for (index, entry) in inventory.types.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.synonyms) {
                inventory.by_name.insert(plain_type_name(name), index);
            }
        }
        inventory
    })
}

impl Inventory {
    /// The index of the type that has this name, or has it as a synonym.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&plain_type_name(name)).copied()
    }

    /// The preset of this name.
    pub fn preset(&self, name: &str) -> Option<&Preset> {
        self.presets.iter().find(|preset| preset.name == name)
    }
}

/// The form in which the names of known types are compared: `Cell type`, `cell_type` and `CellType` are
/// equal.
pub fn plain_type_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::check_types;

    #[test]
    fn names_and_synonyms_can_be_asked_for_and_belong_to_one_type() {
        let types = &inventory().types;
        assert!(!types.is_empty() && types.len() <= MAX_INVENTORY);
        let mut seen = HashSet::new();
        for (index, entry) in types.iter().enumerate() {
            assert!(!entry.definition.is_empty() && !entry.corpora.is_empty(), "{}", entry.name);
            for name in std::iter::once(&entry.name).chain(&entry.synonyms) {
                assert!(check_types(&[name]).is_ok(), "{name}");
                assert!(seen.insert(plain_type_name(name)), "{name} is there twice");
                assert_eq!(inventory().find(name), Some(index));
            }
        }
        assert_eq!(inventory().find("cell_type"), inventory().find("Cell"));
        assert_eq!(inventory().find("Eponym"), None);
    }

    #[test]
    fn presets_ask_for_types_of_the_inventory_each_once() {
        let names: Vec<_> = inventory().presets.iter().map(|preset| &preset.name).collect();
        assert_eq!(names, ["literature", "note", "trial", "safety"]);
        for preset in &inventory().presets {
            assert!(check_types(&preset.types).is_ok());
            let kinds: HashSet<_> =
                preset.types.iter().map(|name| inventory().find(name).expect("a type")).collect();
            assert_eq!(kinds.len(), preset.types.len(), "{}", preset.name);
        }
        assert!(inventory().preset("literature").is_some() && inventory().preset("").is_none());
    }
}
