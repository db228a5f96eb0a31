import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { TakeCall } from '../call/ports.ts';
import type { Clock, Log, NewId } from '../lib/index.ts';
import {
  carrierPaths,
  type CallNews,
  type Carrier,
  type CarrierAnswer,
  type CarrierPaths,
} from './carrier.ts';
import { mediaSocketDefaults, serveMediaSocket, type MediaSocketLimits } from './media-socket.ts';
import { createPhoneCalls, type PhoneCallLimits } from './phone-calls.ts';

/** A webhook whose signature was right. */
export interface CarrierRequest {
  readonly body: string;
  /** Of the address. */
  readonly query: unknown;
}

/** The telephone numbers of one account at a carrier. */
export interface CarrierLine {
  readonly carrier: Carrier;
  readonly paths: CarrierPaths;
  /** The media path of {@link carrierPaths} with a door that only answers tell. */
  readonly mediaPath: string;
  /** A caller rings. Null: the request names no call. */
  incoming(request: CarrierRequest): CarrierAnswer | null;
  /** What is to be done with a call whose stream has ended. Null: nothing else than before. */
  next(request: CarrierRequest): CarrierAnswer | null;
  /** How far a call is. */
  status(request: CarrierRequest): void;
  /** A media socket was opened. */
  media(socket: WebSocket): void;
}

/** What the line works with. */
export interface CarrierLineOptions {
  readonly carrier: Carrier;
  /** Where the carrier reaches us; without a slash at the end. */
  readonly publicUrl: string;
  /** `bufferedBytes` are of G.711. */
  readonly limits?: Partial<PhoneCallLimits & MediaSocketLimits>;
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped: (reason: string) => void;
}

const query = z.object({
  desk: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional()
    .catch(undefined),
});

/** @returns the line of an account on which nobody has called yet. */
export function createCarrierLine(options: CarrierLineOptions): CarrierLine {
  const { carrier, publicUrl, take, newId, clock, log, onDropped } = options;
  const { channel, format } = carrier.dialect();
  const bounds = { ...mediaSocketDefaults, ...options.limits };
  const limits = { ...bounds, bufferedBytes: bounds.bufferedBytes * (carrier.timesG711 ?? 1) };
  const paths = carrierPaths(channel);
  const mediaPath = paths.media.replace(':door', newId('door'));
  const media = `${publicUrl}${mediaPath}`.replace(/^http/, 'ws');
  const calls = createPhoneCalls({
    ...{ channel, format, can: { tap: true, inject: true, resume: true }, take, clock, log },
    accountId: null, // requests are signed for the account, and the token is of such a request
    isThere: carrier.isThere,
    newToken: () => newId('stream'),
    limits,
  });

  function answer(call: CallNews, request: CarrierRequest): CarrierAnswer {
    const { carrierCallId, callerNumber } = call;
    const { desk } = query.parse(request.query);
    // A call that nothing is known of is a new one, or one that another server had.
    const step = calls.announce({ carrierCallId, desk, callerNumber });
    const next = `${publicUrl}${paths.next}${desk === undefined ? '' : `?desk=${desk}`}`;
    return carrier.answer(step, carrierCallId, { media, next });
  }

  return {
    carrier,
    paths,
    mediaPath,
    incoming(request) {
      const call = carrier.read(request.body);
      return call && answer(call, request);
    },
    next(request) {
      const call = carrier.read(request.body);
      return call?.isAsking ? answer(call, request) : null;
    },
    status({ body }) {
      const call = carrier.read(body);
      if (call?.isOver) calls.over(call.carrierCallId);
    },
    media(socket) {
      const dialect = carrier.dialect();
      serveMediaSocket(socket, { dialect, admit: calls.admit, clock, log, onDropped, limits });
    },
  };
}
