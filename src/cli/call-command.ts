import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { messageOf, silentLog, SwitchboardError } from '../lib/index.ts';
import { placeCall, readSpokenTurn, speakTurn, type CallerTurn } from './caller/index.ts';
import { callByCarrier, type CarrierChoice } from './call-by-carrier.ts';
import { conversationPrinter } from './conversation-printer.ts';
import { note, print } from './output.ts';

/** A turn as it was asked for, in the order of the command line. */
type AskedTurn = {
  readonly kind: 'wav' | 'say' | 'type' | 'press';
  readonly value: string;
  readonly interruptAfterMs: number | undefined;
};

/** `switchboard call`: a caller for tests and demos. */
export function callCommand(): Command {
  const turns: AskedTurn[] = [];
  let interruptAfterMs: number | undefined;
  const add = (kind: AskedTurn['kind']) => (value: string) => {
    turns.push({ kind, value, interruptAfterMs });
    interruptAfterMs = undefined;
    return value;
  };
  return new Command('call')
    .description('place a call in real time and print the conversation')
    .option('--wav <file>', 'say what is in this WAV file; may be repeated', add('wav'))
    .option('--say <text>', 'say this text in a synthetic voice; may be repeated', add('say'))
    .option('--type <text>', 'type this text instead of speaking; may be repeated', add('type'))
    .option('--press <keys>', 'press these keys of a telephone; may be repeated', (value: string) =>
      add('press')(keysOf(value)),
    )
    .option(
      '--interrupt-after <ms>',
      'begin the next turn this long into the agent’s speech',
      (value) => {
        interruptAfterMs = milliseconds(value);
        return interruptAfterMs;
      },
    )
    .option('--desk <name>', 'the desk to call; the server’s default when left out', notEmpty)
    .option('--url <address>', 'the server', 'http://127.0.0.1:8080')
    .option('--voice <name>', 'voice for --say', 'ash')
    .option('--record <file>', 'keep both sides as a stereo WAV: caller left, agent right')
    .option(
      '--twilio',
      'come in by telephone: play Twilio’s side, with the account that the environment names',
    )
    .addOption(
      new Option('--telnyx <key>', 'likewise as Telnyx, signing with this private key').conflicts([
        'twilio',
        'vonage',
      ]),
    )
    .addOption(new Option('--vonage', 'likewise as Vonage').conflicts('twilio'))
    .option('--from <number>', 'the caller’s number, by telephone')
    .option('--json', 'print one trail event a line instead of the conversation')
    .addHelpText(
      'after',
      '\nTurns are taken in the order given, each after the agent has finished.\n' +
        'Exit code 0: the call ended cleanly, by the agent or by hanging up after the last turn.',
    )
    .action((options: CallOptions) => call(turns, options));
}

interface CallOptions extends CarrierChoice {
  readonly desk?: string;
  readonly url: string;
  readonly voice: string;
  readonly record?: string;
  readonly json?: true;
}

async function call(asked: readonly AskedTurn[], options: CallOptions): Promise<void> {
  const turns = await prepare(asked, options.voice);
  const controller = new AbortController();
  const hangUp = (): void => controller.abort(new Error('interrupted'));
  process.once('SIGINT', hangUp);
  process.once('SIGTERM', hangUp);
  if (options.twilio || options.vonage || options.telnyx !== undefined) {
    const recording = await callByCarrier(turns, { ...options, signal: controller.signal });
    if (options.record !== undefined && recording) await keep(options.record, recording);
    return;
  }
  const lines = conversationPrinter();
  const result = await placeCall({
    url: options.url,
    desk: options.desk,
    turns,
    record: options.record !== undefined,
    signal: controller.signal,
    onMessage(message) {
      if (!options.json) {
        lines(message).forEach(print);
        return;
      }
      if (message.type === 'trail') print(JSON.stringify(message.event));
    },
  });
  if (options.record !== undefined && result.recording)
    await keep(options.record, result.recording);
  if (controller.signal.aborted) throw new SwitchboardError('call_failed', 'Hung up by a signal.');
  if (!result.isClean) {
    const detail = result.detail ? `: ${result.detail}` : '';
    throw new SwitchboardError('call_failed', `The call ended as ${result.reason}${detail || '.'}`);
  }
}

/** Reads and speaks everything before the call is placed, so that a mistake costs nobody a call. */
async function prepare(asked: readonly AskedTurn[], voice: string): Promise<CallerTurn[]> {
  const mouth = asked.some(({ kind }) => kind === 'say') ? await openMouth() : undefined;
  try {
    const turns: CallerTurn[] = [];
    for (const { kind, value, interruptAfterMs } of asked) {
      if (kind === 'press') turns.push({ type: 'press', keys: value, interruptAfterMs });
      else if (kind === 'type') turns.push({ type: 'type', text: value, interruptAfterMs });
      else {
        const isSaid = kind === 'say' && mouth;
        const samples = await (isSaid ? speakTurn(value, mouth, voice) : readSpokenTurn(value));
        turns.push({ type: 'speak', samples, interruptAfterMs });
      }
    }
    return turns;
  } finally {
    await mouth?.[Symbol.asyncDispose]();
  }
}

async function openMouth() {
  const { createFliteMouth } = await import('../engine/mouth/index.ts');
  return createFliteMouth({ log: silentLog, workers: 1 });
}

async function keep(file: string, recording: Uint8Array): Promise<void> {
  try {
    await writeFile(file, recording);
    note(`Recorded to ${file}`);
  } catch (cause) {
    const message = `Cannot write the recording to ${file}: ${messageOf(cause)}`;
    throw new SwitchboardError('config_invalid', message, { cause });
  }
}

function notEmpty(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('must not be empty');
}

function keysOf(value: string): string {
  if (/^[0-9*#]{1,64}$/.test(value)) return value;
  throw new InvalidArgumentError('must be keys of a telephone: 0 to 9, * and #');
}

function milliseconds(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('must be a whole number of milliseconds');
}
