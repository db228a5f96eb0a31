import type { FastifyPluginCallback } from 'fastify';
import type { SipLine } from '../../channels/sip/index.ts';
import { SwitchboardError } from '../../lib/index.ts';

/** Largest webhook taken: ten times what OpenAI sends. */
const maxWebhookBytes = 64 * 1024;

/** What the route of OpenAI's webhooks hands over to. */
export interface SipRoutesPorts {
  readonly line: SipLine;
}

/** Where OpenAI tells of telephone calls. Whoever has no signature for what they say gets 400. */
export const sipRoutes: FastifyPluginCallback<SipRoutesPorts> = (app, { line }, done) => {
  // The signature is of the body as it came: one that was parsed and written again is another.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: maxWebhookBytes },
    (_request, body, parsed) => parsed(null, body),
  );
  app.post('/openai/webhook', async (request, reply) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const body = typeof request.body === 'string' ? request.body : '';
    const status = await line.webhook(body, headers);
    if (status === 200) return reply.send({ ok: true });
    if (status === 400) {
      throw new SwitchboardError('config_invalid', 'That is not signed as a webhook must be.');
    }
    throw new SwitchboardError('not_ready', 'The webhook could not be kept. Send it again.');
  });
  done();
};
