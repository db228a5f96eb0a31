import { z } from 'zod';
import { errorCodes, messageOf, SwitchboardError, type ErrorCode } from '../lib/index.ts';

const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const timeoutMs = 30_000;

/**
 * Asks the server at `url` something; with a body, to do something.
 *
 * @returns what it answers, not looked at
 * @throws SwitchboardError server_unreachable, config_invalid (no such address), or what it answers with
 */
export async function askServer(
  url: string,
  path: string,
  options: { readonly body?: unknown } = {},
): Promise<unknown> {
  const address = addressOf(url, path);
  const { body } = options;
  const sent =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        };
  const response = await fetch(address, {
    ...sent,
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    const message = `No Switchboard answers at ${url} (${messageOf(cause)}). Start one with \`npm start\`, or give its address with --url.`;
    throw new SwitchboardError('server_unreachable', message, { cause });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const parsed = failure.safeParse(answer);
  if (!parsed.success) {
    const message = `${url} answers with HTTP ${response.status}. Is it a Switchboard?`;
    throw new SwitchboardError('server_unreachable', message);
  }
  const { code, message } = parsed.data.error;
  const isKnown = (text: string): text is ErrorCode => text in errorCodes;
  throw new SwitchboardError(isKnown(code) ? code : 'server_unreachable', message);
}

function addressOf(url: string, path: string): URL {
  try {
    return new URL(path, url);
  } catch (cause) {
    const message = `--url ${url} is not an address such as http://127.0.0.1:8080.`;
    throw new SwitchboardError('config_invalid', message, { cause });
  }
}
