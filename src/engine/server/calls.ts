import { supervised } from '../../lib/index.ts';
import type { SessionPatch } from '../../protocol/index.ts';
import type { Peer, Peers } from '../../webrtc/index.ts';
import { openSession, type Seat, type SessionClient, type SessionParts } from '../session/index.ts';

/** A call over WebRTC: sound by its tracks, events by its data channel and by any number of sidebands. */
export interface EngineCall {
  /** `rtc_…` */
  readonly id: string;
  /** SDP. */
  readonly answer: string;
  /**
   * A sideband takes part: it gets every event from here on, and may say whatever the caller's client may.
   *
   * @param client.ended told when the call is over
   */
  join(client: SessionClient & { readonly ended: () => void }): Seat;
  /** Whether one sideband more may join. */
  hasPlace(): boolean;
  hangUp(): void;
}

/** The calls of one engine. Disposing of it ends them. */
export interface Calls extends AsyncDisposable {
  /**
   * Takes an offer; the call then lasts until the peer is gone or somebody hangs up.
   *
   * @throws SwitchboardError offer_invalid, and what opening a UDP port throws
   */
  open(offer: {
    readonly sdp: string;
    readonly model: string;
    readonly configs: readonly SessionPatch[];
  }): Promise<EngineCall>;
  /** @returns the live call of that id. */
  find(id: string): EngineCall | null;
  /** Live ones, and those whose offer is being answered. */
  readonly size: number;
}

/** Sockets beside one call. */
const maxSidebands = 8;
/** Text that waits for a data channel to open, or to be taken by a slow far end. */
const maxWaitingBytes = 4 * 1024 * 1024;

/** @param openPeers called when the first offer comes; again when it failed. */
export function createCalls(parts: SessionParts, openPeers: () => Promise<Peers>): Calls {
  const { newId, log } = parts;
  const spawn = supervised(log);
  const calls = new Map<string, EngineCall>();
  let answering = 0;
  let peers: Promise<Peers> | null = null;

  async function wholePeers(): Promise<Peers> {
    peers ??= openPeers();
    try {
      return await peers;
    } catch (thrown) {
      peers = null;
      throw thrown;
    }
  }

  async function open(offer: Parameters<Calls['open']>[0]): Promise<EngineCall> {
    const way = await wholePeers();
    const id = newId('rtc');
    let peer: Peer | null = null;
    let waiting: string[] | null = [];
    let waitingBytes = 0;
    let isOver = false;
    const sidebands = new Set<() => void>();
    const session = openSession(parts, {
      model: offer.model,
      configs: offer.configs,
      play: (frame) => peer?.sendAudio(frame),
    });
    const seat = session.join({ send: sendText, sendAway: end });

    function sendText(frame: string): void {
      if (waiting) {
        waiting.push(frame);
        waitingBytes += frame.length;
      } else peer?.sendText(frame);
      if ((waiting ? waitingBytes : (peer?.bufferedBytes ?? 0)) <= maxWaitingBytes) return;
      log.warn('a client does not take its frames');
      end();
    }

    function end(): void {
      if (isOver) return;
      isOver = true;
      calls.delete(id);
      seat.leave();
      for (const ended of sidebands) ended();
      sidebands.clear();
      peer?.close();
      spawn('close a session', async () => session[Symbol.asyncDispose]());
    }

    try {
      peer = await way.answer(offer.sdp, {
        opened() {
          const texts = waiting ?? [];
          waiting = null;
          for (const text of texts) peer?.sendText(text);
          session.lineOpened();
        },
        audio: session.hear,
        text: seat.receive,
        closed(reason) {
          log.info('a call has ended', { callId: id, reason });
          end();
        },
      });
    } catch (thrown) {
      end();
      throw thrown;
    }
    const call: EngineCall = {
      ...{ id, answer: peer.answer, hangUp: end },
      hasPlace: () => sidebands.size < maxSidebands,
      join(client) {
        const place = session.join(client);
        sidebands.add(client.ended);
        return {
          receive: place.receive,
          leave() {
            place.leave();
            sidebands.delete(client.ended);
          },
        };
      },
    };
    calls.set(id, call);
    return call;
  }

  return {
    async open(offer) {
      answering += 1;
      try {
        return await open(offer);
      } finally {
        answering -= 1;
      }
    },
    find: (id) => calls.get(id) ?? null,
    get size() {
      return calls.size + answering;
    },
    async [Symbol.asyncDispose]() {
      for (const call of calls.values()) call.hangUp();
      await (await peers?.catch(() => null))?.[Symbol.asyncDispose]();
    },
  };
}
