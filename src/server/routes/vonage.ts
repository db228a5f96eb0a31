import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { vonagePaths, type VonageLine, type VonageRequest } from '../../channels/vonage/index.ts';
import { SwitchboardError } from '../../lib/index.ts';

/** Largest webhook taken: ten times what Vonage sends. */
const maxWebhookBytes = 16 * 1024;

/** What the routes of the Vonage channel hand over to. */
export interface VonageRoutesPorts {
  readonly line: VonageLine;
}

/**
 * What Vonage asks for. Each webhook must carry the account's signature of its body. Upgrades carry none:
 * the path of the media socket is told in signed webhooks' answers only, and the socket shows a token.
 */
export const vonageRoutes: FastifyPluginCallback<VonageRoutesPorts> = (app, { line }, done) => {
  // The signature is of the body as it came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: maxWebhookBytes },
    (_request, body, parsed) => parsed(null, body),
  );

  /** @throws SwitchboardError signature_refused */
  function signed(request: FastifyRequest): VonageRequest {
    const body = typeof request.body === 'string' ? request.body : '';
    if (!line.isSigned({ body, authorization: request.headers.authorization })) {
      const message = 'The request is not signed by the account, or too old.';
      throw new SwitchboardError('signature_refused', message);
    }
    return { body: parsedJson(body), query: request.query as VonageRequest['query'] };
  }

  app.post(vonagePaths.vonageCall, (request, reply) => {
    const actions = line.incoming(signed(request));
    if (actions) return reply.send(actions);
    throw new SwitchboardError('config_invalid', 'That names no call.');
  });
  app.post(vonagePaths.vonageNext, (request, reply): FastifyReply => {
    const actions = line.next(signed(request));
    return actions ? reply.send(actions) : reply.code(204).send();
  });
  app.post(vonagePaths.vonageEvents, (request, reply): FastifyReply => {
    line.event(signed(request));
    return reply.code(204).send();
  });

  const judge = async (request: FastifyRequest): Promise<void> => {
    if (request.headers.origin !== undefined) {
      throw new SwitchboardError('origin_refused', 'Pages have no business here.');
    }
    if (request.url !== line.mediaPath) {
      throw new SwitchboardError('signature_refused', 'There is no such door.');
    }
  };
  app.get(vonagePaths.vonageMedia, { websocket: true, preValidation: judge }, (socket) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- one class, typed twice: for import and for require
    line.media(socket);
  });
  done();
};

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
