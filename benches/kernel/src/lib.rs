//! Checks and measures the matrix kernels, natively and in WebAssembly.

#[cfg(target_arch = "wasm32")]
pub mod ceiling;

use bioner_kernels::{Activations, BlockFormat, PackedMatrix, RowMatrix, Variant, case};

/// Products of a fixed spread of shapes, all variants and formats; returns how many are wrong.
#[unsafe(no_mangle)]
pub extern "C" fn check() -> u32 {
    let mut wrong = 0;
    let mut random = case::Random(11);
    for variant in Variant::available() {
        for format in BlockFormat::ALL {
            for tokens in 0..20 {
                for out_features in [1, 7, 8, 9, 16, 33, 40] {
                    let blocks = 1 + (random.draw() % 5) as usize;
                    let seed = random.draw();
                    let case = case::Case { variant, format, out_features, blocks, tokens, seed };
                    wrong += case.check().is_err() as u32;
                }
            }
        }
    }
    wrong
}

/// The number of ways to multiply here.
#[unsafe(no_mangle)]
pub extern "C" fn variants() -> u32 {
    Variant::available().len() as u32
}

/// A product to repeat.
pub struct Product {
    matrix: PackedMatrix,
    x: Activations,
    y: Vec<f32>,
}

impl Product {
    /// A product of random weights and activations. Panics if it cannot be.
    pub fn new(
        variant: usize,
        bits: u32,
        out_features: usize,
        features: usize,
        tokens: usize,
    ) -> Self {
        let variant = Variant::available()[variant];
        let format = format(bits);
        let mut random = case::Random(5);
        let bytes = random.matrix(format, out_features * features / 32);
        let matrix = PackedMatrix::pack(variant, format, &bytes, out_features, features).unwrap();
        let mut x = Activations::default();
        x.quantize(variant, &random.activations(tokens * features), tokens, features);
        Product { matrix, x, y: vec![0.0; tokens * out_features] }
    }

    /// Multiplies once.
    pub fn run(&mut self) {
        self.matrix.multiply(&self.x, &mut self.y);
    }
}

/// An output head to multiply with some of its rows, or all.
pub struct Head {
    matrix: RowMatrix,
    x: Activations,
    rows: Vec<u32>,
    y: Vec<f32>,
}

/// Makes a head of `rows` rows, of which `some`, spread over all of them, are asked for.
#[unsafe(no_mangle)]
pub extern "C" fn head_new(bits: u32, rows: usize, features: usize, some: usize) -> *mut Head {
    let format = format(bits);
    let mut random = case::Random(5);
    let bytes = random.matrix(format, rows * features / 32);
    let matrix = RowMatrix::new(format, bytes, rows, features).unwrap();
    let mut x = Activations::default();
    x.quantize(Variant::Portable, &random.activations(features), 1, features);
    let asked = (0..some).map(|at| (at * rows / some) as u32).collect();
    Box::into_raw(Box::new(Head { matrix, x, rows: asked, y: vec![0.0; some] }))
}

/// Multiplies `times` times with one token.
///
/// # Safety
/// `head` is of [`head_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn head_run(head: *mut Head, times: u32) {
    // SAFETY: by this function's own condition.
    let head = unsafe { &mut *head };
    for _ in 0..times {
        head.matrix.multiply_rows(&head.x, 0, &head.rows, &mut head.y);
    }
}

/// Quantizes `tokens` rows of 576 values `times` times.
#[unsafe(no_mangle)]
pub extern "C" fn quantize_run(tokens: usize, times: u32) {
    let values = uniform(tokens * 576);
    let variant = Variant::best(BlockFormat::Q4_0);
    let mut x = Activations::default();
    for _ in 0..times {
        x.quantize(variant, &values, tokens, 576);
    }
}

fn format(bits: u32) -> BlockFormat {
    match bits {
        4 => BlockFormat::Q4_0,
        5 => BlockFormat::Q5_0,
        _ => BlockFormat::Q8_0,
    }
}

/// Values from -8 to 8.
fn uniform(count: usize) -> Vec<f32> {
    let mut random = case::Random(3);
    (0..count).map(|_| (random.draw() >> 40) as f32 / (1 << 20) as f32 - 8.0).collect()
}

/// Packs a matrix of 3072 by 576 `times` times.
#[unsafe(no_mangle)]
pub extern "C" fn pack_run(bits: u32, times: u32) {
    let format = format(bits);
    let bytes = case::Random(3).matrix(format, 3072 * 18);
    for _ in 0..times {
        PackedMatrix::pack(Variant::best(format), format, &bytes, 3072, 576).unwrap();
    }
}

/// Makes a product for [`product_run`].
#[unsafe(no_mangle)]
pub extern "C" fn product_new(
    variant: usize,
    bits: u32,
    out_features: usize,
    features: usize,
    tokens: usize,
) -> *mut Product {
    Box::into_raw(Box::new(Product::new(variant, bits, out_features, features, tokens)))
}

/// Multiplies `times` times.
///
/// # Safety
/// `product` is of [`product_new`] and not yet freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn product_run(product: *mut Product, times: u32) {
    for _ in 0..times {
        // SAFETY: by this function's own condition.
        unsafe { (*product).run() };
    }
}

/// Frees a product.
///
/// # Safety
/// `product` is of [`product_new`] and not yet freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn product_free(product: *mut Product) {
    // SAFETY: by this function's own condition.
    drop(unsafe { Box::from_raw(product) });
}

/// The name of a variant.
pub fn variant_name(variant: usize) -> String {
    format!("{:?}", Variant::available()[variant])
}
