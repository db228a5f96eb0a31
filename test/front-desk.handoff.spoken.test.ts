import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { placeCall, type ListeningCaller, type PlacedCall } from '../src/cli/caller/index.ts';
import {
  callerAnswers,
  callerRepeats,
  eventsOf,
  handoffsOf,
  identityAnswers,
  trailFaults,
  transcriptOf,
} from './support/callers.ts';
import { lineForTests, openData, startLine, testFolder } from './support/line.ts';

/** What the agents said. */
const heardOf = ({ events }: PlacedCall): string =>
  eventsOf(events, 'turn.agent')
    .map(({ text }) => text)
    .join(' ');

/** What the tools of an agent returned, by the name of the tool, in order. */
const returnedBy = ({ events }: PlacedCall, tool: string): readonly Record<string, unknown>[] =>
  eventsOf(events, 'tool.returned')
    .filter((event) => event.tool === tool)
    .map(({ output }) => JSON.parse(output) as Record<string, unknown>); // tools answer with objects

// Two at a time, in this order: the third, who locks Jane Miller out, calls when she has been verified.
describe.concurrent('the line of the front desk', () => {
  const line = lineForTests();
  const call = async (turns: ListeningCaller): Promise<PlacedCall> => {
    const placed = await placeCall({ url: line.url, turns });
    expect(trailFaults(placed.events), transcriptOf(placed)).toEqual([]);
    return placed;
  };
  /** Jane Miller, who is asked for a date of birth as often as dates are given. */
  const janeBorn = (...born: readonly string[]): ListeningCaller =>
    callerAnswers('awb', {
      answers: [[/\bborn\b|birth/i, born], ...identityAnswers('awb').slice(1)],
    });

  test('verified billing: name and date of birth, and then the invoice is read', async () => {
    const placed = await call(janeBorn('born-fifth-of-march'));
    const script = transcriptOf(placed);
    expect(eventsOf(placed.events, 'caller.verified'), script).toMatchObject([
      { agent: 'billing', customerId: 'PT-1001' },
    ]);
    const lookups = returnedBy(placed, 'lookup_invoice');
    expect(lookups[0], script).toMatchObject({ needs: 'verify_caller' });
    expect(lookups.at(-1), script).toMatchObject({ invoice_id: 'INV-1042', amount: '$120.00' });
    expect(heardOf(placed), script).toContain('$120');
    expect(placed.reason, script).toBe('agent_ended');
  });

  test('a ping-pong caller hears why not, and is helped all the same', async () => {
    const placed = await call(
      await callerRepeats(
        'kal16-invoice-question',
        ...Array.from({ length: 3 }, () => [
          'awb-need-appointment',
          'awb-what-about-my-invoice',
        ]).flat(),
        'awb-need-appointment',
        'kal16-invoice-number-other',
        'kal16-name-robert-wilson',
        'kal16-born-october',
      ),
    );
    const script = transcriptOf(placed);
    const [refused] = eventsOf(placed.events, 'handoff.refused');
    expect(refused, script).toMatchObject({ from: 'billing', to: 'scheduling', code: 'ping_pong' });
    // Told by the agent who keeps the caller, before the caller says anything more.
    const after = placed.events.slice(refused?.seq);
    const answer = after.slice(
      0,
      after.findIndex(({ type }) => type === 'turn.caller'),
    );
    const told = eventsOf(answer, 'turn.agent');
    expect(told.map(({ text }) => text).join(' '), script).toContain(refused?.say);
    expect(
      told.every(({ agent }) => agent === 'billing'),
      script,
    ).toBe(true);
    expect(returnedBy(placed, 'lookup_invoice').at(-1), script).toMatchObject({
      invoice_id: 'INV-1057',
      status: 'paid',
    });
  });

  test('refused billing: three wrong dates of birth lock out, in the next call too', async () => {
    const wrong = ['born-fifth-of-may', 'born-ten-years-later', 'born-october'];
    const placed = await call(janeBorn(...wrong));
    const script = transcriptOf(placed);
    expect(
      eventsOf(placed.events, 'caller.not_verified').map(({ code }) => code),
      script,
    ).toEqual(['not_matched', 'not_matched', 'locked_out']);

    const next = await call(janeBorn('born-fifth-of-march'));
    const nextScript = transcriptOf(next);
    expect(eventsOf(next.events, 'caller.not_verified'), nextScript).toMatchObject([
      { code: 'locked_out' },
    ]);
    for (const one of [placed, next]) {
      expect(eventsOf(one.events, 'caller.verified')).toEqual([]);
      expect(heardOf(one), transcriptOf(one)).not.toMatch(/\$|cleaning|unpaid/);
      for (const output of returnedBy(one, 'lookup_invoice'))
        expect(output).toHaveProperty('error');
    }
  });

  test('"actually, go back" returns to the matter that was not finished', async () => {
    const placed = await call(
      await callerRepeats(
        'awb-invoice-question',
        'awb-need-appointment',
        'awb-go-back',
        'kal16-invoice-number-other',
        'kal16-name-robert-wilson',
        'kal16-born-october',
      ),
    );
    const script = transcriptOf(placed);
    expect(handoffsOf(placed), script).toEqual([
      'triage>billing',
      'billing>scheduling',
      'scheduling>billing',
    ]);
    const back = eventsOf(placed.events, 'handoff.requested').at(-1);
    expect(back, script).toMatchObject({ by: 'return', from: 'scheduling', to: 'billing' });
    const after = placed.events.slice(back?.seq);
    const opening = eventsOf(after, 'turn.agent').find(({ agent }) => agent === 'billing');
    expect(opening?.text, script).toMatch(/invoice number/i);
    expect(returnedBy(placed, 'lookup_invoice').at(-1), script).toMatchObject({
      invoice_id: 'INV-1057',
    });
  });
});

test('a request for a person out of hours ends in a callback that is stored', async () => {
  await using folder = await testFolder();
  const desksDir = join(import.meta.dirname, 'desks');
  let placed: PlacedCall;
  {
    await using line = await startLine({ ...folder, env: { SWITCHBOARD_DESKS_DIR: desksDir } });
    placed = await placeCall({
      url: line.url,
      turns: await callerRepeats(
        'kal16-speak-to-person',
        'kal16-call-me-back',
        'kal16-phone-number',
        'kal16-tomorrow-morning',
        'kal16-goodbye',
      ),
    });
  }
  const script = transcriptOf(placed);
  expect(trailFaults(placed.events), script).toEqual([]);
  expect(eventsOf(placed.events, 'person.declined'), script).toMatchObject([
    { queue: 'practice_team', code: 'out_of_hours' },
  ]);
  expect(eventsOf(placed.events, 'person.accepted'), script).toEqual([]);
  expect(heardOf(placed), script).toMatch(/back on \w+ at 9 in the morning/);
  expect(returnedBy(placed, 'request_callback'), script).toMatchObject([{ noted: 'callback' }]);

  await using store = await openData(folder.dataDir);
  const { rows } = await store.database.execute(
    sql`select kind, queue, phone, wanted_when, call_id from switchboard.notes`,
  );
  expect(rows, script).toMatchObject([
    {
      kind: 'callback',
      queue: 'practice_team',
      wanted_when: expect.stringContaining('tomorrow') as string,
      call_id: placed.events[0]?.callId,
    },
  ]);
  expect(String(rows[0]?.['phone']).replaceAll(/\D/g, '')).toBe('2125550142');
});
