import { describe, expect, it } from 'vitest';
import { idleFloor, isBusy, stepFloor, type FloorEvent } from './floor.ts';

const run = (...events: readonly FloorEvent[]): boolean =>
  isBusy(events.reduce((floor, event) => stepFloor(floor, event), idleFloor));

describe('the floor', () => {
  it.each<[string, readonly FloorEvent[], boolean]>([
    ['idle at first', [], false],
    ['busy once a response is asked for', [{ type: 'requested' }], true],
    [
      'idle after it',
      [
        { type: 'requested' },
        { type: 'created', responseId: 'a' },
        { type: 'done', responseId: 'a' },
      ],
      false,
    ],
    [
      'busy between a response and the one held back behind it',
      [
        { type: 'created', responseId: 'a' },
        { type: 'requested' },
        { type: 'done', responseId: 'a' },
      ],
      true,
    ],
    [
      'busy between a sentence of our own and the response held back behind it',
      [
        { type: 'created', responseId: 'a' },
        { type: 'requested', own: true },
        { type: 'requested' },
        { type: 'done', responseId: 'a' },
        { type: 'created', responseId: 'b' },
        { type: 'done', responseId: 'b' },
      ],
      true,
    ],
    [
      'idle after one response for two that only go on',
      [
        { type: 'created', responseId: 'a' },
        { type: 'requested' },
        { type: 'requested' },
        { type: 'done', responseId: 'a' },
        { type: 'created', responseId: 'b' },
        { type: 'done', responseId: 'b' },
      ],
      false,
    ],
    ['idle when the engine rejects', [{ type: 'requested' }, { type: 'rejected' }], false],
    ['busy when the caller has finished', [{ type: 'caller_finished' }], true],
    ['idle when no answer comes', [{ type: 'caller_finished' }, { type: 'answer_overdue' }], false],
    [
      'busy while one of two responses goes on',
      [
        { type: 'created', responseId: 'a' },
        { type: 'created', responseId: 'b' },
        { type: 'done', responseId: 'a' },
      ],
      true,
    ],
  ])('is %s', (_title, events, busy) => {
    expect(run(...events)).toBe(busy);
  });
});
