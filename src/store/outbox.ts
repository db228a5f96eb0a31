import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Log, NewId } from '../lib/index.ts';
import { storeFailure } from './failure.ts';
import { messages } from './schema.ts';

/** What a desk's tools need of a sender; `MessageSender` of the desk has this shape. */
export interface Outbox {
  /** Resolves when the message is durable in `switchboard.messages`. @throws SwitchboardError store_unavailable */
  send(message: {
    readonly callId: string;
    readonly kind: string;
    /** Number it is for. @default the caller's own */
    readonly to?: string;
    readonly text: string;
    readonly signal?: AbortSignal;
  }): Promise<{ readonly messageId: string }>;
}

/** Keeps messages where operators can see them. No carrier takes them from here yet. */
export function databaseOutbox(
  database: NodePgDatabase,
  options: { readonly log: Log; readonly newId: NewId; nowMs(): number },
): Outbox {
  return {
    async send({ callId, kind, to, text, signal }) {
      signal?.throwIfAborted();
      const messageId = options.newId('msg');
      try {
        await database.insert(messages).values({
          ...{ messageId, callId, kind, text, createdAt: new Date(options.nowMs()) },
          recipient: to ?? null,
        });
      } catch (thrown) {
        options.log.warn('a message to the caller was not stored', { callId, kind });
        throw storeFailure(thrown);
      }
      // A code opens what it was sent for, so that no log may have it.
      const shown = kind === 'verification_code' ? {} : { pii: { text } };
      options.log.info('message to the caller stored', { callId, kind, messageId, ...shown });
      return { messageId };
    },
  };
}
