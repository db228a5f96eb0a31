import { understood } from '../intent.ts';
import { fits, type Tool } from '../toolbox.ts';
import { begin, summary } from './begin.ts';
import { fillFrom, hasOwnShape } from './fill.ts';
import type { Said, Scene, State, Step } from './state.ts';

/** So many values of one tool in one breath are no chance. */
const least = 2;

/**
 * Words that name no matter may still be all that one tool asks for: a day to come, a day to leave,
 * how many. Undefined where words tell, or where the values would do for several tools.
 */
export function startedByValues(
  scene: Scene,
  state: State,
  { text, social }: Said,
): Step | undefined {
  const { about } = state.asked;
  if (about !== 'matter' && about !== 'more') return undefined;
  if (social.no || social.drop || (scene.score(social.rest)[0]?.score ?? 0) >= understood)
    return undefined;
  const told = social.question ? scene.answer(social.rest) : undefined;
  if (told && !told.isLikely) return undefined;
  const counted = scene.tools
    .filter(({ role, verifies, notes }) => role === 'own' && !verifies && !notes)
    .map((tool) => ({ tool, count: countShaped(scene, tool, social.rest) }))
    .filter(({ count }) => count >= least)
    // Of two that take the same, looking comes before doing.
    .toSorted((a, b) => b.count - a.count || Number(b.tool.reads) - Number(a.tool.reads));
  const [best, next] = counted;
  if (!best || (next?.count === best.count && next.tool.reads === best.tool.reads))
    return undefined;
  return begin(scene, state, { tool: best.tool, text, reason: summary(text), lead: 'sure' });
}

/** How many of the values that a tool needs were said, of kinds that have a shape of their own. */
export function countShaped(scene: Scene, tool: Tool, text: string): number {
  const { values } = fillFrom(scene, tool, { text, values: {}, overwrite: false });
  return tool.params.filter(
    (param) => param.required && hasOwnShape(param) && fits(param, values[param.name]),
  ).length;
}
