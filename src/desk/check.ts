import { checkAgents } from './check-agents.ts';
import { checkEdges } from './check-edges.ts';
import { checkLimits } from './check-limits.ts';
import { checkPeople } from './check-people.ts';
import { checkTools } from './check-tools.ts';
import { checkVerification } from './check-verification.ts';
import type { Desk } from './definition.ts';
import { type Finding, finding, findingLine } from './finding.ts';

const deskName = /^[a-z][a-z0-9-]*$/;

/**
 * Looks a desk over without running it: what would fail in a call, and what a model would get wrong.
 *
 * @returns every finding with its place and how to mend it; empty when the desk is sound.
 */
export function lintDesk(desk: Desk): readonly Finding[] {
  return [
    ...checkHead(desk),
    ...checkLimits(desk),
    ...checkAgents(desk),
    ...checkEdges(desk),
    ...checkTools(desk),
    ...checkPeople(desk),
    ...checkVerification(desk),
    ...(desk.problems ?? []),
  ];
}

/**
 * What makes a desk unusable in a call: the errors among the findings of {@link lintDesk}.
 *
 * @returns one line for each, empty when the desk can be used.
 */
export function checkDesk(desk: Desk): readonly string[] {
  return lintDesk(desk)
    .filter(({ severity }) => severity === 'error')
    .map(findingLine);
}

function checkHead(desk: Desk): readonly Finding[] {
  const found: Finding[] = [];
  const names = Object.keys(desk.agents);
  if (!deskName.test(desk.name)) {
    found.push(
      finding('desk_name', 'name', {
        message: `"${desk.name}" is no name of a desk`,
        mend: 'Use lower case letters, digits and hyphens, as in the name of its folder',
      }),
    );
  }
  if (!isTimeZone(desk.timeZone)) {
    found.push(
      finding('time_zone_unknown', 'timeZone', {
        message: `"${desk.timeZone}" is not an IANA zone`,
        mend: 'Use a name such as Europe/London',
      }),
    );
  }
  if (desk.greeting.trim() === '') {
    found.push(
      finding('greeting_empty', 'greeting', {
        message: 'the greeting is empty',
        mend: 'Say who answers and what a caller can ask for',
      }),
    );
  }
  if (!names.includes(desk.firstAgent)) {
    found.push(
      finding('first_agent_unknown', 'firstAgent', {
        message: `"${desk.firstAgent}" does not exist`,
        mend: `Name one of the agents: ${names.join(', ') || 'there are none yet'}`,
      }),
    );
  }
  return found;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }); // throws a RangeError for any other
    return true;
  } catch {
    return false;
  }
}
