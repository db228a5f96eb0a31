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

it('is large and various enough', () => {
  const count = (
    of: (set: CaseSet) => readonly (UtteranceCase | CallerCase)[],
    isApart?: boolean,
  ): number =>
    caseSets
      .filter(({ part }) => isApart === undefined || (part === 'held apart') === isApart)
      .reduce((sum, set) => sum + of(set).length, 0);
  const utterances = (set: CaseSet) => set.utterances;
  const dialogues = (set: CaseSet) => set.dialogues;
  expect(count(utterances)).toBeGreaterThanOrEqual(120);
  expect(count(dialogues)).toBeGreaterThanOrEqual(30);
  expect(count(utterances, true) / count(utterances)).toBeGreaterThanOrEqual(1 / 3);
  expect(count(dialogues, true) / count(dialogues)).toBeGreaterThanOrEqual(1 / 3);
  expect(new Set(caseSets.map(({ desk }) => desk.name)).size).toBe(4);
});
