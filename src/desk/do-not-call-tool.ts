import { z } from 'zod';
import { deskTool, type DeskTool } from './tool.ts';

/**
 * The tool `do_not_call_again{}`, for agents of a desk that calls people: puts the number of this call on
 * the list of those that are never dialled, whoever asks for it.
 */
export function doNotCallTool(): DeskTool {
  return deskTool({
    name: 'do_not_call_again',
    description:
      'Note that the caller does not want to be called by us any more. Only when they ask for that.',
    examples: [
      'do not call me again',
      'please stop calling me',
      'take my number off your list',
      'never call this number again',
    ],
    parameters: z.object({}),
    async execute(_input, call) {
      const { listed } = await call.doNotCall('asked for in a call');
      return listed
        ? { noted: 'we will not call this number again' }
        : { error: 'I cannot see the number you are calling from, so I cannot take it off.' };
    },
  });
}
