import type { EngineEndpoint } from '../call/ports.ts';
import type { DesksResponse } from '../protocol/index.ts';
import type { EngineState, Hearing } from './parts.ts';

/** What is known of the engine at a moment. */
export interface EngineNow {
  readonly now: EngineState | undefined;
  readonly remote: EngineEndpoint | null;
}

/** Hearing as the wire has it: no `note` rather than an undefined one. */
export function wireHearing(hearing: Hearing): DesksResponse['engine']['hearing'] {
  return { available: hearing.available, ...(hearing.note ? { note: hearing.note } : {}) };
}
