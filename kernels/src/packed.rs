//! A layer's weights, repacked into tiles.

use crate::activations::Activations;
use crate::buffer::AlignedBytes;
use crate::codes::BLOCK;
use crate::error::{Result, check};
use crate::format::BlockFormat;
use crate::tile::{Output, Tile};
use crate::variant::Variant;

/// A weight matrix `[out_features, in_features]`, repacked for register-blocked products.
#[derive(Debug)]
pub struct PackedMatrix {
    variant: Variant,
    format: BlockFormat,
    out_features: usize,
    in_features: usize,
    codes: AlignedBytes,
    /// As f32, because WebAssembly has no fast conversion of subnormal f16. That takes at most a tenth
    /// more memory.
    scales: Vec<f32>,
}

impl PackedMatrix {
    /// Repacks the rows of a GGUF matrix for a variant, one of [`Variant::available`]. The bytes are
    /// not needed afterwards.
    ///
    /// # Errors
    /// An [`Error`](crate::Error) if `bytes` is not such a matrix: `in_features` is no multiple of
    /// 32, the length is wrong, or a scale is not finite.
    pub fn pack(
        variant: Variant,
        format: BlockFormat,
        bytes: &[u8],
        out_features: usize,
        in_features: usize,
    ) -> Result<Self> {
        check(format, bytes, out_features, in_features)?;
        let (codes, scales) = variant.layout().pack(format, bytes, out_features, in_features);
        Ok(PackedMatrix { variant, format, out_features, in_features, codes, scales })
    }

    /// Rows of the weight matrix.
    pub fn out_features(&self) -> usize {
        self.out_features
    }

    /// The variant that it is packed for.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// Columns of the weight matrix.
    pub fn in_features(&self) -> usize {
        self.in_features
    }

    /// Memory the weights take, in bytes.
    pub fn bytes(&self) -> usize {
        self.codes.as_slice().len() + size_of_val(self.scales.as_slice())
    }

    /// Writes `x` times the transposed weights to `y`, which is `[tokens, out_features]`. Natively
    /// the work is shared among rayon's threads where it is worth it.
    ///
    /// # Panics
    /// If the shapes do not agree, or `x` is for a variant of another layout.
    pub fn multiply(&self, x: &Activations, y: &mut [f32]) {
        assert_eq!(x.features(), self.in_features, "features");
        assert_eq!(y.len(), x.tokens() * self.out_features, "outputs");
        assert_eq!(x.layout(), self.variant.layout(), "layout of the activations");
        let tiles = self.out_features.div_ceil(self.variant.layout().width);
        let products = Products { matrix: self, x, y: y.as_mut_ptr() };
        products.run(tiles);
    }

    fn tile(&self, index: usize) -> Tile<'_> {
        let layout = self.variant.layout();
        let blocks = self.in_features / BLOCK;
        let (bytes, scales) = (blocks * layout.block_bytes(self.format), blocks * layout.width);
        let (codes, ahead) = self.codes.as_slice()[index * bytes..].split_at(bytes);
        Tile {
            format: self.format,
            codes,
            scales: &self.scales[index * scales..][..scales],
            ahead: &ahead[..bytes.min(ahead.len())],
        }
    }
}

/// A product under way.
struct Products<'a> {
    matrix: &'a PackedMatrix,
    x: &'a Activations,
    y: *mut f32,
}

// SAFETY: only `y` is written, and every tile writes columns of its own.
unsafe impl Sync for Products<'_> {}

impl Products<'_> {
    /// Multiplies one tile.
    ///
    /// # Safety
    /// No other call for the same tile runs at the same time.
    unsafe fn tile(&self, index: usize, panel: &mut AlignedBytes) {
        let variant = self.matrix.variant;
        let first = index * variant.layout().width;
        let stride = self.matrix.out_features;
        // SAFETY: `multiply` checked that `y` holds `stride` values a token, of which this tile's
        // columns are its own; and that `x` is of this layout and has as many blocks as the tile.
        // The matrix was packed for a variant that this machine can run.
        unsafe {
            let output = Output {
                first: self.y.add(first),
                stride,
                columns: (stride - first).min(variant.layout().width),
            };
            variant.multiply_tile(self.matrix.tile(index), self.x, output, panel);
        }
    }

    fn run_sequentially(&self, tiles: std::ops::Range<usize>, panel: &mut AlignedBytes) {
        for index in tiles {
            // SAFETY: tiles come one after another, and the ranges given to threads do not overlap.
            unsafe { self.tile(index, panel) };
        }
    }

    #[cfg(target_arch = "wasm32")]
    fn run(&self, tiles: usize) {
        self.run_sequentially(0..tiles, &mut AlignedBytes::default());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn run(&self, tiles: usize) {
        use rayon::prelude::*;

        /// The fewest multiply-accumulates that are worth handing to another thread: some
        /// microseconds of work.
        const MIN_WORK_OF_A_THREAD: usize = 1 << 20;

        let work = self.x.tokens() * self.matrix.out_features * self.matrix.in_features;
        let parts = (work / MIN_WORK_OF_A_THREAD).min(rayon::current_num_threads() * 4).min(tiles);
        if parts < 2 || crate::threads::is_alone() || rayon::current_num_threads() == 1 {
            return self.run_sequentially(0..tiles, &mut AlignedBytes::default());
        }
        (0..parts).into_par_iter().for_each_init(AlignedBytes::default, |panel, part| {
            self.run_sequentially(part * tiles / parts..(part + 1) * tiles / parts, panel);
        });
    }
}
