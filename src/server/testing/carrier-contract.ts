import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { lineHost, type carrierHarness } from './carrier-harness.ts';

/** What every carrier on the line that all share must do, over real HTTP and WebSockets. */
export function carrierContract(harness: ReturnType<typeof carrierHarness>): void {
  const { farEnd, fakes, paths, post, dial, ring, next, tell, connect } = harness;
  const webhooks = [paths.call, paths.next, paths.status];

  describe(`webhooks of ${farEnd.name}`, () => {
    it('are answered with a stream to open, and its token', async () => {
      const { url, token } = await ring();
      expect(url).toMatch(new RegExp(`^wss://${lineHost}/${farEnd.name}/media/door_`));
      expect(token).toMatch(/^stream_/);
    });

    it('are refused unsigned, signed by others, or altered', async () => {
      const body = farEnd.webhook(farEnd.newCallId(), 'rings');
      const altered = farEnd.webhook(farEnd.newCallId(), 'rings');
      for (const path of webhooks) {
        expect((await post(body, { path, headers: {} })).status).toBe(403);
        expect((await post(body, { path, headers: farEnd.sign(body, 'stranger') })).status).toBe(
          403,
        );
        expect((await post(body, { path, altered })).status).toBe(403);
      }
    });

    it('are refused when they name no call', async () => {
      for (const call of ['', undefined, ['a1', 'b1']]) {
        expect((await post(farEnd.webhook(call, 'rings'))).status).toBe(400);
      }
    });

    it('are refused in another form, and beyond any size', async () => {
      const headers = { 'content-type': 'text/html' };
      expect((await post('<html>', { headers })).status).toBe(415);
      expect((await post('x'.repeat(20_000))).status).toBe(413);
    });

    it('keep the desk that the number is for, also when the stream breaks off', async () => {
      const callId = farEnd.newCallId();
      const path = `${paths.call}?desk=test-desk`;
      const { text } = await post(farEnd.webhook(callId, 'rings'), { path });
      expect(text).toContain(`https://${lineHost}${paths.next}?desk=test-desk`);
    });
  });

  describe(`the media socket of ${farEnd.name}`, () => {
    it('is refused behind any other door, to pages, and with a query', async () => {
      const { url } = await ring();
      const other = `wss://${lineHost}${paths.media.replace(':door', 'door_0')}`;
      expect(await dial(other).opened).toBe('404');
      expect(await dial(url, { origin: `https://${lineHost}` }).opened).toBe('403');
      expect(await dial(`${url}?token=x`).opened).toBe('403');
    });

    it('is closed without the token of its call, before anything is opened', async () => {
      const before = fakes.legs.length;
      const [mine, others] = [await ring(), await ring()];
      for (const token of ['', 'stream_0', others.token]) {
        const stream = dial(mine.url);
        await stream.opened;
        stream.send(farEnd.start(mine.callId, token));
        expect(await stream.closed).toBe(1008);
      }
      expect(fakes.legs).toHaveLength(before);
    });

    it('is closed when the call is over, and nothing follows', async () => {
      const { callId, stream } = await connect();
      expect(fakes.legs.at(-1)).toMatchObject({ channel: farEnd.name });
      await tell(callId, 'answered');
      expect(stream.socket.readyState).toBe(WebSocket.OPEN);
      expect((await tell(callId, 'over')).status).toBe(200);
      expect(await stream.closed).toBe(1000);
      expect((await tell(callId, 'over')).status).toBe(200);
      const { status, text } = await next(callId);
      expect(status).toBe(200);
      expect(farEnd.streamIn(text)).toBeNull();
    });

    it('may break off while the caller is there, and the call goes on with the next', async () => {
      const { callId, stream } = await connect();
      const calls = fakes.legs.length;
      stream.socket.terminate();
      const asked = async () => farEnd.streamIn((await next(callId)).text);
      await expect.poll(asked).not.toBeNull(); // it is asked to wait until our side has seen it too
      const { url, token } = (await asked()) ?? { url: '', token: '' };
      const again = dial(url);
      await again.opened;
      again.send(farEnd.start(callId, token));
      await tell(callId, 'over');
      expect(await again.closed).toBe(1000);
      expect(fakes.legs).toHaveLength(calls);
    });
  });
}
