import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../lib/index.ts';
import type { SessionPatch } from '../../protocol/index.ts';

/** Who presents a key: whoever runs the engine, or a client that was given a secret for a while. */
export type Holder =
  | { readonly kind: 'owner' }
  /** `config`: what sessions opened with the secret begin with. */
  | { readonly kind: 'client'; readonly config: SessionPatch | null };

/** A secret that a page may be given. */
export interface ClientSecret {
  /** `ek_…` */
  readonly value: string;
  readonly expiresAtSeconds: number;
}

/** What opens the engine's doors. */
export interface Keys {
  /** @returns null for what is no key of ours, or none any more. */
  holderOf(presented: string | null): Holder | null;
  /** @returns null when too many secrets are alive already. */
  mint(options: {
    readonly config: SessionPatch | null;
    readonly lifeSeconds: number;
  }): ClientSecret | null;
}

/** Secrets alive at a time. */
const maxSecrets = 10_000;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @returns the keys of one engine; a secret opens any number of sessions until it expires, as OpenAI's do. */
export function createKeys(apiKey: string, clock: Clock): Keys {
  const owner = digest(apiKey);
  /** By digest: finding one takes the same time whatever was presented. */
  const secrets = new Map<
    string,
    { readonly config: SessionPatch | null; readonly untilMs: number }
  >();

  function forgetExpired(): void {
    for (const [key, { untilMs }] of secrets) {
      if (untilMs <= clock.monotonicMs()) secrets.delete(key);
    }
  }

  return {
    holderOf(presented) {
      const shown = digest(presented ?? '');
      if (timingSafeEqual(shown, owner)) return { kind: 'owner' };
      const secret = secrets.get(shown.toString('hex'));
      if (!secret || secret.untilMs <= clock.monotonicMs()) return null;
      return { kind: 'client', config: secret.config };
    },
    mint({ config, lifeSeconds }) {
      forgetExpired();
      if (secrets.size >= maxSecrets) return null;
      const value = `ek_${randomBytes(24).toString('hex')}`;
      const untilMs = clock.monotonicMs() + lifeSeconds * 1_000;
      secrets.set(digest(value).toString('hex'), { config, untilMs });
      return { value, expiresAtSeconds: Math.floor(clock.nowMs() / 1_000) + lifeSeconds };
    },
  };
}

/** Browsers cannot set headers on a WebSocket: they offer the key as a subprotocol. */
const keyProtocol = 'openai-insecure-api-key.';

/** @returns the key that a request presents; null for none. */
export function presentedKey(headers: {
  readonly authorization?: string | undefined;
  readonly 'sec-websocket-protocol'?: string | undefined;
}): string | null {
  const { authorization, 'sec-websocket-protocol': protocols } = headers;
  if (authorization !== undefined) return /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? null;
  const offered = protocols?.split(',').map((name) => name.trim()) ?? [];
  const named = offered.find((name) => name.startsWith(keyProtocol));
  return named?.slice(keyProtocol.length) ?? null;
}
