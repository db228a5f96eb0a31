import type { CarrierStatus } from '../../call/ports.ts';
import { twilioStatus } from './call-status.ts';
import { openTwilioClient, type TwilioAccount } from './client.ts';

/** What of Twilio's REST the channel needs. Every request may throw. */
export interface TwilioRest {
  /** Loads what requests need, which takes half a second of this thread: before there are calls to disturb. */
  warmUp(): Promise<void>;
  /** Null for a status that nobody knows. */
  status(callSid: string): Promise<CarrierStatus | null>;
  /** Lets a live call go on with other TwiML. */
  redirect(callSid: string, twiml: string): Promise<void>;
  hangUp(callSid: string): Promise<void>;
  /** Calls somebody who will be asked at `url` what to do. @returns the CallSid */
  dial(request: {
    /** E.164. */
    readonly to: string;
    /** E.164, a number of the account. */
    readonly from: string;
    readonly url: string;
    readonly statusUrl: string;
    readonly ringSeconds: number;
  }): Promise<string>;
  /** Records both sides of a live call from now on. @returns the RecordingSid */
  record(callSid: string): Promise<string>;
  /** Ends the recording that runs on a live call, if there is one. */
  stopRecording(callSid: string): Promise<void>;
}

/** @returns Twilio's REST over the `twilio` package, which is loaded once. */
export function createTwilioRest(account: TwilioAccount): TwilioRest {
  let opening: ReturnType<typeof openTwilioClient> | undefined;
  const open = (): ReturnType<typeof openTwilioClient> => (opening ??= openTwilioClient(account));
  return {
    async warmUp() {
      const client = await open();
      client.calls('CA'); // loads its part of the package
    },
    async status(callSid) {
      const client = await open();
      const { status } = await client.calls(callSid).fetch();
      return twilioStatus(status);
    },
    async redirect(callSid, twiml) {
      const client = await open();
      await client.calls(callSid).update({ twiml });
    },
    async hangUp(callSid) {
      const client = await open();
      await client.calls(callSid).update({ status: 'completed' });
    },
    async dial({ to, from, url, statusUrl, ringSeconds }) {
      const client = await open();
      const { sid } = await client.calls.create({
        ...{ to, from, url, method: 'POST', timeout: ringSeconds },
        ...{ statusCallback: statusUrl, statusCallbackMethod: 'POST' },
        statusCallbackEvent: ['answered', 'completed'],
      });
      return sid;
    },
    async record(callSid) {
      const client = await open();
      const { sid } = await client.calls(callSid).recordings.create({ recordingChannels: 'dual' });
      return sid;
    },
    async stopRecording(callSid) {
      const client = await open();
      try {
        await client.calls(callSid).recordings(latestRecording).update({ status: 'stopped' });
      } catch (thrown) {
        if (!isNotFound(thrown)) throw thrown; // none runs
      }
    },
  };
}

/** Twilio's name for the recording that runs. */
const latestRecording = 'Twilio.CURRENT';

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 404;
}
