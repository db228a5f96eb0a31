import type { AudioFormat } from '../../audio/index.ts';
import { supervised, type Clock, type Log } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import type { CallerLeg, LegAbilities } from '../leg.ts';
import { createAudioLedger, type ItemAudio } from './audio-ledger.ts';
import type { LegCarrier } from './carrier.ts';
import { createNotices } from './missed-notices.ts';

/** A leg whose carrier may break off and be replaced; the call goes on meanwhile. */
export interface ReturningLeg extends CallerLeg {
  /** False before the first carrier, and while the caller is away. */
  readonly isAttached: boolean;
  /**
   * Goes on over a new carrier, in place of the one there is: audio that was not heard is played, from
   * the last pause before the cut, and notices that were missed are told.
   * @param from.afterSeq the last event that the far end has. @default the last that was told
   */
  attach(carrier: LegCarrier, from?: { readonly afterSeq?: number | undefined }): void;
  /**
   * The carrier is gone. Call it before the carrier is emptied, or its counts are lost.
   * @param lost.aliveMs when the far end was last known to be there (monotonic); what was played since
   *   counts as not heard. @default now
   */
  detach(lost?: { readonly aliveMs: number }): void;
}

/** What a {@link ReturningLeg} is made of. */
export interface ReturningLegOptions {
  readonly channel: string;
  readonly format: AudioFormat;
  readonly can: LegAbilities;
  readonly clock: Clock;
  readonly log: Log;
  /** The call's durable events after one of them. @default none are made up for */
  readonly readTrail?: (afterSeq: number) => Promise<readonly TrailEvent[]>;
  /**
   * Called once an absence, when more than `keepAudioMs` wait for the caller: what is over is dropped,
   * and the call should be told that its agent was cut.
   */
  readonly overflowed?: () => void;
  /** Audio kept for a caller who is away. @default 60000 */
  readonly keepAudioMs?: number;
  /** How long audio is remembered after it was played, in case nobody was there. @default 5000 */
  readonly keepHeardMs?: number;
}

/** @returns a leg without a carrier: audio waits for the first one. */
export function createReturningLeg(options: ReturningLegOptions): ReturningLeg {
  const { channel, format, can, clock, log } = options;
  const keepAudioMs = options.keepAudioMs ?? 60_000;
  const spawn = supervised(log);
  const ledger = createAudioLedger({ clock, keepHeardMs: options.keepHeardMs ?? 5_000 });
  const notices = createNotices({ read: options.readTrail ?? null, log, spawn });
  /** Heard over carriers that are gone. */
  const heardBefore = new Map<string, number>();
  let carrier: LegCarrier | null = null;
  let kept: ItemAudio[] = [];
  let keptMs = 0;
  let hasOverflowed = false;
  /** Pieces so far, and how many of them are heard or cleared. */
  let queued = 0;
  let waiters: { readonly through: number; readonly resolve: () => void }[] = [];

  function settle(through: number): void {
    const ready = waiters.filter((waiter) => waiter.through <= through);
    waiters = waiters.filter((waiter) => waiter.through > through);
    for (const { resolve } of ready) resolve();
  }

  /** Resolves waiters once everything given to the carrier so far was heard, if it is still there then. */
  function watch(current: LegCarrier): void {
    const through = queued;
    spawn('wait for a carrier to have played', async () => {
      await current.drained();
      if (carrier === current) settle(through);
    });
  }

  function give(current: LegCarrier, piece: ItemAudio): void {
    ledger.add(piece);
    current.play(piece);
  }

  function keep(piece: ItemAudio): void {
    if (piece.isLive) return; // a conversation between people does not wait
    if (keptMs + piece.audio.ms > keepAudioMs) {
      if (hasOverflowed) return;
      hasOverflowed = true;
      log.warn('more speech than is kept for a caller who is away', { keepAudioMs });
      options.overflowed?.();
      return;
    }
    kept.push(piece);
    keptMs += piece.audio.ms;
  }

  function takeKept(): readonly ItemAudio[] {
    const pieces = kept;
    kept = [];
    keptMs = 0;
    hasOverflowed = false;
    return pieces;
  }

  function detach(lost?: { readonly aliveMs: number }): void {
    const gone = carrier;
    if (!gone) return;
    carrier = null;
    notices.detach();
    const aliveMs = lost?.aliveMs ?? clock.monotonicMs();
    const { rest, heardMs } = ledger.close((itemId) => gone.heardMs(itemId), aliveMs);
    for (const [itemId, ms] of heardMs)
      heardBefore.set(itemId, (heardBefore.get(itemId) ?? 0) + ms);
    for (const piece of rest) keep(piece);
    if (kept.length === 0) settle(queued);
  }

  return {
    channel,
    format,
    can,
    get isAttached() {
      return carrier !== null;
    },
    attach(next, from) {
      detach();
      carrier = next;
      notices.attach((notice) => next.notify(notice), from?.afterSeq);
      for (const piece of takeKept()) give(next, piece);
      if (waiters.length > 0) watch(next);
    },
    detach,
    play(piece) {
      queued += 1;
      if (carrier) give(carrier, piece);
      else keep(piece);
    },
    clear() {
      takeKept();
      ledger.clear();
      carrier?.clear();
      settle(queued);
    },
    heardMs: (itemId) => (heardBefore.get(itemId) ?? 0) + (carrier?.heardMs(itemId) ?? 0),
    isPlaying: () => carrier?.isPlaying() ?? kept.length > 0,
    drained() {
      if (!carrier && kept.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push({ through: queued, resolve });
        if (carrier) watch(carrier);
      });
    },
    notify: (notice) => notices.tell(notice),
  };
}
