import type OpenAI from 'openai';
import type { RawCall } from './written-calls.ts';

type Part = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall;

/** Puts together the calls that a stream sends in pieces. */
export interface ToolCallParts {
  add(part: Part): void;
  /** In the order in which they began. */
  calls(): readonly RawCall[];
  /** Length of all arguments so far. */
  chars(): number;
}

interface Growing {
  /** Some servers leave it out. */
  readonly index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

/** @returns parts of no call yet */
export function createToolCallParts(): ToolCallParts {
  const growing: Growing[] = [];

  function find({ index, id }: { readonly index?: number; readonly id?: string }): Growing {
    const known =
      index === undefined
        ? growing.findLast((call) => id === undefined || call.id === id)
        : growing.findLast((call) => call.index === index);
    // Some servers count every call as the first one, and only its id is new.
    const another = known !== undefined && id && known.id && id !== known.id;
    if (known && !another) return known;
    const call: Growing = { index, id: id ?? '', name: '', arguments: '' };
    growing.push(call);
    return call;
  }
  return {
    add(part) {
      const call = find(part);
      const { name, arguments: args } = written(part.function);
      call.id ||= part.id ?? '';
      call.name ||= name; // some servers repeat it in each piece
      call.arguments += args;
    },
    calls: () => growing.filter(({ name }) => name !== ''),
    chars: () => growing.reduce((sum, call) => sum + call.arguments.length, 0),
  };
}

/** Arguments are text; a few servers send them as the object itself. */
function written(given: { readonly name?: unknown; readonly arguments?: unknown } | undefined): {
  readonly name: string;
  readonly arguments: string;
} {
  const { name, arguments: args } = given ?? {};
  return {
    name: typeof name === 'string' ? name : '',
    arguments:
      typeof args === 'string'
        ? args
        : args === undefined || args === null
          ? ''
          : JSON.stringify(args),
  };
}
