import type { WebSocket } from 'ws';
import {
  createPhoneCalls,
  serveMediaSocket,
  type AnnouncedCall,
  type MediaSocketLimits,
  type NextStep,
  type PhoneCallLimits,
} from '../../carrier/index.ts';
import type { CarrierCallStore, OutboundCalls, TakeCall } from '../../call/ports.ts';
import { messageOf, supervised, type Clock, type Log, type NewId } from '../../lib/index.ts';
import { loadAnswers, type TwilioAnswers } from './answers.ts';
import { isOver, twilioAnsweredBy, twilioStatus } from './call-status.ts';
import { createTwilioDialect } from './dialect.ts';
import { createTwilioOperators } from './operators.ts';
import type { TwilioRest } from './rest.ts';
import type { SignatureCheck } from './signature.ts';
import type { TwilioUrls } from './urls.ts';

/** What Twilio says of a call in each of its requests. Names are its own. */
export type TwilioParams = Readonly<Record<string, unknown>>;

/** One request of Twilio's whose signature was right. */
export interface TwilioRequest {
  /** Of the body. */
  readonly params: TwilioParams;
  /** Of the address. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** The telephone numbers of one Twilio account. Answers are TwiML. */
export interface TwilioLine {
  readonly signature: SignatureCheck;
  /** Loads what the first call would have to wait for, and other calls would hear. */
  warmUp(): Promise<void>;
  /** A caller rings. Null: the request names no call of this account. */
  incoming(request: TwilioRequest): Promise<string | null>;
  /** What a caller said to being recorded. */
  consent(request: TwilioRequest): Promise<string | null>;
  /** What is to be done with a call whose stream has ended. */
  next(request: TwilioRequest): Promise<string | null>;
  /** Somebody whom we called has picked up. */
  outgoing(request: TwilioRequest): Promise<string | null>;
  /** How far a call is. */
  status(request: TwilioRequest): Promise<void>;
  /** Who has answered a call that we placed, as far as Twilio can tell. */
  machine(request: TwilioRequest): Promise<void>;
  /** Somebody was rung for a caller and has picked up; or has pressed a key; or the call to them went on. */
  whisper(request: TwilioRequest): Promise<string | null>;
  personAnswer(request: TwilioRequest): Promise<string | null>;
  personStatus(request: TwilioRequest): Promise<void>;
  /** A media stream was opened; its signature was right. */
  media(socket: WebSocket): void;
}

/** What the line works with. */
export interface TwilioLineOptions {
  readonly accountSid: string;
  readonly urls: TwilioUrls;
  readonly signature: SignatureCheck;
  readonly rest: TwilioRest;
  /** Our number, for people who are rung; null: none can be. */
  readonly number: string | null;
  readonly take: TakeCall;
  /** Null while the database is not there. */
  readonly store: () => CarrierCallStore | null;
  /** What a desk (or the line's default) asks callers before they are recorded; null: nothing, and they are not. */
  readonly recordingQuestion?: (desk: string | undefined) => Promise<string | null>;
  /** Calls that we place. @default none */
  readonly outbound?: OutboundCalls | undefined;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly onDropped?: (reason: string) => void;
  readonly limits?: Partial<PhoneCallLimits & MediaSocketLimits>;
}

const channel = 'twilio';
const sidForm = /^[A-Za-z0-9]{2,64}$/;
const numberForm = /^\+[1-9]\d{4,14}$/;
const deskForm = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** @returns the line of an account on which nobody has called yet. */
export function createTwilioLine(options: TwilioLineOptions): TwilioLine {
  const { urls, rest, clock, log, outbound } = options;
  const spawn = supervised(log);
  let loading: Promise<TwilioAnswers> | undefined;
  const answers = (): Promise<TwilioAnswers> => (loading ??= loadAnswers(urls));
  const people = createTwilioOperators({
    ...{ rest, urls, answers, from: options.number, clock, log, newId: options.newId },
    calls: () => calls,
  });
  const calls = createPhoneCalls({
    channel,
    format: 'audio/pcmu',
    can: { tap: true, inject: true, resume: true },
    take: options.take,
    accountId: options.accountSid,
    async isThere(callSid) {
      const status = await rest.status(callSid);
      return status !== null && !isOver(status);
    },
    operators: people.operators,
    newToken: () => options.newId('stream'),
    clock,
    log,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  /** What is kept is kept beside the call: a caller does not wait for it. */
  function keep(name: string, work: (store: CarrierCallStore) => Promise<unknown>): void {
    const store = options.store();
    if (!store) return;
    spawn(name, async () => {
      await work(store).catch((thrown: unknown) => {
        log.warn('carrier call not kept', { work: name, error: messageOf(thrown) });
      });
    });
  }

  function callSidOf({ params }: TwilioRequest): string | null {
    const callSid = textOf(params['CallSid'], sidForm);
    return params['AccountSid'] === options.accountSid ? callSid : null;
  }

  /** @param kept for a server that knows nothing of the call */
  async function answer(step: NextStep, kept: Kept): Promise<string> {
    const say = await answers();
    switch (step.do) {
      case 'connect':
        return say.connect(step.token, kept);
      case 'wait':
        return say.wait(kept);
      case 'excuse':
        return say.excuse(step.code);
      case 'hang_up':
      case 'announce':
        return say.hangUp();
    }
  }

  function announce(call: AnnouncedCall, attemptId?: string): Promise<string> {
    const ref = { carrier: channel, carrierCallId: call.carrierCallId };
    keep('keep an announced call', (store) =>
      store.announced({ ...ref, desk: call.desk ?? null, atMs: clock.nowMs() }),
    );
    return answer(
      calls.announce({
        ...call,
        begun(callId) {
          call.begun?.(callId);
          keep('keep a call that began', (store) =>
            store.begun({ ...ref, callId, atMs: clock.nowMs() }),
          );
        },
      }),
      keptOf(call.desk, attemptId),
    );
  }

  async function incoming(request: TwilioRequest): Promise<string | null> {
    const carrierCallId = callSidOf(request);
    if (carrierCallId === null) return null;
    const { desk } = callerOf(request);
    // A desk that is not there is told of when the call is taken.
    const question = await options.recordingQuestion?.(desk).catch(() => null);
    if (question && calls.next(carrierCallId).do === 'announce') {
      return (await answers()).consent(question, keptOf(desk));
    }
    return announce({ carrierCallId, ...callerOf(request) });
  }

  async function consent(request: TwilioRequest): Promise<string | null> {
    const carrierCallId = callSidOf(request);
    if (carrierCallId === null) return null;
    const recording = hasAgreed(request.params) ? 'agreed' : 'refused';
    // A caller who is brought back to a new call is asked anew, and what they had agreed to still runs,
    // also when another server began it.
    const stopped = rest.stopRecording(carrierCallId).catch((thrown: unknown) => {
      log.warn('a recording may go on', { error: messageOf(thrown) });
    });
    return announce({
      ...{ carrierCallId, recording, ...callerOf(request) },
      begun() {
        if (recording === 'refused') return;
        spawn('record a call', async () => {
          await stopped;
          await rest.record(carrierCallId).catch((thrown: unknown) => {
            log.warn('a call is not recorded', { error: messageOf(thrown) });
          });
        });
      },
    });
  }

  async function outgoing(request: TwilioRequest): Promise<string | null> {
    const carrierCallId = callSidOf(request);
    const attemptId = attemptOf(request);
    if (carrierCallId === null || attemptId === null || !outbound) return null;
    const answered = await outbound.answered({ attemptId, carrierCallId });
    if (!answered.ok) return (await answers()).hangUp();
    return announce(
      {
        carrierCallId,
        desk: answered.desk,
        callerNumber: answered.number,
        outbound: answered.outbound,
        begun: (callId) =>
          spawn('report a placed call as connected', () =>
            outbound.connected({ attemptId, callId }),
          ),
      },
      attemptId,
    );
  }

  return {
    signature: options.signature,
    async warmUp() {
      await Promise.all([answers(), rest.warmUp()]);
    },
    incoming,
    consent,
    async next(request) {
      const carrierCallId = callSidOf(request);
      if (carrierCallId === null) return null;
      const step = calls.next(carrierCallId);
      // Another server had the call, or this one before it was started again.
      if (step.do === 'announce') return (await outgoing(request)) ?? incoming(request);
      return answer(step, keptOf(callerOf(request).desk, attemptOf(request) ?? undefined));
    },
    outgoing,
    async status(request) {
      const carrierCallId = callSidOf(request);
      const status = twilioStatus(textOf(request.params['CallStatus'], statusForm) ?? '');
      if (carrierCallId === null || status === null) return;
      const attemptId = attemptOf(request);
      if (attemptId !== null) {
        await outbound?.progressed({ attemptId, carrierCallId, status });
      }
      await options
        .store()
        ?.progressed({ carrier: channel, carrierCallId, status, atMs: clock.nowMs() });
      if (isOver(status)) calls.over(carrierCallId);
    },
    async machine(request) {
      const carrierCallId = callSidOf(request);
      const attemptId = attemptOf(request);
      const answeredBy = textOf(request.params['AnsweredBy'], /^[a-z_]{1,32}$/);
      if (carrierCallId === null || attemptId === null || answeredBy === null) return;
      await outbound?.detected({
        attemptId,
        carrierCallId,
        answeredBy: twilioAnsweredBy(answeredBy),
      });
    },
    async whisper(request) {
      const offerId = offerOf(request);
      return offerId === null ? null : people.whisper(offerId);
    },
    async personAnswer(request) {
      const callSid = callSidOf(request);
      const offerId = offerOf(request);
      if (callSid === null || offerId === null) return null;
      const key = textOf(request.params['Digits'], /^[0-9*#]$/) ?? '';
      return people.answer(offerId, { callSid, key });
    },
    async personStatus(request) {
      const callSid = callSidOf(request);
      const offerId = offerOf(request);
      const status = textOf(request.params['CallStatus'], statusForm);
      if (callSid === null || offerId === null || status === null) return;
      people.progressed(offerId, { callSid, status });
    },
    media(socket) {
      serveMediaSocket(socket, {
        dialect: createTwilioDialect(),
        admit: calls.admit,
        clock,
        log,
        ...(options.onDropped ? { onDropped: options.onDropped } : {}),
        ...(options.limits ? { limits: options.limits } : {}),
      });
    },
  };
}

const attemptForm = /^[\w-]{1,128}$/;
const statusForm = /^[a-z-]{1,32}$/;

function callerOf({ params, query }: TwilioRequest): Pick<AnnouncedCall, 'desk' | 'callerNumber'> {
  // Of a call that we placed, `From` is our own number.
  const isPlaced = textOf(params['Direction'], /^outbound/) !== null;
  return {
    desk: textOf(query['desk'], deskForm) ?? undefined,
    callerNumber: textOf(params[isPlaced ? 'To' : 'From'], numberForm) ?? undefined,
  };
}

/** What the carrier gives back with each question about a call. */
type Kept = Readonly<Record<string, string>>;

const keptOf = (desk: string | undefined, attempt?: string): Kept => ({
  ...(desk === undefined ? {} : { desk }),
  ...(attempt === undefined ? {} : { attempt }),
});

/** Which attempt to reach somebody a placed call is; null for any other call. */
function attemptOf({ query }: TwilioRequest): string | null {
  return textOf(query['attempt'], attemptForm);
}

/** Only a clear yes is one. */
function hasAgreed(params: TwilioParams): boolean {
  if (params['Digits'] !== undefined) return params['Digits'] === '1';
  return /^(yes|yeah|yep|sure|okay|ok)\b[^a-z]*(please|of course|it is|that is fine)?[^a-z]*$/i.test(
    textOf(params['SpeechResult'], /^.{1,80}$/) ?? '',
  );
}

function offerOf({ query }: TwilioRequest): string | null {
  return textOf(query['offer'], attemptForm);
}

/** A value that is one text of the form; what came twice, or is anything else, is none. */
function textOf(value: unknown, form: RegExp): string | null {
  return typeof value === 'string' && form.test(value) ? value : null;
}
