import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasIntegrity } from './hash.mjs';
import { filesInTarball, unpackTarball } from './tarball.mjs';

const longName = `${'folder-with-a-long-name/'.repeat(8)}file.txt`;

/** A package as a registry would hand it out, made by the system's tar. */
function packed(/** @type {Record<string, string>} */ files, /** @type {string} */ format = 'pax') {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, 'package', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'package', path), text, {
      mode: path.includes('bin') ? 0o755 : 0o644,
    });
  }
  return execFileSync('tar', ['-C', folder, `--format=${format}`, '-czf', '-', 'package']);
}

test.each(['ustar', 'pax'])('reads %s archives, long names and empty files too', (format) => {
  const files = { 'a.txt': 'hello', empty: '', [longName]: 'x'.repeat(1500) };
  const read = [...filesInTarball(packed(files, format))].map(({ path, content }) => [
    path,
    content.toString(),
  ]);
  expect(Object.fromEntries(read)).toEqual({
    'package/a.txt': 'hello',
    'package/empty': '',
    [`package/${longName}`]: 'x'.repeat(1500),
  });
});

test('unpacks whole, without the outermost folder, and replaces what was there', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'switchboard-test-')), 'deep', 'target');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'leftover'), '');
  unpackTarball(packed({ 'package.json': '{}', 'bin/node': 'run' }), folder);
  expect(readdirSync(folder).sort()).toEqual(['bin', 'package.json']);
  expect(readFileSync(join(folder, 'bin/node'), 'utf8')).toBe('run');
  expect(statSync(join(folder, 'bin/node')).mode & 0o100).toBe(0o100);
});

test('integrity accepts the content it was made for and no other', () => {
  const integrity =
    'sha512-MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==';
  expect(
    hasIntegrity(
      Buffer.from('abc'),
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    ),
  ).toBe(true);
  expect(hasIntegrity(Buffer.from('abc'), integrity)).toBe(false);
});
