import { afterAll, beforeAll, expect } from 'vitest';
import { carrierPaths } from '../../carrier/index.ts';
import { silentLog } from '../../lib/index.ts';
import { readSettings } from '../settings.ts';
import { startServer, type RunningServer } from '../start-server.ts';
import { dialMedia, type MediaDial } from './dial-media.ts';
import { fakeParts } from './fake-parts.ts';

/** The name that carriers call the server of the harness by. */
export const lineHost = 'line.example.com';

/** What a carrier tells of a call. */
export type CarrierEvent = 'rings' | 'answered' | 'over' | 'stream_gone';

/** A carrier, as its documentation has it. */
export interface FarEnd {
  /** Of the channel. */
  readonly name: string;
  /** Settings that make its numbers ring here; asked for when the server starts. */
  environment(): Readonly<Record<string, string>>;
  readonly webhookType: string;
  newCallId(): string;
  /** Body of a webhook. A call may be missing, or be none. */
  webhook(callId: string | readonly string[] | undefined, event: CarrierEvent): string;
  /** Headers with a signature of the body, by the account or somebody else. */
  sign(body: string, by: 'account' | 'stranger'): Readonly<Record<string, string>>;
  /** The stream that it finds in an answer of ours; null: there is none. */
  streamIn(answer: string): { readonly url: string; readonly token: string } | null;
  /** The message that says which call a stream is of. */
  start(callId: string, token: string): unknown;
  /** Whether a message of ours asks for a mark. */
  isMark(message: unknown): boolean;
}

/** A real server with fake parts behind it, and a carrier in the hands of a test. */
export function carrierHarness(farEnd: FarEnd) {
  const fakes = fakeParts();
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      settings: readSettings({
        ...{ PORT: '0', PUBLIC_URL: `https://${lineHost}` },
        ...farEnd.environment(),
      }),
      log: silentLog,
      parts: fakes.parts,
    });
    await server.ready;
  }, 30_000);
  afterAll(async () => server[Symbol.asyncDispose]());
  const paths = carrierPaths(farEnd.name);

  async function post(
    body: string,
    options: {
      readonly path?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** What arrives in place of what was signed. */
      readonly altered?: string;
    } = {},
  ) {
    const { path = paths.call, headers = farEnd.sign(body, 'account') } = options;
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': farEnd.webhookType, ...headers },
      body: options.altered ?? body,
    });
    return { status: response.status, text: await response.text() };
  }
  function dial(url: string, headers: Readonly<Record<string, string>> = {}): MediaDial<unknown> {
    const here = url.replace(`wss://${lineHost}`, server.url);
    return dialMedia(here, { host: lineHost, ...headers });
  }
  async function ring() {
    const callId = farEnd.newCallId();
    const { text } = await post(farEnd.webhook(callId, 'rings'));
    const stream = farEnd.streamIn(text);
    if (!stream) throw new Error(`No stream in: ${text}`);
    return { callId, ...stream };
  }
  return {
    ...{ farEnd, fakes, paths, post, dial, ring },
    url: (): string => server.url,
    /** What is to be done with a call whose stream has ended. */
    next: (callId: string) => post(farEnd.webhook(callId, 'stream_gone'), { path: paths.next }),
    tell: (callId: string, event: CarrierEvent) =>
      post(farEnd.webhook(callId, event), { path: paths.status }),
    /** A call that goes on. */
    async connect() {
      const { callId, url, token } = await ring();
      const stream = dial(url);
      await stream.opened;
      stream.send(farEnd.start(callId, token));
      await expect.poll(() => stream.texts.some(farEnd.isMark)).toBe(true); // the agent greets
      return { callId, stream };
    },
  };
}
