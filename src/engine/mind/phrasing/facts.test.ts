import { describe, expect, it } from 'vitest';
import { readOutcome } from '../outcome.ts';
import { factsSentence, listSentence } from './facts.ts';

const place = { today: { year: 2026, month: 11, day: 23 }, timeZone: 'Europe/London' };
const facts = (value: object): string => {
  const outcome = readOutcome(JSON.stringify(value));
  return outcome.kind === 'facts' ? factsSentence(outcome.facts, place) : outcome.kind;
};
const list = (value: object): string => {
  const outcome = readOutcome(JSON.stringify(value));
  return outcome.kind === 'list' ? listSentence(outcome, place) : outcome.kind;
};

describe('results read back', () => {
  it('names the thing, then its facts, with money and days as people say them', () => {
    expect(
      facts({
        order_id: 'AB-77',
        amount_cents: 12050,
        currency: 'USD',
        due_date: '2026-12-01',
        status: 'not_paid',
      }),
    ).toBe(
      'Order AB-77: the amount is $120.50, it is due on Tuesday, December 1 and it is not paid.',
    );
  });

  it('says first what a thing is for', () => {
    expect(facts({ order_id: 'AB-77', description: 'two keys', total: '$8.00' })).toBe(
      'Order AB-77 is for two keys. The total is $8.00.',
    );
    expect(facts({ order_id: 'AB-77', description: 'two keys' })).toBe(
      'Order AB-77 is for two keys.',
    );
  });

  it('says yes-or-no facts and what was done as sentences', () => {
    expect(facts({ ready: true, message_sent: false, reminder: 'could not be sent' })).toBe(
      'It is ready, the message was not sent and the reminder could not be sent.',
    );
  });

  it('keeps to itself what is not for ears', () => {
    expect(
      facts({ id: '5f8c9a52-1111-4222-8333-abcdefabcdef', link: 'https://x.example/a', total: 5 }),
    ).toBe('The total is 5.00.');
  });

  it('lists offers by what sets them apart', () => {
    expect(
      list({
        visits: [
          { id: 'x', starts_at: '2026-11-26T09:00:00Z' },
          { id: 'y', starts_at: '2026-11-26T15:30:00Z' },
        ],
      }),
    ).toBe('I have 9:00 and 3:30 PM on Thursday, November 26.');
    expect(list({ date: '2026-11-26', visits: [] })).toBe(
      'I find no visits on Thursday, November 26.',
    );
    expect(
      list([
        { id: 1, town: 'Leeds', rooms: 3 },
        { id: 2, town: 'York', rooms: 2 },
      ]),
    ).toBe('I have Leeds, 3 rooms and York, 2 rooms.');
  });

  it('reads few of many', () => {
    const trips = ['Ayr', 'Bath', 'Cork', 'Deal', 'Ely'].map((town, id) => ({
      id,
      town,
      cost: 10 + id,
    }));
    expect(list(trips)).toBe('I have Ayr, 10.00; Bath, 11.00; Cork, 12.00 and two more.');
    expect(
      list(['09:00', '10:30', '13:00', '14:30', '16:00'].map((time, id) => ({ id, time }))),
    ).toBe('I have 9:00, 10:30, 1:00 PM, 2:30 PM and 4:00 PM.');
  });
});
