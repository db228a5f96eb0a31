import type { RequestListener } from 'node:http';

/** One request for a call, as the engine got it. */
export interface CallRequest {
  /** `open`, `secret`, or the last word of the address: `accept`, `reject`, `refer`, `hangup`. */
  readonly what: string;
  /** Whose call; empty for `open` and `secret`. */
  readonly callId: string;
  readonly authorization: string;
  /** The offer of `open`. */
  readonly sdp: string;
  /** The body as JSON; of `open` the session. */
  readonly body: unknown;
}

/** The HTTP side of a Realtime server's calls, as a test drives it. */
export interface ScriptedCalls {
  readonly requests: readonly CallRequest[];
  /** Requests of a kind. */
  of(what: string): readonly CallRequest[];
  /** Answers the next request of a kind with this status. */
  refuse(what: string, status: number): void;
  readonly handle: RequestListener;
}

/** The answer to every offer. */
export const scriptedAnswer = 'v=0\r\no=scripted 1 1 IN IP4 127.0.0.1\r\n';

/** @returns calls of which each that is opened is `rtc_1`, `rtc_2`, …; what is asked of others is fine, too. */
export function scriptedCalls(): ScriptedCalls {
  const requests: CallRequest[] = [];
  const refusals = new Map<string, number>();
  let opened = 0;
  const whatOf = (path: string): { what: string; callId: string } => {
    if (path === '/v1/realtime/calls') return { what: 'open', callId: '' };
    if (path === '/v1/realtime/client_secrets') return { what: 'secret', callId: '' };
    const [, callId = '', what = path] = /^\/v1\/realtime\/calls\/([^/]+)\/(\w+)$/.exec(path) ?? [];
    return { what, callId };
  };
  const handle: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => answer(Buffer.concat(chunks)));
    const answer = (content: Buffer): void => {
      const { what, callId } = whatOf(request.url ?? '');
      const type = request.headers['content-type'] ?? '';
      let sdp = '';
      let body: unknown = null;
      if (type.startsWith('multipart/')) {
        sdp = fieldOf(content, 'sdp');
        body = JSON.parse(fieldOf(content, 'session'));
      } else if (content.length > 0) body = JSON.parse(content.toString());
      const { authorization = '' } = request.headers;
      requests.push({ what, callId, authorization, sdp, body });
      const refusal = refusals.get(what);
      refusals.delete(what);
      if (refusal !== undefined) {
        const error = { message: `Refused with ${refusal}.`, type: 'invalid_request_error' };
        response.writeHead(refusal, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error }));
      } else if (what === 'open') {
        const location = `/v1/realtime/calls/rtc_${++opened}`;
        response.writeHead(201, { 'content-type': 'application/sdp', location });
        response.end(scriptedAnswer);
      } else if (what === 'secret') {
        const session = (body as { session: unknown }).session; // a test fails right here without one
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ value: 'ek_1', expires_at: 1_800_000_000, session }));
      } else response.writeHead(200).end();
    };
  };
  return {
    requests,
    of: (what) => requests.filter((one) => one.what === what),
    refuse: (what, status) => void refusals.set(what, status),
    handle,
  };
}

/** A plain field of a form, as `fetch` writes forms. */
function fieldOf(form: Buffer, name: string): string {
  const part = form.toString().split(`name="${name}"\r\n\r\n`)[1] ?? '';
  return part.slice(0, part.indexOf('\r\n--'));
}
