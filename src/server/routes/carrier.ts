import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { CarrierAnswer, CarrierLine, CarrierRequest } from '../../carrier/index.ts';
import { SwitchboardError } from '../../lib/index.ts';

/** Largest webhook taken: ten times what carriers send. */
const maxWebhookBytes = 16 * 1024;

/** What the routes of a carrier hand over to. */
export interface CarrierRoutesPorts {
  readonly line: CarrierLine;
}

/**
 * What a carrier asks for. Each webhook must carry the account's signature of its body. Upgrades carry none:
 * the path of the media socket is told in answers to signed webhooks only, and the socket shows a token.
 */
export const carrierRoutes: FastifyPluginCallback<CarrierRoutesPorts> = (app, { line }, done) => {
  const { carrier, paths: at } = line;
  // The signature is of the body as it came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    carrier.webhookType,
    { parseAs: 'string', bodyLimit: maxWebhookBytes },
    (_request, body, parsed) => parsed(null, body),
  );

  /** @throws SwitchboardError signature_refused */
  function signed({ body, headers, query }: FastifyRequest): CarrierRequest {
    const text = typeof body === 'string' ? body : '';
    if (carrier.isSigned({ body: text, headers })) return { body: text, query };
    const message = 'The request is not signed by the account, or too old.';
    throw new SwitchboardError('signature_refused', message);
  }

  const send = (reply: FastifyReply, { type, body }: CarrierAnswer): FastifyReply =>
    reply.type(type).send(body);
  app.post(at.call, (request, reply) => {
    const answer = line.incoming(signed(request));
    if (answer) return send(reply, answer);
    throw new SwitchboardError('config_invalid', 'That names no call.');
  });
  app.post(at.next, (request, reply): FastifyReply => {
    const answer = line.next(signed(request));
    return answer ? send(reply, answer) : reply.code(204).send();
  });
  app.post(at.status, (request, reply) => {
    line.status(signed(request));
    return reply.send({ ok: true }); // some send again what is not answered with 200
  });

  const judge = async (request: FastifyRequest): Promise<void> => {
    if (request.headers.origin !== undefined) {
      throw new SwitchboardError('origin_refused', 'Pages have no business here.');
    }
    if (request.url !== line.mediaPath) {
      throw new SwitchboardError('signature_refused', 'There is no such door.');
    }
  };
  app.get(at.media, { websocket: true, preValidation: judge }, (socket) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- one class, typed twice: for import and for require
    line.media(socket);
  });
  done();
};
