import type { CannedAgent, TestDesk } from '../../../src/engine/mind/cases/test-desk.ts';
import type { BenchDesk } from '../case.ts';
import { object, text } from '../desks/schema.ts';

const name = {
  type: 'string',
  minLength: 2,
  maxLength: 80,
  description: 'Full name of the caller',
};
const phone = {
  type: 'string',
  pattern: '^\\+?[\\d ]{7,16}$',
  description: 'Mobile or landline number of the caller',
};
const date = (what: string) => ({
  type: 'string',
  format: 'date',
  description: `${what}, as YYYY-MM-DD`,
});
const homeId = {
  type: 'string',
  pattern: '^H\\d{3}$',
  description: 'Id of the home, as search_homes returns it',
};

const homes = [
  { home_id: 'H101', address: '4 Quay Street', area: 'harbour', bedrooms: 2, price: 285000 },
  { home_id: 'H102', address: '19 Beacon Road', area: 'hillside', bedrooms: 3, price: 340000 },
  { home_id: 'H103', address: '7 Church Row', area: 'old_town', bedrooms: 3, price: 410000 },
  { home_id: 'H104', address: '52 Beacon Road', area: 'hillside', bedrooms: 4, price: 495000 },
  { home_id: 'H105', address: '11 Cable Wharf', area: 'harbour', bedrooms: 3, price: 365000 },
] as const;
const rentals = [
  { rental_id: 'L201', address: 'Flat 2, 30 Mill Street', bedrooms: 1, rent_per_month: 725 },
  { rental_id: 'L202', address: '8 Salter Lane', bedrooms: 2, rent_per_month: 950 },
  { rental_id: 'L203', address: '15 Salter Lane', bedrooms: 3, rent_per_month: 1250 },
] as const;
const homeOf = (id: unknown) => homes.find(({ home_id: known }) => known === id);

const rules = `- A caller who is done, or wants something else, goes back to reception.
- Never promise a price, a date or a repair that no tool has confirmed.`;

const reception: CannedAgent = {
  handoffDescription:
    'Reception, for everything that is neither sales nor lettings, and to say goodbye.',
  instructions: `You answer the phone of Harbour and Lane, estate agents in a small town by the sea.

Who does what:
- Sales: people who want to buy or sell a home, viewings of homes for sale, valuations and offers.
- Lettings: people who rent from us or want to rent, and landlords. Repairs in a rented home too.
- A caller who insists on a person is put through to the branch manager.

Good to know:
- The office is at 2 Market Square, above the bakery. It is open Monday to Saturday from 9 to 5.30.
- A valuation is free of charge.
- Our fee for selling is 1.2 per cent of the price, plus VAT.
- Keys are picked up at the office, with proof of identity.

If it is not clear what the caller wants, ask. When there is nothing more to do, say goodbye and end the call.`,
  tools: [],
  handoffs: ['sales', 'lettings', 'branch_manager'],
  canEndCall: true,
};

const sales: CannedAgent = {
  handoffDescription: 'Sales, for buying or selling a home: viewings, valuations and offers.',
  instructions: `You are the sales assistant of Harbour and Lane.

- Buyers: find out how many bedrooms they need and what they can spend, then search. Tell them the address and the price of what you find.
- Viewings take place Monday to Saturday between 9.00 and 17.00. Ask for a day, a time, a name and a phone number.
- Sellers: offer a valuation at their home. It takes about half an hour.
- An offer needs the home, the amount and the name. Buyers must have seen the home first.
- Renting and repairs are for lettings.
${rules}`,
  handoffs: ['reception', 'lettings', 'branch_manager'],
  tools: [
    {
      name: 'search_homes',
      description: 'Search the homes that are for sale.',
      parameters: object(
        {
          bedrooms: {
            type: 'integer',
            minimum: 1,
            maximum: 10,
            description: 'Least number of bedrooms',
          },
          max_price: {
            type: 'number',
            minimum: 0,
            description: 'The most the buyer wants to pay, in pounds',
          },
          area: {
            anyOf: [
              { type: 'string', enum: ['harbour', 'old_town', 'hillside', 'any'] },
              { type: 'null' },
            ],
            description: 'Part of town, if the buyer has named one',
          },
        },
        ['bedrooms', 'max_price'],
      ),
      run: ({ bedrooms, max_price: most, area }) => {
        const found = homes.filter(
          (home) =>
            home.bedrooms >= Number(bedrooms) &&
            home.price <= Number(most) &&
            (area === undefined || area === null || area === 'any' || home.area === area),
        );
        return found.length > 0
          ? { homes: found }
          : { error: 'There is no such home for sale at the moment.' };
      },
    },
    {
      name: 'book_viewing',
      description: 'Arrange a viewing of a home that is for sale.',
      parameters: object({
        home_id: homeId,
        date: date('Day of the viewing'),
        time: {
          type: 'string',
          pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
          description: 'Time of the viewing, HH:MM on the 24 hour clock',
        },
        name,
        phone,
      }),
      confirm: ({ home_id: id, date: on, time: at, name: whose }) => {
        const home = homeOf(id);
        if (!home) return { error: 'That home is not for sale with us.' };
        if (new Date(`${text(on)}T12:00:00Z`).getUTCDay() === 0)
          return { error: 'There are no viewings on Sundays.' };
        return `Shall I arrange a viewing of ${home.address} on ${text(on)} at ${text(at)} for ${text(whose)}?`;
      },
      run: ({ home_id: id, date: on, time: at }) => ({
        viewing: 'V3307',
        address: homeOf(id)?.address,
        date: on,
        time: at,
      }),
    },
    {
      name: 'book_valuation',
      description: 'Arrange for somebody to come and value a home that the caller wants to sell.',
      parameters: object({
        postcode: {
          type: 'string',
          pattern: '^[A-Z]{1,2}\\d{1,2} ?\\d[A-Z]{2}$',
          description: 'Postcode of the home, such as TR12 6QB',
        },
        kind: {
          type: 'string',
          enum: ['flat', 'house', 'bungalow'],
          description: 'What kind of home it is',
        },
        date: date('Day of the visit'),
        part_of_day: {
          type: 'string',
          enum: ['morning', 'afternoon'],
          description: 'Part of the day',
        },
        name,
        phone,
      }),
      confirm: ({ postcode, date: on, part_of_day: part }) =>
        `Shall I send somebody to ${text(postcode)} on ${text(on)} in the ${text(part)}?`,
      run: ({ date: on, part_of_day: part }) => ({
        valuation: 'W118',
        date: on,
        part_of_day: part,
      }),
    },
    {
      name: 'make_offer',
      description: 'Put an offer for a home to its seller.',
      parameters: object({
        home_id: homeId,
        amount: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'What the buyer offers, in pounds',
        },
        name,
      }),
      confirm: ({ home_id: id, amount, name: whose }) => {
        const home = homeOf(id);
        return home
          ? `Shall I put an offer of ${Number(amount).toLocaleString('en-GB')} pounds for ${home.address} from ${text(whose)} to the seller?`
          : { error: 'That home is not for sale with us.' };
      },
      run: ({ home_id: id, amount }) => ({ offer: 'sent to the seller', home_id: id, amount }),
    },
  ],
};

const lettings: CannedAgent = {
  handoffDescription:
    'Lettings, for tenants, landlords, homes to rent, and repairs in a rented home.',
  instructions: `You are the lettings assistant of Harbour and Lane.

- Tenants: take reports of repairs. Find out what is wrong, the address, and a phone number. It is urgent when there is water running, no heating, no power, or a door that does not lock.
- An engineer calls within two hours if it is urgent, and within two working days otherwise.
- A smell of gas is for the gas emergency line, 0800 111 999. Never take it as a repair.
- The rent is due on the first of the month. The deposit is five weeks' rent.
- Buying, selling and valuations are for sales.
${rules}`,
  handoffs: ['reception', 'sales', 'branch_manager'],
  tools: [
    {
      name: 'report_repair',
      description: 'Report something that is broken in a home rented from us.',
      parameters: object({
        kind: {
          type: 'string',
          enum: ['heating', 'water', 'electrics', 'doors_and_locks', 'appliance', 'other'],
          description: 'What is affected',
        },
        problem: {
          type: 'string',
          minLength: 3,
          maxLength: 400,
          description: 'What is wrong, in the words of the tenant',
        },
        address: {
          type: 'string',
          minLength: 5,
          description: 'Address of the rented home: number and street',
        },
        phone,
      }),
      run: ({ kind }) => ({
        repair: 'RP-40918',
        kind,
        engineer:
          kind === 'other' || kind === 'appliance' ? 'within two working days' : 'within two hours',
      }),
    },
    {
      name: 'repair_status',
      description: 'Say how far a repair is that was reported before.',
      parameters: object({
        repair: {
          type: 'string',
          pattern: '^RP-\\d{5}$',
          description: 'The repair number: RP, a dash and five digits, such as RP-31277',
        },
      }),
      run: ({ repair }) =>
        repair === 'RP-40233'
          ? { repair, status: 'waiting for a part', engineer_visits: '2026-11-26' }
          : { error: `There is no repair with the number ${text(repair)}.` },
    },
    {
      name: 'search_rentals',
      description: 'Search the homes that are to let.',
      parameters: object({
        bedrooms: {
          type: 'integer',
          minimum: 1,
          maximum: 6,
          description: 'Least number of bedrooms',
        },
        max_rent: {
          type: 'number',
          minimum: 0,
          description: 'The most the tenant can pay a month, in pounds',
        },
      }),
      run: ({ bedrooms, max_rent: most }) => {
        const found = rentals.filter(
          (one) => one.bedrooms >= Number(bedrooms) && one.rent_per_month <= Number(most),
        );
        return found.length > 0
          ? { rentals: found }
          : { error: 'There is nothing like that to let just now.' };
      },
    },
  ],
};

const desk: TestDesk = {
  firstAgent: 'reception',
  greeting: 'Harbour and Lane, good morning. How can I help?',
  agents: { reception, sales, lettings },
  people: {
    branch_manager: {
      label: 'The branch manager',
      handoffDescription:
        'The branch manager in person, for callers who insist on a human being or have a complaint.',
      refusal: null,
    },
  },
};

/** An estate agent: money, bedrooms, postcodes, addresses, offers. */
export const estateAgent: BenchDesk = {
  name: 'estate agent',
  timeZone: 'Europe/London',
  time: '10:05',
  writes: [
    'book_viewing',
    'book_valuation',
    'make_offer',
    'report_repair',
    'request_callback',
    'leave_message',
  ],
  open: () => desk,
};
