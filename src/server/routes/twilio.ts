import { parse } from 'node:querystring';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { twilioPaths, type TwilioLine, type TwilioRequest } from '../../channels/twilio/index.ts';
import { createBudget, SwitchboardError, type Clock } from '../../lib/index.ts';

/** Largest form taken: ten times what Twilio sends. */
const maxFormBytes = 16 * 1024;
/**
 * Upgrades that are refused before further ones are told to wait, at once and each second. One count for
 * all addresses is enough: only upgrades that are refused anyway are counted, so that nobody can use it up
 * for those who sign, whatever stands in front of this server.
 */
const refusedUpgrades = { burst: 20, perSecond: 5 } as const;

/** What the routes of the Twilio channel hand over to. */
export interface TwilioRoutesPorts {
  readonly line: TwilioLine;
  readonly clock: Clock;
}

/**
 * What Twilio asks for. Nobody else gets an answer: each request must carry the account's signature for
 * the public address, and is judged before anything is done for it.
 */
export const twilioRoutes: FastifyPluginCallback<TwilioRoutesPorts> = (app, ports, done) => {
  const { line } = ports;
  const mayBeRefused = createBudget({ clock: ports.clock, ...refusedUpgrades });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: maxFormBytes },
    (_request, body, parsed) => parsed(null, parse(body.toString())),
  );

  /** @throws SwitchboardError signature_refused */
  async function signed(request: FastifyRequest): Promise<TwilioRequest> {
    // What our parser makes of a form: every value is a text, or a list of them.
    const params = (request.body ?? {}) as TwilioRequest['params'];
    const isTheirs = await line.signature.webhook(signatureOf(request), request.url, params);
    if (!isTheirs) throw refused();
    return { params, query: request.query as TwilioRequest['query'] };
  }

  const twiml = (reply: FastifyReply, answer: string | null): FastifyReply => {
    if (answer !== null) return reply.type('text/xml').send(answer);
    throw new SwitchboardError('config_invalid', 'That is no call of this account.');
  };
  app.post(twilioPaths.incoming, async (request, reply) =>
    twiml(reply, await line.incoming(await signed(request))),
  );
  app.post(twilioPaths.consent, async (request, reply) =>
    twiml(reply, await line.consent(await signed(request))),
  );
  app.post(twilioPaths.next, async (request, reply) =>
    twiml(reply, await line.next(await signed(request))),
  );
  app.post(twilioPaths.outgoing, async (request, reply) =>
    twiml(reply, await line.outgoing(await signed(request))),
  );
  app.post(twilioPaths.whisper, async (request, reply) =>
    twiml(reply, await line.whisper(await signed(request))),
  );
  app.post(twilioPaths.answer, async (request, reply) =>
    twiml(reply, await line.personAnswer(await signed(request))),
  );
  app.post(twilioPaths.personStatus, async (request, reply) => {
    await line.personStatus(await signed(request));
    return reply.code(204).send();
  });
  app.post(twilioPaths.status, async (request, reply) => {
    await line.status(await signed(request));
    return reply.code(204).send();
  });
  app.post(twilioPaths.machine, async (request, reply) => {
    await line.machine(await signed(request));
    return reply.code(204).send();
  });

  const judge = async (request: FastifyRequest): Promise<void> => {
    if (request.headers.origin !== undefined) {
      throw new SwitchboardError('origin_refused', 'Pages have no business here.');
    }
    if (request.url.includes('?')) {
      throw new SwitchboardError('config_invalid', 'A media stream is asked for without a query.');
    }
    if (await line.signature.upgrade(signatureOf(request), request.url)) return;
    throw mayBeRefused.spend(1) ? refused() : tooMany();
  };
  app.get(twilioPaths.media, { websocket: true, preValidation: judge }, (socket) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- one class, typed twice: for import and for require
    line.media(socket);
  });
  done();
};

function signatureOf({ headers }: FastifyRequest): string | undefined {
  const signature = headers['x-twilio-signature'];
  return typeof signature === 'string' ? signature : undefined;
}

function refused(): SwitchboardError {
  const message = 'The request is not signed by the account for this address.';
  return new SwitchboardError('signature_refused', message);
}

function tooMany(): SwitchboardError {
  return new SwitchboardError(
    'too_many_requests',
    'Too many upgrades were refused. Wait a moment.',
  );
}
