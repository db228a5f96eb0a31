import type { Entry } from '../call/call-entries.ts';

type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** Keys that the caller pressed and the agent was told of. */
export function KeysLine({ entry: { keys } }: { entry: Of<'keys'> }) {
  return (
    <p className="ml-auto text-sm text-(--muted)" data-keys>
      You pressed <span className="font-mono tracking-widest text-(--text)">{keys}</span>
    </p>
  );
}

const unfinished: Readonly<Record<Of<'collected'>['outcome'], string>> = {
  taken: '',
  timed_out: 'no more came in time',
  too_few: 'too few',
  given_up: 'given up',
  call_ended: 'the call ended',
  stopped: 'no longer needed',
  not_possible: 'this call cannot take keys',
};

/** Keys that one tool alone was told of. */
export function CollectedLine({
  entry: { count, outcome },
  label,
}: {
  entry: Of<'collected'>;
  label: string;
}) {
  const number = count === 1 ? '1 key' : `${count} keys`;
  const rest = unfinished[outcome];
  return (
    <p className="text-sm text-(--muted)" data-collected={outcome}>
      {label} took {number}, unseen{rest && ` (${rest})`}.
    </p>
  );
}
