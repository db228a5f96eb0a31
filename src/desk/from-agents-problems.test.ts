import { handoff, MCPServerStdio } from '@openai/agents';
import { RealtimeAgent, type RealtimeAgentConfiguration, tool } from '@openai/agents/realtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deskFromAgents, lintDesk } from './index.ts';

const alone = (over: Partial<RealtimeAgentConfiguration>) =>
  new RealtimeAgent({ name: 'Solo', instructions: 'Help.', ...over });

const plainTool = {
  name: 'find',
  description: 'Finds.',
  parameters: z.object({}),
  execute: async () => 'x',
};
const server = new MCPServerStdio({ name: 'files', command: 'true' });
const solo = (field: string): string => `agents.Solo.${field}`;

describe('what a graph asks for in vain', () => {
  it.each<[string, ReturnType<typeof alone>, string, string]>([
    [
      'a prompt that is kept elsewhere',
      alone({ prompt: { promptId: 'p' } }),
      'not_honoured',
      'prompt',
    ],
    ['servers of tools', alone({ mcpServers: [server] }), 'not_honoured', 'mcpServers'],
    [
      'settings of such servers',
      alone({ mcpConfig: { convertSchemasToStrict: true } }),
      'not_honoured',
      'mcpConfig',
    ],
    ...(
      [
        ['model', 'gpt-5'],
        ['modelSettings', { temperature: 0.3 }],
        ['outputType', z.object({})],
        ['toolUseBehavior', 'stop_on_first_tool'],
        ['resetToolChoice', false],
        ['inputGuardrails', [{ name: 'g', execute: async () => null }]],
        ['outputGuardrails', [{ name: 'g', execute: async () => null }]],
      ] as const
    ).map(([field, value]): [string, ReturnType<typeof alone>, string, string] => [
      `${field}, which plain JavaScript can set`,
      alone({ [field]: value }),
      'not_honoured',
      field,
    ]),
    [
      'a tool that an approval waits for',
      alone({ tools: [tool({ ...plainTool, needsApproval: true })] }),
      'tool_needs_approval',
      'tools[0]',
    ],
    [
      'a tool with a timeout in its own words',
      alone({ tools: [tool({ ...plainTool, timeoutMs: 9, timeoutErrorFunction: () => 'late' })] }),
      'not_honoured',
      'tools[0].timeoutErrorFunction',
    ],
    [
      'a tool of the Responses API',
      alone({ tools: [tool({ ...plainTool, deferLoading: true })] }),
      'not_honoured',
      'tools[0].deferLoading',
    ],
    [
      'a hosted tool',
      alone({
        tools: [
          { type: 'hosted_tool', name: 'hosted_mcp', providerData: { type: 'mcp' } } as never,
        ], // as hostedMcpTool() makes it
      }),
      'not_honoured',
      'tools[0]',
    ],
    [
      'a tool with the name of the runtime',
      alone({ tools: [tool({ ...plainTool, name: 'end_call' })] }),
      'tool_name_reserved',
      'tools[0]',
    ],
  ])('is found: %s', (_title, agent, code, field) => {
    const found = lintDesk(deskFromAgents(agent));
    expect(found.map((one) => [one.code, one.place])).toContainEqual([code, solo(field)]);
    expect(found.filter((one) => one.severity === 'error' && one.code !== code)).toEqual([]);
  });

  it('is found: events of an agent that somebody listens to', () => {
    const agent = alone({});
    agent.on('agent_start', () => undefined);
    expect(lintDesk(deskFromAgents(agent)).map(({ place }) => place)).toEqual([
      solo('on(agent_start)').replace('.on(agent_start)', '["on(agent_start)"]'),
    ]);
  });

  it('is found: a method of its own', () => {
    class Odd extends RealtimeAgent {
      override async getAllTools(): Promise<never[]> {
        return [];
      }
    }
    const odd = new Odd({ name: 'Solo', instructions: 'Help.' });
    expect(lintDesk(deskFromAgents(odd)).map(({ place }) => place)).toEqual([solo('getAllTools')]);
  });

  it('is found: what a handoff filters, and a schema nobody can check', () => {
    const inputFilter = <T>(data: T): T => data;
    const helper = alone({ name: 'Helper', handoffDescription: 'Helps.' });
    const filtered = alone({
      handoffDescription: 'Everything else.',
      handoffs: [handoff(helper, { inputFilter })],
    });
    helper.handoffs.push(filtered);
    expect(lintDesk(deskFromAgents(filtered)).map((one) => [one.code, one.place])).toEqual([
      ['not_honoured', `${solo('handoffs[0]')}.inputFilter`],
    ]);
    const odd = handoff(alone({ name: 'Odd' })).clone({
      inputJsonSchema: { type: 'array' } as never, // as plain JavaScript may
      agentName: 'Other',
      strictJsonSchema: false,
    });
    const found = lintDesk(deskFromAgents(alone({ handoffs: [odd] })));
    expect(found.map((one) => [one.code, one.place])).toEqual(
      expect.arrayContaining([
        ['schema_unfit', `${solo('handoffs[0]')}.inputJsonSchema`],
        ['not_honoured', `${solo('handoffs[0]')}.agentName`],
        ['not_honoured', `${solo('handoffs[0]')}.strictJsonSchema`],
      ]),
    );
  });

  it('is found: a handoff that only a name describes', () => {
    const found = (...handoffs: NonNullable<RealtimeAgentConfiguration['handoffs']>): unknown[] =>
      lintDesk(deskFromAgents(alone({ handoffs })))
        .filter(({ severity, code }) => severity === 'error' || code === 'description_poor')
        .map(({ code, place }) => [code, place]);
    const quiet = alone({ name: 'Quiet' });
    expect(found(quiet)).toEqual([['description_poor', solo('handoffs[0]')]]);
    expect(found(handoff(quiet, { toolDescriptionOverride: 'Silence.' }))).toEqual([]);
    expect(found(alone({ name: 'Loud', handoffDescription: 'Noise.' }))).toEqual([]);
  });

  it('is found: voices that differ from each other, or from what the desk says', () => {
    const other = alone({ name: 'Other', voice: 'ash' });
    const agent = alone({ voice: 'cedar', handoffs: [other] });
    const places = (voice?: string): unknown[] =>
      lintDesk(deskFromAgents(agent, voice === undefined ? {} : { voice }))
        .filter(({ code }) => code === 'voices_differ')
        .map(({ place }) => place);
    expect(places()).toEqual(['agents.Other.voice']);
    expect(places('marin')).toEqual([solo('voice'), 'agents.Other.voice']);
  });

  it('is found: two agents of one name, and names that become one', () => {
    const twin = alone({});
    const found = lintDesk(deskFromAgents(alone({ handoffs: [twin] })));
    expect(found.map(({ code }) => code)).toContain('name_taken_twice');
    const triage = alone({
      name: 'Triage',
      handoffs: [alone({ name: 'Sales-EU' }), alone({ name: 'Sales EU' })],
    });
    expect(
      lintDesk(deskFromAgents(triage))
        .filter(({ code }) => code === 'tool_name_taken')
        .map(({ place, message }) => [place, message]),
    ).toEqual([
      ['agents.Triage.handoffs[1]', 'two tools of "Triage" are named "transfer_to_Sales_EU"'],
    ]);
  });
});
