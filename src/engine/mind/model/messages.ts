import type OpenAI from 'openai';
import type { MindInput, MindItem, ToolSpec } from '../port.ts';
import { jsonOf } from './written-calls.ts';

type Message = OpenAI.ChatCompletionMessageParam;
type Assistant = OpenAI.ChatCompletionAssistantMessageParam;
type Call = Extract<MindItem, { readonly type: 'function_call' }>;

/** A transcript of which the ears are less sure than this is marked. */
const sureFrom = 0.5;
const longestOutputChars = 12_000;

/** What a model is told besides the instructions, because it writes and a phone speaks. */
const spokenRules = `What you write is spoken to the caller on a phone call, word for word: one to three short plain sentences, then let the caller answer. No Markdown, lists, headings, emoji, code or stage directions. To use a tool, call it; never write a call or its JSON into the text, and never claim a result that no tool returned.
What a caller says was transcribed and may contain mishearings. Text in [square brackets] in a user's message is a note of the phone system, not the caller's words; never write such notes yourself.`;

/**
 * The conversation as chat messages that strict servers take as well: one system message, which is
 * first; nobody twice in a row; every call with its output right behind it; a user's message last,
 * unless an output is.
 */
export function chatMessages(input: Pick<MindInput, 'instructions' | 'items'>): Message[] {
  const messages: Message[] = [
    { role: 'system', content: `${input.instructions.trim()}\n\n${spokenRules}`.trim() },
  ];
  const outputs = new Map(
    input.items.flatMap((item) =>
      item.type === 'function_call_output' ? [[item.callId, item.output] as const] : [],
    ),
  );
  const called = new Set<string>();
  /** Calls that belong together, and whose outputs follow all of them. */
  let group: Call[] = [];
  const closeGroup = (): void => {
    for (const { callId } of group) {
      const content = bounded(outputs.get(callId) ?? 'No result yet.');
      messages.push({ role: 'tool', tool_call_id: callId, content });
    }
    group = [];
  };
  for (const item of input.items) {
    switch (item.type) {
      case 'function_call':
        if (called.has(item.callId)) break;
        called.add(item.callId);
        if (group.length === 0 && messages.at(-1)?.role !== 'assistant') {
          messages.push({ role: 'assistant', content: null });
        }
        addCall(messages.at(-1), item);
        group.push(item);
        break;
      case 'function_call_output':
        closeGroup();
        if (called.has(item.callId)) break;
        addUser(messages, note(`A tool returned: ${bounded(item.output)}`));
        break;
      case 'message':
        closeGroup();
        addMessage(messages, item);
        break;
    }
  }
  closeGroup();
  return withUser(messages);
}

function addMessage(
  messages: Message[],
  item: Extract<MindItem, { readonly type: 'message' }>,
): void {
  if (item.role === 'user') addUser(messages, heard(item.text, item.confidence));
  else if (item.role === 'system') addUser(messages, note(item.text));
  else {
    if (item.text.trim() !== '') addAssistant(messages, item.text.trim());
    if (item.unsaid) {
      addUser(messages, note(`The caller cut you off and did not hear: "${item.unsaid.trim()}"`));
    }
  }
}

const note = (text: string): string => `[Note: ${unbracketed(text.trim())}]`;
/** Nobody but the phone system writes notes. */
const unbracketed = (text: string): string => text.replaceAll('[', '(').replaceAll(']', ')');

function heard(text: string, confidence = 1): string {
  const words = unbracketed(text.trim());
  if (words === '') return '[Note: The caller said something that could not be understood.]';
  return confidence < sureFrom
    ? `${words} [Note: heard badly, perhaps wrong; ask again before you act on it]`
    : words;
}

function addUser(messages: Message[], content: string): void {
  const last = messages.at(-1);
  if (last?.role === 'user' && typeof last.content === 'string') {
    messages[messages.length - 1] = { role: 'user', content: `${last.content}\n${content}` };
  } else messages.push({ role: 'user', content });
}

function addAssistant(messages: Message[], content: string): void {
  const last = messages.at(-1);
  if (last?.role === 'assistant' && typeof last.content === 'string' && !last.tool_calls) {
    messages[messages.length - 1] = { role: 'assistant', content: `${last.content} ${content}` };
  } else messages.push({ role: 'assistant', content });
}

function addCall(message: Message | undefined, { callId, name, arguments: args }: Call): void {
  if (message?.role !== 'assistant') return;
  const call: OpenAI.ChatCompletionMessageFunctionToolCall = {
    id: callId,
    type: 'function',
    // Templates of local servers read the arguments, and fail on what is no JSON.
    function: { name, arguments: JSON.stringify(jsonOf(args) ?? {}) },
  };
  const assistant: Assistant = message;
  assistant.tool_calls = [...(assistant.tool_calls ?? []), call];
}

/** Some servers refuse a conversation in which no user speaks, or go on writing its last message. */
function withUser(messages: Message[]): Message[] {
  const first = messages[1];
  if (first && first.role !== 'user') {
    messages.splice(1, 0, { role: 'user', content: note('The caller is on the line.') });
  }
  const last = messages.at(-1);
  if (last?.role === 'system') addUser(messages, note('The caller is on the line. Begin.'));
  if (last?.role === 'assistant') addUser(messages, note('The caller is waiting. Go on.'));
  return messages;
}

const bounded = (output: string): string =>
  output.length > longestOutputChars ? `${output.slice(0, longestOutputChars)} … (cut)` : output;

/** Tools as the interface has them; what is no schema of an object becomes one. */
export function chatTools(tools: readonly ToolSpec[]): OpenAI.ChatCompletionFunctionTool[] {
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters: objectSchema(parameters) },
  }));
}

function objectSchema(parameters: unknown): Record<string, unknown> {
  const given = typeof parameters === 'object' && parameters !== null ? { ...parameters } : {};
  const properties = 'properties' in given ? given.properties : {};
  return { ...given, type: 'object', properties: properties ?? {} };
}

/**
 * What a model may call. Not every server heeds `tool_choice`, so a model is only shown what it may
 * call: nothing, or the one tool that is asked for.
 */
export function toolChoice(input: Pick<MindInput, 'tools' | 'toolChoice'>): Pick<
  OpenAI.ChatCompletionCreateParams,
  'tool_choice'
> & {
  readonly tools: readonly ToolSpec[];
} {
  const { tools, toolChoice: choice } = input;
  if (choice === 'none' || tools.length === 0) return { tools: [] };
  if (choice === 'auto') return { tools };
  if (choice === 'required') return { tools, tool_choice: 'required' };
  const named = tools.filter(({ name }) => name === choice.name);
  if (named.length === 0) return { tools };
  return { tools: named, tool_choice: { type: 'function', function: { name: choice.name } } };
}
