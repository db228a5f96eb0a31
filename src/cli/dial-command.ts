import { Command, InvalidArgumentError, Option } from 'commander';
import {
  dialListResponse,
  dialResponse,
  type DialJobShown,
  type DialRequestBody,
} from '../protocol/index.ts';
import { askServer } from './server-api.ts';
import { print } from './output.ts';

const defaultUrl = 'http://127.0.0.1:8080';

/** `switchboard dial`: has the server on this machine call somebody. */
export function dialCommand(): Command {
  const dial = new Command('dial')
    .description('call a number: the server on this machine does, at the time that is right')
    .argument('<number>', 'with its country, e.g. +442079460000')
    .option('--desk <name>', 'the desk that speaks; the server’s default when left out')
    .option('--purpose <text>', 'why, in words for the agent')
    .addOption(
      new Option('--machine <action>', 'when a machine answers')
        .choices(['hang_up', 'message', 'speak'])
        .default('hang_up'),
    )
    .option('--message <text>', 'what to leave on a machine, with --machine message')
    .option(
      '--time-zone <zone>',
      'where the number is, e.g. Europe/London; the desk’s when left out',
    )
    .option('--not-before <time>', 'earliest time, e.g. 2026-11-24T09:00:00Z', timeOf)
    .option('--attempts <count>', 'how often at most', countOf)
    .option('--key <key>', 'the same key makes one job, however often it is asked for')
    .option('--url <address>', 'the server', defaultUrl)
    .option('--json', 'print jobs as JSON, one a line')
    .action(request);
  dial
    .command('list')
    .description('print the jobs, newest first; takes --url and --json as well')
    .option('--limit <count>', 'how many', countOf, 50)
    .action((_options, command: Command) => list(command.optsWithGlobals()));
  dial
    .command('cancel')
    .description('end a job, and its call if there is one; takes --url and --json as well')
    .argument('<id>', 'as `dial list` prints it')
    .action((id: string, _options, command: Command) => cancel(id, command.optsWithGlobals()));
  return dial;
}

interface Asked {
  readonly url: string;
  readonly json?: true;
}

interface RequestOptions extends Asked {
  readonly desk?: string;
  readonly purpose?: string;
  readonly machine: 'hang_up' | 'message' | 'speak';
  readonly message?: string;
  readonly timeZone?: string;
  readonly notBefore?: string;
  readonly attempts?: number;
  readonly key?: string;
}

async function request(number: string, options: RequestOptions): Promise<void> {
  const { url, json, key, ...more } = options;
  const body: DialRequestBody = { number, ...more, ...(key ? { idempotencyKey: key } : {}) };
  const { job } = dialResponse.parse(await askServer(url, '/api/dial', { body }));
  tell(job, { json });
}

async function list({ url, json, limit }: Asked & { readonly limit: number }): Promise<void> {
  const { jobs } = dialListResponse.parse(await askServer(url, `/api/dial?limit=${limit}`));
  for (const job of jobs) tell(job, { json });
}

async function cancel(dialId: string, { url, json }: Asked): Promise<void> {
  const path = `/api/dial/${encodeURIComponent(dialId)}/cancel`;
  const { job } = dialResponse.parse(await askServer(url, path, { body: {} }));
  tell(job, { json });
}

function tell(job: DialJobShown, { json }: { readonly json: true | undefined }): void {
  if (json) return print(JSON.stringify(job));
  const { dialId, number, desk, state, outcome, attempts, maxAttempts, dueAt, detail } = job;
  const how = outcome === null ? state : `${state} (${outcome})`;
  const when = state === 'waiting' ? `, due ${dueAt}` : '';
  const why = detail === null ? '' : `: ${detail}`;
  print(
    `${dialId}  ${number}  ${desk}  ${how}, attempt ${attempts} of ${maxAttempts}${when}${why}`,
  );
}

function countOf(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('must be a whole number above 0');
}

function timeOf(value: string): string {
  const atMs = Date.parse(value);
  if (!Number.isNaN(atMs)) return new Date(atMs).toISOString();
  throw new InvalidArgumentError('must be a time such as 2026-11-24T09:00:00Z');
}
