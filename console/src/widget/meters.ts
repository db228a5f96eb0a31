import { moveMeter } from '../audio/level.ts';
import type { Levels } from '../audio/sound.ts';
import { element } from './element.ts';

/** Two bars, one a side, that move with the voice. */
export interface Meters {
  readonly node: HTMLElement;
  /** Moves them, or stops. */
  run(isOn: boolean): void;
}

const sides = ['caller', 'agent'] as const;

/** @param levels read in animation frames */
export function createMeters(levels: () => Levels): Meters {
  const bars = sides.map((side) => ({ side, bar: element('span', { 'data-meter': side }) }));
  const node = element(
    'span',
    { class: 'meters', 'aria-hidden': 'true' },
    ...bars.map(({ bar }) => element('span', { class: 'meter' }, bar)),
  );
  const shown = { caller: 0, agent: 0 };
  let frame: number | null = null;

  function draw(): void {
    const now = levels();
    for (const { side, bar } of bars) {
      shown[side] = moveMeter(shown[side], now[side]);
      bar.dataset['level'] = shown[side].toFixed(2);
      bar.style.height = `${Math.round(shown[side] * 100)}%`;
    }
    frame = requestAnimationFrame(draw);
  }

  return {
    node,
    run(isOn) {
      node.hidden = !isOn;
      if (isOn && frame === null) draw();
      if (isOn || frame === null) return;
      cancelAnimationFrame(frame);
      frame = null;
    },
  };
}
