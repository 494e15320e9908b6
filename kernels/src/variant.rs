//! The ways to multiply, and the choice among them.

use crate::activations::Activations;
#[cfg(target_arch = "aarch64")]
use crate::arm;
use crate::buffer::AlignedBytes;
use crate::codes::BLOCK;
use crate::format::BlockFormat;
use crate::layout::Layout;
use crate::portable;
use crate::tile::{Output, Tile};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use crate::wasm;
#[cfg(target_arch = "x86_64")]
use crate::x86;

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
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
    RelaxedNarrow,
    /// WebAssembly's relaxed SIMD, where weights of 8 bits are taken as unsigned.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
    RelaxedUnsigned,
    /// WebAssembly's relaxed SIMD, where weights of 8 bits are taken as signed.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
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

impl Variant {
    /// The fastest that this machine can run on weights of one format.
    pub fn best(format: BlockFormat) -> Self {
        let suitable = Self::available().into_iter().rev().find(|variant| variant.suits(format));
        suitable.unwrap_or(Variant::Portable)
    }

    /// Whether it gains from weights of this format. Some variants take weights of 8 bits apart to
    /// multiply them, which costs more than it saves.
    fn suits(self, format: BlockFormat) -> bool {
        let narrow_only = match self {
            #[cfg(all(
                target_arch = "wasm32",
                target_feature = "simd128",
                feature = "relaxed-simd"
            ))]
            Variant::RelaxedNarrow => true,
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
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
        match wasm::relaxed::layout() {
            Some(wasm::relaxed::UNSIGNED) => all.push(Variant::RelaxedUnsigned),
            Some(wasm::relaxed::SIGNED) => all.push(Variant::RelaxedSigned),
            _ => all.push(Variant::RelaxedNarrow),
        }
        #[cfg(target_arch = "aarch64")]
        {
            all.push(Variant::Neon);
            if arm::dotprod::available() {
                all.push(Variant::NeonDotprod);
            }
        }
        #[cfg(target_arch = "x86_64")]
        {
            let variants = [
                (Variant::Avx2, x86::pairs::available()),
                (Variant::Avx2Narrow, x86::pairs::available()),
                (Variant::AvxVnni, x86::vnni::available()),
                (Variant::Avx512Vnni, x86::vnni512::available()),
            ];
            all.extend(variants.into_iter().filter(|(_, runs)| *runs).map(|(variant, _)| variant));
        }
        all
    }

    pub(crate) const fn layout(self) -> Layout {
        match self {
            Variant::Portable => portable::LAYOUT,
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Variant::Simd128 => wasm::pairs::LAYOUT,
            #[cfg(all(
                target_arch = "wasm32",
                target_feature = "simd128",
                feature = "relaxed-simd"
            ))]
            Variant::RelaxedNarrow => wasm::narrow::LAYOUT,
            #[cfg(all(
                target_arch = "wasm32",
                target_feature = "simd128",
                feature = "relaxed-simd"
            ))]
            Variant::RelaxedUnsigned => wasm::relaxed::UNSIGNED,
            #[cfg(all(
                target_arch = "wasm32",
                target_feature = "simd128",
                feature = "relaxed-simd"
            ))]
            Variant::RelaxedSigned => wasm::relaxed::SIGNED,
            #[cfg(target_arch = "aarch64")]
            Variant::Neon | Variant::NeonDotprod => arm::vectors::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx2 => x86::pairs::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx2Narrow => x86::narrow::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::AvxVnni => x86::vnni::LAYOUT,
            #[cfg(target_arch = "x86_64")]
            Variant::Avx512Vnni => x86::vnni512::LAYOUT,
        }
    }

    /// Multiplies one tile with every token.
    ///
    /// # Safety
    /// This machine can run the variant; tile and activations are laid out for it and agree in the
    /// number of blocks; `output` has a place of its own for every token.
    pub(crate) unsafe fn multiply_tile(
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
                Variant::Simd128 => wasm::pairs::multiply_tile(tile, x, output, panel),
                #[cfg(all(
                    target_arch = "wasm32",
                    target_feature = "simd128",
                    feature = "relaxed-simd"
                ))]
                Variant::RelaxedNarrow => wasm::narrow::multiply_tile(tile, x, output, panel),
                #[cfg(all(
                    target_arch = "wasm32",
                    target_feature = "simd128",
                    feature = "relaxed-simd"
                ))]
                Variant::RelaxedUnsigned | Variant::RelaxedSigned => {
                    wasm::relaxed::multiply_tile(layout, tile, x, output, panel)
                }
                #[cfg(target_arch = "aarch64")]
                Variant::Neon => arm::neon::multiply_tile(tile, x, output),
                #[cfg(target_arch = "aarch64")]
                Variant::NeonDotprod => arm::dotprod::multiply_tile(tile, x, output),
                #[cfg(target_arch = "x86_64")]
                Variant::Avx2 => x86::pairs::multiply_tile(tile, x, output, panel),
                #[cfg(target_arch = "x86_64")]
                Variant::Avx2Narrow => x86::narrow::multiply_tile(tile, x, output),
                #[cfg(target_arch = "x86_64")]
                Variant::AvxVnni => x86::vnni::multiply_tile(tile, x, output),
                #[cfg(target_arch = "x86_64")]
                Variant::Avx512Vnni => x86::vnni512::multiply_tile(tile, x, output),
            }
        }
    }
}

impl Activations {
    /// Quantizes `x`, which is `[tokens, features]`, for matrices packed for `variant`; `features`
    /// is a multiple of 32. A block with a value that is not finite gets a scale that is not finite,
    /// and so do all products with it. What was there before is overwritten.
    ///
    /// # Panics
    /// If `x` is not of that shape.
    pub fn quantize(&mut self, variant: Variant, x: &[f32], tokens: usize, features: usize) {
        self.fill(variant.layout(), x, tokens, features);
    }
}
