import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'esbuild';
import { headersFile, siteHeaders } from '../functions/ground/http/headers.ts';

/** While developing, an address without a route of its own is handed on without its cookies: here are those in a language. */
export function pagesIn(languages: readonly string[]): AstroIntegration {
  return {
    name: 'pages-in-languages',
    hooks: {
      'astro:config:setup': ({ command, config, injectRoute }) => {
        if (command !== 'dev') return;
        const entrypoint = fileURLToPath(new URL('./pages/index.astro', config.srcDir));
        for (const language of languages) injectRoute({ pattern: `/${language}/[...path]`, entrypoint });
      },
    },
  };
}

/** Our own Node adapter: the entry is `functions/server.ts`, which serves built files from memory. */
export function nodeServer(): AstroIntegration {
  return {
    name: 'node-server',
    hooks: {
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'node-server',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('../functions/server.ts', import.meta.url),
          adapterFeatures: { buildOutput: 'server', middlewareMode: 'classic' },
          supportedAstroFeatures: {
            hybridOutput: 'stable',
            staticOutput: 'stable',
            serverOutput: 'stable',
            envGetSecret: 'stable',
          },
        }),
    },
  };
}

/** Writes `_headers` for a platform that serves built files before the Worker runs. */
export function headersForBuiltFiles(): AstroIntegration {
  return {
    name: 'headers-for-built-files',
    hooks: {
      'astro:build:done': ({ dir }) => {
        writeFileSync(new URL('./_headers', dir), headersFile(siteHeaders));
      },
    },
  };
}

/** Builds the service worker into one file at the root, where it may stand before all pages; see `src/service-worker`. */
export function serviceWorker(): AstroIntegration {
  return {
    name: 'service-worker',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        await build({
          entryPoints: [fileURLToPath(new URL('../src/service-worker/main.ts', import.meta.url))],
          outfile: fileURLToPath(new URL('./service-worker.js', dir)),
          ...{ bundle: true, minify: true, format: 'iife', target: ['chrome88', 'firefox85', 'safari14.1'] },
          logLevel: 'warning',
        });
      },
    },
  };
}
