import type { CallCore } from '../call-core.ts';
import type { EngineError } from './engine-router.ts';
import type { EngineSession } from './engine-session.ts';

/** What a call does about an engine that reports errors, fails a response or goes away. */
export interface EngineTrouble {
  /** The engine's `error` event. */
  reported(error: EngineError): void;
  responseBegan(): void;
  /** Null: it did not fail. */
  responseDone(failure: string | null): void;
  /** The connection is gone. @param callerLeft the engine says that the call is over */
  closed(callerLeft: boolean): void;
}

/** What trouble is judged by and answered with. */
export interface EngineTroubleHost {
  readonly core: Pick<CallCore, 'phase' | 'record' | 'end' | 'log'>;
  /** The session that is being opened. */
  readonly session: Pick<EngineSession, 'refused' | 'closed' | 'isReferred'>;
  /** The engine rejected a `response.create`. */
  responseRejected(): void;
  requestResponse(): void;
}

/** @returns a call's patience with its engine, none of it used up. */
export function createEngineTrouble(host: EngineTroubleHost): EngineTrouble {
  const { core, session } = host;
  let failedResponses = 0;
  let askedAgain = false;
  return {
    reported(error) {
      const code = error.code ?? error.type ?? 'unknown';
      if (core.phase() === 'opening') return session.refused(error);
      core.log.warn('engine reported an error', { code, error: error.message });
      const ours = [error.event_id ?? '', error.message].some((text) =>
        /response[._]create/.test(text),
      );
      const taken = code === 'conversation_already_has_active_response';
      if (!ours && !taken) return;
      host.responseRejected();
      // The engine was already speaking of its own accord; what it was asked about still needs an answer.
      if (taken && !askedAgain) {
        askedAgain = true;
        host.requestResponse();
      }
    },
    responseBegan() {
      askedAgain = false;
    },
    responseDone(failure) {
      if (failure === null) {
        failedResponses = 0;
        return;
      }
      const message = 'A response of the engine failed.';
      core.record({ type: 'engine.failed', code: failure, message });
      // A second try is worth a pause in the conversation; a third is not.
      if (++failedResponses === 1) host.requestResponse();
      else core.end('failed', `The engine cannot answer (${failure}).`);
    },
    closed(callerLeft) {
      if (core.phase() === 'opening') session.closed();
      if (core.phase() !== 'live' && core.phase() !== 'closing') return;
      if (callerLeft) {
        const how = core.phase() === 'live' ? 'caller_hung_up' : 'agent_ended';
        return core.end(session.isReferred() ? 'referred' : how);
      }
      const message = 'The connection to the engine ended.';
      core.record({ type: 'engine.failed', code: 'engine_lost', message });
      core.end('engine_lost', message);
    },
  };
}
