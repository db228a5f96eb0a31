import { tooAlike } from './alike.ts';
import type { Desk } from './definition.ts';
import { type Edge, edgesOf } from './edges.ts';
import { type Finding, finding, placeOf } from './finding.ts';
import type { Gate } from './gate.ts';
import { schemaProblem } from './tool-schema.ts';

/** What is wrong with a desk's handoffs and consults: where they lead, when, and past which gates. */
export function checkEdges(desk: Desk): readonly Finding[] {
  const deskGates = desk.gates ?? [];
  return [
    ...deskGates.flatMap((gate, at) => checkGate(gate, placeOf('gates', at))),
    ...Object.keys(desk.agents).flatMap((name) => {
      const edges = edgesOf(desk, name);
      return [
        ...edges.flatMap((edge, at) => {
          const place = placeOf('agents', name, 'handoffs', at);
          return [
            ...checkTarget(desk, edge, place),
            ...checkPacket(edge, place, deskGates),
            ...edge.gates.flatMap((gate, index) => checkGate(gate, `${place}.gates[${index}]`)),
          ];
        }),
        ...checkConsults(desk, name),
      ];
    }),
    ...checkReturns(desk, deskGates),
    ...checkLikeness(desk),
  ];
}

function checkTarget(desk: Desk, edge: Edge, place: string): readonly Finding[] {
  const { from, to } = edge;
  if (!desk.agents[to] && !desk.people?.[to]) return [unknown(to, place)];
  if (to === from && !edge.toPeople) return [itself(from, place)];
  if (edge.description.trim() !== '') return [];
  return [
    finding('description_missing', place, {
      message: `nothing says when to hand the caller to "${to}"`,
      mend: `Give "${to}" a handoffDescription, or this handoff a description`,
    }),
  ];
}

function checkConsults(desk: Desk, name: string): readonly Finding[] {
  return (desk.agents[name]?.consults ?? []).flatMap((consult, at) => {
    const place = placeOf('agents', name, 'consults', at);
    if (!desk.agents[consult.agent]) return unknown(consult.agent, place);
    if (consult.agent === name) return itself(name, place);
    const found: Finding[] = [];
    if (consult.description.trim() === '') {
      found.push(
        finding('description_missing', place, {
          message: `nothing says when to ask "${consult.agent}"`,
          mend: 'Give this consult a description',
        }),
      );
    }
    const problem = consult.parameters === undefined ? null : schemaProblem(consult.parameters);
    if (problem !== null) found.push(unfit(`${place}.parameters`, problem));
    if (consult.answer === undefined) {
      found.push(
        finding('consult_needs_model', place, {
          message: `"${consult.agent}" answers by a text model`,
          mend: 'Configure a text model, or give an answer that is a rule',
        }),
      );
    }
    return found;
  });
}

function checkPacket(edge: Edge, place: string, deskGates: readonly Gate[]): readonly Finding[] {
  const problem = schemaProblem(edge.packet);
  const lacking = [...deskGates, ...edge.gates].flatMap(({ name, needs = [] }) =>
    needs.filter((field) => !(field in edge.packet.shape)).map((field) => ({ name, field })),
  );
  return [
    ...(problem === null ? [] : [unfit(`${place}.packet`, problem)]),
    ...lacking.map(({ name, field }) =>
      finding('gate_needs_field', `${place}.packet`, {
        message: `the gate ${name} asks for "${field}", which the packet to "${edge.to}" does not have`,
        mend: `Add "${field}" to the packet of this handoff, or take the gate away`,
      }),
    ),
  ];
}

/** The way back carries nothing, and the desk's gates are asked for it too. */
function checkReturns(desk: Desk, deskGates: readonly Gate[]): readonly Finding[] {
  const asking = deskGates.filter(({ needs = [] }) => needs.length > 0);
  return Object.entries(desk.agents).flatMap(([name, { canReturn }]) =>
    (canReturn === true ? asking : []).map((gate) =>
      finding('gate_needs_field', placeOf('agents', name, 'canReturn'), {
        message: `the gate ${gate.name} of the desk asks for "${gate.needs?.[0]}", which the way back does not carry`,
        mend: 'Put the gate on the handoffs that carry it, or take canReturn away',
      }),
    ),
  );
}

function checkGate(gate: Gate, place: string): readonly Finding[] {
  const reason = gate.neverOpens?.() ?? null;
  return [
    ...(reason === null
      ? []
      : [
          finding('gate_never_opens', place, {
            message: `the gate ${gate.name} can never open: ${reason}`,
            mend: 'Correct what it was made with, or take the handoff away',
          }),
        ]),
    ...(gate.faults?.() ?? []).map((fault) =>
      finding('gate_faulty', place, {
        message: `the gate ${gate.name}: ${fault}`,
        mend: 'Correct what it was made with',
      }),
    ),
  ];
}

/** Where the same two descriptions meet again, they are named once. */
function checkLikeness(desk: Desk): readonly Finding[] {
  const told = new Set<string>();
  return Object.keys(desk.agents).flatMap((name) => {
    const edges = edgesOf(desk, name);
    return edges.flatMap((edge, at) =>
      edges.slice(0, at).flatMap((other) => {
        const texts = [edge.description, other.description].sort();
        const said = texts.join('\n');
        if (texts.some((text) => text.trim() === '') || told.has(said)) return [];
        if (!tooAlike(edge.description, other.description)) return [];
        told.add(said);
        return finding('descriptions_alike', placeOf('agents', name, 'handoffs', at), {
          message: `when to hand over to "${edge.to}" reads much like when to hand over to "${other.to}"`,
          mend: 'Say in each what only that one does, with the words that callers use for it',
        });
      }),
    );
  });
}

function unknown(target: string, place: string): Finding {
  return finding('target_unknown', place, {
    message: `leads to "${target}", which does not exist`,
    mend: `Correct the name, or define "${target}"`,
  });
}

function itself(name: string, place: string): Finding {
  return finding('target_itself', place, {
    message: `"${name}" leads to itself`,
    mend: 'Take it away, or name who is meant',
  });
}

function unfit(place: string, problem: string): Finding {
  return finding('schema_unfit', place, {
    message: `cannot be the parameters of a tool: ${problem}`,
    mend: 'Use texts, numbers, booleans, lists and objects of these',
  });
}
