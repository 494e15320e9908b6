//! Bytes that say they are a model, and those of adapters behind them: refused with an error, or a model that
//! can be run and asked. Nothing else.
//!
//! Files made of any bytes seldom get past the first check. So most are small ones that work, with some of
//! what they say and some of their bytes replaced.
#![no_main]

use std::io::Cursor;

use arbitrary::Arbitrary;
use bioner::model::{Model, Outputs, Run, Workspace, inspect};
use bioner::{Options, Recognizer};
use bioner_fuzz::model_file::File;
use bioner_fuzz::{check_span, load};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    /// The loader gets the file in pieces of this many bytes.
    piece: u16,
    model: File,
    adapters: Option<File>,
}

fuzz_target!(|input: Input| {
    let mut bytes = input.model.of_model();
    if let Some(adapters) = &input.adapters {
        bytes.resize(bytes.len().next_multiple_of(32), 0);
        bytes.extend(adapters.of_adapters());
    }
    let loaded = load(&bytes, input.piece.into());
    let whole = load(&bytes, bytes.len());
    let told = |loaded: &bioner::Result<Model>| match loaded {
        Ok(model) => format!("{:?}", model.config()),
        Err(error) => error.code().to_owned(),
    };
    assert_eq!(told(&loaded), told(&whole), "how a file is cut does not matter");
    let inspected = inspect(Cursor::new(&bytes));
    if let Ok(model) = &whole {
        let description = inspected.expect("what is loaded is described");
        assert_eq!(description.unsupported, None);
        assert_eq!(description.parameters, model.description().parameters);
    }
    let Ok(model) = loaded else { return };
    run(&model);
    let Ok(recognizer) = Recognizer::new(model) else { return };
    let text = "Aspirin caused nausea.";
    let mut options = Options::new(["Disease"]);
    for format in [None, Some("iob2".to_owned())] {
        options.format = format;
        let Ok(entities) = recognizer.extract(text, &options) else { continue };
        for entity in entities {
            check_span(text, entity.span);
            assert!((0.0..=1.0).contains(&entity.score), "{entity:?}");
        }
    }
});

/// A pass over a few tokens, with the adapters and without: numbers of any kind, as many as there have to be.
fn run(model: &Model) {
    let count = model.config().vocabulary_size as u32;
    let tokens: Vec<u32> = [1, 7, 2, 200, 5].iter().map(|token| token % count).collect();
    for mut cache in [model.cache(), model.adapted_cache()] {
        let sequence = cache.start();
        let run = Run { sequence, tokens: &tokens, prefix: 2, outputs: Outputs::All };
        let hidden = model.forward(&mut cache, &mut Workspace::default(), &[run]);
        let Ok(hidden) = hidden else { continue };
        assert_eq!(hidden.len(), tokens.len() * model.config().width);
        let logits = model.logits(&hidden).expect("hidden states of the model's own");
        assert_eq!(logits.len(), tokens.len() * model.config().vocabulary_size);
    }
}
