import { legWithoutAudio } from '../../call/legs/index.ts';
import type { EngineCalls, TakeCall, WebhookStore } from '../../call/ports.ts';
import { messageOf, supervised, SwitchboardError, type Clock, type Log } from '../../lib/index.ts';
import { referredOperators } from './referral.ts';
import { partiesOf } from './sip-headers.ts';
import type { IncomingSipCall, OpenAIWebhook, WebhookReader } from './webhook.ts';

/** What telephone calls through OpenAI's SIP work with. */
export interface SipLineOptions {
  readonly reader: WebhookReader;
  readonly take: TakeCall;
  /** Null while the database is not there. */
  readonly store: () => WebhookStore | null;
  /** The engine's calls, to decline one that the line does not take. */
  readonly calls: () => Promise<EngineCalls>;
  /** Desks by the number that was called; others go to the default desk. */
  readonly desks: Readonly<Record<string, string>>;
  /** Numbers by queue that a caller may be sent on to. */
  readonly referrals: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How a webhook is to be answered, as a status of HTTP. */
export type WebhookAnswer =
  /** It was judged: it is ours to act on, or was acted on before. */
  | 200
  /** It is not what it says. */
  | 400
  /** It could not be kept, so it must be sent again. */
  | 503;

/** Takes telephone calls that reach OpenAI by SIP. */
export interface SipLine {
  /**
   * Judges a webhook and keeps it; what follows is done behind the answer.
   * @param body as it came
   */
  webhook(body: string, headers: Readonly<Record<string, string>>): Promise<WebhookAnswer>;
}

const source = 'openai';
/** What the caller's telephone is told: busy here, temporarily unavailable, decline. */
const sipStatus = { busy: 486, unavailable: 480, declined: 603 } as const;

/** How far the accepting of a call is. */
interface Accepting {
  accepted: { readonly callId: string; readonly calls: EngineCalls } | null;
  failure: Error | null;
}

/** @returns a line that has no calls yet. */
export function createSipLine(options: SipLineOptions): SipLine {
  const { clock, log } = options;
  const spawn = supervised(log);
  /** Calls that are being taken or are going on. */
  const known = new Set<string>();

  const settle = async ({ webhookId }: OpenAIWebhook, outcome: string): Promise<void> => {
    await options.store()?.settled({ source, webhookId, outcome });
  };
  const decline = async (callId: string, code: string): Promise<string> => {
    const unavailable = ['not_ready', 'store_unavailable', 'engine_unavailable', 'engine_refused'];
    const why = code === 'busy' ? 'busy' : unavailable.includes(code) ? 'unavailable' : 'declined';
    try {
      await (await options.calls()).reject(callId, sipStatus[why]);
      return `${code}; rejected with ${sipStatus[why]}`;
    } catch (thrown) {
      return `${code}; ${messageOf(thrown)}`;
    }
  };
  /**
   * A caller whose accept failed is told so. It may have taken effect without our hearing of it: whoever is
   * with a model that nobody looks after is hung up on.
   */
  const giveUp = async (callId: string, failure: Error): Promise<string> => {
    if (failure instanceof SwitchboardError && failure.code === 'not_found') return failure.message;
    const calls = await options.calls();
    await calls.hangUp(callId).catch(() => undefined); // it was not accepted after all
    return `${failure.message}; ${await decline(callId, 'engine_unavailable')}`;
  };
  /** @returns what was done, in a few words */
  const takeCall = async ({ call_id: callId, sip_headers: headers }: IncomingSipCall) => {
    const { caller, called } = partiesOf(headers);
    const accepting: Accepting = { accepted: null, failure: null };
    const result = await options.take({
      desk: called === undefined ? undefined : options.desks[called],
      // Nobody looks at this call's captions: a telephone has no screen.
      leg: legWithoutAudio({ channel: 'sip', notify: () => undefined }),
      attachTo: {
        over: 'sip',
        async callId({ session, calls, signal }) {
          try {
            await calls.accept(callId, session, signal);
          } catch (thrown) {
            accepting.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
            throw thrown;
          }
          accepting.accepted = { callId, calls };
          return callId;
        },
      },
      callerNumber: caller,
      operators: referredOperators({
        numbers: options.referrals,
        call: () => accepting.accepted,
        log,
      }),
      signal: new AbortController().signal, // a caller who hangs up makes the accept fail
    });
    if (result.ok) return { outcome: `accepted as ${result.call.id}`, over: result.call.ended };
    const over = Promise.resolve();
    const { accepted, failure } = accepting;
    if (failure !== null)
      return { outcome: `not accepted: ${await giveUp(callId, failure)}`, over };
    if (accepted !== null) return { outcome: `accepted, then ended: ${result.code}`, over };
    return { outcome: await decline(callId, result.code), over };
  };
  const handle = async (webhook: OpenAIWebhook, call: IncomingSipCall): Promise<void> => {
    const { call_id: callId } = call;
    if (known.has(callId)) return settle(webhook, 'known already');
    known.add(callId);
    try {
      const { outcome, over } = await takeCall(call);
      log.info('telephone call', { sipCallId: callId, outcome });
      await settle(webhook, outcome);
      await over;
    } finally {
      known.delete(callId);
    }
  };
  return {
    async webhook(body, headers) {
      const read = await options.reader.read(body, headers);
      if (!read.ok) {
        log.warn('webhook refused', { why: read.why });
        return 400;
      }
      const { webhook } = read;
      const { webhookId, type, incoming } = webhook;
      const store = options.store();
      if (!store) return 503;
      try {
        const isFirst = await store.first({ source, webhookId, type, atMs: clock.nowMs() });
        if (!isFirst) return 200;
      } catch (thrown) {
        if (thrown instanceof SwitchboardError && thrown.retryable) return 503;
        throw thrown;
      }
      if (incoming) spawn('take a telephone call', () => handle(webhook, incoming));
      else spawn('keep a webhook', () => settle(webhook, 'nothing to do'));
      return 200;
    },
  };
}
