import { legWithoutAudio } from '../legs/leg-without-audio.ts';
import type { CallNotice, CallerLeg } from '../ports.ts';
import { harnessOf, quiet, type CallHarness, type HarnessOptions } from './call-harness.ts';
import { scriptedCalls, type ScriptedCalls } from './scripted-calls.ts';

/** A call that is attached to one at a scripted engine. */
export interface AttachedHarness extends CallHarness<CallerLeg> {
  readonly calls: ScriptedCalls;
  /** The engine begins to play a response, has played it to its end, or has cut it; resolves when that has arrived. */
  plays(what: 'started' | 'stopped' | 'cleared', responseId: string): Promise<void>;
}

/** Starts an engine and attaches a call to its call `rtc_9`. The script answers the greeting first. */
export async function attached(options: HarnessOptions = {}): Promise<AttachedHarness> {
  const calls = scriptedCalls();
  const notices: CallNotice[] = [];
  const leg = legWithoutAudio({ channel: 'direct', notify: (notice) => void notices.push(notice) });
  const h = await harnessOf(
    { ...leg, notices },
    {
      ...options,
      engine: { sendsAudio: false, requests: calls.handle, ...options.engine },
      call: { attachTo: { over: 'webrtc', callId: 'rtc_9' }, ...options.call },
    },
  );
  return {
    ...h,
    calls,
    async plays(what, responseId) {
      h.session.send({ type: `output_audio_buffer.${what}`, response_id: responseId });
      await quiet(h);
    },
  };
}
