import { expect, it } from 'vitest';
import { createPullDisplay } from './pull-display.ts';

function setUp(isTTY: boolean) {
  const written: string[] = [];
  let nowMs = 0;
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return {
    written,
    display: createPullDisplay('m', stream, () => nowMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}
const downloading = (receivedBytes: number, totalBytes: number | null = 100e6) =>
  ({ step: 'downloading', receivedBytes, totalBytes }) as const;

it('draws a bar with how much, how fast and how long', () => {
  const { display, written, pass } = setUp(true);
  display.show(downloading(20e6));
  pass(50);
  display.show(downloading(25e6)); // too soon to draw
  pass(1_950);
  display.show(downloading(50e6));
  display.show({ step: 'trying' });
  display.end();
  display.end();
  expect(written).toEqual([
    '\r\x1b[2Km: █████░░░░░░░░░░░░░░░░░░░ 20 %, 20.0 of 100.0 MB',
    '\r\x1b[2Km: ████████████░░░░░░░░░░░░ 50 %, 50.0 of 100.0 MB, 15.0 MB/s, 4 s left',
    '\r\x1b[2Km: trying it',
    '\r\x1b[2K',
  ]);
});

it('writes a line now and then where nobody watches', () => {
  const { display, written, pass } = setUp(false);
  display.show(downloading(1e6, null));
  pass(4_000);
  display.show(downloading(3e6, null));
  pass(1_000);
  display.show(downloading(6e6, null));
  display.show({ step: 'waiting', reason: 'the server answered 503', waitMs: 2_000 });
  display.show({ step: 'unpacking', path: 'some/encoder.onnx' });
  display.end();
  expect(written).toEqual([
    'm: 1.0 MB\n',
    'm: 6.0 MB, 1.0 MB/s\n',
    'm: the server answered 503; trying again in 2 s\n',
    'm: unpacking encoder.onnx\n',
  ]);
});
