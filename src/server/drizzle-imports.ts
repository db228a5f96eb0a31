import { registerHooks } from 'node:module';

const drizzleFolder = '/node_modules/drizzle-orm/';

/**
 * Makes Drizzle load in 60 ms of processor time instead of 650, and without 180 MB of garbage.
 *
 * Node looks at the nearest package.json for each `.js` file that it imports and parses its
 * `exports` every time. Drizzle has 130 files and a package.json of 178 kB. All of its files are ES
 * modules, so what one of them imports from another needs no look at it.
 *
 * https://nodejs.org/docs/latest-v24.x/api/module.html#moduleregisterhooksoptions
 */
export function quickenDrizzleImports(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const isWithinDrizzle =
        specifier.startsWith('.') &&
        specifier.endsWith('.js') &&
        context.conditions.includes('import') &&
        context.parentURL?.includes(drizzleFolder);
      if (!isWithinDrizzle) return nextResolve(specifier, context);
      const { href } = new URL(specifier, context.parentURL);
      return { url: href, format: 'module', shortCircuit: true };
    },
  });
}
