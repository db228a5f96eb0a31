import type { Desk } from './definition.ts';
import { edgesOf, endCallToolName, goBackToolName } from './edges.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import { namedTools } from './tool-names.ts';
import { needsApproval } from './tool-approval.ts';

/** What OpenAI takes as the name of a tool. */
const toolName = /^[A-Za-z0-9_-]{1,64}$/;
/** What may stand in a name that becomes part of a tool's: with its prefix it stays within 64 characters. */
const targetName = /^[a-z][a-z0-9_]{0,51}$/;

/** What is wrong with the tools that a desk's agents show to a model, and with what they are named after. */
export function checkTools(desk: Desk): readonly Finding[] {
  return [
    ...Object.keys(desk.agents).flatMap((name) => [
      ...checkNames(desk, name),
      ...checkCollisions(desk, name),
      ...checkApproval(desk, name),
    ]),
    ...checkTargetNames(desk),
    ...checkSchemas(desk),
  ];
}

function checkNames(desk: Desk, agent: string): readonly Finding[] {
  return namedTools(desk, agent).flatMap(({ tool, from }) => {
    if (from === 'runtime') return [];
    const place = placeOf('agents', agent, ...from);
    if (tool === endCallToolName || tool === goBackToolName) {
      return finding('tool_name_reserved', place, {
        message: `${tool} is a tool of the runtime`,
        mend: `Choose another name; canEndCall and canReturn give an agent the runtime's own`,
      });
    }
    if (toolName.test(tool) || isDefault(desk, agent, from)) return [];
    return finding('tool_name_unfit', place, {
      message: `no engine takes a tool named "${tool}"`,
      mend: 'Use at most 64 letters, digits, underscores and hyphens',
    });
  });
}

/** A name that comes from its target is that one's fault, and found there. */
function isDefault(desk: Desk, agent: string, [field, at]: readonly [string, number]): boolean {
  const given = desk.agents[agent];
  if (field === 'consults') return given?.consults?.[at]?.toolName === undefined;
  const edge = field === 'handoffs' ? given?.handoffs[at] : undefined;
  return edge !== undefined && (typeof edge === 'string' || edge.toolName === undefined);
}

function checkCollisions(desk: Desk, agent: string): readonly Finding[] {
  const seen = new Map<string, string>();
  return namedTools(desk, agent).flatMap(({ tool, from }) => {
    const rewritten = tool.replaceAll(/[^A-Za-z0-9]/g, '_');
    const before = seen.get(rewritten);
    if (before === undefined) seen.set(rewritten, tool);
    const reserved = from === 'runtime' && [endCallToolName, goBackToolName].includes(tool);
    if (before === undefined || reserved) return [];
    const place = placeOf('agents', agent, ...(from === 'runtime' ? [] : from));
    return finding('tool_name_taken', place, {
      message:
        before === tool
          ? `two tools of "${agent}" are named "${tool}"`
          : `the tools "${before}" and "${tool}" of "${agent}" are the same once rewritten: ${rewritten}`,
      mend: 'Rename one of them; a handoff takes a toolName',
    });
  });
}

function checkApproval(desk: Desk, agent: string): readonly Finding[] {
  return (desk.agents[agent]?.tools ?? []).flatMap((tool, at) =>
    needsApproval(tool)
      ? finding('tool_needs_approval', placeOf('agents', agent, 'tools', at), {
          message: `${tool.name} waits for an approval that nobody on a call can give`,
          mend: 'Take needsApproval away; confirm of deskTool() has the caller say yes first',
        })
      : [],
  );
}

/** Names of agents and queues, where a tool is named after them. */
function checkTargetNames(desk: Desk): readonly Finding[] {
  const used = new Set(
    Object.entries(desk.agents).flatMap(([name, { consults = [] }]) => [
      ...edgesOf(desk, name)
        .filter((_edge, at) => isDefault(desk, name, ['handoffs', at]))
        .map(({ to }) => to),
      ...consults.filter(({ toolName: own }) => own === undefined).map(({ agent }) => agent),
    ]),
  );
  return [...used].flatMap((name) => {
    const field = desk.agents[name] ? 'agents' : desk.people?.[name] ? 'people' : null;
    if (field === null || targetName.test(name)) return [];
    return finding('name_unfit', placeOf(field, name), {
      message: `"${name}" cannot be part of the name of a tool`,
      mend: 'Use at most 52 lower case letters, digits and underscores, or give each handoff to it a toolName',
    });
  });
}

function checkSchemas(desk: Desk): readonly Finding[] {
  const seen = new Map<string, { readonly agent: string; readonly schema: string }>();
  return Object.entries(desk.agents).flatMap(([agent, { tools = [] }]) =>
    tools.flatMap((tool, at) => {
      const schema = JSON.stringify(tool.parameters);
      const first = seen.get(tool.name) ?? { agent, schema };
      seen.set(tool.name, first);
      if (first.agent === agent || first.schema === schema) return [];
      return finding('tool_schemas_differ', placeOf('agents', agent, 'tools', at), {
        message: `${tool.name} takes other parameters here than it does for "${first.agent}"`,
        mend: 'Give both agents the same tool, or the two tools different names',
      });
    }),
  );
}
