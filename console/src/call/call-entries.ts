import type { CallServerMessage } from '../../../src/protocol/api.ts';

/** One event of the call's trail. */
export type TrailEvent = Extract<CallServerMessage, { type: 'trail' }>['event'];

/** What a tool call came to. `waits`: it is read back and runs once the caller has said yes. */
export type ToolOutcome = 'done' | 'failed' | 'waits' | 'read_back' | 'needs_verified';

/** One line of the conversation as the page shows it. `key` is stable for the life of the line. */
export type Entry =
  | {
      readonly kind: 'turn';
      readonly key: string;
      readonly speaker: 'caller' | 'agent';
      readonly agent: string;
      readonly text: string;
      /** False while words are still coming. */
      readonly final: boolean;
      readonly interrupted: boolean;
    }
  | {
      readonly kind: 'handoff';
      readonly key: string;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
      /** `null` until the engine has acknowledged the new agent. */
      readonly durationMs: number | null;
      /** `null` until the new agent is heard. */
      readonly opened: {
        readonly silenceMs: number;
        readonly firstAudioMs: number;
        readonly budgetMs: number;
        readonly overBudget: boolean;
        readonly askedAgain: boolean;
      } | null;
    }
  | {
      readonly kind: 'refusal';
      readonly key: string;
      readonly from: string;
      readonly to: string;
      readonly gate: string;
      readonly code: string;
      readonly say: string;
    }
  | {
      readonly kind: 'person';
      readonly key: string;
      readonly from: string;
      readonly queue: string;
      readonly briefing: string;
      readonly answer:
        | { readonly state: 'asked' }
        | { readonly state: 'accepted'; readonly operator: string; readonly waitedMs: number }
        | { readonly state: 'declined'; readonly code: string; readonly waitedMs: number };
    }
  /** The operator is gone; `to` has the caller again. */
  | {
      readonly kind: 'person_left';
      readonly key: string;
      readonly queue: string;
      readonly operator: string;
      readonly to: string;
    }
  | {
      readonly kind: 'verification';
      readonly key: string;
      readonly agent: string;
      readonly method: string;
      readonly result:
        | { readonly verified: true; readonly customerId: string }
        | {
            readonly verified: false;
            readonly code: 'not_matched' | 'locked_out';
            readonly attemptsLeft: number;
          };
    }
  | {
      readonly kind: 'cut';
      readonly key: string;
      readonly agent: string;
      readonly guardrail: string;
      /** What was not to be heard. */
      readonly text: string;
      readonly why: string;
    }
  | {
      readonly kind: 'tool';
      readonly key: string;
      readonly agent: string;
      readonly tool: string;
      readonly arguments: string;
      /** `null` while the tool runs. */
      readonly result: {
        readonly outcome: ToolOutcome;
        readonly output: string;
        readonly durationMs: number;
      } | null;
    }
  /** Keys that the agent was told of. */
  | {
      readonly kind: 'keys';
      readonly key: string;
      readonly agent: string;
      /** Dots for those that nobody may keep. */
      readonly keys: string;
    }
  /** Keys that a tool alone was told of. */
  | {
      readonly kind: 'collected';
      readonly key: string;
      readonly agent: string;
      readonly count: number;
      readonly outcome: Extract<TrailEvent, { type: 'keys.collected' }>['outcome'];
    }
  /** The way to the server was lost for a while. */
  | { readonly kind: 'back'; readonly key: string; readonly text: string }
  | { readonly kind: 'note'; readonly key: string; readonly text: string };

/** A live caption: replaces its line, or comes last. Never overwrites a settled turn. */
export function upsert(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const known = entries.find((other) => other.key === entry.key);
  if (!known) return [...entries, entry];
  if (known.kind === 'turn' && known.final) return entries;
  return entries.map((other) => (other.key === entry.key ? entry : other));
}

/**
 * A trail event. A line that is known already is settled where it stands; a new one comes last,
 * except what a caller did that is told only once the answer has begun: it goes before the answer.
 */
export function settle(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  if (entries.some((other) => other.key === entry.key))
    return entries.map((other) => (other.key === entry.key ? entry : other));
  if (!isOfCaller(entry)) return [...entries, entry];
  const answer = entries.findLastIndex((other) => other.kind !== 'turn' || other.final) + 1;
  return [...entries.slice(0, answer), entry, ...entries.slice(answer)];
}

function isOfCaller(entry: Entry): boolean {
  if (entry.kind === 'turn') return entry.speaker === 'caller';
  return entry.kind === 'keys' || entry.kind === 'collected';
}

/** Changes the line with the key if it is of the kind; otherwise everything stays. */
export function change<K extends Entry['kind']>(
  entries: readonly Entry[],
  { kind, key }: { readonly kind: K; readonly key: string },
  fields: Partial<Extract<Entry, { kind: K }>>,
): readonly Entry[] {
  return entries.map((entry) =>
    entry.kind === kind && entry.key === key ? { ...entry, ...fields } : entry,
  );
}
