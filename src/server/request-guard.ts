/** Names under which only this machine can be reached. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** The name in a `Host` header, without port, lower case. Empty when there is none. */
function nameIn(hostHeader: string | undefined): string {
  try {
    return new URL(`http://${hostHeader ?? ''}`).hostname.toLowerCase();
  } catch {
    return '';
  }
}

/**
 * Whether a request asks for a name that is ours.
 *
 * A server on a loopback address answers to loopback names and to those named in
 * SWITCHBOARD_PUBLIC_HOSTS. Otherwise a page from anywhere could point its own name at 127.0.0.1
 * (DNS rebinding) and read calls as if it were ours.
 */
export function isOurHost(
  hostHeader: string | undefined,
  server: { readonly listenHost: string; readonly publicHosts: readonly string[] },
): boolean {
  const name = nameIn(hostHeader);
  if (!isLoopback(server.listenHost) && server.publicHosts.length === 0) return true;
  return isLoopback(name) || server.publicHosts.includes(name);
}

/**
 * Whether a socket may be opened. Browsers let any page open a socket to any server and say so in
 * `Origin` only; programs that are no browser send none.
 */
export function isOurOrigin(origin: string | undefined, hostHeader: string | undefined): boolean {
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === hostHeader?.toLowerCase();
  } catch {
    return false; // among them `null`, which sandboxed pages and files send
  }
}

/**
 * Whether a request comes from a program on this machine, and from nowhere else: a proxy on this
 * machine passes on those of others, and says so in its headers or in the name that it asks for.
 */
export function isLocalRequest(request: {
  readonly remoteAddress: string | undefined;
  readonly hostHeader: string | undefined;
  /** It carries a header that proxies add. */
  readonly isForwarded: boolean;
}): boolean {
  const address = request.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return isLoopback(address) && isLoopback(nameIn(request.hostHeader)) && !request.isForwarded;
}

/** Headers of every answer. The page needs scripts, worklets and sockets of its own origin, no more. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
