import { createPlayout } from '../../audio/index.ts';
import type { LegCarrier } from '../../call/legs/index.ts';
import type { Clock } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';
import type { PageConnection } from './page-connection.ts';

/** A call's audio and notices over one connection of a page. */
export interface PageCarrier extends LegCarrier, Disposable {}

/** @param options.message sends a message to the page, in order with the others. Must not throw. */
export function createPageCarrier(options: {
  readonly clock: Clock;
  readonly connection: PageConnection;
  readonly message: (message: CallServerMessage) => void;
}): PageCarrier {
  const { clock, connection, message } = options;
  const playout = createPlayout({
    clock,
    ...connection.pacing,
    send: (frame) => connection.sendAudio(frame),
  });
  return {
    play: ({ itemId, audio }) => playout.play({ itemId, samples: audio.samples() }),
    clear() {
      playout.clear();
      message({ type: 'clear' });
    },
    heardMs: (itemId) => playout.heardMs(itemId),
    isPlaying: () => playout.isPlaying(),
    drained: () => playout.drained(),
    notify: message,
    [Symbol.dispose]: () => playout[Symbol.dispose](),
  };
}
