import { z } from 'zod';

const callStatus = z.object({ data: z.object({ is_alive: z.boolean() }) });
const answerWithinMs = 10_000;

/**
 * Asks Telnyx whether a call goes on.
 *
 * @param apiKey null: nobody can say, and every question fails
 * @see https://developers.telnyx.com/api-reference/call-information/retrieve-a-call-status
 */
export function createLiveness(options: {
  readonly apiUrl: string;
  readonly apiKey: string | null;
}): (callControlId: string) => Promise<boolean> {
  const { apiUrl, apiKey } = options;
  return async (callControlId) => {
    if (apiKey === null) throw new Error('without TELNYX_API_KEY nobody can say');
    const response = await fetch(`${apiUrl}/v2/calls/${encodeURIComponent(callControlId)}`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (!response.ok) throw new Error(`Telnyx answers ${response.status}`);
    return callStatus.parse(await response.json()).data.is_alive;
  };
}
