import { defineDesk } from '../../../src/desk/index.ts';
import { desk as frontDesk } from '../../../desks/front-desk/desk.ts';

/** The front desk, whose pages have the engine's audio straight from the engine. */
export const desk = defineDesk({ ...frontDesk, media: 'direct' });
