import { z } from 'zod';
import { SwitchboardError, messageOf, withDeadline } from '../../../lib/index.ts';
import { engineUrl } from '../session-config.ts';
import type { EngineEndpoint } from '../../ports.ts';
import { dialEngine, hostOf } from './dial.ts';

const defaultTimeoutMs = 5_000;

/** The first event of a session, as far as it says whether there is one. */
const firstEvent = z.object({
  type: z.string(),
  error: z.object({ code: z.string().nullish(), message: z.string() }).nullish(),
});

/**
 * Opens a session at an engine and closes it again: whether a call could be answered there now.
 * Nothing is asked of the model, so nothing is charged for.
 *
 * @throws SwitchboardError engine_refused when the key or the model is not accepted
 * @throws SwitchboardError engine_unavailable when the engine cannot be reached or gives no session
 */
export async function probeEngine(
  engine: EngineEndpoint,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const host = hostOf(engine.url);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const { socket, refusal } = dialEngine({
    url: engineUrl(engine),
    apiKey: engine.apiKey,
    headers: {},
  });
  const greeted = Promise.withResolvers<undefined>();
  const unavailable = (why: string): SwitchboardError =>
    new SwitchboardError('engine_unavailable', `The engine at ${host} ${why}`);
  socket.on('message', (data: Buffer) => {
    const event = readFirst(data);
    if (event?.type === 'session.created') return greeted.resolve(undefined);
    if (event?.type !== 'error') return;
    const { code, message } = event.error ?? { message: 'no reason given' };
    const line = `The engine at ${host} refused a session (${code ?? 'unknown'}): ${message.split('\n', 1)[0]}`;
    greeted.reject(new SwitchboardError('engine_refused', line));
  });
  socket.on('error', (error) =>
    greeted.reject(refusal() ?? unavailable(`cannot be reached: ${messageOf(error)}`)),
  );
  socket.on('close', () => greeted.reject(refusal() ?? unavailable('gave no session.')));
  try {
    await withDeadline(() => greeted.promise, {
      timeoutMs,
      ...(options.signal ? { signal: options.signal } : {}),
      onTimeout: () => unavailable(`gave no session within ${timeoutMs} ms.`),
    });
  } finally {
    socket.terminate();
  }
}

function readFirst(data: Buffer): z.infer<typeof firstEvent> | null {
  try {
    return firstEvent.parse(JSON.parse(data.toString()));
  } catch {
    return null; // not an event: whoever sends it is no engine, and the deadline says so
  }
}
