import type { Entry } from '../call/call-entries.ts';
import type { CallState } from '../call/call-state.ts';
import { en } from '../words/en.ts';
import { sayOutcome } from '../words/say.ts';
import { agentColor, peopleColor } from './agent-color.ts';
import { HandoffLine, PersonLeftLine, PersonLine, RefusalLine } from './handoff-lines.tsx';
import { CollectedLine, KeysLine } from './keys-lines.tsx';
import { CutLine, ToolLine, TurnLine, VerificationLine } from './timeline-lines.tsx';

/** The conversation in the order in which it was heard, with every handoff and tool where it happened. */
export function Timeline({
  state,
  labels,
  agentOrder,
  suggestions,
}: {
  state: CallState;
  labels: Readonly<Record<string, string>>;
  agentOrder: readonly string[];
  suggestions: readonly string[];
}) {
  // Scrolled from its end, so that the last words stay in sight whatever opens below them.
  return (
    <div
      className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto p-4 sm:p-6"
      tabIndex={0}
      aria-label="Conversation"
    >
      <div className="flex shrink-0 grow flex-col">
        {state.phase === 'idle' && <Welcome suggestions={suggestions} />}
        <div role="log" aria-live="polite">
          <ol className="flex flex-col gap-3">
            {state.entries.map((entry) => (
              <li key={entry.key} data-kind={entry.kind}>
                <Line
                  entry={entry}
                  labels={labels}
                  colorOf={(agent) =>
                    agentOrder.includes(agent) ? agentColor(agentOrder, agent) : peopleColor
                  }
                />
              </li>
            ))}
          </ol>
        </div>
        {state.phase === 'ended' && (
          <p className="mt-6 border-t border-(--line) pt-4 text-center text-sm text-(--muted)">
            {state.outcome && sayOutcome(state.outcome, en)}{' '}
            {state.callId && (
              <a className="underline" href={`/api/calls/${state.callId}/trail`}>
                The call’s trail as JSON
              </a>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

function Welcome({ suggestions }: { suggestions: readonly string[] }) {
  return (
    <div className="flex grow flex-col items-center justify-center gap-4 pb-4 text-center">
      <p className="max-w-md text-(--muted)">
        Press <strong className="text-(--text)">Call</strong> and speak, or type. The line answers,
        and hands you to whoever can help while the call goes on.
      </p>
      {suggestions.length > 0 && (
        <ul className="flex flex-col gap-1.5 text-sm text-(--muted)">
          {suggestions.map((suggestion) => (
            <li key={suggestion}>“{suggestion}”</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({
  entry,
  labels,
  colorOf,
}: {
  entry: Entry;
  labels: Readonly<Record<string, string>>;
  colorOf: (agentOrQueue: string) => string;
}) {
  switch (entry.kind) {
    case 'turn': {
      const { agent } = entry;
      return <TurnLine entry={entry} label={labels[agent] ?? agent} color={colorOf(agent)} />;
    }
    case 'handoff':
      return <HandoffLine entry={entry} labels={labels} color={colorOf(entry.to)} />;
    case 'refusal':
      return <RefusalLine entry={entry} labels={labels} />;
    case 'person':
      return <PersonLine entry={entry} labels={labels} color={colorOf(entry.queue)} />;
    case 'person_left':
      return <PersonLeftLine entry={entry} labels={labels} color={colorOf(entry.to)} />;
    case 'verification':
      return <VerificationLine entry={entry} />;
    case 'cut':
      return <CutLine entry={entry} />;
    case 'tool':
      return <ToolLine entry={entry} />;
    case 'keys':
      return <KeysLine entry={entry} />;
    case 'collected':
      return <CollectedLine entry={entry} label={labels[entry.agent] ?? entry.agent} />;
    case 'back':
      return <p className="text-center text-sm text-(--muted)">{entry.text}</p>;
    case 'note':
      return <p className="text-sm text-(--danger)">{entry.text}</p>;
  }
}
