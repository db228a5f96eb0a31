import { messageOf, type Spawn } from '../../lib/index.ts';
import type { Mind, MindAct } from '../mind/port.ts';
import type { Mouth } from '../mouth/port.ts';
import type { Effect, SessionEvent, Speech } from './events.ts';

type Work = Extract<Effect, { readonly type: 'respond' | 'apologise' }>;

/** Turns what a mind decides into events of the session, speaking on the way. */
export interface Responder {
  start(work: Work): void;
  /** Stops mind and mouth; nothing more is reported. Does nothing for another response. */
  stop(responseId: string): void;
}

/** @returns a responder for one session; at most one response runs at a time. */
export function createResponder(options: {
  readonly mind: Mind;
  readonly mouth: Mouth;
  readonly spawn: Spawn;
  readonly report: (event: SessionEvent) => void;
}): Responder {
  const { mind, mouth, spawn, report } = options;
  let active: { readonly responseId: string; readonly controller: AbortController } | null = null;

  async function say(
    text: string,
    task: {
      readonly responseId: string;
      readonly speech: Speech | null;
      readonly signal: AbortSignal;
    },
  ): Promise<'said' | 'stopped'> {
    const { responseId, speech, signal } = task;
    if (text.trim() === '') return 'said';
    report({ type: 'say_started', responseId, text });
    if (!speech) report({ type: 'text_made', responseId, text });
    else {
      try {
        for await (const chunk of mouth.speak(text, { ...speech, signal })) {
          if (signal.aborted) return 'stopped';
          report({ type: 'speech_made', responseId, chunk });
        }
      } catch (thrown) {
        if (!signal.aborted) {
          report({
            type: 'response_failed',
            responseId,
            part: 'mouth',
            message: messageOf(thrown),
          });
        }
        return 'stopped';
      }
    }
    return signal.aborted ? 'stopped' : 'said';
  }

  async function run(work: Work, signal: AbortSignal): Promise<void> {
    const { responseId, speech } = work;
    const task = { responseId, speech, signal };
    // A model says one sentence after the other: together they are one message.
    const endMessage = (): void => report({ type: 'say_ended', responseId });
    try {
      for await (const act of actsOf(work, signal)) {
        if (signal.aborted) return;
        if (act.type === 'call') {
          endMessage();
          report({ type: 'call_made', responseId, name: act.name, arguments: act.arguments });
        } else if ((await say(act.text, task)) === 'stopped') return;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      endMessage();
      report({ type: 'response_failed', responseId, part: 'mind', message: messageOf(thrown) });
      return;
    }
    if (signal.aborted) return;
    endMessage();
    report({ type: 'response_ended', responseId });
  }

  function actsOf(work: Work, signal: AbortSignal): AsyncIterable<MindAct> {
    return work.type === 'respond' ? mind.respond(work.input, signal) : only(work.text);
  }

  return {
    start(work) {
      active?.controller.abort();
      const controller = new AbortController();
      active = { responseId: work.responseId, controller };
      spawn('respond', () => run(work, controller.signal));
    },
    stop(responseId) {
      if (active?.responseId === responseId) active.controller.abort();
    },
  };
}

// Asynchronous because a mind is.

async function* only(text: string): AsyncIterable<MindAct> {
  yield { type: 'say', text };
}
