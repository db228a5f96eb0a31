import { createPlayout } from '../../audio/index.ts';
import type { Clock, Spawn } from '../../lib/index.ts';
import { mouthRateHz } from '../mouth/port.ts';
import type { Output } from './output.ts';

/** What becomes of a response's sound. */
export type Playing =
  | { readonly type: 'output_started'; readonly responseId: string }
  | { readonly type: 'output_stopped'; readonly responseId: string };

/** An output that plays at the caller's pace, and so knows what was heard. */
export interface LineOutput extends Output {
  /** The line carries sound from now on: what was said so far is played. */
  open(): void;
}

/** A response whose sound is being played, or waits to be. */
interface Speaking {
  readonly responseId: string;
  /** Sound given, in milliseconds, by item. */
  readonly items: Map<string, number>;
  hasStarted: boolean;
}

/**
 * Plays speech over a line of its own: 480 samples (20 ms of 24 kHz) at a time to `play`.
 *
 * @param options.report told when the sound of a response begins to be heard and when all of it was
 */
export function createLineOutput(options: {
  readonly clock: Clock;
  readonly spawn: Spawn;
  readonly play: (frame: Int16Array) => void;
  readonly report: (playing: Playing) => void;
}): LineOutput {
  const { clock, spawn, play, report } = options;
  const playout = createPlayout({ clock, send: play });
  let speaking: readonly Speaking[] = [];
  /** What waits for the line to open; null once it has. */
  let held: (() => void)[] | null = [];

  function whenOpen(task: () => void): void {
    if (held) held.push(task);
    else task();
  }

  /** Runs `task` once all that is queued now was heard, unless the response was cut meanwhile. */
  function whenHeard(response: Speaking, task: () => void): void {
    const heard = playout.drained();
    spawn('follow what is heard', async () => {
      await heard;
      if (speaking.includes(response)) task();
    });
  }

  function begin(responseId: string): Speaking {
    const response: Speaking = { responseId, items: new Map(), hasStarted: false };
    speaking = [...speaking, response];
    whenOpen(() =>
      whenHeard(response, () => {
        response.hasStarted = true;
        report({ type: 'output_started', responseId });
      }),
    );
    return response;
  }

  const heardOf = ({ items }: Speaking) =>
    Array.from(items, ([itemId, givenMs]) => ({
      itemId,
      givenMs,
      heardMs: Math.min(givenMs, playout.heardMs(itemId)),
    }));

  return {
    open() {
      const tasks = held ?? [];
      held = null;
      for (const task of tasks) task();
    },
    say({ at, samples }) {
      const { response_id: responseId, item_id: itemId } = at;
      const last = speaking.at(-1);
      const response = last?.responseId === responseId ? last : begin(responseId);
      const givenMs = (samples.length * 1_000) / mouthRateHz;
      response.items.set(itemId, (response.items.get(itemId) ?? 0) + givenMs);
      whenOpen(() => playout.play({ itemId, samples }));
    },
    endItem: () => undefined,
    endResponse(responseId) {
      const response = speaking.find((one) => one.responseId === responseId);
      if (!response) return;
      whenOpen(() =>
        whenHeard(response, () => {
          speaking = speaking.filter((one) => one !== response);
          report({ type: 'output_stopped', responseId });
        }),
      );
    },
    cut() {
      if (speaking.length === 0) return null;
      const cut = speaking;
      speaking = [];
      if (held) held = [];
      playout.clear();
      return {
        responseIds: cut.filter((one) => one.hasStarted).map((one) => one.responseId),
        items: cut.flatMap(heardOf).map(({ itemId, heardMs }) => ({ itemId, heardMs })),
      };
    },
    unheardMs: () =>
      speaking.flatMap(heardOf).reduce((sum, { givenMs, heardMs }) => sum + givenMs - heardMs, 0),
    [Symbol.dispose]() {
      speaking = [];
      playout[Symbol.dispose]();
    },
  };
}
