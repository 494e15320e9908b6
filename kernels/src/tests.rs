//! Every variant against the definition, bit for bit.

use proptest::prelude::*;

use crate::case::{Case, Random};
use crate::codes::BLOCK;
use crate::{Activations, BlockFormat, PackedMatrix, RowMatrix, Variant};

const FORMATS: [BlockFormat; 3] = BlockFormat::ALL;

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_variant_gives_the_bits_of_the_definition(
        out_features in 1usize..70,
        blocks in 1usize..7,
        tokens in 0usize..27,
        seed: u64,
    ) {
        for variant in Variant::available() {
            for format in FORMATS {
                let case = Case { variant, format, out_features, blocks, tokens, seed };
                prop_assert_eq!(case.check(), Ok(()), "{:?}", case);
            }
        }
    }
}

#[test]
fn the_shapes_of_a_model() {
    for variant in Variant::available() {
        for format in FORMATS {
            for (out_features, in_features) in [(960, 576), (576, 1536)] {
                let case = Case {
                    variant,
                    format,
                    out_features,
                    blocks: in_features / BLOCK,
                    tokens: 37,
                    seed: 7,
                };
                assert_eq!(case.check(), Ok(()), "{case:?}");
            }
        }
    }
}

#[test]
fn the_largest_products_do_not_saturate() {
    let blocks = 3;
    for variant in Variant::available() {
        for (code, x) in [(0x80, 1.0), (0x80, -1.0), (0x7f, 1.0), (0x7f, -1.0)] {
            let block: Vec<u8> = [0x00, 0x3c].into_iter().chain([code; 32]).collect();
            let bytes = block.repeat(5 * blocks);
            let matrix =
                PackedMatrix::pack(variant, BlockFormat::Q8_0, &bytes, 5, blocks * BLOCK).unwrap();
            let mut activations = Activations::default();
            activations.quantize(variant, &vec![x; 6 * blocks * BLOCK], 6, blocks * BLOCK);
            let mut y = vec![0.0; 30];
            matrix.multiply(&activations, &mut y);
            let scale = 1.0f32 / 127.0;
            let block = (code as i8 as i32 * 127 * x as i32 * 32) as f32 * scale;
            assert!(y.iter().all(|y| *y == block + block + block), "{variant:?} {code} {x} {y:?}");
        }
    }
}

#[test]
fn values_that_are_not_finite_are_not_hidden() {
    for variant in Variant::available() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut bytes = Random(3).matrix(BlockFormat::Q8_0, 16);
            bytes.chunks_exact_mut(34).for_each(|block| block[..2].copy_from_slice(&[0, 0x3c]));
            let matrix = PackedMatrix::pack(variant, BlockFormat::Q8_0, &bytes, 8, 64).unwrap();
            let mut activations = Activations::default();
            let mut x = vec![1.0; 128];
            x[70] = bad;
            activations.quantize(variant, &x, 2, 64);
            let mut y = vec![0.0; 16];
            matrix.multiply(&activations, &mut y);
            assert!(y[..8].iter().all(|y| y.is_finite()), "{variant:?}");
            assert!(y[8..].iter().all(|y| !y.is_finite()), "{variant:?} {bad} {y:?}");
        }
    }
}

#[test]
fn a_row_is_its_codes_times_its_scales() {
    let mut bytes = vec![0x00, 0x40]; // 2.0
    bytes.extend((0..32).map(|k| (k as i8 - 16) as u8));
    let matrix = RowMatrix::new(BlockFormat::Q8_0, bytes, 1, 32).unwrap();
    let mut row = [0.0; 32];
    matrix.row(0, &mut row);
    assert_eq!(row, std::array::from_fn(|k| (k as f32 - 16.0) * 2.0));
}

#[test]
fn what_is_no_matrix_is_refused() {
    let good = Random(5).matrix(BlockFormat::Q4_0, 4);
    let refused = |bytes: &[u8], rows, columns| {
        let packed = PackedMatrix::pack(Variant::Portable, BlockFormat::Q4_0, bytes, rows, columns);
        let kept = RowMatrix::new(BlockFormat::Q4_0, bytes.to_vec(), rows, columns);
        assert_eq!(packed.is_err(), kept.is_err());
        packed.is_err()
    };
    assert!(!refused(&good, 2, 64));
    assert!(refused(&good, 2, 63));
    assert!(refused(&good, 3, 64));
    assert!(refused(&good[1..], 2, 64));
    assert!(refused(&[], 0, 64));
    assert!(refused(&[], 64, 0));
    assert!(refused(&good, usize::MAX, 64));
    let mut infinite = good.clone();
    infinite[18..20].copy_from_slice(&[0x00, 0x7c]);
    assert!(refused(&infinite, 2, 64));
}
