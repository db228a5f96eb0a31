import { XMLParser } from 'fast-xml-parser';
import { SwitchboardError } from '../../lib/index.ts';
import type { Verb } from './verb.ts';

const news = { CallStatus: 'in-progress' };

/** One element as the parser gives it: its name, its attributes, its children. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
});

/**
 * Reads TwiML as Twilio does, as far as this project's answers go.
 *
 * @throws SwitchboardError call_failed when it is no TwiML, or has a verb that is not known here
 * @see https://www.twilio.com/docs/voice/twiml
 */
export function readTwiml(text: string): readonly Verb[] {
  const response = elementsOf(parser.parse(text)).find(({ name }) => name === 'Response');
  if (!response) throw new SwitchboardError('call_failed', 'The answer is no TwiML.');
  return response.children.map(verbOf);
}

function verbOf(element: Element): Verb {
  const { name, attributes, children, text } = element;
  switch (name) {
    case 'Connect': {
      const stream = children.find((child) => child.name === 'Stream');
      if (!stream) break;
      const parameters = stream.children
        .filter((child) => child.name === 'Parameter')
        .map((child) => [child.attributes['name'] ?? '', child.attributes['value'] ?? '']);
      return {
        name: 'Stream',
        url: stream.attributes['url'] ?? '',
        parameters: Object.fromEntries(parameters) as Record<string, string>, // fromEntries forgets the value type
      };
    }
    case 'Redirect':
      return { name, url: text, news };
    case 'Pause':
      return { name, seconds: Number(attributes['length'] ?? 1) };
    case 'Say':
      return { name, text };
    case 'Dial': {
      const numbers = children.map((child) => child.text).filter((number) => number !== '');
      const action = attributes['action'] ?? null;
      return { name, numbers: numbers.length > 0 ? numbers : [text], action };
    }
    case 'Gather':
      return { name, say: children.map((child) => child.text).join(' ') };
    case 'Hangup':
    case 'Reject':
      return { name };
  }
  throw new SwitchboardError('call_failed', `The answer has a verb that is not known: ${name}.`);
}

function elementsOf(parsed: unknown): readonly Element[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((node: unknown) => {
    if (typeof node !== 'object' || node === null) return [];
    const [name] = Object.keys(node).filter((key) => key !== ':@' && key !== '#text');
    if (name === undefined || name.startsWith('?')) return [];
    const { [name]: inside, ':@': attributes } = node as Readonly<Record<string, unknown>>; // an object
    return [
      {
        name,
        attributes: (attributes ?? {}) as Readonly<Record<string, string>>, // the parser was told to leave them texts
        children: elementsOf(inside),
        text: textIn(inside),
      },
    ];
  });
}

function textIn(inside: unknown): string {
  if (!Array.isArray(inside)) return '';
  return inside
    .flatMap((node: unknown) =>
      typeof node === 'object' && node !== null && '#text' in node ? [String(node['#text'])] : [],
    )
    .join('')
    .trim();
}
