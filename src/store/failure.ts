import { DrizzleQueryError } from 'drizzle-orm';
import { SwitchboardError } from '../lib/index.ts';

/** SQLSTATE classes that say that the server, not the statement, is the problem: 08, 53, 57, 58. */
const serverTrouble = /^(08|53|57|58)/;
/** Any SQLSTATE: what failed was answered by a live database. */
const sqlState = /^[0-9A-Z]{5}$/;

/**
 * Turns what a query threw into `store_unavailable` when the database could not be reached or could
 * not work. A statement that the database rejected is a bug of ours and is passed on as it is.
 */
export function storeFailure(thrown: unknown): unknown {
  const cause = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  if (!(cause instanceof Error) || cause instanceof SwitchboardError) return cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (sqlState.test(code) && !serverTrouble.test(code)) return thrown;
  return new SwitchboardError('store_unavailable', 'The database cannot be reached.', {
    cause: thrown,
  });
}
