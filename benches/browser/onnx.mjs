// Writes ONNX files: as much of their protocol buffers as a graph of an encoder needs.

export const FLOAT = 1;
export const UINT8 = 2;
export const INT8 = 3;
export const INT64 = 7;

const concat = (parts) => Buffer.concat(parts);

function varint(value) {
  const bytes = [];
  let left = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(left & 127n);
    left >>= 7n;
    bytes.push(left ? low | 128 : low);
  } while (left);
  return Buffer.from(bytes);
}

const tagged = (field, kind, body) => concat([varint(field * 8 + kind), body]);
const int = (field, value) => tagged(field, 0, varint(value));
const bytes = (field, body) => concat([varint(field * 8 + 2), varint(body.length), body]);
const text = (field, value) => bytes(field, Buffer.from(value));
const float = (field, value) => {
  const body = Buffer.alloc(4);
  body.writeFloatLE(value);
  return tagged(field, 5, body);
};

/** A constant: `data` is a typed array, little-endian as it lies. */
function tensor(name, type, dims, data) {
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return concat([...dims.map((dim) => int(1, dim)), int(2, type), text(8, name), bytes(9, raw)]);
}

function attribute(name, value) {
  const [FLOAT_KIND, INT_KIND, INTS_KIND] = [1, 2, 7];
  if (Array.isArray(value)) {
    return concat([text(1, name), ...value.map((item) => int(8, item)), int(20, INTS_KIND)]);
  }
  if (Number.isInteger(value)) return concat([text(1, name), int(3, value), int(20, INT_KIND)]);
  return concat([text(1, name), float(2, value), int(20, FLOAT_KIND)]);
}

/** Dimensions are numbers or names. */
function signature(name, type, dims) {
  const shape = dims.map((dim) => bytes(1, typeof dim === 'string' ? text(2, dim) : int(1, dim)));
  const tensorType = concat([int(1, type), bytes(2, concat(shape))]);
  return concat([text(1, name), bytes(2, bytes(1, tensorType))]);
}

/** A graph in the making. */
export class Graph {
  #parts = [];
  #names = 0;

  constructor(name) {
    this.#parts.push(text(2, name));
  }

  input(name, type, dims) {
    this.#parts.push(bytes(11, signature(name, type, dims)));
    return name;
  }

  output(name, type, dims) {
    this.#parts.push(bytes(12, signature(name, type, dims)));
  }

  constant(name, type, dims, data) {
    this.#parts.push(bytes(5, tensor(name, type, dims, data)));
    return name;
  }

  /** Adds a node with one output. Returns the output's name. */
  node(op, inputs, attributes = {}, name = `${op}_${this.#names++}`) {
    this.nodes(op, inputs, attributes, [name]);
    return name;
  }

  /** Adds a node whose outputs have these names. */
  nodes(op, inputs, attributes, names) {
    this.#parts.push(
      bytes(
        1,
        concat([
          ...inputs.map((input) => text(1, input)),
          ...names.map((output) => text(2, output)),
          text(3, `node_${this.#names++}`),
          text(4, op),
          ...Object.entries(attributes).map(([key, value]) => bytes(5, attribute(key, value))),
        ]),
      ),
    );
    return names;
  }

  /** The file. */
  bytes(opset) {
    const [IR_VERSION, PRODUCER] = [8, 'bioner-bench'];
    return concat([
      int(1, IR_VERSION),
      text(2, PRODUCER),
      bytes(7, concat(this.#parts)),
      bytes(8, concat([text(1, ''), int(2, opset)])),
    ]);
  }
}
