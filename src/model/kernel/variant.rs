//! The ways to multiply, and the choice among them.

use super::activations::Activations;
use super::buffer::AlignedBytes;
use super::layout::{BLOCK, BlockFormat, Layout};
use super::portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::simd128;
#[cfg(target_arch = "x86_64")]
use super::{avx_vnni, avx2, avx2_narrow, avx512_vnni};
#[cfg(target_arch = "aarch64")]
use super::{neon, neon_block, neon_dotprod};
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
use super::{relaxed_nibbles, relaxed_simd128};

/// One way to multiply. Matrices and activations are laid out for the variant they are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Variant {
    /// Plain Rust, for any machine.
    Portable,
    /// WebAssembly's 128-bit SIMD.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Simd128,
    /// WebAssembly's relaxed SIMD, where weights of 8 bits saturate.
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    RelaxedNibbles,
    /// WebAssembly's relaxed SIMD, where weights of 8 bits are taken as unsigned.
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    RelaxedUnsigned,
    /// WebAssembly's relaxed SIMD, where weights of 8 bits are taken as signed.
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    RelaxedSigned,
    /// Arm's NEON.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// Arm's NEON with dot products.
    #[cfg(target_arch = "aarch64")]
    NeonDotprod,
    /// x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// x86-64 with AVX2, for weights of up to 5 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2Narrow,
    /// x86-64 with AVX-VNNI.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// x86-64 with AVX-512 VNNI.
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

/// A tile of a packed matrix.
#[derive(Clone, Copy)]
pub(super) struct Tile<'a> {
    pub format: BlockFormat,
    /// `[block][Layout::block_bytes]`
    pub codes: &'a [u8],
    /// `[block][output]`
    pub scales: &'a [f32],
    /// The codes of the tile that comes next, if there is one: worth fetching in the meantime.
    pub ahead: &'a [u8],
}

/// Where a tile's products go: `columns` values a token, `stride` apart.
#[derive(Clone, Copy)]
pub(super) struct Output {
    pub first: *mut f32,
    pub stride: usize,
    pub columns: usize,
}

impl Output {
    /// Stores the products of one token, of which the first `columns` are wanted.
    ///
    /// # Safety
    /// The token's `columns` values lie within the buffer that `first` points into, nothing else
    /// writes them, and `values` has as many.
    #[inline(always)]
    pub(super) unsafe fn store<const N: usize>(&self, token: usize, values: &[f32; N]) {
        // SAFETY: by this function's own conditions.
        unsafe {
            let to = self.first.add(token * self.stride);
            if self.columns == N {
                // Nearly always, and then no call.
                to.cast::<[f32; N]>().write_unaligned(*values);
            } else {
                debug_assert!(self.columns < N);
                std::ptr::copy_nonoverlapping(values.as_ptr(), to, self.columns);
            }
        }
    }
}

impl Variant {
    /// The fastest this machine can run on weights of one format.
    pub fn best(format: BlockFormat) -> Self {
        let fitting = Self::available().into_iter().rev().find(|variant| variant.suits(format));
        fitting.unwrap_or(Variant::Portable)
    }

    /// Whether it gains from weights of this format: some take weights of 8 bits apart to multiply
    /// them, which costs more than it saves.
    fn suits(self, format: BlockFormat) -> bool {
        let narrow_only = match self {
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Variant::RelaxedNibbles => true,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx2Narrow => true,
            _ => false,
        };
        !narrow_only || format != BlockFormat::Q8_0
    }

    /// All that this machine can run, the fastest last.
    pub fn available() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Variant::Portable];
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        all.push(Variant::Simd128);
        #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
        match relaxed_simd128::layout() {
            Some(relaxed_simd128::UNSIGNED) => all.push(Variant::RelaxedUnsigned),
            Some(relaxed_simd128::SIGNED) => all.push(Variant::RelaxedSigned),
            _ => all.push(Variant::RelaxedNibbles),
        }
        #[cfg(target_arch = "aarch64")]
        {
            all.push(Variant::Neon);
            if neon_dotprod::available() {
                all.push(Variant::NeonDotprod);
            }
        }
        #[cfg(target_arch = "x86_64")]
        {
            let variants = [
                (Variant::Avx2, avx2::available()),
                (Variant::Avx2Narrow, avx2::available()),
                (Variant::AvxVnni, avx_vnni::available()),
                (Variant::Avx512Vnni, avx512_vnni::available()),
            ];
            all.extend(variants.into_iter().filter(|(_, runs)| *runs).map(|(variant, _)| variant));
        }
        all
    }

    pub(super) const fn layout(self) -> Layout {
        match self {
            Variant::Portable => portable::LAYOUT,
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Variant::Simd128 => simd128::LAYOUT,
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Variant::RelaxedNibbles => relaxed_nibbles::LAYOUT,
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Variant::RelaxedUnsigned => relaxed_simd128::UNSIGNED,
            #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
            Variant::RelaxedSigned => relaxed_simd128::SIGNED,
            #[cfg(target_arch = "aarch64")]
            Variant::Neon | Variant::NeonDotprod => neon_block::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx2 => avx2::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx2Narrow => avx2_narrow::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::AvxVnni => avx_vnni::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx512Vnni => avx512_vnni::LAYOUT,
        }
    }

    /// Multiplies one tile with every token.
    ///
    /// # Safety
    /// This machine can run the variant; tile and activations are laid out for it and agree in the
    /// number of blocks; `output` has a place of its own for every token.
    pub(super) unsafe fn multiply_tile(
        self,
        tile: Tile<'_>,
        x: &Activations,
        output: Output,
        panel: &mut AlignedBytes,
    ) {
        let layout = self.layout();
        let blocks = x.features() / BLOCK;
        debug_assert_eq!(tile.codes.len(), blocks * layout.block_bytes(tile.format));
        debug_assert_eq!(tile.scales.len(), blocks * layout.width);
        debug_assert_eq!(x.layout(), layout);
        // SAFETY: the caller's conditions are those of each.
        unsafe {
            match self {
                Variant::Portable => portable::multiply_tile(tile, x, output, panel),
                #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
                Variant::Simd128 => simd128::multiply_tile(tile, x, output, panel),
                #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
                Variant::RelaxedNibbles => relaxed_nibbles::multiply_tile(tile, x, output, panel),
                #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
                Variant::RelaxedUnsigned | Variant::RelaxedSigned => {
                    relaxed_simd128::multiply_tile(layout, tile, x, output, panel)
                }
                #[cfg(target_arch = "aarch64")]
                Variant::Neon => neon::multiply_tile(tile, x, output),
                #[cfg(target_arch = "aarch64")]
                Variant::NeonDotprod => neon_dotprod::multiply_tile(tile, x, output),
                #[cfg(target_arch = "x86_64")]
                Variant::Avx2 => avx2::multiply_tile(tile, x, output, panel),
                #[cfg(target_arch = "x86_64")]
                Variant::Avx2Narrow => avx2_narrow::multiply_tile(tile, x, output),
                #[cfg(target_arch = "x86_64")]
                Variant::AvxVnni => avx_vnni::multiply_tile(tile, x, output),
                #[cfg(target_arch = "x86_64")]
                Variant::Avx512Vnni => avx512_vnni::multiply_tile(tile, x, output),
            }
        }
    }
}
