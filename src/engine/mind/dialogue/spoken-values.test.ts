import { describe, expect, it } from 'vitest';
import { spokenChoices } from '../cases/spoken-choices.ts';
import { spokenCodes } from '../cases/spoken-codes.ts';
import { spokenTimes } from '../cases/spoken-times.ts';
import { fillFrom } from './fill.ts';
import { readSession } from './replay.ts';
import type { Scene } from './state.ts';

const instructions =
  'Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.';

describe.each([...spokenTimes, ...spokenCodes, ...spokenChoices])(
  'spoken: $about',
  ({ name, schema, asked = true, rows }) => {
    const tools = [
      {
        name: 'do_thing',
        description: 'Do a thing.',
        parameters: { type: 'object', properties: { [name]: schema }, required: [name] },
      },
    ];
    const scene: Scene = {
      ...readSession({ instructions, tools }),
      blocked: new Set(),
      before: '',
      self: '',
    };
    const [tool] = scene.tools;

    it.each(rows)('%s', (said, value) => {
      if (!tool) throw new Error('no tool');
      const { values } = fillFrom(scene, tool, {
        text: said,
        values: {},
        expected: asked ? name : undefined,
        overwrite: false,
      });
      expect(values[name]).toEqual(value);
    });
  },
);
