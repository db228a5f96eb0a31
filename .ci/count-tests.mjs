// Prints "passed failed skipped" from vitest's JSON report, and names what was skipped on standard
// error. A file that could not be loaded has no tests in the report and counts as one failure.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const tests = report.testResults.flatMap((file) =>
  file.assertionResults.map((test) => ({ file: file.name, ...test })),
);
const emptyFailures = report.testResults.filter(
  (file) =>
    file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
);
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
for (const { file, fullName } of skipped) process.stderr.write(`skipped: ${file}: ${fullName}\n`);

const count = (status) => tests.filter((test) => test.status === status).length;
process.stdout.write(
  `${count('passed')} ${count('failed') + emptyFailures.length} ${skipped.length}\n`,
);
