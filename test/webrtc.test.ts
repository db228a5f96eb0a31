import { createServer } from 'node:http';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWav } from '../src/audio/index.ts';
import { silentLog, systemClock } from '../src/lib/index.ts';
import { tone } from '../src/testing/tone.ts';
import { openPeers, peerFrameSamples, type Peer, type Peers } from '../src/webrtc/index.ts';
import { chromiumPath } from './chromium.ts';
import { openBrowser } from './support/browser.ts';
import { testFolder, type TestFolder } from './support/line.ts';

const rateHz = 48_000;
const hz = 440;
const peak = 8_000;
const levelDb = 20 * Math.log10(peak / 32_768 / Math.SQRT2); // RMS of a sine

/**
 * The page: offers as any page does, sends its microphone, listens with an analyser.
 * `heard` answers what it hears right now.
 */
const page = `<!doctype html><meta charset="utf-8"><title>WebRTC</title><audio autoplay></audio><script>
window.call = async (echoCancellation) => {
  const constraints = { echoCancellation, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: constraints });
  const pc = new RTCPeerConnection();
  const channel = pc.createDataChannel('oai-events');
  window.texts = [];
  channel.onmessage = (event) => window.texts.push(event.data);
  const playing = new Promise((resolve) => {
    pc.ontrack = ({ streams }) => {
      document.querySelector('audio').srcObject = streams[0];
      const context = new AudioContext({ sampleRate: 48000 });
      window.analyser = context.createAnalyser();
      window.analyser.fftSize = 16384;
      window.analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(streams[0]).connect(window.analyser);
      context.resume().then(resolve);
    };
  });
  pc.addTrack(stream.getAudioTracks()[0]);
  await pc.setLocalDescription(await pc.createOffer());
  const response = await fetch('/offer', { method: 'POST', body: pc.localDescription.sdp });
  await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  await new Promise((resolve) => {
    if (channel.readyState === 'open') resolve();
    channel.onopen = resolve;
  });
  await playing;
  channel.send('from the page');
  window.pc = pc;
};
window.heard = () => {
  const bins = new Float32Array(window.analyser.frequencyBinCount);
  window.analyser.getFloatFrequencyData(bins);
  let best = 0;
  for (let at = 1; at < bins.length; at += 1) if (bins[at] > bins[best]) best = at;
  const wave = new Float32Array(window.analyser.fftSize);
  window.analyser.getFloatTimeDomainData(wave);
  const power = wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length;
  return { hz: (best * 48000) / window.analyser.fftSize, db: 10 * Math.log10(power + 1e-12) };
};
window.figures = async () => {
  const found = {};
  for (const report of (await window.pc.getStats()).values()) {
    if (report.type === 'inbound-rtp') {
      found.lost = report.packetsLost;
      found.concealed = report.concealedSamples;
      found.received = report.totalSamplesReceived;
    }
    if (report.type === 'remote-inbound-rtp') found.roundTrip = report.roundTripTime;
    if (report.type === 'codec') found.codec = report.mimeType + ' ' + report.sdpFmtpLine;
  }
  return found;
};
</script>`;

/** What the page's functions answer. */
interface Heard {
  readonly hz: number;
  readonly db: number;
}

let folder: TestFolder;
let peers: Peers;
beforeAll(async () => {
  folder = await testFolder();
  peers = await openPeers({ port: 0, log: silentLog, clock: systemClock });
});
afterAll(async () => {
  await peers[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Sends back what it hears, in whole frames; says what a listener saw. */
function createEcho() {
  let peer: Peer | undefined;
  let rest = new Int16Array();
  const texts: string[] = [];
  const closed: string[] = [];
  let samplesHeard = 0;
  return {
    texts,
    closed,
    secondsHeard: () => samplesHeard / 24_000,
    hangUp: () => peer?.close(),
    async answer(offer: string): Promise<string> {
      peer = await peers.answer(offer, {
        opened: () => peer?.sendText('from the line'),
        audio(samples) {
          samplesHeard += samples.length;
          const all = Int16Array.from([...rest, ...samples]);
          let at = 0;
          for (; at + peerFrameSamples <= all.length; at += peerFrameSamples) {
            peer?.sendAudio(all.slice(at, at + peerFrameSamples));
          }
          rest = all.slice(at);
        },
        text: (message) => texts.push(message),
        closed: (reason) => closed.push(reason),
      });
      return peer.answer;
    },
  };
}

async function serve(answer: (offer: string) => Promise<string>) {
  const server = createServer((request, response) => {
    if (request.url !== '/offer') return response.setHeader('content-type', 'text/html').end(page);
    return void readText(request)
      .then(answer)
      .then(
        (sdp) => response.setHeader('content-type', 'application/sdp').end(sdp),
        (thrown: unknown) => response.writeHead(400).end(String(thrown)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.skipIf(chromiumPath === null)('WebRTC with Chromium', () => {
  test('a page hears its own microphone back through the line, and both ends hang up', async () => {
    const microphoneFile = join(folder.dataDir, 'tone.wav');
    const samples = tone({ hz, ms: 60_000, rateHz, peak });
    await writeFile(microphoneFile, writeWav({ rateHz, channels: [samples] }));
    await using browser = await openBrowser({ microphoneFile });
    const echo = createEcho();
    using server = await serve(echo.answer);
    const tab = await browser.newPage();
    await tab.goto(server.url);

    await tab.evaluate('window.call(false)');
    await tab.waitForFunction('window.heard().db > -20', undefined, { timeout: 10_000 });
    await tab.waitForFunction("window.texts.includes('from the line')");
    expect(echo.texts).toEqual(['from the page']);

    const before = echo.secondsHeard();
    const startedMs = performance.now();
    const looks: Heard[] = [];
    while (looks.length < 6) {
      await tab.waitForTimeout(500);
      looks.push(await tab.evaluate<Heard>('window.heard()'));
    }
    const asPlayed = looks.filter(
      (heard) => Math.abs(heard.hz - hz) < 6 && Math.abs(heard.db - levelDb) < 1.5,
    );
    // A busy machine lets the browser conceal a packet now and then.
    expect(asPlayed.length, JSON.stringify(looks)).toBeGreaterThanOrEqual(5);
    const seconds = (performance.now() - startedMs) / 1_000;
    expect(Math.abs(echo.secondsHeard() - before - seconds)).toBeLessThan(0.5);

    await tab.waitForTimeout(3_000); // RTCP goes out every five seconds
    const figures = await tab.evaluate<Record<string, unknown>>('window.figures()');
    expect(figures['codec']).toMatch(/^audio\/opus .*stereo=0/);
    expect(figures['lost']).toBe(0);
    expect(figures['roundTrip']).toBeTypeOf('number');
    expect(Number(figures['concealed']) / Number(figures['received'])).toBeLessThan(0.1);

    echo.hangUp();
    await tab.waitForFunction("window.pc.connectionState !== 'connected'");
    expect(echo.closed).toEqual(['closed']);
  });

  test('a page that is closed is gone within seconds', async () => {
    const microphoneFile = join(folder.dataDir, 'tone.wav');
    await writeFile(
      microphoneFile,
      writeWav({ rateHz, channels: [tone({ hz, ms: 20_000, rateHz, peak })] }),
    );
    await using browser = await openBrowser({ microphoneFile });
    const echo = createEcho();
    using server = await serve(echo.answer);
    const tab = await browser.newPage();
    await tab.goto(server.url);
    await tab.evaluate('window.call(true)');
    await tab.evaluate('window.pc.close()');
    await expect.poll(() => echo.closed, { timeout: 10_000 }).toEqual(['closed']);
  });
});
