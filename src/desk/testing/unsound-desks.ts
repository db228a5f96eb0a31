import { withPolicy, type FindingCode } from '../index.ts';
import {
  agent,
  desk,
  named,
  pair,
  queue,
  withTeam,
  withTools,
  type UnsoundDesk,
} from './small-desks.ts';

/** What can be wrong with a desk's itself, its agents and its people. */
export const unsoundDesks = {
  desk_name: [
    ['a name with a space', desk({ triage: agent() }, { name: 'My desk' }), 'name', /My/],
  ],
  time_zone_unknown: [
    ['a zone of nowhere', desk({ triage: agent() }, { timeZone: 'Mars/Base' }), 'timeZone', /Mars/],
  ],
  greeting_empty: [
    ['blanks for a greeting', desk({ triage: agent() }, { greeting: ' ' }), 'greeting', /empty/],
  ],
  first_agent_unknown: [
    [
      'a first agent who is nobody',
      desk({ triage: agent() }, { firstAgent: 'reception' }),
      'firstAgent',
      /"reception" does not exist/,
    ],
  ],
  limit_out_of_range: [
    [
      'no hop at all',
      desk({ triage: agent() }, { limits: { maxHops: 0 } }),
      'limits.maxHops',
      /^0 is out of range/,
    ],
    [
      'half a hop',
      desk({ triage: agent() }, { limits: { maxHops: 2.5 } }),
      'limits.maxHops',
      /2\.5/,
    ],
    [
      'a time longer than a timer lasts',
      desk({ triage: agent() }, { limits: { toolTimeoutMs: 2 ** 31 } }),
      'limits.toolTimeoutMs',
      /2147483648/,
    ],
    [
      'a limit with a slip of the pen',
      desk({ triage: agent() }, { limits: { maxHops: 3, ...{ maxHop: 3 } } }),
      'limits.maxHop',
      /no limit "maxHop"/,
    ],
    [
      'a threshold above what speech can reach',
      desk({ triage: agent() }, { turnDetection: { threshold: 55 } }),
      'turnDetection.threshold',
      /55/,
    ],
    ['no time to accept', withTeam({ acceptWithinMs: 0 }), 'people.team.acceptWithinMs', /^0/],
    [
      'no turns to go along',
      pair({ context: { lastTurns: 0 } }),
      'agents.triage.handoffs[0].context.lastTurns',
      /^0/,
    ],
    [
      'a tool without time',
      withTools(withPolicy(named('find'), { timeoutMs: -1 })),
      'agents.triage.tools[0].timeoutMs',
      /^-1/,
    ],
    [
      'a consult without time',
      desk({
        triage: agent({
          handoffs: ['billing'],
          consults: [{ agent: 'billing', description: 'Prices.', answer: () => 1, timeoutMs: 0 }],
        }),
        billing: agent({ handoffs: ['triage'] }),
      }),
      'agents.triage.consults[0].timeoutMs',
      /^0/,
    ],
  ],
  label_missing: [
    ['an agent', desk({ triage: agent({ label: ' ' }) }), 'agents.triage.label', /"triage"/],
    ['a queue', withTeam({ label: '' }), 'people.team.label', /"team"/],
  ],
  instructions_missing: [
    ['blanks', desk({ triage: agent({ instructions: '\n' }) }), 'agents.triage.instructions', /no/],
  ],
  prompt_too_long: [
    [
      'a prompt over the default budget',
      desk({ triage: agent({ instructions: 'word '.repeat(3_201) }) }),
      'agents.triage.instructions',
      /about 4002 tokens, the budget is 4000/,
    ],
    [
      'a prompt over the budget of the desk',
      desk({ triage: agent({ instructions: 'x'.repeat(44) }) }, { limits: { promptTokens: 10 } }),
      'agents.triage.instructions',
      /about 11 tokens, the budget is 10/,
    ],
  ],
  agent_unreachable: [
    [
      'an agent nobody leads to',
      desk({ triage: agent(), billing: agent({ handoffs: ['triage'] }) }),
      'agents.billing',
      /leads from "triage" to "billing"/,
    ],
  ],
  no_way_back: [
    [
      'an agent without handoffs',
      pair({}, { handoffs: [] }),
      'agents.billing',
      /from "billing" a caller gets nowhere/,
    ],
  ],
  name_taken_twice: [
    [
      'a queue with the name of an agent',
      desk({ triage: agent() }, { people: { triage: queue() } }),
      'people.triage',
      /agent is named "triage" too/,
    ],
  ],
  hours_never_open: [
    [
      'a queue with hours of no day',
      withTeam({ hours: { week: {} } }),
      'people.team.hours',
      /no minute, so that every handoff to it is refused/,
    ],
  ],
  phone_faulty: [
    [
      'people on an extension',
      withTeam({ phones: ['+442079460000', '117'] }),
      'people.team.phones',
      /"117" is no number with its country/,
    ],
  ],
  hours_faulty: [
    [
      'a queue with a 25th hour',
      withTeam({ hours: { week: { mon: [{ from: '09:00', to: '25:00' }] } } }),
      'people.team.hours',
      /"25:00" is no time of day/,
    ],
  ],
} as const satisfies Partial<Record<FindingCode, readonly UnsoundDesk[]>>;
