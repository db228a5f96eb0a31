import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the launcher put in place for the engine, as recorded in `<cache>/assets.json`.
 * Paths are absolute. `null` means that the part is not to be had on this machine.
 */
export interface Assets {
  /** Silero VAD v6 ONNX model. */
  readonly vadModel: string | null;
  /** PocketSphinx: shared libraries (a path, or a soname the loader finds) and the en-us model folder. */
  readonly pocketsphinx: {
    readonly library: string;
    readonly baseLibrary: string;
    readonly modelDir: string;
  } | null;
  /** Word vectors of the offline mind; without them it knows fewer synonyms. */
  readonly wordVectors: string | null;
  /** One line for each part that is off, saying how to get it. */
  readonly notes: readonly string[];
}

/** Reads the launcher's record. Absent or unreadable: everything is off, with one note. */
export function readAssets(cacheDir: string): Assets {
  try {
    // Written by our own launcher, in exactly this shape.
    return JSON.parse(readFileSync(join(cacheDir, 'assets.json'), 'utf8')) as Assets;
  } catch {
    return {
      vadModel: null,
      pocketsphinx: null,
      wordVectors: null,
      notes: [
        'Hearing is off: the speech parts are not installed. Run `npm start` once to install them.',
      ],
    };
  }
}
