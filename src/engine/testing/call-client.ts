import { expect, vi } from 'vitest';
import { serverEvent, type ServerEvent, type ServerEventType } from '../../protocol/index.ts';
import { openFarEnd, type FarEnd } from '../../webrtc/testing/far-end.ts';
import { apiKey, engineUrl } from './test-engine.ts';

type EventOf<T extends ServerEventType> = Extract<ServerEvent, { readonly type: T }>;

/** A caller over WebRTC, for tests. Every text it gets must be a server event as we define it. */
export interface CallClient extends Disposable {
  /** `rtc_…` */
  readonly callId: string;
  readonly far: FarEnd;
  /** So far, in order. */
  events(): readonly ServerEvent[];
  types(): readonly string[];
  send(event: object): void;
  /** The first event of a type, once it is there; `nth` counts from 0. */
  next<T extends ServerEventType>(type: T, nth?: number): Promise<EventOf<T>>;
  /** How much sound was heard, silence left out. */
  heardMs(): number;
}

/** The HTTP side of the engine that was started last. */
export const httpUrl = (path: string): string =>
  engineUrl().replace(/^ws/, 'http').replace('/v1/realtime', path);

/** A POST as the owner of the key does it. */
export const post = (
  path: string,
  body: string | FormData | null = null,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(httpUrl(path), {
    ...{ method: 'POST', body },
    headers: { authorization: `Bearer ${apiKey}`, ...headers },
  });

/** Waits for what comes over the network, in real time. */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 10_000, interval: 10 });

/** Calls the engine as a browser does. */
export async function callEngine(
  options: {
    readonly key?: string;
    /** Sent beside the offer, in a form. */
    readonly session?: object;
  } = {},
): Promise<CallClient> {
  const { key = apiKey, session } = options;
  const far = await openFarEnd({ candidates: 'none' });
  const form = new FormData();
  form.set('sdp', far.offer);
  form.set('session', JSON.stringify(session ?? {}));
  const response = await post('/v1/realtime/calls', session ? form : far.offer, {
    authorization: `Bearer ${key}`,
    ...(session ? {} : { 'content-type': 'application/sdp' }),
  });
  expect(response.status, await response.clone().text()).toBe(201);
  expect(response.headers.get('content-type')).toBe('application/sdp');
  far.accept(await response.text());
  const callId = response.headers.get('location')?.split('/').at(-1) ?? '';
  let parsed: ServerEvent[] = [];
  const events = (): readonly ServerEvent[] => {
    const more = far.texts.slice(parsed.length);
    parsed = [...parsed, ...more.map((text) => serverEvent.parse(JSON.parse(text)))];
    return parsed;
  };
  return {
    ...{ callId, far, events },
    types: () => events().map(({ type }) => type),
    send: (event) => far.sendText(JSON.stringify(event)),
    next: (type, nth = 0) =>
      eventually(() => {
        const found = events().filter((event) => event.type === type)[nth];
        if (!found)
          throw new Error(
            `no ${type} among ${events()
              .map((e) => e.type)
              .join(', ')}`,
          );
        return found as EventOf<typeof type>; // found by its type
      }),
    heardMs: () =>
      far.heard
        .filter((frame) => frame.some((sample) => Math.abs(sample) > 600))
        .reduce((ms, frame) => ms + frame.length / 24, 0),
    [Symbol.dispose]: () => far[Symbol.dispose](),
  };
}
