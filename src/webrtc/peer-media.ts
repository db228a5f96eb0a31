import { randomInt } from 'node:crypto';
import type { Track } from 'node-datachannel';
import type { Clock } from '../lib/index.ts';
import { createFloodGuard } from './flood.ts';
import { createIncomingAudio } from './incoming-audio.ts';
import type { Offer } from './offer.ts';
import type { Opus } from './opus.ts';
import { createOutgoingAudio, type OutgoingAudio } from './outgoing-audio.ts';
import { createReception, readReport, writeReport } from './rtcp.ts';
import type { LastFrom } from './port.ts';
import { isRtcp, readRtp } from './rtp.ts';

const reportEveryMs = 5_000;
/** Browsers send 50 packets of sound a second; 400 is the most that Opus can make of one stream. */
const maxPacketsPerSecond = 1_000;
const maxBytesPerSecond = 500_000;

/** The sound of one peer, both ways. */
export interface PeerMedia {
  send(frame: Int16Array): void;
  tick(nowMs: number): void;
  readonly lastFrom: LastFrom;
}

/** Ours in the answer and in every packet. */
export interface OurStream {
  readonly ssrc: number;
  /** Canonical name (RFC 3550): random, because it must say nothing about anybody. */
  readonly name: string;
}

/** @returns a random identity for one peer's stream. */
export function newStream(): OurStream {
  const ssrc = randomInt(1, 2 ** 32);
  return { ssrc, name: `line-${ssrc.toString(36)}` };
}

/**
 * Wires a track that is open.
 *
 * @param options.flooded the far end sends more than sound can be; the owner ends it
 */
export function openPeerMedia(options: {
  readonly track: Track;
  readonly opus: Opus;
  readonly offer: Offer;
  readonly stream: OurStream;
  readonly clock: Clock;
  readonly deliver: (samples: Int16Array) => void;
  readonly flooded: () => void;
}): PeerMedia {
  const { track, opus, offer, stream, clock, deliver } = options;
  const { payloadType, direction } = offer.audio;
  const reception = createReception();
  const incoming = createIncomingAudio({ decoder: opus.openDecoder(), deliver });
  const guard = createFloodGuard({ items: maxPacketsPerSecond, bytes: maxBytesPerSecond });
  const lastFrom = { anyMs: 0, soundMs: 0 };
  let reportAtMs = clock.monotonicMs() + reportEveryMs;

  function put(datagram: Buffer): void {
    try {
      track.sendMessageBinary(datagram);
    } catch {
      // The connection is going down: its own event tells.
    }
  }

  // A far end that only speaks hears nothing, so nothing is coded for it.
  const outgoing: OutgoingAudio | undefined =
    direction === 'sendonly'
      ? undefined
      : (() => {
          const encoder = opus.openEncoder();
          return createOutgoingAudio({
            encoder,
            stream: {
              ssrc: stream.ssrc,
              payloadType,
              firstSequence: randomInt(2 ** 15),
              firstTimestamp: randomInt(2 ** 31),
            },
            send: put,
            nowMs: clock.monotonicMs(),
          });
        })();

  track.onMessage((datagram) => {
    const nowMs = clock.monotonicMs();
    if (!guard.take({ bytes: datagram.length }, nowMs)) {
      options.flooded();
      return;
    }
    lastFrom.anyMs = nowMs;
    if (isRtcp(datagram)) {
      const report = readReport(datagram, stream.ssrc);
      if (report.ntpMiddle !== undefined) reception.reported(report.ntpMiddle, nowMs);
      if (report.lostShare !== undefined) outgoing?.expectLoss(report.lostShare);
      return;
    }
    const packet = readRtp(datagram);
    if (packet?.payloadType !== payloadType) return;
    lastFrom.soundMs = nowMs;
    reception.count(packet, nowMs);
    incoming.receive(packet, nowMs);
  });

  return {
    lastFrom,
    send: (frame) => outgoing?.send(frame, clock.monotonicMs()),
    tick(nowMs) {
      incoming.tick(nowMs);
      outgoing?.tick(nowMs);
      if (nowMs < reportAtMs) return;
      reportAtMs = nowMs + reportEveryMs;
      const sent = outgoing?.sent(nowMs) ?? {
        ssrc: stream.ssrc,
        timestamp: 0,
        packets: 0,
        payloadBytes: 0,
      };
      const block = reception.block(nowMs);
      put(writeReport({ sent, block, name: stream.name, nowEpochMs: clock.nowMs() }));
    },
  };
}
