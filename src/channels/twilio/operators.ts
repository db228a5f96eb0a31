import type { Operators, PersonAnswer, PersonOffer } from '../../call/ports.ts';
import type { Absence, PhoneCalls } from '../../carrier/index.ts';
import { messageOf, supervised, type Clock, type Log, type NewId } from '../../lib/index.ts';
import type { TwilioAnswers } from './answers.ts';
import { isOver, twilioStatus } from './call-status.ts';
import type { TwilioRest } from './rest.ts';
import { twilioPaths, type TwilioUrls } from './urls.ts';

/** Most people who are rung at once for one caller. */
const maxPhones = 5;
/** Longest a telephone rings; the queue's own time is shorter as a rule. */
const ringSeconds = 60;
/** Longest the person waits for the agent's last words to have been heard. */
const lastWordsMs = 3_000;
/** Longest a caller takes to come back by themselves when the person's leaving has ended the conference. */
const comesBackMs = 2_000;
/** The key that takes a caller. Any other declines, as does hanging up. */
const acceptKey = '1';

/** What Twilio asks while people are rung. Ids and keys as they came in its requests. */
export interface TwilioOperators {
  readonly operators: Operators;
  /** Somebody who was rung has picked up. */
  whisper(offerId: string): Promise<string>;
  /** They have pressed a key, or none. */
  answer(
    offerId: string,
    pressed: { readonly callSid: string; readonly key: string },
  ): Promise<string>;
  /** How far the call to them is. */
  progressed(offerId: string, report: { readonly callSid: string; readonly status: string }): void;
}

/** What putting callers through works with. */
export interface TwilioOperatorsOptions {
  readonly calls: () => Pick<PhoneCalls, 'carrierCallId' | 'leave'>;
  readonly rest: TwilioRest;
  readonly urls: TwilioUrls;
  readonly answers: () => Promise<TwilioAnswers>;
  /** Our number, which they see; null: nobody can be rung. */
  readonly from: string | null;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

interface Open {
  readonly offer: PersonOffer;
  readonly callerSid: string;
  readonly answer: PromiseWithResolvers<PersonAnswer>;
  /** Numbers by the call to them, for those who may still answer. */
  readonly rung: Map<string, string>;
  /** Numbers still being dialled. */
  dialling: number;
  hasDeclined: boolean;
  /** Resolves once the caller has heard what the agent said last. */
  readonly heard: () => Promise<void>;
  taken: { readonly callSid: string; absence: Absence | null; isGone: boolean } | null;
}

/**
 * Rings the people of a queue, lets them hear what it is about, and brings caller and person together in
 * a conference of the carrier's. When the person hangs up, the caller is back on their stream.
 *
 * The caller stays with the agent until somebody has pressed 1: a voice mailbox takes no callers.
 */
export function createTwilioOperators(options: TwilioOperatorsOptions): TwilioOperators {
  const { rest, urls, from, log } = options;
  const spawn = supervised(log);
  const offers = new Map<string, Open>();

  const hangUp = (callSid: string): void =>
    spawn('hang up on a person', async () => {
      await rest.hangUp(callSid).catch((thrown: unknown) => {
        log.debug('person was not hung up', { error: messageOf(thrown) }); // gone already
      });
    });

  /**
   * The person has left. A conference that they were in ends with that, and its caller asks what follows;
   * one that they never reached goes on, with the caller alone in it.
   */
  function bringBack({ callerSid }: Open, absence: Absence): void {
    absence.expect();
    let isAway = true;
    void absence.back.then(() => {
      isAway = false;
    });
    options.clock.setTimer(comesBackMs, () => {
      if (!isAway) return;
      spawn('bring a caller back', async () => {
        const { comeBack } = await options.answers();
        await rest.redirect(callerSid, comeBack()).catch((thrown: unknown) => {
          log.warn('caller could not be brought back', { error: messageOf(thrown) });
        });
      });
    });
  }

  /** Nobody is left who could take the caller. */
  function settleIfAlone(offerId: string, open: Open): void {
    if (open.taken || open.dialling > 0 || open.rung.size > 0) return;
    offers.delete(offerId);
    open.answer.resolve({ accepted: false, code: open.hasDeclined ? 'declined' : 'nobody' });
  }

  async function ring(offerId: string, open: Open, to: string): Promise<void> {
    try {
      const callSid = await rest.dial({
        ...{ to, from: from ?? '', ringSeconds },
        url: urls.at(twilioPaths.whisper, { offer: offerId }),
        statusUrl: urls.at(twilioPaths.personStatus, { offer: offerId }),
      });
      if (offers.get(offerId) === open && !open.taken) open.rung.set(callSid, to);
      else hangUp(callSid); // too late
    } catch (thrown) {
      log.warn('person could not be rung', { error: messageOf(thrown), pii: { to } });
    } finally {
      open.dialling -= 1;
      settleIfAlone(offerId, open);
    }
  }

  function withdraw(offerId: string, open: Open): void {
    if (open.taken?.absence) return; // they are being brought together
    offers.delete(offerId);
    for (const callSid of open.rung.keys()) hangUp(callSid);
    open.answer.resolve({ accepted: false, code: 'nobody' });
  }

  async function lastWords(open: Open): Promise<void> {
    const capped = Promise.withResolvers<null>();
    const cancel = options.clock.setTimer(lastWordsMs, () => capped.resolve(null));
    await Promise.race([open.heard(), capped.promise]);
    cancel();
  }

  async function take(offerId: string, open: Open, callSid: string): Promise<string> {
    const say = await options.answers();
    const operator = open.rung.get(callSid);
    if (open.taken || operator === undefined) return say.gone();
    const taken: Open['taken'] = { callSid, absence: null, isGone: false };
    open.taken = taken; // whoever presses next is too late
    await lastWords(open);
    const isWanted = offers.get(offerId) === open && !taken.isGone;
    const absence = isWanted ? options.calls().leave(open.offer.callId) : null;
    taken.absence = absence;
    try {
      if (taken.isGone) throw new Error('the person has hung up');
      if (!absence) throw new Error('the caller is not here any more');
      await rest.redirect(open.callerSid, say.join(offerId, 'caller'));
    } catch (thrown) {
      log.warn('caller could not be put through', { error: messageOf(thrown) });
      absence?.cancel();
      open.taken = null;
      open.rung.delete(callSid);
      settleIfAlone(offerId, open);
      return say.gone();
    }
    for (const other of open.rung.keys()) if (other !== callSid) hangUp(other);
    open.answer.resolve({
      accepted: true,
      line: {
        operator,
        hearCaller: () => undefined, // the carrier connects them
        left: absence.back.then((handBack) => {
          offers.delete(offerId);
          return { handBack };
        }),
        hangUp: () => hangUp(callSid),
      },
    });
    return say.join(offerId, 'person');
  }

  return {
    operators: {
      async offer(offer, { signal, heard }) {
        const callerSid = options.calls().carrierCallId(offer.callId);
        const phones = offer.phones.slice(0, maxPhones);
        if (from === null || callerSid === undefined || phones.length === 0 || signal.aborted) {
          return { accepted: false, code: 'nobody' };
        }
        const offerId = options.newId('offer');
        const open: Open = {
          ...{ offer, callerSid, answer: Promise.withResolvers<PersonAnswer>(), rung: new Map() },
          ...{ dialling: phones.length, hasDeclined: false, taken: null, heard },
        };
        offers.set(offerId, open);
        signal.addEventListener('abort', () => withdraw(offerId, open), { once: true });
        for (const phone of phones) spawn('ring a person', () => ring(offerId, open, phone));
        return open.answer.promise;
      },
    },
    async whisper(offerId) {
      const say = await options.answers();
      const open = offers.get(offerId);
      return open && !open.taken ? say.whisper(offerId, open.offer.briefing) : say.gone();
    },
    async answer(offerId, { callSid, key }) {
      const open = offers.get(offerId);
      const say = await options.answers();
      if (!open || open.taken) return say.gone();
      if (key === acceptKey) return take(offerId, open, callSid);
      open.hasDeclined = true;
      open.rung.delete(callSid);
      settleIfAlone(offerId, open);
      return say.hangUp();
    },
    progressed(offerId, { callSid, status: reported }) {
      const open = offers.get(offerId);
      const status = twilioStatus(reported);
      if (!open || status === null || !isOver(status)) return;
      if (open.taken?.callSid === callSid) {
        open.taken.isGone = true; // perhaps before the caller was moved
        if (open.taken.absence) bringBack(open, open.taken.absence);
        return;
      }
      // Who picked up and hung up has said no; who did not pick up has said nothing.
      if (open.rung.delete(callSid) && (status === 'completed' || status === 'busy')) {
        open.hasDeclined = true;
      }
      settleIfAlone(offerId, open);
    },
  };
}
