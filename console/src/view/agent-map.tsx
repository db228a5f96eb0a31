import type { DesksResponse } from '../../../src/protocol/api.ts';
import { agentColor } from './agent-color.ts';

type Agent = DesksResponse['desks'][number]['agents'][number];

const width = 300;
const rowHeight = 92;
const node = { width: 124, height: 46 };

/** The desk's agents and who may hand to whom; the one on the line is lit. */
export function AgentMap({
  agents,
  active,
  lastHandoff,
  speaking,
}: {
  agents: readonly Agent[];
  active: string | null;
  lastHandoff: { readonly from: string; readonly to: string } | null;
  speaking: boolean;
}) {
  const order = agents.map(({ name }) => name);
  const places = place(order);
  const height = (Math.max(0, ...[...places.values()].map(({ y }) => y)) || 0) + node.height;
  const edges = pairs(agents);
  const current = agents.find(({ name }) => name === active);
  return (
    <section
      aria-label="Agents"
      className="rounded-2xl border border-(--line) bg-(--surface) p-4 lg:overflow-auto"
    >
      <h2 className="mb-3 text-sm font-medium text-(--muted)">Agents on this line</h2>
      <svg
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        className="mx-auto block max-h-56 w-full max-w-80"
        role="img"
        aria-label={current ? `${current.label} is on the line` : 'Nobody is on the line'}
      >
        {edges.map(([a, b]) => {
          const from = places.get(a);
          const to = places.get(b);
          if (!from || !to) return null;
          const lit =
            lastHandoff !== null &&
            [lastHandoff.from, lastHandoff.to].every((n) => n === a || n === b);
          return (
            <line
              key={`${a}-${b}`}
              x1={from.x + node.width / 2}
              y1={from.y + node.height / 2}
              x2={to.x + node.width / 2}
              y2={to.y + node.height / 2}
              stroke={lit ? 'var(--accent)' : 'var(--line)'}
              strokeWidth={lit ? 2.5 : 1.5}
            />
          );
        })}
        {agents.map((agent) => {
          const at = places.get(agent.name);
          if (!at) return null;
          const on = agent.name === active;
          const color = agentColor(order, agent.name);
          return (
            <g key={agent.name} transform={`translate(${at.x} ${at.y})`}>
              <rect
                width={node.width}
                height={node.height}
                rx={12}
                fill={on ? color : 'var(--surface)'}
                stroke={on ? color : 'var(--line)'}
                strokeWidth={1.5}
              />
              {on && speaking && (
                <rect
                  width={node.width}
                  height={node.height}
                  rx={12}
                  fill="none"
                  stroke={color}
                  strokeWidth={4}
                  className="animate-pulse"
                />
              )}
              <text
                x={node.width / 2}
                y={node.height / 2}
                dominantBaseline="central"
                textAnchor="middle"
                fontSize={15}
                fontWeight={on ? 650 : 450}
                fill={on ? 'var(--surface)' : 'var(--text)'}
              >
                {agent.label}
              </text>
            </g>
          );
        })}
      </svg>
      <dl className="mt-4 hidden flex-col gap-3 text-sm lg:flex">
        {agents.map((agent) => (
          <div key={agent.name}>
            <dt className="flex items-center gap-2 font-medium">
              <span
                className="size-2.5 rounded-full"
                style={{ background: agentColor(order, agent.name) }}
              />
              {agent.label}
            </dt>
            <dd className="text-(--muted)">{agent.handoffDescription}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** First agent on top, the others in rows of two below it. */
function place(order: readonly string[]): ReadonlyMap<string, { x: number; y: number }> {
  return new Map(
    order.map((name, index) => {
      if (index === 0) return [name, { x: (width - node.width) / 2, y: 0 }];
      const column = (index - 1) % 2;
      const alone = index === order.length - 1 && column === 0;
      const x = alone ? (width - node.width) / 2 : column === 0 ? 0 : width - node.width;
      return [name, { x, y: rowHeight * (1 + Math.floor((index - 1) / 2)) }];
    }),
  );
}

function pairs(agents: readonly Agent[]): readonly (readonly [string, string])[] {
  const seen = new Set<string>();
  const found: (readonly [string, string])[] = [];
  for (const { name, handoffs } of agents)
    for (const target of handoffs) {
      const key = [name, target].sort().join('\n');
      if (!seen.has(key)) found.push([name, target]);
      seen.add(key);
    }
  return found;
}
