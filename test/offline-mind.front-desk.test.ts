import { describe, it } from 'vitest';
import { z } from 'zod';
import { desk } from '../desks/front-desk/desk.ts';
import { edgesOf, plainPacket } from '../src/desk/index.ts';
import { frontDeskCases } from '../src/engine/mind/cases/front-desk.cases.ts';
import { identityCases } from '../src/engine/mind/cases/identity.cases.ts';
import { peopleCases } from '../src/engine/mind/cases/people.cases.ts';
import { readBackCases } from '../src/engine/mind/cases/read-back.cases.ts';
import { wayBackCases } from '../src/engine/mind/cases/way-back.cases.ts';
import { newcomerCases } from '../src/engine/mind/cases/newcomer.cases.ts';
import { frontDesk } from '../src/engine/mind/cases/front-desk.ts';
import { opened } from '../src/engine/mind/cases/opened.ts';
import { playCase } from '../src/engine/mind/cases/play.ts';
import type { TestDesk } from '../src/engine/mind/cases/simulate.ts';
import { createOfflineMind } from '../src/engine/mind/index.ts';

/** What transfers to an agent carry beside the reason. */
function packetInto(name: string): Readonly<Record<string, unknown>> {
  const edge = Object.keys(desk.agents)
    .flatMap((from) => edgesOf(desk, from))
    .find(({ to }) => to === name);
  const { reason, ...more } = z.toJSONSchema(edge?.packet ?? plainPacket).properties ?? {};
  return reason ? more : {};
}

/** The shipped desk's own words (prompts, descriptions, schemas) with the canned data of the cases. */
const shipped: TestDesk = {
  firstAgent: desk.firstAgent,
  greeting: desk.greeting,
  agents: Object.fromEntries(
    Object.entries(desk.agents).map(([name, agent]) => [
      name,
      {
        handoffDescription: agent.handoffDescription,
        instructions: typeof agent.instructions === 'string' ? agent.instructions : '',
        handoffs: edgesOf(desk, name).map(({ to }) => to),
        packet: packetInto(name),
        canEndCall: agent.canEndCall ?? false,
        canReturn: agent.canReturn ?? false,
        tools: (agent.tools ?? []).map((tool) => {
          const canned = frontDesk.agents[name]?.tools.find((one) => one.name === tool.name);
          if (!canned) throw new Error(`the cases know no tool ${tool.name}`);
          const { description, parameters } = tool;
          return { ...canned, description, parameters };
        }),
      },
    ]),
  ),
  people: Object.fromEntries(
    Object.entries(desk.people ?? {}).map(([name, { label, handoffDescription }]) => [
      name,
      { label, handoffDescription, refusal: frontDesk.people?.[name]?.refusal ?? null },
    ]),
  ),
};

describe.each([
  ['with nothing enforced', opened(shipped), [...frontDeskCases, ...newcomerCases]],
  [
    'as it is',
    shipped,
    [...identityCases, ...readBackCases, ...wayBackCases, ...peopleCases].filter(
      ({ desk: at }) => at === frontDesk,
    ),
  ],
] as const)('the offline mind at the shipped desk, %s', (_how, atDesk, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, dialogue) => {
    await playCase(createOfflineMind(), { ...dialogue, desk: atDesk });
  });
});
