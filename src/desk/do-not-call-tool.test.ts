import { expect, it } from 'vitest';
import type { CallContext } from './call-context.ts';
import { doNotCallTool } from './do-not-call-tool.ts';

const ask = async (listed: boolean) => {
  const notes: unknown[] = [];
  const call: Partial<CallContext> = {
    callId: 'call_1',
    async doNotCall(note) {
      notes.push(note);
      return { listed };
    },
  };
  // The tool reads nothing else of its call.
  const context = { context: call } as Parameters<ReturnType<typeof doNotCallTool>['invoke']>[0];
  return { answer: (await doNotCallTool().invoke(context, '{}')) as unknown, notes };
};

it('lists the number of the call, and says so', async () => {
  expect(await ask(true)).toEqual({
    answer: { noted: 'we will not call this number again' },
    notes: ['asked for in a call'],
  });
});

it('says that it cannot where the number is not known', async () => {
  expect(await ask(false)).toMatchObject({ answer: { error: expect.any(String) as string } });
});
