import { concatPcm } from '../audio/index.ts';
import type { Operators, PersonAnswer, PersonOffer } from '../call/index.ts';

/** An operator who has a caller, as a test drives them. */
export interface FakeOperator {
  readonly name: string;
  readonly offer: PersonOffer;
  /** Everything the caller has said to them, PCM 16 bit mono at 24 kHz. */
  heard(): Int16Array;
  /** Says something to the caller. */
  say(samples: Int16Array): void;
  /** Leaves; the agent has the caller again if `handBack`, else the call ends. */
  leave(options: { readonly handBack: boolean }): void;
  /** True once the caller was gone. */
  isHungUp(): boolean;
}

/** Operators who do what a test, or a demonstration, tells them. */
export interface FakeOperators extends Operators {
  /** Every offer there was, oldest first. */
  readonly offers: readonly PersonOffer[];
  /** True while an offer waits for an answer. */
  isAsked(): boolean;
  /** Takes the caller. @throws when nobody waits */
  accept(name?: string): FakeOperator;
  decline(): void;
}

/** What operators do by themselves. `wait`: nothing, until a test says what. */
export type FakeDecision = 'accept' | 'decline' | 'wait';

/** @see fakeOperators */
export interface FakeOperatorsOptions {
  /** What operators can do; an offer that wants more finds nobody. @default everything */
  readonly skills?: readonly string[];
  /** @default waits */
  readonly decide?: (offer: PersonOffer) => FakeDecision;
  /** Told of an operator who has taken a caller, e.g. to let them speak. */
  readonly onAccept?: (operator: FakeOperator) => void;
}

interface Asked {
  readonly offer: PersonOffer;
  readonly play: (samples: Int16Array) => void;
  readonly answer: PromiseWithResolvers<PersonAnswer>;
}

/** @returns operators who wait to be told, unless the options say what they do. */
export function fakeOperators(options: FakeOperatorsOptions = {}): FakeOperators {
  const offers: PersonOffer[] = [];
  let asked: Asked | null = null;

  const take = (from: Asked | null, name: string): FakeOperator => {
    if (!from) throw new Error('No caller waits for an operator.');
    const heard: Int16Array[] = [];
    const left = Promise.withResolvers<{ readonly handBack: boolean }>();
    let hungUp = false;
    let here = true;
    const operator: FakeOperator = {
      name,
      offer: from.offer,
      heard: () => concatPcm(heard),
      say: (samples) => from.play(samples),
      leave({ handBack }) {
        here = false;
        left.resolve({ handBack });
      },
      isHungUp: () => hungUp,
    };
    from.answer.resolve({
      accepted: true,
      line: {
        operator: name,
        hearCaller: (samples) => {
          if (here) heard.push(samples.slice()); // the caller's buffer is used again
        },
        left: left.promise,
        hangUp() {
          hungUp = true;
          here = false;
          left.resolve({ handBack: false });
        },
      },
    });
    return operator;
  };
  const accept = (name = 'Robin'): FakeOperator => {
    const operator = take(asked, name);
    asked = null;
    options.onAccept?.(operator);
    return operator;
  };
  const decline = (): void => {
    asked?.answer.resolve({ accepted: false, code: 'declined' });
    asked = null;
  };
  return {
    offers,
    isAsked: () => asked !== null,
    accept,
    decline,
    offer(offer, { signal, play }) {
      offers.push(offer);
      const can = options.skills;
      if (can && !offer.skills.every((skill) => can.includes(skill))) {
        return Promise.resolve({ accepted: false, code: 'nobody' });
      }
      const mine: Asked = { offer, play, answer: Promise.withResolvers<PersonAnswer>() };
      asked = mine;
      const withdraw = (): void => {
        if (asked === mine) asked = null;
        mine.answer.resolve({ accepted: false, code: 'nobody' }); // of no effect once answered
      };
      signal.addEventListener('abort', withdraw, { once: true });
      const decision = options.decide?.(offer) ?? 'wait';
      if (decision === 'accept') accept();
      if (decision === 'decline') decline();
      return mine.answer.promise;
    },
  };
}
