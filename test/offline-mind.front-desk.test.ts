import { describe, it } from 'vitest';
import { desk } from '../desks/front-desk/desk.ts';
import { edgesOf } from '../src/desk/index.ts';
import { frontDeskCases } from '../src/engine/mind/cases/front-desk.cases.ts';
import { newcomerCases } from '../src/engine/mind/cases/newcomer.cases.ts';
import { frontDesk } from '../src/engine/mind/cases/front-desk.ts';
import { playCase } from '../src/engine/mind/cases/play.ts';
import type { TestDesk } from '../src/engine/mind/cases/simulate.ts';
import { createOfflineMind } from '../src/engine/mind/index.ts';

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
        canEndCall: agent.canEndCall ?? false,
        tools: (agent.tools ?? []).map((tool) => {
          const canned = frontDesk.agents[name]?.tools.find((one) => one.name === tool.name);
          if (!canned) throw new Error(`the cases know no tool ${tool.name}`);
          const { description, parameters } = tool;
          return { name: tool.name, description, parameters, run: canned.run };
        }),
      },
    ]),
  ),
};

describe('the offline mind at the shipped desk', () => {
  it.each([...frontDeskCases, ...newcomerCases].map((one) => [one.name, one] as const))(
    '%s',
    async (_name, dialogue) => {
      await playCase(createOfflineMind(), { ...dialogue, desk: shipped });
    },
  );
});
