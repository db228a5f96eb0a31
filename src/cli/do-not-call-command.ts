import { Command } from 'commander';
import { doNotCallListResponse, doNotCallResponse } from '../protocol/index.ts';
import { askServer } from './server-api.ts';
import { print } from './output.ts';

const defaultUrl = 'http://127.0.0.1:8080';

/** `switchboard do-not-call`: the numbers that the server on this machine never dials. */
export function doNotCallCommand(): Command {
  const command = new Command('do-not-call').description('numbers that are never dialled');
  const change = (action: 'add' | 'remove', description: string): void => {
    command
      .command(action)
      .description(description)
      .argument('<number>', 'with its country, e.g. +442079460000')
      .option('--note <text>', 'why, for whoever reads the list')
      .option('--url <address>', 'the server', defaultUrl)
      .action(async (number: string, { url, note }: { url: string; note?: string }) => {
        const body = { number, action, ...(note === undefined ? {} : { note }) };
        const said = doNotCallResponse.parse(await askServer(url, '/api/do-not-call', { body }));
        print(`${said.number}  ${said.listed ? 'is never dialled' : 'may be dialled'}`);
      });
  };
  change('add', 'never dial a number again');
  change('remove', 'allow a number again');
  command
    .command('list')
    .description('print the numbers, newest first')
    .option('--url <address>', 'the server', defaultUrl)
    .action(async ({ url }: { url: string }) => {
      const answer = await askServer(url, '/api/do-not-call?limit=500');
      for (const { number, source, note, at } of doNotCallListResponse.parse(answer).numbers) {
        print(`${number}  ${at}  ${source}${note === null ? '' : `: ${note}`}`);
      }
    });
  return command;
}
