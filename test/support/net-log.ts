import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const netLog = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(
    z.object({
      type: z.number(),
      source: z.object({ id: z.number() }),
      params: z
        .object({ address: z.string().optional(), byte_count: z.number().optional() })
        .optional(),
    }),
  ),
});

/**
 * Reads how many bytes a browser has sent by UDP, from the log of its network stack. Sockets to
 * port 53 are left out: asking for names is no call.
 */
export async function udpBytesSent(file: string): Promise<number> {
  const { constants, events } = netLog.parse(JSON.parse(await readFile(file, 'utf8')));
  const { UDP_BYTES_SENT: sent, UDP_CONNECT: connect } = constants.logEventTypes;
  if (sent === undefined) throw new Error('this Chromium logs UDP by another name');
  const toNames = new Set(
    events
      .filter(({ type, params }) => type === connect && params?.address?.endsWith(':53'))
      .map(({ source }) => source.id),
  );
  return events
    .filter(({ type, source }) => type === sent && !toNames.has(source.id))
    .reduce((sum, { params }) => sum + (params?.byte_count ?? 0), 0);
}
