import type { Levels } from '../audio/sound.ts';
import type { CallState } from '../call/call-state.ts';
import { en } from '../words/en.ts';
import { sayStep, sayWho, type LineStep } from '../words/say.ts';
import { LevelMeter } from './level-meter.tsx';

const dots: Readonly<Record<LineStep['tone'], string>> = {
  busy: 'bg-(--muted) animate-pulse',
  good: 'bg-(--accent)',
  trouble: 'bg-(--caution) animate-pulse',
};

/** Where the call stands: its way to the server, who speaks, and how loud both sides are. */
export function LineStatus({
  state,
  levels,
  labels,
}: {
  state: CallState;
  levels: () => Levels;
  labels: Readonly<Record<string, string>>;
}) {
  const step = sayStep(state.line, en);
  if (!step) return null;
  const who = sayWho(state, labels, en);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <p
        data-line={state.line.name}
        data-way={'way' in state.line ? state.line.way : undefined}
        className={`flex min-w-0 items-center gap-2 ${step.tone === 'trouble' ? 'text-(--caution)' : 'text-(--muted)'}`}
      >
        <span aria-hidden className={`size-2 shrink-0 rounded-full ${dots[step.tone]}`} />
        <span>
          {who !== null && (
            <>
              <span className="font-medium text-(--text)">{who}</span>
              <span aria-hidden> · </span>
            </>
          )}
          <span role="status">{step.text}</span>
        </span>
      </p>
      {state.phase === 'live' && (
        <div className="ml-auto flex items-center gap-4">
          <LevelMeter
            levels={levels}
            side="caller"
            label={state.sound.isMuted ? en.muted : en.you}
          />
          <LevelMeter levels={levels} side="agent" label={en.desk} />
        </div>
      )}
    </div>
  );
}
