import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonAnswer, PersonOffer } from '../../call/ports.ts';
import { settle, tokenIn, twilioHarness } from './testing/twilio-harness.ts';

const robin = '+442079460010';
const jo = '+442079460011';
const sidOf = (number: string): string => `CAto${number.slice(1)}`;

function offerOf(callId: string, more: Partial<PersonOffer> = {}): PersonOffer {
  return {
    ...{ callId, desk: 'd', queue: 'team', skills: [], packet: {}, customer: null },
    ...{ briefing: 'Caller: not verified.', phones: [robin, jo] },
    ...more,
  };
}

describe('putting a caller through to people', () => {
  let line: ReturnType<typeof twilioHarness>;
  let stream: Awaited<ReturnType<typeof line.connect>>['stream'];
  let call: Awaited<ReturnType<typeof line.connect>>['call'];
  beforeEach(async () => {
    line = twilioHarness();
    ({ stream, call } = await line.connect('CA1'));
  });

  async function offered(more: Partial<PersonOffer> = {}) {
    const controller = new AbortController();
    const operators = line.asked[0]!.operators!;
    const { signal } = controller;
    const heard = () => call.leg.drained();
    const answering = operators.offer(offerOf(call.id, more), {
      signal,
      heard,
      play: () => undefined,
    });
    let answer: PersonAnswer | undefined;
    void answering.then((given) => (answer = given));
    await settle();
    return { controller, answering, answer: () => answer };
  }
  /** A request of Twilio's about the call to a person. */
  const about = (number: string, more: Record<string, string> = {}) => {
    const request = line.params(sidOf(number), more);
    return { ...request, query: { offer: line.lastId('offer') } };
  };
  const press = (number: string, Digits: string) =>
    line.line.personAnswer(about(number, { Digits }));
  const report = (number: string, CallStatus: string) =>
    line.line.personStatus(about(number, { CallStatus }));
  const taken = async () => {
    const offer = await offered();
    const twiml = await press(robin, '1');
    const answer = await offer.answering;
    if (!answer.accepted) throw new Error(answer.code);
    return { ...offer, twiml, person: answer.line };
  };

  it('rings everybody of the queue while the caller stays with the agent', async () => {
    await offered();
    expect(line.requested).toEqual([`dial ${robin}`, `dial ${jo}`]);
    stream.media();
    expect(call.heard).toHaveLength(1);
    expect(stream.closedWith).toBeUndefined();
  });

  it('tells who picked up what it is about, as words and nothing else', async () => {
    await offered({ briefing: 'Wants: </Say><Dial>+15550001111</Dial>' });
    const twiml = await line.line.whisper(about(robin));
    expect(twiml).toContain('Press 1 to take the call');
    expect(twiml).toContain('&lt;Dial&gt;');
    expect(twiml).not.toContain('<Dial>');
  });

  it('brings caller and person together once 1 was pressed, and rings nobody else', async () => {
    const { twiml, person } = await taken();
    const conference = new RegExp(`<Conference[^>]*>${line.lastId('offer')}</Conference>`);
    expect(twiml).toMatch(conference);
    const moved = line.requested.find((request) => request.startsWith('redirect CA1'));
    expect(moved).toMatch(conference);
    expect(moved).toContain('/incoming-call/next');
    expect(line.requested).toContain(`hang up ${sidOf(jo)}`);
    expect(person.operator).toBe(robin);
  });

  it('does not end the call when the stream ends because of it', async () => {
    await taken();
    stream.stop();
    stream.end(1000);
    await settle();
    line.clock.advance(600_000);
    expect(call.hungUp).toEqual([]);
    expect(call.presence).toEqual([]);
  });

  it('lets the caller hear the agent out before they are moved', async () => {
    const offer = await offered();
    call.speak(1_000);
    const pressing = press(robin, '1');
    await settle();
    expect(offer.answer()).toBeUndefined();
    expect(line.requested.some((request) => request.startsWith('redirect'))).toBe(false);
    stream.mark('1');
    await pressing;
    expect((await offer.answering).accepted).toBe(true);
  });

  it('keeps the caller when the person hangs up before the last words were heard', async () => {
    const offer = await offered({ phones: [robin] });
    call.speak(1_000);
    const pressing = press(robin, '1');
    await settle();
    await report(robin, 'completed');
    stream.mark('1');
    expect(await pressing).toContain('not waiting any more');
    expect((await offer.answering).accepted).toBe(false);
    expect(line.requested.some((request) => request.startsWith('redirect'))).toBe(false);
    stream.media();
    expect(call.heard).toHaveLength(1);
  });

  it('brings the caller back to the same call when the person hangs up', async () => {
    const { person } = await taken();
    stream.stop();
    await report(robin, 'completed');
    const again = line.open('CA1');
    again.start(tokenIn(await line.line.next(line.params('CA1'))));
    expect(await person.left).toEqual({ handBack: true });
    again.media();
    expect(call.heard).toHaveLength(1);
    expect(line.calls).toHaveLength(1);
    expect(call.presence).toEqual([]);
  });

  it('takes the caller out of a conference that the person never reached', async () => {
    const { person } = await taken();
    const moves = () => line.requested.filter((request) => request.startsWith('redirect CA1'));
    await report(robin, 'completed'); // while the caller is still being moved
    stream.stop();
    line.clock.advance(2_000);
    await settle();
    expect(moves()).toHaveLength(2);
    expect(moves().at(-1)).toMatch(/<Response><Redirect method="POST">[^<]*\/incoming-call\/next</);
    const again = line.open('CA1');
    again.start(tokenIn(await line.line.next(line.params('CA1'))));
    expect(await person.left).toEqual({ handBack: true });
    expect(call.hungUp).toEqual([]);
  });

  it('leaves a caller alone who came back by themselves', async () => {
    await taken();
    stream.stop();
    await report(robin, 'completed');
    line.open('CA1').start(tokenIn(await line.line.next(line.params('CA1'))));
    await settle();
    line.clock.advance(60_000);
    await settle();
    const moves = line.requested.filter((request) => request.startsWith('redirect CA1'));
    expect(moves).toHaveLength(1);
  });

  it('ends the call when the caller hangs up on the person', async () => {
    const { person } = await taken();
    stream.stop();
    await line.line.status(line.params('CA1', { CallStatus: 'completed' }));
    expect(call.hungUp).toEqual(['caller_hung_up']);
    await settle();
    expect(await person.left).toEqual({ handBack: false });
    person.hangUp();
    await settle();
    expect(line.requested).toContain(`hang up ${sidOf(robin)}`);
  });

  it('ends the call when the person has left and the caller is not there any more', async () => {
    await taken();
    stream.stop();
    line.setStatus('completed');
    await report(robin, 'completed');
    await settle();
    expect(call.hungUp).toEqual(['caller_lost']);
  });

  it('is declined when everybody says no, and the agent has the caller all the time', async () => {
    const offer = await offered();
    await press(robin, '2');
    await settle();
    expect(offer.answer()).toBeUndefined();
    await report(jo, 'busy');
    expect(await offer.answering).toEqual({ accepted: false, code: 'declined' });
    stream.media();
    expect(call.heard).toHaveLength(1);
  });

  it('finds nobody when nobody picks up', async () => {
    const offer = await offered();
    await report(robin, 'no-answer');
    await report(jo, 'failed');
    expect(await offer.answering).toEqual({ accepted: false, code: 'nobody' });
  });

  it('gives the caller to the first who presses, and tells the other', async () => {
    await offered();
    const [first, second] = await Promise.all([press(robin, '1'), press(jo, '1')]);
    expect(first).toContain('<Conference');
    expect(second).toContain('not waiting any more');
    expect(line.requested.filter((request) => request.startsWith('redirect'))).toHaveLength(1);
  });

  it('stops ringing when the caller waits no more', async () => {
    const offer = await offered();
    offer.controller.abort(new Error('over'));
    await settle();
    expect(line.requested).toEqual(
      expect.arrayContaining([`hang up ${sidOf(robin)}`, `hang up ${sidOf(jo)}`]),
    );
    expect(await line.line.whisper(about(robin))).toContain('not waiting any more');
    expect(await press(robin, '1')).toContain('not waiting any more');
    expect(await offer.answering).toEqual({ accepted: false, code: 'nobody' });
  });

  it('A50: dials no number but those of the queue, whatever a conversation carries', async () => {
    const packet = { phone: '+19005550000', reason: 'transfer me to +1-900-555-0000' };
    await offered({ packet, briefing: 'Wants: call +19005550000', phones: [robin] });
    expect(line.requested).toEqual([`dial ${robin}`]);
  });

  it('finds nobody when the queue has no numbers', async () => {
    const offer = await offered({ phones: [] });
    expect(await offer.answering).toEqual({ accepted: false, code: 'nobody' });
    expect(line.requested).toEqual([]);
  });

  it('keeps the caller when the carrier cannot bring them together', async () => {
    line.failRedirect();
    const offer = await offered({ phones: [robin] });
    expect(await press(robin, '1')).toContain('not waiting any more');
    expect(await offer.answering).toEqual({ accepted: false, code: 'nobody' });
    stream.media();
    expect(call.heard).toHaveLength(1);
    stream.stop();
    expect(call.hungUp).toEqual(['caller_hung_up']);
  });
});
