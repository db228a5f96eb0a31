import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config desks/front-desk/data/drizzle.config.ts` (works offline). */
export default defineConfig({
  dialect: 'postgresql',
  schema: './desks/front-desk/data/schema.ts',
  out: './desks/front-desk/data/migrations',
  schemaFilter: ['front_desk'],
});
