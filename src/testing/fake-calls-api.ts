import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the fake has it. */
export interface FakeCarrierCall {
  readonly sid: string;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  status: string;
  /** TwiML that it was given since. */
  twiml: string | null;
}

/** How the next request for a call is answered. */
export type PlacingFault =
  | { readonly status: number; readonly message: string }
  /** The call is placed, and the connection breaks before the answer. */
  | 'placed_and_gone';

/** What of Twilio's REST is used to place calls, over real HTTP. */
export interface FakeCallsApi extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly FakeCarrierCall[];
  /** Recordings that were asked for. */
  readonly recordings: readonly {
    readonly callSid: string;
    readonly params: FakeCarrierCall['params'];
  }[];
  /** A call that came in. */
  addCall(sid: string): FakeCarrierCall;
  /** Requests that did not carry the account's credentials. */
  readonly unauthorised: number;
  failNext(fault: PlacingFault): void;
}

/**
 * @param account what requests must be signed in with
 * @see https://www.twilio.com/docs/voice/api/call-resource
 */
export async function startFakeCallsApi(account: {
  readonly accountSid: string;
  readonly authToken: string;
}): Promise<FakeCallsApi> {
  const calls: FakeCarrierCall[] = [];
  const faults: PlacingFault[] = [];
  const recordings: { callSid: string; params: FakeCarrierCall['params'] }[] = [];
  let unauthorised = 0;
  const basic = Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64');
  const root = `/2010-04-01/Accounts/${account.accountSid}/Calls`;
  const shown = ({ sid, params, status }: FakeCarrierCall) => ({
    ...{ sid, status, to: params['To'], from: params['From'] },
    date_created: new Date().toUTCString(),
  });

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (request.headers.authorization !== `Basic ${basic}`) {
        unauthorised += 1;
        return answer(401, { status: 401, code: 20003, message: 'Authenticate' });
      }
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://fake');
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const params = Object.fromEntries(
        [...new Set(form.keys())].map((key) => {
          const all = form.getAll(key);
          return [key, all.length > 1 ? all : (all[0] ?? '')];
        }),
      );
      if (pathname === `${root}.json` && request.method === 'POST') {
        const fault = faults.shift();
        if (fault && fault !== 'placed_and_gone') return answer(fault.status, fault);
        const sid = `CA${String(calls.length + 1).padStart(32, '0')}`;
        const call = { sid, params, status: 'queued', twiml: null };
        calls.push(call);
        if (fault) return request.socket.destroy();
        return answer(201, shown(call));
      }
      if (pathname === `${root}.json`) {
        const to = searchParams.get('To');
        const found = calls.filter(({ params: { To } }) => To === to).map(shown);
        return answer(200, { calls: found.toReversed(), page: 0, page_size: 20, end: 0 });
      }
      const recorded = new RegExp(`^${root}/(\\w+)/Recordings\\.json$`).exec(pathname);
      if (recorded && request.method === 'POST') {
        recordings.push({ callSid: recorded[1] ?? '', params });
        return answer(201, { sid: `RE${recordings.length}`, call_sid: recorded[1] });
      }
      const stopped = new RegExp(`^${root}/(\\w+)/Recordings/Twilio\\.CURRENT\\.json$`).exec(
        pathname,
      );
      if (stopped && request.method === 'POST') {
        const at = recordings.findIndex(({ callSid }) => callSid === stopped[1]);
        if (at < 0) return answer(404, { status: 404, code: 20404, message: 'not found' });
        recordings.splice(at, 1);
        return answer(200, { sid: 'RE1', call_sid: stopped[1], status: params['Status'] });
      }
      const call = calls.find(({ sid }) => pathname === `${root}/${sid}.json`);
      if (!call) return answer(404, { status: 404, code: 20404, message: 'not found' });
      if (request.method === 'POST') {
        if (typeof params['Status'] === 'string') call.status = params['Status'];
        if (typeof params['Twiml'] === 'string') call.twiml = params['Twiml'];
      }
      return answer(200, shown(call));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, so it is one
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    recordings,
    addCall(sid) {
      const call = { sid, params: {}, status: 'in-progress', twiml: null };
      calls.push(call);
      return call;
    },
    get unauthorised() {
      return unauthorised;
    },
    failNext: (fault) => void faults.push(fault),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
