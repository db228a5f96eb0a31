import type { z } from 'zod';
import { clientEvent, type ClientEvent } from './client-events.ts';
import { clientSecretRequest, type ClientSecretRequest } from './client-secrets.ts';
import { sessionPatch, type SessionPatch } from './session-config.ts';

/** Why a frame is not a client event. Fields as in the `error` event that answers it. */
export interface FrameFault {
  readonly code:
    'invalid_json' | 'invalid_value' | 'missing_required_parameter' | 'unknown_parameter';
  readonly message: string;
  readonly param: string | null;
  /** The client's own `event_id`, when the frame had one. */
  readonly eventId: string | null;
}

type Faulty = { readonly ok: false; readonly fault: FrameFault };
export type DecodedFrame = { readonly ok: true; readonly event: ClientEvent } | Faulty;
/** A body of JSON, or why it is none that is taken. */
export type DecodedBody<T> = { readonly ok: true; readonly value: T } | Faulty;

const known = clientEvent.options.map((option) => option.shape.type.value);

/** Deeper than any schema of a tool; what walks a value by recursion can walk this. */
const maxDepth = 64;

/** Reads one text frame of a Realtime client. Never throws, whatever the text is. */
export function decodeClientFrame(text: string): DecodedFrame {
  const read = decodeJson(text);
  if (!read.ok) return read;
  const json = read.value;
  const parsed = clientEvent.safeParse(json);
  if (parsed.success) return { ok: true, event: parsed.data };
  const issue = deepest(parsed.error.issues);
  const param = paramOf(issue);
  if (issue?.code !== 'unrecognized_keys' && (param === 'type' || param === null)) {
    const type = ownString(json, 'type');
    const message =
      type === null
        ? "Missing required parameter: 'type'."
        : `Invalid value: '${type.slice(0, 80)}'. Supported values are: ${known.map((name) => `'${name}'`).join(', ')}.`;
    const code = type === null ? 'missing_required_parameter' : 'invalid_value';
    return fault(code, message, 'type', ownString(json, 'event_id'));
  }
  return faultOf(json, issue);
}

/** Reads the session that a call or a secret begins with. Never throws. */
export const decodeSessionPatch = (text: string): DecodedBody<SessionPatch> =>
  decodeBody(text, sessionPatch);

/** Reads what a client secret is asked for with. Never throws. */
export const decodeClientSecretRequest = (text: string): DecodedBody<ClientSecretRequest> =>
  decodeBody(text, clientSecretRequest);

function decodeBody<T>(text: string, schema: z.ZodType<T>): DecodedBody<T> {
  const read = decodeJson(text);
  if (!read.ok) return read;
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return faultOf(read.value, deepest(parsed.error.issues));
}

function decodeJson(text: string): DecodedBody<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault('invalid_json', 'The frame is not valid JSON.', null, null);
  }
  if (!isDeeperThan(value, maxDepth)) return { ok: true, value };
  const message = `The frame nests deeper than ${maxDepth} levels.`;
  return fault('invalid_value', message, null, ownString(value, 'event_id'));
}

function faultOf(json: unknown, issue: Issue | undefined): Faulty {
  const eventId = ownString(json, 'event_id');
  const param = paramOf(issue);
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const name = param ? `${param}.${key}` : key;
    return fault('unknown_parameter', `Unknown parameter: '${name}'.`, name, eventId);
  }
  if (param !== null && issue && valueAt(json, issue.path) === undefined) {
    const message = `Missing required parameter: '${param}'.`;
    return fault('missing_required_parameter', message, param, eventId);
  }
  const message = `Invalid value${param === null ? '' : ` for '${param}'`}: ${issue?.message ?? 'not accepted'}.`;
  return fault('invalid_value', message, param, eventId);
}

const paramOf = (issue: Issue | undefined): string | null =>
  issue ? issue.path.map(String).join('.') || null : null;

/** Level by level: a value made to overflow the stack must not do so here. */
function isDeeperThan(json: unknown, levels: number): boolean {
  const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
  let level = [json].filter(isNested);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((value): unknown[] => Object.values(value)).filter(isNested);
  }
  return false;
}

type Issue = z.core.$ZodIssue;

/** Of a union's branches, the complaint of the one that got furthest says most. */
function deepest(issues: readonly Issue[]): Issue | undefined {
  let best: Issue | undefined;
  for (const issue of issues) {
    const candidates: Issue[] = [issue];
    if (issue.code === 'invalid_union') {
      for (const branch of issue.errors) {
        const inner = deepest(branch);
        // A branch for another `type` or `role` was never meant.
        const wrongBranch = branch.some((one) => /^(type|role)$/.test(String(one.path.at(-1))));
        if (inner && !wrongBranch) {
          candidates.push({ ...inner, path: [...issue.path, ...inner.path] });
        }
      }
    }
    for (const candidate of candidates) {
      if (!best || candidate.path.length >= best.path.length) best = candidate;
    }
  }
  return best;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function ownString(json: unknown, key: string): string | null {
  const value = valueAt(json, [key]);
  return typeof value === 'string' ? value : null;
}

function fault(
  code: FrameFault['code'],
  message: string,
  param: string | null,
  eventId: string | null,
): Faulty {
  return { ok: false, fault: { code, message, param, eventId } };
}
