import type { TextModel } from '../call/index.ts';

/** Where a text model answers: any server of `/v1/chat/completions`. */
export interface TextModelEndpoint {
  /** Base address, e.g. `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  /** Empty for servers that ask for none. */
  readonly apiKey: string;
}

/**
 * The text model that consulted agents answer with. Nothing is loaded or connected before the first
 * question.
 */
export function openTextModel({ url, model, apiKey }: TextModelEndpoint): TextModel {
  const connect = async () => {
    const { OpenAI } = await import('openai');
    return new OpenAI({
      baseURL: url,
      apiKey: apiKey === '' ? 'none' : apiKey, // the client insists on one
      // A caller waits: the deadline of the question bounds everything, a second try included.
      maxRetries: 1,
      logLevel: 'off', // its log would hold what callers say
    });
  };
  let client: ReturnType<typeof connect> | undefined;
  return {
    async answer({ instructions, question }, signal) {
      const { chat } = await (client ??= connect());
      const completion = await chat.completions.create(
        {
          model,
          messages: [
            { role: 'system', content: instructions },
            { role: 'user', content: question },
          ],
        },
        { signal },
      );
      const text = completion.choices[0]?.message.content?.trim() ?? '';
      if (text === '') throw new Error('the text model answered nothing');
      return text;
    },
  };
}
