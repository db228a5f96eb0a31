import { writeOnnx, type Operation, type Port } from './onnx-file.ts';

/*
 * Networks of a few hundred bytes that sherpa-onnx takes for speech recognisers. They tell loud from
 * quiet, which is enough to see that sound goes in and its words come out.
 */

/** Files of a model by name, as in an archive of k2-fsa/sherpa-onnx without its folder. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

/** Says `loud` or `quiet` for a whole turn, in the files of Moonshine. */
export function tinyMoonshine(): ModelFiles {
  const float = (name: string, dims: Port['dims']): Port => ({ name, type: 'float', dims });
  const int32 = (name: string, dims: Port['dims']): Port => ({ name, type: 'int32', dims });
  const features = ['batch', 'frames', 1];
  // Per frame of 24 ms: the mean of the samples' size.
  const preprocess = writeOnnx({
    inputs: [float('audio', ['batch', 'samples'])],
    outputs: [float('features', features)],
    constants: [{ name: 'axis', dims: [1], ints: [1] }],
    operations: [
      { type: 'Abs', inputs: ['audio'], outputs: ['size'] },
      { type: 'Unsqueeze', inputs: ['size', 'axis'], outputs: ['row'] },
      {
        type: 'AveragePool',
        inputs: ['row'],
        outputs: ['pooled'],
        ints: { kernel_shape: [384], strides: [384] },
      },
      { type: 'Transpose', inputs: ['pooled'], outputs: ['features'], ints: { perm: [0, 2, 1] } },
    ],
  });
  const encode = writeOnnx({
    inputs: [float('features', features), int32('length', [1])],
    outputs: [float('encoded', features)],
    operations: [{ type: 'Identity', inputs: ['features'], outputs: ['encoded'] }],
  });
  // Over unk, start, end, loud, quiet.
  const decoder = (first: boolean): Uint8Array =>
    writeOnnx({
      inputs: [
        int32('token', ['batch', 'one']),
        float('encoded', features),
        int32('length', [1]),
        ...(first ? [] : [float('before', [1, 1, 1])]),
      ],
      outputs: [float('logits', [1, 1, 5]), float('after', [1, 1, 1])],
      constants: [
        { name: 'weights', dims: [1, 5], floats: first ? [0, 0, 0, 100, -100] : [0, 0, 0, 0, 0] },
        { name: 'bias', dims: [5], floats: first ? [-9, -9, -9, -1, 1] : [-9, -9, 9, -9, -9] },
      ],
      operations: [
        {
          type: 'ReduceMean',
          inputs: ['encoded'],
          outputs: ['after'],
          ints: { axes: [1, 2], keepdims: 1 },
        },
        { type: 'MatMul', inputs: ['after', 'weights'], outputs: ['weighed'] },
        { type: 'Add', inputs: ['weighed', 'bias'], outputs: ['logits'] },
      ],
    });
  return {
    'preprocess.onnx': preprocess,
    'encode.int8.onnx': encode,
    'uncached_decode.int8.onnx': decoder(true),
    'cached_decode.int8.onnx': decoder(false),
    'tokens.txt': tokens(['<unk>', '<s>', '</s>', '▁Loud.', '▁Quiet.']),
  };
}

/** Says `loud` and `quiet` as they come, in the files of a streaming Zipformer transducer. */
export function tinyZipformer(): ModelFiles {
  const encoder = {
    encoder_dims: '2',
    attention_dims: '2',
    num_encoder_layers: '1',
    cnn_module_kernels: '3',
    left_context_len: '4',
    T: '39',
    decode_chunk_len: '32',
  };
  const states: Port[] = [
    { name: 'len', type: 'int64', dims: [1, 'N'] },
    { name: 'avg', type: 'float', dims: [1, 'N', 2] },
    { name: 'key', type: 'float', dims: [1, 4, 'N', 2] },
    { name: 'val', type: 'float', dims: [1, 4, 'N', 1] },
    { name: 'val2', type: 'float', dims: [1, 4, 'N', 1] },
    { name: 'conv1', type: 'float', dims: [1, 'N', 2, 2] },
    { name: 'conv2', type: 'float', dims: [1, 'N', 2, 2] },
  ];
  const kept = (port: Port): Port => ({ ...port, name: `new_${port.name}` });
  const keep = states.map<Operation>((port) => ({
    type: 'Identity',
    inputs: [port.name],
    outputs: [kept(port).name],
  }));
  return {
    // The mean of the log energies of a chunk: about -15 for nothing, above -6 for a voice.
    'encoder-epoch-99-avg-1.int8.onnx': writeOnnx({
      metadata: { model_type: 'zipformer', version: '1', ...encoder },
      inputs: [{ name: 'x', type: 'float', dims: ['N', 39, 80] }, ...states],
      outputs: [{ name: 'encoder_out', type: 'float', dims: ['N', 1, 2] }, ...states.map(kept)],
      constants: [
        { name: 'middle', dims: [1], floats: [9] },
        { name: 'sides', dims: [1, 2], floats: [1, -1] },
      ],
      operations: [
        {
          type: 'ReduceMean',
          inputs: ['x'],
          outputs: ['mean'],
          ints: { axes: [1, 2], keepdims: 1 },
        },
        { type: 'Add', inputs: ['mean', 'middle'], outputs: ['level'] },
        { type: 'MatMul', inputs: ['level', 'sides'], outputs: ['encoder_out'] },
        ...keep,
      ],
    }),
    // What was said last is not said again.
    'decoder-epoch-99-avg-1.onnx': writeOnnx({
      metadata: { vocab_size: '4', context_size: '2' },
      inputs: [{ name: 'y', type: 'int64', dims: ['N', 2] }],
      outputs: [{ name: 'decoder_out', type: 'float', dims: ['N', 2] }],
      constants: [
        { name: 'last', dims: [], ints: [1] },
        { name: 'said', dims: [4, 2], floats: [0, 0, 0, 0, -99, 0, 0, -99] },
      ],
      operations: [
        { type: 'Gather', inputs: ['y', 'last'], outputs: ['token'], ints: { axis: 1 } },
        { type: 'Gather', inputs: ['said', 'token'], outputs: ['decoder_out'], ints: { axis: 0 } },
      ],
    }),
    'joiner-epoch-99-avg-1.int8.onnx': writeOnnx({
      metadata: { joiner_dim: '2' },
      inputs: [
        { name: 'encoder_out', type: 'float', dims: ['N', 2] },
        { name: 'decoder_out', type: 'float', dims: ['N', 2] },
      ],
      outputs: [{ name: 'logit', type: 'float', dims: ['N', 4] }],
      constants: [{ name: 'weights', dims: [2, 4], floats: [0, 0, 1, 0, 0, 0, 0, 1] }],
      operations: [
        { type: 'Add', inputs: ['encoder_out', 'decoder_out'], outputs: ['both'] },
        { type: 'MatMul', inputs: ['both', 'weights'], outputs: ['logit'] },
      ],
    }),
    'tokens.txt': tokens(['<blk>', '<unk>', '▁LOUD', '▁QUIET']),
  };
}

function tokens(symbols: readonly string[]): Uint8Array {
  return Buffer.from(symbols.map((symbol, index) => `${symbol} ${index}\n`).join(''));
}
