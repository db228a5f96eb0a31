import { policyOf, type Desk } from '../../desk/index.ts';

/** What stands in place of a secret, on the trail and everywhere else. */
const hidden = '***';

/**
 * The arguments of a function call as they may be shown: without what the tool's policy calls secret.
 * Of arguments that cannot be read, nothing is shown for such a tool.
 */
export function shownArguments(
  desk: Desk,
  agent: string,
  call: { readonly name: string; readonly arguments: string },
): string {
  const tool = desk.agents[agent]?.tools?.find(({ name }) => name === call.name);
  const secret = (tool && policyOf(tool).redact) ?? [];
  if (secret.length === 0) return call.arguments;
  try {
    const value: unknown = JSON.parse(call.arguments);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return hidden;
    const shown = Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      secret.includes(name) ? hidden : one,
    ]);
    return JSON.stringify(Object.fromEntries(shown));
  } catch {
    return hidden;
  }
}
