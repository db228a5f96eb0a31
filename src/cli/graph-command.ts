import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { deskDiagram, deskGraph, loadDesk } from '../desk/index.ts';
import { messageOf, SwitchboardError } from '../lib/index.ts';
import { chosenDesks } from './check-command.ts';
import { drawSvg } from './graph/index.ts';
import { note, print } from './output.ts';

/** `switchboard graph`: who hands a caller over to whom. */
export function graphCommand(): Command {
  return new Command('graph')
    .description('draw a desk: agents, people, the ways between them and their gates')
    .argument('[name]', 'the desk; may be left out when there is only one')
    .addOption(new Option('--mermaid', 'print Mermaid, which is what happens anyway'))
    .addOption(new Option('--svg <file>', 'write an SVG file').conflicts('mermaid'))
    .action(graph);
}

async function graph(name: string | undefined, { svg }: { readonly svg?: string }): Promise<void> {
  const [folder, ...others] = await chosenDesks(name);
  if (folder === undefined || others.length > 0) {
    const message = 'There are several desks. Name the one to draw: npx switchboard graph <name>';
    throw new SwitchboardError('config_invalid', message);
  }
  const desk = await loadDesk(folder);
  if (svg === undefined) {
    print(deskDiagram(desk).trimEnd());
    return;
  }
  try {
    await writeFile(svg, drawSvg(deskGraph(desk)));
    note(`Drawn in ${svg}`);
  } catch (cause) {
    const message = `Cannot write the drawing to ${svg}: ${messageOf(cause)}`;
    throw new SwitchboardError('config_invalid', message, { cause });
  }
}
