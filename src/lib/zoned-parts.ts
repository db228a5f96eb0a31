/** One part of a date or time as it is written, e.g. `part('hour')`; empty when it was not asked for. */
export type ZonedPart = (type: Intl.DateTimeFormatPartTypes) => string;

/**
 * Makes a reader of dates and times as clocks on the wall of a zone show them, 24 hours a day.
 *
 * A format takes half a millisecond to make, and callers wait for what is read with it: it is made
 * once a zone.
 *
 * @param options which parts, and how they are written
 * @throws RangeError (the reader) for a zone that does not exist
 */
export function zonedParts(
  options: Omit<Intl.DateTimeFormatOptions, 'timeZone' | 'hourCycle'>,
): (timeZone: string, atMs: number) => ZonedPart {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (timeZone, atMs) => {
    const format =
      formats.get(timeZone) ??
      new Intl.DateTimeFormat('en-GB', { ...options, timeZone, hourCycle: 'h23' });
    formats.set(timeZone, format);
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    return (type) => parts.get(type) ?? '';
  };
}
