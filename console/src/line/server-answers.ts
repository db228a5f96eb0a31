/** A field of text in an answer of the server. @throws Error when there is none. */
export function readField(body: unknown, name: string): string {
  const value: unknown = isRecord(body) ? body[name] : undefined;
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}`);
  return value;
}

/** The `{ error: { code, message } }` of an answer that is not fine. @throws Error when it is none. */
export function readError(body: unknown): { readonly code: string; readonly message: string } {
  const error: unknown = isRecord(body) ? body['error'] : undefined;
  return { code: readField(error, 'code'), message: readField(error, 'message') };
}

/** The server's address for sockets. */
export function socketUrl(server: string, path: string): URL {
  const url = new URL(path, server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
