import { levelDbfs, peakOf, readWav } from '../../src/audio/index.ts';

/** What a recording of a call sounds like, in figures. */
export interface Sound {
  readonly seconds: number;
  /** Times in which nobody was heard, after the caller and before the agent. */
  readonly waitsMs: readonly number[];
  readonly longestWaitMs: number;
  /** Longest rest inside what the agent says without the caller speaking. */
  readonly longestRestMs: number;
  /** Samples at full scale on the agent's side. */
  readonly clipped: number;
  /** Of the agent, while speaking. */
  readonly agentDbfs: number;
  readonly agentPeak: number;
}

const windowMs = 20;
const loudFromDbfs = -45;

/** Looks at a stereo recording: caller left, agent right. */
export function listenTo(wav: Uint8Array): Sound {
  const { rateHz, channels } = readWav(wav);
  const [caller = new Int16Array(), agent = new Int16Array()] = channels;
  const callerLoud = loudWindows(caller, rateHz);
  const agentLoud = loudWindows(agent, rateHz);
  let last: 'caller' | 'agent' | null = null;
  let quiet = 0;
  const waits: number[] = [];
  let longestRest = 0;
  for (let at = 0; at < agentLoud.length; at += 1) {
    const now = agentLoud[at] ? 'agent' : callerLoud[at] ? 'caller' : null;
    if (now === null) {
      quiet += 1;
      continue;
    }
    if (now === 'agent' && last === 'caller') waits.push(quiet * windowMs);
    if (now === 'agent' && last === 'agent') longestRest = Math.max(longestRest, quiet);
    last = now;
    quiet = 0;
  }
  const spoken = joined(agent, rateHz, agentLoud);
  return {
    seconds: agent.length / rateHz,
    waitsMs: waits,
    longestWaitMs: Math.max(0, ...waits),
    longestRestMs: longestRest * windowMs,
    clipped: agent.reduce((count, sample) => count + (Math.abs(sample) >= 32_767 ? 1 : 0), 0),
    agentDbfs: levelDbfs(spoken),
    agentPeak: peakOf(agent),
  };
}

function loudWindows(samples: Int16Array, rateHz: number): readonly boolean[] {
  const size = (rateHz * windowMs) / 1_000;
  return Array.from(
    { length: Math.floor(samples.length / size) },
    (_, index) => levelDbfs(samples.subarray(index * size, (index + 1) * size)) > loudFromDbfs,
  );
}

function joined(samples: Int16Array, rateHz: number, loud: readonly boolean[]): Int16Array {
  const size = (rateHz * windowMs) / 1_000;
  const kept = loud.flatMap((is, index) =>
    is ? [samples.subarray(index * size, (index + 1) * size)] : [],
  );
  const all = new Int16Array(kept.length * size);
  kept.forEach((part, index) => all.set(part, index * size));
  return all;
}
