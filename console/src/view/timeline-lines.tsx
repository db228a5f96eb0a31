import type { Entry } from '../call/call-state.ts';

type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** One turn: the caller on the right, agents on the left under their name. */
export function TurnLine({
  entry,
  label,
  color,
}: {
  entry: Of<'turn'>;
  label: string;
  color: string;
}) {
  const caller = entry.speaker === 'caller';
  return (
    <div
      className={`flex max-w-[85%] flex-col gap-0.5 ${caller ? 'ml-auto items-end' : 'items-start'}`}
      data-speaker={entry.speaker}
      data-final={entry.final}
    >
      <span className="text-xs font-medium text-(--muted)" style={caller ? undefined : { color }}>
        {caller ? 'You' : label}
      </span>
      <p
        className={`rounded-2xl px-3.5 py-2 ${
          caller
            ? 'rounded-tr-md bg-(--accent) text-(--on-accent)'
            : 'rounded-tl-md border border-(--line)'
        } ${entry.final ? '' : 'opacity-70'}`}
      >
        {entry.text || <em>(not understood)</em>}
        {entry.interrupted && <span className="text-(--muted)"> — interrupted</span>}
      </p>
    </div>
  );
}

/** One handoff: from whom, to whom, and how long the engine took. */
export function HandoffLine({
  entry,
  labels,
  color,
}: {
  entry: Of<'handoff'>;
  labels: Readonly<Record<string, string>>;
  color: string;
}) {
  return (
    <div className="flex items-center gap-3 py-1 text-sm" data-to={entry.to}>
      <span className="h-px flex-1 bg-(--line)" />
      <span title={entry.reason} className="font-medium" style={{ color }}>
        {labels[entry.from] ?? entry.from} → {labels[entry.to] ?? entry.to}
        <span className="ml-2 font-normal text-(--muted)">
          {entry.durationMs === null ? 'handing over…' : `${Math.round(entry.durationMs)} ms`}
        </span>
      </span>
      <span className="h-px flex-1 bg-(--line)" />
    </div>
  );
}

/** One tool call; opens to what went in and what came out. */
export function ToolLine({ entry }: { entry: Of<'tool'> }) {
  const outcome = !entry.result
    ? 'running…'
    : `${entry.result.ok ? 'done' : 'failed'} in ${Math.round(entry.result.durationMs)} ms`;
  return (
    <details className="rounded-lg bg-(--ground) px-3 py-1.5 text-sm" data-tool={entry.tool}>
      <summary className="cursor-pointer text-(--muted)">
        <code className="text-(--text)">{entry.tool}</code>
        <span className={entry.result && !entry.result.ok ? 'text-(--danger)' : ''}>
          {' '}
          {outcome}
        </span>
      </summary>
      <pre className="mt-1 overflow-x-auto text-xs whitespace-pre-wrap">
        {entry.arguments}
        {entry.result && `\n→ ${entry.result.output}`}
      </pre>
    </details>
  );
}
