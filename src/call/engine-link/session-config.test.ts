import {
  OpenAIRealtimeWebSocket,
  RealtimeAgent,
  RealtimeSession,
  tool,
} from '@openai/agents/realtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallContext } from '../../desk/index.ts';
import { testDesk } from '../testing/call-harness.ts';
import { sessionConfig, sessionUpdates } from './session-config.ts';

describe('the session of an agent', () => {
  it.each([
    [
      'with tools',
      [
        tool({
          name: 'find',
          description: 'Finds.',
          parameters: z.object({ what: z.string() }),
          execute: () => 'it',
        }),
      ],
    ],
    ['without', []],
  ])('is what the SDK would send, %s', async (_title, tools) => {
    const agent = new RealtimeAgent<CallContext>({ name: 'a', instructions: 'Help.', tools });
    const transport = new OpenAIRealtimeWebSocket();
    const config = sessionConfig(testDesk([]));
    const options = { model: 'm', config, tracingDisabled: true };
    const theirs = await RealtimeSession.computeInitialSessionConfig(agent, options);
    const sessionOf = sessionUpdates((given) => transport.buildSessionPayload(given), {
      ...config,
      model: 'm',
    });
    for (const instructions of ['Help.', 'Help more.']) {
      const expected = { tools: [], ...transport.buildSessionPayload(theirs), instructions };
      expect(sessionOf(agent, instructions)).toEqual(expected);
    }
  });
});
