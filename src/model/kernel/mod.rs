//! Plain-loop matrix kernels on GGUF blocks: the reference of the interface, not yet fast.

use crate::error::{Error, Result};

const BLOCK: usize = 32;

/// GGUF block formats that are multiplied as they are: 32 weights and a half-precision scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockFormat {
    Q8_0,
    Q4_0,
}

impl BlockFormat {
    fn bytes(self) -> usize {
        match self {
            BlockFormat::Q8_0 => 34,
            BlockFormat::Q4_0 => 18,
        }
    }
}

fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023));
    match exponent {
        0 => sign * fraction * 2f32.powi(-24),
        _ => sign * (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15),
    }
}

/// A weight `[rows, cols]`, unpacked to bytes.
#[derive(Debug)]
pub struct RowMatrix {
    rows: usize,
    cols: usize,
    quants: Vec<i8>,
    scales: Vec<f32>,
}

impl RowMatrix {
    pub fn new(format: BlockFormat, bytes: &[u8], rows: usize, cols: usize) -> Result<Self> {
        if !cols.is_multiple_of(BLOCK) || bytes.len() != rows * cols / BLOCK * format.bytes() {
            return Err(Error::Internal("matrix of the wrong size".into()));
        }
        let mut quants = Vec::with_capacity(rows * cols);
        let mut scales = Vec::with_capacity(rows * cols / BLOCK);
        for block in bytes.chunks_exact(format.bytes()) {
            scales.push(half(u16::from_le_bytes([block[0], block[1]])));
            match format {
                BlockFormat::Q8_0 => quants.extend(block[2..].iter().map(|&b| b as i8)),
                BlockFormat::Q4_0 => {
                    quants.extend(block[2..].iter().map(|&b| (b & 15) as i8 - 8));
                    quants.extend(block[2..].iter().map(|&b| (b >> 4) as i8 - 8));
                }
            }
        }
        Ok(Self { rows, cols, quants, scales })
    }

    pub fn row(&self, i: usize, out: &mut [f32]) {
        let quants = &self.quants[i * self.cols..(i + 1) * self.cols];
        for (j, (o, &q)) in out.iter_mut().zip(quants).enumerate() {
            *o = f32::from(q) * self.scales[(i * self.cols + j) / BLOCK];
        }
    }

    fn dot(&self, row: usize, x: &Activations, token: usize) -> f32 {
        let n = self.cols / BLOCK;
        let mut sum = 0.0;
        for b in 0..n {
            let w = &self.quants[(row * n + b) * BLOCK..][..BLOCK];
            let a = &x.quants[(token * n + b) * BLOCK..][..BLOCK];
            let dot: i32 = w.iter().zip(a).map(|(&w, &a)| i32::from(w) * i32::from(a)).sum();
            sum += dot as f32 * self.scales[row * n + b] * x.scales[token * n + b];
        }
        sum
    }

    pub fn multiply_rows(&self, x: &Activations, token: usize, rows: &[u32], out: &mut [f32]) {
        for (o, &row) in out.iter_mut().zip(rows) {
            *o = self.dot(row as usize, x, token);
        }
    }

    pub fn multiply(&self, x: &Activations, y: &mut [f32]) {
        for (token, y) in y.chunks_exact_mut(self.rows).enumerate() {
            for (row, y) in y.iter_mut().enumerate() {
                *y = self.dot(row, x, token);
            }
        }
    }

    pub fn bytes(&self) -> usize {
        self.quants.len() + self.scales.len() * 4
    }
}

/// A weight `[out_features, in_features]`, packed for multiplication.
#[derive(Debug)]
pub struct PackedMatrix(RowMatrix);

impl PackedMatrix {
    pub fn pack(
        format: BlockFormat,
        bytes: &[u8],
        out_features: usize,
        in_features: usize,
    ) -> Result<Self> {
        Ok(Self(RowMatrix::new(format, bytes, out_features, in_features)?))
    }

    pub fn out_features(&self) -> usize {
        self.0.rows
    }

    pub fn in_features(&self) -> usize {
        self.0.cols
    }

    pub fn bytes(&self) -> usize {
        self.0.bytes()
    }

    pub fn multiply(&self, x: &Activations, y: &mut [f32]) {
        self.0.multiply(x, y)
    }
}

/// Rows of f32 quantized to bytes in blocks of 32 with a scale each.
#[derive(Debug, Default)]
pub struct Activations {
    quants: Vec<i8>,
    scales: Vec<f32>,
}

impl Activations {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn quantize(&mut self, x: &[f32], tokens: usize, features: usize) {
        assert_eq!(x.len(), tokens * features);
        self.quants.clear();
        self.scales.clear();
        for block in x.chunks_exact(BLOCK) {
            let scale = block.iter().fold(0f32, |m, v| m.max(v.abs())) / 127.0;
            let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            self.scales.push(scale);
            self.quants.extend(block.iter().map(|v| (v * inverse).round() as i8));
        }
    }
}
