import type { CannedTool, TestDesk } from './test-desk.ts';

const rules = `
- Read back the invoice number before you request the refund.
- Before you cancel, read back the day and the time and ask the caller to confirm.`;

/**
 * The same desk with nothing enforced around its tools: anybody may use them, and that something is
 * read back before it is done is only asked for in the instructions.
 */
export function opened(desk: TestDesk): TestDesk {
  return {
    firstAgent: desk.firstAgent,
    greeting: desk.greeting,
    agents: Object.fromEntries(
      Object.entries(desk.agents).map(([name, agent]) => [
        name,
        {
          handoffDescription: agent.handoffDescription,
          instructions: agent.instructions + rules,
          tools: agent.tools.filter(({ verifies }) => !verifies).map(unguarded),
          handoffs: agent.handoffs.filter((to) => desk.agents[to]),
          canEndCall: agent.canEndCall ?? false,
        },
      ]),
    ),
  };
}

const unguarded = ({ name, description, parameters, confirm, run }: CannedTool): CannedTool => ({
  name,
  description,
  parameters,
  run(args, call) {
    const sentence = confirm?.(args);
    return typeof sentence === 'object' ? sentence : run(args, call);
  },
});
