// Which of the two binaries of the module this browser gets: the one with relaxed SIMD where it has that, else
// the one that every supported browser runs. Both give the same results to the bit.

// The smallest module with an instruction of relaxed SIMD in it:
// (func (result v128) (i8x16.relaxed_swizzle (i8x16.splat (i32.const 0)) (i8x16.splat (i32.const 0)))).
// biome-ignore format: a section of the module a line
const RELAXED_MODULE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic, version 1
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, //       types: () -> v128
  0x03, 0x02, 0x01, 0x00, //                         functions: one, of type 0
  0x0a, 0x0f, 0x01, 0x0d, 0x00, //                   code: one body of 13 bytes, no locals
  0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, // twice i32.const 0, i8x16.splat
  0xfd, 0x80, 0x02, 0x0b, //                         i8x16.relaxed_swizzle, end
);

/** The name of the binary, beside the module's script. */
export const binaryName = () =>
  WebAssembly.validate(RELAXED_MODULE) ? 'bioner_relaxed_bg.wasm' : 'bioner_bg.wasm';
