import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  attempts,
  businessHours,
  checkDesk,
  findingCodes,
  identityVerified,
  lintDesk,
  slotsFilled,
  type FindingCode,
} from './index.ts';
import {
  agent,
  desk,
  named,
  pair,
  queue,
  verifier,
  type UnsoundDesk,
} from './testing/small-desks.ts';
import { unsoundDesks } from './testing/unsound-desks.ts';
import { unsoundEdges } from './testing/unsound-edges.ts';
import { unsoundTools } from './testing/unsound-tools.ts';

const unsound = { ...unsoundDesks, ...unsoundEdges, ...unsoundTools };
/** Found where graphs of the Agents SDK are read, and shown there. */
const ofGraphs: readonly FindingCode[] = ['description_poor', 'voices_differ', 'not_honoured'];

describe('lintDesk', () => {
  it.each(
    Object.entries<readonly UnsoundDesk[]>(unsound).flatMap(([code, list]) =>
      list.map((one) => [code, ...one] as const),
    ),
  )('finds %s: %s', (code, _title, broken, place, message) => {
    const found = lintDesk(broken).filter((one) => one.code === code || one.severity === 'error');
    expect(found[0]).toMatchObject({ code, place });
    expect(found[0]!.message).toMatch(message);
    expect(found[0]!.mend).toMatch(/^[A-Z].*[^.]$/s);
    expect([...new Set(found.map((one) => one.code))]).toEqual([code]);
  });

  it('has an unsound desk for every finding', () => {
    expect([...Object.keys(unsound), ...ofGraphs].toSorted()).toEqual(
      Object.keys(findingCodes).toSorted(),
    );
  });

  it('takes a desk that uses everything there is', () => {
    const sound = desk(
      {
        triage: agent({
          handoffDescription: 'Opening hours and all the rest.',
          handoffs: [
            {
              to: 'billing',
              packet: z.object({ reason: z.string(), amount: z.number().nullable() }),
              context: { lastTurns: 3 },
              gates: [slotsFilled('reason'), attempts({ max: 2 }), identityVerified()],
            },
            { to: 'Loud Sales', toolName: 'transfer_to_Loud_Sales' },
            'team',
          ],
          canEndCall: true,
          tools: [verifier()],
        }),
        billing: agent({
          handoffs: ['triage'],
          tools: [named('find', z.object({ id: z.string() }))],
          consults: [{ agent: 'triage', description: 'Opening hours.', answer: () => 'nine' }],
        }),
        'Loud Sales': agent({
          handoffDescription: 'New offers.',
          canReturn: true,
          instructions: () => '',
          tools: [named('find', z.object({ id: z.string() }))],
        }),
      },
      {
        people: { team: queue({ hours: { week: { mon: [{ from: '09:00', to: '17:00' }] } } }) },
        gates: [businessHours({ week: { mon: [{ from: '09:00', to: '17:00' }] } })],
        limits: { maxHops: 1, edgeCooldownMs: 0 },
        turnDetection: { threshold: 0 },
      },
    );
    expect(lintDesk(sound)).toEqual([]);
  });

  it('finds again what was wrong with a desk before it was one', () => {
    const problem = { code: 'not_honoured', place: 'x', message: 'm', mend: 'M' } as const;
    const severe = { severity: 'error', ...problem } as const;
    expect(lintDesk(desk({ triage: agent() }, { problems: [severe] }))).toEqual([severe]);
  });
});

describe('checkDesk', () => {
  it('has a line for each error, with its place and how to mend it', () => {
    const broken = desk({ triage: agent({ handoffs: ['sales'] }) }, { greeting: '' });
    expect(checkDesk(broken)).toEqual([
      'greeting: the greeting is empty. Say who answers and what a caller can ask for',
      'agents.triage.handoffs[0]: leads to "sales", which does not exist. Correct the name, or define "sales"',
    ]);
  });

  it('lets a desk with warnings be used', () => {
    const warned = pair({}, { handoffs: [] });
    expect(lintDesk(warned).map(({ code }) => code)).toEqual(['no_way_back']);
    expect(findingCodes.no_way_back.severity).toBe('warning');
    expect(checkDesk(warned)).toEqual([]);
  });
});
