import { writeOnnx, type Port } from './onnx-file.ts';

const letters = Array.from(" .,?!'abcdefghijklmnopqrstuvwxyz");
const samplesPerLetter = 480;

/**
 * A network of a kilobyte that sherpa-onnx takes for a voice of the kind VITS with two speakers, in
 * the files of such a voice: a tone as long as the text, slower when told so, higher for the second.
 */
export function tinyVits(): Readonly<Record<string, Uint8Array>> {
  const int64 = (name: string, dims: Port['dims']): Port => ({ name, type: 'int64', dims });
  const float = (name: string, dims: Port['dims']): Port => ({ name, type: 'float', dims });
  const model = writeOnnx({
    inputs: [
      int64('input', [1, 'letters']),
      int64('input_lengths', [1]),
      float('scales', [3]),
      int64('sid', [1]),
    ],
    outputs: [float('output', [1, 1, 'samples'])],
    constants: [
      { name: 'second', dims: [1], ints: [1] },
      { name: 'per_letter', dims: [1], floats: [samplesPerLetter] },
      { name: 'zero', dims: [], floats: [0] },
      { name: 'one', dims: [], floats: [1] },
      { name: 'scalar', dims: [0], ints: [] },
      { name: 'step', dims: [1], floats: [0.1] },
      { name: 'higher', dims: [1], floats: [0.04] },
      { name: 'volume', dims: [1], floats: [0.3] },
      { name: 'shape', dims: [3], ints: [1, 1, -1] },
    ],
    operations: [
      { type: 'Gather', inputs: ['scales', 'second'], outputs: ['stretch'] },
      { type: 'Cast', inputs: ['input_lengths'], outputs: ['length'], ints: { to: 1 } },
      { type: 'Mul', inputs: ['length', 'stretch'], outputs: ['stretched'] },
      { type: 'Mul', inputs: ['stretched', 'per_letter'], outputs: ['many'] },
      { type: 'Reshape', inputs: ['many', 'scalar'], outputs: ['count'] },
      { type: 'Range', inputs: ['zero', 'count', 'one'], outputs: ['times'] },
      { type: 'Cast', inputs: ['sid'], outputs: ['speaker'], ints: { to: 1 } },
      { type: 'Mul', inputs: ['speaker', 'higher'], outputs: ['rise'] },
      { type: 'Add', inputs: ['step', 'rise'], outputs: ['pitch'] },
      { type: 'Mul', inputs: ['times', 'pitch'], outputs: ['phase'] },
      { type: 'Sin', inputs: ['phase'], outputs: ['wave'] },
      { type: 'Mul', inputs: ['wave', 'volume'], outputs: ['sound'] },
      { type: 'Reshape', inputs: ['sound', 'shape'], outputs: ['output'] },
    ],
    metadata: {
      model_type: 'vits',
      comment: 'coqui',
      frontend: 'characters',
      language: 'English',
      sample_rate: '16000',
      n_speakers: '2',
      add_blank: '1',
      use_eos_bos: '0',
      blank_id: String(letters.length),
      pad_id: String(letters.length + 1),
      bos_id: String(letters.length + 2),
      eos_id: String(letters.length + 3),
    },
  });
  const tokens = [...letters, '_', '~', '^', '$'].map((sign, id) => `${sign} ${id}\n`).join('');
  return { 'model.onnx': model, 'tokens.txt': Buffer.from(tokens) };
}
