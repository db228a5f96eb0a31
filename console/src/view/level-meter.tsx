import { useEffect, useRef } from 'react';
import { moveMeter } from '../audio/level.ts';
import type { Levels } from '../audio/sound.ts';

const bars = [0.55, 0.8, 1, 0.8, 0.55];

/** Five bars that move with one side's voice. Drawn in animation frames, without rendering React. */
export function LevelMeter({
  levels,
  side,
  label,
}: {
  levels: () => Levels;
  side: keyof Levels;
  label: string;
}) {
  const root = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = 0;
    let frame = 0;
    const draw = (): void => {
      shown = moveMeter(shown, levels()[side]);
      root.current?.childNodes.forEach((bar, index) => {
        if (bar instanceof HTMLElement)
          bar.style.height = `${Math.round(4 + 16 * shown * (bars[index] ?? 1))}px`;
      });
      if (root.current) root.current.dataset['level'] = shown.toFixed(2);
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [levels, side]);
  return (
    <span className="flex items-center gap-1.5 text-xs text-(--muted)">
      <span ref={root} data-meter={side} aria-hidden className="flex h-5 items-center gap-0.5">
        {bars.map((_, index) => (
          <span
            key={index}
            className={`w-1 rounded-full ${side === 'agent' ? 'bg-(--muted)' : 'bg-(--accent)'}`}
            style={{ height: 4 }}
          />
        ))}
      </span>
      {label}
    </span>
  );
}
