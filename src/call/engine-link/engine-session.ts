import { RealtimeSession } from '@openai/agents/realtime';
import type { AudioFormat } from '../../audio/index.ts';
import type { CallContext, Desk } from '../../desk/index.ts';
import {
  SwitchboardError,
  atEndOfTurn,
  messageOf,
  withDeadline,
  type Log,
  type Spawn,
} from '../../lib/index.ts';
import type { CallAgent } from '../agents.ts';
import type { EngineError } from './engine-router.ts';
import type { EngineEndpoint } from '../ports.ts';
import type { AttachTo, EngineCalls } from '../attach.ts';
import { engineCalls } from './engine-calls.ts';
import { engineUrl, sessionConfig, sessionUpdates, sidebandUrl } from './session-config.ts';
import type { EngineSocket } from './transport/index.ts';

/** The SDK's session over our socket, from the first byte to the last. */
export interface EngineSession {
  /**
   * Connects and waits until the engine has accepted the first agent's session.
   * @throws SwitchboardError engine_refused, engine_unavailable; or the signal's reason
   */
  open(options: {
    readonly timeoutMs: number;
    readonly signal: AbortSignal | undefined;
  }): Promise<void>;
  /** The engine acknowledged a session with these instructions; null when it does not tell. */
  acknowledged(instructions: string | null): void;
  /** The engine reported an error before it accepted the session. */
  refused(error: EngineError): void;
  /** The connection ended before the session was accepted. */
  closed(): void;
  /**
   * Sends the agent's session at once. The SDK follows, so that it knows whose tools it runs.
   * @throws Error when there is no connection
   */
  switchTo(agent: CallAgent, instructions: string): void;
  /** Of a call at the engine that this one is attached to, ends that as well. Idempotent. */
  close(): void;
  /** The caller was sent on to somebody else. */
  isReferred(): boolean;
  /** Resolves once everything is over at the engine, as far as can be known. Never rejects. */
  over(): Promise<void>;
}

/** What a session is made of. */
export interface EngineSessionOptions {
  readonly socket: EngineSocket;
  readonly engine: EngineEndpoint;
  readonly attachTo: AttachTo | undefined;
  readonly desk: Desk;
  /** Of the caller's audio, both ways. */
  readonly format: AudioFormat;
  readonly firstAgent: CallAgent;
  readonly firstInstructions: string;
  readonly context: CallContext;
  readonly log: Log;
  readonly spawn: Spawn;
  /** The SDK threw on the way to a tool, so an answer may be owed. */
  readonly dropped: () => void;
}

const attachWithinMs = 10_000;

/** @returns a session that is not connected yet. */
export function createEngineSession(options: EngineSessionOptions): EngineSession {
  const { socket, engine, log } = options;
  const accepted = Promise.withResolvers<true>();
  accepted.promise.catch(() => undefined); // may be rejected before anyone waits for it
  const config = sessionConfig(options.desk, options.format);
  const sessionOf = sessionUpdates((given) => socket.buildSessionPayload(given), {
    ...config,
    model: engine.model,
  });
  const atEngine = engineCalls(engine);
  const calls: EngineCalls = {
    ...atEngine,
    async refer(callId, target, signal) {
      await atEngine.refer(callId, target, signal);
      // On its way to somebody else: hanging up now could break that off.
      if (callId === attached) attached = null;
      isReferred = true;
    },
  };
  let isReferred = false;
  let attached: string | null = null;
  let hungUp: Promise<void> = Promise.resolve();

  /** Where the session is spoken to. */
  const address = async (signal: AbortSignal | undefined): Promise<string> => {
    const { attachTo } = options;
    if (!attachTo) return engineUrl(engine);
    const { callId: given } = attachTo;
    const first = sessionOf(options.firstAgent, options.firstInstructions);
    attached =
      typeof given === 'string'
        ? given
        : await withDeadline(
            (within) =>
              given({ session: { ...first, model: engine.model }, calls, signal: within }),
            {
              timeoutMs: attachTo.withinMs ?? attachWithinMs,
              ...(signal ? { signal } : {}),
              onTimeout: () =>
                new SwitchboardError('engine_unavailable', 'The call was not connected in time.'),
            },
          );
    return sidebandUrl(engine, attached);
  };
  const hangUp = async (callId: string): Promise<void> => {
    await calls.hangUp(callId).catch((thrown: unknown) => {
      if (thrown instanceof SwitchboardError && thrown.code === 'not_found') return; // it was over
      log.warn('the call at the engine could not be ended', { error: messageOf(thrown) });
    });
  };
  const session = new RealtimeSession<CallContext>(options.firstAgent, {
    transport: socket,
    model: engine.model,
    config,
    // Its tracing would upload what callers say.
    tracingDisabled: true,
    context: options.context,
  });
  // Without a listener an `error` event of the engine would end the process.
  session.on('error', ({ error }) => {
    if (!(error instanceof Error)) return;
    log.warn('the SDK gave up on something', { error: messageOf(error) });
    options.dropped();
  });
  // Nobody is there to approve; unanswered, the model would wait for ever.
  session.on('tool_approval_requested', (_context, _agent, { approvalItem }) => {
    options.spawn('refuse an approval', () => session.reject(approvalItem));
  });
  return {
    async open({ timeoutMs, signal }) {
      const url = await address(signal);
      const connect = async (): Promise<void> => {
        await session.connect({ apiKey: engine.apiKey, url }).catch((cause: unknown) => {
          throw socket.connectError(cause);
        });
        await accepted.promise;
      };
      await withDeadline(connect, {
        timeoutMs,
        ...(signal ? { signal } : {}),
        onTimeout: () =>
          new SwitchboardError(
            'engine_unavailable',
            'The engine did not accept the session in time.',
          ),
      });
    },
    acknowledged(instructions) {
      if (instructions === null || instructions === options.firstInstructions)
        accepted.resolve(true);
    },
    refused({ code, type, message }) {
      const line = `The engine refused the session (${code ?? type ?? 'unknown'}): ${message.split('\n', 1)[0]}`;
      accepted.reject(new SwitchboardError('engine_refused', line));
    },
    closed() {
      const message = 'The engine closed the connection before it accepted the session.';
      accepted.reject(new SwitchboardError('engine_unavailable', message));
    },
    switchTo(agent, instructions) {
      socket.sendSession(sessionOf(agent, instructions));
      // After all that is to be sent now has left (that, too, waits for the end of the turn), and long
      // before the engine can have answered.
      const follow = (): void =>
        options.spawn('follow the handoff', () => session.updateAgent(agent));
      atEndOfTurn(() => atEndOfTurn(follow));
    },
    isReferred: () => isReferred,
    over: () => hungUp,
    close() {
      try {
        session.close();
      } catch (thrown) {
        log.debug('closing the engine session', { error: messageOf(thrown) });
      }
      if (attached === null) return;
      hungUp = hangUp(attached);
      attached = null;
    },
  };
}
