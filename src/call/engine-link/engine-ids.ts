import type { NewId } from '../../lib/index.ts';

/** OpenAI takes no longer ids of items and of function calls. */
const maxChars = 32;

/** @returns ids of what is sent to an engine. */
export const engineIds =
  (newId: NewId): NewId =>
  (prefix) =>
    newId(prefix).slice(0, maxChars);
