//! `bindgen MODULE.wasm FOLDER NAME [--names]`: the JavaScript, the types and the final module for `<script
//! type="module">`, as `wasm-bindgen --target web --out-dir FOLDER --out-name NAME` writes them.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    // For profiles: the functions keep their names.
    let names = arguments.pop_if(|last| last == "--names").is_some();
    let [module, folder, name] = arguments.as_slice() else {
        anyhow::bail!("usage: bindgen MODULE.wasm FOLDER NAME [--names]");
    };
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(true)
        // As the command has it: `init()` without an argument finds the module beside the script.
        .omit_default_module_path(false)
        .remove_name_section(!names)
        .remove_producers_section(true)
        .out_name(name)
        .generate(folder)
        .with_context(|| format!("{module} could not be bound"))
}
