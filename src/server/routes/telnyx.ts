import { parse } from 'node:querystring';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { telnyxPaths, type TelnyxLine, type TelnyxRequest } from '../../channels/telnyx/index.ts';
import { SwitchboardError } from '../../lib/index.ts';

/** Largest form taken: ten times what Telnyx sends. */
const maxFormBytes = 16 * 1024;

/** What the routes of the Telnyx channel hand over to. */
export interface TelnyxRoutesPorts {
  readonly line: TelnyxLine;
}

/**
 * What Telnyx asks for. Each webhook must carry the account's signature of its body. Upgrades carry none:
 * the path of the media stream is told in signed webhooks' answers only, and the stream shows a token.
 */
export const telnyxRoutes: FastifyPluginCallback<TelnyxRoutesPorts> = (app, { line }, done) => {
  // The signature is of the body as it came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: maxFormBytes },
    (_request, body, parsed) => parsed(null, body),
  );

  /** @throws SwitchboardError signature_refused */
  function signed(request: FastifyRequest): TelnyxRequest {
    const body = typeof request.body === 'string' ? request.body : '';
    const isTheirs = line.isSigned({
      body,
      signature: headerOf(request, 'telnyx-signature-ed25519'),
      timestamp: headerOf(request, 'telnyx-timestamp'),
    });
    if (!isTheirs) {
      const message = 'The request is not signed by the account, or too old.';
      throw new SwitchboardError('signature_refused', message);
    }
    return { params: parse(body), query: request.query as TelnyxRequest['query'] };
  }

  const answer = (reply: FastifyReply, xml: string | null): FastifyReply => {
    if (xml !== null) return reply.type('text/xml').send(xml);
    throw new SwitchboardError('config_invalid', 'That names no call.');
  };
  app.post(telnyxPaths.telnyxCall, (request, reply) =>
    answer(reply, line.incoming(signed(request))),
  );
  app.post(telnyxPaths.telnyxNext, (request, reply) => answer(reply, line.next(signed(request))));
  app.post(telnyxPaths.telnyxStatus, (request, reply) => {
    line.status(signed(request));
    return reply.send({ ok: true }); // Telnyx sends again what is not answered with 200
  });

  const judge = async (request: FastifyRequest): Promise<void> => {
    if (request.headers.origin !== undefined) {
      throw new SwitchboardError('origin_refused', 'Pages have no business here.');
    }
    if (request.url !== line.mediaPath) {
      throw new SwitchboardError('signature_refused', 'There is no such door.');
    }
  };
  app.get(telnyxPaths.telnyxMedia, { websocket: true, preValidation: judge }, (socket) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- one class, typed twice: for import and for require
    line.media(socket);
  });
  done();
};

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
