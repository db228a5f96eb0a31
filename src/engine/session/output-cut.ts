import { replaceItem, truncateSpoken } from './conversation.ts';
import { send, type Effect, type Step } from './events.ts';
import type { CutSpeech } from './output.ts';
import type { SessionState } from './state.ts';

/** What the engine played was cut: the conversation keeps what was heard, and the clients are told. */
export function onOutputCut(state: SessionState, cut: CutSpeech): Step {
  const effects: Effect[] = cut.responseIds.flatMap((response_id) =>
    send({ type: 'output_audio_buffer.cleared', response_id }),
  );
  let next = state;
  for (const { itemId, heardMs } of cut.items) {
    const item = next.items.find(({ id }) => id === itemId);
    if (item?.type !== 'spoken' || heardMs >= item.audioMs) continue;
    next = replaceItem(next, truncateSpoken(item, heardMs));
    effects.push(
      ...send({
        type: 'conversation.item.truncated',
        item_id: itemId,
        content_index: 0,
        audio_end_ms: Math.floor(heardMs),
      }),
    );
  }
  return { state: next, effects };
}
