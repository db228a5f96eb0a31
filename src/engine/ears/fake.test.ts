import { join } from 'node:path';
import { earsContract, spokenFile } from './contract.ts';
import { fakeEars } from './fake.ts';

const file = join(import.meta.dirname, '../../../test/voices/awb-second-one.wav');
earsContract('the fake', { speech: spokenFile(file), create: async () => fakeEars() });
