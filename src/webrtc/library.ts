import { isMainThread } from 'node:worker_threads';
import type * as library from 'node-datachannel';

/** The native library's module. */
export type WebRtcLibrary = typeof library;

/**
 * Loads the native library, once; nothing of it is loaded before.
 *
 * @throws Error in a worker thread: the library ends the process there.
 */
export async function loadWebRtcLibrary(): Promise<WebRtcLibrary> {
  if (!isMainThread) throw new Error('WebRTC runs on the main thread of a process only');
  return import('node-datachannel');
}
