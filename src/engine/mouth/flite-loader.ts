import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../lib/index.ts';
import { findNoiseSeed, fliteFunctions } from './flite-library.ts';
import { exposeFunctions } from './flite-module.ts';

/** What this thread posts once before it ends. */
export type LoadedFlite =
  | { readonly ok: true; readonly module: WebAssembly.Module; readonly noiseSeedAt: number }
  | { readonly ok: false; readonly message: string };

// A thread of its own, because loading takes 100 ms of work and leaves 60 MB of garbage behind:
// both end with the thread.
const { file } = workerData as { readonly file: string }; // passed by loadFlite
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

let loaded: LoadedFlite;
try {
  const module = await WebAssembly.compile(exposeFunctions(readFileSync(file), fliteFunctions));
  loaded = { ok: true, module, noiseSeedAt: findNoiseSeed(module) };
} catch (thrown) {
  loaded = { ok: false, message: messageOf(thrown) };
}
port.postMessage(loaded);
