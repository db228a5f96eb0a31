import type { IncomingMessage, ServerResponse } from 'node:http';

/** Why a request was not done, as OpenAI's API says it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly param?: string | null;
}

/** The body of a refusal. */
export function refusalBody({ status, code, message, param = null }: Refusal): string {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return JSON.stringify({ error: { type, code, message, param } });
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  // What is left of a body that is not read would be taken for the next request.
  if (refusal.status === 413) response.setHeader('connection', 'close');
  response
    .writeHead(refusal.status, { 'content-type': 'application/json' })
    .end(refusalBody(refusal));
}

/**
 * Any page may call: a request is let in by its key, and no cookie is looked at.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowAnyOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'Location');
  if (request.method !== 'OPTIONS') return;
  const wanted = request.headers['access-control-request-headers'] ?? '';
  const isList = /^[\w-]+(?:\s*,\s*[\w-]+)*$/.test(wanted) && wanted.length <= 1_000;
  response.setHeader('access-control-allow-methods', 'POST, OPTIONS');
  response.setHeader('access-control-allow-headers', isList ? wanted : 'authorization');
  response.setHeader('access-control-max-age', '600');
}

/** @returns the body; null when it is longer than `maxBytes`: the rest is not read then. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    // no encoding is set
    length += part.length;
    if (length > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
