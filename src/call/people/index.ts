export { createPeople, type People, type PersonOutcome, type PersonRequest } from './people.ts';
