import { messageOf, type Log } from '../lib/index.ts';

/** How far one part of the server is. */
export type PartState<T> =
  | { readonly state: 'starting' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

/** A part that is being started, was started, or could not be. */
export interface Part<T> {
  state(): PartState<T>;
  /** The part once it is there. Rejects with what kept it from starting. */
  readonly started: Promise<T>;
}

/** Starts a part now, without anyone waiting for it. */
export function bringUp<T>(name: string, start: () => Promise<T>, log: Log): Part<T> {
  let state: PartState<T> = { state: 'starting' };
  const began = performance.now();
  const run = async (): Promise<T> => {
    try {
      const value = await start();
      state = { state: 'ready', value };
      log.info('part ready', { part: name, tookMs: Math.round(performance.now() - began) });
      return value;
    } catch (thrown) {
      state = { state: 'failed', message: messageOf(thrown) };
      // Whoever waits says it aloud; said twice, the one clear line would not be one.
      log.info('part did not start', { part: name, error: messageOf(thrown) });
      throw thrown;
    }
  };
  const started = run();
  started.catch(() => undefined); // kept in `state`; whoever waits for `started` gets it as well
  return { state: () => state, started };
}

/** What `/readyz` says. */
export interface Readiness {
  readonly ready: boolean;
  /** One sentence for each part that keeps calls from being taken. */
  readonly reasons: readonly string[];
}

/** @param parts by name as people know it, e.g. `the database`. */
export function readinessOf(
  parts: Readonly<Record<string, PartState<unknown>>>,
  isStopping: boolean,
): Readiness {
  const reasons = Object.entries(parts).flatMap(([name, part]) => {
    if (part.state === 'ready') return [];
    return [
      part.state === 'starting' ? `Starting: ${name}.` : `Not available: ${name}. ${part.message}`,
    ];
  });
  if (isStopping) reasons.unshift('The server is stopping.');
  return { ready: reasons.length === 0, reasons };
}
