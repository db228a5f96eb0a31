import type { CallCore } from '../call-core.ts';
import type { LiveCall } from '../ports.ts';
import { cutAgent, type AgentVoice } from './cut-agent.ts';

/** What is known of a caller whose way to us may break off. Ignored unless the call is going on. */
export function createCallerPresence(
  core: CallCore,
  voice: AgentVoice,
): Pick<LiveCall, 'callerAway' | 'callerReturned' | 'cutSpeech'> {
  const { clock } = core;
  let awayFromMs: number | null = null;
  const isOn = (): boolean => core.phase() === 'live' || core.phase() === 'closing';
  return {
    callerAway() {
      if (!isOn() || awayFromMs !== null) return;
      awayFromMs = clock.monotonicMs();
      core.record({ type: 'caller.away' });
    },
    callerReturned() {
      if (!isOn() || awayFromMs === null) return;
      core.record({ type: 'caller.returned', awayMs: clock.monotonicMs() - awayFromMs });
      awayFromMs = null;
    },
    cutSpeech() {
      if (isOn()) cutAgent(voice, 'line');
    },
  };
}
