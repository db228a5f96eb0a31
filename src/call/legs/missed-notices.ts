import type { TrailEvent } from '../../protocol/index.ts';
import { messageOf, type Log, type Spawn } from '../../lib/index.ts';
import type { CallNotice } from '../leg.ts';

type Tell = (notice: CallNotice) => void;

/** Captions kept for a carrier that comes: those of the last few turns. */
const maxCaptions = 8;

interface Carrier {
  readonly tell: Tell;
  /** What comes while it is told what it missed; null once it was. */
  held: CallNotice[] | null;
}

/** Passes a call's notices on to whichever carrier there is, and makes up for those that were missed. */
export interface Notices {
  /** Told of something: the carrier gets it, now or once it has what came before. */
  tell(notice: CallNotice): void;
  /**
   * A new carrier: gets the events after `afterSeq`, then what is the case now, then what comes.
   * @param afterSeq @default what was told last
   */
  attach(tell: Tell, afterSeq?: number): void;
  detach(): void;
}

/** @param options.read the call's durable events after one of them, in order; null: none are made up for */
export function createNotices(options: {
  readonly read: ((afterSeq: number) => Promise<readonly TrailEvent[]>) | null;
  readonly log: Log;
  readonly spawn: Spawn;
}): Notices {
  const { read, log, spawn } = options;
  let carrier: Carrier | null = null;
  let begun = false;
  let toldSeq = 0;
  /** What is the case now: who has the floor, and words that no event has replaced yet. */
  let status: CallNotice | null = null;
  const captions = new Map<string, CallNotice>();

  function remember(notice: CallNotice): void {
    begun = true;
    if (notice.type === 'status') status = notice;
    if (notice.type === 'trail' && 'itemId' in notice.event) captions.delete(notice.event.itemId);
    if (notice.type !== 'caption') return;
    captions.set(notice.itemId, notice);
    const [oldest] = captions.keys();
    if (captions.size > maxCaptions && oldest !== undefined) captions.delete(oldest);
  }

  function pass(tell: Tell, notice: CallNotice): void {
    if (notice.type === 'trail') {
      if (notice.event.seq <= toldSeq) return; // read from the store already
      toldSeq = notice.event.seq;
    }
    tell(notice);
  }

  async function missedSince(seq: number): Promise<readonly TrailEvent[]> {
    try {
      return (await read?.(seq)) ?? [];
    } catch (thrown) {
      log.warn('missed events could not be read', { error: messageOf(thrown) });
      return [];
    }
  }

  return {
    tell(notice) {
      remember(notice);
      if (carrier?.held) carrier.held.push(notice);
      else if (carrier) pass(carrier.tell, notice);
    },
    attach(tell, afterSeq = toldSeq) {
      toldSeq = afterSeq;
      if (!begun) {
        carrier = { tell, held: null };
        return;
      }
      const held: CallNotice[] = [];
      const mine: Carrier = { tell, held };
      carrier = mine;
      spawn('make up for notices', async () => {
        const missed = await missedSince(afterSeq);
        if (carrier !== mine) return;
        mine.held = null;
        for (const event of missed) pass(tell, { type: 'trail', event });
        for (const notice of held) if (notice.type === 'trail') pass(tell, notice);
        for (const notice of captions.values()) tell(notice);
        if (status) tell(status);
      });
    },
    detach() {
      carrier = null;
    },
  };
}
