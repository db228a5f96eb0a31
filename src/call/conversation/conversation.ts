import type { ContextRule } from '../../desk/index.ts';
import type { ClientItem } from '../../protocol/index.ts';
import type { ConversationItem } from './conversation-account.ts';

/** An item as the engine tells of it. */
export interface EngineItem {
  readonly id: string;
  readonly type: string;
  readonly role?: string | undefined;
  readonly name?: string | undefined;
  readonly callId?: string | undefined;
  readonly arguments?: string | undefined;
  readonly output?: string | undefined;
  /** What was said or written, as far as it is known. */
  readonly text: string | null;
}

/** The call's conversation: what the engine holds of it, and what was taken from it. */
export interface Conversation {
  /** An item was added or finished. `previousItemId` null: it is the first; undefined: the engine does not say. */
  added(item: EngineItem, previousItemId: string | null | undefined): void;
  /** The output of a function call was sent as an item of that id; the engine will tell of it later. */
  outputSent(output: Pick<ConversationItem, 'id' | 'callId' | 'text'>): void;
  deleted(itemId: string): void;
  /** What was understood, or what was heard of what was said. */
  words(itemId: string, text: string): void;
  /** False: the engine has it no more, so nothing may be asked of it there. */
  holds(itemId: string): boolean;
  /** Leaves the next agent what it may see; everything else is kept here and can be put back. */
  carry(rule: ContextRule | { readonly since: number }, options: CarryOptions): void;
  /** In order, with what the engine holds no more. */
  items(): readonly ConversationItem[];
}

/** A handoff that takes the conversation along, or not. */
export interface CarryOptions {
  /** The transfer's own call: it and its output always stay. */
  readonly functionCallId: string;
  /** Number of handoffs of the call, this one included. */
  readonly hop: number;
}

/** What the conversation does to the engine. */
export interface ConversationHost {
  newItemId(): string;
  activeAgent(): string;
  /** Sends `conversation.item.delete`. */
  deleteItem(itemId: string): void;
  /** Sends `conversation.item.create`. @param after an item's id, or `root` */
  createItem(item: ClientItem, after: string): void;
  /** A short account of what is no more to be seen. */
  account(items: readonly ConversationItem[]): string;
}

type Item = { -readonly [Key in keyof ConversationItem]: ConversationItem[Key] } & {
  /** The handoff it was taken away at; null while the engine has it. */
  takenAt: number | null;
  /** A call that is to be taken together with its output, which an engine refuses without it. */
  leavingAt: number | null;
  /** Its words are what was heard or understood; the engine's own account counts no more. */
  settled: boolean;
};

/** @returns a conversation in which nothing was said. */
export function createConversation(host: ConversationHost): Conversation {
  const items: Item[] = [];
  const find = (id: string): Item | undefined => items.find((item) => item.id === id);
  const callOf = (callId: string): Item | undefined =>
    items.find((item) => item.kind === 'call' && item.callId === callId);

  const take = (item: Item, hop: number): void => {
    item.takenAt = hop;
    host.deleteItem(item.id);
  };
  const isAnswered = ({ callId }: Item): boolean =>
    items.some((item) => item.kind === 'output' && item.callId === callId);
  const isTaken = (item: Item | undefined): boolean => item !== undefined && item.takenAt !== null;
  const takeAll = (from: readonly Item[], { functionCallId, hop }: CarryOptions): void => {
    const going = from.filter((item) => item.takenAt === null && item.callId !== functionCallId);
    for (const item of going) {
      if (item.kind === 'call' && !isAnswered(item)) item.leavingAt = hop;
      else take(item, hop);
    }
    // An answer without its question is of no use, and some engines refuse it.
    for (const item of items) {
      if (item.kind !== 'output' || item.takenAt !== null) continue;
      if (isTaken(callOf(item.callId))) take(item, hop);
    }
  };
  const putBack = (since: number): void => {
    let after = 'root';
    for (const item of [...items]) {
      if (item.leavingAt !== null && item.leavingAt > since) item.leavingAt = null;
      if (item.takenAt !== null && item.takenAt > since) {
        const wire = item.kind === 'account' ? null : wireOf(item);
        if (wire) {
          item.id = host.newItemId();
          item.takenAt = null;
          host.createItem({ ...wire, id: item.id }, after);
        }
      } else if (item.kind === 'account' && item.takenAt === null && item.madeAt > since) {
        take(item, item.madeAt);
      }
      if (item.takenAt === null) after = item.id;
    }
  };
  const summarise = ({ hop }: CarryOptions): void => {
    const text = host.account(items);
    const id = host.newItemId();
    items.unshift({ ...blank, id, kind: 'account', text, madeAt: hop, ...here });
    const content = [{ type: 'input_text' as const, text }];
    host.createItem({ id, type: 'message', role: 'system', content }, 'root');
  };

  return {
    added(given, previousItemId) {
      const known = find(given.id);
      if (known) {
        if (given.text !== null && !known.settled) known.text = given.text;
        if (given.arguments !== undefined) known.text = given.arguments;
        return;
      }
      const item: Item = { ...read(given), agent: host.activeAgent(), ...here };
      const index = items.findIndex(({ id }) => id === previousItemId);
      if (previousItemId === null) items.unshift(item);
      else items.splice(index < 0 ? items.length : index + 1, 0, item);
    },
    outputSent(output) {
      const item: Item = { ...blank, ...output, kind: 'output', ...here };
      item.agent = host.activeAgent();
      items.push(item);
      const call = callOf(output.callId);
      if (typeof call?.leavingAt !== 'number') return;
      take(call, call.leavingAt);
      take(item, call.leavingAt);
    },
    deleted(itemId) {
      const item = find(itemId);
      // Not by us, so not to be put back either.
      if (item?.takenAt === null) items.splice(items.indexOf(item), 1);
    },
    words(itemId, text) {
      const item = find(itemId);
      if (item) Object.assign(item, { text, settled: true });
    },
    holds: (itemId) => !isTaken(find(itemId)),
    carry(rule, options) {
      if (rule === 'all') return putBack(0);
      if (typeof rule === 'object' && 'since' in rule) return putBack(rule.since);
      if (typeof rule === 'object')
        return takeAll(items.slice(0, turnsBack(items, rule.lastTurns)), options);
      takeAll(items, options);
      if (rule === 'summary') summarise(options);
    },
    items: () => items,
  };
}

/** Where the caller's last so many turns begin. */
function turnsBack(items: readonly Item[], turns: number): number {
  const callers = items.flatMap(({ kind }, index) => (kind === 'caller' ? [index] : []));
  if (turns <= 0) return items.length;
  return callers.at(-turns) ?? 0;
}

const here = { takenAt: null, leavingAt: null, settled: false };
const blank = { text: '', agent: '', name: '', callId: '', madeAt: 0 };

function read(given: EngineItem): Omit<ConversationItem, 'agent'> {
  const { id, name = '', callId = '' } = given;
  const item = { ...blank, id, name, callId };
  if (given.type === 'function_call') return { ...item, kind: 'call', text: given.arguments ?? '' };
  if (given.type === 'function_call_output')
    return { ...item, kind: 'output', text: given.output ?? '' };
  const kind =
    given.role === 'user' ? 'caller' : given.role === 'assistant' ? 'agent' : 'instruction';
  return { ...item, kind, text: given.text ?? '' };
}

/** An item as text, as it is put back; null when there is nothing in it. */
function wireOf({ kind, text, name, callId }: Item): ClientItem | null {
  switch (kind) {
    case 'call':
      return { type: 'function_call', name, call_id: callId, arguments: text };
    case 'output':
      return { type: 'function_call_output', call_id: callId, output: text };
    case 'agent':
      if (text === '') return null;
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] };
    case 'caller':
      if (text === '') return null;
      return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
    case 'instruction':
      return { type: 'message', role: 'system', content: [{ type: 'input_text', text }] };
    case 'account':
      return null;
  }
}
