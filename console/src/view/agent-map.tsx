import type { DesksResponse } from '../../../src/protocol/api.ts';
import { agentColor, peopleColor } from './agent-color.ts';

type Desk = DesksResponse['desks'][number];
type Agent = Desk['agents'][number];

const width = 300;
const rowHeight = 92;
const node = { width: 132, height: 46 };

/** The desk's agents, its queues of people, and who may hand to whom; the one on the line is lit. */
export function AgentMap({
  agents,
  people,
  active,
  lastHandoff,
  speaking,
}: {
  agents: readonly Agent[];
  people: Desk['people'];
  active: string | null;
  lastHandoff: { readonly from: string; readonly to: string } | null;
  speaking: boolean;
}) {
  const order = agents.map(({ name }) => name);
  const places = place(
    order,
    people.map(({ name }) => name),
  );
  const height = (Math.max(0, ...[...places.values()].map(({ y }) => y)) || 0) + node.height;
  const edges = pairs(agents);
  const nodes = [
    ...agents.map((agent) => ({ ...agent, color: agentColor(order, agent.name), isPeople: false })),
    ...people.map((queue) => ({ ...queue, color: peopleColor, isPeople: true })),
  ];
  const current = nodes.find(({ name }) => name === active);
  return (
    <section
      aria-label="Agents"
      tabIndex={0}
      className="rounded-2xl border border-(--line) bg-(--surface) p-4 lg:overflow-auto"
    >
      <h2 className="mb-3 text-sm font-medium text-(--muted)">Agents on this line</h2>
      <svg
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        className="mx-auto block max-h-48 w-full lg:max-h-72 max-w-80"
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
        {nodes.map(({ name, label, color, isPeople }) => {
          const at = places.get(name);
          if (!at) return null;
          const on = name === active;
          const rounded = isPeople ? node.height / 2 : 12;
          return (
            <g key={name} data-node={name} transform={`translate(${at.x} ${at.y})`}>
              <rect
                width={node.width}
                height={node.height}
                rx={rounded}
                fill={on ? color : 'var(--surface)'}
                stroke={on ? color : isPeople ? 'var(--muted)' : 'var(--line)'}
                strokeWidth={1.5}
                strokeDasharray={isPeople && !on ? '4 4' : undefined}
              />
              {on && speaking && (
                <rect
                  width={node.width}
                  height={node.height}
                  rx={rounded}
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
                fontSize={label.length > 12 ? 13.5 : 15}
                fontWeight={on ? 650 : 450}
                fill={on ? 'var(--surface)' : 'var(--text)'}
              >
                {label}
              </text>
            </g>
          );
        })}
      </svg>
      <dl className="mt-4 hidden flex-col gap-3 text-sm lg:flex">
        {nodes.map(({ name, label, color, isPeople, handoffDescription }) => (
          <div key={name}>
            <dt className="flex items-center gap-2 font-medium">
              <span
                className="size-2.5 rounded-full border"
                style={{ borderColor: color, background: isPeople ? 'none' : color }}
              />
              {label}
              {isPeople && <span className="text-xs font-normal text-(--muted)">people</span>}
            </dt>
            <dd className="text-(--muted)">{handoffDescription}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** First agent on top, the others in rows of two below it, people below all of them. */
function place(
  agents: readonly string[],
  people: readonly string[],
): ReadonlyMap<string, { x: number; y: number }> {
  const [first, ...others] = agents;
  const rows = [...(first === undefined ? [] : [[first]]), ...pairsOf(others), ...pairsOf(people)];
  return new Map(
    rows.flatMap((row, index) =>
      row.map((name, column) => {
        const alone = (width - node.width) / 2;
        const x = row.length === 1 ? alone : column * (width - node.width);
        return [name, { x, y: index * rowHeight }] as const;
      }),
    ),
  );
}

function pairsOf(names: readonly string[]): readonly (readonly string[])[] {
  return names.flatMap((_, index) => (index % 2 === 0 ? [names.slice(index, index + 2)] : []));
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
