import { describe, expect, it } from 'vitest';
import { countedIds } from '../../lib/index.ts';
import type { ServerEventType } from '../../protocol/index.ts';
import { mindItems } from './conversation.ts';
import type { Effect, SessionEvent } from './events.ts';
import type { Item } from './state.ts';
import { initialState, step } from './step.ts';

/** A session without a wire: events in, effects out. */
function session() {
  const newId = countedIds();
  let state = initialState({ model: 'offline', expiresAtSeconds: 0, newId });
  return {
    after(...events: readonly SessionEvent[]): readonly Effect[] {
      const effects: Effect[] = [];
      for (const event of events) {
        const next = step(state, event, { newId });
        state = next.state;
        effects.push(...next.effects);
      }
      return effects;
    },
    state: () => state,
  };
}

const sent = (effects: readonly Effect[]): ServerEventType[] =>
  effects.flatMap((effect) => (effect.type === 'send' ? [effect.event.type] : []));
const types = (effects: readonly Effect[]) => effects.map((effect) => effect.type);
const createResponse: SessionEvent = { type: 'received', event: { type: 'response.create' } };

describe('a response that waits', () => {
  it('begins without the end of the turn once the microphone has gone quiet', () => {
    const { after, state } = session();
    after({ type: 'voice_started', atMs: 500, unheardMs: 0 }, createResponse);
    const { response } = state();
    if (response.phase !== 'waiting') return expect.fail('it does not wait');
    const responseId = response.head.id;
    const check = { type: 'wait_checked' as const, responseId };
    expect(types(after({ ...check, waitedMs: 250, quietMs: 0 }))).toEqual(['check_wait']);
    expect(types(after({ ...check, waitedMs: 1_250, quietMs: 1_000 }))).toEqual(['respond']);
    expect(types(after({ ...check, waitedMs: 1_500, quietMs: 1_250 }))).toEqual([]);
  });

  it('begins while the caller talks on and on', () => {
    const { after, state } = session();
    after({ type: 'voice_started', atMs: 500, unheardMs: 0 }, createResponse);
    const { response } = state();
    const responseId = response.phase === 'waiting' ? response.head.id : '';
    const checked: SessionEvent = { type: 'wait_checked', responseId, waitedMs: 8_000, quietMs: 0 };
    expect(types(after(checked))).toEqual(['respond']);
  });
});

describe('a cancelled response', () => {
  it('has nothing more to say, whatever its parts still report', () => {
    const { after, state } = session();
    after(createResponse);
    const { response } = state();
    const responseId = response.phase === 'running' ? response.head.id : '';
    const chunk = { samples: new Int16Array(2_400), text: 'hello ' };
    after(
      { type: 'say_started', text: 'hello', responseId },
      { type: 'speech_made', responseId, chunk },
    );
    const cancelled = after({ type: 'voice_started', atMs: 900, unheardMs: 0 });
    expect(types(cancelled)).toContain('stop_responding');
    expect(sent(cancelled)).toEqual([
      'input_audio_buffer.speech_started',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
    const late: SessionEvent[] = [
      { type: 'speech_made', responseId, chunk },
      { type: 'say_ended', responseId },
      { type: 'call_made', responseId, name: 'x', arguments: '{}' },
      { type: 'response_ended', responseId },
      { type: 'response_failed', responseId, part: 'mind', message: 'late' },
    ];
    expect(after(...late)).toEqual([]);
  });
});

describe('sentences that follow each other', () => {
  it('are one message, with a space between them', () => {
    const { after, state } = session();
    after(createResponse);
    const { response } = state();
    const responseId = response.phase === 'running' ? response.head.id : '';
    const say = (text: string): SessionEvent[] => [
      { type: 'say_started', responseId, text },
      { type: 'speech_made', responseId, chunk: { samples: new Int16Array(2_400), text } },
    ];
    const effects = after(
      ...say('Your bill is paid.'),
      ...say('Is there anything else?'),
      { type: 'say_ended', responseId },
      { type: 'response_ended', responseId },
    );
    const done = effects.flatMap((effect) =>
      effect.type === 'send' && effect.event.type === 'response.output_audio_transcript.done'
        ? [effect.event.transcript]
        : [],
    );
    expect(done).toEqual(['Your bill is paid. Is there anything else?']);
    expect(state().items).toMatchObject([{ type: 'spoken', status: 'completed', audioMs: 200 }]);
  });

  it('cut off in the second, the first is said and the rest of the second is not', () => {
    const { after, state } = session();
    after(createResponse);
    const { response } = state();
    const responseId = response.phase === 'running' ? response.head.id : '';
    const samples = new Int16Array(2_400);
    after(
      { type: 'say_started', responseId, text: 'It is paid.' },
      { type: 'speech_made', responseId, chunk: { samples, text: 'It is paid.' } },
      { type: 'say_started', responseId, text: 'Is there anything else?' },
      { type: 'speech_made', responseId, chunk: { samples, text: 'Is there ' } },
      { type: 'voice_started', atMs: 900, unheardMs: 0 },
    );
    expect(state().items).toMatchObject([{ status: 'incomplete', unsaid: 'anything else?' }]);
  });
});

describe('words that are heard while the caller speaks', () => {
  const transcribing: SessionEvent = {
    type: 'received',
    event: {
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: { model: 'any' } } } },
    },
  };
  const deltas = (effects: readonly Effect[]): readonly string[] =>
    effects.flatMap((effect) =>
      effect.type === 'send' &&
      effect.event.type === 'conversation.item.input_audio_transcription.delta'
        ? [effect.event.delta]
        : [],
    );
  const started: SessionEvent = { type: 'voice_started', atMs: 500, unheardMs: 0 };
  const stopped: SessionEvent = { type: 'voice_stopped', atMs: 3_000, spokenMs: 2_000 };

  it('are told once they did not change, and never taken back', () => {
    const { after, state } = session();
    after(transcribing, started);
    const guesses = ['if i', 'i would', 'i would like', 'i would like to the', 'you would like to'];
    const told = guesses.flatMap((text) => deltas(after({ type: 'words_heard', text })));
    expect(told).toEqual(['i would', ' like']);
    after(stopped);
    const itemId = state().items[0]?.id ?? '';
    const known = { type: 'transcribed', itemId, confidence: 0.9, durationMs: 2_500 } as const;
    expect(deltas(after({ ...known, text: 'i would like to book' }))).toEqual([' to book']);
  });

  it('are not told to a session that wants none, nor behind the end of a turn', () => {
    const { after } = session();
    after(started);
    const guesses = ['one', 'one two'].map((text): SessionEvent => ({ type: 'words_heard', text }));
    expect(after(...guesses)).toEqual([]);
    after(stopped, transcribing);
    expect(after(...guesses)).toEqual([]);
  });
});

describe('a turn', () => {
  it('is begun with what the agent asked last, as far as it was heard', () => {
    const { after } = session();
    after(createResponse);
    const responseId = 'resp_3';
    const say = (text: string, ms: number): SessionEvent[] => [
      { type: 'say_started', responseId, text },
      { type: 'speech_made', responseId, chunk: { samples: new Int16Array(24 * ms), text } },
      { type: 'say_ended', responseId },
    ];
    after(...say('Good morning. You are through to us. What is your name? ', 1_000));
    after(...say('It is on the letter.', 1_000), { type: 'response_ended', responseId });
    const asked = (unheardMs: number) =>
      after({ type: 'voice_started', atMs: 0, unheardMs }).flatMap((effect) =>
        effect.type === 'begin_utterance' ? [effect.asked] : [],
      );
    expect(asked(0)).toEqual(['It is on the letter.']);
    expect(asked(1_000)).toEqual(['You are through to us. What is your name?']);
    expect(asked(2_000)).toEqual(['']);
  });
});

describe('one call at a time', () => {
  it('ends the response with its first call where calls are not parallel', () => {
    const { after, state } = session();
    const tools = [{ name: 'a' }];
    after({
      type: 'received',
      event: {
        type: 'session.update',
        session: { type: 'realtime', tools, parallel_tool_calls: false },
      },
    });
    after(createResponse);
    const { response } = state();
    const responseId = response.phase === 'running' ? response.head.id : '';
    const call = { type: 'call_made' as const, responseId, name: 'a', arguments: '{}' };
    const first = after(call);
    expect(sent(first).at(-1)).toBe('response.done');
    expect(types(first)).toContain('stop_responding');
    expect(after(call)).toEqual([]);
  });
});

type Heard = Extract<Item, { readonly type: 'heard' }>;

describe('what the mind sees', () => {
  const heard = (id: string, transcript: string, confidence = 0.9): Heard => ({
    type: 'heard',
    id,
    transcript,
    confidence,
    audioMs: 500,
    spokenMs: 500,
    isNoise: false,
  });
  const spoken = (id: string, text: string): Item => ({
    type: 'spoken',
    id,
    status: 'completed',
    words: text === '' ? [] : [{ text, startMs: 0, endMs: 100 }],
    audioMs: 100,
    unsaid: '',
  });

  it('is one turn when the caller goes on before hearing anything', () => {
    expect(mindItems([heard('1', 'ten'), spoken('2', ''), heard('3', 'thirty', 0.4)])).toEqual([
      { type: 'message', role: 'user', text: 'ten thirty', confidence: 0.4 },
    ]);
  });

  it('is two turns with an answer between them', () => {
    const items = mindItems([heard('1', 'ten'), spoken('2', 'Sorry?'), heard('3', 'thirty')]);
    expect(items.map((item) => (item.type === 'message' ? item.text : ''))).toEqual([
      'ten',
      'Sorry?',
      'thirty',
    ]);
  });

  it('has a turn of which nothing was understood, but not beside words', () => {
    expect(mindItems([heard('1', '', 0)])).toMatchObject([{ role: 'user', text: '' }]);
    expect(mindItems([heard('1', '', 0), heard('2', 'yes')])).toEqual([
      { type: 'message', role: 'user', text: 'yes', confidence: 0.9 },
    ]);
  });

  const cut: Item = {
    ...{ type: 'spoken', id: '0', status: 'incomplete', audioMs: 100 },
    ...{ words: [{ text: 'We have ', startMs: 0, endMs: 100 }], unsaid: 'ten and eleven.' },
  };

  it('has what the agent did not get to say, unless somebody spoke at length over it', () => {
    const long: Item = { ...heard('1', ''), spokenMs: 2_000 };
    const failed: Item = { ...heard('1', ''), spokenMs: null };
    const unsaid = (item: Item) => mindItems([cut, item]).map((one) => 'unsaid' in one);
    expect(mindItems([cut, heard('1', 'mm')])[0]).toEqual({
      ...{ type: 'message', role: 'assistant', text: 'We have', unsaid: 'ten and eleven.' },
    });
    expect(unsaid(heard('1', ''))).toEqual([true, false]);
    expect(unsaid(long)).toEqual([false, false]);
    expect(unsaid(failed)).toEqual([false, false]);
    expect(unsaid({ ...heard('1', 'what is that'), spokenMs: 2_000 })).toEqual([true, false]);
  });

  it('has no sounds that nobody has to answer', () => {
    expect(mindItems([{ ...heard('1', 'a', 0.1), isNoise: true }, heard('2', 'hello')])).toEqual([
      { type: 'message', role: 'user', text: 'hello', confidence: 0.9 },
    ]);
  });

  it('keeps typed messages apart', () => {
    const text = (id: string): Item => ({
      type: 'text',
      id,
      role: 'user',
      status: 'completed',
      parts: [id],
    });
    expect(mindItems([text('a'), text('b')])).toHaveLength(2);
  });
});
