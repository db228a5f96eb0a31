import { expect, it } from 'vitest';
import { isOurHost, isOurOrigin } from './request-guard.ts';

const local = { listenHost: '127.0.0.1', publicHosts: ['line.example'] };

it.each([
  ['127.0.0.1:8080', true],
  ['localhost:8080', true],
  ['[::1]:8080', true],
  ['line.example', true],
  ['evil.example:8080', false],
  ['127.0.0.1.evil.example', false],
  [undefined, false],
])('on a loopback address, Host %s → %s', (host, ours) => {
  expect(isOurHost(host, local)).toBe(ours);
});

it('answers to any name when it listens to the world and no names are given', () => {
  expect(isOurHost('line.example', { listenHost: '0.0.0.0', publicHosts: [] })).toBe(true);
  expect(isOurHost('other.example', { ...local, listenHost: '0.0.0.0' })).toBe(false);
});

it.each([
  [undefined, true],
  ['http://127.0.0.1:8080', true],
  ['https://127.0.0.1:8080', true],
  ['http://127.0.0.1:9090', false],
  ['http://evil.example', false],
  ['null', false],
])('Origin %s → %s', (origin, ours) => {
  expect(isOurOrigin(origin, '127.0.0.1:8080')).toBe(ours);
});
