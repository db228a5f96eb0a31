import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOurOrigin } from './request-guard.ts';

/** What pages of allowed origins may ask for: placing calls, what a call button shows, the button itself. */
const openPaths = [/^\/call$/, /^\/call\/direct(\/|$)/, /^\/api\/(calls|desks)$/];
const widgetPaths = /^\/widget(\.js|\/)/;

/** How long a browser may remember that it may ask, in seconds. */
const preflightLastsS = 600;

/**
 * Whether a page of another origin may do this: its origin is one of those in
 * SWITCHBOARD_ALLOWED_ORIGINS, and it asks for what a call button needs.
 */
export function mayCrossOrigins(
  request: Pick<FastifyRequest, 'url' | 'headers'>,
  allowedOrigins: readonly string[],
): boolean {
  const { origin, host } = request.headers;
  if (isOurOrigin(origin, host)) return true;
  const path = pathOf(request);
  const isOpen = widgetPaths.test(path) || openPaths.some((open) => open.test(path));
  return isOpen && origin !== undefined && allowedOrigins.includes(origin);
}

/**
 * Headers with which a browser hands our answers to a page of an allowed origin. The list of calls and
 * their trails stay our own page's: only placing a call is allowed on that address.
 */
export function crossOriginHeaders(
  request: Pick<FastifyRequest, 'url' | 'headers' | 'method'>,
  allowedOrigins: readonly string[],
): Readonly<Record<string, string>> {
  const { origin, host } = request.headers;
  const isWidget = widgetPaths.test(pathOf(request));
  // A script tag says no origin, and the script itself is no secret.
  const resource: Record<string, string> = isWidget
    ? { 'cross-origin-resource-policy': 'cross-origin', vary: 'Origin' }
    : {};
  if (origin === undefined || isOurOrigin(origin, host)) return resource;
  if (!mayCrossOrigins(request, allowedOrigins) || isCallList(request)) return resource;
  return {
    ...resource,
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Location',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

/** Answers the question a browser asks before it sends JSON to another origin. */
export function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type, authorization, x-openai-agents-sdk',
      'access-control-max-age': String(preflightLastsS),
    })
    .send();
}

function isCallList({ url, method }: Pick<FastifyRequest, 'url' | 'method'>): boolean {
  return method === 'GET' && pathOf({ url }) === '/api/calls';
}

function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  return url.split('?', 1)[0] ?? '';
}
