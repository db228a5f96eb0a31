import type { CallState } from '../call/call-state.ts';
import type { Words } from '../words/words.ts';
import { element, say, set } from './element.ts';

/** The conversation, as far as a visitor cares: what both sides said. */
export interface Turns {
  readonly node: HTMLElement;
  render(state: CallState): void;
}

/** Lines keep their element while words come, so that nothing flickers and nothing is read twice. */
export function createTurns(words: Words): Turns {
  const list = element('ol');
  const node = element(
    'div',
    { class: 'words', role: 'log', 'aria-label': words.conversation, tabindex: '0' },
    list,
  );
  let lines = new Map<string, { line: HTMLElement; name: HTMLElement; text: HTMLElement }>();

  function lineOf(key: string): { line: HTMLElement; name: HTMLElement; text: HTMLElement } {
    const known = lines.get(key);
    if (known) return known;
    const name = element('small');
    const text = element('p');
    return { line: element('li', {}, name, text), name, text };
  }

  return {
    node,
    render({ entries, agentLabels }) {
      const shown: typeof lines = new Map();
      let previous: Element | null = null;
      for (const entry of entries) {
        if (entry.kind !== 'turn') continue;
        const made = lineOf(entry.key);
        const isCaller = entry.speaker === 'caller';
        set(made.line, { 'data-speaker': entry.speaker, 'data-final': String(entry.final) });
        say(made.name, isCaller ? words.you : (agentLabels[entry.agent] ?? entry.agent));
        say(made.text, entry.text || '…');
        const place: Element | null = previous
          ? previous.nextElementSibling
          : list.firstElementChild;
        if (place !== made.line) list.insertBefore(made.line, place);
        previous = made.line;
        shown.set(entry.key, made);
      }
      for (const [key, { line }] of lines) if (!shown.has(key)) line.remove();
      lines = shown;
    },
  };
}
