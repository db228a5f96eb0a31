import { mindContract } from './contract.ts';
import { scriptedMind } from './fake.ts';
import { createOfflineMind } from './offline-mind.ts';

mindContract('offline', createOfflineMind);
mindContract('scripted', () =>
  scriptedMind([
    [
      { type: 'say', text: 'One moment.' },
      { type: 'call', name: 'find_parcel', arguments: '{"code":"P123"}' },
    ],
  ]),
);
