/** One item of an engine's conversation in a line: `user Hello`, `call lookup c1`, `output c1 {…}`. */
export function described(item: Readonly<Record<string, unknown>>): string {
  const { type, role, name, call_id: callId, output } = item;
  if (type === 'function_call') return `call ${String(name)} ${String(callId)}`;
  if (type === 'function_call_output') return `output ${String(callId)} ${String(output)}`;
  const content = item['content'] as readonly { text?: string; transcript?: string | null }[]; // made here
  return `${String(role)} ${content.map((part) => part.text ?? part.transcript ?? '').join(' ')}`;
}
