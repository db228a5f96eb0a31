import { operatorsContract } from '../call/contracts/operators.ts';
import { fakeOperators, type FakeOperator } from './fake-operators.ts';

operatorsContract('the fake', () => {
  const operators = fakeOperators({ skills: ['billing'] });
  const there = new Map<string, FakeOperator>();
  const of = (callId: string): FakeOperator => {
    const operator = there.get(callId);
    if (!operator) throw new Error(`Nobody has ${callId}.`);
    return operator;
  };
  return Promise.resolve({
    operators,
    seesOffer(callId) {
      const offer = operators.offers.find((one) => one.callId === callId);
      return offer ? Promise.resolve(offer) : Promise.reject(new Error('no such offer'));
    },
    accept: (callId) => Promise.resolve(void there.set(callId, operators.accept())),
    decline: () => Promise.resolve(operators.decline()),
    say: (callId, samples) => Promise.resolve(of(callId).say(samples)),
    hears: (callId) => Promise.resolve(of(callId).heard()),
    leave: (callId, options) => Promise.resolve(of(callId).leave(options)),
  });
});
