import { readFile } from 'node:fs/promises';
import { concatPcm, loadResampler, mixToMono, readWav } from '../../audio/index.ts';
import type { Mouth } from '../../engine/mouth/index.ts';
import { messageOf, SwitchboardError } from '../../lib/index.ts';
import { callSocketRateHz } from '../../protocol/index.ts';

/**
 * Reads a WAV file as something a caller says: 24 kHz mono.
 *
 * @throws SwitchboardError wav_invalid, naming the file.
 */
export async function readSpokenTurn(file: string): Promise<Int16Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new SwitchboardError('wav_invalid', `Cannot read ${file}: ${readReason(cause)}.`, {
      cause,
    });
  }
  try {
    const { rateHz, channels } = readWav(bytes);
    const createResampler = await loadResampler();
    const resampler = createResampler({ fromHz: rateHz, toHz: callSocketRateHz });
    try {
      return concatPcm([resampler.push(mixToMono(channels)), resampler.flush()]);
    } finally {
      resampler[Symbol.dispose]();
    }
  } catch (cause) {
    throw new SwitchboardError('wav_invalid', `${file}: ${messageOf(cause)}`, { cause });
  }
}

function readReason(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException; // what reading a file fails with
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return messageOf(cause);
}

/** Speaks a text with one of the engine's voices; choose another than the desk's own. */
export async function speakTurn(text: string, mouth: Mouth, voice: string): Promise<Int16Array> {
  const parts: Int16Array[] = [];
  const { signal } = new AbortController();
  for await (const chunk of mouth.speak(text, { voice, speed: 1, signal }))
    parts.push(chunk.samples);
  return concatPcm(parts);
}
