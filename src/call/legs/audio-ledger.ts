import { AudioPiece, formatFacts } from '../../audio/index.ts';
import type { Clock } from '../../lib/index.ts';
import { quietPointMs } from './quiet-point.ts';

/** A stretch of one item's audio. */
export interface ItemAudio {
  readonly itemId: string;
  readonly audio: AudioPiece;
  /** Of somebody who speaks right now. @default false */
  readonly isLive?: boolean;
}

/** What is left of the audio that one carrier was given. */
export interface Remains {
  /** Not heard, in order, with a little of what was heard before it. */
  readonly rest: readonly ItemAudio[];
  /** Heard of each item, in milliseconds: before `rest` begins, and of what this carrier was given. */
  readonly heardMs: ReadonlyMap<string, number>;
}

/** Remembers the audio given to a carrier until it was surely heard. */
export interface AudioLedger {
  add(piece: ItemAudio): void;
  /** Nothing of what was added will be heard any more. */
  clear(): void;
  /**
   * What has to be played again. The ledger is empty afterwards.
   * @param believedMs what the carrier believes to have been heard of an item
   * @param aliveMs when the far end was last known to be there (monotonic): what was played since
   *   counts as not heard
   */
  close(believedMs: (itemId: string) => number, aliveMs: number): Remains;
}

/** How far back a pause is looked for, to take up the speech there. */
const lookBackMs = 600;

interface Entry extends ItemAudio {
  /** When it begins to be heard, as far as can be told from here (monotonic). */
  readonly fromMs: number;
}

/** @param options.keepHeardMs how long audio is remembered after it was heard */
export function createAudioLedger(options: {
  readonly clock: Clock;
  readonly keepHeardMs: number;
}): AudioLedger {
  const { clock, keepHeardMs } = options;
  let entries: Entry[] = [];
  /** Of each item, what is not remembered any more: heard long ago, or cleared. */
  let goneMs = new Map<string, number>();

  function forgetHeard(): void {
    const beforeMs = clock.monotonicMs() - keepHeardMs;
    for (let first = entries[0]; first && endOf(first) < beforeMs; first = entries[0]) {
      entries.shift();
      count(goneMs, first.itemId, first.audio.ms);
    }
  }

  return {
    add(piece) {
      forgetHeard();
      const last = entries.at(-1);
      const nowMs = clock.monotonicMs();
      entries.push({ ...piece, fromMs: last ? Math.max(nowMs, endOf(last)) : nowMs });
    },
    clear() {
      for (const { itemId, audio } of entries) count(goneMs, itemId, audio.ms);
      entries = [];
    },
    close(believedMs, aliveMs) {
      const heardMs = new Map(goneMs);
      let rest: readonly ItemAudio[] = [];
      for (const [index, { itemId, audio, fromMs }] of entries.entries()) {
        const byCarrier = believedMs(itemId) - (heardMs.get(itemId) ?? 0);
        const partMs = within(Math.min(byCarrier, aliveMs - fromMs), audio.ms);
        count(heardMs, itemId, partMs);
        if (partMs >= audio.ms) continue;
        const cut = cutAt(entries, index, partMs);
        count(heardMs, itemId, -cut.againMs);
        rest = cut.rest;
        break;
      }
      // Of what was cleared, the carrier alone knows how much was heard.
      for (const [itemId, ms] of heardMs) heardMs.set(itemId, Math.min(ms, believedMs(itemId)));
      entries = [];
      goneMs = new Map();
      return { rest, heardMs };
    },
  };
}

/** What is to be played from a place in one entry on, begun `againMs` earlier, in a pause of the item. */
function cutAt(
  entries: readonly Entry[],
  index: number,
  partMs: number,
): { readonly rest: readonly ItemAudio[]; readonly againMs: number } {
  const after = entries.slice(index);
  const itemId = after[0]?.itemId;
  const before = entries.slice(0, index);
  const sameItem = before.slice(before.findLastIndex((entry) => entry.itemId !== itemId) + 1);
  const heard = lastOf([...sameItem, ...firstOf(after, partMs)], lookBackMs);
  const againMs = quietPointMs(heard.map(({ audio }) => audio));
  return { rest: [...lastOf(heard, againMs), ...withoutFirst(after, partMs)], againMs };
}

/** The first `ms` of pieces. */
function firstOf(pieces: readonly ItemAudio[], ms: number): readonly ItemAudio[] {
  return split(pieces, ms)[0];
}

function withoutFirst(pieces: readonly ItemAudio[], ms: number): readonly ItemAudio[] {
  return split(pieces, ms)[1];
}

/** The last `ms` of pieces, or all of them. */
function lastOf(pieces: readonly ItemAudio[], ms: number): readonly ItemAudio[] {
  const totalMs = pieces.reduce((sum, { audio }) => sum + audio.ms, 0);
  return withoutFirst(pieces, Math.max(0, totalMs - ms));
}

function split(
  pieces: readonly ItemAudio[],
  atMs: number,
): readonly [readonly ItemAudio[], readonly ItemAudio[]] {
  const before: ItemAudio[] = [];
  const after: ItemAudio[] = [];
  let leftMs = atMs;
  for (const piece of pieces) {
    const { audio } = piece;
    const { bytesPerMs, bytesPerSample } = formatFacts[audio.format];
    const wanted = Math.round((leftMs * bytesPerMs) / bytesPerSample) * bytesPerSample;
    const bytes = within(wanted, audio.byteLength);
    const part = (from: number, to: number): ItemAudio => ({
      ...piece,
      audio: AudioPiece.ofBytes(audio.format, audio.bytes().subarray(from, to)),
    });
    if (bytes === audio.byteLength) before.push(piece);
    else if (bytes === 0) after.push(piece);
    else {
      before.push(part(0, bytes));
      after.push(part(bytes, audio.byteLength));
    }
    leftMs -= audio.ms;
  }
  return [before, after];
}

function endOf({ fromMs, audio }: Entry): number {
  return fromMs + audio.ms;
}

function within(value: number, highest: number): number {
  return Math.max(0, Math.min(highest, value));
}

function count(into: Map<string, number>, itemId: string, ms: number): void {
  into.set(itemId, (into.get(itemId) ?? 0) + ms);
}
