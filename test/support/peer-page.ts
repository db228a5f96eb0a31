import { expect } from 'vitest';
import { openMicrophone } from '../../src/cli/caller/microphone.ts';
import { systemClock } from '../../src/lib/index.ts';
import {
  callOfferResponse,
  callServerMessage,
  type CallServerMessage,
  type TrailEvent,
} from '../../src/protocol/index.ts';
import { openFarEnd } from '../../src/webrtc/testing/far-end.ts';

/** A page that is in a call over WebRTC, without a browser: a real peer that speaks in real time. */
export interface PeerPage extends Disposable {
  readonly messages: readonly CallServerMessage[];
  readonly events: readonly TrailEvent[];
  /** What was heard, 24 kHz mono, in pieces of 20 ms. */
  readonly heard: readonly Int16Array[];
  /** Resolves when the last sample was spoken. */
  speak(samples: Int16Array): Promise<void>;
  send(message: object): void;
  /** Waits for a message. */
  told<T extends CallServerMessage['type']>(
    type: T,
    which?: (message: Extract<CallServerMessage, { type: T }>) => boolean,
  ): Promise<Extract<CallServerMessage, { type: T }>>;
}

/** Places a call, or comes back to one. @param request what goes with the offer */
export async function callOverPeer(url: string, request: object): Promise<PeerPage> {
  const far = await openFarEnd();
  const response = await fetch(`${url}/api/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sdp: far.offer, resumable: true, ...request }),
  });
  expect(response.status).toBe(201);
  far.accept(callOfferResponse.parse(await response.json()).sdp);
  await expect.poll(() => far.isOpen, { timeout: 10_000 }).toBe(true);
  const microphone = openMicrophone({ clock: systemClock, send: (frame) => far.sendAudio(frame) });
  const messages = (): readonly CallServerMessage[] =>
    far.texts.map((text) => callServerMessage.parse(JSON.parse(text)));
  return {
    get messages() {
      return messages();
    },
    get events() {
      return messages().flatMap((message) => (message.type === 'trail' ? [message.event] : []));
    },
    heard: far.heard,
    speak: (samples) => microphone.play(samples),
    send: (message) => far.sendText(JSON.stringify(message)),
    async told(type, which = () => true) {
      type Wanted = Extract<CallServerMessage, { type: typeof type }>;
      const find = (): Wanted | undefined =>
        messages().find(
          (message): message is Wanted => message.type === type && which(message as Wanted),
        ); // its type was looked at
      await expect.poll(find, { timeout: 30_000, interval: 20 }).toBeDefined();
      return find()!; // waited for
    },
    [Symbol.dispose]() {
      microphone[Symbol.dispose]();
      far[Symbol.dispose]();
    },
  };
}
