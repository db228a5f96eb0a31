import { edgesOf, toolNames, type Desk, type DeskRegistry } from '../desk/index.ts';
import { SwitchboardError } from '../lib/index.ts';
import type { DesksResponse } from '../protocol/index.ts';
import { wireHearing, type EngineNow } from './hearing.ts';
import type { EngineState, Hearing } from './parts.ts';

/** What pages and the command line learn about the desks of this server. */
export function deskSummary(
  desks: { readonly desks: readonly Desk[]; readonly defaultDesk: string },
  engine: EngineNow,
): DesksResponse {
  const endpoint = engine.now?.ok ? engine.now.endpoint : engine.remote;
  return {
    defaultDesk: desks.defaultDesk,
    desks: desks.desks.map(summaryOf),
    engine: {
      kind: endpoint?.kind ?? 'embedded',
      model: endpoint?.model ?? 'embedded',
      hearing: wireHearing(hearingOf(engine.now)),
    },
  };
}

/** Every edge of a desk, for those who count them. */
export function deskEdges(desk: Desk): { readonly from: string; readonly to: string }[] {
  return Object.keys(desk.agents).flatMap((agent) =>
    edgesOf(desk, agent).map(({ from, to }) => ({ from, to })),
  );
}

/**
 * Name of the desk for calls that name none: the one asked for, else `front-desk`, else the first.
 *
 * @throws SwitchboardError desk_not_found when there is none, or not the one asked for.
 */
export function chooseDefaultDesk(
  registry: Pick<DeskRegistry, 'desks' | 'get'>,
  wanted: string | undefined,
): string {
  if (wanted !== undefined) return registry.get(wanted).name;
  const desk = registry.desks.find(({ name }) => name === 'front-desk') ?? registry.desks[0];
  if (desk) return desk.name;
  const message = 'There is no desk in the desks folder. Make one: npx switchboard init my-desk';
  throw new SwitchboardError('desk_not_found', message);
}

function hearingOf(now: EngineState | undefined): Hearing {
  if (now?.ok) return now.hearing;
  return { available: false, note: now ? now.message : 'The engine is starting.' };
}

function summaryOf(desk: Desk): DesksResponse['desks'][number] {
  return {
    name: desk.name,
    title: desk.title,
    firstAgent: desk.firstAgent,
    media: desk.media ?? 'relayed',
    agents: Object.entries(desk.agents).map(([name, agent]) => ({
      name,
      label: agent.label,
      handoffDescription: agent.handoffDescription,
      handoffs: edgesOf(desk, name).map(({ to }) => to),
      tools: [...toolNames(desk, name)],
    })),
    people: Object.entries(desk.people ?? {}).map(([name, { label, handoffDescription }]) => ({
      name,
      label,
      handoffDescription,
    })),
    suggestions: [...(desk.suggestions ?? [])],
  };
}
