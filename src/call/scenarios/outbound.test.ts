import { expect, it } from 'vitest';
import { z } from 'zod';
import { deskTool, doNotCallTool } from '../../desk/index.ts';
import { memoryDoNotCallList, memoryServices } from '../../testing/memory-services.ts';
import { harness, quiet, until } from '../testing/call-harness.ts';

it('a call that we place knows why, and can see to it that there is no other', async () => {
  const seen: unknown[] = [];
  const look = deskTool({
    name: 'look',
    description: 'Looks.',
    parameters: z.object({}),
    execute: (_input, call) => {
      seen.push([call.outbound, call.callerNumber]);
      return {};
    },
  });
  const doNotCall = memoryDoNotCallList();
  await using h = await harness({
    script: [[]],
    call: {
      callerNumber: '+442079460000',
      outbound: { dialId: 'dial_1', purpose: 'A reminder for Thursday.' },
      services: memoryServices({ doNotCall }),
    },
    desk: (desk) => ({
      ...desk,
      agents: {
        ...desk.agents,
        triage: { ...desk.agents['triage']!, tools: [look, doNotCallTool()] },
      },
    }),
  });
  expect(h.session.instructions()).toContain('A reminder for Thursday.');
  h.session.finish();
  await quiet(h);
  h.session.respond([
    { call: 'look', arguments: '{}', callId: 'c1' },
    { call: 'do_not_call_again', arguments: '{}', callId: 'c2' },
  ]);
  await until(
    () => h.session.conversation().filter((line) => line.startsWith('output')).length === 2,
  );
  expect(seen).toEqual([[{ purpose: 'A reminder for Thursday.' }, '+442079460000']]);
  expect(await doNotCall.list({ limit: 5 })).toMatchObject([
    { number: '+442079460000', source: 'caller' },
  ]);
});

it('a caller whose number is not known cannot be taken off, and hears so', async () => {
  await using h = await harness({
    script: [[]],
    desk: (desk) => ({
      ...desk,
      agents: { ...desk.agents, triage: { ...desk.agents['triage']!, tools: [doNotCallTool()] } },
    }),
  });
  h.session.finish();
  await quiet(h);
  h.session.respond([{ call: 'do_not_call_again', arguments: '{}', callId: 'c1' }]);
  const output = () => h.session.conversation().find((line) => line.startsWith('output'));
  await until(() => output() !== undefined);
  expect(output()).toContain('I cannot see the number');
});
