import { describe, expect, it } from 'vitest';
import type { OutputGuardrail } from '../../desk/index.ts';
import { silentLog } from '../../lib/index.ts';
import type { TrailFact } from '../../protocol/index.ts';
import { createOutputGuard } from './output-guard.ts';

const noPromises: OutputGuardrail = {
  name: 'no_promises',
  say: 'Let me not promise anything.',
  check: (text) => (text.includes('guarantee') ? 'It is a promise.' : null),
};
const wholeOnly: OutputGuardrail = {
  name: 'whole',
  say: 'Never mind.',
  check: (text, { complete, sources, agent }) =>
    complete && text === 'bad' ? `${agent} ${sources.join()}` : null,
};
const broken: OutputGuardrail = {
  name: 'broken',
  say: '',
  check() {
    throw new Error('bug');
  },
};

function guarded(guardrails: readonly OutputGuardrail[]) {
  const did: string[] = [];
  const facts: TrailFact[] = [];
  const guard = createOutputGuard({
    guardrails,
    log: silentLog,
    speakerOf: (responseId) => (responseId === 'ours' ? null : 'billing'),
    sources: () => ['source'],
    record: (fact) => facts.push(fact),
    cut: ({ itemId, responseId }) => did.push(`cut ${responseId} ${itemId}`),
    tellModel: () => did.push('told'),
    say: (text) => did.push(`said ${text}`),
  });
  const words = (text: string, responseId = 'resp_1', itemId = 'item_1'): boolean =>
    guard.words({ itemId, responseId, text });
  return { did, facts, guard, words };
}

describe('an output guardrail', () => {
  it('cuts what is forbidden as soon as it is written, once a response', () => {
    const { did, facts, words } = guarded([broken, noPromises]);
    expect(words('I can guaran')).toBe(true);
    expect(words('tee that')).toBe(false);
    expect(words(' it works')).toBe(false);
    expect(did).toEqual(['cut resp_1 item_1', 'told', 'said Let me not promise anything.']);
    expect(facts).toEqual([
      {
        type: 'guardrail.tripped',
        agent: 'billing',
        guardrail: 'no_promises',
        text: 'I can guarantee that',
        why: 'It is a promise.',
      },
    ]);
  });

  it('judges each item by itself, and what the runtime says not at all', () => {
    const { did, words } = guarded([noPromises]);
    words('guaran', 'resp_1', 'item_1');
    words('tee', 'resp_1', 'item_2');
    words('guarantee', 'ours', 'item_3');
    expect(did).toEqual([]);
  });

  it('may wait until nothing more comes', () => {
    const { did, facts, guard, words } = guarded([wholeOnly]);
    words('bad');
    expect(did).toEqual([]);
    guard.itemEnded('item_1');
    expect(facts).toMatchObject([{ why: 'billing source' }]);
    guard.itemEnded('item_1');
    expect(facts).toHaveLength(1);
  });

  it('tells the model twice between two turns of the caller, and then only speaks', () => {
    const { did, guard, words } = guarded([noPromises]);
    const trip = (n: number): boolean => words('guarantee', `resp_${n}`, `item_${n}`);
    for (const n of [1, 2, 3]) trip(n);
    expect(did.filter((what) => what === 'told')).toHaveLength(2);
    expect(did.filter((what) => what.startsWith('said'))).toHaveLength(3);
    guard.callerTurn();
    trip(4);
    expect(did.filter((what) => what === 'told')).toHaveLength(3);
  });
});
