import type { TrailFact } from '../../protocol/index.ts';
import { createCallerTurns } from '../conversation/caller-turns.ts';
import { heardText, newItem, writtenText, type SpokenItem } from '../conversation/playback.ts';
import { truncatedTextDeadlineMs, type Turns, type TurnsHost } from '../conversation/turns.ts';
import type { Place } from '../trail/trail-timeline.ts';
import type { EnginePlayback } from './engine-playback.ts';
import { createSpeakingRate } from './speaking-rate.ts';

/** What turns of an attached call need of it. */
export interface AttachedTurnsHost extends Omit<TurnsHost, 'leg' | 'spawn'> {
  readonly playback: EnginePlayback;
  /** Sends `output_audio_buffer.clear`. */
  clearAudio(): void;
}

/** An item that was cut, until the engine has told what was heard of it. */
interface CutItem {
  readonly item: SpokenItem;
  heardMs: number;
  readonly place: Place | null;
}

/** @see createAttachedTurns */
export interface AttachedTurns extends Turns {
  /** The engine is asked to cut an item that nobody was to hear, unless it says soon that it did. */
  cutUnheard(itemId: string): void;
  /** How long an item has been heard. */
  heardMs(itemId: string): number;
}

/**
 * Turns of a call whose audio goes straight between caller and engine.
 *
 * The engine paces, cuts and truncates; what was heard is known from its `output_audio_buffer.*` and
 * `conversation.item.truncated`. Where a text was cut is guessed from the rate of speech, unless the
 * engine tells.
 *
 * @see https://platform.openai.com/docs/api-reference/realtime-server-events/output_audio_buffer/started
 */
export function createAttachedTurns(host: AttachedTurnsHost): AttachedTurns {
  const { timeline, clock, playback } = host;
  const callers = createCallerTurns(host);
  const rate = createSpeakingRate();
  /** Items not yet heard to the end, in the order of their first words. */
  const items = new Map<string, SpokenItem>();
  const finished = new Set<string>();
  const cutResponses = new Set<string>();
  const cutItems = new Map<string, CutItem>();
  /** Timers of cuts that the engine has not told of yet. */
  const asked = new Set<() => void>();
  /** What the engine said it has left of an item. */
  const truncations = new Map<string, number>();

  const itemFor = (ids: { itemId: string; responseId: string }): SpokenItem | null => {
    if (finished.has(ids.itemId) || cutResponses.has(ids.responseId)) return null;
    const { itemId, responseId } = ids;
    return items.get(itemId) ?? newItem({ itemId, responseId, agent: host.agentOf(responseId) });
  };
  /** The item with the length that its whole text would have. */
  const measured = (item: SpokenItem): SpokenItem => ({
    ...item,
    audioMs: Math.max(item.audioMs, rate.msOf(writtenText(item))),
  });
  /** What was heard of each item of a response: one after another, and the last has the rest. */
  const heardOf = (responseId: string): ReadonlyMap<string, number> => {
    const all = [...items.values()].filter((item) => item.responseId === responseId);
    let leftMs = playback.heardMs(responseId);
    const heard = all.map((item, index): [string, number] => {
      const isLast = index === all.length - 1;
      const takenMs = isLast ? leftMs : Math.min(leftMs, measured(item).audioMs);
      leftMs -= takenMs;
      return [item.itemId, takenMs];
    });
    return new Map(heard);
  };
  const heardMs = (itemId: string): number => {
    const item = items.get(itemId);
    return (item && heardOf(item.responseId).get(itemId)) ?? 0;
  };
  /** Measured before any of them is forgotten: what is heard of one depends on those before it. */
  const withHeard = (
    which: (item: SpokenItem) => boolean,
  ): readonly { readonly item: SpokenItem; readonly ms: number }[] =>
    [...items.values()].filter(which).map((item) => ({ item, ms: heardMs(item.itemId) }));
  const turnFact = (
    { agent, itemId }: SpokenItem,
    text: string,
    heard: { readonly ms: number; readonly interrupted: boolean },
  ): TrailFact => {
    const { ms, interrupted } = heard;
    return { type: 'turn.agent', agent, itemId, text, heardMs: Math.round(ms), interrupted };
  };
  const forget = (item: SpokenItem): void => {
    items.delete(item.itemId);
    finished.add(item.itemId);
  };
  /** Writes what was played to its end. */
  const check = (): void => {
    const over = withHeard(({ complete, responseId }) => complete && playback.isOver(responseId));
    for (const { item, ms } of over) {
      forget(item);
      const text = writtenText(item);
      if (text === '' || ms <= 0) continue;
      if (!item.incomplete) rate.learn(text, ms);
      timeline.add(turnFact(item, text, { ms, interrupted: item.incomplete }));
    }
    host.changed();
  };
  const end = (which: (item: SpokenItem) => boolean, early: boolean): void => {
    for (const item of [...items.values()].filter(which)) {
      items.set(item.itemId, { ...item, complete: true, incomplete: item.incomplete || early });
    }
  };
  const factOf = ({ item, heardMs: ms }: CutItem): TrailFact | null => {
    const text = heardText(item, ms);
    return text === '' ? null : turnFact(item, text, { ms, interrupted: true });
  };
  const ensureCut = (itemId: string, ms: number): void => {
    const cancel = clock.setTimer(truncatedTextDeadlineMs, () => {
      asked.delete(cancel);
      if (!truncations.has(itemId)) host.truncate(itemId, Math.floor(ms));
    });
    asked.add(cancel);
  };
  const cut = (item: SpokenItem, playedMs: number): void => {
    forget(item);
    cutResponses.add(item.responseId);
    const given = truncations.get(item.itemId);
    const whole = measured(item);
    const ms = given ?? playedMs;
    host.heard(item.itemId, heardText(whole, ms));
    if (given === undefined) ensureCut(item.itemId, ms);
    const isHeard = ms > 0;
    const entry: CutItem = {
      item: whole,
      heardMs: ms,
      place: isHeard ? timeline.reserve(truncatedTextDeadlineMs, () => factOf(entry)) : null,
    };
    cutItems.set(item.itemId, entry);
  };
  const cutAll = (by: NonNullable<Parameters<Turns['interrupt']>[0]>): void => {
    const heard = withHeard(() => true);
    playback.clear();
    let isTold = by !== 'caller';
    for (const { item, ms } of heard) {
      if (!isTold && ms > 0) {
        const { agent, itemId } = item;
        timeline.add({ type: 'audio.interrupted', agent, itemId, heardMs: Math.floor(ms) });
        isTold = true;
      }
      cut(item, ms);
    }
    host.fellSilent();
    host.changed();
  };
  const truncated = (itemId: string, audioEndMs: number): void => {
    truncations.set(itemId, audioEndMs);
    const waiting = cutItems.get(itemId);
    if (!waiting) return;
    waiting.heardMs = audioEndMs;
    host.heard(itemId, heardText(waiting.item, audioEndMs));
  };
  const silent = (): void => {
    if (!playback.isAudible()) host.fellSilent();
    check();
  };

  return {
    ...callers,
    audio(delta) {
      const item = itemFor(delta);
      if (item) items.set(item.itemId, { ...item, audioMs: item.audioMs + delta.audio.ms });
      return false; // the engine plays it; only its length is learnt here
    },
    playback(event) {
      switch (event.type) {
        case 'started':
          if (cutResponses.has(event.responseId)) {
            host.clearAudio();
            return false;
          }
          if (playback.isOver(event.responseId)) return false;
          playback.started(event.responseId);
          check();
          return true;
        case 'stopped':
          playback.over(event.responseId);
          silent();
          return false;
        case 'cleared':
          // What was not our doing was the caller's, or their page's.
          if (!playback.isOver(event.responseId) && playback.isPlaying()) cutAll('caller');
          playback.over(event.responseId);
          silent();
          return false;
        case 'truncated':
          truncated(event.itemId, event.audioEndMs);
          return false;
      }
    },
    agentWords({ itemId, responseId, text }) {
      const item = itemFor({ itemId, responseId });
      if (!item || !host.mayBeSaid({ itemId, responseId, text })) return;
      const grown = { ...item, words: [...item.words, { text, atMs: item.audioMs }] };
      items.set(itemId, grown);
      playback.expect(responseId);
      const written = writtenText(grown);
      host.notify({ type: 'caption', itemId, speaker: 'agent', agent: item.agent, text: written });
    },
    agentTranscript: () => undefined, // its pieces have come before it
    itemEnded(itemId, { early }) {
      end((item) => item.itemId === itemId, early);
      check();
    },
    responseEnded(responseId, { early }) {
      end((item) => item.responseId === responseId && !item.complete, early);
      playback.written(responseId);
      check();
    },
    itemRetrieved(itemId, transcript) {
      const waiting = cutItems.get(itemId);
      if (!waiting?.place) return;
      cutItems.delete(itemId);
      const written = writtenText(waiting.item);
      const given = transcript?.trim() ?? '';
      // An engine that keeps the whole text has not told us what was heard.
      const isTold = given !== '' && given.length < written.length;
      const ms = waiting.heardMs;
      const fact = isTold
        ? turnFact(waiting.item, given, { ms, interrupted: true })
        : factOf(waiting);
      if (fact) waiting.place.fill(fact);
      else waiting.place.drop();
    },
    interrupt(by = 'caller') {
      if (!playback.isPlaying()) return;
      host.clearAudio();
      cutAll(by);
    },
    refuse(responseIds) {
      for (const id of responseIds) cutResponses.add(id);
    },
    finish() {
      for (const cancel of asked) cancel();
      for (const { item, ms } of withHeard(() => true)) {
        forget(item);
        const text = heardText(measured(item), ms);
        if (text !== '' && ms > 0) timeline.add(turnFact(item, text, { ms, interrupted: true }));
      }
      timeline.finish();
    },
    cutUnheard(itemId) {
      if (!finished.has(itemId)) ensureCut(itemId, 0);
    },
    heardMs,
  };
}
