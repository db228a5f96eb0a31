import { createPlayout, pcmToBytes } from '../../audio/index.ts';
import type { CallerLeg } from '../../call/ports.ts';
import type { Clock } from '../../lib/index.ts';
import type { CallServerMessage } from '../../protocol/index.ts';

/** How far ahead audio is sent: what the page can buffer against jitter of the network. */
const leadMs = 60;

/** The way back to the page. Must not throw, also when the page is gone. */
export interface PageSender {
  audio(pcm: Uint8Array): void;
  message(message: CallServerMessage): void;
}

/** The caller's side of a call over the call socket: paced audio, and notices as messages. */
export interface BrowserLeg extends CallerLeg, Disposable {}

/** @param send where frames and messages go, in order. */
export function createBrowserLeg(options: {
  readonly clock: Clock;
  readonly send: PageSender;
}): BrowserLeg {
  const { clock, send } = options;
  const playout = createPlayout({
    clock,
    leadMs,
    send: (frame) => send.audio(pcmToBytes(frame)),
  });
  return {
    channel: 'browser',
    format: 'audio/pcm',
    can: { tap: true, inject: true, resume: false },
    play: ({ itemId, audio }) => playout.play({ itemId, samples: audio.samples() }),
    clear() {
      playout.clear();
      send.message({ type: 'clear' });
    },
    heardMs: (itemId) => playout.heardMs(itemId),
    isPlaying: () => playout.isPlaying(),
    drained: () => playout.drained(),
    notify: (notice) => send.message(notice),
    [Symbol.dispose]: () => playout[Symbol.dispose](),
  };
}
