import type { EngineEndpoint } from '../ports.ts';
import type { ScriptedEngineOptions } from './scripted-engine-options.ts';
import {
  openScriptedSession,
  type ScriptedPart,
  type ScriptedSession,
} from './scripted-session.ts';
import { openSessionServer } from './session-server.ts';

export type { ScriptedEngineOptions } from './scripted-engine-options.ts';
export type { ScriptedPart, ScriptedSession } from './scripted-session.ts';

/** A Realtime server that does what a test tells it, and is strict about what it is sent. */
export interface ScriptedEngine extends AsyncDisposable {
  readonly endpoint: EngineEndpoint;
  readonly sessions: readonly ScriptedSession[];
  /**
   * Answers the next `response.create`s with these, in order; without a script they stay open.
   * One beside the conversation needs no script: it says what it was told to, as `own_1`, `own_2`, ….
   */
  script(...answers: readonly (readonly ScriptedPart[])[]): void;
}

/** Starts the server on a free port of this machine. */
export async function startScriptedEngine(
  options: ScriptedEngineOptions = {},
): Promise<ScriptedEngine> {
  const sessions: ScriptedSession[] = [];
  const answers: (readonly ScriptedPart[])[] = [];
  const http = await openSessionServer({
    model: 'scripted',
    refuseStatus: options.refuseStatus,
    requests: options.requests,
    connected: (socket, { headers, url = '' }) =>
      void sessions.push(openScriptedSession(socket, { headers, url, answers, options })),
  });
  return {
    endpoint: http.endpoint,
    sessions,
    script: (...more) => void answers.push(...more),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  };
}
