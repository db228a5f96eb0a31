import { z } from 'zod';
import { messageOf, SwitchboardError, withDeadline } from '../../lib/index.ts';
import type { EngineEndpoint } from '../ports.ts';
import type { EngineCalls, WireSession } from '../attach.ts';

/** An answer later than this is none: the caller hears silence meanwhile. */
const answerWithinMs = 8_000;
const maxAnswerChars = 256 * 1024;

const secretAnswer = z.object({ value: z.string().min(1), expires_at: z.number() });
const errorAnswer = z.object({ error: z.object({ message: z.string() }) });

/** @returns the calls of an engine. Nothing is asked of it before one is used. */
export function engineCalls(engine: Pick<EngineEndpoint, 'url' | 'apiKey'>): EngineCalls {
  const base = httpBase(engine.url);
  const post = async (path: string, body: Body, signal?: AbortSignal): Promise<Response> => {
    const answer = await withDeadline(
      (within) =>
        fetch(`${base}${path}`, {
          method: 'POST',
          headers: { ...body.headers, Authorization: `Bearer ${engine.apiKey}` },
          ...(body.content === undefined ? {} : { body: body.content }),
          signal: within,
        }),
      {
        timeoutMs: answerWithinMs,
        ...(signal ? { signal } : {}),
        onTimeout: () => unavailable(`did not answer within ${answerWithinMs} ms.`),
      },
    ).catch((thrown: unknown) => {
      if (thrown instanceof SwitchboardError || signal?.aborted) throw thrown;
      throw unavailable(`cannot be reached: ${messageOf(thrown)}`, thrown);
    });
    if (answer.ok) return answer;
    throw await refusalOf(answer);
  };
  const unavailable = (why: string, cause?: unknown): SwitchboardError =>
    new SwitchboardError('engine_unavailable', `The engine at ${new URL(base).host} ${why}`, {
      cause,
    });
  const refusalOf = async (answer: Response): Promise<SwitchboardError> => {
    const text = await answer.text().catch(() => '');
    const given = errorAnswer.safeParse(jsonOf(text));
    const said = given.success ? given.data.error.message : text;
    const why = said === '' ? 'no reason given' : said.split('\n', 1)[0]?.slice(0, 200);
    const line = `The engine at ${new URL(base).host} answered ${answer.status}: ${why}`;
    const { status } = answer;
    if (status === 404 || status === 410) return new SwitchboardError('not_found', line);
    const isOurs = status >= 400 && status < 500 && status !== 408 && status !== 429;
    return new SwitchboardError(isOurs ? 'engine_refused' : 'engine_unavailable', line);
  };
  const at = (callId: string, verb: string): string =>
    `/calls/${encodeURIComponent(callId)}/${verb}`;
  const ask = async (path: string, body: Body, signal?: AbortSignal): Promise<void> => {
    const answer = await post(path, body, signal);
    await answer.body?.cancel();
  };
  return {
    offersUrl: `${base}/calls`,
    async open(offerSdp, session, signal) {
      const form = new FormData();
      form.set('sdp', offerSdp);
      form.set('session', JSON.stringify(realtime(session)));
      const answer = await post('/calls', { content: form }, signal);
      const callId = answer.headers.get('location')?.split('/').pop() ?? '';
      const sdp = (await answer.text()).slice(0, maxAnswerChars);
      if (callId === '' || !sdp.startsWith('v=0'))
        throw unavailable('answered an offer with something else.');
      return { callId, answer: sdp };
    },
    async mintSecret(session, seconds, signal) {
      const expires = { anchor: 'created_at', seconds };
      const body = json({ expires_after: expires, session: realtime(session) });
      const answer = await post('/client_secrets', body, signal);
      const given = secretAnswer.safeParse(jsonOf(await answer.text()));
      if (!given.success) throw unavailable('gave no secret.');
      return { value: given.data.value, expiresAt: given.data.expires_at };
    },
    accept: (callId, session, signal) => ask(at(callId, 'accept'), json(realtime(session)), signal),
    reject: (callId, status) => ask(at(callId, 'reject'), json({ status_code: status })),
    refer: (callId, target, signal) =>
      ask(at(callId, 'refer'), json({ target_uri: target }), signal),
    hangUp: (callId) => ask(at(callId, 'hangup'), {}),
  };
}

interface Body {
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: string | FormData;
}

const json = (value: unknown): Body => ({
  headers: { 'Content-Type': 'application/json' },
  content: JSON.stringify(value),
});

/** A session that is begun has to say of which kind it is. */
const realtime = (session: WireSession): WireSession => ({ ...session, type: 'realtime' });

/** `wss://host/v1/realtime` → `https://host/v1/realtime`. */
function httpBase(url: string): string {
  const address = new URL(url);
  address.protocol = address.protocol.replace('ws', 'http');
  address.search = '';
  return address.href.replace(/\/+$/, '');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
