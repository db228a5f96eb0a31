import { call, dialogue, digits, type CaseSet } from '../case.ts';
import { estateAgent } from './estate-agent.desk.ts';
import { utterances } from './estate-agent.utterances.ts';

/** The estate agent. */
export const estateAgentPractice: CaseSet = {
  desk: estateAgent,
  utterances,
  dialogues: [
    dialogue({
      name: 'looks for a home and goes to see it',
      opening: "hello we're looking to buy a house round here",
      facts: [
        [/shall i arrange/i, 'yes please'],
        [/name/i, 'priya shah'],
        [
          /phone|number to|your number|telephone/i,
          'oh seven seven double oh nine hundred three three three',
        ],
        [/bedroom/i, 'we need three'],
        [/spend|price|budget|pay|pounds do|much/i, 'three hundred and fifty thousand at most'],
        [/area|part of town/i, "we don't mind"],
        [/what time/i, 'at two in the afternoon'],
        [/(?:which|what) day|when/i, 'on friday'],
        [
          /see (?:it|one)|viewing|which one|would you like/i,
          'could we have a look at the one on beacon road',
        ],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('book_viewing', {
            ...{
              home_id: 'H102',
              date: '2026-11-27',
              time: '14:00',
              name: 'Priya Shah',
              phone: digits('07700900333'),
            },
          }),
        ],
      },
      more: ['could we have a look at the one on beacon road'],
    }),
    dialogue({
      name: 'has a leak',
      opening: "hi i'm a tenant of yours and there's water dripping out of the boiler",
      facts: [
        [/address|where/i, 'eight salter lane'],
        [/phone|number|reach/i, 'oh seven seven double oh nine hundred four four four'],
        [/kind|affected|heating, /i, 'water i suppose'],
        [/problem|wrong/i, "there's water dripping out of the boiler"],
      ],
      final: {
        writes: [
          call('report_repair', {
            ...{
              kind: /water|heating/,
              address: /(?:eight|8) salter lane/i,
              phone: digits('07700900444'),
            },
          }),
        ],
      },
    }),
    dialogue({
      name: 'wants the house valued',
      opening: "i'm thinking of selling and i'd like someone to value my house",
      facts: [
        [/shall i send/i, 'yes'],
        [/name/i, 'george hall'],
        [/phone|number/i, 'oh one three two six four nine six double oh two'],
        [/post ?code/i, "it's t r eleven three q b"],
        [/kind of|flat, house/i, 'a house'],
        [/morning|part of/i, 'in the afternoon'],
        [/day|when/i, 'next monday'],
      ],
      maxTurns: 14,
      final: {
        writes: [
          call('book_valuation', {
            ...{
              kind: 'house',
              postcode: /^TR11 ?3QB$/,
              date: '2026-11-30',
              part_of_day: 'afternoon',
            },
            ...{ name: 'George Hall', phone: digits('01326496002') },
          }),
        ],
      },
    }),
    dialogue({
      name: 'asks after a repair, then about the deposit',
      level: 'easy',
      opening: "i'd like to know what's happening with my repair",
      facts: [[/repair number|number|reference/i, 'r p four zero two double three']],
      more: ['and how much is the deposit again'],
      final: {
        reads: [call('repair_status', { repair: 'RP-40233' })],
        said: [/part|26/, /five weeks/i],
      },
    }),
    dialogue({
      name: 'insists on a person',
      level: 'easy',
      opening: 'i need to speak to the manager now please',
      facts: [],
      final: { over: 'person' },
    }),
    dialogue({
      name: 'asks the fee, then wants to rent, then changes the budget',
      level: 'hard',
      opening: 'quick question what is your fee for selling a house',
      facts: [
        [/bedroom/i, 'two'],
        [/rent|pay|month|much/i, 'nine hundred no make that a thousand'],
      ],
      more: ["okay and separately my son's looking for somewhere to rent"],
      final: {
        said: [/1\.2|one point two/i, /8 salter lane/i],
        reads: [call('search_rentals', { bedrooms: 2, max_rent: 1000 })],
      },
    }),
  ],
};
