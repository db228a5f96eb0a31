const colors = [
  'var(--color-agent-0)',
  'var(--color-agent-1)',
  'var(--color-agent-2)',
  'var(--color-agent-3)',
  'var(--color-agent-4)',
];

/** The colour of an agent: by its place in the desk, so that it is the same everywhere on the page. */
export function agentColor(order: readonly string[], agent: string): string {
  const index = Math.max(0, order.indexOf(agent));
  return colors[index % colors.length] ?? 'var(--accent)';
}

/** The colour of people, which no agent has. */
export const peopleColor = 'var(--color-people)';
