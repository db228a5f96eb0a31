import type { Levels } from '../audio/sound.ts';
import type { CallState } from '../call/call-state.ts';
import { LevelMeter } from './level-meter.tsx';
import { lineStep, type LineStep } from './line-text.ts';

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
  const step = lineStep(state.line);
  if (!step) return null;
  const isLive = state.line.name === 'live' && state.status.activeAgent !== '';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <p
        role="status"
        data-line={state.line.name}
        data-way={'way' in state.line ? state.line.way : undefined}
        className={`flex min-w-0 items-center gap-2 ${step.tone === 'trouble' ? 'text-(--caution)' : 'text-(--muted)'}`}
        title={step.detail}
      >
        <span aria-hidden className={`size-2 shrink-0 rounded-full ${dots[step.tone]}`} />
        <span>
          {isLive && (
            <span className="font-medium text-(--text)">{speakingNow(state, labels)}</span>
          )}
          {isLive && <span aria-hidden> · </span>}
          {step.text}
        </span>
      </p>
      {state.phase === 'live' && (
        <div className="ml-auto flex items-center gap-4">
          <LevelMeter levels={levels} side="caller" label={state.sound.isMuted ? 'Muted' : 'You'} />
          <LevelMeter levels={levels} side="agent" label="Desk" />
        </div>
      )}
    </div>
  );
}

function speakingNow(state: CallState, labels: Readonly<Record<string, string>>): string {
  if (state.status.caller === 'speaking') return 'You are speaking';
  if (state.person) {
    const { operator, queue } = state.person;
    return `You are through to ${operator} (${labels[queue] ?? queue})`;
  }
  const agent = labels[state.status.activeAgent] ?? state.status.activeAgent;
  if (state.status.agent === 'speaking') return `${agent} is speaking`;
  if (state.status.agent === 'thinking') return `${agent} is thinking`;
  return `${agent} is listening`;
}
