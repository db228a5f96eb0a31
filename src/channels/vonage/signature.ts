import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Carrier } from '../../carrier/index.ts';
import type { Clock } from '../../lib/index.ts';

/** A webhook older than this, or from as far ahead, is none. */
const toleranceMs = 5 * 60_000;
const tokenForm = /^Bearer ([\w-]{1,512})\.([\w-]{1,2048})\.([\w-]{43})$/;
const header = z.object({ alg: z.literal('HS256') });
const claims = z.object({ iat: z.number(), payload_hash: z.string() });

/**
 * Judges the JSON Web Token of a signed webhook: HMAC-SHA-256 by the account's secret, over a hash of the
 * body. Only that one algorithm is taken.
 *
 * @see https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
 */
export function createSignatureCheck(options: {
  readonly signatureSecret: string;
  readonly clock: Clock;
}): Carrier['isSigned'] {
  return ({ body, headers }) => {
    const authorization = String(headers['authorization'] ?? '');
    const [, head = '', payload = '', signature = ''] = tokenForm.exec(authorization) ?? [];
    const right = createHmac('sha256', options.signatureSecret)
      .update(`${head}.${payload}`)
      .digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    const told = claims.safeParse(decoded(payload)).data;
    if (!told || !header.safeParse(decoded(head)).success) return false;
    if (Math.abs(options.clock.nowMs() - told.iat * 1_000) > toleranceMs) return false;
    return sha256(body) === told.payload_hash.toLowerCase();
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
