import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  plugins: [react(), tailwindcss(), widget()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Our content security policy allows files of our own origin only, so nothing becomes a data: URL.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/call': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
});

/**
 * Builds the call button for other sites beside the page: one classic script that leaves nothing
 * behind in the site's global scope, and the audio thread's two programs under names that last.
 */
function widget(): Plugin {
  const shared: InlineConfig = { configFile: false, root, publicDir: false, logLevel: 'warn' };
  const lasting = { emptyOutDir: false, minify: true, copyPublicDir: false } as const;
  return {
    name: 'widget',
    apply: 'build',
    async closeBundle() {
      await build({
        ...shared,
        build: {
          ...lasting,
          outDir: 'dist',
          lib: {
            entry: 'src/widget/main.ts',
            formats: ['iife'],
            name: 'switchboard', // asked for by the builder; nothing is exported, so nothing has it
            fileName: () => 'widget.js',
          },
        },
      });
      for (const name of ['capture', 'playback']) {
        await build({
          ...shared,
          build: {
            ...lasting,
            outDir: 'dist/widget',
            lib: {
              entry: `src/audio/${name}.worklet.ts`,
              formats: ['es'],
              fileName: () => `${name}.js`,
            },
          },
        });
      }
    },
  };
}
