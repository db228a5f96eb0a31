import type { Param } from '../toolbox.ts';

/** A value read from an utterance, or the part of one. */
export interface Reading {
  readonly value?: unknown;
  readonly part?: string;
}

/** How a value is looked for. */
export interface Looking {
  readonly text: string;
  /** The value was asked for just now, so that a bare answer counts. */
  readonly expected: boolean;
  /** What was heard of it before. */
  readonly part?: string;
  /** The other parameters of the same tool. */
  readonly beside?: readonly Param[];
}

/** Whether "3/5" is the third of May where the desk is. */
export const isDayFirst = (timeZone: string | undefined): boolean =>
  /^(?:Europe|Africa|Australia)\//.test(timeZone ?? '');
