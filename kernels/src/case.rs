//! A random product, compared with the definition. For the tests here, and for `benches/kernel`,
//! whose builds for WebAssembly and for an emulator have no test harness.

use crate::{Activations, BlockFormat, PackedMatrix, RowMatrix, Variant};

/// A random product.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// How it is multiplied.
    pub variant: Variant,
    /// The format of the weights.
    pub format: BlockFormat,
    /// Rows of the weights.
    pub out_features: usize,
    /// Columns of the weights, in blocks of 32.
    pub blocks: usize,
    /// Rows of the activations.
    pub tokens: usize,
    /// What the random values start from.
    pub seed: u64,
}

impl Case {
    /// Multiplies with the variant and by the definition.
    ///
    /// # Errors
    /// Where they differ.
    pub fn check(&self) -> Result<(), String> {
        let mut random = Random(self.seed | 1);
        let (rows, features) = (self.out_features, self.blocks * 32);
        let bytes = random.matrix(self.format, rows * self.blocks);
        let x = random.activations(self.tokens * features);
        let mut quantized = Activations::default();
        quantized.quantize(self.variant, &x, self.tokens, features);

        let packed = PackedMatrix::pack(self.variant, self.format, &bytes, rows, features)
            .map_err(|e| format!("{e:?}"))?;
        let mut fast = vec![f32::NAN; self.tokens * rows];
        packed.multiply(&quantized, &mut fast);
        let matrix = RowMatrix::new(self.format, bytes.clone(), rows, features)
            .map_err(|e| format!("{e:?}"))?;
        let mut head = vec![f32::NAN; self.tokens * rows];
        matrix.multiply(&quantized, &mut head);
        for token in 0..self.tokens {
            let row_numbers: Vec<u32> = (0..rows as u32).rev().collect();
            let mut some = vec![f32::NAN; rows];
            matrix.multiply_rows(&quantized, token, &row_numbers, &mut some);
            for row in 0..rows {
                let right = definition(self.format, &bytes, row, features, &x[token * features..]);
                let found =
                    [fast[token * rows + row], head[token * rows + row], some[rows - 1 - row]];
                if found.iter().any(|found| found.to_bits() != right.to_bits()) {
                    return Err(format!("token {token}, row {row}: {found:?}, not {right}"));
                }
            }
        }
        Ok(())
    }
}

/// One value of a product by its definition, from the bytes of a GGUF matrix and unquantized
/// activations.
pub fn definition(
    format: BlockFormat,
    bytes: &[u8],
    row: usize,
    features: usize,
    x: &[f32],
) -> f32 {
    let size = format.block_bytes();
    let bytes = &bytes[row * (features / 32) * size..];
    let mut y = 0.0f32;
    for (block, x) in bytes.chunks_exact(size).zip(x[..features].chunks_exact(32)) {
        let amax = x.iter().fold(0.0f32, |most, v| most.max(v.abs()));
        let x_scale = amax / 127.0;
        let x_scale = if x_scale < f32::MIN_POSITIVE { 0.0 } else { x_scale };
        let inverse = if x_scale == 0.0 { 0.0 } else { 1.0 / x_scale };
        let dot: i64 = (0..32)
            .map(|k| {
                let code = match format {
                    BlockFormat::Q8_0 => block[2 + k] as i8 as i64,
                    BlockFormat::Q5_0 => {
                        let nibble = block[6 + k % 16] >> (k / 16 * 4) & 15;
                        let upper = block[2 + k / 8] >> (k % 8) & 1;
                        nibble as i64 + 16 * upper as i64 - 16
                    }
                    BlockFormat::Q4_0 if k < 16 => (block[2 + k] & 15) as i64 - 8,
                    BlockFormat::Q4_0 => (block[2 + k - 16] >> 4) as i64 - 8,
                };
                code * (x[k] * inverse).round_ties_even() as i64
            })
            .sum();
        let scale = half::f16::from_le_bytes([block[0], block[1]]).to_f32_const();
        y += dot as f32 * (scale * x_scale);
    }
    y
}

/// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators".
pub struct Random(pub u64);

impl Random {
    /// The next 64 random bits.
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Blocks of random codes, among them the most extreme, and random finite scales, subnormal and
    /// zero ones among them.
    pub fn matrix(&mut self, format: BlockFormat, blocks: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(blocks * format.block_bytes());
        for _ in 0..blocks {
            let exponent = match self.draw() % 16 {
                0 => 0,
                n => n as u16,
            };
            let sign_and_fraction = self.draw() as u16 & 0x83ff;
            bytes.extend((sign_and_fraction | exponent << 10).to_le_bytes());
            let extreme = self.draw();
            for _ in 2..format.block_bytes() {
                bytes.push(match extreme % 8 {
                    0 => 0x80,
                    1 => 0x7f,
                    2 => 0x00,
                    3 => 0xff,
                    _ => (self.draw() >> 32) as u8,
                });
            }
        }
        bytes
    }

    /// Values of very different sizes, and blocks of zeros, of equal values and of tiny ones.
    pub fn activations(&mut self, count: usize) -> Vec<f32> {
        let mut values = Vec::with_capacity(count);
        while values.len() < count {
            let kind = self.draw() % 8;
            let size = 2f32.powi((self.draw() % 40) as i32 - 20);
            for _ in 0..32 {
                let uniform = (self.draw() >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
                values.push(match kind {
                    0 => 0.0,
                    1 => size,
                    2 => -size,
                    3 => uniform * 1e-42,
                    _ => uniform * size,
                });
            }
        }
        values
    }
}
