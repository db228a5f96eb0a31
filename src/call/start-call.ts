import { createCallCore } from './call-core.ts';
import { createCallParts } from './call-parts.ts';
import type { Call, StartCallOptions } from './call.ts';
import { createCallerInput } from './conversation/caller-input.ts';
import { watchCallerSilence } from './conversation/caller-silence.ts';
import { createCallerPresence } from './conversation/caller-presence.ts';

const defaultOpenTimeoutMs = 10_000;

/**
 * Connects a caller's leg with an engine and starts the call: the first agent greets.
 *
 * @throws SwitchboardError engine_refused when the engine rejects the key or the session (not retried)
 * @throws SwitchboardError engine_unavailable when it cannot be reached or does not answer in time
 * @throws SwitchboardError store_unavailable when the trail cannot be begun
 */
export async function startCall(options: StartCallOptions): Promise<Call> {
  const { desk, engine, leg } = options;
  const core = createCallCore(options);
  const parts = await createCallParts(core, options);
  const stopped = (): void => {
    if (core.phase() !== 'opening') core.end('server_stopped');
  };
  options.signal?.addEventListener('abort', stopped, { once: true });
  core.atRelease(() => options.signal?.removeEventListener('abort', stopped));
  try {
    options.signal?.throwIfAborted();
    const timeoutMs = options.openTimeoutMs ?? defaultOpenTimeoutMs;
    await parts.session.open({ timeoutMs, signal: options.signal });
    const { kind, model } = engine;
    core.record({
      type: 'call.started',
      desk: desk.name,
      channel: leg.channel,
      engine: { kind, model },
      voice: desk.voice,
      can: leg.can,
      ...(options.recording === undefined ? {} : { recording: options.recording }),
    });
    core.record({ type: 'agent.started', agent: desk.firstAgent });
    await core.flush();
  } catch (thrown) {
    core.abandon();
    throw thrown;
  }
  const greet = (): void => {
    if (core.phase() === 'live') parts.socket.requestResponse();
  };
  const greetWhenReady = (): void => {
    const ready = options.attachTo?.ready;
    // Whoever cannot hear in the end is greeted by nobody.
    if (ready) void ready.then(greet, () => undefined);
    else greet();
  };
  core.begin();
  const stopWatching = watchCallerSilence({
    ...{ desk, clock: core.clock, say: parts.say, end: core.end },
    isQuiet: () => core.phase() === 'live' && parts.isQuiet(),
    callerHasFloor: parts.floor.callerHasFloor,
    callerTurns: parts.turns.callerTurns,
  });
  core.atRelease(stopWatching);
  // What happened while the beginning of the trail was being stored.
  if (options.signal?.aborted) stopped();
  else if (parts.socket.status !== 'connected') parts.trouble.closed(parts.wasHungUp());
  else greetWhenReady();

  return {
    id: core.callId,
    ended: core.ended,
    ...createCallerInput(core, parts),
    ...createCallerPresence(core, parts),
    handOff: (to, packet = {}) => parts.transfers.ask(to, packet, 'api'),
    hangUp: (reason = 'caller_hung_up') => core.end(reason),
    async [Symbol.asyncDispose]() {
      core.end('caller_hung_up');
      await core.ended;
    },
  };
}
