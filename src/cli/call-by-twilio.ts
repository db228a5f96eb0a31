import { SwitchboardError } from '../lib/index.ts';
import { desksResponse } from '../protocol/index.ts';
import { readSettings } from '../server/index.ts';
import type { CallerTurn } from './caller/index.ts';
import { followTrail, placeTwilioCall, type PhoneTurn } from './carrier/index.ts';
import { conversationPrinter } from './conversation-printer.ts';
import { note, print } from './output.ts';

/** Events of a call that may be a little older than the clock of this program says. */
const clocksDifferMs = 1_000;

/**
 * Comes in by telephone as far as that goes without a carrier, and prints the conversation.
 *
 * @returns the recording, when asked for
 * @throws SwitchboardError config_invalid when the environment names no Twilio account
 */
export async function callByTwilio(
  asked: readonly CallerTurn[],
  options: {
    readonly url: string;
    readonly desk?: string;
    readonly from?: string;
    readonly record?: string;
    readonly json?: true;
    readonly signal: AbortSignal;
  },
): Promise<Uint8Array | undefined> {
  const { twilio } = readSettings();
  if (!twilio) {
    throw new SwitchboardError(
      'config_invalid',
      '--twilio needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and PUBLIC_URL, as the server has them.',
    );
  }
  const turns = asked.map((turn): PhoneTurn => {
    if (turn.type !== 'type') return turn;
    throw new SwitchboardError('config_invalid', '--type cannot be used on a telephone.');
  });
  const lines = conversationPrinter();
  if (!options.json) await printOpening(options, lines);
  const trail = followTrail({
    url: options.url,
    channel: 'twilio',
    sinceMs: Date.now() - clocksDifferMs,
    onEvent(event) {
      if (options.json) print(JSON.stringify(event));
      else lines({ type: 'trail', event }).forEach(print);
    },
  });
  const { accountSid, authToken, publicUrl } = twilio;
  const held = await placeTwilioCall({
    ...{ url: options.url, publicUrl, accountSid, authToken, turns },
    ...{ desk: options.desk, from: options.from, signal: options.signal },
    record: options.record !== undefined,
    onNote: (text) => note(`(${text})`),
  }).finally(() => trail.finish());
  const end = (await trail.finish()).at(-1);
  if (end?.type !== 'call.ended') {
    throw new SwitchboardError('call_failed', 'The call’s trail did not come to its end.');
  }
  if (!['agent_ended', 'person_ended', 'caller_hung_up'].includes(end.reason)) {
    throw new SwitchboardError('call_failed', `The call ended as ${end.reason}.`);
  }
  return held.recording;
}

/** A carrier's line names nobody: the desks do. */
async function printOpening(
  options: { readonly url: string; readonly desk?: string },
  lines: ReturnType<typeof conversationPrinter>,
): Promise<void> {
  const response = await fetch(new URL('/api/desks', options.url)).catch(() => null);
  const known = desksResponse.safeParse(response?.ok ? await response.json() : null);
  const { defaultDesk, desks = [], engine } = known.data ?? {};
  const desk = desks.find(({ name }) => name === (options.desk ?? defaultDesk));
  if (!desk || !engine) return;
  const labels = [...desk.agents, ...desk.people].map(({ name, label }) => [name, label]);
  lines({
    ...{ type: 'started', callId: '', desk, hearing: engine.hearing },
    agents: Object.fromEntries(labels) as Record<string, string>, // fromEntries forgets the value type
  }).forEach(print);
}
