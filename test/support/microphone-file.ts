import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWav, writeWav } from '../../src/audio/index.ts';

/** A recording and how much silence goes before it. */
export interface MicrophonePart {
  readonly afterMs: number;
  readonly voice: string;
}

/**
 * Writes one WAV for Chromium's fake microphone: recordings from `test/voices` with silence before
 * each and a minute of it at the end, so that the file never starts over during a call.
 */
export async function writeMicrophoneFile(
  file: string,
  parts: readonly MicrophonePart[],
): Promise<void> {
  let rateHz = 0;
  const pieces: Int16Array[] = [];
  for (const { afterMs, voice } of parts) {
    const wav = readWav(await readFile(join(import.meta.dirname, `../voices/${voice}.wav`)));
    rateHz = wav.rateHz;
    pieces.push(new Int16Array((afterMs / 1000) * rateHz), wav.channels[0] ?? new Int16Array());
  }
  pieces.push(new Int16Array(60 * rateHz));
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    samples.set(piece, offset);
    offset += piece.length;
  }
  await writeFile(file, writeWav({ rateHz, channels: [samples] }));
}
