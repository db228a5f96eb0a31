import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { messageOf, SwitchboardError, type ErrorCode, type Log } from '../lib/index.ts';

const statusOf: Partial<Record<ErrorCode, number>> = {
  busy: 503,
  not_ready: 503,
  store_unavailable: 503,
  webrtc_unavailable: 503,
  engine_unavailable: 503,
  engine_refused: 502,
  dialling_off: 409,
  dial_refused: 422,
  local_only: 403,
  host_refused: 421,
  origin_refused: 403,
  signature_refused: 403,
  too_many_requests: 429,
  not_found: 404,
  desk_not_found: 404,
  config_invalid: 400,
  offer_invalid: 400,
  resume_refused: 410,
};

/** What was sent, as the schema has it. @throws SwitchboardError config_invalid, naming the field */
export function checked<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SwitchboardError(
    'config_invalid',
    `${String(issue?.path[0] ?? 'request')}: ${issue?.message ?? ''}`,
  );
}

/** For what is not there. */
export function notFound(message = 'There is nothing here.'): SwitchboardError {
  return new SwitchboardError('not_found', message);
}

/** Answers with `{ "error": { "code", "message" } }`, whatever was thrown; what is not ours stays with us. */
export function answerError(reply: FastifyReply, thrown: unknown, log: Log): FastifyReply {
  if (thrown instanceof SwitchboardError) {
    const { code, message } = thrown;
    return reply.code(statusOf[code] ?? 500).send({ error: { code, message } });
  }
  const status = (thrown as { statusCode?: number }).statusCode ?? 500; // Fastify's own errors carry one
  if (status >= 500) log.error('request failed', { error: messageOf(thrown) });
  const message = status >= 500 ? 'Something went wrong here.' : messageOf(thrown);
  return reply
    .code(status)
    .send({ error: { code: status >= 500 ? 'failed' : 'config_invalid', message } });
}
