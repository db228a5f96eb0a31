/** What the button needs to know of the desk. */
export interface WidgetDesk {
  readonly name: string;
  readonly title: string;
  readonly isDirect: boolean;
}

/**
 * Asks the server for the desk by its name, or for its default desk.
 *
 * @throws Error that says why there is none: the server cannot be reached, this origin is not allowed
 *   (browsers do not tell the two apart), or no desk has that name
 */
export async function askForDesk(server: string, wanted: string | undefined): Promise<WidgetDesk> {
  let response: Response;
  try {
    response = await fetch(new URL('/api/desks', server));
  } catch {
    throw new Error(
      `${server} does not answer this page. Is it running, and is ${location.origin} in its SWITCHBOARD_ALLOWED_ORIGINS?`,
    );
  }
  if (!response.ok) throw new Error(`${server} answered with status ${response.status}.`);
  const body: unknown = await response.json();
  const name = wanted ?? field(body, 'defaultDesk');
  const desks = field(body, 'desks');
  const desk: unknown = Array.isArray(desks)
    ? desks.find((each: unknown) => field(each, 'name') === name)
    : undefined;
  const title = field(desk, 'title');
  if (typeof name !== 'string' || typeof title !== 'string') {
    throw new Error(`${server} has no desk "${String(name)}".`);
  }
  return { name, title, isDirect: field(desk, 'media') === 'direct' };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  return fields[name];
}
