import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { placeCall, type PlacedCall } from '../src/cli/caller/index.ts';
import { readWav, levelDbfs } from '../src/audio/index.ts';
import {
  callerAnswers,
  callerRepeats,
  callerSays,
  eventsOf,
  handoffsOf,
  identityAnswers,
  patients,
  spoken,
  trailFaults,
  transcriptOf,
} from './support/callers.ts';
import { lineForTests, openData } from './support/line.ts';

const line = lineForTests();

/** Asks for a day that is never today: on a Thursday "Thursday" could mean either. */
const today = new Intl.DateTimeFormat('en-US', {
  weekday: 'long',
  timeZone: 'America/New_York',
}).format(new Date());
const askForDay = today === 'Thursday' ? 'book-appointment' : 'thanks-then-appointment';

const toolsOf = (call: PlacedCall): readonly string[] =>
  eventsOf(call.events, 'tool.called').map(({ tool }) => tool);

/** What the calls booked; looked up in the database once the line has stopped. */
const bookings: { readonly reference: string; readonly name: string; readonly callId: string }[] =
  [];

async function callAndBook(voice: keyof typeof patients): Promise<void> {
  const call = await placeCall({
    url: line.url,
    record: true,
    turns: callerAnswers(voice, {
      answers: [
        [/shall i/i, 'yes-please'],
        ...identityAnswers(voice),
        [/which day|what day/i, today === 'Thursday' ? 'tomorrow-please' : askForDay],
        // The second caller finds the first one's time taken and takes another.
        [/which|suit|what time/i, voice === 'awb' ? 'ten-thirty-please' : 'second-one'],
      ],
      then: [askForDay],
    }),
  });
  const script = transcriptOf(call);
  expect(trailFaults(call.events), script).toEqual([]);
  expect(handoffsOf(call), script).toEqual([
    'triage>billing',
    'billing>scheduling',
    'scheduling>triage',
  ]);
  expect(call.reason, script).toBe('agent_ended');

  const returned = eventsOf(call.events, 'tool.returned');
  const lookup = returned.findLast(({ tool }) => tool === 'lookup_invoice');
  expect(lookup?.output, script).toContain(`INV-${patients[voice].invoice}`);
  expect(lookup?.ok).toBe(true);
  expect(toolsOf(call), script).toContain('list_slots');
  const [readBack, booked] = returned.filter(({ tool }) => tool === 'book_slot').slice(-2);
  expect(booked?.ok, script).toBe(true);
  const reference = /GB-\d{8}-\d{3}/.exec(booked?.output ?? '')?.[0];
  expect(reference, script).toBeDefined();
  // First names are hard on the ears ("Jane" may be heard as "Kate"): what was read back is booked.
  const name = /Shall I book .* for (.+)\?/.exec(readBack?.output ?? '')?.[1];
  expect(name, script).toBeDefined();
  bookings.push({ reference: String(reference), name: String(name), callId: call.callId });

  // Each agent opens once, with the caller's matter, and only the first one greets.
  const greetings = eventsOf(call.events, 'turn.agent').filter(({ text }) =>
    /\b(hello|welcome)\b/i.test(text),
  );
  expect(greetings, script).toHaveLength(1);

  const [caller, agent] = readWav(call.recording ?? new Uint8Array()).channels;
  expect(levelDbfs(caller ?? new Int16Array())).toBeGreaterThan(-50);
  expect(levelDbfs(agent ?? new Int16Array())).toBeGreaterThan(-50);
}

// Two at a time, in this order: whoever books second calls when the first has booked.
describe.concurrent('calls beside others', () => {
  test('by awb: from triage to billing to scheduling and back, and books', () =>
    callAndBook('awb'));

  test('a corrected day is listed again', async () => {
    const call = await placeCall({
      url: line.url,
      turns: await callerRepeats(
        'awb-book-appointment',
        'awb-next-monday-morning',
        'awb-meant-friday',
      ),
    });
    const script = transcriptOf(call);
    const days = eventsOf(call.events, 'tool.called')
      .filter(({ tool }) => tool === 'list_slots')
      .map((event) => (JSON.parse(event.arguments) as { date: string }).date) // the tool's own schema
      .map((date) => new Date(`${date}T12:00:00Z`).getUTCDay());
    expect(days, script).toEqual([1, 5]);
  });

  test('humming and silence are no words, and the caller is still understood afterwards', async () => {
    const call = await placeCall({
      url: line.url,
      patienceMs: 4000,
      turns: [
        { type: 'speak', samples: new Int16Array(3 * 24_000) },
        ...(await callerSays('hum', 'noise', 'kal16-invoice-question')),
      ],
    });
    const script = transcriptOf(call);
    expect(handoffsOf(call), script).toEqual(['triage>billing']);
    const beforeWords = eventsOf(call.events, 'turn.caller').slice(0, -1);
    expect(beforeWords.map(({ text }) => text).join(''), script).toBe('');
    expect(toolsOf(call), script).toEqual([]);
  });

  test('a caller who was sent to the wrong place is followed', async () => {
    const call = await placeCall({
      url: line.url,
      turns: await callerRepeats('kal16-refund-invoice', 'kal16-book-appointment'),
    });
    const script = transcriptOf(call);
    expect(handoffsOf(call), script).toEqual(['triage>billing', 'billing>scheduling']);
    expect(toolsOf(call), script).toEqual([]); // no number, no reference: nothing to look up yet
    expect(call.isClean).toBe(true);
  });

  test('by kal16: from triage to billing to scheduling and back, and books', () =>
    callAndBook('kal16'));
});

test('speaking over the agent silences it, and what was not heard is not on the trail', async () => {
  const call = await placeCall({
    url: line.url,
    turns: [
      await spoken('awb-invoice-question', { interruptAfterMs: 900 }),
      ...(await callerSays('awb-invoice-number')),
    ],
  });
  const script = transcriptOf(call);
  const [cut] = eventsOf(call.events, 'audio.interrupted');
  expect(cut, script).toBeDefined();
  const greeting = eventsOf(call.events, 'turn.agent')[0];
  expect(greeting?.interrupted, script).toBe(true);
  expect(greeting?.heardMs).toBeLessThan(2500);
  expect(greeting?.text, script).not.toContain('help you');
  expect(greeting?.text, script).toMatch(/^Hello/);
  expect(handoffsOf(call)[0], script).toBe('triage>billing');
  expect(trailFaults(call.events), script).toEqual([]);
});

test('a hum does not silence the agent, and after a word of patience it goes on', async () => {
  const hummed = await placeCall({
    url: line.url,
    turns: [await spoken('turns/awb-mm-hm', { interruptAfterMs: 700 })],
  });
  const [whole] = eventsOf(hummed.events, 'turn.agent');
  expect(whole, transcriptOf(hummed)).toMatchObject({ interrupted: false });
  expect(whole?.text).toContain('How can I help you?');

  const call = await placeCall({
    url: line.url,
    turns: [
      await spoken('turns/awb-okay', { interruptAfterMs: 700 }),
      ...(await callerSays('awb-book-appointment')),
    ],
  });
  const script = transcriptOf(call);
  const [cut, rest] = eventsOf(call.events, 'turn.agent');
  expect(cut?.interrupted, script).toBe(true);
  expect(cut?.text, script).not.toContain('help you');
  expect(rest, script).toMatchObject({ interrupted: false });
  expect(rest?.text, script).toMatch(/Bridge Dental\. How can I help you\?$/);
  expect(handoffsOf(call), script).toEqual(['triage>scheduling']);
  expect(trailFaults(call.events), script).toEqual([]);
});

test('two calls at once never mix', async () => {
  const [first, second] = await Promise.all(
    (['awb', 'kal16'] as const).map((voice) => {
      const turns = callerAnswers(voice, { answers: identityAnswers(voice) });
      return placeCall({ url: line.url, turns });
    }),
  );
  for (const [call, own, other] of [
    [first, '1042', '1057'],
    [second, '1057', '1042'],
  ] as const) {
    if (!call) throw new Error('a call is missing');
    const script = transcriptOf(call);
    expect(trailFaults(call.events), script).toEqual([]);
    expect(call.reason, script).toBe('agent_ended');
    expect(script).toContain(`INV-${own}`);
    expect(script).not.toContain(other);
  }
});

test('the numbers on /metrics are those of the calls', async () => {
  const metrics = await (await fetch(`${line.url}/metrics`)).text();
  const counted =
    /switchboard_handoffs_total\{[^}]*from="triage"[^}]*to="billing"[^}]*\} (\d+)/.exec(metrics);
  expect(Number(counted?.[1])).toBeGreaterThanOrEqual(7);
});

test('what the calls booked is in the database once the line has stopped', async () => {
  await line.stop();
  await using store = await openData(line.dataDir);
  const { rows } = await store.database.execute(
    sql`select reference, name, slot_id from front_desk.bookings order by reference`,
  );
  expect(bookings).toHaveLength(2);
  for (const { reference, name, callId } of bookings) {
    const row = rows.find((candidate) => candidate['reference'] === reference);
    expect(row?.['name']).toBe(name);
    const trail = await store.trail.read(callId);
    expect(trailFaults(trail)).toEqual([]);
  }
  expect(new Set(rows.map((row) => row['slot_id'])).size).toBe(rows.length);
});
