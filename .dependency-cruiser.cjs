// The layering of docs: each room of src/ lists the rooms it may use, and nothing else. A room is
// entered through its index.ts; what else is a door is named below, with the reason.
const rooms = {
  lib: [],
  protocol: [],
  audio: ['lib'],
  desk: ['lib'],
  call: ['desk', 'protocol', 'audio', 'lib'],
  webrtc: ['audio', 'lib'],
  engine: ['protocol', 'webrtc', 'audio', 'lib'],
  // What carriers' media sockets share; a channel adds how its carrier writes them.
  carrier: ['call', 'audio', 'lib'],
  channels: ['call', 'carrier', 'protocol', 'webrtc', 'audio', 'lib'],
  store: [
    'call/ports',
    'call/contracts/trail-store',
    'call/contracts/attempt-store',
    'call/contracts/note-store',
    'call/contracts/dial-store',
    'call/contracts/carrier-calls',
    'call/contracts/webhooks',
    'protocol',
    'lib',
  ],
  dialing: ['call/ports', 'lib'],
  bus: ['call/ports', 'protocol', 'lib'],
  telemetry: ['call/ports', 'protocol', 'lib'],
  evals: ['call', 'protocol', 'testing', 'lib'],
  server: [
    'lib',
    'protocol',
    'audio',
    'desk',
    'call',
    'webrtc',
    'engine',
    'carrier',
    'channels',
    'dialing',
    'store',
    'bus',
  ].concat(['telemetry']),
  // The caller for tests and demos is a client of the server: it speaks the wire schemas, reads and
  // writes WAV files, and says its sentences with the engine's mouth.
  cli: ['server', 'evals', 'engine', 'desk', 'protocol', 'audio', 'lib'],
  testing: [
    'lib',
    'protocol',
    'audio',
    'desk',
    'call',
    'webrtc',
    'engine',
    'carrier',
    'channels',
    'store',
    'bus',
  ].concat(['telemetry', 'evals']),
};

const doors = [
  '^src/[^/]+/index\\.ts$',
  '^src/lib/json-log\\.ts$', // with its library: threads and processes that write no log go without it
  '^src/call/ports\\.ts$', // the interfaces that adapters implement, without the runtime behind them
  '^src/call/contracts/', // what tests of those adapters run
  '^src/call/legs/index\\.ts$', // what channels build their legs of, without the runtime behind it
  '^src/protocol/(api|trail)\\.ts$', // wire schemas that the page can load without the rest
  '^src/(protocol|engine|channels)/[^/]+/index\\.ts$', // rooms within a room
];

/** @param {string} room */
const pathOf = (room) => (room.includes('/') ? `^src/${room}\\.ts$` : `^src/${room}/`);

// Tests and fakes of a room; they may also use the shared fakes in src/testing.
const forTests = '(\\.test\\.ts$|/testing/)';

const layering = Object.entries(rooms).flatMap(([room, allowed]) => {
  const to = (/** @type {string[]} */ extra) => ({
    path: '^(src|desks|bench|test|console)/',
    pathNot: [`^src/${room}/`, ...allowed.map(pathOf), ...extra],
  });
  const comment = `src/${room} may use ${allowed.join(', ') || 'nothing of ours'}`;
  return [
    {
      name: `layering-${room}`,
      comment,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: forTests },
      to: to([]),
    },
    {
      name: `layering-${room}-tests`,
      comment: `${comment}, and its tests the fakes`,
      severity: 'error',
      from: { path: `^src/${room}/.*${forTests}` },
      to: to(['^src/testing/', '^src/[^/]+/testing/']),
    },
  ];
});

module.exports = {
  forbidden: [
    ...layering,
    {
      name: 'no-cycles',
      comment: 'not even by types',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'rooms-have-doors',
      comment: "another room's inside is entered through its index.ts",
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: forTests },
      to: { path: '^src/', pathNot: ['^src/$1/', ...doors] },
    },
    {
      name: 'tests-use-doors-and-fakes',
      comment: "a test may also use another room's fakes, in its testing folder",
      severity: 'error',
      from: { path: `^src/([^/]+)/.*${forTests}` },
      to: {
        path: '^src/',
        pathNot: ['^src/$1/', '^src/testing/', '^src/[^/]+/testing/', ...doors],
      },
    },
    {
      name: 'rooms-within-engine-have-doors',
      comment: 'ears, mind, mouth, session and server meet through index.ts and port.ts',
      severity: 'error',
      from: { path: '^src/engine/([^/]+)/' },
      to: {
        path: '^src/engine/[^/]+/',
        pathNot: ['^src/engine/$1/', '/(index|port)\\.ts$'],
      },
    },
    {
      name: 'channels-never-each-other',
      comment: 'what two channels share belongs to call or audio',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'desks-are-data',
      comment: 'a desk uses src/desk, src/lib and its own folder',
      severity: 'error',
      from: { path: '^desks/([^/]+)/' },
      to: {
        path: '^(src|desks|bench|test|console)/',
        pathNot: ['^desks/$1/', '^src/(desk|lib)/index\\.ts$'],
      },
    },
    {
      name: 'console-knows-the-api-only',
      comment: 'the page is a client like any other',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|desks|bench|test)/', pathNot: '^src/protocol/api\\.ts$' },
    },
    {
      name: 'product-without-tests',
      comment: 'nothing that runs in production needs a test or a development dependency',
      severity: 'error',
      from: {
        path: '^(src|desks)/',
        pathNot: ['\\.(test|contract)\\.ts$', 'testing', 'drizzle\\.config\\.ts$'],
      },
      to: { path: '(\\.test\\.ts$|^test/|^bench/)', dependencyTypesNot: ['npm'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
