import { describe, expect, it } from 'vitest';
import type { Operators, PersonAnswer, PersonLine, PersonOffer } from '../ports.ts';

/** Operators, and one of them to be driven by the suite. */
export interface OperatorsUnderTest {
  readonly operators: Operators;
  /** Resolves once an operator sees an offer for the call. */
  seesOffer(callId: string): Promise<PersonOffer>;
  accept(callId: string): Promise<void>;
  decline(callId: string): Promise<void>;
  /** The operator of the call speaks; resolves when it was sent. */
  say(callId: string, samples: Int16Array): Promise<void>;
  /** Resolves once the operator of the call has heard that many samples. */
  hears(callId: string, count: number): Promise<Int16Array>;
  leave(callId: string, options: { readonly handBack: boolean }): Promise<void>;
}

/** What everything that asks people must do. */
export function operatorsContract(name: string, open: () => Promise<OperatorsUnderTest>): void {
  const offerOf = (skills: readonly string[] = []): PersonOffer => ({
    callId: `call_${crypto.randomUUID()}`,
    ...{ desk: 'front-desk', queue: 'team', skills, phones: [], customer: null },
    packet: { reason: 'a complaint' },
    briefing: 'Caller: not verified.\nWants: a complaint',
  });
  const heard = (): Promise<void> => Promise.resolve();
  interface Taken {
    readonly line: PersonLine;
    readonly played: Int16Array[];
  }
  const taken = async (under: OperatorsUnderTest, offer: PersonOffer): Promise<Taken> => {
    const played: Int16Array[] = [];
    const { signal } = new AbortController();
    const answering = under.operators.offer(offer, {
      signal,
      play: (samples) => void played.push(samples.slice()),
      heard,
    });
    await under.seesOffer(offer.callId);
    await under.accept(offer.callId);
    const answer = await answering;
    if (!answer.accepted) throw new Error(`not accepted: ${answer.code}`);
    return { line: answer.line, played };
  };

  describe(`${name} asks people`, () => {
    it('shows operators who is calling and why', async () => {
      const under = await open();
      const offer = offerOf();
      const controller = new AbortController();
      const options = { signal: controller.signal, play: () => undefined, heard };
      const answering = under.operators.offer(offer, options).catch(() => null);
      expect(await under.seesOffer(offer.callId)).toEqual(offer);
      controller.abort(new Error('over'));
      await answering;
    });

    it('gives up when the caller waits no more', async () => {
      const under = await open();
      const offer = offerOf();
      const controller = new AbortController();
      const options = { signal: controller.signal, play: () => undefined, heard };
      const answering = under.operators.offer(offer, options);
      await under.seesOffer(offer.callId);
      controller.abort(new Error('hung up'));
      const refused: PersonAnswer = { accepted: false, code: 'nobody' };
      expect(await answering.catch(() => refused)).toMatchObject({ accepted: false });
    });

    it('tells when everybody said no', async () => {
      const under = await open();
      const offer = offerOf();
      const { signal } = new AbortController();
      const answering = under.operators.offer(offer, { signal, play: () => undefined, heard });
      await under.seesOffer(offer.callId);
      await under.decline(offer.callId);
      expect(await answering).toEqual({ accepted: false, code: 'declined' });
    });

    it('finds nobody for what nobody can do', async () => {
      const under = await open();
      const { signal } = new AbortController();
      const offer = offerOf(['a skill that nobody has']);
      const answer = await under.operators.offer(offer, { signal, play: () => undefined, heard });
      expect(answer).toEqual({ accepted: false, code: 'nobody' });
    });

    it('lets operator and caller hear each other', async () => {
      const under = await open();
      const offer = offerOf();
      const { line, played } = await taken(under, offer);
      expect(line.operator).not.toBe('');
      line.hearCaller(Int16Array.of(1, 2, 3));
      line.hearCaller(Int16Array.of(4));
      expect([...(await under.hears(offer.callId, 4))]).toEqual([1, 2, 3, 4]);
      await under.say(offer.callId, Int16Array.of(7, 8));
      expect(played.flatMap((part) => [...part])).toEqual([7, 8]);
      line.hangUp();
    });

    it.each([true, false])('tells how the operator left: handed back %s', async (handBack) => {
      const under = await open();
      const offer = offerOf();
      const { line } = await taken(under, offer);
      await under.leave(offer.callId, { handBack });
      expect(await line.left).toEqual({ handBack });
    });

    it('leaves no operator behind when the caller is gone, however often that is said', async () => {
      const under = await open();
      const { line } = await taken(under, offerOf());
      line.hangUp();
      line.hangUp();
      expect(await line.left).toEqual({ handBack: false });
      line.hearCaller(Int16Array.of(1)); // too late, and no harm
    });
  });
}
