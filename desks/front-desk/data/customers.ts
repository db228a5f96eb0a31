import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Customer } from '../../../src/desk/index.ts';
import { isSameName, soundsLikeName } from './name-sound.ts';
import { customers } from './schema.ts';

/**
 * The patient of that date of birth whose name is, or at least sounds like, the one given.
 *
 * @param claim.dateOfBirth `YYYY-MM-DD`; must be right to the day
 * @returns null when nobody matches, and when several do, so that no one is taken for another
 */
export async function findCustomer(
  database: NodePgDatabase,
  claim: { readonly name: string; readonly dateOfBirth: string },
): Promise<Customer | null> {
  const born = await database
    .select({ id: customers.customerId, name: customers.name })
    .from(customers)
    .where(eq(customers.dateOfBirth, claim.dateOfBirth));
  // Twins may have names that sound alike: a name that is just the same goes first.
  const same = born.filter(({ name }) => isSameName(claim.name, name));
  const matching =
    same.length > 0 ? same : born.filter(({ name }) => soundsLikeName(claim.name, name));
  return matching.length === 1 ? (matching[0] ?? null) : null;
}
