import { once } from 'node:events';
import { createServer } from 'node:http';

/** A site that is not ours, with one page. */
export interface ForeignSite extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Serves a page that forbids whatever it can but what our guide tells its owner to allow.
 *
 * @param options.body the page's HTML, with the script tag in it
 * @param options.line the server that the tag is from
 */
export async function openForeignSite(options: {
  readonly body: string;
  readonly line: () => string;
}): Promise<ForeignSite> {
  const server = createServer(({ url }, response) => {
    if (url !== '/' && url !== '/other') {
      response.writeHead(404).end();
      return;
    }
    const line = options.line();
    const policy = [
      "default-src 'none'",
      `script-src ${line}`,
      `connect-src ${line} ${line.replace('http', 'ws')}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.end(options.body.replaceAll('LINE', line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
