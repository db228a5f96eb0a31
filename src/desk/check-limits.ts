import type { Desk } from './definition.ts';
import { edgesOf } from './edges.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import { defaultLimits } from './limits.ts';
import { policyOf } from './tool.ts';

const dayMs = 86_400_000;
/** Here nothing is a choice: no pause, or a phrase at once. */
const mayBeZero = new Set(['edgeCooldownMs', 'fillerAfterMs']);

interface Bounded {
  readonly place: string;
  readonly value: unknown;
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/** Numbers that bound something and cannot be what they are, wherever a desk has them. */
export function checkLimits(desk: Desk): readonly Finding[] {
  const unknown = Object.keys(desk.limits ?? {}).filter((name) => !(name in defaultLimits));
  return [
    ...unknown.map((name) =>
      finding('limit_out_of_range', placeOf('limits', name), {
        message: `there is no limit "${name}"`,
        mend: `Use one of ${Object.keys(defaultLimits).join(', ')}`,
      }),
    ),
    ...[...deskNumbers(desk), ...agentNumbers(desk)].flatMap(outOfRange),
  ];
}

function deskNumbers(desk: Desk): readonly Bounded[] {
  const limits = Object.entries(desk.limits ?? {}).filter(([name]) => name in defaultLimits);
  const { threshold, prefixMs, silenceMs } = desk.turnDetection ?? {};
  return [
    ...limits.map(([name, value]) => ({
      place: placeOf('limits', name),
      value,
      least: mayBeZero.has(name) ? 0 : 1,
      ...(name.endsWith('Ms') ? { most: dayMs } : { most: 1_000_000, whole: true }),
    })),
    { place: 'turnDetection.threshold', value: threshold, least: 0, most: 1 },
    { place: 'turnDetection.prefixMs', value: prefixMs, least: 0, most: 10_000 },
    { place: 'turnDetection.silenceMs', value: silenceMs, least: 1, most: 10_000 },
    ...Object.entries(desk.people ?? {}).map(([name, { acceptWithinMs }]) => ({
      place: placeOf('people', name, 'acceptWithinMs'),
      value: acceptWithinMs,
      least: 1,
      most: dayMs,
    })),
  ];
}

function agentNumbers(desk: Desk): readonly Bounded[] {
  return Object.entries(desk.agents).flatMap(([name, { tools = [], consults = [] }]) => [
    ...tools.map((tool, at) => ({
      place: `${placeOf('agents', name, 'tools', at)}.timeoutMs`,
      value: policyOf(tool).timeoutMs,
      least: 1,
      most: dayMs,
    })),
    ...consults.map(({ timeoutMs }, at) => ({
      place: `${placeOf('agents', name, 'consults', at)}.timeoutMs`,
      value: timeoutMs,
      least: 1,
      most: dayMs,
    })),
    ...edgesOf(desk, name).map(({ context }, at) => ({
      place: `${placeOf('agents', name, 'handoffs', at)}.context.lastTurns`,
      value: typeof context === 'object' ? context.lastTurns : undefined,
      least: 1,
      most: 1_000,
      whole: true,
    })),
  ]);
}

function outOfRange({ place, value, least, most, whole = false }: Bounded): readonly Finding[] {
  if (value === undefined) return [];
  const fits = typeof value === 'number' && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return [];
  return [
    finding('limit_out_of_range', place, {
      message: `${typeof value === 'number' ? value : typeof value} is out of range`,
      mend: `Use a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
    }),
  ];
}
