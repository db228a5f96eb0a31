import { messageOf, SwitchboardError, systemClock, type Clock } from '../../lib/index.ts';
import type { CarrierSide } from './carrier-side.ts';
import { openMediaLine } from './media-line.ts';
import { createPhoneTalk, type PhoneTalkOptions } from './phone-talk.ts';
import type { News, StreamVerb, Verb } from './verb.ts';

/** A call as a carrier would bring it. */
export interface CarrierCallOptions extends Omit<PhoneTalkOptions, 'clock' | 'format'> {
  readonly side: CarrierSide;
  /** Where the server is really reached, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** The address that the server knows itself by. @default `url` */
  readonly publicUrl?: string | undefined;
  /** @default the server's default desk */
  readonly desk?: string | undefined;
  /** Told what the carrier does, in a few words. */
  readonly onNote?: (note: string) => void;
  /** Hangs up when aborted. */
  readonly signal?: AbortSignal;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** A call that was held. */
export interface HeldCarrierCall {
  /** `answer`: the server's answer ended it; `caller`: we hung up after the last turn. */
  readonly endedBy: 'answer' | 'caller';
  /** Media streams that were opened: more than one when the caller was brought back. */
  readonly streams: number;
  /** Of what the server sent last, not played yet when it ended the stream. */
  readonly unheardMs: number;
  /** Stereo WAV, caller left, agent right; when asked for. */
  readonly recording: Uint8Array | undefined;
}

/** Answers of a server that never come to an end are given up on. */
const mostVerbs = 200;

/**
 * Plays a carrier's side of a call in real time: signed webhooks, what they are answered with, and the media
 * stream.
 *
 * @throws SwitchboardError server_unreachable; call_failed when the server refuses or answers nonsense
 */
export async function placeCarrierCall(options: CarrierCallOptions): Promise<HeldCarrierCall> {
  const { side, clock = systemClock, onNote = () => undefined } = options;
  const { format } = side;
  const publicUrl = (options.publicUrl ?? options.url).replace(/\/+$/, '');
  const talk = await createPhoneTalk({ ...options, clock, format });
  let streams = 0;
  let unheardMs = 0;

  /** Where an address of the server's really is. */
  const reach = (address: string, scheme: 'http' | 'ws'): string => {
    const path = address.replace(/^(http|ws)(s?):/, 'http$2:').replace(publicUrl, '');
    const url = new URL(path, options.url);
    url.protocol = url.protocol.replace('http', scheme);
    return url.href;
  };
  const ask = async (address: string, news: News): Promise<string> => {
    let response: Response;
    try {
      const webhook = side.webhook(address, news);
      response = await fetch(reach(address, 'http'), { method: 'POST', ...webhook });
    } catch (cause) {
      const message = `No Switchboard answers at ${options.url} (${messageOf(cause)}).`;
      throw new SwitchboardError('server_unreachable', message, { cause });
    }
    if (response.ok) return response.text();
    const hint = response.status === 404 ? ` Is it set up for ${side.channel}?` : '';
    throw new SwitchboardError(
      'call_failed',
      `${new URL(address).pathname} answers with HTTP ${response.status}.${hint}`,
    );
  };
  /** @returns whether the carrier goes on with what comes next */
  const hold = async (verb: StreamVerb): Promise<boolean> => {
    streams += 1;
    const line = openMediaLine({
      url: reach(verb.url, 'ws'),
      ...{ wire: side.openWire(verb), format, clock, listener: talk.listener },
    });
    const abort = (): void => line.stop();
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted) abort();
    const talking = talk.on(line).then((how) => {
      if (how === 'done') line.stop();
    });
    const end = await line.ended;
    options.signal?.removeEventListener('abort', abort);
    await talking;
    if (end.by === 'server') unheardMs = end.unheardMs;
    return end.by !== 'caller';
  };

  /** @returns null: the call is over. */
  async function obey(verb: Verb): Promise<readonly Verb[] | null | 'next'> {
    switch (verb.name) {
      case 'Stream':
        onNote(streams === 0 ? 'connected' : 'connected again');
        return (await hold(verb)) ? 'next' : null;
      case 'Redirect':
        return side.readAnswer(await ask(new URL(verb.url, publicUrl).href, verb.news));
      case 'Pause':
        await new Promise<void>((resolve) => clock.setTimer(verb.seconds * 1_000, resolve));
        return 'next';
      case 'Say':
      case 'Gather':
        onNote(`the carrier says: ${verb.name === 'Say' ? verb.text : verb.say}`);
        return 'next';
      case 'Dial':
        onNote(`the carrier dials ${verb.numbers.join(', ')}, and nobody answers`);
        if (verb.action === null) return 'next';
        return side.readAnswer(
          await ask(new URL(verb.action, publicUrl).href, {
            ...{ CallStatus: 'in-progress', DialCallStatus: 'no-answer' },
          }),
        );
      case 'Hangup':
      case 'Reject':
        return [];
    }
  }

  const search = options.desk === undefined ? '' : `?desk=${encodeURIComponent(options.desk)}`;
  const answer = await ask(`${publicUrl}${side.paths.call}${search}`, side.news.rings);
  let verbs = side.readAnswer(answer);
  let endedBy: HeldCarrierCall['endedBy'] = 'answer';
  for (let count = 0; verbs.length > 0; count += 1) {
    const [verb, ...rest] = verbs;
    if (!verb || count === mostVerbs) break;
    const next = await obey(verb);
    if (next === null) endedBy = 'caller';
    verbs = next === null ? [] : next === 'next' ? rest : next;
  }
  await ask(`${publicUrl}${side.paths.status}`, side.news.over);
  return { endedBy, streams, unheardMs, recording: talk.recording() };
}
