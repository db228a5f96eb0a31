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
import { createVonageDialect } from './dialect.ts';
import { ncco, vonagePaths, type NccoAction } from './ncco.ts';
import type { SignatureCheck } from './signature.ts';

/** One request of Vonage's whose signature was right. */
export interface VonageRequest {
  /** Parsed. Names are Vonage's own. */
  readonly body: unknown;
  /** Of the address. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** The telephone numbers of one Vonage application. Answers are call control objects. */
export interface VonageLine {
  readonly isSigned: SignatureCheck;
  /** Path of the media socket: {@link vonagePaths} with a door that only answers tell. */
  readonly mediaPath: string;
  /** A caller rings. Null: the request names no call. */
  incoming(request: VonageRequest): readonly NccoAction[] | null;
  /** What is to be done with a call whose socket has ended. Null: nothing else than before. */
  next(request: VonageRequest): readonly NccoAction[] | null;
  /** How far a call is. */
  event(request: VonageRequest): void;
  /** A media socket was opened. */
  media(socket: WebSocket): void;
}

/** What the line works with. */
export interface VonageLineOptions {
  readonly isSigned: SignatureCheck;
  /** Where Vonage reaches us; without a slash at the end. */
  readonly publicUrl: string;
  readonly take: TakeCall;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped?: (reason: string) => void;
  readonly limits?: Partial<PhoneCallLimits & MediaSocketLimits>;
}

/** Half a minute of linear audio, six times as many bytes as the telephone's. */
const bufferedBytes = 3 * 512 * 1024;

const told = z.object({
  conversation_uuid: z.string().regex(/^[\w-]{2,128}$/),
  from: z
    .string()
    .regex(/^[1-9]\d{4,14}$/)
    .optional()
    .catch(undefined),
  to: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
});
/** What comes back of our own `notify` action. */
const waited = z.object({ payload: z.object({ status: z.string() }) });
const query = z.object({
  desk: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .optional()
    .catch(undefined),
});
const finalStatuses: ReadonlySet<string | undefined> = new Set([
  ...['completed', 'busy', 'unanswered', 'failed', 'cancelled', 'rejected', 'timeout'],
]);
const socketIsGone: ReadonlySet<string | undefined> = new Set([
  ...['disconnected', 'failed', 'unanswered', 'waited'],
]);

/** @returns the line of an application on which nobody has called yet. */
export function createVonageLine(options: VonageLineOptions): VonageLine {
  const { publicUrl, clock, log, onDropped } = options;
  const limits = { bufferedBytes, ...options.limits };
  const mediaPath = vonagePaths.vonageMedia.replace(':door', options.newId('door'));
  const media = `${publicUrl}${mediaPath}`.replace(/^http/, 'ws');
  const urlsFor = (desk: string | undefined) => ({
    media,
    next: `${publicUrl}${vonagePaths.vonageNext}${desk === undefined ? '' : `?desk=${desk}`}`,
  });
  const calls = createPhoneCalls({
    ...{ channel: 'vonage', format: 'audio/pcm', can: { tap: true, inject: true, resume: true } },
    take: options.take,
    accountId: null, // requests are signed for the account, and the token is of such a request
    // Vonage tells at once when a socket is gone and the caller is not; it need not be asked.
    isThere: async () => Promise.reject(new Error('only Vonage itself can say')),
    newToken: () => options.newId('stream'),
    ...{ clock, log, limits },
  });

  function answer(
    call: z.infer<typeof told>,
    request: VonageRequest,
    callerNumber: string | undefined,
  ): readonly NccoAction[] {
    const { conversation_uuid: carrierCallId } = call;
    const { desk } = query.parse(request.query);
    const known = calls.next(carrierCallId);
    const step =
      known.do === 'announce' ? calls.announce({ carrierCallId, desk, callerNumber }) : known;
    return ncco(step, carrierCallId, urlsFor(desk));
  }

  return {
    isSigned: options.isSigned,
    mediaPath,
    incoming(request) {
      const call = told.safeParse(request.body).data;
      if (!call) return null;
      return answer(call, request, call.from === undefined ? undefined : `+${call.from}`);
    },
    next(request) {
      const call = told.safeParse(request.body).data;
      const status = waited.safeParse(request.body).data?.payload.status ?? call?.status;
      if (!call || !socketIsGone.has(status)) return null;
      // A call that another server had is known by its id only: this is told of the socket's leg.
      return answer(call, request, undefined);
    },
    event(request) {
      const call = told.safeParse(request.body).data;
      // The socket is a leg of the conversation too, and says of its own end that it is completed.
      if (!call || /^wss?:/.test(call.to ?? '')) return;
      if (finalStatuses.has(call.status)) calls.over(call.conversation_uuid);
    },
    media(socket) {
      serveMediaSocket(socket, {
        dialect: createVonageDialect(),
        admit: calls.admit,
        ...{ clock, log, limits },
        ...(onDropped ? { onDropped } : {}),
      });
    },
  };
}
