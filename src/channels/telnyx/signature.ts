import { createPublicKey, verify } from 'node:crypto';
import type { Carrier } from '../../carrier/index.ts';
import type { Clock } from '../../lib/index.ts';

/** A webhook older than this, or from as far ahead, is none. */
const toleranceMs = 5 * 60_000;
const signatureForm = /^[A-Za-z0-9+/]{86}==$/;

/**
 * Judges Ed25519 signatures of time (in seconds since 1970) and body, joined by a bar.
 *
 * @param options.publicKey of the account, in base64, as Mission Control shows it
 * @throws Error when the key is none
 * @see https://developers.telnyx.com/development/api-fundamentals/webhooks/receiving-webhooks
 */
export function createSignatureCheck(options: {
  readonly publicKey: string;
  readonly clock: Clock;
}): Carrier['isSigned'] {
  const x = Buffer.from(options.publicKey, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return ({ body, headers }) => {
    const signature = String(headers['telnyx-signature-ed25519'] ?? '');
    const timestamp = String(headers['telnyx-timestamp'] ?? '');
    if (!signatureForm.test(signature) || !/^\d{1,12}$/.test(timestamp)) return false;
    const ageMs = options.clock.nowMs() - Number(timestamp) * 1_000;
    if (Math.abs(ageMs) > toleranceMs) return false;
    const signed = Buffer.from(`${timestamp}|${body}`);
    return verify(null, signed, key, Buffer.from(signature, 'base64'));
  };
}
