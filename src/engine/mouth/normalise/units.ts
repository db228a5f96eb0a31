/** How a unit is written after a number, and how it is said of one and of several. */
const units: readonly (readonly [string, string, string])[] = [
  ['km\\/h|kph', 'kilometre per hour', 'kilometres per hour'],
  ['mph', 'mile per hour', 'miles per hour'],
  ['hrs?|h', 'hour', 'hours'],
  ['mins?', 'minute', 'minutes'],
  ['secs?|s', 'second', 'seconds'],
  ['ms', 'millisecond', 'milliseconds'],
  ['km', 'kilometre', 'kilometres'],
  ['cm', 'centimetre', 'centimetres'],
  ['mm', 'millimetre', 'millimetres'],
  ['(?:m²|m2|sq\\.?\\s?m)', 'square metre', 'square metres'],
  ['m', 'metre', 'metres'],
  ['sq\\.?\\s?ft', 'square foot', 'square feet'],
  ['ft', 'foot', 'feet'],
  ['kg', 'kilogram', 'kilograms'],
  ['mg', 'milligram', 'milligrams'],
  ['g', 'gram', 'grams'],
  ['lbs?', 'pound', 'pounds'],
  ['oz', 'ounce', 'ounces'],
  ['ml', 'millilitre', 'millilitres'],
  ['l|L', 'litre', 'litres'],
  ['kWh', 'kilowatt hour', 'kilowatt hours'],
  ['kW', 'kilowatt', 'kilowatts'],
  ['kB|KB', 'kilobyte', 'kilobytes'],
  ['MB', 'megabyte', 'megabytes'],
  ['GB', 'gigabyte', 'gigabytes'],
  ['TB', 'terabyte', 'terabytes'],
  ['psi', 'P S I', 'P S I'],
  ['°\\s?C', 'degree Celsius', 'degrees Celsius'],
  ['°\\s?F', 'degree Fahrenheit', 'degrees Fahrenheit'],
  ['°', 'degree', 'degrees'],
];
const patterns = units.map(([written, one, many]) => ({
  pattern: new RegExp(
    String.raw`(?<![\d.,/A-Z])(\d+(?:[.,]\d+)*)\s?(?:${written})(?![\w²/])(\.?)`,
    'g',
  ),
  one,
  many,
}));

/** "10 km" → "10 kilometres", "1 hr" → "1 hour", "5 ft 10 in" → "5 feet 10 inches". */
export function speakUnits(text: string): string {
  const lengths = text
    .replace(/(\d\s?ft\b\.?\s?)(\d{1,2})\s?in\b/g, '$1$2 inches')
    .replace(/(\d)k\b/g, '$1 thousand')
    .replace(/(\d)\s?bn\b/g, '$1 billion')
    .replace(/(\d)m(?=\s(?:people|customers|users|members|downloads))/g, '$1 million');
  return patterns.reduce(
    (result, { pattern, one, many }) =>
      result.replace(pattern, (found: string, value: string, stop: string, at: number) => {
        const ends = stop !== '' && /^\s*(?:$|[A-Z])/.test(result.slice(at + found.length));
        return `${value} ${value === '1' ? one : many}${ends ? '.' : ''}`;
      }),
    lengths,
  );
}
