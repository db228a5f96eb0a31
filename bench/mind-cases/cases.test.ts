import { expect, it } from 'vitest';
import { createRuntime } from '../../src/engine/mind/cases/runtime.ts';
import type { CallerCase, CaseSet, UtteranceCase, WantedCall } from './case.ts';
import { caseSets } from './index.ts';

// The cases are checked without any mind: a wrong case would otherwise pass for a weakness of the mind.

interface Schema {
  readonly properties: Readonly<
    Record<string, { readonly pattern?: string; readonly enum?: readonly unknown[] }>
  >;
}

/** Every tool and transfer of a desk, whichever agent has it. */
function toolsOf({ desk }: CaseSet) {
  const opened = desk.open();
  return Object.keys(opened.agents).flatMap(
    (agent) => createRuntime({ ...opened, firstAgent: agent }).tools,
  );
}

const wantedOf = (set: CaseSet): readonly WantedCall[] => [
  ...set.utterances.flatMap(({ calls }) => calls),
  ...set.dialogues.flatMap(({ final }) => [...final.writes, ...final.reads]),
];

it.each(caseSets.map((set) => [`${set.desk.name}, ${set.part}`, set] as const))(
  '%s: what is wanted can be called, with values that the tools accept',
  (_name, set) => {
    const tools = toolsOf(set);
    for (const { name, args } of wantedOf(set)) {
      const tool = tools.find((one) => one.name === name);
      expect(tool, name).toBeDefined();
      // The desks of the cases write their schemas as objects.
      const { properties } = tool?.parameters as Schema;
      for (const [key, value] of Object.entries(args)) {
        expect(Object.keys(properties), name).toContain(key);
        const { pattern, enum: values } = properties[key] ?? {};
        if (pattern !== undefined && typeof value === 'string')
          expect(value).toMatch(new RegExp(pattern));
        if (values && !(value instanceof RegExp)) expect(values).toContain(value);
      }
    }
    for (const { via } of set.utterances)
      for (const name of via) expect(tools.map((tool) => tool.name)).toContain(name);
    for (const name of set.desk.writes.filter(
      (one) => !['request_callback', 'leave_message'].includes(one),
    ))
      expect(tools.map((tool) => tool.name)).toContain(name);
  },
);

it.each(caseSets.map((set) => [`${set.desk.name}, ${set.part}`, set] as const))(
  '%s: the calls before an utterance are possible, and what is wanted is offered there or further on',
  (_name, { desk, utterances }) => {
    for (const { before, says, calls } of utterances) {
      const runtime = createRuntime(desk.open());
      for (const step of before) {
        if (!('call' in step)) continue;
        expect(
          runtime.tools.map(({ name }) => name),
          says,
        ).toContain(step.call);
        const answer = JSON.stringify(runtime.perform(step.call, step.args));
        if (!answer.includes('out_of_hours')) expect(answer, says).not.toMatch(/^\{"error"/);
      }
      const [first] = calls;
      if (first)
        expect(
          runtime.tools.map(({ name }) => name),
          says,
        ).toContain(first.name);
    }
  },
);

// Texts in free form that a wanted value only has to match.
const samples = [
  ...['07700900111', '07700900123', '07700900222', '07700900321', '07700900333', '07700900444'],
  ...['07700900456', '07700900654', '07700900789', '01326496002', '2125550188'],
  ...[
    'KT19ABC',
    'MV12KLM',
    'TR11 3QB',
    'around nine',
    'on the ring road',
    '8 salter lane',
    'water',
  ],
  ...[
    'she is limping',
    'apoquel',
    'a burst pipe',
    'it will not start',
    '0176555123',
    '12 orchard road',
  ],
  ...[
    'Wolf Hall',
    '15:00',
    'it never happened',
    'the crown has come loose',
    'the lamp',
    'a silver watch',
    'Maria Lopez',
  ],
];
const patients = [
  { name: 'Jane Miller', date_of_birth: '1982-03-05' },
  { name: 'Maria Lopez', date_of_birth: '1990-06-12' },
  { name: 'James Carter', date_of_birth: '1968-01-30' },
];

it.each(
  caseSets.flatMap((set) =>
    set.dialogues.map((one) => [set.desk.name, one.name, set, one] as const),
  ),
)('%s, %s: what the caller wants can be had', (_desk, _name, { desk }, { final }) => {
  const answered = patients.map((patient) => {
    const opened = desk.open();
    const agents = Object.values(opened.agents);
    const all = agents.flatMap(({ tools }) => tools);
    const tools = all.filter(({ name }, at) => all.findIndex((one) => one.name === name) === at);
    // One agent with every tool, so that no transfers are needed.
    const [first] = agents;
    const people = Object.keys(opened.people ?? {});
    const only = { ...first!, tools, handoffs: people };
    const runtime = createRuntime({ ...opened, firstAgent: 'only', agents: { only } });
    if (tools.some(({ verifies }) => verifies)) runtime.perform('verify_caller', patient);
    return [...final.reads, ...final.writes].map(({ name, args }) => {
      if (name === 'verify_caller') return '{}';
      const given = Object.fromEntries(
        Object.entries(args).map(([key, value]) => [
          key,
          value instanceof RegExp ? samples.find((sample) => value.test(sample)) : value,
        ]),
      );
      expect(Object.values(given), JSON.stringify(Object.keys(given))).not.toContain(undefined);
      const asked = JSON.stringify(runtime.perform(name, given));
      if (!asked.startsWith('{"confirm"')) return asked;
      runtime.heard('yes');
      return JSON.stringify(runtime.perform(name, given));
    });
  });
  expect(
    answered.some((answers) => answers.every((answer) => !/^\{"(?:error|confirm)"/.test(answer))),
    JSON.stringify(answered),
  ).toBe(true);
});

it('is large and various enough', () => {
  const count = (
    of: (set: CaseSet) => readonly (UtteranceCase | CallerCase)[],
    isApart?: boolean,
  ): number =>
    caseSets
      .filter(({ part }) => part !== 'practice')
      .filter(({ part }) => isApart === undefined || (part === 'held apart') === isApart)
      .reduce((sum, set) => sum + of(set).length, 0);
  const utterances = (set: CaseSet) => set.utterances;
  const dialogues = (set: CaseSet) => set.dialogues;
  expect(count(utterances)).toBeGreaterThanOrEqual(120);
  expect(count(dialogues)).toBeGreaterThanOrEqual(30);
  expect(count(utterances, true) / count(utterances)).toBeGreaterThanOrEqual(1 / 3);
  expect(count(dialogues, true) / count(dialogues)).toBeGreaterThanOrEqual(1 / 3);
  expect(new Set(caseSets.map(({ desk }) => desk.name)).size).toBe(11);
});
