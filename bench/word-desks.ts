import { z } from 'zod';
import { desk } from '../desks/front-desk/desk.ts';
import { edgesOf, runtimeToolsOf } from '../src/desk/index.ts';
import type { RecognizerContext } from '../src/engine/ears/index.ts';
import { object, text } from '../src/engine/mind/cases/schema.ts';

/** A business as a session holds it, and what its callers say. */
export interface SpokenDesk {
  readonly agents: Readonly<Record<string, RecognizerContext>>;
  readonly sentences: readonly (readonly [agent: string, text: string])[];
}

const today = 'Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.\n';

/** What the agents of the shipped desk hold in a session: the words of the desk itself. */
export const frontDesk: SpokenDesk['agents'] = Object.fromEntries(
  Object.entries(desk.agents).map(([name, agent]) => [
    name,
    {
      instructions: `${typeof agent.instructions === 'string' ? agent.instructions : ''}\n\n${today}`,
      tools: [
        ...[...(agent.tools ?? []), ...runtimeToolsOf(desk, name)].map((tool) => ({
          name: tool.name,
          description: tool.description,
          parameters: tool.parameters,
        })),
        ...edgesOf(desk, name).map(({ toolName, description, packet }) => ({
          name: toolName,
          description,
          parameters: z.toJSONSchema(packet),
        })),
      ],
    },
  ]),
);

/** A garage with one agent, to show that nothing is made for the front desk. */
export const garage: SpokenDesk = {
  agents: {
    workshop: {
      instructions:
        'You answer the telephone of a car repair garage. Callers bring cars in for an oil change, ' +
        'new tyres or tires, brakes, a battery, an inspection or a warning light. Ask for the license ' +
        'plate and the make of the car. Offer a time to drop off the car. Tell callers whether their ' +
        'car is ready to collect and what the repair costs. Towing is free within the city.\n' +
        today,
      tools: [
        {
          name: 'check_repair',
          description: 'Tells whether a repair is finished and what it costs.',
          parameters: object({ license_plate: text('License plate of the car.') }),
        },
        {
          name: 'book_service',
          description: 'Books a service for a car.',
          parameters: object({
            service: {
              type: 'string',
              enum: ['oil_change', 'tires', 'brakes', 'battery', 'inspection'],
            },
            date: text('Day to drop off the car.'),
          }),
        },
        {
          name: 'order_tow_truck',
          description: 'Sends a tow truck to a broken down car.',
          parameters: object({ address: text('Street and house number.') }),
        },
      ],
    },
  },
  sentences: [
    ['workshop', 'hello is my car ready'],
    ['workshop', 'i need an oil change for my car'],
    ['workshop', 'can i drop off the car on tuesday'],
    ['workshop', 'my brakes are making a strange noise'],
    ['workshop', 'how much is the repair'],
    ['workshop', 'i would like to book an inspection for next monday'],
    ['workshop', 'can you send a tow truck please'],
    ['workshop', 'the battery is dead'],
    ['workshop', 'do you have new tires'],
    ['workshop', 'when can i collect it'],
    ['workshop', "nine o'clock is fine"],
    ['workshop', 'my name is robert wilson'],
    ['workshop', 'the warning light is on'],
    ['workshop', 'no sorry i meant wednesday'],
    ['workshop', 'thank you very much goodbye'],
  ],
};

/** What people say that no desk foresees. */
export const offDomain: readonly string[] = [
  'what is the weather like today',
  'my daughter broke her arm at school',
  'i left my umbrella in the waiting room',
  'the music on your line is too loud',
  'is there a parking lot near the building',
  'do you know a good restaurant around here',
  'i am calling from a train so it is noisy',
  'the elevator does not work',
  'my husband will come with me',
  'we moved to a new house last summer',
  'i would prefer to write a letter',
  'does the bus stop in front of your office',
  'please close the window it is cold',
  'my phone has almost no battery left',
  'i have been waiting for twenty minutes',
];
