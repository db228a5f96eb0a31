import { openAudioConverter, type AudioFormat, type AudioPiece } from '../audio/index.ts';
import type { CallerLeg } from '../call/index.ts';
import type { Desk } from '../desk/index.ts';
import { messageOf, withDeadline, type Clock, type ErrorCode, type Log } from '../lib/index.ts';
import type { Parts } from './parts.ts';

/** What a caller hears when their call cannot begin, unless the desk has a sentence of its own. */
const defaultApology =
  'I am sorry, we cannot take your call right now. Please try again in a little while.';
/** A caller does not wait longer in silence to be told that they called in vain. */
const renderWithinMs = 5_000;
/** Longest a sentence is waited for to be heard; a leg that never drains must not hold a refusal. */
const heardWithinMs = 15_000;

/** What is not the caller's doing and nothing they could have known. */
const excused: readonly ErrorCode[] = ['engine_refused', 'engine_unavailable', 'store_unavailable'];

/** Says sorry to callers whose call does not begin. */
export interface Apologies {
  /**
   * Plays the apology where `code` deserves one. Resolves once it was heard, or at once when it cannot
   * be said. Never rejects.
   */
  say(code: ErrorCode, to: ApologyTo): Promise<void>;
}

/** Who hears it, and in whose name. */
export interface ApologyTo {
  readonly desk: Pick<Desk, 'apology' | 'voice'>;
  readonly leg: CallerLeg;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

/** @returns apologies of which none has been said. A sentence is rendered once and kept as sound. */
export function createApologies(options: {
  readonly speak: Parts['speak'];
  readonly clock: Clock;
  readonly log: Log;
}): Apologies {
  const { speak, clock, log } = options;
  const rendered = new Map<string, Promise<Int16Array>>();

  const render = ({ apology, voice }: ApologyTo['desk']): Promise<Int16Array> => {
    const text = apology ?? defaultApology;
    const key = `${voice}\n${text}`;
    const known = rendered.get(key);
    if (known) return known;
    const rendering = withDeadline((signal) => speak(text, { voice, log, signal }), {
      timeoutMs: renderWithinMs,
      onTimeout: () => new Error('not rendered in time'),
    });
    rendered.set(key, rendering);
    rendering.catch(() => rendered.delete(key)); // tried again for the next caller
    return rendering;
  };
  const heard = (leg: CallerLeg, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = clock.setTimer(heardWithinMs, done);
      signal.addEventListener('abort', done, { once: true });
      void leg.drained().then(done);
    });
  return {
    async say(code, { desk, leg, signal }) {
      if (!excused.includes(code) || !leg.can.inject) return;
      try {
        const samples = await render(desk);
        if (signal.aborted) return;
        for (const audio of await inFormat(leg.format, samples)) {
          leg.play({ itemId: 'apology', audio });
        }
        await heard(leg, signal);
      } catch (thrown) {
        log.warn('no apology could be said', { error: messageOf(thrown) });
      }
    },
  };
}

async function inFormat(format: AudioFormat, samples: Int16Array): Promise<readonly AudioPiece[]> {
  const converter = await openAudioConverter(format);
  try {
    const pieces = [converter.toPiece(samples), converter.flushPiece()];
    return pieces.filter(({ byteLength }) => byteLength > 0);
  } finally {
    converter[Symbol.dispose]();
  }
}
