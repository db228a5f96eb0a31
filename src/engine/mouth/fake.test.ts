import { mouthContract } from './contract.ts';
import { fakeMouth } from './fake.ts';

mouthContract('the fake mouth', () => Promise.resolve(fakeMouth()));
