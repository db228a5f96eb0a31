import type { FastifyPluginCallback } from 'fastify';
import { z } from 'zod';
import type { DirectCalls } from '../../channels/direct/index.ts';
import { SwitchboardError, type ErrorCode } from '../../lib/index.ts';
import { checked } from '../request.ts';

/** Largest offer taken: ten times what a browser sends. */
const maxOfferBytes = 64 * 1024;

/** Where pages ask for calls that go straight to the engine, and control them. */
export const directPaths = {
  directCalls: '/call/direct',
  directSecrets: '/call/direct/secrets',
} as const;

/** What the routes of direct calls hand over to. */
export interface DirectRoutesPorts {
  readonly calls: DirectCalls;
  /**
   * Whether audio may go straight to the engine at a desk; the default desk when undefined.
   * @throws SwitchboardError desk_not_found, not_ready
   */
  isDirect(desk: string | undefined): Promise<boolean>;
}

const desk = z.string().min(1).max(64).optional();

/** Calls whose audio goes straight between a page and the engine. */
export const directRoutes: FastifyPluginCallback<DirectRoutesPorts> = (app, ports, done) => {
  app.addContentTypeParser(
    'application/sdp',
    { parseAs: 'string', bodyLimit: maxOfferBytes },
    (_request, body, parsed) => parsed(null, body),
  );
  /** The desk that is asked for. @throws SwitchboardError config_invalid when its calls go through here */
  const askedFor = async (query: unknown): Promise<string | undefined> => {
    const { desk: name } = checked(z.object({ desk }), query);
    if (await ports.isDirect(name)) return name;
    throw new SwitchboardError(
      'config_invalid',
      "The audio of this desk's calls goes through the server. Set media: 'direct' in its desk.ts.",
    );
  };
  app.post(directPaths.directCalls, async (request, reply) => {
    const name = await askedFor(request.query);
    const sdp = checked(z.string().startsWith('v=0', 'is not an offer'), request.body);
    const given = await ports.calls.offer({ desk: name, sdp });
    if (!given.ok) throw refusal(given);
    return reply
      .code(201)
      .header('location', `${directPaths.directCalls}/${given.ticket}`)
      .type('application/sdp')
      .send(given.answer);
  });
  app.post(directPaths.directSecrets, async (request, reply) => {
    const given = await ports.calls.secret({ desk: await askedFor(request.query) });
    if (!given.ok) throw refusal(given);
    const { value, expiresAt, url, ticket } = given;
    return reply.code(201).send({ value, expiresAt, url, ticket });
  });
  app.get(directPaths.directCalls, { websocket: true }, (socket, request) => {
    const { ticket } = z.object({ ticket: z.string().default('') }).parse(request.query);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- one class, typed twice: for import and for require
    ports.calls.serveSocket(ticket, socket);
  });
  done();
};

function refusal({ code, message }: { readonly code: string; readonly message: string }) {
  return new SwitchboardError(code as ErrorCode, message); // the line refuses with codes of ours
}
