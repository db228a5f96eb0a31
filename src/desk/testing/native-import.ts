import { constants, Script } from 'node:vm';
import type { ImportModule } from '../desk-imports.ts';

/**
 * Node's own `import()`. The test runner puts another one in its place, which loads modules itself
 * and knows nothing of Node's hooks.
 */
export const nativeImport = new Script('(url) => import(url)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as ImportModule; // what the line of source says
