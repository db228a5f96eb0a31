/*
 * Writes ONNX files: just enough of its protobuf (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto)
 * for networks of a handful of nodes.
 */

/** A constant of a network. */
export interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}

/** One operation: https://onnx.ai/onnx/operators/ */
export interface Operation {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
}

/** An input or output; a text stands for a length that may differ. */
export interface Port {
  readonly name: string;
  readonly type: 'float' | 'int32' | 'int64';
  readonly dims: readonly (number | string)[];
}

/** A network and what is known of it. */
export interface Network {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly constants?: readonly Constant[];
  readonly operations: readonly Operation[];
  readonly metadata?: Readonly<Record<string, string>>;
}

const elementTypes = { float: 1, int32: 6, int64: 7 } as const;

/** @returns the bytes of an `.onnx` file. */
export function writeOnnx(network: Network): Uint8Array {
  const graph = message([
    ...network.operations.map((operation) => field(1, node(operation))),
    field(2, text('tiny')),
    ...(network.constants ?? []).map((constant) => field(5, tensor(constant))),
    ...network.inputs.map((port) => field(11, valueInfo(port))),
    ...network.outputs.map((port) => field(12, valueInfo(port))),
  ]);
  const metadata = Object.entries(network.metadata ?? {});
  return message([
    number(1, 8), // version of the format
    field(7, graph),
    field(8, message([field(1, text('')), number(2, 13)])), // version of the operators
    ...metadata.map(([key, value]) =>
      field(14, message([field(1, text(key)), field(2, text(value))])),
    ),
  ]);
}

function node({ type, inputs, outputs, ints = {} }: Operation): Uint8Array {
  return message([
    ...inputs.map((name) => field(1, text(name))),
    ...outputs.map((name) => field(2, text(name))),
    field(4, text(type)),
    ...Object.entries(ints).map(([name, value]) => {
      const body =
        typeof value === 'number'
          ? [number(3, value), number(20, 2)]
          : [...value.map((one) => number(8, one)), number(20, 7)];
      return field(5, message([field(1, text(name)), ...body]));
    }),
  ]);
}

function tensor({ name, dims, floats, ints = [] }: Constant): Uint8Array {
  const raw = floats
    ? new Uint8Array(Float32Array.from(floats).buffer)
    : new Uint8Array(BigInt64Array.from(ints.map(BigInt)).buffer);
  return message([
    ...dims.map((length) => number(1, length)),
    number(2, floats ? elementTypes.float : elementTypes.int64),
    field(8, text(name)),
    field(9, raw),
  ]);
}

function valueInfo({ name, type, dims }: Port): Uint8Array {
  const shape = dims.map((length) =>
    field(1, message([typeof length === 'number' ? number(1, length) : field(2, text(length))])),
  );
  const tensorType = message([number(1, elementTypes[type]), field(2, message(shape))]);
  return message([field(1, text(name)), field(2, message([field(1, tensorType)]))]);
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const message = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

const number = (id: number, value: number): Uint8Array =>
  message([varint(BigInt(id) << 3n), varint(BigInt.asUintN(64, BigInt(value)))]);

const field = (id: number, content: Uint8Array): Uint8Array =>
  message([varint((BigInt(id) << 3n) | 2n), varint(BigInt(content.length)), content]);

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
