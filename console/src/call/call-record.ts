import { change, settle, type Entry, type ToolOutcome, type TrailEvent } from './call-entries.ts';

type Of<T extends TrailEvent['type']> = Extract<TrailEvent, { type: T }>;

/** The conversation after one more event of the call's trail. Pure. */
export function recordEvent(entries: readonly Entry[], event: TrailEvent): readonly Entry[] {
  switch (event.type) {
    case 'turn.caller':
    case 'turn.agent':
      return settle(entries, {
        kind: 'turn',
        key: event.itemId,
        speaker: event.type === 'turn.caller' ? 'caller' : 'agent',
        agent: event.agent,
        text: event.text,
        final: true,
        interrupted: event.type === 'turn.agent' && event.interrupted,
      });
    case 'tool.called':
      return toolCalled(entries, event);
    case 'tool.returned': {
      const { ok, output, durationMs } = event;
      const result = { outcome: outcomeOf(ok, output), output, durationMs };
      return change(entries, { kind: 'tool', key: event.functionCallId }, { result });
    }
    case 'handoff.requested':
    case 'handoff.refused':
    case 'handoff.completed':
    case 'handoff.opened':
      return recordHandoff(entries, event);
    case 'caller.verified':
    case 'caller.not_verified': {
      const { agent, method, seq } = event;
      const result =
        event.type === 'caller.verified'
          ? { verified: true as const, customerId: event.customerId }
          : { verified: false as const, code: event.code, attemptsLeft: event.attemptsLeft };
      return [
        ...entries,
        { kind: 'verification', key: `verification-${seq}`, agent, method, result },
      ];
    }
    case 'person.requested':
    case 'person.accepted':
    case 'person.declined':
    case 'person.left':
      return recordPerson(entries, event);
    case 'guardrail.tripped': {
      const { agent, guardrail, text, why, seq } = event;
      return [...entries, { kind: 'cut', key: `cut-${seq}`, agent, guardrail, text, why }];
    }
    case 'caller.keyed': {
      const { agent, keys, seq } = event;
      return settle(entries, { kind: 'keys', key: `keys-${seq}`, agent, keys });
    }
    case 'keys.collected': {
      const { agent, count, outcome, seq } = event;
      return settle(entries, { kind: 'collected', key: `keys-${seq}`, agent, count, outcome });
    }
    case 'caller.returned': {
      const text = `The connection was lost for ${seconds(event.awayMs)}; the call went on.`;
      return [...entries, { kind: 'back', key: `back-${event.seq}`, text }];
    }
    case 'engine.failed': {
      const text = `The engine reported a problem: ${event.message}`;
      return [...entries, { kind: 'note', key: `note-${event.seq}`, text }];
    }
    case 'call.started':
    case 'agent.started':
    case 'audio.interrupted':
    case 'keys.requested':
    case 'caller.away':
    case 'call.ended':
      return entries; // shown through the status, the turn itself, and the outcome
  }
}

function recordHandoff(
  entries: readonly Entry[],
  event: Of<`handoff.${'requested' | 'refused' | 'completed' | 'opened'}`>,
): readonly Entry[] {
  const line = { kind: 'handoff', key: event.functionCallId } as const;
  switch (event.type) {
    case 'handoff.requested': {
      const { from, to, reason } = event;
      return settle(entries, { ...line, from, to, reason, durationMs: null, opened: null });
    }
    case 'handoff.refused': {
      // That nobody took the caller is on the page already.
      if (find(entries, 'person', line.key)) return entries;
      const { from, to, gate, code, say } = event;
      return settle(entries, { kind: 'refusal', key: line.key, from, to, gate, code, say });
    }
    case 'handoff.completed':
      return change(entries, line, { durationMs: event.durationMs });
    case 'handoff.opened': {
      const { silenceMs, firstAudioMs, budgetMs, overBudget, askedAgain } = event;
      const opened = { silenceMs, firstAudioMs, budgetMs, overBudget, askedAgain };
      return change(entries, line, { opened });
    }
  }
}

function recordPerson(
  entries: readonly Entry[],
  event: Of<`person.${'requested' | 'accepted' | 'declined' | 'left'}`>,
): readonly Entry[] {
  const { queue } = event;
  if (event.type === 'person.requested') {
    const { functionCallId: key, from, briefing } = event;
    // Takes the place of the handoff that asked for it.
    return settle(entries, {
      kind: 'person',
      key,
      from,
      queue,
      briefing,
      answer: { state: 'asked' },
    });
  }
  if (event.type === 'person.left') {
    const { operator, to, seq } = event;
    return [...entries, { kind: 'person_left', key: `left-${seq}`, queue, operator, to }];
  }
  const asked = entries.findLast((entry) => entry.kind === 'person' && entry.queue === queue);
  if (!asked) return entries;
  const { waitedMs } = event;
  const answer =
    event.type === 'person.accepted'
      ? { state: 'accepted' as const, operator: event.operator, waitedMs }
      : { state: 'declined' as const, code: event.code, waitedMs };
  return change(entries, { kind: 'person', key: asked.key }, { answer });
}

function toolCalled(entries: readonly Entry[], event: Of<'tool.called'>): readonly Entry[] {
  const { functionCallId: key, agent, tool, arguments: given } = event;
  // A transfer shows as the handoff or the refusal that it was.
  if (find(entries, 'handoff', key) || find(entries, 'refusal', key)) return entries;
  const answered = entries.map((entry) =>
    entry.kind === 'tool' && entry.tool === tool && entry.result?.outcome === 'waits'
      ? { ...entry, result: { ...entry.result, outcome: 'read_back' as const } }
      : entry,
  );
  return settle(answered, { kind: 'tool', key, agent, tool, arguments: given, result: null });
}

/** What the runtime's own answers mean; everything else is the desk's. */
function outcomeOf(ok: boolean, output: string): ToolOutcome {
  const told = fieldsOf(output);
  if (ok) return typeof told['confirm'] === 'string' && 'then' in told ? 'waits' : 'done';
  return typeof told['needs'] === 'string' ? 'needs_verified' : 'failed';
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

function fieldsOf(output: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function find(entries: readonly Entry[], kind: Entry['kind'], key: string): Entry | undefined {
  return entries.find((entry) => entry.kind === kind && entry.key === key);
}
