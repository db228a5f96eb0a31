import { limitsOf } from '../../desk/index.ts';
import type { CallCore } from '../call-core.ts';
import { createOutputGuard, type OutputGuardHost } from '../conversation/output-guard.ts';
import type { Speech } from '../conversation/speech.ts';
import { sentences } from './tool-answer.ts';
import type { ToolRun } from './tool-runner.ts';
import { createConfirmations } from './confirmations.ts';
import { createFillers, defaultFiller } from './fillers.ts';
import { createLoopBreaker, type LoopVerdict } from './loop-breaker.ts';
import type { FunctionCall } from '../engine-link/transport/index.ts';
import type { Turns } from '../conversation/turns.ts';

/** What stands between the model and the caller in one call: read-backs, loops, waiting, forbidden words. */
export interface Safeguards {
  readonly toolRun: Pick<ToolRun, 'confirmations' | 'watch'>;
  /** Whether the model may go on calling tools. */
  judge(call: FunctionCall, isTransfer: boolean): LoopVerdict;
  /** Whether these words may be heard; when not, they are being cut already. */
  mayBeSaid(words: Words): boolean;
  /** A tool of the desk returned this: an agent may lean on it. */
  returned(output: string): void;
  /** The same turns, looked at on the way. */
  watch(turns: Turns): Turns;
}

interface Words {
  readonly itemId: string;
  readonly responseId: string;
  readonly text: string;
}

/** What safeguards need of their call. */
export interface SafeguardHost {
  readonly core: Pick<CallCore, 'desk' | 'clock' | 'log' | 'record'>;
  readonly speech: Pick<Speech, 'say' | 'owns'>;
  /** Nobody speaks and nobody is about to. */
  isQuiet(): boolean;
  agentOf(responseId: string): string;
  /** What the engine was last told to be. */
  instructions(): string;
  readonly cut: OutputGuardHost['cut'];
  readonly tellModel: OutputGuardHost['tellModel'];
}

/** Results an agent may lean on; older ones are forgotten. */
const maxSources = 50;

/** @returns the safeguards of a call that has just begun. */
export function createSafeguards(host: SafeguardHost): Safeguards {
  const { desk, clock, log, record } = host.core;
  const limits = limitsOf(desk);
  const results: string[] = [];
  const begun = new Set<string>();
  const breaker = createLoopBreaker(limits);
  const confirmations = createConfirmations({ clock, language: desk.language });
  const guard = createOutputGuard({
    guardrails: desk.guardrails ?? [],
    log,
    speakerOf: (id) => (host.speech.owns(id) ? null : host.agentOf(id)),
    sources: () => [host.instructions(), ...results],
    record,
    cut: host.cut,
    tellModel: host.tellModel,
    say: (text) => host.speech.say(text),
  });
  const callerTurn = (): void => {
    breaker.callerTurn();
    guard.callerTurn();
  };
  const agentSpoke = (responseId: string): void => {
    breaker.agentSpoke();
    // A phrase of the runtime's own reads nothing back.
    if (!host.speech.owns(responseId)) confirmations.agentSpoke();
  };
  return {
    toolRun: {
      confirmations,
      watch: createFillers({
        clock,
        afterMs: limits.fillerAfterMs,
        phrase: defaultFiller(desk.language),
        isQuiet: host.isQuiet,
        say: (text) => host.speech.say(text),
      }),
    },
    judge(call, isTransfer) {
      const verdict = breaker.judge({ ...call, isTransfer });
      if (verdict !== 'run') log.warn('tool loop', { tool: call.name, verdict });
      if (verdict === 'speak') host.speech.say(sentences.toolLoop);
      return verdict;
    },
    mayBeSaid: (words) => guard.words(words),
    returned(output) {
      results.push(output);
      if (results.length > maxSources) results.shift();
    },
    watch: (turns) => ({
      ...turns,
      audio(delta) {
        const isHeard = turns.audio(delta);
        if (!isHeard || begun.has(delta.itemId)) return isHeard;
        begun.add(delta.itemId);
        agentSpoke(delta.responseId);
        return isHeard;
      },
      playback(event) {
        const isHeard = turns.playback(event);
        if (isHeard && event.type === 'started') agentSpoke(event.responseId);
        return isHeard;
      },
      itemEnded(itemId, ended) {
        guard.itemEnded(itemId);
        turns.itemEnded(itemId, ended);
      },
      callerCommitted(itemId) {
        callerTurn();
        confirmations.callerSaid(itemId, null);
        turns.callerCommitted(itemId);
      },
      callerTranscript(itemId, text) {
        confirmations.callerSaid(itemId, text ?? '');
        turns.callerTranscript(itemId, text);
      },
      callerTyped(itemId, text) {
        callerTurn();
        confirmations.callerSaid(itemId, null);
        confirmations.callerSaid(itemId, text);
        turns.callerTyped(itemId, text);
      },
      callerKeyed(itemId, keyed) {
        callerTurn();
        confirmations.callerSaid(itemId, null);
        confirmations.callerSaid(itemId, keyed.words);
        turns.callerKeyed(itemId, keyed);
      },
    }),
  };
}
