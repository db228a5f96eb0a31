import type { Desk } from './definition.ts';
import { type Edge, edgesOf } from './edges.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import type { Gate } from './gate.ts';
import { reachableFrom } from './reach.ts';
import { policyOf } from './tool.ts';

/**
 * Finds what waits for a verified caller in a desk where nobody can become one: there is no tool that
 * verifies, or it lies behind gates that let only verified callers through.
 */
export function checkVerification(desk: Desk): readonly Finding[] {
  const shut = (desk.gates ?? []).some(needsCustomer);
  const open = shut
    ? new Set([desk.firstAgent])
    : reachableFrom(desk, desk.firstAgent, ({ gates }) => !gates.some(needsCustomer));
  if ([...open].some((agent) => verifiers(desk, agent))) return [];
  const somewhere = Object.keys(desk.agents).some((agent) => verifiers(desk, agent));
  const why = somewhere
    ? 'the tools that verify lie behind gates that let only verified callers through'
    : 'no tool of the desk verifies one';
  return waiting(desk).map(({ place, what }) =>
    finding('nobody_verifies', place, {
      message: `${what} waits for a verified caller, and ${why}`,
      mend: 'Give verifyByBirthDate() or verifyByCode() to an agent that callers get to before',
    }),
  );
}

/** Everything that lets nobody through who has not proved who they are. */
function waiting(desk: Desk): readonly { readonly place: string; readonly what: string }[] {
  const gatesAt = (gates: readonly Gate[], place: string) =>
    gates.flatMap((gate, at) =>
      needsCustomer(gate) ? { place: `${place}[${at}]`, what: `the gate ${gate.name}` } : [],
    );
  return [
    ...gatesAt(desk.gates ?? [], 'gates'),
    ...Object.entries(desk.agents).flatMap(([name, { tools = [] }]) => [
      ...edgesOf(desk, name).flatMap(({ gates }: Edge, at) =>
        gatesAt(gates, `${placeOf('agents', name, 'handoffs', at)}.gates`),
      ),
      ...tools.flatMap((tool, at) =>
        policyOf(tool).verified === true
          ? { place: placeOf('agents', name, 'tools', at), what: tool.name }
          : [],
      ),
    ]),
  ];
}

function verifiers(desk: Desk, agent: string): boolean {
  return (desk.agents[agent]?.tools ?? []).some((tool) => policyOf(tool).verifies === true);
}

function needsCustomer(gate: Gate): boolean {
  return gate.needsCustomer === true;
}
