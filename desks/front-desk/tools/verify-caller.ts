import { verifyByBirthDate } from '../../../src/desk/index.ts';
import { findCustomer } from '../data/customers.ts';
import { nameSound } from '../data/name-sound.ts';

/** Proves who is calling. Names that sound the same share their attempts, as `findCustomer` takes one for the other. */
export const verifyCaller = verifyByBirthDate({
  find: (call, claim) => findCustomer(call.database, claim),
  subjectOf: nameSound,
});
