import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from '../../audio/index.ts';
import { earsContract } from './contract.ts';
import { fakeEars } from './fake.ts';

const file = join(import.meta.dirname, '../../../test/voices/awb-second-one.wav');
earsContract('the fake', readWav(readFileSync(file)).samples, async () => fakeEars());
