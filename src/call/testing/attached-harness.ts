import { countedIds, manualClock, silentLog } from '../../lib/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import { memoryServices } from '../../testing/memory-services.ts';
import { memoryTrailStore } from '../../testing/memory-trail-store.ts';
import type { Desk } from '../../desk/index.ts';
import { legWithoutAudio } from '../legs/leg-without-audio.ts';
import type { StartCallOptions } from '../call.ts';
import type { CallNotice } from '../ports.ts';
import { startCall } from '../start-call.ts';
import { quiet, testDesk, until, type CallHarness } from './call-harness.ts';
import { scriptedCalls, type ScriptedCalls } from './scripted-calls.ts';
import {
  startScriptedEngine,
  type ScriptedEngineOptions,
  type ScriptedPart,
} from './scripted-engine.ts';

/** A call that is attached to one at a scripted engine. */
export interface AttachedHarness extends Omit<CallHarness, 'leg'> {
  readonly calls: ScriptedCalls;
  readonly notices: readonly CallNotice[];
  /** The engine begins to play a response, has played it to its end, or has cut it; resolves when that has arrived. */
  plays(what: 'started' | 'stopped' | 'cleared', responseId: string): Promise<void>;
}

/** @see attached */
export interface AttachedOptions {
  readonly engine?: ScriptedEngineOptions;
  readonly script?: readonly (readonly ScriptedPart[])[];
  readonly desk?: (desk: Desk) => Desk;
  readonly call?: Partial<StartCallOptions>;
}

/** Starts an engine and attaches a call to its call `rtc_9`. The script answers the greeting first. */
export async function attached(options: AttachedOptions = {}): Promise<AttachedHarness> {
  const calls = scriptedCalls();
  const engine = await startScriptedEngine({
    sendsAudio: false,
    requests: calls.handle,
    ...options.engine,
  });
  engine.script(...(options.script ?? []));
  const clock = manualClock();
  const store = memoryTrailStore();
  const notices: CallNotice[] = [];
  const toolRuns: string[] = [];
  const call = await startCall({
    desk: options.desk?.(testDesk(toolRuns)) ?? testDesk(toolRuns),
    engine: engine.endpoint,
    leg: legWithoutAudio({ channel: 'direct', notify: (notice) => void notices.push(notice) }),
    attachTo: { over: 'webrtc', callId: 'rtc_9' },
    store,
    services: memoryServices(),
    clock,
    newId: countedIds(),
    log: silentLog,
    ...options.call,
  });
  const session = engine.sessions[0];
  if (!session) throw new Error('The call did not connect.');
  await until(() => session.of('response.create').length > 0, 'the call to ask for a greeting');
  const trail = (): Promise<readonly TrailEvent[]> => store.read(call.id);
  return {
    call,
    calls,
    clock,
    engine,
    session,
    store,
    toolRuns,
    notices,
    trail,
    types: async () => (await trail()).map((event) => event.type),
    status() {
      const last = notices.findLast((notice) => notice.type === 'status');
      return last ? `${last.activeAgent} ${last.agent}, caller ${last.caller}` : 'none';
    },
    async plays(what, responseId) {
      session.send({ type: `output_audio_buffer.${what}`, response_id: responseId });
      await quiet({ session });
    },
    async [Symbol.asyncDispose]() {
      await call[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
