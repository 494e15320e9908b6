//! What several tests share: the real model, and synthetic ones.

pub mod gguf;
pub mod growth;
pub mod hostile;
pub mod scripted;

use std::path::Path;
use std::sync::OnceLock;

use bioner::model::{Loader, Model};

/// The bytes of the default model, joined from its shards.
pub fn default_model_bytes() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    let manifest = std::fs::read_to_string(folder.join("manifest.json"))
        .expect("models/default/manifest.json: the tests run the real model");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("a JSON manifest");
    let shards = manifest["shards"].as_array().expect("a list of shards");
    let paths = shards.iter().map(|shard| shard["path"].as_str().expect("a path"));
    paths.flat_map(|path| std::fs::read(folder.join(path)).expect("a shard")).collect()
}

/// The default model, loaded once for all tests of a process.
pub fn default_model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| load(&default_model_bytes()).expect("the default model loads"))
}

/// Loads a model from a file's bytes, in pieces as from a network.
pub fn load(bytes: &[u8]) -> bioner::Result<Model> {
    let mut loader = Loader::new();
    for piece in bytes.chunks(1 << 20) {
        loader.push(piece)?;
    }
    loader.finish()
}
