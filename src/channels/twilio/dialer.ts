import type { Dialer, MachineAction, PlaceCallResult } from '../../call/ports.ts';
import { twilioStatus } from './call-status.ts';
import { loadTwilio, openTwilioClient, type TwilioAccount } from './client.ts';

/** How calls are placed through Twilio. */
export interface TwilioDialerOptions {
  readonly account: TwilioAccount;
  /** One of our numbers, E.164: what the callee sees. */
  readonly from: string;
  /** Where Twilio asks and reports; public addresses of ours. */
  readonly urls: {
    answer(attemptId: string): string;
    status(attemptId: string): string;
    machine(attemptId: string): string;
  };
}

/** What a call that did not begin is answered with; Twilio's numbers for errors of the request. */
const retryableStatus = (status: number): boolean => status === 429;
/** A refusal that says for sure that nothing was dialled. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408;
/** Longest a call is looked for among the newest to the same number. */
const looksAt = 20;

/**
 * Places calls with Twilio's REST API.
 *
 * @see https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
 * @see https://www.twilio.com/docs/voice/answering-machine-detection
 */
export function twilioDialer(options: TwilioDialerOptions): Dialer {
  const { from, urls } = options;
  let opening: ReturnType<typeof openTwilioClient> | undefined;
  /** When the first call is placed: the library is slow to load. */
  const open = (): ReturnType<typeof openTwilioClient> =>
    (opening ??= openTwilioClient(options.account));
  return {
    carrier: 'twilio',
    async place({ attemptId, to, machine, ringMs }): Promise<PlaceCallResult> {
      const client = await open();
      try {
        const { sid } = await client.calls.create({
          ...{ to, from, url: urls.answer(attemptId), method: 'POST' },
          ...{ statusCallback: urls.status(attemptId), statusCallbackMethod: 'POST' },
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          timeout: Math.round(ringMs / 1000),
          ...detection(machine, urls.machine(attemptId)),
        });
        return { ok: true, carrierCallId: sid };
      } catch (thrown) {
        const { status, message } = restError(thrown);
        if (!isRefusal(status)) throw thrown; // it may have been heard all the same
        return { ok: false, retryable: retryableStatus(status), message };
      }
    },
    async find({ to, sinceMs }) {
      const client = await open();
      const calls = await client.calls.list({ to, from, limit: looksAt });
      return calls
        .filter(({ dateCreated }) => dateCreated.getTime() >= sinceMs)
        .map(({ sid, status }) => ({
          carrierCallId: sid,
          status: twilioStatus(status) ?? 'queued',
        }));
    },
    async lookUp(carrierCallId) {
      const client = await open();
      try {
        const { status } = await client.calls(carrierCallId).fetch();
        return { carrierCallId, status: twilioStatus(status) ?? 'queued' };
      } catch (thrown) {
        if (restError(thrown).status === 404) return null;
        throw thrown;
      }
    },
    async leaveMessage(carrierCallId, text, language) {
      const client = await open();
      const { twiml } = await loadTwilio();
      const response = new twiml.VoiceResponse();
      // A language is checked by Twilio when it speaks, not by these types.
      const spoken = { language } as Parameters<typeof response.say>[0];
      response.say(spoken, text);
      response.hangup();
      await client.calls(carrierCallId).update({ twiml: response.toString() });
    },
    async hangUp(carrierCallId) {
      const client = await open();
      try {
        await client.calls(carrierCallId).update({ status: 'completed' });
      } catch (thrown) {
        // Over already, or never there.
        if (!isRefusal(restError(thrown).status)) throw thrown;
      }
    },
  };
}

function detection(machine: MachineAction, url: string) {
  if (machine === 'speak') return {};
  return {
    // A message must wait for the tone; who hangs up need not.
    machineDetection: machine === 'message' ? 'DetectMessageEnd' : 'Enable',
    asyncAmd: 'true',
    asyncAmdStatusCallback: url,
    asyncAmdStatusCallbackMethod: 'POST',
  };
}

function restError(thrown: unknown): { readonly status: number; readonly message: string } {
  const { status, message } = thrown as { status?: unknown; message?: unknown }; // of Twilio's library, or of a socket
  return {
    status: typeof status === 'number' ? status : 0,
    message: typeof message === 'string' ? message : 'no reason given',
  };
}
