// The encoder that most would pick instead: BERT-base with a token-classification head, in 8 bits, in
// the files that transformers.js loads for `dtype: 'q8'`. The weights are random (always the same):
// its speed is measured, not its answers.
//
// The graph is the one that the usual export and onnxruntime's `quantize_dynamic` give: weights of
// matrix products and embeddings in 8 bits, a scale a tensor; DynamicQuantizeLinear, MatMulInteger,
// Cast and Mul for each product with weights; attention's own products, softmax, GELU and
// normalization in floats.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLOAT, Graph, INT64, INT8, UINT8 } from './onnx.mjs';
import { tokenizerFiles } from './wordpiece.mjs';

/** Goes up when the files change. */
const VERSION = 2;
const LAYERS = 12;
const WIDTH = 768;
const HEADS = 12;
const HEAD = WIDTH / HEADS;
const HIDDEN = 3072;
export const VOCABULARY = 30_522;
const POSITIONS = 512;
const OPSET = 17;
const LABELS = ['O', 'B-Chemical', 'I-Chemical', 'B-Disease', 'I-Disease'];

export const DESCRIPTION =
  `BERT-base (${LAYERS} layers, width ${WIDTH}, ${HEADS} heads, FFN ${HIDDEN}, vocabulary ${VOCABULARY}), ` +
  'token classification, int8 dynamically quantized, random weights';

/** Random numbers, the same every time: xorshift, and near enough normal by adding four. */
function random(seed) {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  /** Of mean 0 and deviation 1, from the four bytes of one number. */
  return () => {
    const bits = next();
    return (
      ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8
    );
  };
}

/** Makes the model's folder in `cache` unless it is there. Returns its name in `cache`. */
export function makeEncoder(cache, texts) {
  const name = `encoder-${VERSION}`;
  const folder = join(cache, name);
  if (existsSync(folder)) return name;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(join(part, 'onnx'), { recursive: true });
  writeFileSync(join(part, 'onnx', 'model_quantized.onnx'), model());
  const id2label = Object.fromEntries(LABELS.map((label, id) => [id, label]));
  const label2id = Object.fromEntries(LABELS.map((label, id) => [label, id]));
  const config = {
    model_type: 'bert',
    architectures: ['BertForTokenClassification'],
    hidden_size: WIDTH,
    num_hidden_layers: LAYERS,
    num_attention_heads: HEADS,
    intermediate_size: HIDDEN,
    hidden_act: 'gelu',
    max_position_embeddings: POSITIONS,
    type_vocab_size: 2,
    vocab_size: VOCABULARY,
    pad_token_id: 0,
    id2label,
    label2id,
  };
  const files = { 'config.json': config, ...tokenizerFiles(texts, VOCABULARY, POSITIONS) };
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(part, file), JSON.stringify(content));
  renameSync(part, folder);
  return name;
}

function model() {
  const graph = new Graph('bert');
  const draw = random(20260101);
  const scalar = (name, value) => graph.constant(name, FLOAT, [], Float32Array.of(value));
  const list = (name, ...values) =>
    graph.constant(name, INT64, [values.length], BigInt64Array.from(values, BigInt));
  const floats = (name, length, mean, deviation) =>
    graph.constant(
      name,
      FLOAT,
      [length],
      Float32Array.from({ length }, () => mean + deviation * draw()),
    );

  /** A matrix of deviation 0.02 in 8 bits with one scale, as BERT's are begun. */
  const DEVIATION = 0.02;
  const LARGEST = 3.5 * DEVIATION;
  function matrix(name, rows, columns, type) {
    const Values = type === INT8 ? Int8Array : Uint8Array;
    const values = new Values(rows * columns);
    const [zero, least, most] = type === INT8 ? [0, -127, 127] : [128, 0, 255];
    const step = LARGEST / 127;
    for (let i = 0; i < values.length; i++) {
      values[i] = Math.max(least, Math.min(most, zero + Math.round((DEVIATION * draw()) / step)));
    }
    return {
      values: graph.constant(`${name}_quantized`, type, [rows, columns], values),
      scale: scalar(`${name}_scale`, step),
      zero: graph.constant(`${name}_zero_point`, type, [], Values.of(zero)),
    };
  }

  /**
   * @param {string} input
   * @returns {string[]} the values, their scale and their zero point
   */
  const quantize = (input) =>
    graph.nodes(
      'DynamicQuantizeLinear',
      [input],
      {},
      ['quantized', 'scale', 'zero_point'].map((part) => `${input}_${part}`),
    );

  /** A product with weights, of an input that is quantized already. */
  function linear(name, input, inputs, outputs) {
    const [quantized, scale, zero] = input;
    const weights = matrix(`${name}.weight`, inputs, outputs, INT8);
    const product = graph.node('MatMulInteger', [quantized, weights.values, zero, weights.zero]);
    const float = graph.node('Cast', [product], { to: FLOAT });
    const scales = graph.node('Mul', [scale, weights.scale]);
    const scaled = graph.node('Mul', [float, scales]);
    return graph.node('Add', [floats(`${name}.bias`, outputs, 0, 0.02), scaled]);
  }

  const normalize = (name, input) =>
    graph.node(
      'LayerNormalization',
      [input, floats(`${name}.weight`, WIDTH, 1, 0.05), floats(`${name}.bias`, WIDTH, 0, 0.02)],
      { axis: -1, epsilon: 1e-12 },
    );

  function embedding(name, rows, indices) {
    const weights = matrix(name, rows, WIDTH, UINT8);
    const gathered = graph.node('Gather', [weights.values, indices]);
    return graph.node('DequantizeLinear', [gathered, weights.scale, weights.zero]);
  }

  const dims = ['batch_size', 'sequence_length'];
  const ids = graph.input('input_ids', INT64, dims);
  const given = graph.input('attention_mask', INT64, dims);
  const kinds = graph.input('token_type_ids', INT64, dims);
  const axis = list('axis_1', 1);

  const length = graph.node('Unsqueeze', [
    graph.node('Gather', [
      graph.node('Shape', [ids]),
      graph.constant('one', INT64, [], BigInt64Array.of(1n)),
    ]),
    list('axis_0', 0),
  ]);
  const everyPosition = graph.constant(
    'position_ids',
    INT64,
    [1, POSITIONS],
    BigInt64Array.from({ length: POSITIONS }, (_, i) => BigInt(i)),
  );
  const positions = graph.node('Slice', [everyPosition, list('start', 0), length, axis]);
  const words = embedding('word_embeddings', VOCABULARY, ids);
  const typed = graph.node('Add', [words, embedding('token_type_embeddings', 2, kinds)]);
  const placed = graph.node('Add', [typed, embedding('position_embeddings', POSITIONS, positions)]);
  let hidden = normalize('embeddings.norm', placed);

  const wide = graph.node('Cast', [graph.node('Unsqueeze', [given, list('axes_1_2', 1, 2)])], {
    to: FLOAT,
  });
  const mask = graph.node('Mul', [
    graph.node('Sub', [scalar('float_one', 1), wide]),
    scalar('masked', -3.4028234663852886e38),
  ]);

  const split = list('split', 0, 0, HEADS, HEAD);
  const merged = list('merged', 0, 0, WIDTH);
  const [root, half, one, two] = [
    scalar('root', Math.sqrt(HEAD)),
    scalar('half', 0.5),
    scalar('gelu_one', 1),
    scalar('root_two', Math.SQRT2),
  ];
  for (let layer = 0; layer < LAYERS; layer++) {
    const name = (part) => `layer.${layer}.${part}`;
    const input = quantize(hidden);
    const heads = (part, perm) =>
      graph.node(
        'Transpose',
        [graph.node('Reshape', [linear(name(part), input, WIDTH, WIDTH), split])],
        { perm },
      );
    const query = heads('query', [0, 2, 1, 3]);
    const key = heads('key', [0, 2, 3, 1]);
    const value = heads('value', [0, 2, 1, 3]);
    const scores = graph.node('Add', [
      graph.node('Div', [graph.node('MatMul', [query, key]), root]),
      mask,
    ]);
    const read = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), value]);
    const joined = graph.node('Reshape', [
      graph.node('Transpose', [read], { perm: [0, 2, 1, 3] }),
      merged,
    ]);
    const attended = linear(name('attention.output'), quantize(joined), WIDTH, WIDTH);
    hidden = normalize(name('attention.norm'), graph.node('Add', [attended, hidden]));
    const inner = linear(name('intermediate'), quantize(hidden), WIDTH, HIDDEN);
    const erf = graph.node('Add', [graph.node('Erf', [graph.node('Div', [inner, two])]), one]);
    const gelu = graph.node('Mul', [graph.node('Mul', [inner, erf]), half]);
    const outer = linear(name('output'), quantize(gelu), HIDDEN, WIDTH);
    hidden = normalize(name('output.norm'), graph.node('Add', [outer, hidden]));
  }
  const classified = linear('classifier', quantize(hidden), WIDTH, LABELS.length);
  graph.node('Identity', [classified], {}, 'logits');
  graph.output('logits', FLOAT, [...dims, LABELS.length]);
  return graph.bytes(OPSET);
}
