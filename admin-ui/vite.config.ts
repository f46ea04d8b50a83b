import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Both faces in one build, so that they share their chunks: `dist/console` is served at /console/, `dist/of` at /of/.
 * Assets lie below the console's folder, which holds nothing secret, and are named by absolute addresses: deep
 * addresses of the screens are all answered with the same page.
 */
export default defineConfig({
  root: here,
  base: '/',
  plugins: [react()],
  build: {
    outDir: resolve(here, 'dist'),
    emptyOutDir: true,
    assetsDir: 'console/assets',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { console: resolve(here, 'console/index.html'), of: resolve(here, 'of/index.html') },
      output: {
        codeSplitting: {
          groups: [
            { name: 'mui', test: /node_modules[\\/](@mui[\\/](?!x-)|@emotion[\\/])/, priority: 3 },
            {
              name: 'react-admin',
              test: /node_modules[\\/](react-admin|ra-[a-z-]+|@tanstack|react-hook-form)[\\/]/,
              priority: 2,
            },
            { name: 'vendor', test: /node_modules[\\/](?!@mui[\\/]x-|d3-|internmap|flatqueue)/, priority: 1 },
            // What only charts need: last, so that it keeps nothing that the others share.
            { name: 'charts', test: /node_modules[\\/]/, priority: 0 },
          ],
        },
      },
    },
  },
});
