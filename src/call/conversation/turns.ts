import type { TrailFact } from '../../protocol/index.ts';
import type { Clock, Spawn } from '../../lib/index.ts';
import type { CallerLeg } from '../ports.ts';
import { createCallerTurns, type CallerTurns } from './caller-turns.ts';
import { heardText, isHeardOut, newItem, writtenText, type SpokenItem } from './playback.ts';
import type { Place, Timeline } from '../trail/trail-timeline.ts';
import type { AudioDelta } from '../engine-link/transport/index.ts';

/** What was said by whom, in the order in which it was heard. */
export interface Turns extends CallerTurns {
  /** False: it was not to be heard any more, or the engine plays it by itself. */
  audio(delta: AudioDelta): boolean;
  /**
   * What the engine tells of what it plays by itself; of no effect where audio passes through here.
   * True: a response begins to be heard with it.
   */
  playback(event: EnginePlaybackEvent): boolean;
  agentWords(words: {
    readonly itemId: string;
    readonly responseId: string;
    readonly text: string;
  }): void;
  /** The whole transcript of an item; needed only where no pieces of it came. */
  agentTranscript(itemId: string, text: string): void;
  /** No more audio of the item will come. */
  itemEnded(itemId: string, ended: { readonly early: boolean }): void;
  /** The response is over, and so are its items, whether or not that was said of each. */
  responseEnded(responseId: string, ended: { readonly early: boolean }): void;
  /** The engine's record of an item, after a truncation. */
  itemRetrieved(itemId: string, transcript: string | null): void;
  /**
   * Silences what is being heard, if anything, and tells the engine how much of it was.
   * @param by who wants it silent; only the caller interrupts. @default 'caller'
   */
  interrupt(by?: 'caller' | 'handoff' | 'guardrail' | 'line'): void;
  /** Drops audio of responses that were cancelled and may still be on its way. */
  refuse(responseIds: Iterable<string>): void;
  /** Writes what was heard so far; nothing may follow. */
  finish(): void;
}

/** What an engine says of the audio that goes straight to the caller. */
export type EnginePlaybackEvent =
  | { readonly type: 'started' | 'stopped' | 'cleared'; readonly responseId: string }
  | { readonly type: 'truncated'; readonly itemId: string; readonly audioEndMs: number };

/** What turns need of their call. */
export interface TurnsHost {
  readonly leg: Omit<CallerLeg, 'notify'>;
  readonly notify: CallerLeg['notify'];
  readonly timeline: Timeline;
  readonly clock: Clock;
  readonly spawn: Spawn;
  agentOf(responseId: string): string;
  activeAgent(): string;
  /** Whether words that were just written may be heard and shown; if not, they are being cut. */
  mayBeSaid(words: {
    readonly itemId: string;
    readonly responseId: string;
    readonly text: string;
  }): boolean;
  /** Sends `conversation.item.truncate`. */
  truncate(itemId: string, audioEndMs: number): void;
  /** An item was cut short; these words of it were heard. */
  heard(itemId: string, text: string): void;
  /** Nothing of an agent is to be heard any more. */
  fellSilent(): void;
  changed(): void;
}

/** Longest wait for the engine's own account of a truncated item. */
export const truncatedTextDeadlineMs = 250;
const shortestCheckMs = 20;

/** @returns the turns of one call, none spoken yet. */
export function createTurns(host: TurnsHost): Turns {
  const { leg, timeline, clock } = host;
  /** Items not yet heard to the end, in the order of their first audio. */
  const items = new Map<string, SpokenItem>();
  const finished = new Set<string>();
  const cutResponses = new Set<string>();
  const cutItems = new Map<
    string,
    { readonly item: SpokenItem; readonly heardMs: number; readonly place: Place }
  >();
  let cancelCheck = (): void => undefined;
  let watchingDrain = false;

  const itemFor = (ids: { itemId: string; responseId: string }): SpokenItem | null => {
    if (finished.has(ids.itemId) || cutResponses.has(ids.responseId)) return null;
    const { itemId, responseId } = ids;
    return items.get(itemId) ?? newItem({ itemId, responseId, agent: host.agentOf(responseId) });
  };
  const turnFact = (
    item: SpokenItem,
    heardMs: number,
    text: string,
    interrupted: boolean,
  ): TrailFact => ({
    type: 'turn.agent',
    agent: item.agent,
    itemId: item.itemId,
    text,
    heardMs: Math.round(Math.min(heardMs, item.audioMs)),
    interrupted,
  });
  const forget = (item: SpokenItem): void => {
    items.delete(item.itemId);
    finished.add(item.itemId);
  };
  const writeHeard = (item: SpokenItem, heardMs: number): void => {
    forget(item);
    const early = item.incomplete || !isHeardOut(item, heardMs);
    const text = heardText(item, heardMs);
    if (text !== '' && item.audioMs > 0) timeline.add(turnFact(item, heardMs, text, early));
  };
  const check = (): void => {
    cancelCheck();
    for (const item of items.values()) {
      const heardMs = leg.heardMs(item.itemId);
      // A drained leg has nothing left to play, whatever its count says.
      if (item.complete && (isHeardOut(item, heardMs) || !leg.isPlaying())) {
        writeHeard(item, Math.max(heardMs, leg.isPlaying() ? 0 : item.audioMs));
        continue;
      }
      if (item.complete) {
        cancelCheck = clock.setTimer(Math.max(shortestCheckMs, item.audioMs - heardMs), check);
      }
      break;
    }
    host.changed();
  };
  const end = (which: (item: SpokenItem) => boolean, early: boolean): void => {
    for (const item of [...items.values()].filter(which)) {
      items.set(item.itemId, { ...item, complete: true, incomplete: item.incomplete || early });
    }
    check();
  };
  const watchDrain = (): void => {
    if (watchingDrain) return;
    watchingDrain = true;
    host.spawn('wait for the caller to have heard everything', async () => {
      await leg.drained();
      watchingDrain = false;
      if (!leg.isPlaying()) host.fellSilent();
      check();
      if (leg.isPlaying()) watchDrain();
    });
  };
  const cut = (item: SpokenItem, heardMs: number): void => {
    forget(item);
    cutResponses.add(item.responseId);
    host.heard(item.itemId, heardText(item, heardMs));
    if (item.audioMs > 0) host.truncate(item.itemId, Math.floor(heardMs));
    if (heardMs <= 0) return;
    const fact = (text: string): TrailFact | null =>
      text === '' ? null : turnFact(item, heardMs, text, true);
    const place = timeline.reserve(truncatedTextDeadlineMs, () => fact(heardText(item, heardMs)));
    cutItems.set(item.itemId, { item, heardMs, place });
  };
  const caption = (itemId: string, agent: string, text: string): void =>
    host.notify({ type: 'caption', itemId, speaker: 'agent', agent, text });

  return {
    ...createCallerTurns(host),
    playback: () => false,
    audio(delta) {
      const item = itemFor(delta);
      if (!item) return false;
      items.set(item.itemId, { ...item, audioMs: item.audioMs + delta.audio.ms });
      leg.play({ itemId: delta.itemId, audio: delta.audio });
      host.changed();
      watchDrain();
      return true;
    },
    agentWords({ itemId, responseId, text }) {
      const item = itemFor({ itemId, responseId });
      if (!item || !host.mayBeSaid({ itemId, responseId, text })) return;
      const grown = { ...item, words: [...item.words, { text, atMs: item.audioMs }] };
      items.set(itemId, grown);
      caption(itemId, item.agent, writtenText(grown));
    },
    agentTranscript(itemId, text) {
      const item = items.get(itemId);
      if (!item || item.words.length > 0) return;
      if (!host.mayBeSaid({ itemId, responseId: item.responseId, text })) return;
      items.set(itemId, { ...item, words: [{ text, atMs: 0 }] });
      caption(itemId, item.agent, text);
    },
    itemEnded(itemId, { early }) {
      end((item) => item.itemId === itemId, early);
    },
    responseEnded(responseId, { early }) {
      end((item) => item.responseId === responseId && !item.complete, early);
    },
    itemRetrieved(itemId, transcript) {
      const waiting = cutItems.get(itemId);
      if (!waiting) return;
      cutItems.delete(itemId);
      const { item, heardMs, place } = waiting;
      const written = writtenText(item);
      const given = transcript?.trim() ?? '';
      // An engine that keeps the whole text has not told us what was heard.
      const text = given !== '' && given.length < written.length ? given : heardText(item, heardMs);
      if (text === '') place.drop();
      else place.fill(turnFact(item, heardMs, text, true));
    },
    interrupt(by = 'caller') {
      if (!leg.isPlaying()) return;
      const heard = [...items.values()].map((item) => ({
        item,
        heardMs: Math.min(leg.heardMs(item.itemId), item.audioMs),
      }));
      leg.clear();
      cancelCheck();
      let current = true;
      for (const { item, heardMs } of heard) {
        if (isHeardOut(item, heardMs)) {
          writeHeard(item, heardMs);
          continue;
        }
        if (current && by === 'caller') {
          const { agent, itemId } = item;
          timeline.add({ type: 'audio.interrupted', agent, itemId, heardMs: Math.floor(heardMs) });
        }
        // Only the first can have been heard; what was queued behind it was not.
        cut(item, current ? heardMs : 0);
        current = false;
      }
      host.changed();
    },
    refuse(responseIds) {
      for (const id of responseIds) cutResponses.add(id);
    },
    finish() {
      cancelCheck();
      for (const item of [...items.values()]) writeHeard(item, leg.heardMs(item.itemId));
      timeline.finish();
    },
  };
}
