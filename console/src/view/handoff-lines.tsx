import type { ReactNode } from 'react';
import type { Entry } from '../call/call-entries.ts';

type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>;
type Labels = Readonly<Record<string, string>>;

/** One handoff: from whom, to whom, and the silence that the caller heard of it. */
export function HandoffLine({
  entry,
  labels,
  color,
}: {
  entry: Of<'handoff'>;
  labels: Labels;
  color: string;
}) {
  const { opened } = entry;
  return (
    <Rule title={entry.reason} data={{ 'data-to': entry.to }}>
      <Route entry={entry} labels={labels} color={color} />
      <span className="text-(--muted)">{progress(entry)}</span>
      {opened?.overBudget && (
        <Badge
          title={`First audio after ${Math.round(opened.firstAudioMs)} ms; the budget is ${Math.round(opened.budgetMs)} ms.`}
        >
          over budget
        </Badge>
      )}
      {opened?.askedAgain && (
        <Badge title="The first opening turn was silent.">asked to open again</Badge>
      )}
    </Rule>
  );
}

/** A handoff that was not to be, and what the caller is told. */
export function RefusalLine({ entry, labels }: { entry: Of<'refusal'>; labels: Labels }) {
  const { from, to, gate, code, say } = entry;
  return (
    <Rule title={`Refused by ${gate}`} data={{ 'data-refused': to, 'data-code': code }}>
      <span className="font-medium text-(--caution)">
        {labels[from] ?? from} <span aria-label="was not handed to">↛</span> {labels[to] ?? to}
      </span>
      <code className="text-xs text-(--caution)">{code}</code>
      <span className="text-(--muted)">“{say}”</span>
    </Rule>
  );
}

/** People were asked to take the caller. */
export function PersonLine({
  entry,
  labels,
  color,
}: {
  entry: Of<'person'>;
  labels: Labels;
  color: string;
}) {
  const { answer, queue } = entry;
  return (
    <Rule title={entry.briefing} data={{ 'data-person': queue, 'data-answer': answer.state }}>
      <Route entry={{ from: entry.from, to: queue }} labels={labels} color={color} />
      {answer.state === 'asked' && <span className="text-(--muted)">asking people…</span>}
      {answer.state === 'accepted' && (
        <span className="text-(--muted)">
          {answer.operator} took the call after {seconds(answer.waitedMs)}
        </span>
      )}
      {answer.state === 'declined' && (
        <>
          <span className="text-(--caution)">nobody took the call</span>
          <code className="text-xs text-(--caution)">{answer.code}</code>
          {answer.waitedMs >= 1 && (
            <span className="text-(--muted)">after {seconds(answer.waitedMs)}</span>
          )}
        </>
      )}
    </Rule>
  );
}

/** The operator is gone. */
export function PersonLeftLine({
  entry,
  labels,
  color,
}: {
  entry: Of<'person_left'>;
  labels: Labels;
  color: string;
}) {
  return (
    <Rule title={labels[entry.queue] ?? entry.queue} data={{ 'data-person-left': entry.queue }}>
      <Route entry={{ from: entry.operator, to: entry.to }} labels={labels} color={color} />
      <span className="text-(--muted)">the operator has left</span>
    </Rule>
  );
}

function Rule({
  title,
  data,
  children,
}: {
  title: string;
  data: Readonly<Record<`data-${string}`, string>>;
  children: ReactNode;
}) {
  return (
    <div className="flex items-center gap-3 py-1 text-sm" {...data}>
      <span className="h-px min-w-4 flex-1 bg-(--line)" />
      <span
        title={title}
        className="flex max-w-[85%] flex-wrap items-baseline justify-center gap-x-2 gap-y-0.5 text-center"
      >
        {children}
      </span>
      <span className="h-px min-w-4 flex-1 bg-(--line)" />
    </div>
  );
}

function Route({
  entry,
  labels,
  color,
}: {
  entry: { readonly from: string; readonly to: string };
  labels: Labels;
  color: string;
}) {
  return (
    <span className="font-medium" style={{ color }}>
      {labels[entry.from] ?? entry.from} → {labels[entry.to] ?? entry.to}
    </span>
  );
}

function Badge({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className="rounded-full bg-(--caution-ground) px-2 text-xs font-medium text-(--caution)"
    >
      {children}
    </span>
  );
}

function progress({ durationMs, opened }: Of<'handoff'>): string {
  if (opened)
    return opened.silenceMs < 1 ? 'no silence' : `${seconds(opened.silenceMs)} of silence`;
  return durationMs === null ? 'handing over…' : seconds(durationMs);
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
