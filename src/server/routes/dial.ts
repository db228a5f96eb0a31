import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DialJob, DoNotCallList } from '../../call/ports.ts';
import type { Dialing } from '../../dialing/index.ts';
import { SwitchboardError } from '../../lib/index.ts';
import {
  dialListResponse,
  dialRequest,
  dialResponse,
  doNotCallListResponse,
  doNotCallRequest,
  doNotCallResponse,
  type DialJobShown,
} from '../../protocol/index.ts';
import { isLocalRequest, isOurOrigin } from '../request-guard.ts';
import { checked } from '../request.ts';

/** What these routes hand over to. */
export interface DialPorts {
  /** @throws SwitchboardError not_ready, dialling_off */
  dialing(): Promise<Pick<Dialing, 'request' | 'list' | 'cancel'>>;
  /** @throws SwitchboardError not_ready */
  doNotCall(): Pick<DoNotCallList, 'add' | 'remove' | 'list'>;
  /** @throws SwitchboardError not_ready, desk_not_found */
  defaultDesk(): string;
  /** The number of a text; null when it is none. */
  readNumber(text: string): string | null;
  nowMs(): number;
}

const range = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });
const params = z.object({ dialId: z.string().regex(/^[\w-]{1,64}$/, 'is not the id of a job') });

/**
 * Calls that we place, for programs on this machine. There are no logins yet, and a call costs money:
 * whatever came from elsewhere, or through a proxy, is refused.
 */
export const dialRoutes: FastifyPluginCallback<DialPorts> = (app, ports, done) => {
  app.addHook('onRequest', async (request) => {
    const { origin, host } = request.headers;
    // Also not by a page that may place calls from elsewhere: it is open to whoever visits it.
    if (isLocalRequest(localParts(request)) && isOurOrigin(origin, host)) return;
    throw new SwitchboardError(
      'local_only',
      'This is for programs on the server’s own machine, as long as there are no logins.',
    );
  });
  app.post('/api/dial', async (request, reply) => {
    const { notBefore, attempts, desk, ...body } = checked(dialRequest, request.body);
    const dialing = await ports.dialing();
    const { job, isNew } = await dialing.request({
      ...body,
      desk: desk ?? ports.defaultDesk(),
      maxAttempts: attempts,
      notBeforeMs: notBefore === undefined ? undefined : Date.parse(notBefore),
    });
    return reply.code(isNew ? 201 : 200).send(dialResponse.parse({ job: shown(job) }));
  });
  app.get('/api/dial', async (request) => {
    const jobs = await (await ports.dialing()).list(checked(range, request.query));
    return dialListResponse.parse({ jobs: jobs.map(shown) });
  });
  app.post('/api/dial/:dialId/cancel', async (request) => {
    const { dialId } = checked(params, request.params);
    const job = await (await ports.dialing()).cancel(dialId);
    if (!job) throw new SwitchboardError('not_found', 'There is no job of that id.');
    return dialResponse.parse({ job: shown(job) });
  });
  app.get('/api/do-not-call', async (request) => {
    const entries = await ports.doNotCall().list(checked(range, request.query));
    const numbers = entries.map(({ atMs, ...entry }) => ({ ...entry, at: isoOf(atMs) }));
    return doNotCallListResponse.parse({ numbers });
  });
  app.post('/api/do-not-call', async (request) => {
    const { number: text, action, note } = checked(doNotCallRequest, request.body);
    const number = ports.readNumber(text);
    if (number === null) {
      const message = `number: "${text}" is no number with its country, such as +442079460000`;
      throw new SwitchboardError('config_invalid', message);
    }
    const list = ports.doNotCall();
    if (action === 'remove') await list.remove(number);
    else {
      const more = note === undefined ? {} : { note };
      await list.add({ number, source: 'operator', atMs: ports.nowMs(), ...more });
    }
    return doNotCallResponse.parse({ number, listed: action === 'add' });
  });
  done();
};

function localParts(request: FastifyRequest) {
  return {
    remoteAddress: request.socket.remoteAddress,
    hostHeader: request.headers.host,
    isForwarded: ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
      (name) => request.headers[name] !== undefined,
    ),
  };
}

function shown(job: DialJob): DialJobShown {
  const { dialId, number, desk, purpose, state, outcome, detail, answeredBy } = job;
  return {
    ...{ dialId, number, desk, purpose, state, outcome, detail, answeredBy },
    ...{ attempts: job.attempts, maxAttempts: job.maxAttempts, callId: job.callId },
    ...{ dueAt: isoOf(job.dueAtMs), createdAt: isoOf(job.createdAtMs) },
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
