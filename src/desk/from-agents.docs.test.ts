import { handoff } from '@openai/agents';
import { RealtimeAgent, tool } from '@openai/agents/realtime';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { codeWords, referenceRows } from '../testing/reference.ts';

const agent = new RealtimeAgent({ name: 'Any' });
const anyTool = tool({ name: 'any', description: '', parameters: z.object({}), execute: () => '' });
/** Emitted events are spoken of beside the table; what begins with an underscore is the SDK's own. */
const isField = (field: string): boolean => !field.startsWith('_') && field !== 'eventEmitter';

it.each([
  ['agent', agent],
  ['handoff', handoff(agent, { inputFilter: (data) => data })],
  ['tool', anyTool],
])('says of every field of the SDK what becomes of it: %s', (kind, made) => {
  const documented = referenceRows(
    'desk-findings.md',
    `of a${kind === 'agent' ? 'n' : ''} ${kind}`,
  );
  const named = documented.flatMap((row) =>
    codeWords(row[`of a${kind === 'agent' ? 'n' : ''} ${kind}`]),
  );
  expect(named).toEqual(expect.arrayContaining(Object.keys(made).filter(isField)));
  expect(documented.filter((row) => !row['becomes'])).toEqual([]);
});
