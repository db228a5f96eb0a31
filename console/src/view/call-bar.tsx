import { useState, type SubmitEvent } from 'react';
import type { Levels } from '../call/call-client.ts';
import type { CallState } from '../call/call-state.ts';
import { LevelMeter } from './level-meter.tsx';

/** Call, hang up, type, and who is speaking right now. */
export function CallBar({
  state,
  levels,
  labels,
  ready,
  onCall,
  onSay,
  onHangUp,
}: {
  state: CallState;
  levels: Readonly<Levels>;
  labels: Readonly<Record<string, string>>;
  ready: boolean;
  onCall: () => void;
  onSay: (text: string) => void;
  onHangUp: () => void;
}) {
  const [draft, setDraft] = useState('');
  const live = state.phase === 'live';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = draft.trim();
    if (!text) return;
    onSay(text);
    setDraft('');
  };
  return (
    <div className="flex flex-col gap-3 border-t border-(--line) p-4">
      {live && (
        <div className="flex items-center gap-3 text-sm text-(--muted)" role="status">
          <LevelMeter
            levels={levels}
            side={state.status.agent === 'speaking' ? 'agent' : 'caller'}
          />
          {speakingNow(state, labels)}
        </div>
      )}
      <div className="flex flex-wrap gap-3 sm:flex-nowrap">
        <form onSubmit={submit} className="flex min-w-0 flex-1 gap-2">
          <input
            aria-label="Type to the agent"
            className="min-w-0 flex-1 rounded-xl border border-(--line) bg-(--ground) px-3.5 py-2.5 disabled:opacity-60"
            placeholder={live ? 'Type here instead of speaking' : 'Call first, then speak or type'}
            value={draft}
            maxLength={2000}
            disabled={!live}
            onChange={(event) => setDraft(event.target.value)}
          />
          <button
            type="submit"
            disabled={!live || !draft.trim()}
            className="rounded-xl border border-(--line) px-4 font-medium disabled:opacity-50"
          >
            Send
          </button>
        </form>
        {live ? (
          <button
            type="button"
            onClick={onHangUp}
            className="w-full rounded-xl bg-(--danger) px-6 py-2.5 font-semibold text-(--on-danger) sm:w-auto"
          >
            Hang up
          </button>
        ) : (
          <button
            type="button"
            disabled={!ready || state.phase === 'connecting'}
            onClick={onCall}
            className="w-full rounded-xl bg-(--accent) px-8 py-2.5 font-semibold text-(--on-accent) disabled:opacity-60 sm:w-auto"
          >
            {state.phase === 'connecting'
              ? 'Calling…'
              : state.phase === 'ended'
                ? 'Call again'
                : 'Call'}
          </button>
        )}
      </div>
    </div>
  );
}

function speakingNow(state: CallState, labels: Readonly<Record<string, string>>): string {
  if (state.person) {
    const { operator, queue } = state.person;
    if (state.status.caller === 'speaking') return 'You are speaking';
    return `You are through to ${operator} (${labels[queue] ?? queue})`;
  }
  const agent = labels[state.status.activeAgent] ?? state.status.activeAgent;
  if (state.status.caller === 'speaking') return 'You are speaking';
  if (state.status.agent === 'speaking') return `${agent} is speaking`;
  if (state.status.agent === 'thinking') return `${agent} is thinking`;
  return `${agent} is listening`;
}
