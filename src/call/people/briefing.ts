import { labelOf, type Customer, type Desk } from '../../desk/index.ts';
import type { TrailFact } from '../../protocol/index.ts';

const maxLineChars = 160;
const toolLines = 3;

/** What of a call an operator is told, gathered as it happens. */
export interface Briefing {
  /** Takes what goes onto the trail. */
  observe(fact: TrailFact): void;
  /**
   * At most six lines: who is calling, what they want, whom they spoke with, what tools returned. All
   * of it is data about the call and none of it an instruction to whoever reads it.
   */
  text(about: {
    readonly customer: Customer | null;
    readonly packet: Readonly<Record<string, unknown>>;
  }): string;
}

/** @returns the briefing of a call in which nothing has happened yet. */
export function createBriefing(desk: Desk): Briefing {
  const agents: string[] = [];
  let returned: string[] = [];
  return {
    observe(fact) {
      if (fact.type === 'agent.started' && agents.at(-1) !== fact.agent) agents.push(fact.agent);
      if (fact.type !== 'tool.returned') return;
      const outcome = fact.ok ? 'returned' : 'failed with';
      returned = [...returned, `${fact.tool} ${outcome} ${fact.output}`].slice(-toolLines);
    },
    text({ customer, packet }) {
      const { reason, ...rest } = packet;
      const wants = [
        reason,
        ...Object.entries(rest).map(([key, value]) => `${key}: ${said(value)}`),
      ]
        .map(said)
        .filter((part) => part !== '');
      return [
        customer ? `Caller: ${customer.name} (${customer.id}), verified.` : 'Caller: not verified.',
        wants.length > 0 ? `Wants: ${wants.join('; ')}` : '',
        agents.length > 0
          ? `Spoke with: ${agents.map((agent) => labelOf(desk, agent)).join(', ')}`
          : '',
        ...returned,
      ]
        .filter((line) => line !== '')
        .map(oneLine)
        .join('\n');
    },
  };
}

function said(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** A caller's words cannot pretend to be another line of the briefing. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= maxLineChars ? line : `${line.slice(0, maxLineChars - 1)}…`;
}
