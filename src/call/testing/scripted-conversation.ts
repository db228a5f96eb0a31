/** An object on the wire. */
export type Fields = Record<string, unknown>;

/** The conversation as a scripted engine holds it; what becomes of it is told as an engine tells it. */
export interface ScriptedConversation {
  has(itemId: unknown): boolean;
  /** A function call that an output could answer. */
  hasCall(callId: string): boolean;
  lastId(): unknown;
  /** At the end, and not done yet. */
  add(item: Fields): void;
  /** @param after an item's id or `root`. @default at the end */
  addDone(item: Fields, after?: string): void;
  done(item: Fields): void;
  /** False: it is not there. */
  delete(itemId: string): boolean;
  /** A spoken turn has been transcribed; of that nothing is told. */
  understood(itemId: string, text: string): void;
  /** An item a line: `user Hello`, `call lookup c1`, `output c1 {…}`. */
  lines(): readonly string[];
}

/** @returns an empty conversation. */
export function createScriptedConversation(
  send: (event: { readonly type: string; readonly [field: string]: unknown }) => void,
): ScriptedConversation {
  const items: Fields[] = [];
  const indexOf = (itemId: unknown): number => items.findIndex(({ id }) => id === itemId);
  const previousOf = (item: Fields): unknown => items[indexOf(item['id']) - 1]?.['id'] ?? null;
  const done = (item: Fields): void =>
    send({ type: 'conversation.item.done', previous_item_id: previousOf(item), item });
  const insert = (item: Fields, index: number): void => {
    items.splice(index, 0, item);
    send({ type: 'conversation.item.added', previous_item_id: previousOf(item), item });
  };
  return {
    has: (itemId) => indexOf(itemId) >= 0,
    hasCall: (callId) =>
      items.some((item) => item['type'] === 'function_call' && item['call_id'] === callId),
    lastId: () => items.at(-1)?.['id'] ?? null,
    add: (item) => insert(item, items.length),
    addDone(item, after) {
      insert(item, after === undefined ? items.length : indexOf(after) + 1);
      done(item);
    },
    done,
    delete(itemId) {
      const index = indexOf(itemId);
      if (index >= 0) items.splice(index, 1);
      return index >= 0;
    },
    understood(itemId, text) {
      const item = items[indexOf(itemId)];
      if (item) item['content'] = [{ type: 'input_audio', transcript: text }];
    },
    lines: () => items.map(described),
  };
}

function described(item: Fields): string {
  const { type, role, name, call_id: callId, output } = item;
  if (type === 'function_call') return `call ${String(name)} ${String(callId)}`;
  if (type === 'function_call_output') return `output ${String(callId)} ${String(output)}`;
  const content = item['content'] as readonly { text?: string; transcript?: string | null }[]; // made here
  return `${String(role)} ${content.map((part) => part.text ?? part.transcript ?? '').join(' ')}`;
}
