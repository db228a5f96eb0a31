import type { IncomingMessage, ServerResponse } from 'node:http';
import { SwitchboardError, messageOf, type Log } from '../../lib/index.ts';
import {
  decodeClientSecretRequest,
  decodeSessionPatch,
  type SessionPatch,
  type SessionView,
} from '../../protocol/index.ts';
import type { Calls } from './calls.ts';
import { allowAnyOrigin, readBody, sendRefusal, type Refusal } from './http-answer.ts';
import { presentedKey, type Holder, type Keys } from './keys.ts';

/** What the requests beside the WebSocket are answered with. */
export interface CallRoutes {
  readonly keys: Keys;
  readonly calls: Calls;
  /** Whether one session more may be opened. */
  readonly hasRoom: () => boolean;
  /** The session that such configs make, for a client to look at. */
  readonly preview: (configs: readonly SessionPatch[]) => SessionView;
  readonly log: Log;
}

/** Largest body taken: an offer, instructions and tools. */
const maxBodyBytes = 1024 * 1024;
const defaultSecretSeconds = 600;

type Refused = { readonly ok: false } & Refusal;
type Outcome =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | Refused;

function refuse(
  status: number,
  code: string,
  message: string,
  param: string | null = null,
): Refused {
  return { ok: false, status, code, message, param };
}

const callsPath = '/v1/realtime/calls';
const secretsPath = '/v1/realtime/client_secrets';
const actionPath = /^\/v1\/realtime\/calls\/([^/]+)\/(hangup|accept|reject|refer)$/;

const unknownPath = refuse(404, 'not_found', 'There is nothing at this address.');
const tooLarge = refuse(413, 'request_too_large', `The body is larger than ${maxBodyBytes} bytes.`);

/**
 * Answers the HTTP side of OpenAI's Realtime API: offers, client secrets, the end of a call.
 *
 * @see https://platform.openai.com/docs/api-reference/realtime-calls
 */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  routes: CallRoutes,
): Promise<void> {
  allowAnyOrigin(request, response);
  const outcome = await outcomeOf(request, routes).catch((thrown: unknown): Outcome | null => {
    if (request.destroyed && !request.complete) return null; // who asked has gone, or took too long
    routes.log.error('a request failed', { error: messageOf(thrown) });
    return refuse(500, 'internal_error', 'Something went wrong here.');
  });
  if (!outcome) return;
  if (outcome.ok) response.writeHead(outcome.status, outcome.headers).end(outcome.body);
  else sendRefusal(response, outcome);
}

async function outcomeOf(request: IncomingMessage, routes: CallRoutes): Promise<Outcome> {
  const url = URL.parse(request.url ?? '/', 'http://engine');
  const path = url?.pathname ?? '';
  const action = actionPath.exec(path);
  if (path !== callsPath && path !== secretsPath && !action) return unknownPath;
  if (request.method === 'OPTIONS') return { ok: true, status: 204 };
  if (request.method !== 'POST') {
    return refuse(405, 'method_not_allowed', 'Only POST is taken here.');
  }
  const holder = routes.keys.holderOf(presentedKey(request.headers));
  if (!holder) return refuse(401, 'invalid_api_key', 'The key is missing, wrong or has expired.');
  if (path === callsPath) {
    return openCall(request, routes, { holder, model: url?.searchParams.get('model') ?? null });
  }
  if (holder.kind !== 'owner') {
    return refuse(403, 'client_secret_not_allowed', 'A client secret opens sessions only.');
  }
  if (path === secretsPath) return mintSecret(request, routes);
  return act(routes, action?.[1] ?? '', action?.[2] ?? '');
}

async function openCall(
  request: IncomingMessage,
  { calls, hasRoom, log }: CallRoutes,
  { holder, model }: { readonly holder: Holder; readonly model: string | null },
): Promise<Outcome> {
  const read = await readOffer(request);
  if (!read.ok) return read;
  const { sdp, config } = read;
  if (!hasRoom()) {
    return refuse(503, 'too_many_sessions', 'As many sessions are open as may be.');
  }
  const own = holder.kind === 'client' ? holder.config : null;
  const configs = [own, config].filter((one) => one !== null);
  try {
    const call = await calls.open({ sdp, model: model ?? 'offline', configs });
    const headers = { 'content-type': 'application/sdp', location: `${callsPath}/${call.id}` };
    return { ok: true, status: 201, headers, body: call.answer };
  } catch (thrown) {
    if (thrown instanceof SwitchboardError && thrown.code === 'offer_invalid') {
      return refuse(400, 'invalid_offer', thrown.message, 'sdp');
    }
    log.error('an offer could not be answered', { error: messageOf(thrown) });
    return refuse(503, 'webrtc_unavailable', 'WebRTC does not work on this machine.');
  }
}

type Offer =
  { readonly ok: true; readonly sdp: string; readonly config: SessionPatch | null } | Refused;

async function readOffer(request: IncomingMessage): Promise<Offer> {
  const type = request.headers['content-type'] ?? '';
  const kind = type.split(';')[0]?.trim().toLowerCase();
  if (kind !== 'application/sdp' && kind !== 'multipart/form-data') {
    const message = 'An offer is application/sdp, or multipart/form-data with sdp and session.';
    return refuse(415, 'unsupported_media_type', message);
  }
  const body = await readBody(request, maxBodyBytes);
  if (!body) return tooLarge;
  if (kind === 'application/sdp') return { ok: true, sdp: body.toString(), config: null };
  const fields = await readForm(body, type);
  if (!fields) return refuse(400, 'invalid_value', 'The body is no multipart/form-data.');
  const { sdp, session } = fields;
  if (sdp === null) {
    return refuse(400, 'missing_required_parameter', "Missing required parameter: 'sdp'.", 'sdp');
  }
  if (session === null) return { ok: true, sdp, config: null };
  const decoded = decodeSessionPatch(session);
  if (decoded.ok) return { ok: true, sdp, config: decoded.value };
  const { code, message, param } = decoded.fault;
  return refuse(400, code, message, param);
}

/** @returns the fields of a form, whether they were sent as texts or as files; null for no form. */
async function readForm(
  body: Buffer,
  type: string,
): Promise<{ readonly sdp: string | null; readonly session: string | null } | null> {
  try {
    const headers = { 'content-type': type };
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- for bodies without a bound; this one has
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const text = async (name: string): Promise<string | null> => {
      const field = form.get(name);
      return typeof field === 'string' ? field : ((await field?.text()) ?? null);
    };
    return { sdp: await text('sdp'), session: await text('session') };
  } catch {
    return null; // what came is no form
  }
}

async function mintSecret(request: IncomingMessage, routes: CallRoutes): Promise<Outcome> {
  const body = await readBody(request, maxBodyBytes);
  if (!body) return tooLarge;
  const decoded = decodeClientSecretRequest(body.length === 0 ? '{}' : body.toString());
  if (!decoded.ok) {
    const { code, message, param } = decoded.fault;
    return refuse(400, code, message, param);
  }
  const { expires_after, session } = decoded.value;
  const config = session ?? null;
  const lifeSeconds = expires_after?.seconds ?? defaultSecretSeconds;
  const secret = routes.keys.mint({ config, lifeSeconds });
  if (!secret) return refuse(429, 'too_many_client_secrets', 'Too many client secrets are alive.');
  const { value, expiresAtSeconds: expires_at } = secret;
  const view = routes.preview(config ? [config] : []);
  return {
    ...{ ok: true, status: 200, headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ value, expires_at, session: view }),
  };
}

function act({ calls }: CallRoutes, id: string, action: string): Outcome {
  const call = calls.find(id);
  if (!call) return refuse(404, 'call_not_found', `No live call has the id '${id.slice(0, 80)}'.`);
  if (action !== 'hangup') {
    const message = `Only a call over SIP can be ${action === 'refer' ? 'referred' : `${action}ed`}; this one came over WebRTC.`;
    return refuse(400, 'call_not_sip', message);
  }
  call.hangUp();
  return { ok: true, status: 200 };
}
