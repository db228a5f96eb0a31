import { DrizzleQueryError } from 'drizzle-orm';
import { SwitchboardError } from '../lib/index.ts';

/** SQLSTATE classes that say that the server, not the statement, is the problem: 08, 53, 57, 58. */
const serverTrouble = /^(08|53|57|58)/;
/** Any SQLSTATE (never a system error such as EPIPE): what failed was answered by a live database. */
const sqlState = /^(?!E[A-Z]+$)[0-9A-Z]{5}$/;

/**
 * Turns what a query through Drizzle threw into `store_unavailable` when the database could not be
 * reached or could not work. A statement that the database rejected is a bug of ours and is passed
 * on as it is, as is anything that was no query.
 */
export function storeFailure(thrown: unknown): unknown {
  if (!(thrown instanceof DrizzleQueryError)) return thrown;
  const { cause } = thrown;
  const code = cause && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (sqlState.test(code) && !serverTrouble.test(code)) return thrown;
  return unavailable(thrown);
}

/** The database cannot be reached. */
export function unavailable(cause: unknown): SwitchboardError {
  return new SwitchboardError('store_unavailable', 'The database cannot be reached.', { cause });
}
