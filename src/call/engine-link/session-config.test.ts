import {
  OpenAIRealtimeWebSocket,
  RealtimeAgent,
  RealtimeSession,
  tool,
} from '@openai/agents/realtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallContext, TurnDetection } from '../../desk/index.ts';
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
    const config = sessionConfig(testDesk([]), 'audio/pcm');
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

describe('how turns end', () => {
  const transport = new OpenAIRealtimeWebSocket();
  const sessionOf = (turnDetection?: TurnDetection): unknown =>
    transport.buildSessionPayload(
      sessionConfig({ ...testDesk([]), ...(turnDetection ? { turnDetection } : {}) }, 'audio/pcm'),
    );
  const found = (turn_detection: object) => ({ audio: { input: { turn_detection } } });

  it('is by what was said, unless the desk sets a silence', () => {
    const answers = { create_response: true, interrupt_response: true };
    expect(sessionOf()).toMatchObject(
      found({ type: 'semantic_vad', eagerness: 'auto', ...answers }),
    );
    expect(sessionOf({ eagerness: 'low' })).toMatchObject(found({ eagerness: 'low' }));
    expect(sessionOf({ silenceMs: 700 })).toMatchObject(
      found({
        ...{ type: 'server_vad', threshold: 0.55, prefix_padding_ms: 300 },
        ...{ silence_duration_ms: 700, ...answers },
      }),
    );
  });
});
