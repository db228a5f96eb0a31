import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config src/store/drizzle.config.ts` (works offline). */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/schema.ts',
  out: './src/store/migrations',
  schemaFilter: ['switchboard'],
});
