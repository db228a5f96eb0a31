import { callsIn, type RawCall } from './written-calls.ts';

/** What a stretch of a model's text turned out to be. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly call: RawCall }
  /** What came before was thinking whose beginning the server kept to itself: it must not be said. */
  | { readonly type: 'forget' };

/** Tells what is to be spoken from thinking and from calls that are written out. */
export interface ContentFilter {
  push(delta: string): readonly ContentPart[];
  end(): readonly ContentPart[];
}

type Mode =
  | { readonly name: 'text' }
  /** Dropped until the closing mark. */
  | { readonly name: 'thinking'; readonly close: RegExp }
  /** Kept back until it is whole. */
  | { readonly name: 'held'; readonly close: RegExp | 'balanced' };

const openers: readonly { readonly mark: string; readonly mode: Mode }[] = [
  ...['think', 'thinking', 'reasoning'].map((tag) => ({
    mark: `<${tag}>`,
    mode: { name: 'thinking', close: new RegExp(`</${tag}>`, 'i') } as const,
  })),
  ...['tool_call', 'function_call', 'tools'].map((tag) => ({
    mark: `<${tag}>`,
    mode: { name: 'held', close: new RegExp(`</${tag}>`, 'i') } as const,
  })),
  { mark: '<function=', mode: { name: 'held', close: /<\/function>/i } },
  { mark: '[tool_calls]', mode: { name: 'held', close: /(?!)/ } },
  { mark: '<|python_tag|>', mode: { name: 'held', close: /(?!)/ } },
  { mark: '```', mode: { name: 'held', close: /^```[\s\S]*?```/ } },
];
const strayEnd = /<\/(?:think|thinking|reasoning)>/i;
const strayEnds = ['</think>', '</thinking>', '</reasoning>'];
const longestHeldChars = 20_000;

/** @param isTool whether a name is one of the session's tools */
export function createContentFilter(isTool: (name: string) => boolean): ContentFilter {
  let mode: Mode = { name: 'text' };
  let buffer = '';
  let atLineStart = true;

  function text(end: number): readonly ContentPart[] {
    const part = buffer.slice(0, end);
    buffer = buffer.slice(end);
    if (part === '') return [];
    atLineStart = /(?:^|\n)[ \t]*$/.test(atLineStart ? part : `.${part}`);
    return [{ type: 'text', text: part }];
  }

  /** One step; null when more has to come first. */
  function step(isLast: boolean): readonly ContentPart[] | null {
    if (mode.name === 'thinking') {
      const close = mode.close.exec(buffer);
      if (!close) return null;
      buffer = buffer.slice(close.index + close[0].length);
      mode = { name: 'text' };
      return [];
    }
    if (mode.name === 'held') {
      const end = mode.close === 'balanced' ? balancedEnd(buffer) : closeEnd(buffer, mode.close);
      if (end === null && !isLast && buffer.length < longestHeldChars) return null;
      const held = buffer.slice(0, end ?? buffer.length);
      buffer = buffer.slice(held.length);
      mode = { name: 'text' };
      return resolved(held);
    }
    return textStep(isLast);
  }

  function textStep(isLast: boolean): readonly ContentPart[] | null {
    const opening = firstOpening();
    const stray = strayEnd.exec(buffer);
    if (stray && (!opening || stray.index < opening.at)) {
      buffer = buffer.slice(stray.index + stray[0].length);
      atLineStart = true;
      return [{ type: 'forget' }];
    }
    if (opening) {
      const before = text(opening.at);
      mode = opening.mode;
      return before;
    }
    const whole = text(isLast ? buffer.length : buffer.length - undecided(buffer));
    return whole.length > 0 ? whole : null;
  }

  function firstOpening(): { readonly at: number; readonly mode: Mode } | undefined {
    const lower = buffer.toLowerCase();
    const found = openers
      .map(({ mark, mode: next }) => ({ at: lower.indexOf(mark), mode: next }))
      .filter(({ at }) => at >= 0);
    const json = (atLineStart ? /(?:^|\n)[ \t]*[[{]/ : /\n[ \t]*[[{]/).exec(buffer);
    if (json) {
      const at = json.index + json[0].length - 1;
      // "[" begins a note as well as a list of calls.
      const next = /^\[\s*[^\s{]/.test(buffer.slice(at)) ? undefined : 'balanced';
      if (next) found.push({ at, mode: { name: 'held', close: next } });
    }
    return found.toSorted((a, b) => a.at - b.at)[0];
  }

  function resolved(held: string): readonly ContentPart[] {
    atLineStart = true;
    const calls = callsIn(held, isTool);
    if (calls) return calls.map((call) => ({ type: 'call', call }));
    // Words in a fence are still words; data and code are not.
    const inside = /^```[a-z_]*\s*([\s\S]*?)\s*(?:```)?$/i.exec(held)?.[1] ?? '';
    return inside === '' || /^[[{<]|[;{}]\s*$/m.test(inside)
      ? []
      : [{ type: 'text', text: `${inside}\n` }];
  }

  function drain(isLast: boolean): readonly ContentPart[] {
    const parts: ContentPart[] = [];
    while (buffer !== '') {
      const more = step(isLast);
      if (more === null) break;
      parts.push(...more);
    }
    return parts;
  }
  return {
    push(delta) {
      buffer += delta;
      return drain(false);
    },
    end: () => drain(true),
  };
}

function closeEnd(buffer: string, close: RegExp): number | null {
  const match = close.exec(buffer);
  return match ? match.index + match[0].length : null;
}

/** How many characters at the end could become a mark. */
function undecided(buffer: string): number {
  const lower = buffer.toLowerCase();
  const marks = [...openers.map(({ mark }) => mark), ...strayEnds];
  let most = 0;
  for (const mark of marks) {
    for (let length = Math.min(mark.length - 1, lower.length); length > most; length -= 1) {
      if (lower.endsWith(mark.slice(0, length))) most = length;
    }
  }
  // A "[" at the start of a line is a list of calls or a note: the next character tells.
  const list = /(?:^|\n)[ \t]*\[\s*$/.exec(buffer);
  return Math.max(most, list ? buffer.length - buffer.lastIndexOf('[') : 0);
}

/** Where the JSON value that a text begins with ends; null while it does not. */
function balancedEnd(buffer: string): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < buffer.length; at += 1) {
    const char = buffer[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}
