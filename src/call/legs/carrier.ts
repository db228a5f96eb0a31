import type { CallerLeg } from '../leg.ts';

/**
 * The way to a caller while it holds: what a channel gives for one connection. Its counts of what was
 * heard begin at nothing.
 */
export type LegCarrier = Omit<CallerLeg, 'channel' | 'format' | 'can'>;
