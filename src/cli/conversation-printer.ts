import type { CallServerMessage, TrailEvent } from '../protocol/index.ts';

/**
 * Turns what a server says about a call into lines a person can follow.
 *
 * @returns the lines for one message; none for what is better not shown.
 */
export function conversationPrinter(): (message: CallServerMessage) => readonly string[] {
  let labels: Readonly<Record<string, string>> = {};
  const label = (agent: string): string => labels[agent] ?? agent;
  return (message) => {
    switch (message.type) {
      case 'started':
        labels = message.agents;
        return [
          `Connected to ${message.desk.title}.`,
          ...(message.hearing.available
            ? []
            : [`Note: ${message.hearing.note ?? 'speech is not understood.'}`]),
        ];
      case 'trail':
        return eventLines(message.event, label);
      default:
        return [];
    }
  };
}

function eventLines(event: TrailEvent, label: (agent: string) => string): readonly string[] {
  const line = (who: string, text: string): readonly string[] => [
    `${timeOf(event.elapsedMs)}  ${who.padEnd(12)} ${text}`,
  ];
  switch (event.type) {
    case 'agent.started':
      return line('', `[${label(event.agent)} is on the line]`);
    case 'turn.caller':
      return line('You', event.text || '(not understood)');
    case 'turn.agent':
      return line(label(event.agent), event.text + (event.interrupted ? ' … (interrupted)' : ''));
    case 'tool.called':
      return line('', `[${event.tool} ${event.arguments}]`);
    case 'tool.returned':
      return line('', `[${event.ok ? '→' : 'failed →'} ${shortened(event.output)}]`);
    case 'handoff.completed':
      return line('', `[handed over: ${label(event.from)} → ${label(event.to)}]`);
    case 'engine.failed':
      return line('', `[engine: ${event.message}]`);
    case 'call.ended':
      return line('', `[call ended: ${event.reason}${event.detail ? `, ${event.detail}` : ''}]`);
    case 'handoff.refused':
      return line('', `[not handed to ${label(event.to)}: ${event.code}]`);
    case 'caller.keyed':
      return line('You', `(pressed ${event.keys})`);
    case 'keys.requested':
      return line('', '[key it in: nobody listens meanwhile]');
    case 'keys.collected':
      return line('', `[${event.count} keys taken: ${event.outcome}]`);
    case 'caller.away':
      return line('', '[the connection is lost]');
    case 'caller.returned':
      return line('', `[back after ${Math.round(event.awayMs)} ms]`);
    case 'caller.verified':
      return line('', `[caller verified: ${event.method}]`);
    case 'caller.not_verified':
      return line('', `[caller not verified: ${event.code}]`);
    case 'person.requested':
      return line('', `[asking for a person: ${event.queue}]`);
    case 'person.accepted':
      return line('', `[${event.operator} is on the line]`);
    case 'person.declined':
      return line('', `[no person: ${event.code}]`);
    case 'person.left':
      return line('', `[${event.operator} has left]`);
    case 'guardrail.tripped':
      return line('', `[cut: ${event.guardrail}]`);
    case 'call.started':
    case 'handoff.requested':
    case 'handoff.opened':
    case 'audio.interrupted':
      return [];
  }
}

function timeOf(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`.padStart(6);
}

function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}
