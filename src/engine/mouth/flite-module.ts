import { SwitchboardError } from '../../lib/index.ts';

/** Sections of a WebAssembly module that matter here. */
const exportSection = 7;
const customSection = 0;
/** Subsection of the "name" section that names functions. */
const functionNames = 1;
const functionKind = 0;

/**
 * The module with functions of its own as further exports.
 *
 * Flite is published as a command, whose only export runs it from the beginning to the end. Inside it
 * is the library with all its functions by name; exporting those lets a voice be loaded once, words be
 * asked for their times, and single words be spoken slower, none of which the command can do.
 * Information for debuggers, a fifth of the file, is left out.
 *
 * Source of the format: https://webassembly.github.io/spec/core/binary/modules.html
 *
 * @param file the module, with its "name" section.
 * @throws SwitchboardError asset_missing when a function is not in it.
 */
export function exposeFunctions(file: Uint8Array, wanted: readonly string[]): Uint8Array {
  const sections = readSections(file);
  const named = sections.find((section) => section.name === 'name');
  const indices = named ? readFunctionNames(named.body) : new Map<string, number>();
  const entries = wanted.map((name) => {
    const index = indices.get(name);
    if (index === undefined) {
      throw new SwitchboardError(
        'asset_missing',
        `The speech synthesiser has no function '${name}': it is not the version that belongs here. Run \`npm ci\`.`,
      );
    }
    return [...leb(name.length), ...Buffer.from(name), functionKind, ...leb(index)];
  });
  const parts: Uint8Array[] = [file.subarray(0, 8)];
  for (const { id, body, whole } of sections) {
    if (id === customSection) continue;
    if (id !== exportSection) {
      parts.push(whole);
      continue;
    }
    const cursor = { at: 0 };
    const count = readLeb(body, cursor);
    const grown = Buffer.concat([
      Uint8Array.from(leb(count + wanted.length)),
      body.subarray(cursor.at),
      Uint8Array.from(entries.flat()),
    ]);
    parts.push(Uint8Array.from([exportSection, ...leb(grown.length)]), grown);
  }
  return Buffer.concat(parts);
}

interface Section {
  readonly id: number;
  /** Of a custom section. */
  readonly name?: string;
  /** Without the name of a custom section. */
  readonly body: Uint8Array;
  readonly whole: Uint8Array;
}

function readSections(file: Uint8Array): readonly Section[] {
  const sections: Section[] = [];
  const cursor = { at: 8 };
  while (cursor.at < file.length) {
    const from = cursor.at;
    const id = file[cursor.at++] ?? customSection;
    const size = readLeb(file, cursor);
    const end = cursor.at + size;
    const named = id === customSection ? { name: readName(file, cursor) } : {};
    const body = file.subarray(cursor.at, end);
    sections.push({ id, ...named, body, whole: file.subarray(from, end) });
    cursor.at = end;
  }
  return sections;
}

function readFunctionNames(body: Uint8Array): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const cursor = { at: 0 };
  while (cursor.at < body.length) {
    const kind = body[cursor.at++];
    const size = readLeb(body, cursor);
    const end = cursor.at + size;
    if (kind === functionNames) {
      for (let left = readLeb(body, cursor); left > 0; left--) {
        const index = readLeb(body, cursor);
        names.set(readName(body, cursor), index);
      }
    }
    cursor.at = end;
  }
  return names;
}

function readName(bytes: Uint8Array, cursor: { at: number }): string {
  const length = readLeb(bytes, cursor);
  cursor.at += length;
  return Buffer.from(bytes.subarray(cursor.at - length, cursor.at)).toString();
}

/** Unsigned numbers are in LEB128: seven bits a byte, the lowest first. */
function readLeb(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) return value;
  }
}

function leb(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = Math.floor(value / 0x80);
  return rest === 0 ? [low] : [low | 0x80, ...leb(rest)];
}
