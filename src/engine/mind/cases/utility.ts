import { object } from './schema.ts';
import type { TestDesk } from './simulate.ts';

/** A supplier of energy: other words for who the caller is, tools without parameters, packets. */

const meterId = {
  type: 'string',
  pattern: '^M\\d{5}$',
  description: 'The meter number: the letter M and five digits',
};
const shared = `
- Power cuts go to outages, readings and balances to accounts.
- A caller who wants a human gets a support agent.`;

export const utility: TestDesk = {
  firstAgent: 'welcome',
  greeting: 'Brightwell Energy, good day. What is it about?',
  agents: {
    welcome: {
      handoffDescription: 'Hand the caller to the switchboard, for everything else.',
      instructions: `You answer the phone of Brightwell Energy.${shared}`,
      tools: [],
      handoffs: ['accounts', 'outages', 'support'],
      canEndCall: true,
    },
    accounts: {
      handoffDescription: 'Hand the caller to accounts, for balances, tariffs and meter readings.',
      instructions: `You look after customers' accounts.${shared}`,
      handoffs: ['welcome', 'outages', 'support'],
      canReturn: true,
      packet: { meter_id: { anyOf: [meterId, { type: 'null' }] } },
      tools: [
        {
          name: 'identify_customer',
          description: 'Find out which customer is on the line.',
          parameters: object({
            birthday: { type: 'string', description: "The caller's birthday, YYYY-MM-DD" },
            surname: { type: 'string', minLength: 1, description: "The caller's surname" },
          }),
          verifies: true,
          run: ({ surname, birthday }, { claim }) =>
            claim(surname === 'Okafor' && birthday === '1975-11-30' ? 'Ada Okafor' : undefined),
        },
        {
          name: 'check_balance',
          description: 'Tell what a customer owes on the account and when it is due.',
          parameters: object({}),
          verified: true,
          run: () => ({ balance: 84.2, currency: 'GBP', due_date: '2026-12-15' }),
        },
        {
          name: 'submit_reading',
          description: 'Put down the reading of a meter.',
          parameters: object({
            meter_id: meterId,
            reading: { type: 'integer', minimum: 0, maximum: 99999, description: 'The reading' },
          }),
          verified: true,
          confirm: ({ meter_id: meter, reading }) =>
            `Shall I put down ${String(reading)} for meter ${String(meter)}?`,
          run: ({ reading }) => ({ reading, recorded: true }),
        },
      ],
    },
    outages: {
      handoffDescription: 'Hand the caller to outages, for power cuts.',
      instructions: `You help when the light goes out.${shared}`,
      handoffs: ['welcome', 'accounts', 'support'],
      canReturn: true,
      tools: [
        {
          name: 'report_outage',
          description: 'Report a power cut in an area.',
          parameters: object({
            area_code: {
              type: 'string',
              pattern: '^[A-Z]{2}\\d{2}$',
              description: 'The area code, two letters and two digits',
            },
          }),
          run: ({ area_code: area }) => ({ area_code: area, status: 'reported' }),
        },
      ],
    },
  },
  people: {
    support: {
      label: 'Support',
      handoffDescription: 'Connect the caller to a support agent, a human being.',
      refusal: null,
    },
  },
};
