import { RunContext } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import type { CallContext, Customer, Note } from './call-context.ts';
import { toolNames } from './tool-names.ts';
import { defineDesk, type Desk } from './definition.ts';
import { runtimeToolsOf } from './note-tools.ts';
import { deskTool } from './tool.ts';
import { z } from 'zod';

const queue = { label: 'Team', handoffDescription: 'A person.' };
const agent = { label: 'Agent', handoffDescription: 'Things.', instructions: 'Help.' };
const desk = (handoffs: readonly ('team' | 'sales' | 'b')[], own: readonly string[] = []): Desk =>
  defineDesk({
    ...{ name: 'd', title: 'D', language: 'en', timeZone: 'UTC', voice: 'marin' },
    ...{ firstAgent: 'a', greeting: 'Hello.' },
    agents: {
      a: {
        ...agent,
        handoffs,
        tools: own.map((name) =>
          deskTool({ name, description: 'Own.', parameters: z.object({}), execute: () => null }),
        ),
      },
      b: { ...agent, handoffs: [] },
    },
    people: { team: queue, sales: queue },
  }); // its names are wider than any desk's own

/** Runs one of the agent's note tools as the SDK would. */
async function run(
  given: Desk,
  tool: string,
  input: unknown,
  customer: Customer | null = null,
): Promise<{ output: unknown; notes: readonly Note[] }> {
  const notes: Note[] = [];
  const context = {
    callId: 'call_1',
    customer: () => customer,
    leaveNote: (note: Note) => {
      notes.push(note);
      return Promise.resolve({ noteId: 'note_1' });
    },
  } as unknown as CallContext; // a note tool asks for nothing else of the call
  const found = runtimeToolsOf(given, 'a').find(({ name }) => name === tool);
  const output: unknown = await found?.invoke(
    new RunContext(context) as never, // the realtime context adds a history that no tool here reads
    JSON.stringify(input),
    { toolCall: { callId: 'fc_1' } } as never, // of a function call the tool reads the id alone
  );
  return { output, notes };
}

describe('notes for people', () => {
  it('are tools of agents with an edge to people, and of no others', () => {
    expect(toolNames(desk(['team', 'b']), 'a')).toEqual([
      'request_callback',
      'leave_message',
      'transfer_to_team',
      'transfer_to_b',
    ]);
    expect(toolNames(desk(['b']), 'a')).toEqual(['transfer_to_b']);
    expect(toolNames(desk(['team']), 'b')).toEqual([]);
  });

  it('give way to a tool of the desk', () => {
    const names = runtimeToolsOf(desk(['team'], ['leave_message']), 'a').map(({ name }) => name);
    expect(names).toEqual(['request_callback']);
  });

  it('keep a callback with number, time, queue and the function call', async () => {
    const input = { phone: '+44 7700 900123', when: 'tomorrow morning' };
    const { output, notes } = await run(desk(['team']), 'request_callback', input);
    expect(output).toEqual({ noted: 'callback', ...input });
    expect(notes).toEqual([
      {
        kind: 'callback',
        ...input,
        text: 'Call back on +44 7700 900123, tomorrow morning.',
        queue: 'team',
        idempotencyKey: 'call_1:fc_1',
      },
    ]);
  });

  it('name a caller who is known, and no queue when there are several', async () => {
    const input = { phone: '07700900123', when: 'today' };
    const jane = { id: 'c1', name: 'Jane Miller' };
    const { notes } = await run(desk(['team', 'sales']), 'request_callback', input, jane);
    expect(notes).toEqual([expect.objectContaining({ name: 'Jane Miller' })]);
    expect(notes[0]).not.toHaveProperty('queue');
  });

  it('keep a message', async () => {
    const input = { name: 'Jane', message: 'The crown came off again.' };
    const { output, notes } = await run(desk(['team']), 'leave_message', input);
    expect(output).toEqual({ noted: 'message' });
    expect(notes).toMatchObject([{ kind: 'message', name: 'Jane', text: input.message }]);
  });

  it.each(['', 'call me', '123', '900123; drop', `+${'1'.repeat(40)}`])(
    'take no number like "%s"',
    async (phone) => {
      const work = run(desk(['team']), 'request_callback', { phone, when: 'today' });
      await expect(work).rejects.toThrow();
    },
  );
});
