import type { Entry, ToolOutcome } from '../call/call-entries.ts';

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

/** `timed`: it ran, so that it matters how long. */
const outcomes: Readonly<
  Record<ToolOutcome, { readonly text: string; readonly tone: string; readonly timed: boolean }>
> = {
  done: { text: 'done', tone: '', timed: true },
  failed: { text: 'failed', tone: 'text-(--danger)', timed: true },
  waits: { text: 'read back, waits for a yes', tone: 'text-(--caution)', timed: false },
  read_back: { text: 'read back', tone: '', timed: false },
  needs_verified: { text: 'needs to know who is calling', tone: 'text-(--caution)', timed: false },
};

/** One tool call; opens to what went in and what came out. */
export function ToolLine({ entry }: { entry: Of<'tool'> }) {
  const { result } = entry;
  const outcome = result && outcomes[result.outcome];
  return (
    <details
      className="rounded-lg bg-(--ground) px-3 py-1.5 text-sm"
      data-tool={entry.tool}
      data-outcome={result?.outcome ?? 'running'}
    >
      <summary className="cursor-pointer text-(--muted)">
        <code className="text-(--text)">{entry.tool}</code>{' '}
        {!result || !outcome ? (
          'running…'
        ) : (
          <span className={outcome.tone}>
            {outcome.text}
            {outcome.timed && ` in ${Math.round(result.durationMs)} ms`}
          </span>
        )}
      </summary>
      <pre className="mt-1 overflow-x-auto text-xs whitespace-pre-wrap">
        {entry.arguments}
        {result && `\n→ ${result.output}`}
      </pre>
    </details>
  );
}

/** The caller proved who they are, or did not. */
export function VerificationLine({ entry: { result, method } }: { entry: Of<'verification'> }) {
  const how = method.replaceAll('_', ' ');
  return (
    <p
      className={`text-sm ${result.verified ? 'text-(--accent)' : 'text-(--caution)'}`}
      title={result.verified ? `Customer ${result.customerId}` : result.code}
      data-verified={result.verified}
    >
      <span aria-hidden="true">{result.verified ? '✓' : '✗'}</span>{' '}
      {result.verified ? `The caller is verified by ${how}.` : notVerified(result, how)}
    </p>
  );
}

function notVerified(
  { code, attemptsLeft }: Extract<Of<'verification'>['result'], { verified: false }>,
  how: string,
): string {
  if (code === 'locked_out') return `The caller is locked out: too many wrong attempts by ${how}.`;
  const left = attemptsLeft === 1 ? '1 attempt' : `${attemptsLeft} attempts`;
  return `The caller is not verified by ${how}; ${left} left.`;
}

/** What an agent began to say and the desk cut; opens to the words. */
export function CutLine({ entry: { guardrail, text, why } }: { entry: Of<'cut'> }) {
  return (
    <details
      className="rounded-lg bg-(--caution-ground) px-3 py-1.5 text-sm text-(--caution)"
      data-guardrail={guardrail}
    >
      <summary className="cursor-pointer">
        Cut by <code>{guardrail}</code>: {why}
      </summary>
      <p className="mt-1 text-xs">Not to be heard: “{text}”</p>
    </details>
  );
}
