import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSpokenTurn } from '../../src/cli/caller/index.ts';

/** Not the synchronous kind: other callers speak meanwhile. */
const run = promisify(execFile);

/** Whether this machine has what `speak` needs. */
export const canSpeak = ['flite', 'sox'].every((tool) => spawnSync('which', [tool]).status === 0);

/** Voices of Debian's `flite`. The first two are unlike any the engine speaks with. */
export type Voice = 'awb' | 'kal16' | 'slt';

/** `telephone`: 300 to 3400 Hz through G.711 µ-law and back. */
export type Line = 'wide' | 'telephone';

const telephone = {
  filter: ['rate', '8k', 'highpass', '300', 'lowpass', '3400'],
  format: ['-e', 'mu-law', '-r', '8000', '-b', '8'],
};

/** Says a text as a caller would sound at our end: 24 kHz mono, peak at −6 dB. */
export async function speak(
  text: string,
  how: { readonly voice: Voice; readonly line: Line; readonly noiseDb?: number },
): Promise<Int16Array> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-said-'));
  const file = (name: string): string => join(folder, name);
  const sox = (...args: readonly string[]) => run('sox', ['-R', ...args]);
  try {
    await run('flite', ['-voice', how.voice, '-t', text, '-o', file('raw.wav')]);
    const clean = ['gain', '-n', '-6', 'pad', '0.1', '0.2'];
    await sox(file('raw.wav'), '-r', '16000', '-b', '16', '-c', '1', file('said.wav'), ...clean);
    let last = 'said.wav';
    if (how.noiseDb !== undefined) {
      // Speech at a peak of −6 dB lies some 22 dB below full scale on average.
      const gain = String(-22 - how.noiseDb);
      await sox(file(last), file('noise.wav'), 'synth', 'pinknoise', 'gain', '-n', gain);
      await sox('-m', '-v', '1', file(last), '-v', '1', file('noise.wav'), file('mixed.wav'));
      last = 'mixed.wav';
    }
    if (how.line === 'telephone') {
      await sox(file(last), ...telephone.format, file('line.wav'), ...telephone.filter);
      await sox(file('line.wav'), '-e', 'signed', '-b', '16', '-r', '16000', file('heard.wav'));
      last = 'heard.wav';
    }
    return await readSpokenTurn(file(last));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
