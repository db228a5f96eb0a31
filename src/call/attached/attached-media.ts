import type { CallCore } from '../call-core.ts';
import type { CallMedia } from '../conversation/media.ts';
import { createAttachedTurns, type AttachedTurns } from './attached-turns.ts';
import { createEnginePlayback } from './engine-playback.ts';

/** What it needs of its call. */
export interface AttachedMediaHost {
  readonly core: Pick<CallCore, 'clock' | 'log' | 'leg' | 'atRelease'>;
  /** Sends an event to the engine. */
  send(event: { readonly type: string; readonly [field: string]: unknown }): void;
  changed(): void;
  /** The engine never said that it plays a response whose words it had written. */
  unheard(responseId: string): void;
}

/**
 * The media of a call whose audio goes straight between caller and engine: the engine plays, and tells.
 */
export function createAttachedMedia(host: AttachedMediaHost): CallMedia {
  const { core, send, changed } = host;
  let turns: AttachedTurns | null = null;
  const playback = createEnginePlayback({
    clock: core.clock,
    changed,
    unheard(responseId) {
      core.log.warn('the engine did not say that it speaks', { responseId });
      host.unheard(responseId);
    },
  });
  core.atRelease(() => playback.close());
  const clearAudio = (): void => send({ type: 'output_audio_buffer.clear' });
  return {
    leg: {
      ...core.leg,
      play: () => undefined,
      clear() {
        if (playback.isPlaying()) clearAudio();
        playback.clear();
      },
      heardMs: (itemId) => turns?.heardMs(itemId) ?? 0,
      isPlaying: () => playback.isPlaying(),
      drained: () => playback.drained(),
    },
    isAudible: () => playback.isAudible(),
    createTurns(host) {
      turns = createAttachedTurns({ ...host, playback, clearAudio });
      return turns;
    },
    stop(responseIds) {
      for (const id of responseIds) send({ type: 'response.cancel', response_id: id });
    },
    isOwed: (responseId) => playback.isOwed(responseId),
    isBehind: () => playback.isPlaying(),
    cutUnheard: (itemId) => turns?.cutUnheard(itemId),
  };
}
