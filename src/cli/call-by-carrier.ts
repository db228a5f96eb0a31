import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf, SwitchboardError } from '../lib/index.ts';
import { desksResponse } from '../protocol/index.ts';
import { readSettings } from '../server/index.ts';
import type { CallerTurn } from './caller/index.ts';
import {
  followTrail,
  placeCarrierCall,
  telnyxSide,
  twilioSide,
  vonageSide,
  type CarrierSide,
  type PhoneTurn,
} from './carrier/index.ts';
import { conversationPrinter } from './conversation-printer.ts';
import { note, print } from './output.ts';

/** Which carrier is played. At most one is set. */
export interface CarrierChoice {
  readonly twilio?: true;
  /** File of the private key that webhooks are signed with: Ed25519, PEM. */
  readonly telnyx?: string;
  readonly vonage?: true;
  /** The caller's number, E.164. @default +15005550006 */
  readonly from?: string;
}

/** Events of a call that may be a little older than the clock of this program says. */
const clocksDifferMs = 1_000;

/**
 * Comes in by telephone as far as that goes without a carrier, and prints the conversation.
 *
 * @returns the recording, when asked for
 * @throws SwitchboardError config_invalid when the environment does not name the account
 */
export async function callByCarrier(
  asked: readonly CallerTurn[],
  options: CarrierChoice & {
    readonly url: string;
    readonly desk?: string;
    readonly record?: string;
    readonly json?: true;
    readonly signal: AbortSignal;
  },
): Promise<Uint8Array | undefined> {
  const { side, publicUrl } = await chosenSide(options);
  const turns = asked.map((turn): PhoneTurn => {
    if (turn.type !== 'type') return turn;
    throw new SwitchboardError('config_invalid', '--type cannot be used on a telephone.');
  });
  const lines = conversationPrinter();
  if (!options.json) await printOpening(options, lines);
  const trail = followTrail({
    url: options.url,
    channel: side.channel,
    sinceMs: Date.now() - clocksDifferMs,
    onEvent(event) {
      if (options.json) print(JSON.stringify(event));
      else lines({ type: 'trail', event }).forEach(print);
    },
  });
  const held = await placeCarrierCall({
    ...{ side, url: options.url, publicUrl, turns, desk: options.desk, signal: options.signal },
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

async function chosenSide(
  chosen: CarrierChoice,
): Promise<{ readonly side: CarrierSide; readonly publicUrl: string }> {
  const { twilio, telnyx, vonage } = readSettings();
  const { from = '+15005550006' } = chosen;
  if (chosen.telnyx !== undefined) {
    if (!telnyx) throw unnamed('--telnyx', 'TELNYX_PUBLIC_KEY');
    const privateKey = readKey(chosen.telnyx);
    return { side: telnyxSide({ privateKey, from }), publicUrl: telnyx.publicUrl };
  }
  if (chosen.vonage) {
    if (!vonage) throw unnamed('--vonage', 'VONAGE_SIGNATURE_SECRET');
    return { side: vonageSide({ ...vonage, from }), publicUrl: vonage.publicUrl };
  }
  if (!twilio) throw unnamed('--twilio', 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN');
  return { side: await twilioSide({ ...twilio, from }), publicUrl: twilio.publicUrl };
}

function unnamed(option: string, variables: string): SwitchboardError {
  return new SwitchboardError(
    'config_invalid',
    `${option} needs ${variables} and PUBLIC_URL, as the server has them.`,
  );
}

function readKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (cause) {
    const message = `${file} is no private key: ${messageOf(cause)}`;
    throw new SwitchboardError('config_invalid', message, { cause });
  }
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
