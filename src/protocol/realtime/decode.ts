import type { z } from 'zod';
import { clientEvent, type ClientEvent } from './client-events.ts';

/** Why a frame is not a client event. Fields as in the `error` event that answers it. */
export interface FrameFault {
  readonly code:
    'invalid_json' | 'invalid_value' | 'missing_required_parameter' | 'unknown_parameter';
  readonly message: string;
  readonly param: string | null;
  /** The client's own `event_id`, when the frame had one. */
  readonly eventId: string | null;
}

export type DecodedFrame =
  | { readonly ok: true; readonly event: ClientEvent }
  | { readonly ok: false; readonly fault: FrameFault };

const known = clientEvent.options.map((option) => option.shape.type.value);

/** Deeper than any schema of a tool; what walks a value by recursion can walk this. */
const maxDepth = 64;

/** Reads one text frame of a Realtime client. Never throws, whatever the text is. */
export function decodeClientFrame(text: string): DecodedFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fault('invalid_json', 'The frame is not valid JSON.', null, null);
  }
  if (isDeeperThan(json, maxDepth)) {
    const message = `The frame nests deeper than ${maxDepth} levels.`;
    return fault('invalid_value', message, null, ownString(json, 'event_id'));
  }
  const parsed = clientEvent.safeParse(json);
  if (parsed.success) return { ok: true, event: parsed.data };
  const eventId = ownString(json, 'event_id');
  const issue = deepest(parsed.error.issues);
  const param = issue ? issue.path.map(String).join('.') || null : null;
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const name = param ? `${param}.${key}` : key;
    return fault('unknown_parameter', `Unknown parameter: '${name}'.`, name, eventId);
  }
  if (param === 'type' || param === null) {
    const type = ownString(json, 'type');
    const message =
      type === null
        ? "Missing required parameter: 'type'."
        : `Invalid value: '${type.slice(0, 80)}'. Supported values are: ${known.map((name) => `'${name}'`).join(', ')}.`;
    const code = type === null ? 'missing_required_parameter' : 'invalid_value';
    return fault(code, message, 'type', eventId);
  }
  if (issue && valueAt(json, issue.path) === undefined) {
    const message = `Missing required parameter: '${param}'.`;
    return fault('missing_required_parameter', message, param, eventId);
  }
  const message = `Invalid value for '${param}': ${issue?.message ?? 'not accepted'}.`;
  return fault('invalid_value', message, param, eventId);
}

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
): DecodedFrame {
  return { ok: false, fault: { code, message, param, eventId } };
}
