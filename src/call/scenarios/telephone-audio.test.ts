import { expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import { manualLeg } from '../../testing/manual-leg.ts';
import { harness, until } from '../testing/call-harness.ts';

it('a leg of µ-law opens a session of µ-law, and its audio goes through as it came', async () => {
  const leg = manualLeg('telephone', 'audio/pcmu');
  await using h = await harness({ call: { leg } });
  const [update] = h.session.of('session.update').slice(-1);
  expect(update?.session.audio).toMatchObject({
    input: { format: { type: 'audio/pcmu' } },
    output: { format: { type: 'audio/pcmu' } },
  });
  const frame = Buffer.alloc(160, 0x7e).toString('base64');
  h.call.hearCaller(AudioPiece.ofBase64('audio/pcmu', frame));
  h.call.hearCaller(AudioPiece.ofBase64('audio/pcmu', frame));
  await until(() => h.session.audioFrameBytes.length === 2, 'both frames');
  expect(h.session.audioFrameBytes).toEqual([160, 160]);
});
