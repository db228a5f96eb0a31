#!/usr/bin/env node
// The one entry: `npm start`, `npm test`, `npm run …` and `npx switchboard …` all come through here.
// Plain JavaScript for Node 18 and later, because it must run before anything is installed.
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  process.stderr.write(
    `switchboard: needs Node 18 or later to start, this is ${process.version}. Install it from your system's packages or https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./launcher/main.mjs');
  process.exitCode = await main(process.argv.slice(2));
}
