import { plain } from '../language/index.ts';
import { fits, isDictated, type Tool } from '../toolbox.ts';
import { soughtIn, timeIn } from '../values/index.ts';
import { advance, ask } from './advance.ts';
import { fillFrom, readValue } from './fill.ts';
import { isCommand } from './handovers.ts';
import { goodbye, refusedForGood, wentOn } from './people.ts';
import {
  toolNamed,
  type Goal,
  type Lead,
  type Scene,
  type State,
  type Step,
  type Values,
} from './state.ts';

/** The caller's matter in the caller's words, short enough for a reason. */
export function summary(text: string): string {
  const bare = text
    .trim()
    .replace(
      /^(?:(?:hi there|hello there|hi|hello|hey|good (?:morning|afternoon|evening)|um|uh|er|oh|ok|okay|well|so|yes|thanks|thank you|and|now|then|sorry|no)\b(?!')[,.!]?\s*)+/i,
      '',
    )
    .trim();
  return (bare === '' ? text.trim() : bare).slice(0, 300);
}

/** Starts on a matter: a transfer at once, a tool with what has been said already. */
export function begin(
  scene: Scene,
  state: State,
  about: {
    readonly tool: Tool;
    readonly text: string;
    readonly reason: string;
    readonly lead: Lead;
  },
): Step {
  const { tool, text } = about;
  if (tool.role === 'transfer' || tool.role === 'back') {
    const refused = refusedForGood(state, tool);
    if (refused !== undefined) return wentOn(scene, state, refused);
    return {
      state: {
        ...state,
        goal: undefined,
        parked: { goal: state.goal, isFarewell: false },
        asked: { about: 'nothing' },
      },
      plan: { do: 'transfer', tool, reason: about.reason, farewell: false },
    };
  }
  const { asked: open, goal: present } = state;
  // Talk of being known is no new matter while that is being found out: what waits for it stays.
  if (tool.verifies && present?.tool === tool.name && open.about === 'value')
    return ask(state, { tool: open.tool, param: open.param, lead: '' });
  const known =
    tool.reads || /\b(?:another|different|other|new)\b/.test(plain(text))
      ? {}
      : knownFor(tool, state.known);
  const { values } = fillFrom(scene, tool, { text, values: {}, overwrite: false });
  // More words about what is under way take nothing of it back.
  const going = present?.tool === tool.name && !present.confirmed ? present : undefined;
  // Who is asked something on the caller's behalf is told it in the caller's words.
  const asked = Object.fromEntries(
    tool.params.flatMap(({ name, kind }): [string, unknown][] =>
      kind === 'text' && /^(?:question|query)$/.test(name) ? [[name, summary(text)]] : [],
    ),
  );
  const sought = soughtFor(tool, text, values);
  const source = toolNamed(scene, tool.params.find(({ kind }) => kind === 'choice')?.source);
  const listed = state.listing?.tool === source?.name ? state.listing : undefined;
  const alongside = source
    ? fillFrom(scene, source, { text, values: {}, overwrite: false }).values
    : {};
  const listValues = source ? { ...soughtFor(source, text, alongside), ...alongside } : {};
  const sameDay =
    source && Object.keys(listValues).length === 0 ? dayMeant(state, source, text) : {};
  const stale = Object.keys(listValues).some((key) => listed?.args[key] !== listValues[key]);
  const goal: Goal = {
    tool: tool.name,
    values: {
      ...known,
      ...givenFor(scene, tool, state.given),
      ...asked,
      ...sought,
      ...going?.values,
      ...values,
    },
    listValues: {
      ...(source ? givenFor(scene, source, state.given) : {}),
      ...going?.listValues,
      ...listValues,
      ...sameDay,
    },
    words: [...(going?.words ?? []), text],
    part: '',
    confirmed: false,
  };
  return advance(
    scene,
    { ...state, goal, listing: stale ? undefined : listed, asked: { about: 'nothing' } },
    about.lead,
  );
}

const thing =
  /(?:^|_)(?:items?|product|article|dish|medicine|medication|goods|thing|object|title|query|keyword|search|term|topic|subject)(?:_name)?$/;

/** What a search is for, named along with the wish: "have you got …". */
function soughtFor(tool: Tool, text: string, values: Values): Values {
  const open = tool.params.filter(
    ({ required, kind, name }) => required && kind === 'text' && values[name] === undefined,
  );
  const [param] = open;
  if (param?.kind !== 'text' || param.verbatim) return {};
  // A thing among other values, or the one thing that a search is for.
  const isThing =
    thing.test(param.name) ||
    /\bwhat (?:\w+ ){1,3}(?:wants?|needs?|orders?)\b/i.test(param.description);
  const isSole = tool.reads && tool.params.filter(({ required }) => required).length === 1;
  if (
    open.length !== 1 ||
    !(isThing || (isSole && !/(?:area|city|town|location|reason)$/.test(param.name)))
  )
    return {};
  const options = tool.params.flatMap((one) => one.optionWords.map(({ label }) => label));
  const named = soughtIn(text, options);
  // Things are for somebody; of titles it is a part.
  const value = isSole ? named : named?.replace(/ for [\p{L}']+$/u, '');
  return value !== undefined && fits(param, value) ? { [param.name]: value } : {};
}

/** "Move it to ten thirty": the day is the one of what was just spoken of. */
function dayMeant({ recent }: State, source: Tool, text: string): Values {
  if (!recent || !/\b(?:it|that)\b/i.test(text) || timeIn(text, false) === undefined) return {};
  const { facts } = recent;
  return Object.fromEntries(
    source.params.flatMap(({ name, kind }): [string, unknown][] =>
      kind === 'date' && facts[name] !== undefined ? [[name, facts[name]]] : [],
    ),
  );
}

/** Identifiers the caller gave earlier in the call, for the parameters of that name. */
function knownFor(tool: Tool, known: Values): Values {
  return Object.fromEntries(
    tool.params.flatMap((param): [string, unknown][] =>
      isDictated(param) && fits(param, known[param.name]) ? [[param.name, known[param.name]]] : [],
    ),
  );
}

/** What came along with a handover, as far as it is what the parameters of that name take. */
function givenFor(scene: Scene, tool: Tool, given: Values): Values {
  return Object.fromEntries(
    tool.params.flatMap((param): [string, unknown][] => {
      const value = given[param.name];
      if (value === undefined || value === null || /^(?:reason|summary)$/.test(param.name))
        return [];
      if (param.kind === 'choice' || param.kind === 'unsupported') return [];
      if (typeof value === 'string' && isCommand(value)) return [];
      if (fits(param, value)) return [[param.name, value]];
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      const read = readValue(scene, param, { text: `${value}`, expected: true }).value;
      return read === undefined ? [] : [[param.name, read]];
    }),
  );
}

/** The caller says goodbye: say it too and end the call, or bring the caller to who can. */
export function farewell(scene: Scene, state: State, said: string): Step {
  const done: State = { ...state, goal: undefined, asked: { about: 'nothing' } };
  const end = scene.tools.find(({ role }) => role === 'end');
  const general = scene.tools.find(
    (tool) => tool.role === 'transfer' && tool.general && !scene.blocked.has(tool.name),
  );
  if (!end && general && refusedForGood(state, general) === undefined)
    return {
      state: { ...done, parked: { goal: undefined, isFarewell: true } },
      plan: {
        do: 'transfer',
        tool: general,
        reason: /\bbye\b|goodbye|that's all/i.test(said) ? said.trim() : 'goodbye',
        farewell: true,
      },
    };
  return goodbye(scene, state);
}
