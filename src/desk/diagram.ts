import type { Desk } from './definition.ts';
import { edgesOf } from './edges.ts';

/**
 * Draws a desk's agents and handoffs as a Mermaid flowchart. Two agents that hand to each other share
 * one double-headed arrow.
 */
export function deskDiagram(desk: Desk): string {
  const lines = ['flowchart LR', `  caller((Caller)) --> ${desk.firstAgent}`];
  for (const [name, agent] of Object.entries(desk.agents)) {
    const tools = (agent.tools ?? []).map((tool) => tool.name);
    const label = [agent.label, ...tools].map(escapeLabel).join('<br/>');
    lines.push(`  ${name}["${label}"]`);
  }
  const drawn = new Set<string>();
  for (const name of Object.keys(desk.agents)) {
    for (const { to: target } of edgesOf(desk, name)) {
      if (drawn.has(`${name} ${target}`)) continue;
      const both = edgesOf(desk, target).some(({ to }) => to === name);
      if (both) drawn.add(`${target} ${name}`);
      lines.push(`  ${name} ${both ? '<-->' : '-->'} ${target}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
