import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar, type TarHeader } from 'modern-tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpack } from './unpack.ts';

/** `tar -cjf` of tiny/tokens.txt ("one two three\n") and tiny/LICENSE. */
const bzipped = Buffer.from(
  'QlpoOTFBWSZTWdnkbzUAANl/hMqRAEBAAf+ACiUsCGptnuAAAIIIMAC4or1Jo0AAADQAaMgwANGhowjJoNGmgMEUkxUeTU0PUNqD0mygZA9NeQeF/UYTaF0CsdAgNKYMWjY7I7oaj1sIhJDMkFjxZPGfL+anj0uMA7WAHPhpeDXGpgxNnOAmloWp2EnZlSoZN05WXFI9dOGeW+ukJEBPXN5sTdnSUZLcYK6FNNOkByDwewhIiUDhZRyEe364z/9XtL3aiHMXckU4UJDZ5G81',
  'base64',
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-unpack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function unpacked(
  archive: Uint8Array,
  wants: (path: string) => boolean = () => true,
  useProgram = false,
): Promise<readonly string[]> {
  const file = join(folder, 'archive');
  writeFileSync(file, archive);
  const { signal } = new AbortController();
  return unpack({ archive: file, folder: join(folder, 'out'), wants, signal, useProgram });
}

type Entry = Partial<TarHeader> & { readonly name: string; readonly body?: string };

const tarOf = (entries: readonly Entry[]): Promise<Uint8Array> =>
  packTar(
    entries.map(({ body = '', ...header }) => ({
      header: { size: Buffer.byteLength(body), ...header },
      ...(body === '' ? {} : { body }),
    })),
  );

const hasProgram = spawnSync('bzip2', ['--help']).status === 0;

describe('unpack', () => {
  it.each([
    ['in JavaScript', false],
    ...(hasProgram ? [['by the program', true] as const] : []),
  ] as const)('reads an archive that tar and bzip2 made, %s', async (_how, useProgram) => {
    const paths = await unpacked(bzipped, () => true, useProgram);
    expect(paths.toSorted()).toEqual(['tiny/LICENSE', 'tiny/tokens.txt']);
    expect(readFileSync(join(folder, 'out/tiny/tokens.txt'), 'utf8')).toBe('one two three\n');
  });

  it('reads gzip and plain tar, and writes what is wanted only', async () => {
    const tar = await tarOf([
      { name: './m/', type: 'directory' },
      { name: './m/tokens.txt', body: 'a' },
      { name: './m/test.wav', body: 'x'.repeat(2_000_000) },
      { name: './m/last.txt', body: 'z' },
    ]);
    const wants = (path: string): boolean => path.endsWith('.txt');
    expect(await unpacked(gzipSync(tar), wants)).toEqual(['m/tokens.txt', 'm/last.txt']);
    expect(readdirSync(join(folder, 'out/m')).toSorted()).toEqual(['last.txt', 'tokens.txt']);
    rmSync(join(folder, 'out'), { recursive: true });
    expect(await unpacked(tar, wants)).toEqual(['m/tokens.txt', 'm/last.txt']);
  });

  it.each<[string, Entry]>([
    ['a path upwards', { name: 'm/../../evil.txt', body: 'x' }],
    ['an absolute path', { name: '/tmp/evil.txt', body: 'x' }],
    ['a path of Windows', { name: 'm\\..\\evil.txt', body: 'x' }],
    ['a drive', { name: 'C:evil.txt', body: 'x' }],
    ['a symbolic link', { name: 'm/tokens.txt', type: 'symlink', linkname: '/etc/passwd' }],
    ['a hard link', { name: 'm/tokens.txt', type: 'link', linkname: '/etc/passwd' }],
    ['a device', { name: 'm/tokens.txt', type: 'character-device' }],
    ['two files of one name', { name: 'm/first.txt', body: 'other' }],
  ])('refuses an archive with %s', async (_what, entry) => {
    const tar = await tarOf([{ name: 'm/first.txt', body: 'first' }, entry]);
    await expect(unpacked(gzipSync(tar))).rejects.toMatchObject({ code: 'model_invalid' });
    expect(readdirSync(folder).toSorted()).toEqual(['archive', 'out']);
    expect(readdirSync(join(folder, 'out'))).toEqual(['m']);
  });

  it.each([
    ['cut off', bzipped.subarray(0, bzipped.length - 40)],
    ['cut off gzip', gzipSync(Buffer.alloc(20_000, 'ab')).subarray(0, 30)],
    ['a web page', Buffer.from(`<html>${'x'.repeat(2_000)}</html>`)],
    ['empty', Buffer.alloc(0)],
  ])('refuses a file that is %s', async (_what, archive) => {
    await expect(unpacked(archive)).rejects.toMatchObject({ code: 'model_invalid' });
  });

  it.skipIf(!hasProgram)('refuses what the program finds damaged', async () => {
    for (const archive of [bzipped.subarray(0, 200), Buffer.from('BZh91AY&SY no such thing')]) {
      await expect(unpacked(archive, () => true, true)).rejects.toMatchObject({
        code: 'model_invalid',
      });
    }
  });

  it('refuses an archive that says it unpacks to more than a model can be', async () => {
    const tar = Buffer.from(await tarOf([{ name: 'm/big.onnx', body: 'x' }]));
    // The size field, in octal; and the header's checksum made right again.
    tar.write('77777777777\0', 124, 'latin1');
    tar.write('        ', 148, 'latin1');
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    await expect(unpacked(tar)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('more than a model') as string,
    });
  });

  it('stops when told to', async () => {
    const file = join(folder, 'archive');
    writeFileSync(
      file,
      await tarOf([
        { name: 'a', body: 'x' },
        { name: 'b', body: 'y' },
      ]),
    );
    const stop = new AbortController();
    const running = unpack({
      archive: file,
      folder: join(folder, 'out'),
      wants: () => true,
      signal: stop.signal,
      onFile: () => stop.abort(new Error('stopped')),
    });
    await expect(running).rejects.toThrow('stopped');
  });
});
