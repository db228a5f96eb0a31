import type { WebSocket } from 'ws';
import { z } from 'zod';
import {
  createPhoneCalls,
  serveMediaSocket,
  type MediaSocketLimits,
  type PhoneCallLimits,
} from '../../carrier/index.ts';
import type { TakeCall } from '../../call/ports.ts';
import type { Clock, Log, NewId } from '../../lib/index.ts';
import { createTelnyxDialect } from './dialect.ts';
import type { SignatureCheck } from './signature.ts';
import { telnyxPaths, texml } from './texml.ts';

/** One request of Telnyx's whose signature was right. */
export interface TelnyxRequest {
  /** Of the body. Names are Telnyx's own. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Of the address. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** The telephone numbers of one Telnyx account. Answers are TeXML. */
export interface TelnyxLine {
  readonly isSigned: SignatureCheck;
  /** Path of the media stream: {@link telnyxPaths} with a door that only answers tell. */
  readonly mediaPath: string;
  /** A caller rings. Null: the request names no call. */
  incoming(request: TelnyxRequest): string | null;
  /** What is to be done with a call whose stream has ended. */
  next(request: TelnyxRequest): string | null;
  /** How far a call is. */
  status(request: TelnyxRequest): void;
  /** A media stream was opened. */
  media(socket: WebSocket): void;
}

/** What the line works with. */
export interface TelnyxLineOptions {
  readonly isSigned: SignatureCheck;
  /** Where Telnyx reaches us; without a slash at the end. */
  readonly publicUrl: string;
  /** Whether Telnyx still has the caller on the line. May throw. */
  readonly isThere: (callControlId: string) => Promise<boolean>;
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped?: (reason: string) => void;
  readonly limits?: Partial<PhoneCallLimits & MediaSocketLimits>;
}

const params = z.object({
  CallSid: z.string().regex(/^[\w:.+/=-]{2,256}$/),
  From: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/)
    .optional()
    .catch(undefined),
  CallStatus: z.string().optional().catch(undefined),
});
const query = z.object({
  desk: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional()
    .catch(undefined),
});
const finalStatuses: ReadonlySet<string | undefined> = new Set([
  ...['completed', 'busy', 'no-answer', 'failed', 'canceled'],
]);

/** @returns the line of an account on which nobody has called yet. */
export function createTelnyxLine(options: TelnyxLineOptions): TelnyxLine {
  const { publicUrl, clock, log, limits = {}, onDropped } = options;
  const mediaPath = telnyxPaths.telnyxMedia.replace(':door', options.newId('door'));
  const urls = {
    media: `${publicUrl}${mediaPath}`.replace(/^http/, 'ws'),
    next: `${publicUrl}${telnyxPaths.telnyxNext}`,
  };
  const calls = createPhoneCalls({
    ...{ channel: 'telnyx', format: 'audio/pcmu', can: { tap: true, inject: true, resume: true } },
    take: options.take,
    accountId: null, // requests are signed for the account, and the token is of such a request
    isThere: options.isThere,
    newToken: () => options.newId('stream'),
    ...{ clock, log, limits },
  });

  function incoming(request: TelnyxRequest): string | null {
    const call = params.safeParse(request.params).data;
    if (!call) return null;
    const { desk } = query.parse(request.query);
    return texml(
      calls.announce({ carrierCallId: call.CallSid, desk, callerNumber: call.From }),
      urls,
    );
  }

  return {
    isSigned: options.isSigned,
    mediaPath,
    incoming,
    next(request) {
      const call = params.safeParse(request.params).data;
      if (!call) return null;
      const step = calls.next(call.CallSid);
      // Another server had the call, or this one before it was started again.
      return step.do === 'announce' ? incoming(request) : texml(step, urls);
    },
    status(request) {
      const call = params.safeParse(request.params).data;
      if (call && finalStatuses.has(call.CallStatus)) calls.over(call.CallSid);
    },
    media(socket) {
      serveMediaSocket(socket, {
        dialect: createTelnyxDialect(),
        admit: calls.admit,
        ...{ clock, log, limits },
        ...(onDropped ? { onDropped } : {}),
      });
    },
  };
}
