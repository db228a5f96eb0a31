/** Seconds until a carrier asks again what to do. */
export const askAgainSeconds = 1;

const busy = 'All our lines are taken at the moment. Please call again in a few minutes. Goodbye.';
const other =
  'I am sorry, we cannot take your call right now. Please try again in a little while. Goodbye.';

/**
 * What callers hear whose call cannot be taken, where only the carrier's own voice can say it.
 *
 * @param code one of our error codes
 */
export function excuseFor(code: string): string {
  return code === 'busy' ? busy : other;
}
